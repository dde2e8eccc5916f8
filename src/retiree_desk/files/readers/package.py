"""A zip package: parts by name, unpacked in chunks and counted, never held as a whole."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from retiree_desk.files.readers import xml
from retiree_desk.files.readers.limits import Budget, ReadFailure

_CHUNK = 1 << 19
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Package:
    """An opened zip file."""

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise ReadFailure("damaged", type(error).__name__) from error
        parts = self._zip.infolist()
        limits = budget.limits
        if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.inflated_bytes:
            raise ReadFailure("too_large")
        self._budget = budget
        # Some writers use back slashes or another case than in their own relationships.
        self._parts = {_plain(part.filename): part for part in parts}
        self.read_bytes = 0

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def names(self) -> list[str]:
        """The names of all parts, lower case, with slashes."""
        return list(self._parts)

    def size(self, name: str) -> int:
        """Unpacked bytes of a part as the directory of the zip says."""
        part = self._parts.get(_plain(name))
        return part.file_size if part else 0

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked part in chunks; a missing or broken one is a ReadFailure."""
        part = self._parts.get(_plain(name))
        if part is None:
            raise ReadFailure("damaged", "missing part")
        of_part = 0
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    of_part += len(chunk)
                    self.read_bytes += len(chunk)
                    self._budget.inflate(len(chunk), of_part)
                    yield chunk
        except _BROKEN as error:
            raise ReadFailure("damaged", type(error).__name__) from error

    def relationships(self, source: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part ("" for the package): id -> (last word of the type, part name)."""
        folder, name = posixpath.split(source)
        where = posixpath.join(folder, "_rels", name + ".rels")
        found: dict[str, tuple[str, str]] = {}
        if where not in self:
            return found

        def start(tag: str, attributes: xml.Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, posixpath.normpath(path))

        xml.parse(self.chunks(where), xml.make_parser(start, lambda tag: None))
        return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
