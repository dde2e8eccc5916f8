"""From which day party years count, and how many there are (OFFICE R1, table 8.2)."""

from __future__ import annotations

from datetime import date

from retiree_desk.core.ages import Age, full_age
from retiree_desk.core.partial_date import PartialDate

# Who joined between the last two dates was a full member at once; in the years beside them
# after one year of probation. Before the first it was six months to two years, by origin,
# which nobody can work out: the clerk has to ask.
_ONE_YEAR_PROBATION_FROM = date(1956, 9, 15)
_NO_PROBATION_FROM = date(1969, 4, 1)
_NO_PROBATION_UNTIL = date(1977, 8, 11)

MEDAL_YEARS = 50


def party_since(joined: PartialDate | None, full: PartialDate | None) -> tuple[PartialDate | None, bool]:
    """The date party years count from, and whether it was worked out (推算) rather than known.

    `joined` is the day of joining, `full` that of full membership. None where both are unknown,
    where the rule of that time does not say, or where the missing month or day would decide.
    """
    if full is not None:
        return full, False
    if joined is None:
        return None, False
    first, last = joined.first(), joined.last()
    if first >= _NO_PROBATION_FROM and last <= _NO_PROBATION_UNTIL:
        return joined, False
    one_year = first > _NO_PROBATION_UNTIL or (
        first >= _ONE_YEAR_PROBATION_FROM and last < _NO_PROBATION_FROM
    )
    return (joined.plus_years(1), True) if one_year else (None, False)


def party_years(since: PartialDate, on: date) -> Age:
    """Full years in the party on a day, counted from `party_since`; negative before it."""
    return full_age(since, on)


def fifty_years_on_first_july(since: PartialDate, year: int) -> bool | None:
    """Whether 50 full years are reached on 1 July; None where the missing day or month decides."""
    return party_years(since, date(year, 7, 1)).at_least(MEDAL_YEARS)
