"""Give the rows that could not be taken back to the clerk: in their own layout, with the reasons beside them.

The mended workbook can be imported again: title and header rows stay where they were, the reasons stand
in one more column at the right.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retiree_desk.core.errors import InputError
from retiree_desk.files import child_process
from retiree_desk.files.atomic import atomic_path
from retiree_desk.files.cells import Row, Sheet, Workbook, cell_number, cell_text, clean_text
from retiree_desk.files.readers.child import confine
from retiree_desk.files.readers.limits import Limits, ReadFailure
from retiree_desk.i18n import N_, _

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

#: The title of the reason column; an import of the mended file ignores a column of this name.
REASON_TITLE = N_("Problem reason")
_REASON_WIDTH = 48
_RED = "FFC00000"
_PINK = "FFFFE0E0"
_Marks = dict[str, dict[int, tuple[str, list[int]]]]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a row: sheet name, row as the spreadsheet shows it, the sentence, and its column
    (0: none).
    """

    sheet: str
    row: int
    reason: str
    column: int = 0


def mark_problems(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    problems: Sequence[RowProblem],
    *,
    header_rows: Mapping[str, Sequence[int]] | None = None,
    password: str | None = None,
    book: Workbook | None = None,
) -> int:
    """Write the problem rows of `source` with a red reason column to the workbook `out`; returns how many.

    `header_rows` per sheet: what lies above and in them is kept, of the rest only the problem rows.  A
    sheet without an entry is kept whole.  Workbooks (.xlsx) keep fonts, widths, merged headers and number
    formats; of all other kinds, and where the layout cannot be read, the values are kept.  `book` spares
    reading `source` once more. Raises InputError and UserError as `read_workbook` and `atomic_path`.
    """
    from retiree_desk.files.workbook_reader import read_workbook

    if book is None:
        book = read_workbook(source, password=password)
    headers = {sheet: max(rows) for sheet, rows in (header_rows or {}).items() if rows}
    marks: _Marks = {}
    for problem in problems:
        reason, columns = marks.setdefault(problem.sheet, {}).setdefault(problem.row, ("", []))
        joined = "；".join(filter(None, (reason, problem.reason if problem.reason not in reason else "")))
        marks[problem.sheet][problem.row] = (joined, columns + ([problem.column] if problem.column else []))
    with atomic_path(out) as temp:
        if not (book.kind == "xlsx" and not password and _keep_layout(source, temp, marks, headers)):
            _write_values(temp, book, marks, headers)
    return sum(len(rows) for rows in marks.values())


# -- in the layout of the source, by openpyxl in a child: the file is a stranger's and openpyxl hungry


def _keep_layout(source: str | os.PathLike[str], temp: Path, marks: _Marks, headers: dict[str, int]) -> bool:
    """False where openpyxl cannot do it; the child writes to a folder of its own first."""
    with tempfile.TemporaryDirectory(prefix="retiree-desk-") as folder:
        made = Path(folder) / "marked.xlsx"
        limits = Limits()
        arguments = (str(Path(source).resolve()), str(made), marks, headers, _(REASON_TITLE), limits.plain())
        with contextlib.suppress(ReadFailure):
            for message in child_process.messages(_mark_in_child, arguments, limits):
                if message[0] == "done":
                    shutil.copyfile(made, temp)
                    return True
    return False


def _mark_in_child(
    connection: Connection,
    source: str,
    target: str,
    marks: _Marks,
    headers: dict[str, int],
    title: str,
    limits: tuple[Any, ...],
) -> None:
    confine(Limits(*limits))
    try:
        _mark(source, target, marks, headers, title)
        connection.send_bytes(marshal.dumps(("done",)))
    except BaseException as error:  # whatever openpyxl stumbles over: the parent writes the values instead
        connection.send_bytes(marshal.dumps(("error", "damaged", type(error).__name__)))


def _mark(source: str, target: str, marks: _Marks, headers: dict[str, int], title: str) -> None:
    import openpyxl

    book = openpyxl.load_workbook(source, data_only=True, keep_links=False)
    for sheet in list(book.worksheets):
        name = sheet.title
        if name not in marks:
            book.remove(sheet)
            continue
        marked = book.create_sheet(index=book.index(sheet))
        _copy(sheet, marked, marks[name], headers.get(name), title)
        book.remove(sheet)
        marked.title = name
    for chart in list(book.chartsheets):
        book.remove(chart)
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.active = 0
    book.save(target)


def _copy(
    old: Any, new: Any, marks: dict[int, tuple[str, list[int]]], header: int | None, title: str
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    cells = old._cells  # iter_rows() would visit every place up to the farthest cell
    rows = _kept(sorted({row for row, _column in cells}), marks, header)
    width = max((column for (_row, column), cell in cells.items() if cell.value not in (None, "")), default=0)
    places = {old_row: new_row for new_row, old_row in enumerate(rows, 1)}
    red, pink = Font(color=_RED, bold=True), PatternFill("solid", fgColor=_PINK)
    for (row_number, column), cell in cells.items():
        place = places.get(row_number)
        if place is None or (cell.value is None and not cell.has_style):
            continue
        copied = new.cell(place, column)
        copied.value = cell.value
        if isinstance(cell.value, str):
            copied.data_type = "s"  # "=..." stays the text it is
        copied._style = copy(cell._style)
        if column in marks.get(row_number, ("", []))[1]:
            copied.fill = pink
    for row_number, place in places.items():
        height = old.row_dimensions[row_number].height if row_number in old.row_dimensions else None
        if height:
            new.row_dimensions[place].height = height
        if row_number in marks:
            note = new.cell(place, width + 1)
            note.value = marks[row_number][0]
            note.data_type = "s"
            note.font, note.alignment = red, Alignment(wrap_text=True, vertical="center")
    if header and header in places:
        above = new.cell(places[header], width + 1)
        above.value, above.font = title, red
        new.freeze_panes = new.cell(places[header] + 1, 1)
    for area in old.merged_cells.ranges:
        if area.max_row in places and area.min_row in places and area.max_row <= (header or 0):
            new.merge_cells(
                start_row=places[area.min_row],
                end_row=places[area.max_row],
                start_column=area.min_col,
                end_column=area.max_col,
            )
    for dimension in old.column_dimensions.values():
        first = dimension.min or 1
        for column in range(first, min(dimension.max or first, width) + 1):
            copied = new.column_dimensions[get_column_letter(column)]
            copied.width, copied.hidden = dimension.width, dimension.hidden
    new.column_dimensions[get_column_letter(width + 1)].width = _REASON_WIDTH


def _kept(rows: list[int], marks: Mapping[int, object], header: int | None) -> list[int]:
    """The rows to keep: all to the header (also empty ones, so that it stays in its row), then the marked
    ones.
    """
    if header is None:
        return list(range(1, max(rows, default=0) + 1))
    return list(range(1, header + 1)) + sorted(row for row in marks if row > header)


# -- without layout


def _write_values(temp: Path, book: Workbook, marks: _Marks, headers: dict[str, int]) -> None:
    """The original cells with their number formats, by XlsxWriter."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = xlsxwriter.Workbook(str(temp), options)
    for number, sheet in enumerate(book.sheets, 1):
        if sheet.name in marks:
            page = made.add_worksheet(sheet.name or _("Table {n}").format(n=number))
            _write_sheet(made, page, sheet, marks[sheet.name], headers.get(sheet.name), book.date1904)
    if not made.worksheets():
        made.close()
        raise InputError("sheet_missing", _("The sheet is not in the workbook."))
    made.close()


def _write_sheet(
    made: Any,
    page: Any,
    sheet: Sheet,
    marks: dict[int, tuple[str, list[int]]],
    header: int | None,
    date1904: bool,
) -> None:
    by_number: dict[int, Row] = {row.number: row for row in sheet.rows}
    rows = _kept(sorted(by_number), marks, header)
    width = max((column for row in sheet.rows for column in row.cells), default=0)
    red = made.add_format({"font_color": "#C00000", "bold": True, "text_wrap": True})
    looks: dict[tuple[str, bool], Any] = {}
    for place, number in enumerate(rows):
        reason, columns = marks.get(number, ("", []))
        for column, cell in (by_number[number].cells if number in by_number else {}).items():
            key = ("@" if isinstance(cell, str) else cell[2], column in columns)
            if key not in looks:
                look: dict[str, Any] = {"num_format": key[0] or "General"}
                if key[1]:
                    look["bg_color"] = "#FFE0E0"
                looks[key] = made.add_format(look)
            value = cell_number(cell, date1904)
            if value is not None and -1e15 < value < 1e15:
                page.write_number(place, column - 1, value, looks[key])
            else:
                page.write_string(place, column - 1, clean_text(cell_text(cell, date1904))[0], looks[key])
        if reason:
            page.write_string(place, width, clean_text(reason)[0], red)
    if header:
        page.write_string(header - 1, width, _(REASON_TITLE), red)
        page.freeze_panes(header, 0)
    page.set_column(0, max(0, width - 1), 14)
    page.set_column(width, width, _REASON_WIDTH)
    for top, left, low, right in sheet.merges:
        if header and low <= header and (top, left) != (low, right):
            page.merge.append([top - 1, left - 1, low - 1, right - 1])
