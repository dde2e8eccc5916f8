"""What the plan page shows of a month, made off the UI thread: a big office has tens of thousands of rows."""

from dataclasses import dataclass
from datetime import date

from retiree_desk.core.people_columns import Masks
from retiree_desk.core.place_words import door_words
from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visit_rules import rule_name
from retiree_desk.core.visit_words import on_paper, when
from retiree_desk.core.visits import result_name
from retiree_desk.i18n import N_, _
from retiree_desk.services.desk import Desk
from retiree_desk.services.visit_plans import Plan, PlanLine

# The lists one can look at.
LISTS = {
    "printed": N_("For the sheets"),
    "overdue": N_("Overdue"),
    "open": N_("On no sheet yet"),
    "contact": N_("Yearly contact only"),
    "undecided": N_("Date of birth incomplete"),
}
COLUMNS = 7


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row: the person, the texts, and what the lists choose by."""

    person_id: int
    texts: tuple[str, ...]
    lists: frozenset[str]
    visitor: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """A month worked out: rows, sheets there are, sheets and lines that could be made."""

    plan: Plan
    rows: tuple[PlanRow, ...]
    sheets: int
    new_sheets: int
    new_lines: int

    def chosen(self, which: str, visitor: str, text: str) -> list[PlanRow]:
        """The rows of one list, of one visitor where named, with the text in any column."""
        return [
            row
            for row in self.rows
            if which in row.lists
            and (not visitor or row.visitor == visitor)
            and (not text or any(text in cell for cell in row.texts))
        ]

    def summary(self) -> str:
        """People, households, overdue; and whose age cannot be decided."""
        printed = self.plan.printed
        words = [
            _("{n} people in {doors} households are due, {late} overdue").format(
                n=f"{len(printed):,}",
                doors=f"{len({line.household for line in printed}):,}",
                late=f"{sum(line.due.overdue_days > 0 for line in printed):,}",
            )
        ]
        if self.plan.undecided:
            words.append(_("{n} with an incomplete date of birth").format(n=f"{len(self.plan.undecided):,}"))
        return " · ".join(words)


def work_out(desk: Desk, month: Month, masks: Masks) -> MonthPlan:
    """The month as it is now."""
    plan = desk.visits.plan(month)
    places = desk.visits.sheets.places(month)
    ids = [line.person_id for line in (*plan.due, *plan.families)]
    homes = {int(one.id): door_words(one.values) for one in desk.registry.load(ids, extras=False)}
    rows = []
    for line in (*plan.due, *plan.families):
        place = places.get(line.person_id)
        home = masks.apply("home_address", homes.get(line.person_id, ""))
        texts = (*_texts(line, home, plan.today), f"{place[0]} / {place[1]}" if place else "")
        rows.append(
            PlanRow(
                line.person_id,
                texts,
                _lists(line, placed=place is not None),
                line.visitor,
                line.due.overdue_days > 0,
            )
        )
    for person, codes in plan.undecided:
        words = ("、".join(map(rule_name, codes)), "", "", "", "")
        rows.append(PlanRow(int(person.id), (person.name, "", *words), frozenset({"undecided"})))
    new_sheets, new_lines = desk.visits.sheets.to_make(plan)
    return MonthPlan(
        plan, tuple(rows), len({code for code, _line, _result in places.values()}), new_sheets, new_lines
    )


def _lists(line: PlanLine, *, placed: bool) -> frozenset[str]:
    if not line.on_sheet:
        return frozenset({"contact"})
    found = {"printed"}
    if line.due.overdue_days:
        found.add("overdue")
    if not placed:
        found.add("open")
    return frozenset(found)


def _texts(line: PlanLine, home: str, today: date) -> tuple[str, ...]:
    name = line.person.name
    if not line.person.is_living:
        name = _("{name} (family)").format(name=name)
    last = f"{line.last.on.isoformat()} {result_name(line.last.result)}" if line.last else ""
    # The few words of the sheet; rules that are not printed by their name.
    why = on_paper(line.reasons) or dict.fromkeys(rule_name(one.code) for one in line.reasons)
    strictest = min(line.reasons, key=lambda one: one.due_on)
    return name, home, "、".join(why), when(strictest, today), last, line.visitor
