"""The monthly visit sheet and its summary page (OFFICE 4.1)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from retiree_desk.files.pdf.page import (
    A4_ACROSS,
    MM,
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
from retiree_desk.files.pdf.table import Align, Column, Strip, Table, paginate
from retiree_desk.files.pdf.visit_blocks import (
    BLANK_LINES,
    Block,
    BlockForm,
    Layout,
    SheetPerson,
    VisitSheetLine,
)
from retiree_desk.i18n import _

__all__ = ["Layout", "SheetPerson", "VisitSheet", "VisitSheetLine", "write_visit_sheets"]


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """The sheet of one visitor (or, without one, of an area: 未分配)."""

    #: `2026-11-03`
    code: str
    visitor: str
    #: `第三片区(1-9号楼)`
    area: str
    lines: tuple[VisitSheetLine, ...]
    visitor_phone: str = ""
    check_code: str = ""
    #: Figures of the summary page.
    over_80: int = 0
    living_alone: int = 0
    dependent_or_ill: int = 0
    #: Households, where they are fewer than the lines.
    households: int | None = None

    @property
    def household_count(self) -> int:
        """Households to visit: the lines, unless the caller counted fewer."""
        return len(self.lines) if self.households is None else self.households

    @property
    def people_count(self) -> int:
        """People to visit; a couple counts twice."""
        return sum(len(line.people) for line in self.lines)


def write_visit_sheets(
    path: str | os.PathLike[str],
    sheets: Sequence[VisitSheet],
    imprint: Imprint,
    *,
    year: int,
    month: int,
    summary: bool = True,
    layout: Layout = "standard",
) -> int:
    """Write the sheets of a month, the summary page first; the pages written.

    Page numbers start anew with every visitor. Characters that no font has raise UserError `glyph_missing`
    before anything is written (`fonts.substituting`). Without sheets the summary says so.
    """
    title = full_title(imprint.office, _("Monthly visit sheet {year}-{month}").format(year=year, month=month))
    forms = {gifts: BlockForm(layout, gifts) for gifts in (False, True)}
    plans = [_Plan(sheet, title, forms[any(line.gift for line in sheet.lines)]) for sheet in sheets]
    sections = [plan.section() for plan in plans]
    if summary or not plans:
        heading = _("Summary of visit tasks {year}-{month}").format(year=year, month=month)
        sections.insert(0, _summary(full_title(imprint.office, heading), plans))
    return write_pages(path, A4_ACROSS, title, imprint, sections, [list(sheets)])


class _Plan:
    """The pages of one sheet: which blocks and bars stand on which."""

    def __init__(self, sheet: VisitSheet, title: str, form: BlockForm) -> None:
        self.sheet = sheet
        self.title = title
        self.form = form
        self.table = form.table
        self.pages = self._pages()

    def _pages(self) -> list[list[Block | str]]:
        """Blocks and bars page by page; three blank blocks at the end for people met by the way."""
        most = self.form.style.per_page
        pages: list[list[Block | str]] = [[]]
        count, by_phone = 0, False
        for line in self.sheet.lines:
            bar = ""
            if line.by_phone != by_phone:
                by_phone = line.by_phone
                bar = _("Contact by phone") if by_phone else _("Visit at home")
            if count == most:
                pages.append([])
                count = 0
            if bar:
                pages[-1].append(bar)
            pages[-1].append(self.form.block(line))
            count += 1
        for number in range(1, BLANK_LINES + 1):
            if count == most:
                pages.append([])
                count = 0
            pages[-1].append(self.form.blank(number))
            count += 1
        return pages

    def section(self) -> Section:
        """The pages to draw, numbered for this visitor."""
        last = len(self.pages) - 1
        return Section(
            [partial(self._draw, items, at == last) for at, items in enumerate(self.pages)],
            self.sheet.code,
            self.sheet.check_code,
        )

    def _draw(self, items: Sequence[Block | str], is_last: bool, pen: Pen) -> None:
        sheet = self.sheet
        y = draw_title(pen, A4_ACROSS.top, self.title)
        y = draw_head_line(
            pen,
            y,
            _("Visitor: {name}  Phone: {phone}").format(
                name=sheet.visitor or _("Not assigned"), phone=sheet.visitor_phone or "____________"
            ),
            _("Area: {area}  {households} households, {people} people").format(
                area=sheet.area, households=sheet.household_count, people=sheet.people_count
            ),
            _("Sheet no.: {code}").format(code=sheet.code),
        )
        y = self.table.draw_heading(pen, y)
        top = y
        for item in items:
            if isinstance(item, str):
                self.table.draw_rules(pen, top, y)
                y = top = self.table.draw_bar(pen, y, item, height=5 * MM)
            else:
                y = item.draw(pen, self.table, y)
        self.table.draw_rules(pen, top, y)
        if is_last:
            self._draw_ending(pen, y)

    def _draw_ending(self, pen: Pen, y: float) -> None:
        blank = "______"
        y = draw_line_of(
            pen,
            y + 0.5 * MM,
            [
                _("To visit: {people} people").format(people=self.sheet.people_count),
                _("Visited: {blank} people").format(blank=blank),
                _("Not met: {blank} people").format(blank=blank),
                _("Not attempted: {blank} people").format(blank=blank),
                _("Requests: {blank}").format(blank=blank),
            ],
            height=6 * MM,
            size=10,
        )
        day = _("{blank} month {blank} day").format(blank="____")
        draw_line_of(
            pen,
            y,
            [
                _("Visitor (signature): {blank} {day}").format(blank="____________", day=day),
                _("Head of station (group): {blank}").format(blank="____________"),
                _("Entered: {blank} {day}").format(blank="____________", day=day),
            ],
            height=6 * MM,
            size=10,
        )


def _summary(title: str, plans: Sequence[_Plan]) -> Section:
    """The page that stands first: who takes which sheet; as many pages as it needs."""
    columns: list[tuple[str, float, Align]] = [
        (_("No."), 5, "centre"),
        (_("Visitor"), 10, "centre"),
        (_("Area"), 20, "left"),
        (_("Sheet no."), 12, "centre"),
        (_("Pages"), 6, "centre"),
        (_("Households to visit"), 8, "centre"),
        (_("People to visit"), 8, "centre"),
        (_("of them 80 and over"), 8, "centre"),
        (_("Lives alone"), 7, "centre"),
        (_("Dependent or gravely ill"), 8, "centre"),
        (_("Sheet received (signature)"), 8, "centre"),
    ]
    table = Table(
        [Column(text, share, align, name=at == 1) for at, (text, share, align) in enumerate(columns)],
        A4_ACROSS.left,
        A4_ACROSS.usable,
        size=10,
        row_height=9 * MM,
    )
    strips = [
        Strip.of(
            table.row(
                [
                    str(number),
                    plan.sheet.visitor or _("Not assigned"),
                    plan.sheet.area,
                    plan.sheet.code,
                    *map(str, _figures(plan)),
                ]
            )
        )
        for number, plan in enumerate(plans, start=1)
    ]
    totals = [str(sum(column)) for column in zip(*map(_figures, plans), strict=True)] or ["0"] * 6
    strips.append(Strip.of(table.row(["", _("Total"), "", "", *totals])))
    top = A4_ACROSS.top + title_height(title, A4_ACROSS) + 5.5 * MM + table.heading_height
    pages = paginate(strips, A4_ACROSS.floor - top)

    def draw(strips: Sequence[Strip], pen: Pen) -> None:
        y = draw_title(pen, A4_ACROSS.top, title)
        y = draw_head_line(pen, y, "", "", _("{n} sheets").format(n=len(plans)))
        table.draw_strips(pen, table.draw_heading(pen, y), strips)

    return Section([partial(draw, page) for page in pages])


def _figures(plan: _Plan) -> list[int]:
    """Pages, households, people, of them over 80, alone, dependent or ill."""
    sheet = plan.sheet
    return [
        len(plan.pages),
        sheet.household_count,
        sheet.people_count,
        sheet.over_80,
        sheet.living_alone,
        sheet.dependent_or_ill,
    ]
