"""Whether a person meets the conditions of a scheme, and why: conditions with their reasons.

The conditions themselves are those of rules and filters (`core/conditions.py`, DECISIONS 11). Here
each answer carries its reasons as code and parameters, ages of calendar years are counted in the
list's stated year, and what cannot be decided stays undecided (DECISIONS 9, OFFICE R16).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from retiree_desk.core.conditions import (
    FULL_AGE,
    LABEL,
    NOMINAL_AGE,
    PARTY_YEARS,
    UNIT,
    YEAR_AGE,
    AllOf,
    AnyOf,
    Condition,
    Test,
    holds,
    number_range,
)
from retiree_desk.core.dates import PartialDate
from retiree_desk.core.party import party_since
from retiree_desk.core.retirees import UNIT_FIELDS, Retiree

COUNTING_OF = {FULL_AGE: "FULL", YEAR_AGE: "YEAR", NOMINAL_AGE: "NOMINAL"}
AGE_FIELDS = {counting: name for name, counting in COUNTING_OF.items()}

# Operators on dates that only schemes use: the date lies in the list's year and not after its day;
# the birthday (celebrated, else by the ID card) falls in the month of its day.
IN_YEAR = "in_year"
BIRTHDAY_MONTH = "birthday_month"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as a code and its parameters; worded when shown (DECISIONS 27)."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The stored form."""
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Moment:
    """The day and the stated year of a list; `units_above` names the units above each unit."""

    on: date
    year: int
    units_above: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def counting_day(self, number_field: str) -> date:
        """The day a number field is counted on: calendar-year ages count in the stated year."""
        if number_field in (YEAR_AGE, NOMINAL_AGE) and self.year != self.on.year:
            return date(self.year, 12, 31)
        return self.on


@dataclass(frozen=True, slots=True)
class Verdict:
    """True, False or None (undecided), with the reasons for it."""

    truth: bool | None
    reasons: tuple[Reason, ...] = ()


def printed_age(person: Retiree, moment: Moment, counting: str) -> str:
    """The age by a way of counting as it is printed: `81`, `80-81` where not sure, '' where unknown."""
    number_field = AGE_FIELDS[counting]
    known = number_range(number_field, person, moment.counting_day(number_field))
    if known is None:
        return ""
    return str(known[0]) if known[0] == known[1] else f"{known[0]}-{known[1]}"


def _decide_age(test: Condition, person: Retiree, moment: Moment) -> Verdict:
    known = number_range(test.field, person, moment.counting_day(test.field))
    if known is None:
        return Verdict(None, (Reason("birth_unknown"),))
    low, high = test.values
    truth = holds(test, person, moment.counting_day(test.field))
    params: dict[str, str | int] = {
        "age": known[0],
        "year": moment.year,
        "on": moment.on.isoformat(),
        "counting": COUNTING_OF[test.field],
        "low": low,
        "high": high,
    }
    if truth is None:
        return Verdict(
            None, (Reason("age_undecided", {**params, "most": known[1], "birth": person["birth"]}),)
        )
    return Verdict(truth, (Reason("age" if truth else "age_outside", params),))


def _decide_party(test: Condition, person: Retiree, moment: Moment) -> Verdict:
    since = party_since(person["politics"], person["party_joined"], person["party_full_member"])
    known = number_range(PARTY_YEARS, person, moment.on)
    if since is None or known is None:
        if person["politics"] == "CPC":
            return Verdict(None, (Reason("party_date_unknown"),))
        return Verdict(False, (Reason("no_party_years"),))
    low = int(test.values[0]) if test.values[0] else 0
    most = int(test.values[1]) if test.values[1] else 10**6
    params: dict[str, str | int] = {"years": known[0], "since": since.text, "on": moment.on.isoformat()}
    if low <= known[0] and known[1] <= most:
        return Verdict(True, (Reason("party_years_derived" if since.derived else "party_years", params),))
    if known[1] < low or known[0] > most:
        return Verdict(False, (Reason("party_years_outside", params),))
    return Verdict(None, (Reason("party_years_undecided", {**params, "most": known[1]}),))


def _decide_birthday(person: Retiree, moment: Moment) -> Verdict:
    from retiree_desk.core.lunar import celebrated_on

    celebrated = person["celebrated_birthday"]
    if celebrated:
        month = celebrated_on(celebrated, moment.year).month
    elif not person["birth"]:
        return Verdict(None, (Reason("birth_unknown"),))
    else:
        month = PartialDate.parse(person["birth"]).month
        if not month:
            return Verdict(None, (Reason("birth_month_unknown", {"birth": person["birth"]}),))
    met = month == moment.on.month
    return Verdict(met, (Reason("birthday_month" if met else "birthday_other_month", {"month": month}),))


def _decide_in_year(key: str, person: Retiree, moment: Moment) -> Verdict:
    value = person[key]
    params: dict[str, str | int] = {"field": key, "value": value, "year": moment.year}
    if not value:
        return Verdict(False, (Reason("field_empty", params),))
    known = PartialDate.parse(value)
    if known.year != moment.year or known.first() > moment.on:
        return Verdict(False, (Reason("not_in_year", params),))
    if known.last() > moment.on:
        return Verdict(None, (Reason("date_undecided", params),))
    return Verdict(True, (Reason("in_year", params),))


def _unit_named(test: Condition, person: Retiree, moment: Moment) -> str:
    """The unit of the person that a condition on units names, itself or through one above it."""
    for key in UNIT_FIELDS:
        name = person[key]
        if name and (name in test.values or moment.units_above.get(name, frozenset()) & set(test.values)):
            return name
    return ""


def _decide_field(test: Condition, person: Retiree, moment: Moment) -> Verdict:
    met = holds(test, person, moment.on, moment.units_above)
    name = "labels" if test.field == LABEL else test.field
    if test.field == LABEL:
        # Of several labels the one that stands first in the condition is the reason.
        value = next((label for label in test.values if label in person.labels), "")
    elif test.field == UNIT:
        value = _unit_named(test, person, moment)
    else:
        value = person[test.field]
    plain = test.op == "in" and met
    code = "field" if plain else ("field_fits" if met else "field_other")
    return Verdict(met, (Reason(code, {"field": name, "value": value}),))


def _decide_all(parts: tuple[Test, ...], person: Retiree, moment: Moment) -> Verdict:
    met: list[Reason] = []
    undecided: list[Reason] = []
    for part in parts:
        verdict = decide(part, person, moment)
        if verdict.truth is False:
            return verdict
        (met if verdict.truth else undecided).extend(verdict.reasons)
    return Verdict(None, tuple(undecided)) if undecided else Verdict(True, tuple(met))


def _decide_any(parts: tuple[Test, ...], person: Retiree, moment: Moment) -> Verdict:
    undecided: tuple[Reason, ...] = ()
    refused: list[Reason] = []
    for part in parts:
        verdict = decide(part, person, moment)
        if verdict.truth:
            return verdict
        if verdict.truth is None:
            undecided = undecided or verdict.reasons
        else:
            refused.extend(verdict.reasons)
    if undecided:
        return Verdict(None, undecided)
    return Verdict(False, tuple(refused) if len(parts) == 1 else (Reason("no_condition"),))


def decide(test: Test, person: Retiree, moment: Moment) -> Verdict:
    """Whether the test holds for a person, with the reasons; of alternatives the first that holds."""
    if isinstance(test, AllOf):
        return _decide_all(test.parts, person, moment)
    if isinstance(test, AnyOf):
        return _decide_any(test.parts, person, moment)
    if test.op == BIRTHDAY_MONTH:
        return _decide_birthday(person, moment)
    if test.op == IN_YEAR:
        return _decide_in_year(test.field, person, moment)
    if test.field in COUNTING_OF:
        return _decide_age(test, person, moment)
    if test.field == PARTY_YEARS:
        return _decide_party(test, person, moment)
    return _decide_field(test, person, moment)
