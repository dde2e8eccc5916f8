"""Reading a date as people and spreadsheets write it (domain.md 3 rows 4-8, DESK I4).

Never guesses: what can mean two dates comes back `date_ambiguous` with both, what means none
`date_unreadable`, and the caller keeps the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from retiree_desk.core.number_formats import Shown, shown_decimals, shown_parts
from retiree_desk.core.numerals import NUMERAL_CLASS, with_digits
from retiree_desk.core.partial_date import PartialDate, days_in_month

UNREADABLE = "date_unreadable"
AMBIGUOUS = "date_ambiguous"

EARLIEST_YEAR = 1850
LATEST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell means: `value`, or nothing with the reason's `code`.

    An empty cell has neither. `choices` are the dates an ambiguous cell can mean, earliest first.
    """

    value: PartialDate | None
    code: str = ""
    choices: tuple[PartialDate, ...] = ()


NOTHING = DateReading(None)
NOT_READ = DateReading(None, UNREADABLE)

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
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")
_ONE_DECIMAL = re.compile(r"(\d{4})\.1$")
_RANGE = re.compile(r"^(.*?\d.*?)(?:-|至|到|--|\.-)\s*(\d{2,4}[年./\-].*|\d{4})$")

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_ENGLISH = re.compile(r"[A-Za-z]{3,9}")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the caller wants the date for, and what it already knows."""

    use: str
    birth: PartialDate | None
    today: date


def read_date(
    text: str,
    *,
    number: float | None = None,
    number_format: str = "",
    is_date: bool = False,
    date1904: bool = False,
    use: str = "any",
    birth: PartialDate | None = None,
    today: date,
) -> DateReading:
    """The date a cell means, as exact as it was written.

    `text` is what the cell shows; `number` its stored number where it holds one, with its
    `number_format`; `is_date` says that the number counts days (from 1904 with `date1904`).
    `use` is "birth" (must not lie ahead; `birth`, from the ID number, settles what is open),
    "past" (an event of a life already lived; `birth` settles two-digit years) or "any"
    (the same, but it may lie ahead).
    """
    asked = _Asked(use, birth, today)
    if is_date or number is not None:
        shown = shown_parts(number_format)
        if number is None and _NUMBER.match(text.strip()) and len(text.strip()) != 8:
            number = float(text)
        if number is not None and (is_date or shown.any_date):
            return _read_serial(number, shown, date1904, asked)
        if number is not None:
            return _read_number(number, number_format, asked)
        return _cut_to_shown(_read_text(text, asked), shown)
    return _read_text(text, asked)


# ---- numbers


def _read_serial(number: float, shown: Shown, date1904: bool, asked: _Asked) -> DateReading:
    """A count of days. Only a real day after 1900 is believed; a typed year is not made one."""
    if number == 0:
        return NOTHING
    if number >= 10_000_000:  # 19550312 in a cell that is formatted as a date
        return _read_number(number, "", asked)
    if number >= 150_000 or number < 367:
        return NOT_READ
    days = int(number + 1e-7)
    start = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    day = PartialDate.of(start + timedelta(days=days))
    if shown.time and not shown.any_date:
        return NOT_READ
    if 1900 <= number < asked.today.year + 1 and not date1904:
        # 1955 typed into a cell formatted as a date shows 1905-05-08.
        typed = PartialDate(days)
        return _settle([day, typed] if number == days else [day], asked, open_anyway=True)
    if shown.any_date and not shown.year:
        # "3-12" typed: the spreadsheet has put in the year of that day, nobody wrote it.
        return _settle([day], asked, open_anyway=True)
    return _cut_to_shown(_one(day, asked), shown)


def _cut_to_shown(reading: DateReading, shown: Shown) -> DateReading:
    """Takes the precision from the format: a day that is not shown was never meant."""
    value = reading.value
    if value is None or not shown.any_date or shown.day:
        return reading
    return DateReading(PartialDate(value.year, value.month if shown.month else 0))


def _read_number(number: float, number_format: str, asked: _Asked) -> DateReading:
    """A typed number: 1955, 1955.03, 195503, 19550312. Never a count of days."""
    if number == 0:
        return NOTHING
    if number < 0 or number >= 1e14:
        return NOT_READ
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    if _ONE_DECIMAL.match(text):
        if shown_decimals(number_format) == 2:  # 1955.10 is stored as 1955.1, and shown with its zero
            return _read_text(text + "0", asked)
        year = int(text[:4])
        return _settle([PartialDate(year, 1), PartialDate(year, 10)], asked)
    return _read_text(text, asked)


# ---- text


def _read_text(text: str, asked: _Asked) -> DateReading:
    plain = text
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    plain = _IGNORED.sub("", plain).strip()
    if _is_blank(plain):
        return NOTHING
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


def _read_parts(found: re.Match[str], asked: _Asked) -> DateReading | None:
    """Year, month, day in this order; None where another order may still make sense of them."""
    year, month, day = found.groups()
    if len(year) == 2:
        if month is None and "年" not in found.group():
            return NOT_READ
        dates = _of_centuries(int(year), int(month or 0), int(day or 0), asked)
        slashes = _YEAR_LAST.match(found.group())
        if slashes and (not dates or slashes.group(2) == "/"):
            dates += _year_last(slashes, asked)
        return _settle(dates, asked)
    value = _date_of(int(year), int(month or 0), int(day or 0))
    if value is None:
        return None
    if month == "1" and day is None and asked.use == "birth" and "月" not in found.group():
        # A sheet that was once saved as text: 1955.10 had already become 1955.1.
        born = asked.birth
        if born is not None and (born.year, born.month) == (value.year, 10):
            value = PartialDate(value.year, 10)
    return _one(value, asked)


def _read_other(plain: str, asked: _Asked) -> DateReading:
    if _DIGITS.match(plain):
        return _read_digits(plain, asked)
    if (found := _PACKED_TAIL.match(plain)) and (packed := _date_of(*map(int, found.groups()))):
        return _one(packed, asked)
    if found := _MONTH_YEAR.match(plain):
        month, year = map(int, found.groups())
        return _one(_date_of(year, month, 0) if month else None, asked)
    if found := _YEAR_LAST.match(plain):
        return _settle(_year_last(found, asked), asked)
    if found := _REPUBLIC.match(plain):
        year = 1911 + (1 if found.group(1) == "元" else int(found.group(1)))
        return _read_text(f"{year}年{plain[found.end() :]}", asked)
    if _ENGLISH.search(plain):
        return _read_english(plain, asked)
    if found := _RANGE.match(plain):
        ends = [_read_text(part, asked).value for part in found.groups()]
        if None not in ends:
            return _settle([end for end in ends if end is not None], asked, open_anyway=True)
    return NOT_READ


def _read_digits(plain: str, asked: _Asked) -> DateReading:
    """Digits without a separator: 1955, 195503, 19550312, 550312, and 14 with a time."""
    if len(plain) in (12, 14):
        plain = plain[:8]
    if len(plain) == 8:
        return _one(_date_of(int(plain[:4]), int(plain[4:6]), int(plain[6:])), asked)
    if len(plain) == 4:
        return _one(_date_of(int(plain), 0, 0), asked)
    if len(plain) != 6:
        return NOT_READ
    month = _date_of(int(plain[:4]), int(plain[4:]), 0)
    if month is not None and month.year <= asked.today.year + 1:
        return _one(month, asked)
    return _two_digit_year(int(plain[:2]), int(plain[2:4]), int(plain[4:]), asked)


def _year_last(found: re.Match[str], asked: _Asked) -> list[PartialDate]:
    """3/12/1955: day first or month first, which only a part above twelve tells."""
    first, second, year = int(found.group(1)), int(found.group(3)), found.group(4)
    years = [int(year)] if len(year) == 4 else _centuries(int(year), asked)
    orders = ((first, second), (second, first))
    dates = [_date_of(each, month, day) for each in years for month, day in orders]
    return [value for value in dates if value is not None and value.day]


def _read_english(plain: str, asked: _Asked) -> DateReading:
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
        return _two_digit_year(int(year), month, int(day), asked)
    return _one(_date_of(int(year), month, int(day)), asked)


# ---- deciding


def _two_digit_year(year: int, month: int, day: int, asked: _Asked) -> DateReading:
    return _settle(_of_centuries(year, month, day, asked), asked)


def _of_centuries(year: int, month: int, day: int, asked: _Asked) -> list[PartialDate]:
    dates = [_date_of(each, month, day) for each in _centuries(year, asked)]
    return [value for value in dates if value is not None]


def _centuries(year: int, asked: _Asked) -> list[int]:
    """The years a two-digit year can mean. Births from 00 to 30 stay open (domain.md 3 row 8);
    other events lie in the life of the person, from the tenth year on."""
    if asked.use == "birth":
        if asked.birth is not None and asked.birth.year % 100 == year:
            return [asked.birth.year]
        return [1900 + year, 2000 + year] if year <= 30 else [1900 + year]
    latest = asked.today.year + (10 if asked.use == "any" else 0)
    possible = [each for each in (1900 + year, 2000 + year) if each <= latest]
    if asked.birth is None:
        return possible
    born = asked.birth.year
    return [each for each in possible if born + 10 <= each <= born + 120]


def _date_of(year: int, month: int, day: int) -> PartialDate | None:
    """The date, 0 for an unknown month or day; None if there is no such date."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or month > 12:
        return None
    if day and (not month or day > days_in_month(year, month)):
        return None
    return PartialDate(year, month, day)


def _one(value: PartialDate | None, asked: _Asked) -> DateReading:
    if value is None:
        return NOT_READ
    if asked.use != "any" and value.first() > asked.today:
        return NOT_READ
    return DateReading(value)


def _settle(values: list[PartialDate], asked: _Asked, *, open_anyway: bool = False) -> DateReading:
    """The only possible one of `values`, or the one that the ID number's birth date confirms."""
    choices = sorted({v for v in values if _one(v, asked).value is not None})
    if not choices:
        return NOT_READ
    born = asked.birth
    if asked.use == "birth" and born is not None:
        same = [value for value in choices if _agrees(value, born)]
        if len(same) == 1:
            return DateReading(same[0])
    if len(choices) == 1 and not open_anyway:
        return DateReading(choices[0])
    return DateReading(None, AMBIGUOUS, tuple(choices))


def _agrees(value: PartialDate, born: PartialDate) -> bool:
    """Whether two dates say the same as far as both are known."""
    if value.year != born.year or (value.month and born.month and value.month != born.month):
        return False
    return not (value.day and born.day) or value.day == born.day
