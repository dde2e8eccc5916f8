"""The condolence list and its public notice (OFFICE 4.2)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from retiree_desk.core.money import capitals_line, yuan
from retiree_desk.files.pdf.listing import Listing, write_listing
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
from retiree_desk.files.pdf.table import Column, Strip, Table, paginate
from retiree_desk.i18n import _

_ROWS_A_PAGE = 14
_HEAD = 5.5 * MM
_BAR = 6.5 * MM
_TOTAL = 8 * MM
_SIGNATURES = 9 * MM


@dataclass(frozen=True, slots=True)
class CondolenceLine:
    """One person to be visited with a gift."""

    number: int
    name: str
    sex: str = ""
    age: str = ""
    category: str = ""
    #: Former unit and post.
    post: str = ""
    #: Party branch or area.
    unit: str = ""
    reason: str = ""
    address: str = ""
    phone: str = ""
    amount_fen: int = 0
    #: `大米1袋、油1桶`
    goods: str = ""
    #: The remark, or who brings it (see `CondolenceList.by_visitor`).
    remark: str = ""
    same_name: str = ""


@dataclass(frozen=True, slots=True)
class CondolenceGroup:
    """The people of one visiting team; without a name there is neither bar nor subtotal."""

    lines: tuple[CondolenceLine, ...]
    #: `第一组`
    name: str = ""
    leader: str = ""
    members: str = ""
    households: int | None = None
    #: What the subtotal adds up, e.g. `大米 12 袋`.
    goods_totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CondolenceList:
    """A condolence list of one occasion."""

    #: Without the office, e.g. `2026年春节走访慰问名单`.
    title: str
    groups: tuple[CondolenceGroup, ...]
    #: The unit it is for; '' = 全站.
    unit: str = ""
    #: `2026年1月26日至2月10日`
    period: str = ""
    #: `大米 38 袋`, `食用油 38 桶`: what the last line adds up.
    goods_totals: tuple[str, ...] = ()
    batch: str = ""
    check_code: str = ""
    #: Head the last column 慰问人 instead of 备注.
    by_visitor: bool = False


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the public notice: no phone, no address, no reason."""

    number: int
    name: str
    category: str = ""
    unit: str = ""
    #: Kind of condolence, e.g. `困难慰问`.
    kind: str = ""
    amount_fen: int = 0


@dataclass(frozen=True, slots=True)
class CondolenceNotice:
    """The variant that hangs on the wall (公示)."""

    title: str
    lines: tuple[NoticeLine, ...]
    unit: str = ""
    #: How long it hangs, e.g. `2026年1月19日至1月23日`.
    notice_period: str = ""
    #: Where objections go.
    phone: str = ""
    batch: str = ""
    check_code: str = ""


def write_condolence_list(path: str | os.PathLike[str], paper: CondolenceList, imprint: Imprint) -> int:
    """Write the working list; the pages written.

    Characters that no font has raise UserError `glyph_missing` (`fonts.substituting`).
    """
    frame = A4_ACROSS
    title = full_title(imprint.office, paper.title)
    table = Table(_columns(paper), frame.left, frame.usable, size=9.5, row_height=9 * MM, floor=7.5)
    strips = _strips(paper, table)
    top = frame.top + title_height(title, frame) + _HEAD + table.heading_height
    pages = paginate(strips, frame.floor - top, _TOTAL + _SIGNATURES, _ROWS_A_PAGE)
    last = len(pages) - 1

    def draw(strips: Sequence[Strip], is_last: bool, pen: Pen) -> None:
        y = draw_title(pen, frame.top, title)
        y = draw_head_line(
            pen,
            y,
            _("Unit: {unit}").format(unit=paper.unit or _("Whole station")),
            _("Time of condolence: {period}").format(period=paper.period),
            _("Amounts in yuan"),
            height=_HEAD,
        )
        y = table.draw_strips(pen, table.draw_heading(pen, y), strips)
        if is_last:
            y = table.draw_bar(pen, y, _total(paper), height=_TOTAL)
            signed = [
                _("Prepared by: "),
                _("Checked by: "),
                _("Head of unit: "),
                _("(seal)      year    month    day"),
            ]
            draw_line_of(pen, y, signed, height=_SIGNATURES)

    section = Section(
        [partial(draw, page, at == last) for at, page in enumerate(pages)], paper.batch, paper.check_code
    )
    return write_pages(path, frame, title, imprint, [section], [paper])


def _columns(paper: CondolenceList) -> list[Column]:
    lines = [line for group in paper.groups for line in group.lines]
    money, goods = any(line.amount_fen for line in lines), any(line.goods for line in lines)
    what = _("Condolence money (yuan)") if money or not goods else _("Condolence goods")
    if money and goods:
        what = _("Condolence money (yuan) / goods")
    return [
        Column(_("No."), 4),
        Column(_("Name"), 7, name=True),
        Column(_("Sex"), 4),
        Column(_("Age"), 4),
        Column(_("Category"), 6),
        Column(_("Former unit and post"), 12, "left"),
        Column(_("Branch (area)"), 9),
        Column(_("Reason for condolence (main facts)"), 16, "left"),
        Column(_("Present address"), 14, "left"),
        Column(_("Telephone"), 9),
        Column(what, 8, "right" if money and not goods else "centre"),
        Column(_("Brought by") if paper.by_visitor else _("Remarks"), 7),
    ]


def _strips(paper: CondolenceList, table: Table) -> list[Strip]:
    strips: list[Strip] = []
    for group in paper.groups:
        if group.name:
            households = len(group.lines) if group.households is None else group.households
            words = [
                group.name,
                _("Led by: {name}").format(name=group.leader) if group.leader else "",
                _("Members: {names}").format(names=group.members) if group.members else "",
                _("{n} households").format(n=households),
            ]
            strips.append(Strip(_BAR, text="  ".join(filter(None, words)), glued="next"))
        for line in group.lines:
            amount = yuan(line.amount_fen) if line.amount_fen else ""
            cells = [
                str(line.number),
                line.name,
                line.sex,
                line.age,
                line.category,
                line.post,
                line.unit,
                line.reason,
                line.address,
                line.phone,
                "\n".join(filter(None, (amount, line.goods))),
                line.remark,
            ]
            strips.append(Strip.of(table.row(cells, {1: line.same_name})))
        if group.name:
            strips.append(Strip(_BAR, text=_subtotal(group), glued="previous"))
    return strips or [Strip(9 * MM, text=_("Nobody on this list."))]


def _subtotal(group: CondolenceGroup) -> str:
    fen = sum(line.amount_fen for line in group.lines)
    words = [
        _("Subtotal {people} people").format(people=len(group.lines)),
        _("{amount} yuan").format(amount=yuan(fen)) if fen else "",
        _(", ").join(group.goods_totals),
    ]
    return "  ".join(filter(None, words))


def _total(paper: CondolenceList) -> str:
    """合计 38 人  慰问金 38,000.00 元  人民币(大写)叁万捌仟元整  慰问品:大米 38 袋、食用油 38 桶"""
    lines = [line for group in paper.groups for line in group.lines]
    fen = sum(line.amount_fen for line in lines)
    words = [_("Total {people} people").format(people=f"{len(lines):,}")]
    if fen or not paper.goods_totals:
        words += [_("Condolence money {amount} yuan").format(amount=yuan(fen)), capitals_line(fen)]
    if paper.goods_totals:
        words.append(_("Condolence goods: {goods}").format(goods=_(", ").join(paper.goods_totals)))
    return "  ".join(words)


def write_condolence_notice(path: str | os.PathLike[str], paper: CondolenceNotice, imprint: Imprint) -> int:
    """Write the public notice: no phone, no address, no reason (OFFICE 3.3); the pages written."""
    columns = (
        Column(_("No."), 8),
        Column(_("Name"), 16, name=True),
        Column(_("Category"), 16),
        Column(_("Own branch (group)"), 26),
        Column(_("Kind of condolence"), 18),
        Column(_("Standard (yuan)"), 16, "right"),
    )
    rows = [
        (
            str(line.number),
            line.name,
            line.category,
            line.unit,
            line.kind,
            yuan(line.amount_fen) if line.amount_fen else "",
        )
        for line in paper.lines
    ]
    listing = Listing(
        title=paper.title,
        columns=columns,
        rows=rows,
        head=(
            _("Unit: {unit}").format(unit=paper.unit or _("Whole station")),
            "",
            _("Total {people} people").format(people=len(rows)),
        ),
        ending=(
            _("Displayed: {period}").format(period=paper.notice_period or "____________"),
            _("Telephone for objections: {phone}").format(phone=paper.phone or "____________"),
        ),
        across=False,
        size=10.5,
        row_mm=9,
        batch=paper.batch,
        check_code=paper.check_code,
        numbered=False,
    )
    return write_listing(path, listing, imprint)
