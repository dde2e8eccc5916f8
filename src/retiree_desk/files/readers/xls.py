"""Binary workbooks of Excel 97-2003 and of WPS (.xls, .et), by xlrd."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from retiree_desk.files.readers.formats import is_date_format
from retiree_desk.files.readers.limits import Budget, ReadFailure
from retiree_desk.files.readers.source import PlainCell, PlainRow, SheetSource, Source

_STATES = {0: "visible", 1: "hidden", 2: "very_hidden"}
_GENERAL = re.compile(r"general|g/通用格式", re.IGNORECASE)


class XlsSource(Source):
    """A binary workbook, held in memory by xlrd; formulas have their stored results only."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        super().__init__("xls", budget)
        import xlrd

        if len(content) > budget.limits.part_bytes:
            raise ReadFailure("too_large")
        try:
            with open(os.devnull, "w", encoding="utf-8") as nowhere:
                self._book: Any = xlrd.open_workbook(
                    file_contents=content,
                    formatting_info=True,
                    on_demand=True,
                    ragged_rows=True,
                    logfile=nowhere,
                )
        except xlrd.XLRDError as error:
            said = str(error).lower()
            if "encrypt" in said:
                raise ReadFailure("encrypted") from error
            if "can't find workbook" in said or "unsupported format" in said:
                raise ReadFailure("not_a_workbook") from error
            raise ReadFailure("damaged", "XLRDError") from error
        self._book.logfile = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the book
        self.date1904 = bool(self._book.datemode)
        self._done = 0

    def sheets(self) -> Iterator[SheetSource]:
        """The worksheets in the order of the tabs (xlrd does not name charts)."""
        for number in range(self._book.nsheets):
            self._done = number
            yield _XlsSheet(self._book, number)
            self._book.unload_sheet(number)

    def share(self) -> float:
        """Sheets read of all sheets."""
        return self._done / max(1, int(self._book.nsheets))


class _XlsSheet(SheetSource):
    def __init__(self, book: Any, number: int) -> None:
        super().__init__(book.sheet_names()[number])
        self._book = book
        self._sheet = book.sheet_by_index(number)
        self.state = _STATES.get(self._sheet.visibility, "visible")
        self.merges = [(top + 1, left + 1, low, right) for top, low, left, right in self._sheet.merged_cells]
        self.hidden_ranges = [(c + 1, c + 1) for c, info in self._sheet.colinfo_map.items() if info.hidden]

    def rows(self) -> Iterator[PlainRow]:
        """The filled rows from the top."""
        sheet = self._sheet
        styles = _Styles(self._book)
        for number in range(sheet.nrows):
            cells: dict[int, PlainCell] = {}
            kinds, values = sheet.row_types(number), sheet.row_values(number)
            for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
                if kind == 1:
                    if value and not value.isspace():
                        cells[column + 1] = value.replace("\0", "")
                elif kind in (2, 3):
                    shown, code = styles[sheet.cell_xf_index(number, column)]
                    cells[column + 1] = (shown, _raw(value), code)
                elif kind == 4:
                    cells[column + 1] = ("b", "1" if value else "0", "")
                elif kind == 5:
                    cells[column + 1] = ("e", _error(value), "")
            if cells:
                info = sheet.rowinfo_map.get(number)
                yield number + 1, bool(info and (info.hidden or info.height == 0)), cells


class _Styles(dict[int, tuple[str, str]]):
    """Style numbers to ("n" or "d", number format code)."""

    def __init__(self, book: Any) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, index: int) -> tuple[str, str]:
        try:
            code = self._book.format_map[self._book.xf_list[index].format_key].format_str or ""
        except (IndexError, KeyError):
            code = ""
        code = "" if _GENERAL.fullmatch(code) else code
        style = ("d" if is_date_format(code) else "n", code)
        self[index] = style
        return style


def _raw(value: float) -> str:
    """A number as an .xlsx file would hold it: 20 for 20.0."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _error(value: int) -> str:
    from xlrd import error_text_from_code

    return str(error_text_from_code.get(value, "#ERR"))
