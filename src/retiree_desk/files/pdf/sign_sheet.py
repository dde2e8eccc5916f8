"""The sign-for sheet with the issue summary behind it (OFFICE 4.3)."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from retiree_desk.core.errors import UsageError
from retiree_desk.core.money import capitals_line, yuan
from retiree_desk.files.pdf.page import (
    A4_VOUCHER,
    A4_VOUCHER_ACROSS,
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
from retiree_desk.files.pdf.table import Align, Column, Strip, Table, paginate
from retiree_desk.i18n import _

_HEAD = 5.5 * MM
_BAR = 6.5 * MM
_SIGNATURES = 8 * MM
#: So many kinds of goods fit upright.
_GOODS_UPRIGHT = 3


@dataclass(frozen=True, slots=True)
class Goods:
    """One kind of goods: `大米`, counted in `袋`."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SignLine:
    """One person who signs."""

    #: Runs through the whole batch and never changes once printed.
    number: int
    name: str
    age: str = ""
    category: str = ""
    #: Party branch or building; not printed where it says no more than the unit of the page.
    unit: str = ""
    amount_fen: int = 0
    #: How many of each of `SignSheet.goods`, in that order.
    goods: tuple[int, ...] = ()
    same_name: str = ""
    #: The reason where the line was stopped after printing (停发); it stays in what is due.
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """What was really handed out in a unit, for the summary page; unknown: None there, a blank on paper."""

    people: int
    amount_fen: int
    #: Not collected or stopped.
    left: int


@dataclass(frozen=True, slots=True)
class SignUnit:
    """The people of one unit; every unit starts a page and counts its own pages."""

    name: str
    lines: tuple[SignLine, ...]
    issued: Issued | None = None


@dataclass(frozen=True, slots=True)
class SignSheet:
    """One batch to be signed for."""

    #: Without the office, e.g. `2026年重阳节慰问金发放签领表`, `…(补发)`.
    title: str
    #: `2026-重阳-01`
    batch: str
    units: tuple[SignUnit, ...]
    check_code: str = ""
    #: Funding source.
    source: str = ""
    #: `2026年10月18日`
    basis_date: str = ""
    #: Empty: cash only.
    goods: tuple[Goods, ...] = ()
    #: The heading says how it is counted: `年龄(周岁)`, `当年年龄`, `虚岁` (R16); '' = 年龄(周岁).
    age_heading: str = ""


def write_sign_sheet(
    path: str | os.PathLike[str],
    paper: SignSheet,
    imprint: Imprint,
    *,
    large: bool = False,
    summary: bool = True,
    units: Collection[str] = (),
    pages: Collection[int] = (),
) -> int:
    """Write the sheets unit by unit and the issue summary behind; the pages written.

    `units` and `pages` (numbers as printed within a unit) reprint only those, with the same lines and codes,
    and without the summary; say so with `Imprint.reprint` (OFFICE 2.19). UsageError: there is no such page.
    Characters that no font has raise UserError `glyph_missing` (`fonts.substituting`).
    """
    title = full_title(imprint.office, paper.title)
    form = _Form(paper, title, large)
    some = [unit for unit in paper.units if unit.lines] or [SignUnit("", ())]
    chosen = [unit for unit in some if not units or unit.name in units]
    sections = [form.section(unit, frozenset(pages)) for unit in chosen]
    if not any(
        not section.only or section.only & set(range(1, len(section.pages) + 1)) for section in sections
    ):
        raise UsageError("no_such_page", _("This list has no such page; nothing was printed."))
    if summary and not units and not pages:
        sections.append(_summary(paper, imprint, form.frame))
    return write_pages(path, form.frame, title, imprint, sections, [paper])


def write_issue_summary(path: str | os.PathLike[str], paper: SignSheet, imprint: Imprint) -> int:
    """Write the issue summary (发放汇总表) alone; the pages written."""
    title = full_title(imprint.office, paper.title)
    section = _summary(paper, imprint, A4_VOUCHER)
    return write_pages(path, A4_VOUCHER, title, imprint, [section], [paper])


class _Form:
    """The sheet of a batch: its columns, and the pages of each unit."""

    def __init__(self, paper: SignSheet, title: str, large: bool) -> None:
        self.paper = paper
        self.title = title
        lines = [line for unit in paper.units for line in unit.lines]
        self.with_money = any(line.amount_fen for line in lines) or not paper.goods
        #: Not printed where it says no more than the heading of the page.
        self.with_unit = any(line.unit not in ("", unit.name) for unit in paper.units for line in unit.lines)
        across = len(paper.goods) > _GOODS_UPRIGHT
        self.frame = A4_VOUCHER_ACROSS if across else A4_VOUCHER
        self.lines_a_page = (9 if large else 12) if across else (15 if large else 20)
        self.table = Table(
            self._columns(),
            self.frame.left,
            self.frame.usable,
            size=13 if large else 10.5,
            row_height=(14 if large else 10.5) * MM,
            fixed=True,
            heading_size=10.5,
            heading_height=9 * MM,
        )

    def _columns(self) -> list[Column]:
        paper = self.paper
        columns = [
            Column(_("No."), 6.5),
            Column(_("Name"), 12, name=True),
            Column(paper.age_heading or _("Age (full)"), 6),
            Column(_("Category"), 10),
        ]
        if self.with_unit:
            columns.append(Column(_("Branch (building)"), 13))
        if self.with_money:
            columns.append(Column(_("Amount (yuan)"), 12, "right"))
        columns += [Column("\n".join(filter(None, (item.name, item.unit))), 6) for item in paper.goods]
        return [
            *columns,
            Column(_("Signature of the recipient"), 17 if self.with_unit else 30),
            Column(_("Signature of the proxy, relation"), 13),
            Column(_("Collected on"), 10.5),
        ]

    def _row(self, line: SignLine) -> Strip:
        cells = [str(line.number), line.name, line.age, line.category]
        if self.with_unit:
            cells.append(line.unit)
        if self.with_money:
            cells.append(yuan(line.amount_fen))
        for at in range(len(self.paper.goods)):
            count = line.goods[at] if at < len(line.goods) else 0
            cells.append(str(count) if count else "")
        if line.stopped:
            cells += [_("Stopped ({reason})").format(reason=line.stopped), "", ""]
        else:
            cells += ["", "", _("    month    day")]
        return Strip.of(self.table.row(cells, {1: line.same_name}))

    def section(self, unit: SignUnit, only: frozenset[int]) -> Section:
        """The pages of a unit, numbered for themselves."""
        starts = range(0, len(unit.lines), self.lines_a_page) or range(1)
        last = len(starts) - 1
        return Section(
            [
                partial(self._draw, unit, unit.lines[start : start + self.lines_a_page], at == last)
                for at, start in enumerate(starts)
            ],
            self.paper.batch,
            self.paper.check_code,
            only,
        )

    def _draw(self, unit: SignUnit, lines: Sequence[SignLine], is_last: bool, pen: Pen) -> None:
        paper, table = self.paper, self.table
        y = draw_title(pen, self.frame.top, self.title)
        y = draw_head_line(
            pen,
            y,
            _("Issued to: {unit}").format(unit=unit.name),
            "",
            _("Amounts in yuan") if self.with_money else "",
            height=_HEAD,
        )
        y = draw_head_line(
            pen,
            y,
            _("Source of funds: {source}").format(source=paper.source),
            _("Batch: {batch}").format(batch=paper.batch),
            _("Basis date: {day}").format(day=paper.basis_date),
            height=_HEAD,
        )
        strips = [self._row(line) for line in lines] or [
            Strip(table.row_height, text=_("Nobody on this list."))
        ]
        y = table.draw_strips(pen, table.draw_heading(pen, y), strips)
        words = _("Subtotal of this page: {sum}").format(sum=_due(paper, lines, self.with_money))
        y = table.draw_bar(pen, y, words, height=_BAR)
        if is_last:
            fen = sum(line.amount_fen for line in unit.lines)
            words = _("Due in this unit: {sum}").format(sum=_due(paper, unit.lines, self.with_money))
            if self.with_money:
                words += "  " + capitals_line(fen)
            y = table.draw_bar(pen, y, words, height=_BAR)
            y = table.draw_bar(pen, y, self._fill_in(), height=_BAR, face="serif")
        draw_line_of(
            pen,
            y,
            [_("Issued by: "), _("Witness: "), _("Checked by: "), _("Person in charge: ")],
            height=_SIGNATURES,
        )

    def _fill_in(self) -> str:
        if self.with_money:
            return _(
                "Issued ____ people ______ yuan  Stopped ____ people  Not collected ____ people ______ yuan, "
                "returned to finance on ____ month ____ day"
            )
        return _(
            "Issued ____ people  Stopped ____ people  Not collected ____ people, "
            "returned on ____ month ____ day"
        )


def _due(paper: SignSheet, lines: Sequence[SignLine], with_money: bool) -> str:
    """`20 人  10,000.00 元  大米 20 袋、油 20 桶`"""
    words = [_("{n} people").format(n=f"{len(lines):,}")]
    if with_money:
        words.append(_("{amount} yuan").format(amount=yuan(sum(line.amount_fen for line in lines))))
    if paper.goods:
        words.append(_goods(paper, lines))
    return "  ".join(words)


def _goods(paper: SignSheet, lines: Sequence[SignLine]) -> str:
    """`大米 20 袋、油 20 桶`"""
    counts = [sum(line.goods[at] for line in lines if at < len(line.goods)) for at in range(len(paper.goods))]
    return _(", ").join(
        f"{item.name} {count:,} {item.unit}".strip() for item, count in zip(paper.goods, counts, strict=True)
    )


def _summary_title(title: str) -> str:
    """`…发放签领表` becomes `…发放汇总表`; a title that says neither gets the word behind it."""
    sheet, summary = _("sign-for sheet"), _("summary of issue")
    return title.replace(sheet, summary) if sheet in title else f"{title} {summary}"


def _summary(paper: SignSheet, imprint: Imprint, frame: Frame) -> Section:
    """The page behind all sheets: due and issued by unit, the total in figures and capitals."""
    everybody = [line for unit in paper.units for line in unit.lines]
    with_money = any(line.amount_fen for line in everybody) or not paper.goods
    title = full_title(imprint.office, _summary_title(paper.title))
    what = (_("Amount due"), _("Amount issued")) if with_money else (_("Goods due"), _("Goods issued"))
    align: Align = "right" if with_money and not paper.goods else "centre"
    table = Table(
        [
            Column(_("No."), 6),
            Column(_("Unit of issue"), 30, "left"),
            Column(_("People due"), 10),
            Column(what[0], 16, align),
            Column(_("People issued to"), 10),
            Column(what[1], 16, align),
            Column(_("People not collected (stopped)"), 12),
        ],
        frame.left,
        frame.usable,
        size=10,
        row_height=9 * MM,
    )

    def due(lines: Sequence[SignLine]) -> str:
        fen = yuan(sum(line.amount_fen for line in lines)) if with_money else ""
        return "\n".join(filter(None, (fen, _goods(paper, lines) if paper.goods else "")))

    strips = []
    for number, unit in enumerate(paper.units, start=1):
        issued = unit.issued
        known = (str(issued.people), yuan(issued.amount_fen), str(issued.left)) if issued else ("", "", "")
        cells = [str(number), unit.name, str(len(unit.lines)), due(unit.lines), *known]
        strips.append(Strip.of(table.row(cells)))
    told = [unit.issued for unit in paper.units if unit.issued is not None]
    whole = ("", "", "")
    if told and len(told) == len(paper.units):
        whole = (
            str(sum(issued.people for issued in told)),
            yuan(sum(issued.amount_fen for issued in told)),
            str(sum(issued.left for issued in told)),
        )
    cells = ["", _("Total"), str(len(everybody)), due(everybody), *whole]
    strips.append(Strip.of(table.row(cells)))
    top = frame.top + title_height(title, frame) + 2 * _HEAD + table.heading_height
    pages = paginate(strips, frame.floor - top, _BAR + _SIGNATURES)
    last = len(pages) - 1

    def draw(strips: Sequence[Strip], is_last: bool, pen: Pen) -> None:
        y = draw_title(pen, frame.top, title)
        y = draw_head_line(
            pen,
            y,
            _("Source of funds: {source}").format(source=paper.source),
            "",
            _("Amounts in yuan") if with_money else "",
            height=_HEAD,
        )
        y = draw_head_line(
            pen,
            y,
            _("Batch: {batch}").format(batch=paper.batch),
            "",
            _("Basis date: {day}").format(day=paper.basis_date),
            height=_HEAD,
        )
        y = table.draw_strips(pen, table.draw_heading(pen, y), strips)
        if is_last:
            words = _("Due in all: {sum}").format(sum=_due(paper, everybody, with_money))
            if with_money:
                words += "  " + capitals_line(sum(line.amount_fen for line in everybody))
            y = table.draw_bar(pen, y, words, height=_BAR)
            signed = [_("Prepared by: "), _("Checked by: "), _("Finance: "), _("Person in charge: ")]
            draw_line_of(pen, y, signed, height=_SIGNATURES)

    return Section(
        [partial(draw, page, at == last) for at, page in enumerate(pages)], paper.batch, paper.check_code
    )
