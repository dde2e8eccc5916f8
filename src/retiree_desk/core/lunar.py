"""The lunar calendar: birthdays and festivals (OFFICE R17, DECISIONS 9 and 31).

Dates by borax, which knows the lunar years 1900 to 2100; ValueError outside them. Its table is
that of the Hong Kong Observatory, which says itself that two new moons close to midnight may be
a day late in it; computed by the rule of the calendar they are, and so they are moved here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from retiree_desk.core.partial_date import days_in_month

FIRST_LUNAR_YEAR = 1900
LAST_LUNAR_YEAR = 2100

_SOLAR_FESTIVALS = {
    "NEW_YEAR": (1, 1),
    "WOMENS_DAY": (3, 8),
    "LABOUR_DAY": (5, 1),
    "JULY_FIRST": (7, 1),
    "ARMY_DAY": (8, 1),
    "NATIONAL_DAY": (10, 1),
}
_LUNAR_FESTIVALS = {
    "SPRING_FESTIVAL": (1, 1),
    "LANTERN": (1, 15),
    "DRAGON_BOAT": (5, 5),
    "MID_AUTUMN": (8, 15),
    "DOUBLE_NINTH": (9, 9),
}
FESTIVALS = (*_SOLAR_FESTIVALS, *_LUNAR_FESTIVALS, "NEW_YEARS_EVE", "LABA", "QINGMING")

# Months that begin a day before borax's table, each after a long month that is short in truth.
_A_DAY_EARLIER = frozenset({(2089, 8), (2097, 7)})

_CELEBRATED = re.compile(r"(L\+?|)(\d{2})-(\d{2})\Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A day of the lunar calendar; `leap` says that the month is the second of its number."""

    year: int
    month: int
    day: int
    leap: bool = False


@dataclass(frozen=True, slots=True)
class Celebrated:
    """The birthday a family keeps: month and day, of the solar or of the lunar calendar."""

    month: int
    day: int
    lunar: bool = False
    leap: bool = False

    def __str__(self) -> str:
        mark = ("L+" if self.leap else "L") if self.lunar else ""
        return f"{mark}{self.month:02}-{self.day:02}"

    @classmethod
    def parse(cls, code: str) -> Celebrated:
        """`08-15`, lunar `L08-15`, leap month `L+04-15`. ValueError for any other text."""
        found = _CELEBRATED.match(code)
        if found is None:
            raise ValueError(f"not a celebrated birthday: {code!r}")
        mark, month, day = found.group(1), int(found.group(2)), int(found.group(3))
        longest = 30 if mark else days_in_month(2000, month) if 1 <= month <= 12 else 0
        if not 1 <= month <= 12 or not 1 <= day <= longest:
            raise ValueError(f"no such day: {code!r}")
        return cls(month, day, bool(mark), mark == "L+")


@lru_cache(maxsize=4096)
def lunar_to_solar(year: int, month: int, day: int, leap: bool = False) -> date:
    """The day a lunar date falls on.

    A leap month in a year without it is the ordinary month; day 30 of a short month is the
    29th (OFFICE R17).
    """
    from borax.calendars.lunardate import LCalendars
    from borax.calendars.lunardate import LunarDate as Borax

    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        raise ValueError(f"no lunar calendar for {year}")
    if not 1 <= month <= 12 or not 1 <= day <= 30:
        raise ValueError(f"no such lunar day: {month}-{day}")
    leap = leap and LCalendars.leap_month(year) == month
    first = _plain(Borax(year, month, 1, int(leap)).to_solar_date())
    length = LCalendars.ndays(year, month, int(leap))
    if (year, month) in _A_DAY_EARLIER:
        first, length = first - timedelta(days=1), length + 1
    elif (year, month + 1) in _A_DAY_EARLIER:
        length -= 1
    return first + timedelta(days=min(day, length) - 1)


@lru_cache(maxsize=4096)
def solar_to_lunar(day: date) -> LunarDate:
    """The lunar date of a day from 1900-01-31 on."""
    from borax.calendars.lunardate import LunarDate as Borax

    found = Borax.from_solar_date(day.year, day.month, day.day)
    if (found.year, found.month) in _A_DAY_EARLIER:
        return LunarDate(found.year, found.month, found.day + 1)
    if (found.year, found.month + 1) in _A_DAY_EARLIER and found.day == 30:
        return LunarDate(found.year, found.month + 1, 1)
    return LunarDate(found.year, found.month, found.day, bool(found.leap))


@lru_cache(maxsize=1024)
def festival(code: str, year: int) -> date:
    """The day of a festival (one of FESTIVALS) in a year; KeyError for any other code.

    New Year's Eve and Laba are those just before the Spring Festival of that year.
    """
    if code in _SOLAR_FESTIVALS:
        return date(year, *_SOLAR_FESTIVALS[code])
    if code in _LUNAR_FESTIVALS:
        return lunar_to_solar(year, *_LUNAR_FESTIVALS[code])
    if code == "NEW_YEARS_EVE":
        return lunar_to_solar(year, 1, 1) - timedelta(days=1)
    if code == "LABA":
        return lunar_to_solar(year - 1, 12, 8)
    if code == "QINGMING":
        from borax.calendars.lunardate import TermUtils

        return _plain(TermUtils.day_start_from_term(year, "清明"))
    raise KeyError(code)


def celebrated_on(code: str, year: int) -> date:
    """The day of solar year `year` on which a birthday is kept.

    A lunar day late in the year can miss a solar year altogether, then it is the next one after
    it, or fall in it twice, then it is the first; `celebrated_between` gives exactly those of a
    span. 29 February falls on the 28th.
    """
    last = date(year, 12, 31)
    return celebrated_between(code, date(year, 1, 1), last + timedelta(days=60))[0]


def celebrated_between(code: str, first: date, last: date) -> list[date]:
    """All days from `first` to `last`, both included, on which a birthday is kept."""
    kept = Celebrated.parse(code)
    days: list[date] = []
    for year in range(first.year - int(kept.lunar), last.year + 1):
        if kept.lunar:
            if year < FIRST_LUNAR_YEAR:
                continue
            day = lunar_to_solar(year, kept.month, kept.day, kept.leap)
        else:
            day = date(year, kept.month, min(kept.day, days_in_month(year, kept.month)))
        if first <= day <= last:
            days.append(day)
    return days


def lunar_nominal_age(birth: date, on: date) -> int:
    """Nominal age by lunar years, for offices that count so (OFFICE R16)."""
    return solar_to_lunar(on).year - solar_to_lunar(birth).year + 1


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)
