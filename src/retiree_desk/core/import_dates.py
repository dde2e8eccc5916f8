"""Dates in HR cells, with what only a whole sheet makes possible: lost formats, and the ID number's help."""

import re
import unicodedata
from datetime import date

from retiree_desk.core import import_words as words
from retiree_desk.core.dates import DateReading, PartialDate, read_date
from retiree_desk.core.import_raw import BLANK, Quick, Raw, Reader, Understood, plain_text
from retiree_desk.core.numerals import with_digits

# What each date may be: a birth, an event of the past, or (anything else) one that may lie ahead.
USES = {
    "birth": "birth",
    "archive_birth": "birth",
    "died_on": "past",
    "work_started": "past",
    "party_joined": "past",
}
_PLAIN_DATE = re.compile(r"(?:19|20)\d\d[.-](?:0[1-9]|1[0-2])(?:[.-](?:0[1-9]|1\d|2[0-8]))?\Z", re.ASCII)
_FIRST_SERIAL = 2_101  # 1905-10-02; up to here a number can be a year
_BIRTHDAY = re.compile(r"(\d{1,2})[月./\-](\d{1,2})[日号]?$")


def quick_date(today: date) -> Quick:
    """For the usual ways to write a day or month that is past: its stored form, '' for anything else."""
    this_year = str(today.year)
    return lambda text: text.replace(".", "-") if _PLAIN_DATE.match(text) and text[:4] < this_year else ""


def date_reader(use: str, today: date) -> Reader:
    """Understands the cells of a date column; `use` as in `USES`."""

    def read(raw: Raw) -> Understood:
        text = raw.text
        if words.is_blank(text) or text.strip() in words.UNKNOWN_WORDS:
            return BLANK
        reading = _reading(raw, use, today)
        if reading.value is not None:
            return Understood(str(reading.value))
        return Understood("", reading.code, plain_text(text)) if reading.code else BLANK

    return read


def read_again(raw: Raw, field: str, birth: PartialDate, today: date) -> str:
    """A date that could mean two things, now that the person's birth date is known; '' if it still does."""
    reading = _reading(raw, USES.get(field, "any"), today, birth)
    if reading.value:
        return str(reading.value)
    if field == "birth" and raw.kind == "n" and raw.number is not None:
        day = birth.first() if birth.precision == "day" else None
        if day is not None and raw.number == (day - date(1899, 12, 30)).days:
            return str(birth)
    return ""


def _reading(raw: Raw, use: str, today: date, birth: PartialDate | None = None) -> DateReading:
    is_date, shown = raw.kind == "d", raw.format
    if raw.kind == "n" and _is_serial(raw.number, today):
        is_date, shown = True, "yyyy-mm-dd"
    return read_date(
        raw.text, number=raw.number, number_format=shown, is_date=is_date, date1904=raw.date1904, use=use,
        birth=birth, today=today,
    )  # fmt: skip


def _is_serial(number: float | None, today: date) -> bool:
    """A day that lost its date format (trap 7): a number that can be nothing else. 5503 may be 1955-03."""
    if number is None or not number.is_integer():
        return False
    last = (today - date(1899, 12, 30)).days + 366
    return _FIRST_SERIAL <= number <= last and (number >= 10_000 or not 1 <= number % 100 <= 12)


def lunar_birthday(raw: Raw) -> Understood:
    """A birthday below the header 农历生日: lunar, unless the cell itself says 公历."""
    found = celebrated_birthday(raw)
    if not found.value or found.value.startswith("L") or re.search("公|阳|新历", raw.text):
        return found
    if found.value.endswith("-31"):  # no lunar month has so many days
        return Understood("", "date_unreadable", plain_text(raw.text))
    return Understood(f"L{found.value}")


def celebrated_birthday(raw: Raw) -> Understood:
    """08-15, lunar L08-15, leap L+04-15 (DECISIONS 9), from 农历八月十五 and the like."""
    if words.is_blank(raw.text):
        return BLANK
    text = unicodedata.normalize("NFKC", plain_text(raw.text)).replace(" ", "")
    if re.match(r"^L?\+?\d\d-\d\d$", text):
        return Understood(text)
    lunar = bool(re.search(r"农历|阴历|旧历|农|阴|初|廿|正月|腊月|冬月|闰", text))
    leap = "闰" in text
    text = re.sub(r"农历|阴历|旧历|公历|阳历|新历|农|阴|阳|公|闰|初|[()]", "", text)
    text = text.replace("正月", "1月").replace("冬月", "11月").replace("腊月", "12月").replace("廿", "二十")
    text = re.sub(r"^\d{4}[年./\-]", "", with_digits(text))
    text = re.sub(r"月(\d)十(\d?)", r"月\1\2", text)
    found = _BIRTHDAY.match(text)
    if found:
        month, day = int(found.group(1)), int(found.group(2))
        if 1 <= month <= 12 and 1 <= day <= (30 if lunar else 31):
            return Understood(f"{'L' if lunar else ''}{'+' if leap else ''}{month:02d}-{day:02d}")
    return Understood("", "date_unreadable", plain_text(raw.text))
