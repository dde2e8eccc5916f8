"""Workbooks that python-calamine alone can read: .xlsb and .ods.

It drops number formats, hidden rows and the difference of 1 and 1.0, and one far cell can make it abort;
the child takes the blow.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from retiree_desk.files.readers.limits import Budget, ReadFailure
from retiree_desk.files.readers.source import ListedSheet, PlainCell, PlainRow, SheetSource, Source

_ERRORS = frozenset({"#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#VALUE!", "#GETTING_DATA"})


class CalamineSource(Source):
    """A workbook by python-calamine; `kind` is "xlsb" or "ods"."""

    def __init__(self, content: bytes, kind: str, budget: Budget) -> None:
        super().__init__(kind, budget)
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            self._book: Any = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except CalamineError as error:
            said = type(error).__name__
            raise ReadFailure("encrypted" if said == "PasswordError" else "damaged", said) from error
        self._done = 0

    def sheets(self) -> Iterator[SheetSource]:
        """The sheets in the order of the tabs."""
        for number, about in enumerate(self._book.sheets_metadata):
            self._done = number
            state = {"Hidden": "hidden", "VeryHidden": "very_hidden"}.get(_word(about.visible), "visible")
            kind = _word(about.typ)
            if kind != "WorkSheet":
                yield ListedSheet(about.name, [], state, "chart" if kind == "ChartSheet" else "other")
            else:
                yield _CalamineSheet(self._book, about.name, state)

    def share(self) -> float:
        """Sheets read of all sheets."""
        return self._done / max(1, len(self._book.sheets_metadata))


class _CalamineSheet(SheetSource):
    def __init__(self, book: Any, name: str, state: str) -> None:
        super().__init__(name, state)
        self._book = book

    def rows(self) -> Iterator[PlainRow]:
        """The filled rows from the top."""
        sheet = self._book.get_sheet_by_name(self.name)
        self.merges = [
            (top + 1, left + 1, low + 1, right + 1)
            for (top, left), (low, right) in (sheet.merged_cell_ranges or [])
        ]
        if sheet.start is None:
            return
        top, left = sheet.start
        for number, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
            cells: dict[int, PlainCell] = {}
            for column, value in enumerate(values, left + 1):
                cell = _cell(value)
                if cell:
                    cells[column] = cell
            if cells:
                yield number, False, cells


def _word(member: object) -> str:
    """The bare name of a member of the library's enumerations, which have no `name`."""
    return str(member).rpartition(".")[2]


def _cell(value: Any) -> PlainCell | None:
    if isinstance(value, str):
        if (
            value.startswith("#")
            and value.rstrip("!?").isascii()
            and value.isupper()
            and value[-1:] in "!?AM"
        ):
            return ("e", value, "")
        return None if value.isspace() else value or None
    if isinstance(value, bool):
        return ("b", "1" if value else "0", "")
    if isinstance(value, int | float):
        whole = value == value and abs(value) < 1e15 and value == int(value)
        return ("n", str(int(value)) if whole else repr(value), "")
    if isinstance(value, datetime):
        return ("d", value.isoformat(), "yyyy-mm-dd h:mm" if value.time() != time.min else "yyyy-mm-dd")
    if isinstance(value, date):
        return ("d", value.isoformat(), "yyyy-mm-dd")
    if isinstance(value, time):
        return ("n", repr((value.hour * 3600 + value.minute * 60 + value.second) / 86400), "h:mm:ss")
    if isinstance(value, timedelta):
        return ("n", repr(value.total_seconds() / 86400), "[h]:mm:ss")
    return None
