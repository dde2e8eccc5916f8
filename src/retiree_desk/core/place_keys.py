"""Keys of buildings, entrances and doors: 2号楼 before 10号楼, 七栋 the same as 7号楼."""

from __future__ import annotations

import re
import unicodedata

from retiree_desk.core.numerals import NUMERAL_CLASS, numeral_value, with_digits
from retiree_desk.core.pinyin import sort_key

PlaceKey = tuple[int | str, ...]

# A numeral counts as a number where a word for a place follows it, or 第 stands before it:
# 三区 is 3, but 五一小区 and 三亚路 are names.
COUNTED = "区栋幢座楼号单门层排室组期院段弄巷队户片网支党批#"
_NUMERAL = re.compile(f"第[{NUMERAL_CLASS}]+|[{NUMERAL_CLASS}]+(?=[{COUNTED}]|$)")
_ORDINAL = re.compile(r"第(?=\d)")
_TOKEN = re.compile(r"(\d+)", re.ASCII)
_LONGEST_NUMBER = 8  # longer digits are telephone numbers and the like
_BUILDING_WORD = re.compile(r"(?:号楼|号栋|号幢|#楼|栋楼|幢楼|栋|幢|座|楼|单元|号门|门|#|号)$")


def plain_place(text: str) -> str:
    """The text in one way of writing: ASCII where there is some, no blanks, counted numerals
    in digits."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(plain.split())
    return _ORDINAL.sub("", _NUMERAL.sub(_counted, plain))


def place_key(text: str) -> PlaceKey:
    """A key for sorting places: numbers as numbers, before words by pinyin; nothing last.

    Each part is 0 and its number, or 1 and its word, so that any two keys can be compared.
    """
    parts: list[int | str] = []
    for index, token in enumerate(_TOKEN.split(plain_place(text))):
        if index % 2 and len(token) <= _LONGEST_NUMBER:
            parts += (0, int(token))
        elif token:
            parts += (1, sort_key(token))
    return tuple(parts) or (2,)


def building_key(text: str) -> str:
    """What buildings and entrances are compared by: 7 for 7号楼, 七栋, 7#, 07, 7单元; 7排 stays a row."""
    plain = _BUILDING_WORD.sub("", plain_place(text).lstrip("第"))
    plain = with_digits(plain).upper()
    return re.sub(r"0*(\d)", r"\1", plain) if plain[:1] == "0" else plain


def _counted(found: re.Match[str]) -> str:
    run = found.group().lstrip("第")
    value = numeral_value(run)
    return found.group() if value is None else str(value)
