"""What came of visits: entered in the dialog, line by line, or from a file, all by one path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from retiree_desk.core.errors import UsageError
from retiree_desk.core.requests import due_on, read_request
from retiree_desk.core.topics import Topic
from retiree_desk.core.visit_rules import occasion_for
from retiree_desk.core.visits import (
    AWAY_FROM_HOME,
    PROBLEMS,
    SPOKE,
    Visit,
    follow_up,
    is_visit,
    normalise,
)
from retiree_desk.i18n import _
from retiree_desk.services.visit_sheets import SheetLine
from retiree_desk.store.changes import Change, id_list
from retiree_desk.store.schema import event, person, request, visit, visit_sheet, visit_sheet_line

if TYPE_CHECKING:
    from retiree_desk.services.office import Office

# Results that say something of one person only, also where a couple is on the line (R8).
_OF_ONE = frozenset({"IN_HOSPITAL", "DIED"})
_NOT_MET_IN_A_ROW = 3  # then the person counts as not reached (OFFICE R6)


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of one visit, as typed. `people`: one id, or a couple's two (one result serves both)."""

    people: tuple[int, ...]
    on: date
    way: str
    result: str
    occasion: str = ""  # '' = that of the line's rules, else a regular visit
    visitor: str = ""
    condition: str = ""
    words: str = ""
    request: str = ""
    next_on: date | None = None
    place: str = ""  # where they are now, for somebody away
    until: date | None = None  # until when they are away
    line: SheetLine | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that is still to be done after a visit that was entered."""

    code: str  # of core.visits.PROBLEMS
    person_id: int
    name: str

    @property
    def words(self) -> str:
        """One sentence for the clerk."""
        return _(PROBLEMS[self.code]).format(name=self.name)


@dataclass(frozen=True, slots=True)
class Entered:
    """What was written: the change set (0 where nothing was) and what is left to do."""

    change: int
    visits: tuple[int, ...]
    follow_ups: tuple[FollowUp, ...]


class VisitResults:
    """Enters results. Raises `UsageError` with the code of what is wrong; then nothing is written."""

    def __init__(self, desk: "Office") -> None:
        self._desk = desk

    def check(self, entry: Entry) -> str:
        """The code (of `core.visits.PROBLEMS`) of what an entry cannot be taken for; '' where all is well."""
        way, result = normalise(entry.way, entry.result)
        if not is_visit(result):
            return "" if entry.line is None or entry.line.open else "already_recorded"
        if entry.line is not None and not entry.line.open:
            return "already_recorded"
        one = Visit(
            entry.people[0], entry.on, way, result, entry.occasion or "REGULAR",
            condition=entry.condition, next_on=entry.next_on,
        )  # fmt: skip
        found = one.problems(self._desk.today())
        return found[0] if found else ""

    def enter(self, entry: Entry) -> Entered:
        """Enters one result as one change set."""
        return self.enter_many([entry])

    def enter_many(self, entries: Sequence[Entry]) -> Entered:
        """Enters several results as one change set, all of them or none."""
        for entry in entries:
            code = self.check(entry)
            if code:
                raise UsageError(code, problem_words(code, entry))
        if not entries:
            return Entered(0, (), ())
        names = self._names(entries)
        why, params = "visits_entered", {"n": len(entries)}
        if len(entries) == 1:
            why, params = "visit_entered", {"name": names[entries[0].people[0]]["name"]}
        topics = (Topic.VISITS, Topic.REGISTRY, Topic.REQUESTS)
        with self._desk.db.write(*topics, why=why, params=params) as change:
            visits, follow_ups = _write(change, entries)
        return Entered(change.id if change.rows else 0, tuple(visits), tuple(follow_ups))

    def reopen(self, line: SheetLine) -> int:
        """Takes a line's result back, for typing it anew; the visits it made go with it."""
        with self._desk.db.write(Topic.VISITS, Topic.REQUESTS, why="visit_taken_back") as change:
            made = list(
                change.conn.scalars(
                    sa.select(visit.c.id).where(
                        visit.c.sheet_id == line.sheet_id, visit.c.line_no == line.number
                    )
                )
            )
            asked = list(
                change.conn.scalars(sa.select(request.c.id).where(request.c.visit_id.in_(id_list(made))))
            )
            change.update(visit_sheet_line, {line.id: {"result": None, "visit_id": None}})
            change.delete(request, asked)
            change.delete(visit, made)
            _sheet_states(change, {line.sheet_id})
        return change.id

    def _names(self, entries: Iterable[Entry]) -> dict[int, Mapping[str, Any]]:
        ids = {number for entry in entries for number in entry.people}
        with self._desk.db.read() as conn:
            found = _people(conn, ids)
        for number in ids - found.keys():
            raise UsageError("person_unknown", _("There is no person {n}.").format(n=number))
        return found


def problem_words(code: str, entry: Entry, sheet: str = "") -> str:
    """The sentence of a problem with an entry."""
    values = {
        "way_unknown": entry.way,
        "result_unknown": entry.result,
        "condition_unknown": entry.condition,
        "occasion_unknown": entry.occasion,
        "date_in_future": entry.on.isoformat(),
        "next_not_later": entry.next_on.isoformat() if entry.next_on else "",
    }
    if code == "already_recorded":
        from retiree_desk.core.visits import result_name

        line = entry.line
        return _(PROBLEMS[code]).format(
            line=line.number if line else "", sheet=sheet, value=result_name(line.result if line else "")
        )
    return _(PROBLEMS[code]).format(value=values.get(code, ""))


def _people(conn: sa.Connection, ids: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    columns = (
        person.c.id, person.c.name, person.c.whereabouts, person.c.whereabouts_until, person.c.contact,
        person.c.contact_person,
    )  # fmt: skip
    query = sa.select(*columns).where(person.c.id.in_(id_list(ids)))
    return {row["id"]: dict(row) for row in conn.execute(query).mappings()}


def _write(change: Change, entries: Sequence[Entry]) -> tuple[list[int], list[FollowUp]]:
    people = _people(change.conn, {number for entry in entries for number in entry.people})
    made = _insert_visits(change, [entry for entry in entries if is_visit(entry.result)], people)
    lines: dict[int, dict[str, Any]] = {}
    requests: list[dict[str, Any]] = []
    follow_ups: list[FollowUp] = []
    for entry in entries:
        visit_id = made.get(id(entry))
        result = normalise(entry.way, entry.result)[1]
        if entry.line is not None:
            lines[entry.line.id] = {"result": result, "visit_id": visit_id}
        if visit_id is None:
            continue
        if entry.request.strip():
            requests.append(_request(entry, visit_id, people))
        code = follow_up(
            result, entry.condition, has_request=bool(entry.request.strip()), place_known=bool(entry.place)
        )
        if code:
            one = people[entry.people[0]]
            follow_ups.append(FollowUp(code, one["id"], one["name"]))
    change.update(visit_sheet_line, lines)
    change.insert(request, requests)
    _follow(change, entries, people)
    _sheet_states(change, {entry.line.sheet_id for entry in entries if entry.line is not None})
    return list(made.values()), follow_ups


def _insert_visits(
    change: Change, entries: Sequence[Entry], people: Mapping[int, Mapping[str, Any]]
) -> dict[int, int]:
    """A visit per person; of a couple the second refers to the first. The first visit's id by entry."""
    first = change.insert(visit, [_visit(entry, entry.people[0], people, None) for entry in entries])
    second = [
        _visit(entry, entry.people[1], people, visit_id)
        for entry, visit_id in zip(entries, first, strict=True)
        if len(entry.people) > 1 and entry.result not in _OF_ONE
    ]
    change.insert(visit, second)
    return {id(entry): visit_id for entry, visit_id in zip(entries, first, strict=True)}


def _visit(
    entry: Entry, person_id: int, people: Mapping[int, Mapping[str, Any]], partner: int | None
) -> dict[str, Any]:
    way, result = normalise(entry.way, entry.result)
    occasion = entry.occasion
    if not occasion and entry.line is not None:
        occasion = occasion_for({one.code for due in entry.line.reasons.values() for one in due})
    return {
        "person_id": person_id,
        "on_date": entry.on.isoformat(),
        "way": way,
        "result": result,
        "occasion": occasion or "REGULAR",
        "visitor": entry.visitor or people[person_id]["contact_person"],
        "condition": entry.condition or None,
        "words": entry.words.strip() or None,
        "next_on": entry.next_on.isoformat() if entry.next_on else None,
        "whereabouts": _whereabouts(people[person_id], entry.on) or None,
        "sheet_id": entry.line.sheet_id if entry.line else None,
        "line_no": entry.line.number if entry.line else None,
        "partner_visit_id": partner,
    }


def _whereabouts(row: Mapping[str, Any], on: date) -> str:
    until = row["whereabouts_until"]
    return "" if until and until < on.isoformat()[: len(until)] else str(row["whereabouts"] or "")


def _request(entry: Entry, visit_id: int, people: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    kind, words = read_request(entry.request)
    urgency = "URGENT" if entry.condition == "URGENT" else "NORMAL"
    return {
        "person_id": entry.people[0],
        "on_date": entry.on.isoformat(),
        "kind": kind,
        "words": words,
        "urgency": urgency,
        "source": "VISIT",
        "who_acts": entry.visitor or people[entry.people[0]]["contact_person"],
        "due_on": due_on(kind, urgency, entry.on).isoformat(),
        "state": "OPEN",
        "visit_id": visit_id,
    }


def _follow(change: Change, entries: Sequence[Entry], people: Mapping[int, Mapping[str, Any]]) -> None:
    """What a result says of the person: whereabouts, hospital, whether they can be reached (R6, R7)."""
    updates: dict[int, dict[str, Any]] = {}
    events: list[dict[str, Any]] = []
    for entry in sorted(entries, key=lambda one: one.on):
        way, result = normalise(entry.way, entry.result)
        if not is_visit(result):
            continue
        for number in entry.people[:1] if result in _OF_ONE else entry.people:
            now = {**people[number], **updates.get(number, {})}
            new, kind = _new_state(entry, way, result, now)
            if new:
                updates.setdefault(number, {}).update(new)
            if kind:
                on = entry.on.isoformat()
                events.append({"person_id": number, "kind": kind, "on_date": on, "known_on": on})
    unmet = {
        number
        for entry in entries
        if entry.result == "NOT_MET"
        for number in entry.people
        if _in_vain(change.conn, number) >= _NOT_MET_IN_A_ROW
    }
    for number in unmet:
        updates.setdefault(number, {})["contact"] = "UNREACHABLE"
    change.update(person, updates)
    change.insert(event, events)


def _new_state(entry: Entry, way: str, result: str, now: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Fields of the person that a result sets, and the kind of event it is."""
    on = entry.on.isoformat()
    new: dict[str, Any] = {}
    kind = ""
    if result == "AWAY":
        until = entry.until or entry.next_on
        new = {"whereabouts": "AWAY", "whereabouts_since": on, "whereabouts_place": entry.place or None}
        new["whereabouts_until"] = until.isoformat() if until else None
    elif result == "IN_HOSPITAL" and now["whereabouts"] != "HOSPITAL":
        new = {"whereabouts": "HOSPITAL", "whereabouts_since": on, "whereabouts_until": None}
        new["whereabouts_place"] = entry.place or None
        kind = "ADMITTED"
    elif result == "MET" and way == "HOME" and now["whereabouts"] in AWAY_FROM_HOME | {"HOSPITAL"}:
        # Met at home: wherever they were, it is over (R7).
        kind = "DISCHARGED" if now["whereabouts"] == "HOSPITAL" else ""
        new = {"whereabouts": "HOME", "whereabouts_since": on}
        new |= {"whereabouts_until": None, "whereabouts_place": None}
    if result in SPOKE and now["contact"] in ("UNREACHABLE", "LOST"):
        new["contact"] = "NORMAL"
    return new, kind


def _in_vain(conn: sa.Connection, person_id: int) -> int:
    """How often in a row nobody was home, up to now."""
    query = (
        sa.select(visit.c.result)
        .where(visit.c.person_id == person_id)
        .order_by(visit.c.on_date.desc(), visit.c.id.desc())
        .limit(_NOT_MET_IN_A_ROW)
    )
    count = 0
    for result in conn.scalars(query):
        if result != "NOT_MET":
            break
        count += 1
    return count


def _sheet_states(change: Change, sheets: Iterable[int]) -> None:
    """A sheet is being entered from its first result on, and entered with its last."""
    updates = {}
    for number in sheets:
        query = sa.select(sa.func.count(), sa.func.count(visit_sheet_line.c.result)).where(
            visit_sheet_line.c.sheet_id == number
        )
        lines, typed = change.conn.execute(query).one()
        if typed:
            updates[number] = {"state": "ENTERED" if typed == lines else "BEING_ENTERED"}
        else:
            updates[number] = {"state": "PRINTED"}
    change.update(visit_sheet, updates)
