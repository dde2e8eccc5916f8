"""The month's visit sheets: frozen lines with numbers that never move (CLI `visits sheet`)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from retiree_desk.core.errors import RefusedError, UsageError
from retiree_desk.core.names import sort_key
from retiree_desk.core.place_keys import PlaceKey, place_key
from retiree_desk.core.topics import Topic
from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visit_plan import DueReason
from retiree_desk.core.visit_spread import Place
from retiree_desk.core.visit_words import from_data, to_data
from retiree_desk.i18n import _
from retiree_desk.services.visit_plans import SPREAD, UNASSIGNED, Plan, PlanLine, VisitPlans
from retiree_desk.store.changes import Change, to_json
from retiree_desk.store.schema import setting, visit_sheet, visit_sheet_line

if TYPE_CHECKING:
    from retiree_desk.services.office import Office


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One frozen line: a person, or a couple, with why they are due."""

    id: int
    sheet_id: int
    number: int
    person_id: int
    spouse_id: int | None
    due_on: str
    overdue_days: int
    reasons: Mapping[int, tuple[DueReason, ...]]  # by person of the line
    by_phone: bool
    result: str = ""  # '' = not entered yet

    @property
    def people(self) -> tuple[int, ...]:
        """The ids on the line, the first named first."""
        return (self.person_id,) if self.spouse_id is None else (self.person_id, self.spouse_id)

    @property
    def open(self) -> bool:
        """Whether its result is still to come: 未去 stays open (OFFICE 2.12)."""
        return self.result in ("", "NOT_ATTEMPTED")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visitor's sheet of a month; `contact` is '' where nobody is named (DECISIONS 30)."""

    id: int
    month: Month
    number: int
    code: str
    contact: str
    area: str
    state: str
    lines: tuple[SheetLine, ...] = field(default=())

    @property
    def visitor(self) -> str:
        """The visitor in words: 未分配 where nobody is named."""
        return self.contact or _(UNASSIGNED)


@dataclass(slots=True)
class _Block:
    """A line to be made: one household."""

    lines: list[PlanLine]

    @property
    def spouse_id(self) -> int | None:
        return self.first.partner_id

    @property
    def first(self) -> PlanLine:
        return self.lines[0]

    @property
    def by_phone(self) -> bool:
        return all(line.due.by_phone for line in self.lines)


class VisitSheets:
    """Makes, keeps and reads sheets."""

    def __init__(self, desk: "Office", plans: VisitPlans) -> None:
        self._desk = desk
        self._plans = plans

    def sheets(self, month: Month, visitor: str = "") -> list[Sheet]:
        """The month's sheets with their lines, in order of their numbers; none before they are made."""
        query = sa.select(visit_sheet).where(visit_sheet.c.month == str(month)).order_by(visit_sheet.c.number)
        with self._desk.db.read() as conn:
            sheets = _read(conn, query)
        return [sheet for sheet in sheets if not visitor or visitor in (sheet.visitor, sheet.contact)]

    def heads(self, month: Month) -> list[Sheet]:
        """The month's sheets without their lines, for choosing one."""
        query = sa.select(visit_sheet).where(visit_sheet.c.month == str(month)).order_by(visit_sheet.c.number)
        with self._desk.db.read() as conn:
            return [_head(row) for row in conn.execute(query).mappings()]

    def sheet(self, code: str) -> Sheet:
        """The sheet of a code such as `2026-11-03`. Raises `UsageError` where there is none."""
        with self._desk.db.read() as conn:
            found = _read(conn, sa.select(visit_sheet).where(visit_sheet.c.code == code))
        if not found:
            raise UsageError("sheet_unknown", _("There is no visit sheet {value}.").format(value=code))
        return found[0]

    def months(self) -> list[Month]:
        """Months that have sheets, newest first."""
        query = sa.select(visit_sheet.c.month).distinct().order_by(visit_sheet.c.month.desc())
        with self._desk.db.read() as conn:
            return [Month.parse(text) for text in conn.scalars(query)]

    def to_make(self, plan: Plan) -> tuple[int, int]:
        """How many sheets, and lines on them, the plan would add to those of its month."""
        groups = _groups(_blocks(plan, _taken(self.sheets(plan.month))))
        return len(groups), sum(len(blocks) for blocks in groups.values())

    def places(self, month: Month) -> dict[int, tuple[str, int, str]]:
        """Where people stand in the month: code of the sheet, line, result ('' = open)."""
        return {
            number: (sheet.code, line.number, line.result)
            for sheet in self.sheets(month)
            for line in sheet.lines
            for number in line.people
        }

    def freeze(self, month: Month, *, replan: bool = False, visitor: str = "") -> list[Sheet]:
        """The month's sheets, made if there are none; `replan` adds who is due by now at the end.

        Numbers and lines that are there stay as they are. Returns those of `visitor`, or all. Raises
        `RefusedError` where nobody is due, `UsageError` where the visitor has no sheet.
        """
        there = self.sheets(month)
        if not there or replan:
            self._add(month, there)
            there = self.sheets(month)
        if not there:
            raise RefusedError(
                "nobody_due", _("Nobody is due for a visit in {month}.").format(month=str(month))
            )
        chosen = [sheet for sheet in there if not visitor or visitor in (sheet.visitor, sheet.contact)]
        if not chosen:
            raise UsageError(
                "visitor_unknown",
                _("{visitor} has no visit sheet in {month}.").format(visitor=visitor, month=str(month)),
            )
        return chosen

    def printed(self, sheets: Iterable[Sheet]) -> None:
        """Marks sheets as printed (已印发); those already entered stay so."""
        drafts = [sheet.id for sheet in sheets if sheet.state == "DRAFT"]
        if not drafts or not self._desk.db.writable:
            return
        from retiree_desk.store.database import now

        with self._desk.db.write(
            Topic.VISITS, why="sheets_printed", params={"n": len(drafts)}, undoable=False
        ) as change:
            change.update(
                visit_sheet, {number: {"state": "PRINTED", "printed_at": now()} for number in drafts}
            )

    def _add(self, month: Month, there: Sequence[Sheet]) -> None:
        plan = self._plans.plan(month)
        blocks = _blocks(plan, _taken(there))
        if not blocks:
            return
        groups = _groups(blocks)
        known = {(sheet.contact, "" if sheet.contact else sheet.area): sheet for sheet in there}
        with self._desk.db.write(
            Topic.VISITS, why="sheets_made", params={"month": str(month)}, undoable=False
        ) as change:
            self._keep_spread(change, plan)
            following = max((sheet.number for sheet in there), default=0)
            for key in sorted(groups, key=_sheet_order):
                sheet = known.get(key)
                if sheet is None:
                    following += 1
                    sheet = _insert_sheet(change, month, following, key, groups[key])
                _insert_lines(change, sheet, groups[key], plan.today)

    def _keep_spread(self, change: Change, plan: Plan) -> None:
        """From the first sheets on everybody's month is kept."""
        if plan.spread == self._plans.kept_spread():
            return
        value = to_json(plan.spread.to_data())
        number = change.conn.scalar(sa.select(setting.c.id).where(setting.c.key == SPREAD))
        if number is None:
            change.insert(setting, [{"key": SPREAD, "value": value}])
        else:
            change.update(setting, {number: {"value": value}})


def _taken(sheets: Iterable[Sheet]) -> set[int]:
    return {number for sheet in sheets for line in sheet.lines for number in line.people}


def _groups(blocks: Iterable[_Block]) -> dict[tuple[str, str], list[_Block]]:
    """Blocks by contact and area: a contact has one sheet, people without one go by area (DECISIONS 30)."""
    groups: dict[tuple[str, str], list[_Block]] = {}
    for block in blocks:
        contact = next((line.contact for line in block.lines if line.contact), "")
        groups.setdefault((contact, "" if contact else block.first.area), []).append(block)
    return groups


def _sheet_order(key: tuple[str, str]) -> tuple[bool, str, PlaceKey]:
    """Visitors by pinyin; behind them the areas, their numbers as numbers; people without an area last."""
    contact, area = key
    return (not contact, sort_key(contact) if contact else "", place_key(area))


def _blocks(plan: Plan, taken: set[int]) -> list[_Block]:
    """Households of the plan that are on no sheet yet, at home first, by phone last, in order of doors."""
    found: dict[int, _Block] = {}
    for line in plan.printed:
        if line.person_id in taken:
            continue
        partner = found.get(line.partner_id) if line.partner_id is not None else None
        if partner is not None:
            partner.lines.append(line)
        else:
            found[line.person_id] = _Block([line])
    return sorted(
        found.values(), key=lambda block: (block.by_phone, block.first.place, block.first.person_id)
    )


def _insert_sheet(
    change: Change, month: Month, number: int, key: tuple[str, str], blocks: Sequence[_Block]
) -> Sheet:
    contact, area = key
    code = f"{month}-{number:02d}"
    if contact:
        area = "、".join(dict.fromkeys(block.first.area for block in blocks if block.first.area))
    row = {
        "month": str(month),
        "number": number,
        "code": code,
        "visitor": contact or None,
        "area_head": area or None,
        "state": "DRAFT",
        "made_at": None,
    }
    return Sheet(change.insert(visit_sheet, [row])[0], month, number, code, contact, area, "DRAFT")


def _insert_lines(change: Change, sheet: Sheet, blocks: Sequence[_Block], today: date) -> None:
    after = max((line.number for line in sheet.lines), default=0)
    change.insert(
        visit_sheet_line,
        [
            {
                "sheet_id": sheet.id,
                "line_no": number,
                "person_id": block.first.person_id,
                "spouse_id": block.spouse_id,
                "due_on": min(line.due.due_on for line in block.lines).isoformat(),
                "overdue_days": max(line.due.overdue_days for line in block.lines),
                "rules": to_json({str(line.person_id): to_data(line.reasons) for line in block.lines}),
                "phone_only": int(block.by_phone),
                "added_at": today.isoformat() if sheet.lines else None,
            }
            for number, block in enumerate(blocks, start=after + 1)
        ],
    )


def _read(conn: sa.Connection, query: sa.Select[Any]) -> list[Sheet]:
    heads = conn.execute(query).mappings().all()
    lines: dict[int, list[SheetLine]] = {}
    wanted = sa.select(visit_sheet_line).where(
        visit_sheet_line.c.sheet_id.in_([head["id"] for head in heads])
    )
    for row in conn.execute(
        wanted.order_by(visit_sheet_line.c.sheet_id, visit_sheet_line.c.line_no)
    ).mappings():
        lines.setdefault(row["sheet_id"], []).append(read_line(dict(row)))
    return [_head(head, tuple(lines.get(head["id"], ()))) for head in heads]


def _head(row: sa.RowMapping, lines: tuple[SheetLine, ...] = ()) -> Sheet:
    return Sheet(
        row["id"],
        Month.parse(row["month"]),
        row["number"],
        row["code"],
        row["visitor"] or "",
        row["area_head"] or "",
        row["state"],
        lines,
    )


def read_line(row: Mapping[str, Any]) -> SheetLine:
    """A line as it is kept."""
    rules: dict[str, Any] = json.loads(row["rules"] or "{}")
    return SheetLine(
        row["id"],
        row["sheet_id"],
        row["line_no"],
        row["person_id"],
        row["spouse_id"],
        row["due_on"] or "",
        row["overdue_days"],
        {int(number): tuple(from_data(data)) for number, data in rules.items()},
        bool(row["phone_only"]),
        row["result"] or "",
    )


__all__ = ["Place", "Sheet", "SheetLine", "VisitSheets", "read_line"]
