"""慰问福利发放审批表: one upright page with the standards, the total and three opinions (OFFICE 4.3)."""

from __future__ import annotations

import os
from dataclasses import dataclass

from retiree_desk.files.pdf.fitting import fit
from retiree_desk.files.pdf.page import (
    A4_UPRIGHT,
    ASCENT,
    MM,
    Imprint,
    Pen,
    Section,
    draw_head_line,
    draw_title,
    full_title,
    write_pages,
)
from retiree_desk.i18n import _

_SIZE = 10.5
_LABEL = 30 * MM
_LEAST_ROW = 10 * MM
_BOX = 34 * MM
_PAD = 2 * MM
#: Standards that have a line of their own; more are put together by the caller.
MOST_STANDARDS = 12


@dataclass(frozen=True, slots=True)
class Standard:
    """One line of the calculation: `80 岁档`, how many people, how much each, how much together."""

    tier: str
    people: str
    each: str
    amount: str


@dataclass(frozen=True, slots=True)
class ApprovalForm:
    """The words of an approval form; the opinions are left blank to be written."""

    title: str
    scheme: str
    #: Name, number, date and item of the document; '' leaves a line to write on.
    basis: str
    who: str
    standards: tuple[Standard, ...]
    #: `合计 612 人  306,000.00 元  人民币(大写)…`
    total: str
    source: str
    #: How and when it is handed out.
    way: str
    batch: str = ""
    check_code: str = ""


def write_approval_form(
    path: str | os.PathLike[str], paper: ApprovalForm, imprint: Imprint, *, substitute: bool = False
) -> int:
    """Write the form; the pages written: 1 (errors as `write_listing`)."""
    title = full_title(imprint.office, paper.title)

    def draw(pen: Pen) -> None:
        _draw(pen, paper, title)

    section = Section((draw,), paper.batch, paper.check_code)
    return write_pages(path, A4_UPRIGHT, title, imprint, (section,), (paper,), substitute=substitute)


def _draw(pen: Pen, paper: ApprovalForm, title: str) -> None:
    frame = pen.frame
    y = draw_title(pen, frame.top, title, height=12 * MM)
    y = draw_head_line(
        pen, y, _("Batch: {code}").format(code=paper.batch), "", _("Amounts in yuan"), height=7 * MM
    )
    top = y
    y = _row(pen, y, _("Scheme"), paper.scheme)
    y = _row(pen, y, _("Basis (number)"), paper.basis)
    y = _row(pen, y, _("For whom, on which conditions"), paper.who)
    y = _standards(pen, y, paper.standards)
    y = _row(pen, y, _("Total (in capitals)"), paper.total)
    y = _row(pen, y, _("Funding source"), paper.source)
    y = _row(pen, y, _("How and when issued"), paper.way)
    for opinion in (
        _("Opinion of the department in charge"),
        _("Opinion of finance"),
        _("Approval by the leader in charge"),
    ):
        y = _opinion(pen, y, opinion)
    pen.across(frame.left, frame.width - frame.right, top)
    for x in (frame.left, frame.width - frame.right):
        pen.down(x, top, y)


def _words(pen: Pen, x: float, y: float, width: float, height: float, text: str) -> None:
    """Words in a box, broken and shrunk until they fit, in the middle of its height."""
    fitted = fit(text, width - 2 * _PAD, height - 1 * MM, _SIZE)
    step = fitted.size * 1.25
    first = y + (height - step * len(fitted.lines)) / 2 + ASCENT * fitted.size + fitted.size * 0.1
    for place, line in enumerate(fitted.lines):
        pen.text(x + _PAD, first + place * step, line, fitted.size)


def _row(pen: Pen, y: float, label: str, text: str, height: float = _LEAST_ROW) -> float:
    frame = pen.frame
    room = frame.usable - _LABEL
    lines = pen.book.width(text, _SIZE) / (room - 2 * _PAD)
    height = max(height, min(4, int(lines) + 1) * _SIZE * 1.25 + 2 * MM)
    _words(pen, frame.left, y, _LABEL, height, label)
    _words(pen, frame.left + _LABEL, y, room, height, text)
    pen.down(frame.left + _LABEL, y, y + height)
    pen.across(frame.left, frame.width - frame.right, y + height)
    return y + height


def _standards(pen: Pen, y: float, standards: tuple[Standard, ...]) -> float:
    """档次 × 人数 × 标准 = 金额, a line each below their headings."""
    frame = pen.frame
    left, right = frame.left + _LABEL, frame.width - frame.right
    shares = (0.4, 0.15, 0.25, 0.2)
    height = 8 * MM if len(standards) <= 8 else 6 * MM
    rows = [
        (_("Tier"), _("People"), _("Standard"), _("Amount")),
        *((each.tier, each.people, each.each, each.amount) for each in standards),
    ]
    whole = height * len(rows)
    _words(pen, frame.left, y, _LABEL, whole, _("Tiers and standards"))
    for place, row in enumerate(rows):
        x, at = left, y + place * height
        for text, share in zip(row, shares, strict=True):
            width = (right - left) * share
            _words(pen, x, at, width, height, text)
            x += width
            if x < right - 1:
                pen.down(x, at, at + height)
        if place + 1 < len(rows):
            pen.across(left, right, at + height)
    pen.down(left, y, y + whole)
    pen.across(frame.left, right, y + whole)
    return y + whole


def _opinion(pen: Pen, y: float, label: str) -> float:
    frame = pen.frame
    _words(pen, frame.left, y, _LABEL, _BOX, label)
    pen.down(frame.left + _LABEL, y, y + _BOX)
    sign = _("Signature: ____________      year    month    day")
    pen.ending(frame.width - frame.right - 6 * MM, y + _BOX - 5 * MM, sign, _SIZE)
    pen.across(frame.left, frame.width - frame.right, y + _BOX)
    return y + _BOX
