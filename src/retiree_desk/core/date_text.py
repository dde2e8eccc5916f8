"""Reading a date out of text as people write it (domain.md 3 rows 4, 8, DESK I4)."""

from __future__ import annotations

import re
import unicodedata

from retiree_desk.core.date_choice import (
    NOT_READ,
    NOTHING,
    Asked,
    DateReading,
    centuries,
    checked,
    date_of,
    of_centuries,
    settle,
    two_digit_year,
)
from retiree_desk.core.numerals import NUMERAL_CLASS, with_digits
from retiree_desk.core.partial_date import PartialDate

_LONGEST = 60  # characters; more is a remark, not a date
_BLANK_SIGNS = ("-", "--", "---", "—", "——", "/", "\\", ".", "年月", "年月日")
_BLANK_WORDS = (
    "无",
    "不详",
    "未知",
    "不明",
    "空",
    "待查",
    "待补",
    "未填",
    "null",
    "none",
    "nan",
    "nat",
    "n/a",
)
_ZERO = re.compile(r"0+(?:[-./]0+){0,2}$|1900[-/]0?1[-/]0?0$")
BLANK_WORDS = frozenset((*_BLANK_SIGNS, *_BLANK_WORDS))

_IGNORED = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff'`’‘\"“”\x00-\x08]")
_TIME = re.compile(
    r"(?:[T\s]|(?<=日))\s*(?:上午|下午|[AaPp][Mm])?\s*\d{1,2}(?::\d{1,2}){1,2}(?:\.\d+)?"
    r"\s*(?:[AaPp][Mm])?(?:Z|[+-]\d\d:?\d\d)?$"
)
_AROUND_MARK = re.compile(r"\s*([年月日号./,\-])\s*")
_SEPARATORS = str.maketrans(
    {mark: "." for mark in "。、,，;·•・_"} | {"\\": "/"} | {m: "-" for m in "‐‑‒–—―−~～"}
)
_BEFORE = re.compile(r"^(?:公元|公历|阳历|西元)+")
_AFTER = re.compile(r"(?:份|生|出生|左前|退休|离休|入党|转正|参加工作|参加革命|工作|去世|逝世|病故)+$")
_PART_OF_MONTH = re.compile(r"(?<=月)(?:初|底|末|中|上旬|中旬|下旬)$")
_REPEATED = re.compile(r"([./\-])\1+")
_BRACKETS = re.compile(r"\([^()\d]*\)$")
_LUNAR_WORDS = re.compile("农历|阴历|旧历|^农|正月|冬月|腊月|初[一二三四五六七八九十]|闰")
_REPUBLIC = re.compile(r"^民国(\d{1,2}|元)年?")
_ZERO_LETTERS = re.compile(f"(?<=[{NUMERAL_CLASS}])[OoΟ](?=[OoΟ{NUMERAL_CLASS}年])")

_YMD = re.compile(
    r"(\d{4}|\d{2})(?:年|[./\- ])"
    r"(?:(\d{1,2})(?:月|[./\- ]|$)"
    r"(?:(\d{1,2})(?:日|号|$|[./\-]$))?)?[./\-]*$"
)
_DIGITS = re.compile(r"\d+$")
_PACKED_TAIL = re.compile(r"(\d{4})[.\-/](\d{2})(\d{2})$")
_YEAR_LAST = re.compile(r"(\d{1,2})([./\-])(\d{1,2})\2(\d{4}|\d{2})$")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./\-](\d{4})$")
_RANGE = re.compile(r"^(.*?\d.*?)(?:-|至|到|--|\.-)\s*(\d{2,4}[年./\-].*|\d{4})$")

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_ENGLISH = re.compile(r"[A-Za-z]{3,9}")


def read_text(text: str, asked: Asked) -> DateReading:
    """The date a text means; digits without separators are never a count of days."""
    plain = text
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    plain = _IGNORED.sub("", plain).strip()
    if _is_blank(plain):
        return NOTHING
    if len(plain) > _LONGEST:
        return NOT_READ
    found = _YMD.match(plain)  # most cells need no more than this
    if found is None:
        if _LUNAR_WORDS.search(plain):
            return NOT_READ
        plain = _tidy(plain)
        plain = with_digits(plain) if not plain.isascii() else plain
        if _is_blank(plain):
            return NOTHING
        found = _YMD.match(plain)
    if found is not None:
        reading = _read_parts(found, asked)
        if reading is not None:
            return reading
    return _read_other(plain, asked)


def _is_blank(plain: str) -> bool:
    if not plain or (plain[0] in "01" and _ZERO.match(plain)):
        return True
    return not plain[0].isdigit() and plain.lower() in BLANK_WORDS


def _tidy(plain: str) -> str:
    """One sign for each kind of separator; times, words around and empty remarks left out."""
    plain = _TIME.sub("", plain)
    plain = _AROUND_MARK.sub(r"\1", plain.translate(_SEPARATORS))
    plain = _REPEATED.sub(r"\1", _BRACKETS.sub("", plain))
    if not plain.isascii():
        plain = _BEFORE.sub("", plain).replace("元月", "1月")
        plain = _PART_OF_MONTH.sub("", _AFTER.sub("", plain))
        plain = _ZERO_LETTERS.sub("〇", _ZERO_LETTERS.sub("〇", plain))
    return re.sub(r"\s+", " ", plain).strip(" :")


def _read_parts(found: re.Match[str], asked: Asked) -> DateReading | None:
    """Year, month, day in this order; None where another order may still make sense of them."""
    year, month, day = found.groups()
    if len(year) == 2:
        if month is None and "年" not in found.group():
            return NOT_READ
        parts = int(year), int(month or 0), int(day or 0)
        slashes = _YEAR_LAST.match(found.group())
        if slashes and (slashes.group(2) == "/" or not of_centuries(*parts, asked)):
            return settle(of_centuries(*parts, asked) + _year_last(slashes, asked), asked)
        return two_digit_year(*parts, asked)
    value = date_of(int(year), int(month or 0), int(day or 0))
    if value is None:
        return None
    if month == "1" and day is None and asked.use == "birth" and "月" not in found.group():
        # A sheet that was once saved as text: 1955.10 had already become 1955.1.
        born = asked.birth
        if born is not None and (born.year, born.month) == (value.year, 10):
            value = PartialDate(value.year, 10)
    return checked(value, asked)


def _read_other(plain: str, asked: Asked) -> DateReading:
    if _DIGITS.match(plain):
        return _read_digits(plain, asked)
    if (found := _PACKED_TAIL.match(plain)) and (packed := date_of(*map(int, found.groups()))):
        return checked(packed, asked)
    if found := _MONTH_YEAR.match(plain):
        month, year = map(int, found.groups())
        return checked(date_of(year, month, 0) if month else None, asked)
    if found := _YEAR_LAST.match(plain):
        return settle(_year_last(found, asked), asked)
    if found := _REPUBLIC.match(plain):
        year = 1911 + (1 if found.group(1) == "元" else int(found.group(1)))
        return read_text(f"{year}年{plain[found.end() :]}", asked)
    if _ENGLISH.search(plain):
        return _read_english(plain, asked)
    if found := _RANGE.match(plain):
        ends = [read_text(part, asked).value for part in found.groups()]
        if None not in ends:
            return settle([end for end in ends if end is not None], asked, open_anyway=True)
    return NOT_READ


def _read_digits(plain: str, asked: Asked) -> DateReading:
    """Digits without a separator: 1955, 195503, 19550312, 550312, and 14 with a time."""
    if len(plain) in (12, 14):
        plain = plain[:8]
    if len(plain) == 8:
        return checked(date_of(int(plain[:4]), int(plain[4:6]), int(plain[6:])), asked)
    if len(plain) == 4:
        return checked(date_of(int(plain), 0, 0), asked)
    if len(plain) != 6:
        return NOT_READ
    month = date_of(int(plain[:4]), int(plain[4:]), 0)
    if month is not None and month.year <= asked.today.year + 1:
        return checked(month, asked)
    return two_digit_year(int(plain[:2]), int(plain[2:4]), int(plain[4:]), asked)


def _year_last(found: re.Match[str], asked: Asked) -> list[PartialDate]:
    """3/12/1955: day first or month first, which only a part above twelve tells."""
    first, second, year = int(found.group(1)), int(found.group(3)), found.group(4)
    years = [int(year)] if len(year) == 4 else centuries(int(year), asked)
    orders = ((first, second), (second, first))
    dates = [date_of(each, month, day) for each in years for month, day in orders]
    return [value for value in dates if value is not None and value.day]


def _read_english(plain: str, asked: Asked) -> DateReading:
    """Mar-55, 12-Mar-1955, March 12, 1955, as a spreadsheet in English saves them to text."""
    found = _ENGLISH.search(plain)
    month = _MONTHS.get(found.group()[:3].lower()) if found else None
    if found is None or month is None or len(_ENGLISH.findall(plain)) > 1:
        return NOT_READ
    before = re.findall(r"\d+", plain[: found.start()])
    after = re.findall(r"\d+", plain[found.end() :])
    match len(before), len(after):
        case (1, 0):
            year, day = before[0], "0"
        case (0, 1):
            year, day = after[0], "0"
        case (1, 1):
            day, year = (before[0], after[0]) if len(before[0]) < 3 else (after[0], before[0])
        case (0, 2):
            day, year = after
        case _:
            return NOT_READ
    if len(year) == 2:
        return two_digit_year(int(year), month, int(day), asked)
    return checked(date_of(int(year), month, int(day)), asked)
