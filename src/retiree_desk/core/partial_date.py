"""Dates whose day, or month and day, may be unknown (DECISIONS 9)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day of the Gregorian calendar; 0 stands for an unknown part.

    `str()` is the stored form, `1955`, `1955-03` or `1955-03-12`. Sorted, a year stands before
    its months and a month before its days, as the stored text does.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year}")
        if not 0 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")
        if self.day and not self.month:
            raise ValueError("a day without its month")
        if self.day and not 1 <= self.day <= days_in_month(self.year, self.month):
            raise ValueError(f"no such day: {self.year}-{self.month}-{self.day}")

    @classmethod
    def parse(cls, iso: str) -> PartialDate:
        """The date a stored text means. ValueError for any other text, the empty one too."""
        found = _ISO.match(iso)
        if found is None:
            raise ValueError(f"not a stored date: {iso!r}")
        year, month, day = found.groups()
        if month == "00" or day == "00":
            raise ValueError(f"an unknown part is left out, not written 00: {iso!r}")
        return cls(int(year), int(month or 0), int(day or 0))

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """A day of the calendar, all three parts known."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """The smallest part that is known: "year", "month" or "day"."""
        if self.day:
            return "day"
        return "month" if self.month else "year"

    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or days_in_month(self.year, month))

    def plus_years(self, years: int) -> PartialDate:
        """The same date `years` later, as exact as before; 29 February falls on the 28th."""
        year = self.year + years
        day = min(self.day, days_in_month(year, self.month)) if self.day else 0
        return PartialDate(year, self.month, day)

    def covers(self, day: date) -> bool:
        """Whether `day` can be the day meant."""
        return self.first() <= day <= self.last()

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if calendar.isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def paper(value: PartialDate | None) -> str:
    """How a date stands in a column on paper: 1955, 1955.03 or 1955.03.12 (OFFICE R23)."""
    return "" if value is None else str(value).replace("-", ".")
