"""Which reader a file needs, by its first bytes and never by its name."""

from __future__ import annotations

from retiree_desk.files.readers.limits import Budget, ReadFailure
from retiree_desk.files.readers.source import Source

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_source(path: str, password: str | None, budget: Budget) -> Source:
    """The reader for the file at `path`; raises ReadFailure."""
    file = open(path, "rb")  # noqa: SIM115 - stays open as long as the source; the child ends with it
    head = file.read(4096)
    file.seek(0)
    if head.startswith(_ZIP):
        from retiree_desk.files.readers.package import Package
        from retiree_desk.files.readers.xlsx import XlsxSource

        return XlsxSource(Package(file, budget), budget)
    raise ReadFailure("unsupported")
