"""Ages on a day, sure or not sure (DECISIONS 9, OFFICE R16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from retiree_desk.core.partial_date import PartialDate, days_in_month


@dataclass(frozen=True, slots=True)
class Age:
    """Whole years between an incomplete date and a day: somewhere from `low` to `high`."""

    low: int
    high: int

    @property
    def certain(self) -> bool:
        """Whether the known parts of the date decide the number."""
        return self.low == self.high

    def at_least(self, years: int) -> bool | None:
        """Whether `years` are reached; None where the missing month or day decides."""
        if self.low >= years:
            return True
        return None if self.high >= years else False

    def __str__(self) -> str:
        return str(self.low) if self.certain else f"{self.low}-{self.high}"


def full_age(birth: PartialDate, on: date) -> Age:
    """Age in full years (周岁) on a day. Negative before birth. 29 February falls on the 28th."""
    return Age(_years(birth.last(), on), _years(birth.first(), on))


def year_age(birth: PartialDate, on_year: int) -> int:
    """Calendar-year age (当年年龄): the year less the year of birth."""
    return on_year - birth.year


def nominal_age(birth: PartialDate, on_year: int) -> int:
    """Nominal age by solar years (虚岁): calendar-year age and one (OFFICE R16)."""
    return on_year - birth.year + 1


def birthday_in(birth: PartialDate, year: int) -> date | None:
    """The birthday of that year; None where month or day are unknown."""
    if not birth.day:
        return None
    return date(year, birth.month, min(birth.day, days_in_month(year, birth.month)))


def _years(start: date, on: date) -> int:
    years = on.year - start.year
    reached = min(start.day, days_in_month(on.year, start.month))
    return years if (on.month, on.day) >= (start.month, reached) else years - 1
