"""Which reader a file needs, by its first bytes and never by its name."""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from retiree_desk.files.readers.limits import Budget, ReadFailure
from retiree_desk.files.readers.source import Source

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")  # a workbook stream without its container
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1 << 16
_XML2003 = "urn:schemas-microsoft-com:office:spreadsheet"
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|style|table|thead|tbody|tr|div|form|center|span|font|p|br|title)\b"
)


def open_source(path: str, password: str | None, budget: Budget) -> Source:
    """The reader for the file at `path`; raises ReadFailure."""
    try:
        file = open(path, "rb")  # noqa: SIM115 - stays open as long as the source; the child ends with it
        head = file.read(_HEAD)
        file.seek(0)
    except OSError as error:
        raise ReadFailure("file_missing", type(error).__name__) from error
    if head.startswith(_ZIP):
        return _open_zip(file, budget, bool(password))
    if head.startswith(_OLE):
        return _open_ole(file, password, budget)
    if head[:2] in _BIFF and head[2:4] in (b"\x04\x00", b"\x06\x00", b"\x08\x00", b"\x10\x00"):
        from retiree_desk.files.readers.xls import XlsSource

        return XlsSource(_whole(file, budget), budget)
    return _open_text(file, head, budget)


def _whole(file: BinaryIO, budget: Budget) -> bytes:
    """The whole file, where a reader needs it at once; refused when it is larger than a part may be."""
    content = file.read(budget.limits.part_bytes + 1)
    budget.inflate(len(content), len(content))
    return content


def _open_zip(file: BinaryIO, budget: Budget, password_given: bool) -> Source:
    from retiree_desk.files.readers.package import Package

    package = Package(file, budget)
    if "mimetype" in package:
        kind = b"".join(package.chunks("mimetype")).strip()
        if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return _open_other(file, "ods", package, budget, password_given)
        raise ReadFailure("not_a_workbook")
    books = [part for kind, part in package.relationships("").values() if kind == "officeDocument"]
    if books and books[0].lower().endswith(".bin"):
        return _open_other(file, "xlsb", package, budget, password_given)
    from retiree_desk.files.readers.xlsx import XlsxSource

    return XlsxSource(package, budget)


def _open_other(file: BinaryIO, kind: str, package: object, budget: Budget, password_given: bool) -> Source:
    from retiree_desk.files.readers.other import CalamineSource
    from retiree_desk.files.readers.package import Package

    if isinstance(package, Package) and any(
        package.size(n) > budget.limits.part_bytes for n in package.names()
    ):
        raise ReadFailure("too_large")
    file.seek(0)
    try:
        return CalamineSource(_whole(file, budget), kind, budget)
    except ReadFailure as failure:
        if failure.code == "encrypted" and password_given:
            raise ReadFailure("unsupported", kind) from failure
        raise


def _open_ole(file: BinaryIO, password: str | None, budget: Budget) -> Source:
    content = _whole(file, budget)
    if _ENCRYPTED in content:
        from retiree_desk.files.readers.locked import unlock

        unlocked = unlock(io.BytesIO(content), password)
        del content
        budget.inflate(0, len(unlocked))
        if not unlocked.startswith(_ZIP):
            raise ReadFailure("damaged", "unlocked")
        return _open_zip(io.BytesIO(unlocked), budget, True)
    from retiree_desk.files.readers.xls import XlsSource

    try:
        return XlsSource(content, budget)
    except ReadFailure as failure:
        if failure.code != "encrypted":
            raise
    from retiree_desk.files.readers.locked import unlock

    return XlsSource(unlock(io.BytesIO(content), password), budget)


def _open_text(file: BinaryIO, head: bytes, budget: Budget) -> Source:
    from retiree_desk.files.readers import text as texts

    if head.startswith((b"%PDF-", b"{\\rtf", b"PK")) or not texts.looks_like_text(head):
        raise ReadFailure("not_a_workbook")
    if head.startswith(b"ID;P"):
        raise ReadFailure("unsupported", "sylk")
    content = _whole(file, budget)
    if re.match(rb"\s*MIME-Version:", content, re.IGNORECASE):
        from retiree_desk.files.readers.mhtml import open_mhtml

        return open_mhtml(content, budget)
    markup = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<")
    decoded, encoding, broken = texts.decode(content, texts.declared(head) if markup else "")
    del content
    decoded = decoded.replace("\0", "")
    start = decoded[:8192].lstrip("\ufeff \t\r\n")
    if not start:
        raise ReadFailure("empty")
    if start.startswith("<"):
        return _open_markup(decoded.lstrip("\ufeff \t\r\n"), encoding, broken, budget)
    from retiree_desk.files.readers.delimited import DelimitedSource

    return DelimitedSource(decoded, encoding, broken, budget)


def _open_markup(text: str, encoding: str, broken: bool, budget: Budget) -> Source:
    start = text[:8192]
    if _XML2003 in start and start.startswith("<?xml") and "<html" not in start.lower():
        from retiree_desk.files.readers.xml2003 import Xml2003Source

        return Xml2003Source(text.encode("utf-8", "replace"), encoding, budget)
    if _HTML.search(start.lower()):
        from retiree_desk.files.readers.html import HtmlSource

        return HtmlSource(text, encoding, broken, budget)
    raise ReadFailure("not_a_workbook")
