"""The visit log: rules, the month's plan, sheets, results, and what was visited (走访)."""

from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa

from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visit_rule import VisitRule
from retiree_desk.core.visits import VisitFilter, VisitRow
from retiree_desk.services.visit_plans import Plan, VisitPlans
from retiree_desk.services.visit_results import VisitResults
from retiree_desk.services.visit_sheets import VisitSheets
from retiree_desk.store.schema import person, visit, visit_sheet

if TYPE_CHECKING:
    from retiree_desk.services.office import Office


class VisitLog:
    """Front door to visits: what is due, on which sheets, what came of it, and the log."""

    def __init__(self, desk: "Office") -> None:
        self._desk = desk
        self.plans = VisitPlans(desk)

    @cached_property
    def sheets(self) -> VisitSheets:
        """The numbered sheets of a month."""
        return VisitSheets(self._desk, self.plans)

    @cached_property
    def results(self) -> VisitResults:
        """Entering what came of visits, one or a file of them."""
        return VisitResults(self._desk)

    def rules(self) -> tuple[VisitRule, ...]:
        """The rules in force here."""
        return self.plans.rules()

    def plan(self, month: Month) -> Plan:
        """Everybody who is due in the month, as known today."""
        return self.plans.plan(month)

    def list(self, wanted: VisitFilter | None = None, limit: int = 1000) -> list[VisitRow]:
        """Visits, newest first."""
        chosen = wanted or VisitFilter()
        query = (
            sa.select(visit, person.c.name, visit_sheet.c.code)
            .join(person, person.c.id == visit.c.person_id)
            .outerjoin(visit_sheet, visit_sheet.c.id == visit.c.sheet_id)
            .order_by(visit.c.on_date.desc(), visit.c.id.desc())
            .limit(limit)
        )
        if chosen.since:
            query = query.where(visit.c.on_date >= chosen.since.isoformat())
        if chosen.until:
            query = query.where(visit.c.on_date <= chosen.until.isoformat())
        if chosen.person_id:
            query = query.where(visit.c.person_id == chosen.person_id)
        if chosen.visitor:
            query = query.where(visit.c.visitor == chosen.visitor)
        if chosen.text:
            query = query.where(
                sa.or_(
                    person.c.name.contains(chosen.text, autoescape=True),
                    person.c.pinyin.startswith(chosen.text.lower(), autoescape=True),
                    person.c.initials.startswith(chosen.text.lower(), autoescape=True),
                    visit.c.visitor.contains(chosen.text, autoescape=True),
                    visit.c.words.contains(chosen.text, autoescape=True),
                )
            )
        with self._desk.db.read() as conn:
            rows = conn.execute(query).mappings().all()
        return [_row(row) for row in rows]


_SHOWN = ("place", "occasion", "way", "result", "condition", "visitor", "words", "next_on")


def _row(row: sa.RowMapping) -> VisitRow:
    values = {key: row[key] for key in _SHOWN if row[key]}
    values["on"], values["name"] = row["on_date"], row["name"]
    if row["code"]:
        values["sheet"] = f"{row['code']} / {row['line_no']}" if row["line_no"] else row["code"]
    return VisitRow(row["id"], row["person_id"], values)
