"""Planned sheets as files: xlsx through XlsxWriter, csv, tab text and HTML by hand.

The same plan gives the same bytes: nothing of the clock or of this computer goes into a file.
"""

from __future__ import annotations

import csv
import html
import io
from datetime import datetime
from pathlib import Path
from typing import Any

from retiree_desk.sample.cells import Cell, Day, Num
from retiree_desk.sample.sheets import Sheet, Workbook

MADE_ON = datetime(2026, 10, 26, 9, 0, 0)


def write_workbook(workbook: Workbook, path: Path) -> None:
    """Write the workbook in the way that its name asks for."""
    if path.suffix == ".xlsx":
        _write_xlsx(workbook, path)
    elif path.suffix == ".csv":
        path.write_bytes(_separated(workbook.sheets[0], ",").encode("gb18030"))
    elif path.suffix == ".txt":
        path.write_bytes(("\ufeff" + _separated(workbook.sheets[0], "\t")).encode("utf-16-le"))
    else:
        path.write_bytes(_page(workbook.sheets[0]).encode("gbk", "xmlcharrefreplace"))


def _write_xlsx(workbook: Workbook, path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_urls": False})
    book.set_properties({"title": workbook.name, "created": MADE_ON})
    looks = _Looks(book)
    for plan in workbook.sheets:
        sheet = book.add_worksheet(plan.name)
        _fill(sheet, plan, looks)
        if plan.state == "hidden":
            sheet.hide()
        elif plan.state == "very_hidden":
            sheet.very_hidden()
    book.close()


class _Looks:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.header = book.add_format(
            {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        )
        self.title = book.add_format({"bold": True, "align": "center", "font_size": 14})

    def number(self, code: str) -> Any:
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def _fill(sheet: Any, plan: Sheet, looks: _Looks) -> None:
    for place, width in enumerate(plan.widths):
        sheet.set_column(place, place, width, None, {"hidden": 1} if place in plan.hidden_columns else {})
    for number, row in enumerate(plan.rows):
        look = looks.header if row.kind == "header" else looks.title if row.kind == "title" else None
        for place, cell in enumerate(row.cells):
            _put(sheet, number, place, cell, look, looks)
        if row.kind == "hidden" and plan.state == "visible":
            sheet.set_row(number, None, None, {"hidden": 1})
    for first_row, first, last_row, last in plan.merges:
        if (first_row, first) != (last_row, last):
            look = looks.header if plan.rows[first_row].kind == "header" else looks.title
            words = plan.rows[first_row].cells[first]
            sheet.merge_range(first_row, first, last_row, last, words or "", look)


def _put(sheet: Any, row: int, place: int, cell: Cell, look: Any, looks: _Looks) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, cell, look)
    elif isinstance(cell, Num):
        sheet.write_number(
            row, place, cell.value, looks.number(cell.format) if cell.format != "General" else look
        )
    elif isinstance(cell, Day):
        sheet.write_datetime(row, place, cell.value, looks.number(cell.format))


def _separated(sheet: Sheet, mark: str) -> str:
    """Rows of text with Windows line ends; what holds the mark is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    for row in sheet.rows:
        writer.writerow([_as_text(cell) for cell in row.cells])
    return out.getvalue()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    raise TypeError(f"a text file holds text only, not {cell!r}")


def _page(sheet: Sheet) -> str:
    """A table in a page, with the format hints that web systems add for Excel."""
    lines = [
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>',
        '<meta http-equiv="Content-Type" content="text/html; charset=gbk">',
        "<title>导出</title></head><body>",
        '<table border="1">',
    ]
    spans = {(first_row, first): last - first + 1 for first_row, first, _last_row, last in sheet.merges}
    for number, row in enumerate(sheet.rows):
        tag = "th" if row.kind == "header" else "td"
        cells: list[str] = []
        skip = 0
        for place, cell in enumerate(row.cells):
            if skip:
                skip -= 1
                continue
            span = spans.get((number, place), 1)
            skip = span - 1
            extra = f' colspan="{span}"' if span > 1 else ""
            hint = " style=\"mso-number-format:'\\@'\"" if tag == "td" and span == 1 else ""
            words = html.escape(_as_text(cell)).replace("\t", "&#9;") or "&nbsp;"
            cells.append(f"<{tag}{extra}{hint}>{words}</{tag}>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    lines.append("</table></body></html>")
    return "\r\n".join(lines)
