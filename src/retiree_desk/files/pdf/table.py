"""The grid: columns by share of the width, a heading on every page, rows whose words fit their cells.

Rows are laid out first, so that the number of pages is known before the first is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retiree_desk.files.pdf.fitting import FLOOR, Fitted, balanced, fit, squeezed
from retiree_desk.files.pdf.fonts import Face
from retiree_desk.files.pdf.page import ASCENT, MM, Pen
from retiree_desk.i18n import language

PADDING = 1.2 * MM
#: Above and below the words of a cell.
_AIR = 0.5 * MM

#: A row grows no further than this; longer words shrink.
_TALLEST = 60 * MM

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `title` is in the language of the paper."""

    title: str
    share: float
    align: Align = "centre"
    #: A heading above this and its neighbours of the same group.
    group: str = ""
    #: Two characters are drawn apart, and a long name shrinks but is never cut (R22).
    name: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its words fitted; a cell may hold a second, smaller text below the first."""

    cells: tuple[tuple[Fitted, ...], ...]
    height: float


@dataclass(frozen=True, slots=True)
class Strip:
    """What stands between two level lines: a row, or words across the whole table."""

    height: float
    row: Row | None = None
    text: str = ""
    #: Stays on one page with the strip after it (a heading) or before it (a subtotal).
    glued: Literal["", "next", "previous"] = ""

    @classmethod
    def of(cls, row: Row) -> Strip:
        """A row as a strip."""
        return cls(row.height, row)


def paginate(strips: Sequence[Strip], room: float, ending: float = 0, most: int = 0) -> list[list[Strip]]:
    """The strips page by page: `room` points a page, `ending` kept free below the last strip of the last.

    The last page never holds the ending alone, so that signatures stand under names; `most` rows a page.
    An empty list is one empty page.
    """
    chunks: list[list[Strip]] = []
    for strip in strips:
        if chunks and (strip.glued == "previous" or chunks[-1][-1].glued == "next"):
            chunks[-1].append(strip)
        else:
            chunks.append([strip])
    pages: list[list[list[Strip]]] = [[]]
    used, rows = 0.0, 0
    for chunk in chunks:
        height = sum(strip.height for strip in chunk)
        count = sum(1 for strip in chunk if strip.row is not None)
        if pages[-1] and (used + height > room + 0.01 or (most and rows + count > most)):
            pages.append([])
            used, rows = 0.0, 0
        pages[-1].append(chunk)
        used += height
        rows += count
    if used + ending > room + 0.01 and len(pages[-1]) > 1:
        pages.append([pages[-1].pop()])
    return [[strip for chunk in page for strip in chunk] for page in pages]


def is_two_characters(text: str) -> bool:
    """A name to be drawn apart: two ideographs that all readers copy out of marked text.

    Chrome's reader drops characters beyond U+FFFF from marked text, so names with one stay together.
    """
    return len(text) == 2 and all("㐀" <= character <= "鿿" for character in text)


def drawn_apart(lines: Sequence[str], size: float, room: float) -> bool:
    """Whether a name cell holds a whole name of two characters with room to draw them apart (R22).

    The end of a longer name that wrapped is not such a name.
    """
    return len(lines) == 1 and is_two_characters(lines[0]) and 3 * size <= room


class Table:
    """Columns at fixed places between two margins."""

    def __init__(
        self,
        columns: Sequence[Column],
        left: float,
        width: float,
        *,
        size: float,
        row_height: float,
        wrapped_height: float = 0.0,
        fixed: bool = False,
        heading_size: float = 0.0,
        heading_height: float = 0.0,
        floor: float = FLOOR,
    ) -> None:
        """`row_height` (points) for rows of one line, `wrapped_height` for others, more where words need it.

        `fixed`: rows never grow, words shrink as far as they must. Shares are scaled to 100 together.
        """
        self.columns = tuple(columns)
        total = sum(column.share for column in self.columns)
        self.edges = [left]
        for column in self.columns:
            self.edges.append(self.edges[-1] + column.share * width / total)
        self.edges[-1] = left + width
        self.left = left
        self.width = width
        self.size = size
        self.row_height = row_height
        self.wrapped_height = max(wrapped_height, row_height)
        self.fixed = fixed
        self.floor = floor
        self.heading_size = heading_size or size
        self.two_level = any(column.group for column in self.columns)
        self._level = 5.5 * MM
        self.heading_height = heading_height or self._heading_height()

    def _heading_height(self) -> float:
        highest = max(
            (
                fit(column.title, self.room(at), 12 * MM, self.heading_size, "sans", 6.0).height
                for at, column in enumerate(self.columns)
            ),
            default=0.0,
        )
        return max(7.5 * MM, highest + 2 * _AIR) + (self._level if self.two_level else 0)

    def room(self, at: int) -> float:
        """The width for words in column `at`."""
        return self.edges[at + 1] - self.edges[at] - 2 * PADDING

    def row(self, texts: Sequence[str], notes: dict[int, str] | None = None) -> Row:
        """Fit the words of a row; `notes`: column → a small second line below."""
        height = self.row_height
        box = self.wrapped_height - 2 * _AIR
        cells: list[tuple[Fitted, ...]] = []
        for at, text in enumerate(texts):
            note = notes.get(at, "") if notes else ""
            if not text:
                cells.append(())
                continue
            cell = self._cell(at, text, note, box)
            cells.append(cell)
            needed = sum(part.height for part in cell) + 2 * _AIR
            if len(cell) > 1 or len(cell[0].lines) > 1:
                needed = max(needed, self.wrapped_height)
            height = max(height, needed)
        return Row(tuple(cells), self.row_height if self.fixed else height)

    def _cell(self, at: int, text: str, note: str, box: float) -> tuple[Fitted, ...]:
        room = self.room(at)
        rest: tuple[Fitted, ...] = ()
        if note:
            small = squeezed(note, room, box * 0.4, max(self.floor, self.size * 0.72))
            rest = (small,)
            box -= small.height
        if self.fixed:
            fitted = squeezed(text, room, box, self.size, floor=self.floor)
        else:
            fitted = fit(text, room, box, self.size, "serif", self.floor)
        if fitted.height > _TALLEST:
            fitted = squeezed(text, room, _TALLEST, self.size, floor=self.floor)
        if self.columns[at].align == "centre" and not text.isascii() and " " not in text and "\n" not in text:
            fitted = balanced(fitted)
        return (fitted, *rest)

    def draw_heading(self, pen: Pen, y: float) -> float:
        """The heading with its frame; the y below it."""
        bottom = y + self.heading_height
        pen.across(self.left, self.left + self.width, y)
        pen.across(self.left, self.left + self.width, bottom)
        at = 0
        while at < len(self.columns):
            column = self.columns[at]
            pen.down(self.edges[at], y, bottom)
            if not column.group:
                self._heading_cell(pen, column.title, self.edges[at], self.edges[at + 1], y, bottom)
                at += 1
                continue
            last = at
            while last + 1 < len(self.columns) and self.columns[last + 1].group == column.group:
                last += 1
            middle = y + self._level
            self._heading_cell(pen, column.group, self.edges[at], self.edges[last + 1], y, middle)
            pen.across(self.edges[at], self.edges[last + 1], middle)
            for inner in range(at, last + 1):
                if inner > at:
                    pen.down(self.edges[inner], middle, bottom)
                self._heading_cell(
                    pen, self.columns[inner].title, self.edges[inner], self.edges[inner + 1], middle, bottom
                )
            at = last + 1
        pen.down(self.edges[-1], y, bottom)
        return bottom

    def _heading_cell(self, pen: Pen, title: str, x1: float, x2: float, y1: float, y2: float) -> None:
        fitted = squeezed(
            title, x2 - x1 - 1.5 * PADDING, y2 - y1 - _AIR, self.heading_size, "sans", floor=6.0
        )
        if (
            language() == "zh" and "\n" not in title
        ):  # other languages break at blanks, which the lines no longer hold
            fitted = balanced(fitted, "sans")
        draw_block(pen, (fitted,), x1, x2, y1, y2, "centre", face="sans")

    def draw_row(self, pen: Pen, y: float, row: Row) -> float:
        """The words of a row and the line below it; the y below."""
        bottom = y + row.height
        for at, cell in enumerate(row.cells):
            if cell:
                column = self.columns[at]
                draw_block(
                    pen, cell, self.edges[at], self.edges[at + 1], y, bottom, column.align, apart=column.name
                )
        pen.across(self.left, self.left + self.width, bottom)
        return bottom

    def draw_bar(
        self, pen: Pen, y: float, text: str, *, height: float = 6 * MM, face: Face = "sans"
    ) -> float:
        """A line of words across the whole table (a group, a subtotal); the y below."""
        fitted = squeezed(text, self.width - 2 * PADDING, height, self.size, face)
        draw_block(pen, (fitted,), self.left, self.left + self.width, y, y + height, "left", face=face)
        pen.down(self.left, y, y + height)
        pen.down(self.left + self.width, y, y + height)
        pen.across(self.left, self.left + self.width, y + height)
        return y + height

    def draw_strips(self, pen: Pen, y: float, strips: Sequence[Strip]) -> float:
        """Rows and bars one below the other with all their lines; the y below."""
        top = y
        for strip in strips:
            if strip.row is not None:
                y = self.draw_row(pen, y, strip.row)
            else:
                self.draw_rules(pen, top, y)
                y = top = self.draw_bar(pen, y, strip.text, height=strip.height)
        self.draw_rules(pen, top, y)
        return y

    def draw_rules(self, pen: Pen, top: float, bottom: float) -> None:
        """The upright lines of rows that stand together."""
        if bottom > top:
            for x in self.edges:
                pen.down(x, top, bottom)


def draw_block(
    pen: Pen,
    parts: Sequence[Fitted],
    x1: float,
    x2: float,
    y1: float,
    y2: float,
    align: Align,
    *,
    face: Face = "serif",
    apart: bool = False,
) -> None:
    """Lines of words in the middle of a cell's height."""
    y = y1 + (y2 - y1 - sum(part.height for part in parts)) / 2
    for place, part in enumerate(parts):
        size = part.size
        step = size * part.leading
        base = y + (step - size) / 2 + ASCENT * size
        for line in part.lines:
            if apart and place == 0 and drawn_apart(part.lines, size, x2 - x1 - 2 * PADDING):
                start = {"left": x1 + PADDING, "centre": (x1 + x2) / 2 - 1.5 * size}.get(
                    align, x2 - PADDING - 3 * size
                )
                pen.apart(start, base, line, size, size, face)
            elif align == "left":
                pen.text(x1 + PADDING, base, line, size, face)
            elif align == "right":
                pen.ending(x2 - PADDING, base, line, size, face)
            else:
                pen.centred((x1 + x2) / 2, base, line, size, face)
            base += step
        y += part.height
