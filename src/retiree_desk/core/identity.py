"""Citizen ID numbers and what they tell (domain.md 2.13), and masks for numbers.

A number that is wrong is kept and said, never refused: the person stays. Nothing is ever
matched on a number that is not valid.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from operator import mul

from retiree_desk.core.partial_date import PartialDate, days_in_month

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_FIRST_YEAR = 1850
# The old numbers ending so were set aside for people who were a hundred when they got theirs.
_CENTENARIANS = frozenset({"996", "997", "998", "999"})

_NOISE = re.compile("[\\s'`’‘\"“”,，;；\u200b-\u200f\u2060\ufeff\x00-\x1f]")
_LOOKS_LIKE_X = str.maketrans({"x": "X", "×": "X", "Х": "X", "х": "X", "✕": "X", "*": "*"})
_SHAPE_18 = re.compile(r"\d{17}[\dX]\Z", re.ASCII)
_SHAPE_15 = re.compile(r"\d{15}\Z", re.ASCII)
_FLOAT = re.compile(r"\d(?:\.\d+)?E\+?\d{2}\Z", re.ASCII)
_BLANK = frozenset({"", "0", "0.0", "无", "-", "--", "/", "—", "不详", "未知", "NULL", "NONE", "待补"})
_MASKS = "*＊●•#█"


@dataclass(frozen=True, slots=True)
class IdReading:
    """What an ID cell holds.

    `number` is the clean number, or the clean text where it is none. `state`: "empty", "valid"
    (18 digits), "valid15" (old form), "check_digit" (18 digits, the last does not fit),
    "damaged" (kept as a number by a spreadsheet: the last digits are lost), "masked",
    "malformed". `birth` and `sex` ("M", "F") come from valid numbers; a damaged one still tells
    the birth date. `as_read` is the cell's text as it was.
    """

    number: str
    state: str
    birth: PartialDate | None
    sex: str
    as_read: str

    @property
    def valid(self) -> bool:
        """Whether people may be matched by it."""
        return self.state in ("valid", "valid15")


def read_id_number(text: str, *, numeric: bool = False) -> IdReading:
    """Understands an ID cell; `numeric` says that the spreadsheet holds it as a number."""
    number = clean_id(text)
    if number in _BLANK:
        return IdReading("", "empty", None, "", text)
    if any(mark in number for mark in _MASKS):
        return IdReading(number, "masked", None, "", text)
    digits = _expanded(number, numeric)
    if digits is not None and (len(digits) >= 16 or _FLOAT.match(number)):
        return IdReading(number, "damaged", _birth_if_kept(number, digits), "", text)
    if digits is not None:
        number = digits
    if _SHAPE_18.match(number):
        return _read_18(number, text)
    if _SHAPE_15.match(number):
        birth = birth_of(to18(number))
        if birth is not None:
            return IdReading(number, "valid15", birth, _sex(number[14]), text)
    return IdReading(number, "malformed", None, "", text)


def clean_id(text: str) -> str:
    """Without blanks, quotes and invisible signs; full width to ASCII; x to X."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    clean = _NOISE.sub("", text).translate(_LOOKS_LIKE_X).upper()
    if "-" in clean and _SHAPE_18.match(clean.replace("-", "")):
        return clean.replace("-", "")
    return clean


def check_digit(first17: str) -> str:
    """The last character of an 18-digit number, from the 17 before it (GB 11643-1999)."""
    if len(first17) != 17:
        raise ValueError("seventeen digits")
    return _CHECK[sum(map(mul, _WEIGHTS, map(int, first17))) % 11]


def to18(number: str) -> str:
    """The 18-digit form of a 15-digit number; any other text unchanged."""
    if not _SHAPE_15.match(number):
        return number
    century = "18" if number[12:] in _CENTENARIANS else "19"
    first17 = number[:6] + century + number[6:]
    return first17 + check_digit(first17)


def birth_of(number18: str) -> PartialDate | None:
    """The birth date inside an 18-digit number; None where it is no date or lies ahead."""
    year, month, day = int(number18[6:10]), int(number18[10:12]), int(number18[12:14])
    if not _FIRST_YEAR <= year <= date.today().year or not 1 <= month <= 12:
        return None
    if not 1 <= day <= days_in_month(year, month):
        return None
    return PartialDate(year, month, day)


def id_key(number: str) -> str:
    """What people are matched by: the 18-digit form of a valid number, '' of any other text."""
    reading = read_id_number(number)
    return to18(reading.number) if reading.valid else ""


def mask_id(number: str) -> str:
    """110105********0021: birth date and half of the sequence hidden (RELIABILITY R14)."""
    if len(number) == 18:
        return number[:6] + "*" * 8 + number[14:]
    if len(number) == 15:
        return number[:6] + "*" * 6 + number[12:]
    return _mask_middle(number, 2, 2)


def mask_account(number: str) -> str:
    """A bank account with its last four digits: ************1234."""
    return _mask_middle(number, 0, 4)


def mask_phone(number: str) -> str:
    """138****5678; shorter numbers keep their last four digits."""
    if len(number) == 11:
        return number[:3] + "****" + number[7:]
    return _mask_middle(number, 0, 4)


def is_masked(text: str) -> bool:
    """Whether a cell holds a number with its middle hidden: it counts as blank (DECISIONS 19)."""
    return bool(re.search(r"[*＊●•█]{2,}|\d[xX×]{3,}\d", text))


def _read_18(number: str, text: str) -> IdReading:
    birth = birth_of(number)
    if birth is None:
        return IdReading(number, "malformed", None, "", text)
    if number[17] == check_digit(number[:17]):
        return IdReading(number, "valid", birth, _sex(number[16]), text)
    if number.endswith("000"):
        return IdReading(number, "damaged", birth, "", text)
    return IdReading(number, "check_digit", None, "", text)


def _expanded(number: str, numeric: bool) -> str | None:
    """The digits of a number that a spreadsheet wrote as 1.10105194912310E+17 or with .0."""
    if not numeric and not _FLOAT.match(number):
        return None
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 <= value < Decimal(10) ** 20 or value != value.to_integral_value():
        return None
    return str(int(value))


def _birth_if_kept(number: str, digits: str) -> PartialDate | None:
    """The birth date of damaged digits: fourteen significant ones have to be there."""
    kept = len(number.partition("E")[0].replace(".", "")) if "E" in number else len(digits)
    return birth_of(digits) if len(digits) == 18 and kept >= 14 else None


def _sex(digit: str) -> str:
    return "M" if int(digit) % 2 else "F"


def _mask_middle(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden < 4:
        return "*" * len(text)
    return text[:first] + "*" * hidden + text[len(text) - last :]
