"""The plan of a month: who is due, why, since when, with whom, by whom (CLI `visits plan`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from retiree_desk.core.collecting import no_collecting
from retiree_desk.core.retirees import Retiree
from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visit_plan import Due, DueReason, Planner, Seen, last_visit, worth_asking
from retiree_desk.core.visit_rule import VisitRule
from retiree_desk.core.visit_rules import VISIT_RULES, rules_in_force
from retiree_desk.core.visit_spread import Place, Spread, cut
from retiree_desk.core.visits import AWAY_FROM_HOME
from retiree_desk.i18n import N_, _
from retiree_desk.services.visit_facts import Facts, began, load_facts

if TYPE_CHECKING:
    from retiree_desk.services.office import Office

# Office settings.
SWITCHED = "visits.rules"  # {code: on} for rules the office turned on or off
SPREAD = "visits.spread"  # cut points, kept from the first sheets on

UNASSIGNED = N_("Unassigned")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One person of the due list."""

    person: Retiree
    due: Due
    place: Place
    area: str
    household: int
    partner_id: int | None  # the spouse, where both are visited at one door
    last: Seen | None

    @property
    def person_id(self) -> int:
        """The person's id."""
        return int(self.person.id)

    @property
    def reasons(self) -> tuple[DueReason, ...]:
        """The open lines of rules."""
        return self.due.reasons

    @property
    def on_sheet(self) -> bool:
        """Whether a rule that is printed puts the person on the month's sheets (V13 does not)."""
        return any(VISIT_RULES[reason.code].printed for reason in self.due.reasons)

    @property
    def contact(self) -> str:
        """Who visits: the person's contact, '' where none is named."""
        return self.person["contact_person"]

    @property
    def visitor(self) -> str:
        """Who visits, in words: 未分配 where nobody is named (DECISIONS 30)."""
        return self.contact or _(UNASSIGNED)


@dataclass(frozen=True, slots=True)
class Plan:
    """The due list of a month as known today, in the order of doors.

    `families`: the families of the dead to be visited, whose line names the dead. `undecided`: people
    for whom a rule hangs on an incomplete date of birth, with the codes of those rules.
    """

    month: Month
    today: date
    due: tuple[PlanLine, ...] = ()
    families: tuple[PlanLine, ...] = ()
    undecided: tuple[tuple[Retiree, tuple[str, ...]], ...] = ()
    spread: Spread = field(default_factory=Spread)  # everybody's own months, as this plan took them

    @property
    def printed(self) -> list[PlanLine]:
        """The lines that stand on sheets."""
        return [line for line in (*self.due, *self.families) if line.on_sheet]


class VisitPlans:
    """Works plans out from the data file. Reads only."""

    def __init__(self, desk: "Office") -> None:
        self._desk = desk

    def rules(self) -> tuple[VisitRule, ...]:
        """The rules in force here."""
        return rules_in_force(self._desk.settings.get(SWITCHED, {}))

    def switched(self) -> dict[str, bool]:
        """What the office turned on or off, by code of the rule."""
        return dict(self._desk.settings.get(SWITCHED, {}))

    def switch(self, code: str, on: bool) -> None:
        """Turns a rule on or off for this office, as a change that can be undone."""
        self._desk.settings.set({SWITCHED: {**self.switched(), code: on}})

    def plan(self, month: Month, *, conn: sa.Connection | None = None) -> Plan:
        """Everybody who is due in the month."""
        rules, kept = self.rules(), self.kept_spread()
        today = self._desk.today()
        if conn is None:
            with self._desk.db.read() as opened, no_collecting():
                return _plan(opened, self._desk, rules, kept, month, today)
        with no_collecting():
            return _plan(conn, self._desk, rules, kept, month, today)

    def kept_spread(self) -> Spread | None:
        """The cut points that were kept; None before the first sheets."""
        data: dict[str, Any] = self._desk.settings.get(SPREAD, {})
        return Spread.from_data(data) if data else None


def _plan(
    conn: sa.Connection,
    desk: "Office",
    rules: Sequence[VisitRule],
    kept: Spread | None,
    month: Month,
    today: date,
) -> Plan:
    facts = load_facts(conn, desk.units, today)
    planner = Planner(rules, month, today, kept or Spread())
    spread = _spread(facts, rules, kept, today, planner)
    planner.spread_by(spread)
    found = {number: planner.due(subject) for number, subject in facts.subjects.items()}
    _mend_overdue(conn, planner, facts, found, {rule.code: rule for rule in rules}, today)
    due: list[PlanLine] = []
    families: list[PlanLine] = []
    undecided: list[tuple[Retiree, tuple[str, ...]]] = []
    for number, one in found.items():
        subject = facts.subjects[number]
        if one.undecided:
            undecided.append((subject.person, one.undecided))
        if not one.reasons:
            continue
        line = PlanLine(
            subject.person,
            one,
            subject.place,
            facts.areas.get(number, ""),
            facts.household(number),
            _partner(facts, number),
            last_visit(subject.seen),
        )
        (due if subject.person.is_living else families).append(line)
    widowed = {facts.spouses.get(line.person_id) for line in families}
    living = {line.person_id for line in due}
    # Where the widow is visited herself, her line says so: the family is not visited twice.
    families = [line for line in families if facts.spouses.get(line.person_id) not in living & widowed]

    def by_door(line: PlanLine) -> tuple[str, int, int]:
        return (*line.place, line.person_id)

    return Plan(
        month,
        today,
        tuple(sorted(due, key=by_door)),
        tuple(sorted(families, key=by_door)),
        tuple(undecided),
        spread,
    )


# Where somebody is who cannot be visited together with the other at one door.
_APART = AWAY_FROM_HOME | {"HOSPITAL", "CARE_HOME"}


def _partner(facts: Facts, number: int) -> int | None:
    """The spouse who is met at the same door: both served here, both at home (OFFICE R8)."""
    other = facts.spouses.get(number)
    if other is None:
        return None
    one, two = facts.subjects[number], facts.subjects[other]
    if not (one.person.is_served and two.person.is_served) or one.place[0] != two.place[0]:
        return None
    return None if {one.person["whereabouts"], two.person["whereabouts"]} & _APART else other


def _mend_overdue(
    conn: sa.Connection,
    planner: Planner,
    facts: Facts,
    found: dict[int, Due],
    rules: Mapping[str, VisitRule],
    today: date,
) -> None:
    """A rule does not look back before the day it began to mean the person (OFFICE R2)."""
    late = [
        number
        for number, one in found.items()
        if any(reason.overdue_days for reason in one.reasons) and worth_asking(one.reasons, rules)
    ]
    for number, days in (began(conn, late, today) if late else {}).items():
        subject = facts.subjects[number]
        subject.began = days
        found[number] = planner.due(subject)


def _spread(
    facts: Facts, rules: Sequence[VisitRule], kept: Spread | None, today: date, planner: Planner | None = None
) -> Spread:
    served = [subject for subject in facts.subjects.values() if subject.person.is_served]
    if kept is not None and kept.still_fits(len(served)):
        return kept
    half = {rule.code for rule in rules for period in rule.periods if period.months == 6 and period.spread}
    if planner is None or planner.on != today:
        planner = Planner(rules, Month.of(today), today, Spread())
    return cut(
        [subject.place for subject in served if not half.isdisjoint(planner.meant(subject.person)[0])],
        [subject.place for subject in served],
    )
