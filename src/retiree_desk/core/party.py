"""Party years as a condition asks for them: the fewest and the most there can be (OFFICE R1).

The rule itself, from which day they count, is in `core/party_since.py`. Where that rule cannot
name one day (joined before 1956-09-15, or in a year in which the rule changed), this gives the
span the day lies in, so that somebody of 1952 is not asked whether 50 years are full.
"""

from dataclasses import dataclass
from datetime import date

from retiree_desk.core import party_since as rule
from retiree_desk.core.ages import full_age
from retiree_desk.core.partial_date import PartialDate

_ONE_YEAR_PROBATION_FROM = date(1956, 9, 15)


@dataclass(frozen=True, slots=True)
class PartySince:
    """Party years count from a day between `low` and `high` (the same day where it is known).

    `derived`: worked out from the day of joining, to be marked 推算 on paper. `text` is the date
    as it may be shown, with the precision known.
    """

    low: date
    high: date
    derived: bool
    text: str


def party_since(politics: str, joined: str, full_member: str) -> PartySince | None:
    """From when a person's party years count; None where there are none or nothing is known.

    `politics` is the choice code, the others are stored dates. Probationary members have no party
    years; somebody whose politics are blank but who has a day of joining is taken for a member.
    """
    if politics not in ("CPC", ""):
        return None
    joining = PartialDate.parse(joined) if joined else None
    full = PartialDate.parse(full_member) if full_member else None
    since, derived = rule.party_since(joining, full)
    if since is not None:
        return PartySince(since.first(), since.last(), derived, str(since))
    if joining is None:
        return None
    # Six months to two years of probation before 1956-09-15; none to one year in the years of change.
    longest = 2 if joining.first() < _ONE_YEAR_PROBATION_FROM else 1
    return PartySince(joining.first(), joining.plus_years(longest).last(), True, str(joining))


def party_years(since: PartySince, on: date) -> tuple[int, int]:
    """The fewest and the most full party years on a day; equal where it is certain, never below 0."""
    fewest = full_age(PartialDate.of(since.high), on).low
    most = full_age(PartialDate.of(since.low), on).high
    return max(0, fewest), max(0, most)
