"""Any plain list on paper: title, columns with shares, rows, last lines, signatures (OFFICE 4, 7)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from retiree_desk.files.pdf.fitting import FLOOR
from retiree_desk.files.pdf.page import (
    A3_ACROSS,
    A4_ACROSS,
    A4_UPRIGHT,
    A4_VOUCHER,
    MM,
    Frame,
    Imprint,
    Pen,
    Section,
    draw_head_line,
    draw_line_of,
    draw_title,
    full_title,
    title_height,
    write_pages,
)
from retiree_desk.files.pdf.table import Column, Strip, Table, paginate
from retiree_desk.i18n import _

ListColumn = Column

_LINE = 7 * MM
_SIGNATURES = 7.5 * MM


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of any kind (visit register, birthdays, bank list …); all words in the language of the paper."""

    #: Without the office, which stands before it unless `office_in_title` is off.
    title: str
    columns: tuple[Column, ...]
    #: The words of the columns, without the running number.
    rows: Sequence[Sequence[str]]
    #: The line under the title: left, centre, right.
    head: tuple[str, str, str] = ("", "", "")
    #: Lines after the last row, e.g. totals; each may shrink to one line, then breaks.
    ending: tuple[str, ...] = ()
    #: `审核人:`, `填表人:` …: spread over the last line of the last page.
    signatures: tuple[str, ...] = ()
    paper: Literal["A4", "A3"] = "A4"
    across: bool = True
    #: Upright with a wide left margin, to be bound into vouchers.
    binding: bool = False
    size: float = 9.0
    row_mm: float = 7.5
    #: The least height of a row in which a cell breaks.
    wrapped_mm: float = 9.0
    #: No more rows a page than this, where it is not 0.
    rows_a_page: int = 0
    batch: str = ""
    check_code: str = ""
    #: Put a running number before every row, under 序号.
    numbered: bool = True
    number_share: float = 4.0
    office_in_title: bool = True

    @property
    def frame(self) -> Frame:
        """The sheet of paper."""
        if self.paper == "A3":
            return A3_ACROSS
        if self.across:
            return A4_ACROSS
        return A4_VOUCHER if self.binding else A4_UPRIGHT


def write_listing(path: str | os.PathLike[str], paper: Listing, imprint: Imprint) -> int:
    """Write the list; the pages written. An empty list is one page that says so.

    Characters that no font has raise UserError `glyph_missing` (`fonts.substituting`).
    """
    title = full_title(imprint.office, paper.title) if paper.office_in_title else paper.title
    section = _section(paper, title)
    return write_pages(path, paper.frame, title, imprint, [section], [paper])


def _section(paper: Listing, title: str) -> Section:
    frame = paper.frame
    columns = list(paper.columns)
    if paper.numbered:
        columns.insert(0, Column(_("No."), paper.number_share))
    table = Table(
        columns,
        frame.left,
        frame.usable,
        size=paper.size,
        row_height=paper.row_mm * MM,
        wrapped_height=paper.wrapped_mm * MM,
        floor=max(FLOOR, paper.size - 2),
    )
    strips = [
        Strip.of(table.row([str(number), *row] if paper.numbered else row))
        for number, row in enumerate(paper.rows, start=1)
    ] or [Strip(paper.row_mm * MM, text=_("Nobody on this list."))]
    head = 5.5 * MM if any(paper.head) else 2 * MM
    top = frame.top + title_height(title, frame) + head + table.heading_height
    ending = len(paper.ending) * _LINE + (_SIGNATURES if paper.signatures else 0)
    pages = paginate(strips, frame.floor - top, ending, paper.rows_a_page)
    last = len(pages) - 1

    def draw(strips: Sequence[Strip], is_last: bool, pen: Pen) -> None:
        y = draw_title(pen, frame.top, title)
        y = draw_head_line(pen, y, *paper.head) if any(paper.head) else y + head
        y = table.draw_strips(pen, table.draw_heading(pen, y), strips)
        if is_last:
            for line in paper.ending:
                y = draw_line_of(pen, y, [line], height=_LINE)
            if paper.signatures:
                draw_line_of(pen, y, paper.signatures, height=_SIGNATURES)

    return Section(
        [partial(draw, page, at == last) for at, page in enumerate(pages)], paper.batch, paper.check_code
    )
