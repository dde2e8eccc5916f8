"""Phones in HR cells: several in one cell, written as numbers, with words beside them (trap 22)."""

import re
import unicodedata
from typing import NamedTuple


class Phones(NamedTuple):
    """What a cell of phones holds: clean numbers in their order, and words that stood with them.

    `lost` says that a spreadsheet has kept only the first digits (1.38E+10): nothing can be dialled.
    """

    numbers: tuple[str, ...]
    words: str = ""
    lost: bool = False


_SPLIT = re.compile(r"[/、,;|\n\\]+|\s{2,}")
_CLEAN = re.compile(r"[\s'`’‘\"“”\u200b-\u200f\u2060\ufeff]+")
_DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—―−－─~"})
_LOST = re.compile(r"^\d(\.\d+)?e\+?\d{1,2}$", re.IGNORECASE)
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_NUMBER = re.compile(r"(?:\+?86[- ]?)?(?:\(\d{3,4}\)|\d)[\d -]{2,}\d(?:转\d+)?")
_WORDS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffffA-Za-z][\u3400-\u9fff\U00020000-\U0003ffffA-Za-z·]*")
_PLAIN = re.compile(r"(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{7,8})\Z", re.ASCII)
_CALLED = re.compile(
    r"^(?:手机|电话|座机|固话|宅电|本人|联系电话|小灵通|号码|手机号|家|住宅|转|分机|ext|短号|集团短号"
    r"|[A-Za-z])$",
    re.IGNORECASE,
)


def is_plain_number(text: str) -> bool:
    """Whether a cell is one number in its usual form: nothing else is to be understood."""
    return _PLAIN.match(text) is not None


def is_mobile(number: str) -> bool:
    """Whether a clean number is a mainland mobile."""
    return bool(_MOBILE.match(number))


def read_phones(text: str) -> Phones:
    """The numbers of a cell. Blanks inside a number are taken out, area codes keep their hyphen."""
    if _PLAIN.match(text):
        return Phones((text,))
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    bare = _CLEAN.sub("", plain)
    if _LOST.match(bare):
        return Phones((), "", lost=True)
    if bare.endswith(".0") and bare[:-2].isdigit():
        bare = plain = bare[:-2]
    if bare.isdigit() and len(bare) <= 13:
        return Phones((_own_form(bare),))
    numbers: list[str] = []
    words: list[str] = []
    for part in _SPLIT.split(plain):
        _read_part(part.strip(" '`’‘\"“”"), numbers, words)
    return Phones(tuple(dict.fromkeys(numbers)), "、".join(dict.fromkeys(words)))


def _read_part(part: str, numbers: list[str], words: list[str]) -> None:
    if not part:
        return
    bare = _CLEAN.sub("", part)
    if _MOBILE.match(bare.replace("-", "")):  # 138-0000-1111, 138 0000 1111
        numbers.append(bare.replace("-", ""))
        return
    pieces = part.split()
    if len(pieces) > 1 and all(len(re.sub(r"\D", "", piece)) >= 7 for piece in pieces):
        for piece in pieces:
            _read_part(piece, numbers, words)
        return
    found = list(_NUMBER.finditer(part))
    for match in found:
        number = _own_form(_CLEAN.sub("", match.group()))
        if number:
            numbers.append(number)
    rest = _NUMBER.sub(" ", part)
    words.extend(word for word in _WORDS.findall(rest) if not _CALLED.match(word))


def _own_form(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    if digits.startswith("86") and _MOBILE.match(digits[2:]):
        return digits[2:]
    if _MOBILE.match(digits):
        return digits
    if found := re.match(r"^\((\d{3,4})\)(\d+)$", number):
        return f"{found.group(1)}-{found.group(2)}"
    return number.strip("-")
