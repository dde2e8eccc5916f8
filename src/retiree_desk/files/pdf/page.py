"""One look for all paper: titles, the lines under them, the bottom line, page x of y (OFFICE 4).

Positions are points from the upper left corner of the page; the y of a text is its base line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from retiree_desk.files.atomic import atomic_path
from retiree_desk.files.pdf.fonts import FONT_NAME, Face, FontBook, drawable, font_book, refuse_missing
from retiree_desk.i18n import _, language

MM = 72 / 25.4
TITLE_SIZE = 18.0
HEAD_SIZE = 10.5
FOOT_SIZE = 8.5
THIN = 0.5
#: From the top of a line of type to its base line, in ems, where the type stands in the middle of its line.
ASCENT = 0.86
#: Encoded texts kept while a document is drawn: the words of a form come again on every page.
_KEPT_TEXTS = 40_000


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who prints, where and when: the words every document carries."""

    #: The office's full name, first in every title.
    office: str
    operator: str
    #: `2026-10-30 14:05`
    printed_at: str
    #: The same lines and codes printed once more: marked 重印.
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet of paper and its margins, in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def of_mm(
        cls, width: float, height: float, *, left: float, right: float, top: float, bottom: float
    ) -> Frame:
        """The same from millimetres."""
        return cls(width * MM, height * MM, left * MM, right * MM, top * MM, bottom * MM)

    @property
    def usable(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def floor(self) -> float:
        """The y where the bottom margin begins."""
        return self.height - self.bottom


A4_ACROSS = Frame.of_mm(297, 210, left=12, right=12, top=10, bottom=12)
A3_ACROSS = Frame.of_mm(420, 297, left=12, right=12, top=10, bottom=12)
A4_UPRIGHT = Frame.of_mm(210, 297, left=12, right=12, top=12, bottom=12)
#: Left margin for binding into vouchers (OFFICE 4.3).
A4_VOUCHER = Frame.of_mm(210, 297, left=25, right=12, top=12, bottom=12)
A4_VOUCHER_ACROSS = Frame.of_mm(297, 210, left=25, right=12, top=12, bottom=12)


class Pen:
    """Draws on the pages of one file. Words are encoded once per text and size, lines are plain strokes."""

    def __init__(self, path: str | os.PathLike[str], frame: Frame, title: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.frame = frame
        self.book: FontBook = font_book()
        self.book.font("serif")
        self._canvas: Any = Canvas(
            os.fspath(path),
            pagesize=(frame.width, frame.height),
            pageCompression=1,
            initialFontName=f"{FONT_NAME}serif",
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("Retiree Desk")
        self._canvas.setCatalogEntry("Lang", "zh-CN" if language() == "zh" else "en")
        self._document: Any = self._canvas._doc
        self._encoded: dict[tuple[str, float, str], str] = {}
        self._code: list[str] = [f"{THIN} w"]

    def text(self, x: float, y: float, text: str, size: float, face: Face = "serif") -> None:
        """One line of words beginning at x."""
        if text:
            show = self._encoded.get((text, size, face)) or self._encode(text, size, face)
            self._code.append(f"BT 1 0 0 1 {x:.2f} {self.frame.height - y:.2f} Tm {show}ET")

    def apart(self, x: float, y: float, text: str, size: float, gap: float, face: Face = "serif") -> None:
        """Words with `gap` points between the characters; they copy out without the gaps (R22)."""
        first, last = (
            self._encoded.get((part, size, face)) or self._encode(part, size, face)
            for part in (text[:-1], text[-1])
        )
        actual = text.encode("utf-16-be").hex()
        self._code.append(
            f"/Span <</ActualText <FEFF{actual}>>> BDC BT 1 0 0 1 {x:.2f} {self.frame.height - y:.2f} Tm "
            f"{gap:.2f} Tc {first}0 Tc {last}ET EMC"
        )

    def _encode(self, text: str, size: float, face: Face) -> str:
        parts = []
        for key, part in self.book.runs(text, face):
            font = self.book.font(key)
            for subset, codes in font.splitString(part, self._document):
                name = font.getSubsetInternalName(subset, self._document)
                parts.append(f"{name} {size:g} Tf <{codes.hex()}> Tj ")
        show = "".join(parts)
        if len(self._encoded) > _KEPT_TEXTS:
            self._encoded.clear()
        self._encoded[(text, size, face)] = show
        return show

    def centred(self, x: float, y: float, text: str, size: float, face: Face = "serif") -> None:
        """One line of words with its middle at x."""
        self.text(x - self.book.width(text, size, face) / 2, y, text, size, face)

    def ending(self, x: float, y: float, text: str, size: float, face: Face = "serif") -> None:
        """One line of words that ends at x."""
        self.text(x - self.book.width(text, size, face), y, text, size, face)

    def across(self, x1: float, x2: float, y: float) -> None:
        """A level line."""
        at = f"{self.frame.height - y:.2f}"
        self._code.append(f"{x1:.2f} {at} m {x2:.2f} {at} l S")

    def down(self, x: float, y1: float, y2: float) -> None:
        """An upright line."""
        height = self.frame.height
        self._code.append(f"{x:.2f} {height - y1:.2f} m {x:.2f} {height - y2:.2f} l S")

    def end_page(self) -> None:
        """The page is done."""
        self._canvas._code.append("\n".join(self._code))
        self._canvas.showPage()
        self._code = [f"{THIN} w"]

    def save(self) -> None:
        """Embed what the pages used of the fonts and write the file."""
        self._canvas.save()


def shrunk(
    book: FontBook, text: str, size: float, width: float, *, face: Face = "serif", least: float = 4
) -> float:
    """The largest size up to `size` (down to `least`, in half points) at which the text fits the width."""
    ems = book.width(text, 1, face)
    if ems * size <= width:
        return size
    return max(least, int(width / ems * 2) / 2) if ems else size


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that are numbered together (of one visitor, of one unit): each is drawn by a function."""

    pages: Sequence[Callable[[Pen], None]]
    #: `表号/批次号` and check code, at the lower left of every page.
    code: str = ""
    check_code: str = ""
    #: Which of the pages to draw, numbers from 1; empty = all.
    only: frozenset[int] = frozenset()


def write_pages(
    path: str | os.PathLike[str],
    frame: Frame,
    title: str,
    imprint: Imprint,
    sections: Sequence[Section],
    papers: Sequence[object],
) -> int:
    """Draw the sections into a file that is whole or absent; the pages drawn.

    `papers` are the dataclasses whose words are checked against the fonts first (`fonts.substituting`):
    UserError `glyph_missing`. A file without pages is refused by the caller, not here.
    """
    refuse_missing(imprint, title, *papers)
    drawn = 0
    with atomic_path(path) as temp:
        pen = Pen(temp, frame, title)
        for section in sections:
            total = len(section.pages)
            for number, draw in enumerate(section.pages, start=1):
                if section.only and number not in section.only:
                    continue
                draw(pen)
                _draw_foot(pen, imprint, section, number, total)
                pen.end_page()
                drawn += 1
        pen.save()
    return drawn


def _draw_foot(pen: Pen, imprint: Imprint, section: Section, number: int, total: int) -> None:
    """The bottom line: code and check code, page x of y, who printed when."""
    frame = pen.frame
    y = frame.height - frame.bottom + 6.2 * MM
    marks = [section.code, section.check_code, _("Reprint") if imprint.reprint else ""]
    left = " · ".join(mark for mark in marks if mark)
    right = _("Made by: {operator} {time}").format(operator=imprint.operator, time=imprint.printed_at)
    third = frame.usable / 3 - 6
    pen.text(frame.left, y, left, shrunk(pen.book, left, FOOT_SIZE, third))
    pen.centred(
        frame.left + frame.usable / 2,
        y,
        _("Page {page} of {pages}").format(page=number, pages=total),
        FOOT_SIZE,
    )
    pen.ending(frame.width - frame.right, y, right, shrunk(pen.book, right, FOOT_SIZE, third))


def full_title(office: str, title: str) -> str:
    """`{office} {title}`; the office may not be named yet."""
    return f"{drawable(office)} {title}".strip()


def _title_lines(text: str, frame: Frame) -> tuple[float, list[str]]:
    """Size and lines of a title: a long one shrinks to 14 pt, then breaks in two, then shrinks further."""
    book = font_book()
    size = shrunk(book, text, TITLE_SIZE, frame.usable, face="sans")
    if size >= 14:
        return size, [text]
    # After the office in Chinese; at the blank nearest to the middle in English.
    blanks = [at for at, character in enumerate(text) if character == " "] or [len(text) // 2]
    cut = blanks[0] if language() == "zh" else min(blanks, key=lambda at: abs(at - len(text) / 2))
    lines = [text[:cut].strip(), text[cut:].strip()]
    return min(shrunk(book, line, 15, frame.usable, face="sans") for line in lines), lines


def title_height(text: str, frame: Frame, *, height: float = 8 * MM) -> float:
    """How much of the page `draw_title` takes."""
    size, lines = _title_lines(text, frame)
    return max(size * 1.15, height) if len(lines) == 1 else len(lines) * size * 1.15


def draw_title(pen: Pen, y: float, text: str, *, height: float = 8 * MM) -> float:
    """The title in the middle, in hei type; the y below it (as `title_height` says)."""
    frame = pen.frame
    size, lines = _title_lines(text, frame)
    step = max(size * 1.15, height) if len(lines) == 1 else size * 1.15
    for line in lines:
        base = y + (min(step, size * 1.2) - size) / 2 + ASCENT * size
        pen.centred(frame.left + frame.usable / 2, base, line, size, "sans")
        y += step
    return y


def draw_head_line(
    pen: Pen,
    y: float,
    left: str,
    centre: str,
    right: str,
    *,
    height: float = 5.5 * MM,
    size: float = HEAD_SIZE,
) -> float:
    """A line under the title in three parts that never touch: all shrink together where it is full."""
    frame, book = pen.frame, pen.book
    gap = size * 1.5
    widths = [book.width(part, 1) for part in (left, centre, right)]
    gaps = gap * (sum(1 for width in widths if width) - 1)
    if sum(widths) * size + gaps > frame.usable:
        size = max(4, int((frame.usable - gaps) / sum(widths) * 4) / 4)
    base = y + (height - size * 1.1) / 2 + ASCENT * size
    pen.text(frame.left, base, left, size)
    pen.ending(frame.width - frame.right, base, right, size)
    # In the middle of the page, or of what the two sides leave.
    half = widths[1] * size / 2
    lowest = frame.left + widths[0] * size + (gap if left else 0) + half
    highest = frame.width - frame.right - widths[2] * size - (gap if right else 0) - half
    pen.centred(max(lowest, min(frame.left + frame.usable / 2, highest)), base, centre, size)
    return y + height


def draw_line_of(
    pen: Pen, y: float, parts: Sequence[str], *, height: float = 7 * MM, size: float = HEAD_SIZE
) -> float:
    """Parts spread over the width from the left (signatures, fill-in lines); shrinks where it is full."""
    frame, book = pen.frame, pen.book
    shown = [part for part in parts if part]
    if not shown:
        return y + height
    widths = [book.width(part, 1) for part in shown]
    needed = sum(widths) + 1.2 * (len(shown) - 1)
    size = min(size, max(4, int(frame.usable / needed * 4) / 4))
    spare = frame.usable - sum(widths) * size
    gap = max(1.2 * size, spare / len(shown)) if len(shown) > 1 else 0.0
    if sum(widths) * size + gap * (len(shown) - 1) > frame.usable:
        gap = spare / (len(shown) - 1)
    base = y + (height - size * 1.1) / 2 + ASCENT * size
    x = frame.left
    for part, width in zip(shown, widths, strict=True):
        pen.text(x, base, part, size)
        x += width * size + gap
    return y + height
