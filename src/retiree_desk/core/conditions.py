"""Conditions on people: the same for visit rules, welfare schemes and filters (DECISIONS 11).

A condition is data (it goes into the file as JSON) and answers True, False, or None where what is
known of the person does not decide it (an incomplete birth date, DECISIONS 9): such people are
listed apart, neither in nor forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from retiree_desk.core.ages import full_age, nominal_age, year_age
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.party import party_since, party_years
from retiree_desk.core.retirees import Retiree

# Ways of counting an age (OFFICE R16).
FULL_AGE = "age_full"
YEAR_AGE = "age_year"
NOMINAL_AGE = "age_nominal"
PARTY_YEARS = "party_years"
LABEL = "label"
UNIT = "unit"
NUMBER_FIELDS = frozenset({FULL_AGE, YEAR_AGE, NOMINAL_AGE, PARTY_YEARS})


@dataclass(frozen=True, slots=True)
class Condition:
    """`field` is a field code, `label`, `unit` or one of the number fields above.

    `op`: `in` (any of `values`), `not_in`, `between` (numbers, both ends included, '' = open),
    `filled`, `empty`. For `unit` the values are names of units; one above counts too when
    `Surroundings.units_above` knows the trees.
    """

    field: str
    op: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; with no parts, everybody."""

    parts: tuple[Condition | AllOf | AnyOf, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition | AllOf | AnyOf, ...] = ()


Test = Condition | AllOf | AnyOf


def between(field: str, low: int | None = None, high: int | None = None) -> Condition:
    """A number field within bounds, both included; None is open."""
    return Condition(field, "between", tuple("" if end is None else str(end) for end in (low, high)))


def one_of(field: str, *values: str) -> Condition:
    """The field (or a label, or a unit) is one of these."""
    return Condition(field, "in", values)


def number_range(field: str, person: Retiree, on: date) -> tuple[int, int] | None:
    """The lowest and highest value a number field may have for what is known; None: nothing known."""
    if field == PARTY_YEARS:
        since = party_since(person["politics"], person["party_joined"], person["party_full_member"])
        return party_years(since, on) if since else None
    text = person["birth"]
    if not text:
        return None
    birth = PartialDate.parse(text)
    if field == YEAR_AGE:
        age = year_age(birth, on.year)
        return age, age
    if field == NOMINAL_AGE:
        age = nominal_age(birth, on.year)
        return age, age
    full = full_age(birth, on)
    return full.low, full.high


def _in_range(known: tuple[int, int] | None, values: Sequence[str]) -> bool | None:
    if known is None:
        return None
    low = int(values[0]) if values[0] else -(10**6)
    high = int(values[1]) if values[1] else 10**6
    if low <= known[0] and known[1] <= high:
        return True
    if known[1] < low or known[0] > high:
        return False
    return None


UnitsAbove = Callable[[str], frozenset[str]]


def holds(
    test: Test, person: Retiree, on: date, units_above: Mapping[str, frozenset[str]] | None = None
) -> bool | None:
    """Whether the person meets the test on the day. None: cannot be decided.

    `units_above`: for each unit name the names of the units above it.
    """
    if isinstance(test, AllOf):
        answers = [holds(part, person, on, units_above) for part in test.parts]
        return False if False in answers else (None if None in answers else True)
    if isinstance(test, AnyOf):
        answers = [holds(part, person, on, units_above) for part in test.parts]
        return True if True in answers else (None if None in answers else False)
    if test.field in NUMBER_FIELDS:
        if test.field == PARTY_YEARS and person["politics"] != "CPC":
            return False
        return _in_range(number_range(test.field, person, on), test.values)
    if test.field == LABEL:
        found = not person.labels.isdisjoint(test.values)
        return found if test.op == "in" else not found
    if test.field == UNIT:
        names = {person[key] for key in ("party_branch", "admin_group", "area", "building", "unit_no")} - {""}
        if units_above:
            for name in tuple(names):
                names |= units_above.get(name, frozenset())
        found = not names.isdisjoint(test.values)
        return found if test.op == "in" else not found
    value = person[test.field]
    if test.op == "filled":
        return bool(value)
    if test.op == "empty":
        return not value
    found = value in test.values
    return found if test.op == "in" else not found


def to_data(test: Test) -> Any:
    """As plain lists, for JSON."""
    if isinstance(test, Condition):
        return [test.field, test.op, list(test.values)]
    return ["all" if isinstance(test, AllOf) else "any", [to_data(part) for part in test.parts]]


def from_data(data: Any) -> Test:
    """The inverse of `to_data`."""
    if data[0] == "all":
        return AllOf(tuple(from_data(part) for part in data[1]))
    if data[0] == "any":
        return AnyOf(tuple(from_data(part) for part in data[1]))
    return Condition(data[0], data[1], tuple(data[2]))
