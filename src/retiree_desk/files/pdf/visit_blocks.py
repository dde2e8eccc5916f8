"""The blocks of the monthly visit sheet: one household each, with room to write in (OFFICE 4.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retiree_desk.files.pdf.fitting import LEADING, Fitted, fit, one_line, squeezed, wrap
from retiree_desk.files.pdf.fonts import font_book
from retiree_desk.files.pdf.page import A4_ACROSS, ASCENT, MM, Pen
from retiree_desk.files.pdf.table import PADDING, Column, Table, draw_block, drawn_apart
from retiree_desk.i18n import N_, _

Layout = Literal["standard", "compact", "large"]
#: Blank blocks at the end of each sheet, 增1-增3.
BLANK_LINES = 3
#: Printed lines of reasons and notices in a block.
REASON_LINES = 5
_AIR = 0.6 * MM

WAYS = (N_("□Home"), N_("□Phone"), N_("□Hospital"), N_("□Office"))
RESULTS = (
    N_("□Met"),
    N_("□Family"),
    N_("□Nobody in"),
    N_("□Away"),
    N_("□In ward"),
    N_("□Declined"),
)


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One person of a line."""

    name: str
    #: Sex and age in one word group, e.g. `男 81岁`.
    facts: str = ""
    #: Only where the name stands twice on the sheet (OFFICE 2.18), e.g. `1945年·7号楼`.
    same_name: str = ""


@dataclass(frozen=True, slots=True)
class VisitSheetLine:
    """One household: a person, or a couple visited together (two people)."""

    #: Printed number; never changes once the sheet is printed.
    number: int
    people: tuple[SheetPerson, ...]
    #: `7号楼2单元301`; the area only where it differs from the head of the sheet.
    place: str = ""
    #: `13800000000`, `13900000000(女儿)`: full, with the owner where it is not the person.
    phones: tuple[str, ...] = ()
    #: Reasons and notices, most important first; five printed lines at most, the rest is `…见卡`.
    reasons: tuple[str, ...] = ()
    #: Elsewhere or away: stands last, under the bar 电话联系.
    by_phone: bool = False
    #: What is brought this month, e.g. `春节慰问金 500`; the column stands where any line has one.
    gift: str = ""


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """Heights and sizes (points) of one of the three layouts."""

    per_page: int
    height: float
    size: float
    name_size: float
    reason_size: float
    box_size: float
    reason_lines: int

    @classmethod
    def of(cls, layout: Layout) -> BlockStyle:
        """8 blocks of 18.5 mm, 14 of 10.5 mm, or 6 of 24 mm a page."""
        if layout == "compact":
            return cls(14, 10.5 * MM, 8.5, 10.5, 7.5, 7.5, 3)
        if layout == "large":
            return cls(6, 24 * MM, 12, 14, 11, 11, REASON_LINES)
        return cls(8, 18.5 * MM, 10, 12, 8.5, 8.5, REASON_LINES)


def block_columns(gifts: bool) -> list[Column]:
    """The columns of the sheet; `gifts` adds one, taken from the room for handwriting."""
    columns = [
        Column(_("No."), 4),
        Column(_("Name"), 8, name=True),
        Column(_("Address, phone"), 16, "left"),
        Column(_("Reason and what to mind"), 20, "left"),
        Column(_("Date of visit"), 6.5),
        Column(_("Way / result"), 15, "left"),
        Column(_("Health, living, difficulties and requests told"), 14.5 if gifts else 21.5),
        Column(_("Signature of the person (family)"), 9),
    ]
    if gifts:
        columns.insert(7, Column(_("Gift (money, goods)"), 7))
    return columns


@dataclass(frozen=True, slots=True)
class Block:
    """One household, every cell laid out."""

    cells: tuple[tuple[Fitted, ...], ...]
    height: float

    def draw(self, pen: Pen, table: Table, y: float) -> float:
        """The words and the line below; the y below."""
        bottom = y + self.height
        edges = table.edges
        for at, cell in enumerate(self.cells):
            if not cell:
                continue
            if at == 1:
                _draw_names(pen, cell, edges[1], edges[2], y, bottom)
            else:
                draw_block(pen, cell, edges[at], edges[at + 1], y, bottom, table.columns[at].align)
        pen.across(table.left, table.left + table.width, bottom)
        return bottom


class BlockForm:
    """The empty form of a layout: the grid, and the cells that are the same in every block."""

    def __init__(self, layout: Layout, gifts: bool) -> None:
        """`gifts`: with the column for what is brought."""
        self.style = BlockStyle.of(layout)
        self.table = Table(
            block_columns(gifts),
            A4_ACROSS.left,
            A4_ACROSS.usable,
            size=self.style.size,
            row_height=self.style.height,
            fixed=True,
            heading_size=9,
            heading_height=7.5 * MM,
        )
        self._box = self.style.height - 2 * _AIR
        day = one_line(_("    month    day"), self.table.room(4), self._box, self.style.size)
        self._to_fill_in = ((day,), _boxes(self.table.room(5), self._box, self.style.box_size))

    def block(self, line: VisitSheetLine) -> Block:
        """The block of a person or a couple."""
        table, style, box = self.table, self.style, self._box
        contact = [(line.place, style.size), *((phone, style.size) for phone in line.phones)]
        cells: list[tuple[Fitted, ...]] = [
            (squeezed(str(line.number), table.room(0), box, style.size),),
            _names(line, table.room(1), box, style),
            _stacked(contact, table.room(2), box),
            (_reasons(line.reasons, table.room(3), box, style),),
            *self._to_fill_in,
        ]
        if line.gift:
            cells += [(), (squeezed(line.gift, table.room(7), box, style.size),)]
        return Block(tuple(cells), style.height)

    def blank(self, number: int) -> Block:
        """A block for somebody who was met by the way (增1-增3)."""
        shown = squeezed(
            _("Added {n}").format(n=number), self.table.room(0) + PADDING, self._box, self.style.size
        )
        return Block(((shown,), (), (), (), *self._to_fill_in), self.style.height)


def _boxes(room: float, box: float, size: float) -> tuple[Fitted, ...]:
    """Ways and results as boxes, each kind beginning a line, as large as fits, the lines far apart."""
    kinds = [[_(word) for word in words] for words in (WAYS, RESULTS)]
    while True:
        lines = [line for words in kinds for line in _flow(words, room / size)]
        if len(lines) * size * LEADING <= box or size <= 4:
            leading = max(LEADING, min(1.7, box / (len(lines) * size)))
            return (Fitted(tuple(lines), size, leading),)
        size -= 0.25


def _flow(words: Sequence[str], ems: float) -> list[str]:
    """Boxes one after another; a box and its word stay together, lines hold about the same number."""
    book = font_book()
    for each in range(len(words), 0, -1):
        if len(words) % each and len(words) // each * each + each - len(words) > each // 2:
            continue  # a last line with one box left over looks forgotten
        lines = [" ".join(words[at : at + each]) for at in range(0, len(words), each)]
        if each == 1 or max(book.width(line, 1) for line in lines) <= ems:
            return lines
    return list(words)


def _names(line: VisitSheetLine, room: float, box: float, style: BlockStyle) -> tuple[Fitted, ...]:
    """Name, sex and age, what tells two of the same name apart; of a couple both and 夫妻同访."""
    small = style.size * 0.85
    stack: list[tuple[str, float]] = []
    for person in line.people:
        stack.append((person.name, style.name_size))
        if person.facts:
            stack.append((person.facts, small))
        if person.same_name:
            stack.append((person.same_name, small * 0.9))
    if len(line.people) > 1:
        stack.append((_("Couple, one visit"), small * 0.9))
    roomy = _stacked(stack, room, box)
    if len(line.people) == 1 or min(part.size for part in roomy) >= 6:
        return roomy
    # A couple in a low block: name, sex and age of each on one line.
    tight = [
        (" ".join(filter(None, (person.name, person.facts, person.same_name))), style.name_size * 0.9)
        for person in line.people
    ]
    tight.append((_("Couple, one visit"), small * 0.9))
    low = _stacked(tight, room, box)
    return low if min(part.size for part in low) > min(part.size for part in roomy) else roomy


def _stacked(texts: Sequence[tuple[str, float]], room: float, box: float) -> tuple[Fitted, ...]:
    """Texts one below the other, all shrunk by the same measure until they fit; nothing is cut."""
    texts = [(text, size) for text, size in texts if text]
    scale = 1.0
    while True:
        parts = tuple(
            fit(
                text, room, box, max(1.5, round(size * scale * 4) / 4), "serif", max(1.5, size * scale - 1.01)
            )
            for text, size in texts
        )
        if sum(part.height for part in parts) <= box or scale < 0.2:
            return parts
        scale -= 0.06


def _reasons(reasons: Sequence[str], room: float, box: float, style: BlockStyle) -> Fitted:
    """At most five lines; what does not fit ends in …见卡 (the card has it).

    Each reason begins a line while there is room, else they follow one another.
    """
    size = style.reason_size
    ems = room / size
    most = min(style.reason_lines, int(box / (size * LEADING) + 0.01))
    lines = [line for reason in reasons if reason for line in wrap(reason, ems)]
    if len(lines) > most:
        lines = wrap(_("; ").join(reason for reason in reasons if reason), ems)
    if len(lines) > most:
        book, more = font_book(), _("…see card")
        left = ems - book.width(more, 1)
        last = lines[most - 1]
        while last and book.width(last, 1) > left:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip("；;，, ") + more]
    return Fitted(tuple(lines), size)


def _draw_names(pen: Pen, parts: Sequence[Fitted], x1: float, x2: float, y1: float, y2: float) -> None:
    """The name cell: names of two characters drawn apart, all in the middle."""
    y = y1 + (y2 - y1 - sum(part.height for part in parts)) / 2
    middle = (x1 + x2) / 2
    largest = max(part.size for part in parts)
    for part in parts:
        size, step = part.size, part.size * part.leading
        base = y + (step - size) / 2 + ASCENT * size
        for line in part.lines:
            if size == largest and drawn_apart(part.lines, size, x2 - x1 - PADDING):
                pen.apart(middle - 1.5 * size, base, line, size, size)
            else:
                pen.centred(middle, base, line, size)
            base += step
        y += part.height
