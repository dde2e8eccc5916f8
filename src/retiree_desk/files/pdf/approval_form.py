"""The form on which an issue of money or goods is approved (慰问福利发放审批表, OFFICE 4.3)."""

from __future__ import annotations

import os
from dataclasses import dataclass

from retiree_desk.core.money import capitals_line, yuan
from retiree_desk.files.pdf.fitting import squeezed
from retiree_desk.files.pdf.page import (
    A4_VOUCHER,
    MM,
    Imprint,
    Pen,
    Section,
    draw_title,
    full_title,
    write_pages,
)
from retiree_desk.files.pdf.table import PADDING, Column, Strip, Table, draw_block
from retiree_desk.i18n import _

_SIZE = 10.5
_ROW = 10 * MM
_TIER = 8 * MM
#: The boxes for opinions share what the tiers leave of the page.
_LEAST_BOX = 22 * MM
_MOST_BOX = 42 * MM


@dataclass(frozen=True, slots=True)
class ApprovalTier:
    """One tier: so many people at such a standard."""

    name: str
    people: int
    standard_fen: int = 0
    #: `大米1袋、油1桶`
    goods: str = ""

    @property
    def amount_fen(self) -> int:
        """People times standard."""
        return self.people * self.standard_fen


@dataclass(frozen=True, slots=True)
class ApprovalForm:
    """One batch to be approved; what is empty prints as a blank to be filled in by hand."""

    #: `2026年重阳节慰问`
    scheme: str
    tiers: tuple[ApprovalTier, ...]
    #: Document, number, date, item.
    basis: str = ""
    #: Who is entitled, in words.
    who: str = ""
    source: str = ""
    #: Way and time of issue.
    how: str = ""
    batch: str = ""
    check_code: str = ""


def write_approval_form(path: str | os.PathLike[str], paper: ApprovalForm, imprint: Imprint) -> int:
    """Write the form, one page (more tiers than fit shrink their rows); the pages written."""
    title = full_title(imprint.office, _("Approval of welfare issue"))

    def draw(pen: Pen) -> None:
        y = draw_title(pen, A4_VOUCHER.top, title) + 2 * MM
        pen.across(A4_VOUCHER.left, A4_VOUCHER.width - A4_VOUCHER.right, y)
        y = _field(pen, y, _("Scheme"), paper.scheme)
        y = _field(pen, y, _("Basis (document no.)"), paper.basis, 1.3)
        y = _field(pen, y, _("Who and on what terms"), paper.who, 1.8)
        # Below the tiers stand fields of 3.3 rows and three boxes.
        room = A4_VOUCHER.floor - y - 3.3 * _ROW
        tier = min(_TIER, (room - 3 * _LEAST_BOX) / (len(paper.tiers) + 1))
        box = min(_MOST_BOX, (room - tier * (len(paper.tiers) + 1)) / 3)
        y = _draw_tiers(pen, y, paper, tier)
        fen = sum(tier.amount_fen for tier in paper.tiers)
        people = _("{n} people").format(n=f"{sum(tier.people for tier in paper.tiers):,}")
        total = f"{people}  {capitals_line(fen)}  ￥{yuan(fen)}" if fen else people
        y = _field(pen, y, _("Total (in capitals)"), total)
        y = _field(pen, y, _("Source of funds"), paper.source)
        y = _field(pen, y, _("Way and time of issue"), paper.how, 1.3)
        for opinion in (
            _("Opinion of the department in charge"),
            _("Opinion of finance"),
            _("Approval of the leader in charge"),
        ):
            y = _opinion(pen, y, opinion, box)

    section = Section([draw], paper.batch, paper.check_code)
    return write_pages(path, A4_VOUCHER, title, imprint, [section], [paper])


def _draw_tiers(pen: Pen, y: float, paper: ApprovalForm, row: float) -> float:
    """档次 × 人数 × 标准 = 金额, in rows of `row` points; the y below."""
    with_goods = any(tier.goods for tier in paper.tiers)
    columns = [
        Column(_("Tier (standard)"), 36 if with_goods else 46, "left"),
        Column(_("People"), 12),
        Column(_("Standard (yuan)"), 20, "right"),
        Column(_("Amount (yuan)"), 22, "right"),
    ]
    if with_goods:
        columns.insert(3, Column(_("Goods for each"), 22))
    table = Table(
        columns,
        A4_VOUCHER.left,
        A4_VOUCHER.usable,
        size=_SIZE,
        row_height=row,
        fixed=True,
        heading_height=row,
    )
    strips = []
    for tier in paper.tiers:
        cells = [tier.name, f"{tier.people:,}", yuan(tier.standard_fen), yuan(tier.amount_fen)]
        if not tier.standard_fen:
            cells[2:] = ["", ""]
        if with_goods:
            cells.insert(3, tier.goods)
        strips.append(Strip.of(table.row(cells)))
    return table.draw_strips(pen, table.draw_heading(pen, y), strips)


def _field(pen: Pen, y: float, label: str, words: str, rows: float = 1) -> float:
    """A label with its words beside it; the y below."""
    left, right = A4_VOUCHER.left, A4_VOUCHER.width - A4_VOUCHER.right
    middle, bottom = left + A4_VOUCHER.usable * 0.2, y + rows * _ROW
    heading = squeezed(label, middle - left - 2 * PADDING, bottom - y - MM, _SIZE, "sans")
    draw_block(pen, (heading,), left, middle, y, bottom, "centre", face="sans")
    if words:
        fitted = squeezed(words, right - middle - 2 * PADDING, bottom - y - MM, _SIZE)
        draw_block(pen, (fitted,), middle, right, y, bottom, "left")
    for x in (left, middle, right):
        pen.down(x, y, bottom)
    pen.across(left, right, bottom)
    return bottom


def _opinion(pen: Pen, y: float, label: str, height: float) -> float:
    """A box for an opinion, with a line to sign at its foot; the y below."""
    below = _field(pen, y, label, "", height / _ROW)
    signed = _("Signature: ____________      year    month    day")
    pen.ending(A4_VOUCHER.width - A4_VOUCHER.right - 4 * PADDING, below - 3 * MM, signed, _SIZE)
    return below
