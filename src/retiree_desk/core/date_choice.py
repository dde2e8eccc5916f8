"""Deciding what a date can mean: whether there is such a day, in which century, or that it stays open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants the date for, and what it already knows."""

    use: str
    birth: PartialDate | None
    today: date


def two_digit_year(year: int, month: int, day: int, asked: Asked) -> DateReading:
    """A date whose century is not written; a birth that could be in both stays open."""
    open_anyway = asked.use == "birth" and len(centuries(year, asked)) > 1
    return settle(of_centuries(year, month, day, asked), asked, open_anyway=open_anyway)


def of_centuries(year: int, month: int, day: int, asked: Asked) -> list[PartialDate]:
    """The dates such a date can mean."""
    dates = [date_of(each, month, day) for each in centuries(year, asked)]
    return [value for value in dates if value is not None]


def centuries(year: int, asked: Asked) -> list[int]:
    """The years a two-digit year can mean.

    Births from 00 to 30 stay open (domain.md 3 row 8), unless the ID number names the year;
    other events lie in the life of the person, from the tenth year on.
    """
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


def date_of(year: int, month: int, day: int) -> PartialDate | None:
    """The date, 0 for an unknown month or day; None if there is no such date."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or month > 12:
        return None
    if day and (not month or day > days_in_month(year, month)):
        return None
    return PartialDate(year, month, day)


def checked(value: PartialDate | None, asked: Asked) -> DateReading:
    """The date, unless it lies ahead and must not."""
    if value is None:
        return NOT_READ
    if asked.use != "any" and value.first() > asked.today:
        return NOT_READ
    return DateReading(value)


def settle(values: list[PartialDate], asked: Asked, *, open_anyway: bool = False) -> DateReading:
    """The only possible one of `values`, or the one that the ID number's birth date confirms."""
    choices = sorted({v for v in values if checked(v, asked).value is not None})
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
