"""Words that must fit a box: broken into lines as Chinese is, shrunk where they are too long, never cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retiree_desk.files.pdf.fonts import Face, font_book

LEADING = 1.15
FLOOR = 6.5
#: Below the floor only what may not be cut shrinks, and no further than this.
LEAST = 4.0
_NOT_FIRST = frozenset("，。、；：！？）》」』】〉”’…·%‰℃,.;:!?)]}")
_NOT_LAST = frozenset("（《「『【〈“‘([{¥#")
_EPSILON = 1e-6
#: What stays on one line where it can: Latin words and figures with their joints (a phone, a date, 7-2-301),
#: a part of a name up to its dot, a short remark in brackets; else one character.
_WORD = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9.,/_:@+*'-]*"
    r"|[㐀-鿿]{1,8}·(?=[㐀-鿿])|(?<=[㐀-鿿]·)[㐀-鿿]{1,8}$"
    r"|[(（][㐀-鿿]{1,4}[)）]"
    r"|\s+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of type and the size at which they fit."""

    lines: tuple[str, ...]
    size: float
    #: From line to line, in ems.
    leading: float = LEADING

    @property
    def height(self) -> float:
        """Of all lines together, in points."""
        return len(self.lines) * self.size * self.leading


def wrap(text: str, ems: float, face: Face = "serif") -> list[str]:
    """The text in lines of at most `ems` ems; words stay whole where they fit on a line of their own."""
    book = font_book()
    if "\n" not in text and book.width(text, 1, face) <= ems + _EPSILON:
        return [text]
    widths = book.ems(face)
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line, used = "", 0.0
        for word in _pieces(paragraph):
            width = book.width(word, 1, face)
            if used + width <= ems + _EPSILON:
                line += word
                used += width
                continue
            if word.isspace():
                continue
            if width > ems:  # longer than any line: character by character from where we are
                for character in word:
                    if used + widths[character] > ems + _EPSILON and line:
                        lines.append(line.rstrip())
                        line, used = "", 0.0
                    line += character
                    used += widths[character]
                continue
            if line:
                lines.append(line.rstrip())
            line, used = word, width
        lines.append(line.rstrip())
    return [line for line in lines if line] or [""]


def _pieces(paragraph: str) -> list[str]:
    """What may not be torn apart: words, and punctuation with the character it belongs to."""
    pieces: list[str] = []
    opening = ""
    for word in _WORD.findall(paragraph):
        if word in _NOT_LAST:
            opening += word
        elif word in _NOT_FIRST and pieces and not opening and not pieces[-1].isspace():
            pieces[-1] += word
        else:
            pieces.append(opening + word)
            opening = ""
    if opening:
        pieces.append(opening)
    return pieces


@lru_cache(maxsize=30_000)
def fit(
    text: str, width: float, height: float, size: float, face: Face = "serif", floor: float = FLOOR
) -> Fitted:
    """The text for a box: one line, a little smaller if that keeps it on one line, else broken, else smaller.

    Where even the floor size does not fit the height, the result is higher than the box, at the floor size:
    the caller makes the box higher, or asks `squeezed`.
    """
    book = font_book()
    ems = book.width(text, 1, face)
    if "\n" not in text:
        # A word of a few characters shrinks further before it breaks than a sentence does.
        least = max(floor, size * (0.75 if len(text) <= 4 else 0.88))
        one = size
        while one >= least:
            if ems * one <= width + _EPSILON:
                return Fitted((text,), one)
            one -= 0.5
    tried = size
    while tried >= floor:
        lines = wrap(text, width / tried, face)
        fitted = Fitted(tuple(lines), tried)
        if fitted.height <= height + _EPSILON and not _torn(text, lines):
            return fitted
        tried -= 0.5
    return Fitted(tuple(wrap(text, width / floor, face)), floor)


@lru_cache(maxsize=30_000)
def squeezed(
    text: str, width: float, height: float, size: float, face: Face = "serif", *, floor: float = FLOOR
) -> Fitted:
    """As `fit`, for a box that cannot grow: goes on shrinking below the floor, and never cuts."""
    fitted = fit(text, width, height, size, face, floor)
    tried = floor
    while tried > LEAST and (fitted.height > height + _EPSILON or _torn(text, fitted.lines)):
        tried -= 0.5
        fitted = Fitted(tuple(wrap(text, width / tried, face)), tried)
    while fitted.height > height + _EPSILON and tried > 1:  # a novel in a box: tiny, but all of it
        tried *= 0.9
        fitted = Fitted(tuple(wrap(text, width / tried, face)), tried)
    return fitted


def one_line(text: str, width: float, height: float, size: float) -> Fitted:
    """The text on one line as long as that is no smaller than 7 pt, else as `squeezed`."""
    ems = font_book().width(text, 1)
    if ems * 7 <= width:
        return Fitted((text,), min(size, int(width / ems * 4) / 4))
    return squeezed(text, width, height, size)


def balanced(fitted: Fitted, face: Face = "serif") -> Fitted:
    """The same number of lines, as even in length as they can be: for headings and words in the middle."""
    if len(fitted.lines) < 2:
        return fitted
    text = "".join(fitted.lines)
    book = font_book()
    ems = max(book.width(line, 1, face) for line in fitted.lines)
    best = fitted.lines
    for part in range(1, 13):
        lines = tuple(wrap(text, ems * (1 - part / 24), face))
        if len(lines) > len(fitted.lines) or _torn(text, lines):
            break
        best = lines
    return Fitted(best, fitted.size, fitted.leading)


def _torn(text: str, lines: Sequence[str]) -> bool:
    """Whether a word (a phone number, an ID number) was broken because it is longer than a line."""
    if len(lines) < 2 or (text.isalpha() and not text.isascii()):
        return False
    words = {word for word in _WORD.findall(text) if len(word) > 1 and not word.isspace()}
    shown = "\n".join(lines)
    return any(word not in shown for word in words)
