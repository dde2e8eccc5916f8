"""Write tables as workbooks and csv that open alike in Excel, WPS and LibreOffice and that come back
unharmed.

Whatever a cell says stays text: nothing becomes a formula, a link or a rounded number (RELIABILITY A6).
Files are whole or absent (`atomic.py`).
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from retiree_desk.core.columns import Column, Kind
from retiree_desk.files.atomic import atomic_path, write_bytes
from retiree_desk.files.cells import clean_text
from retiree_desk.files.problem_rows import RowProblem, mark_problems
from retiree_desk.i18n import _

__all__ = [
    "RowProblem",
    "TableColumn",
    "TableSheet",
    "WriteNote",
    "clean_text",
    "mark_problems",
    "write_csv",
    "write_table",
]

LEAST_WIDTH = 4.0
_FULL_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PART_DATE = re.compile(r"\d{4}(-\d{2})?(-\d{2})?")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_PHONE_LIKE = re.compile(r"[+＋\-－]?[\d\s()（）.,/-]*")
_BLANK_STARTS = " \n\r\ufeff\u200b\u3000\xa0"
_PAPER = {"A3": 8, "A4": 9}
_TEXT_KINDS = (Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.UNIT, Kind.LABELS)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table to write.

    `title` (and `group`, the upper line of a two-level header) in the words to be shown; `kind` decides
    how values are written: codes as text with text format, full dates as real dates `yyyy.mm.dd`, shorter
    ones as text `1955.03` (OFFICE R23), money in fen as yuan; `width` in characters; `align` left,
    center, right or distributed (分散对齐, for names, OFFICE R22).
    """

    title: str
    kind: Kind = Kind.TEXT
    width: float = 10.0
    group: str = ""
    align: str = "left"

    @classmethod
    def of(
        cls, column: Column, *, width: float | None = None, group: str = "", align: str = ""
    ) -> TableColumn:
        """The written form of a column that the program knows."""
        usual = "left" if column.kind is Kind.TEXT else "center"
        usual = "distributed" if column.key == "name" else usual
        return cls(column.heading(), column.kind, width or column.width, group, align or usual)


@dataclass(slots=True)
class TableSheet:
    """A sheet laid out as OFFICE 4.4: title, second line, header, rows, an empty row, total line, signatures.

    `rows` are sequences of text in the order of `columns`: dates as 1955-03-12, 1955-03 or 1955, money in
    fen. They may be an iterator: rows are written one by one.  Without `title` and second line the header
    comes first. `footer_left` and `footer_right` stand in the bottom margin beside 第 x 页 共 y 页.
    """

    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[str]]
    name: str = ""
    title: str = ""
    left: str = ""
    centre: str = ""
    right: str = ""
    total: str = ""
    signatures: str = ""
    paper: str = "A4"
    landscape: bool = True
    footer_left: str = ""
    footer_right: str = ""


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Something that was not written as given: code "cut" (too long) or "cleaned" (characters no file may
    hold).
    """

    sheet: str
    row: int
    column: str
    code: str


@dataclass(slots=True)
class WriteReport:
    """What was written: data rows of all sheets, and notes (at most 1,000 are kept; `note_count` counts
    all).
    """

    rows: int = 0
    notes: list[WriteNote] = field(default_factory=list)
    note_count: int = 0

    def add(self, note: WriteNote) -> None:
        """Keep a note."""
        self.note_count += 1
        if len(self.notes) < 1_000:
            self.notes.append(note)


def write_table(path: str | os.PathLike[str], *sheets: TableSheet) -> WriteReport:
    """Write the sheets as an .xlsx workbook, row by row, in little memory.

    Raises UserError as `atomic_path`; the old file then stays as it was.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    report = WriteReport()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy.mm.dd",
    }
    # The rows pass through a file of XlsxWriter's: in a folder of our own, so that a failure leaves no
    # data behind.
    with atomic_path(path) as temp, tempfile.TemporaryDirectory(prefix="retiree-desk-") as scratch:
        book = xlsxwriter.Workbook(str(temp), {**options, "tmpdir": scratch})
        book.use_zip64()
        try:
            used: set[str] = set()
            for number, sheet in enumerate(sheets, 1):
                name = _sheet_name(sheet.name or sheet.title or str(number), used)
                _SheetWriter(book, book.add_worksheet(name), sheet, name, report).write()
            book.close()
        except XlsxWriterException as error:
            reason = error.args[0] if error.args else None
            if isinstance(reason, OSError):  # a full disk, wrapped by the library
                raise reason from error
            raise
        finally:
            for page in book.worksheets():
                if page.row_data_fh is not None:
                    page.row_data_fh.close()
    return report


def write_csv(path: str | os.PathLike[str], sheet: TableSheet) -> WriteReport:
    """Write header and rows as UTF-8 with byte order mark and CRLF; titles and totals are left out.

    Dates keep the form 1955-10 (a spreadsheet would read 1955.10 as the number 1955.1).  A text that a
    spreadsheet would take for a formula gets a leading apostrophe, which an import takes off again; +86
    phone numbers do not.
    """
    report = WriteReport()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(_csv_text("/".join(filter(None, (c.group, c.title)))) for c in sheet.columns)
    for number, row in enumerate(sheet.rows, 2):
        cells: list[str] = []
        for column, value in zip(sheet.columns, row, strict=True):
            text, done = clean_text(value)
            if done:
                report.add(WriteNote(sheet.name, number, column.title, done))
            cells.append(_yuan(text) if column.kind is Kind.MONEY else _csv_text(text))
        writer.writerow(cells)
        report.rows += 1
    write_bytes(path, b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8"))
    return report


def _csv_text(text: str) -> str:
    bare = text.lstrip(_BLANK_STARTS)
    risky = bare.startswith(_FORMULA_STARTS) and not _PHONE_LIKE.fullmatch(bare)
    return "'" + text if risky else text


def _yuan(fen: str) -> str:
    """Fen as yuan with two decimals; anything else as it is."""
    if not re.fullmatch(r"-?\d{1,17}", fen):
        return fen
    number = int(fen)
    return f"{'-' if number < 0 else ''}{abs(number) // 100}.{abs(number) % 100:02}"


def _sheet_name(wanted: str, used: set[str]) -> str:
    """A name Excel accepts: 31 characters, none of []:*?/\\, no outer apostrophes, each once."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip("' ")[:31] or _("Worksheet")
    plain, number = name, 1
    while name.lower() in used:
        number += 1
        suffix = f" {number}"
        name = plain[: 31 - len(suffix)] + suffix
    used.add(name.lower())
    return name


class _SheetWriter:
    """Writes one sheet from the top down (constant memory allows nothing else)."""

    def __init__(self, book: Any, page: Any, sheet: TableSheet, name: str, report: WriteReport) -> None:
        self._book = book
        self._page = page
        self._sheet = sheet
        self._name = name
        self._report = report
        self._formats: dict[tuple[str, str, bool], Any] = {}
        self._row = 0

    def write(self) -> None:
        """The whole sheet."""
        sheet, page = self._sheet, self._page
        page.set_paper(_PAPER.get(sheet.paper, 9))
        if sheet.landscape:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.center_horizontally()
        page.set_footer(
            f"&L{_footer(sheet.footer_left)}&C{_('Page &P of &N')}&R{_footer(sheet.footer_right)}"
        )
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, max(LEAST_WIDTH, column.width), self._body(column, False))
        self._titles()
        header = self._header()
        first = self._row
        for row in sheet.rows:
            self._data(row)
        last = max(first, self._row - 1)
        if sheet.columns:
            page.freeze_panes(first, 0)
            page.repeat_rows(0, first - 1)
            page.autofilter(header, 0, last, len(sheet.columns) - 1)
        self._row += 1
        for text in (sheet.total, sheet.signatures):
            if text:
                self._line(text)

    def _titles(self) -> None:
        sheet = self._sheet
        width = len(sheet.columns)
        if sheet.title:
            self._page.set_row(0, 30)
            look = {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"}
            self._across(0, width - 1, sheet.title, self._book.add_format(look))
            self._row += 1
        if sheet.left or sheet.centre or sheet.right:
            self._page.set_row(self._row, 18)
            cuts = [0, width // 3, width - width // 3, width] if width >= 3 else [0, width, width, width]
            texts = [sheet.left, sheet.centre, sheet.right]
            if width < 3:
                texts = ["  ".join(filter(None, texts)), "", ""]
            for text, align, start, stop in zip(
                texts, ("left", "center", "right"), cuts[:-1], cuts[1:], strict=True
            ):
                if stop > start:
                    look = {"font_name": "宋体", "font_size": 9, "align": align, "valign": "vcenter"}
                    self._across(start, stop - 1, text, self._book.add_format(look))
            self._row += 1

    def _across(self, first: int, last: int, text: str, look: Any) -> None:
        """A text over several columns of the current row."""
        text = clean_text(text)[0]
        if last > first:
            self._page.merge_range(self._row, first, self._row, last, "", look)
        self._page.write_string(self._row, first, text, look)

    def _header(self) -> int:
        """The header, two levels where columns have groups; returns the row that carries the filter."""
        look = self._book.add_format(
            {
                "font_name": "黑体",
                "font_size": 9,
                "bold": True,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
                "border": 1,
                "bg_color": "#EDEDED",
            }
        )
        columns, page = self._sheet.columns, self._page
        if any(column.group for column in columns):
            start = 0
            while start < len(columns):
                stop = start + 1
                group = columns[start].group
                while group and stop < len(columns) and columns[stop].group == group:
                    stop += 1
                page.write_string(self._row, start, clean_text(group or columns[start].title)[0], look)
                for number in range(start + 1, stop):
                    page.write_blank(self._row, number, None, look)
                if not group:
                    # merge_range() would write both rows at once, which constant memory does not allow
                    page.merge.append([self._row, start, self._row + 1, start])
                elif stop - start > 1:
                    page.merge.append([self._row, start, self._row, stop - 1])
                start = stop
            self._row += 1
            for number, column in enumerate(columns):
                if column.group:
                    page.write_string(self._row, number, clean_text(column.title)[0], look)
                else:
                    page.write_blank(self._row, number, None, look)
        else:
            for number, column in enumerate(columns):
                page.write_string(self._row, number, clean_text(column.title)[0], look)
        self._row += 1
        return self._row - 1

    def _data(self, values: Sequence[str]) -> None:
        page, row = self._page, self._row
        for number, (column, value) in enumerate(zip(self._sheet.columns, values, strict=True)):
            if not value:
                page.write_blank(row, number, None, self._body(column, False))
                continue
            if column.kind not in _TEXT_KINDS and self._typed(column, number, value):
                continue
            text, done = clean_text(value)
            if done:
                self._report.add(WriteNote(self._name, row + 1, column.title, done))
            quoted = text.lstrip(_BLANK_STARTS).startswith(_FORMULA_STARTS)
            if page.write_string(row, number, text, self._body(column, quoted)) < -1:
                self._report.add(WriteNote(self._name, row + 1, column.title, "cut"))
        self._row += 1
        self._report.rows += 1

    def _typed(self, column: TableColumn, number: int, value: str) -> bool:
        """Write a date or number as such; False where the value is neither, so that it becomes text."""
        page, row = self._page, self._row
        if column.kind is Kind.DATE:
            match = _FULL_DATE.fullmatch(value)
            if match and match[1] >= "1900":
                try:
                    day = date(int(match[1]), int(match[2]), int(match[3]))
                except ValueError:
                    return False
                page.write_datetime(row, number, day, self._body(column, False))
                return True
            if _PART_DATE.fullmatch(value):
                page.write_string(row, number, value.replace("-", "."), self._text_date(column))
                return True
            return False
        if column.kind is Kind.MONEY and re.fullmatch(r"-?\d{1,14}", value):
            page.write_number(row, number, int(value) / 100, self._body(column, False))
            return True
        if column.kind is Kind.NUMBER and _NUMBER.fullmatch(value) and not re.match(r"-?0\d", value):
            page.write_number(row, number, float(value), self._body(column, False))
            return True
        return False

    def _line(self, text: str) -> None:
        """A line below the table; not merged, so that sorting and filtering stay possible."""
        look = self._book.add_format({"font_name": "宋体", "font_size": 9, "align": "left"})
        self._page.write_string(self._row, 0, clean_text(text)[0], look)
        self._row += 1

    def _text_date(self, column: TableColumn) -> Any:
        return self._format("@", column.align, False, False)

    def _body(self, column: TableColumn, quoted: bool) -> Any:
        code = {Kind.CODE: "@", Kind.DATE: "yyyy.mm.dd", Kind.MONEY: "#,##0.00"}.get(column.kind, "")
        return self._format(code, column.align, quoted, column.kind in (Kind.TEXT, Kind.UNIT, Kind.LABELS))

    def _format(self, code: str, align: str, quoted: bool, wrap: bool) -> Any:
        key = (code, align + ("+wrap" if wrap else ""), quoted)
        if key not in self._formats:
            look = {"font_name": "宋体", "font_size": 9, "align": align, "valign": "vcenter", "border": 1}
            if code:
                look["num_format"] = code
            if quoted:
                look["quote_prefix"] = True
            if wrap and align != "distributed":
                look["text_wrap"] = True
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _footer(text: str) -> str:
    """Text of a footer: & starts a code there."""
    return clean_text(text)[0].replace("&", "&&")[:80]
