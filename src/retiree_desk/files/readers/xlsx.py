"""Workbooks of the Office Open XML kind (.xlsx, .xlsm, .xltx; transitional and strict): the book around
the sheets.
"""

from __future__ import annotations

from collections.abc import Iterator

from retiree_desk.files.readers import xml
from retiree_desk.files.readers.formats import BUILTIN, is_date_format
from retiree_desk.files.readers.limits import Budget, ReadFailure
from retiree_desk.files.readers.package import Package
from retiree_desk.files.readers.source import ListedSheet, SheetSource, Source
from retiree_desk.files.readers.xlsx_sheet import XlsxSheet
from retiree_desk.files.readers.xlsx_strings import read_strings

_STATES = {"hidden": "hidden", "veryHidden": "very_hidden"}


class XlsxSource(Source):
    """A workbook; the sheets are found through the relationships, never by the names of parts."""

    def __init__(self, package: Package, budget: Budget) -> None:
        super().__init__("xlsx", budget)
        self._package = package
        books = [part for kind, part in package.relationships("").values() if kind == "officeDocument"]
        if not books or books[0] not in package:
            raise ReadFailure("not_a_workbook")
        self._book = books[0]
        self._related = package.relationships(self._book)
        self._found: list[tuple[str, str, str]] = []
        self._read_book()
        self._total = sum(package.size(part) for _kind, part in self._related.values()) or 1
        self._formulas = 0

    def sheets(self) -> Iterator[SheetSource]:
        """The sheets in the order of the tabs."""
        strings: list[str] | None = None
        styles: list[tuple[str, str]] = []
        for name, state, relation in self._found:
            kind, part = self._related.get(relation, ("", ""))
            if kind != "worksheet":
                yield ListedSheet(name, [], state, "chart" if kind == "chartsheet" else "other")
                continue
            if strings is None:
                styles = self._styles()
                strings = read_strings(self._chunks_of("sharedStrings"))
            sheet = XlsxSheet(name, state, self._package.chunks(part), strings, styles)
            yield sheet
            self._formulas += sheet.formulas

    def share(self) -> float:
        """How much has been unpacked of what the workbook refers to."""
        return min(1.0, self._package.read_bytes / self._total)

    def notes(self) -> list[str]:
        """ "formulas" where stored results were taken."""
        return ["formulas"] if self._formulas else []

    def _chunks_of(self, kind: str) -> Iterator[bytes]:
        """The part of the given relationship kind, nothing where the workbook has none."""
        for found, part in self._related.values():
            if found == kind and part in self._package:
                yield from self._package.chunks(part)
                return

    def _read_book(self) -> None:
        def start(tag: str, attributes: xml.Attributes) -> None:
            if tag == "sheet":
                state = _STATES.get(attributes.get("state", ""), "visible")
                self._found.append((attributes.get("name", ""), state, xml.attribute(attributes, "id")))
            elif tag == "workbookPr":
                self.date1904 = xml.truth(attributes.get("date1904"))

        xml.parse(self._package.chunks(self._book), xml.make_parser(start, lambda tag: None))
        if not self._found:
            raise ReadFailure("not_a_workbook")

    def _styles(self) -> list[tuple[str, str]]:
        """Per cell style: ("n" or "d", number format code)."""
        own: dict[int, str] = {}
        styles: list[tuple[str, str]] = []
        inside = ""

        def start(tag: str, attributes: xml.Attributes) -> None:
            nonlocal inside
            if tag in ("cellXfs", "cellStyleXfs", "dxfs"):
                inside = tag
            elif tag == "numFmt" and inside != "dxfs":
                own[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            elif tag == "xf" and inside == "cellXfs":
                number = _number(attributes.get("numFmtId"))
                code = own.get(number, BUILTIN.get(number, ""))
                code = "" if code.lower() in ("general", "g/通用格式") else code
                styles.append(("d" if is_date_format(code) else "n", code))

        def end(tag: str) -> None:
            nonlocal inside
            if tag == inside:
                inside = ""

        chunks = list(self._chunks_of("styles"))
        if chunks:
            xml.parse(chunks, xml.make_parser(start, end))
        return styles


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
