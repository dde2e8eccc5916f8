"""What the plan needs of everybody, loaded once: people, last visits, events, couples."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.households import Member, couples
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.retirees import PersonId, Retiree
from retiree_desk.core.visit_plan import CONTACT, EVENT_LAPSES, PLAN_FIELDS, Event, Seen, Subject, last_visit
from retiree_desk.services.registry import labels_of
from retiree_desk.services.units import Units, UnitTrees
from retiree_desk.store.changes import address_key, id_list
from retiree_desk.store.schema import (
    change_row,
    change_set,
    event,
    person,
    person_label,
    visit,
    welfare_line,
)

_STORED = tuple(key for key in PLAN_FIELDS if key != "labels")
# Carried along for grouping and sorting; not facts of any rule.
_ALONG = ("name", "sex", "spouse_name", "contact_person", "room")
_RECENT = timedelta(days=130)


@dataclass(slots=True)
class Facts:
    """Everybody who can be due, with what has happened to them."""

    subjects: dict[int, Subject] = field(default_factory=dict)
    spouses: Mapping[int, int] = field(default_factory=dict)
    areas: Mapping[int, str] = field(default_factory=dict)  # by person

    def household(self, person_id: int) -> int:
        """One number for a couple and for each single person: the smaller id."""
        return min(person_id, self.spouses.get(person_id, person_id))


def load_facts(conn: sa.Connection, units: Units, today: date, ids: Sequence[int] | None = None) -> Facts:
    """Facts of everybody served here (and of those who died lately), or of the people asked for."""
    trees = units.trees(conn)
    columns = [person.c[key] for key in (*_ALONG, *_STORED)]
    query = sa.select(
        person.c.id, person.c.created_on, person.c.spouse_id, person.c.residence_id, person.c.address_sort,
        *columns,
    ).where(person.c.binned_at.is_(None))  # fmt: skip
    if ids is not None:
        query = query.where(person.c.id.in_(id_list(ids)))
    else:
        lately = (today - _RECENT).isoformat()
        served = (
            (person.c.life == "ALIVE") & (person.c.record == "ON_REGISTER") & (person.c.served_here != "NO")
        )
        query = query.where(served | ((person.c.life == "DECEASED") & (person.c.died_on >= lately[:4])))
    query = query.add_columns(person.c.died_on)
    names = [*_ALONG, *_STORED]
    labels = labels_of(conn, ids)
    seen = seen_of(conn, today, ids)
    agreed = _agreed(conn, ids)
    places = _Places(trees)
    found = Facts()
    members: list[Member] = []
    areas: dict[int, str] = {}
    deaths: dict[int, str] = {}
    for row in _rows(conn, query):
        number, created, spouse, residence, address_sort = row[:5]
        values = {key: text for key, text in zip(names, row[5:-1], strict=True) if text is not None}
        if number in labels:
            values["labels"] = labels[number]
        if row[-1] and values["life"] == "DECEASED":
            deaths[number] = row[-1]
        text, area = places(residence, values.get("room", ""), address_sort)
        if area:
            areas[number] = area
        history = seen.get(number, ())
        subject = Subject(
            Retiree(PersonId(number), values),
            _registered(created, today),
            (text, number),
            history,
            agreed=_still_agreed(agreed.get(number), history),
        )
        found.subjects[number] = subject
        members.append(
            Member(number, values["name"], values.get("spouse_name", ""), values.get("sex", ""), text, spouse)
        )
    found.spouses = couples(members)
    found.areas = areas
    for number, subject in found.subjects.items():
        household = found.household(number)
        if household != number:
            # A couple at one door keeps one month.
            subject.place = (subject.place[0], household)
    _add_events(conn, found, deaths, today, ids)
    return found


def _rows(conn: sa.Connection, query: sa.Select[Any]) -> list[tuple[Any, ...]]:
    """All rows as the driver's own tuples: hundreds of thousands of row objects cost seconds."""
    result = conn.execute(query)
    rows = [*result.cursor.fetchall()]
    result.close()
    return rows


def _registered(created: str | None, today: date) -> date:
    """The day from which rules may look: that of the record, never later than today."""
    return min(date.fromisoformat(created[:10]), today) if created else today


@lru_cache(maxsize=65536)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def seen_of(conn: sa.Connection, today: date, ids: Sequence[int] | None) -> dict[int, list[Seen]]:
    columns = (visit.c.person_id, visit.c.way, visit.c.result, visit.c.whereabouts)
    query = (
        sa.select(*columns, sa.func.max(visit.c.on_date))
        .where(visit.c.on_date <= today.isoformat())
        .group_by(*columns)
    )
    if ids is not None:
        query = query.where(visit.c.person_id.in_(id_list(ids)))
    found: dict[int, list[Seen]] = {}
    for number, way, result, away, on in _rows(conn, query):
        found.setdefault(number, []).append(Seen(way, result, away or "", _day(on)))
    collected = (
        sa.select(welfare_line.c.person_id, sa.func.max(welfare_line.c.received_on))
        .where(welfare_line.c.how == "IN_PERSON", welfare_line.c.received_on.is_not(None))
        .group_by(welfare_line.c.person_id)
    )
    if ids is not None:
        collected = collected.where(welfare_line.c.person_id.in_(id_list(ids)))
    for number, on in _rows(conn, collected):
        if number is not None and len(on) == 10:
            found.setdefault(number, []).append(Seen(CONTACT, "MET", "", _day(on)))
    return found


def _agreed(conn: sa.Connection, ids: Sequence[int] | None) -> dict[int, tuple[str, str]]:
    query = sa.select(visit.c.person_id, visit.c.on_date, visit.c.next_on).where(visit.c.next_on.is_not(None))
    if ids is not None:
        query = query.where(visit.c.person_id.in_(id_list(ids)))
    found: dict[int, tuple[str, str]] = {}
    for number, on, following in conn.execute(query.order_by(visit.c.on_date, visit.c.id)):
        found[number] = on, following
    return found


def _still_agreed(agreed: tuple[str, str] | None, seen: Iterable[Seen]) -> date | None:
    """The next visit agreed upon, unless there was one since."""
    if agreed is None or len(agreed[1]) != 10:
        return None
    last = last_visit(seen)
    return _day(agreed[1]) if last is not None and last.on.isoformat() == agreed[0] else None


class _Places:
    """Sort text and area of where people live; units first, else the address as written (DECISIONS 13)."""

    def __init__(self, trees: UnitTrees) -> None:
        self._names = trees.residence_names
        self._known: dict[int, tuple[str, str]] = {}

    def __call__(self, residence: int | None, room: str, address_sort: str | None) -> tuple[str, str]:
        if residence is None or residence not in self._names:
            return address_sort or "\x7f", ""
        if residence not in self._known:
            names = self._names[residence]
            parts = (address_key(names.get(key, "")) for key in ("area", "building", "unit_no"))
            self._known[residence] = "\x1e".join(parts), names.get("area", "")
        text, area = self._known[residence]
        return f"{text}\x1e{_room_key(room)}" if room else text, area


_room_key = lru_cache(maxsize=65536)(address_key)


def _add_events(
    conn: sa.Connection, facts: Facts, deaths: Mapping[int, str], today: date, ids: Sequence[int] | None
) -> None:
    query = sa.select(event.c.person_id, event.c.kind, event.c.on_date, event.c.known_on)
    if ids is not None:
        query = query.where(event.c.person_id.in_(id_list(ids)))
    found: dict[int, list[Event]] = {}
    for number, kind, on, known in _rows(conn, query):
        day = PartialDate.parse(on).first() if on else None
        told = PartialDate.parse(known).last() if known else day
        if told is not None:
            found.setdefault(number, []).append(Event(kind, day or told, told))
    _add_whereabouts(conn, facts, found, today)
    told_of = _told(conn, deaths, "life")
    for number, text in deaths.items():
        died = PartialDate.parse(text)
        subject = facts.subjects[number]
        if died.first() < subject.registered:
            continue  # entered with a death that was long known
        known = max(died.last(), told_of.get(number, died.last()))
        known = min(known, today)
        if not any(one.kind == "DIED" for one in found.get(number, ())):
            found.setdefault(number, []).append(Event("DIED", died.first(), known))
        spouse = facts.spouses.get(number)
        if spouse is not None and not any(one.kind == "BEREAVED" for one in found.get(spouse, ())):
            found.setdefault(spouse, []).append(Event("BEREAVED", died.first(), known))
    for number, events in found.items():
        if number in facts.subjects:
            facts.subjects[number].events = events


def _add_whereabouts(conn: sa.Connection, facts: Facts, found: dict[int, list[Event]], today: date) -> None:
    """Stays in hospital that were entered in the record, where no visit told of them: when they began
    or ended is the day of that change, unless the record says."""
    staying = [
        number
        for number, one in facts.subjects.items()
        if one.person["whereabouts"] == "HOSPITAL"
        and not one.person["whereabouts_since"]
        and not any(each.kind == "ADMITTED" for each in found.get(number, ()))
    ]
    for number, day in _told(conn, staying, "whereabouts").items():
        found.setdefault(number, []).append(Event("ADMITTED", min(day, today), min(day, today)))
    query = (
        sa.select(change_row.c.row_id, change_set.c.at)
        .join(change_set, change_set.c.id == change_row.c.change_id)
        .where(
            change_set.c.at >= (today - EVENT_LAPSES).isoformat(),
            # What a visit found has its own event.
            change_set.c.why.not_like('["visit%'),
            change_row.c.table_name == "person",
            change_row.c.op == "U",
            change_row.c.data.contains('"whereabouts":["HOSPITAL"', autoescape=True),
        )
    )
    for number, at in _rows(conn, query):
        subject = facts.subjects.get(number)
        if subject is not None and subject.person["whereabouts"] != "HOSPITAL":
            since = subject.person["whereabouts_since"]
            day = PartialDate.parse(since).first() if since else date.fromisoformat(at[:10])
            found.setdefault(number, []).append(Event("DISCHARGED", min(day, today), min(day, today)))


def _told(conn: sa.Connection, ids: Iterable[int], field_: str) -> dict[int, date]:
    """The day on which the log says that a field of people took its value."""
    return {number: days[field_] for number, days in _changes(conn, ids).items() if field_ in days}


def _changes(conn: sa.Connection, ids: Iterable[int]) -> dict[int, dict[str, date]]:
    wanted = list(ids)
    if not wanted:
        return {}
    query = (
        sa.select(change_row.c.row_id, change_row.c.data, change_set.c.at)
        .join(change_set, change_set.c.id == change_row.c.change_id)
        .where(
            change_row.c.table_name == "person",
            change_row.c.op == "U",
            change_row.c.row_id.in_(id_list(wanted)),
        )
        .order_by(change_row.c.id)
    )
    found: dict[int, dict[str, date]] = {}
    for number, data, at in _rows(conn, query):
        if not data:
            continue  # erased (DECISIONS 3)
        for key in json.loads(data):
            found.setdefault(number, {})[key] = date.fromisoformat(at[:10])
    return found


def began(conn: sa.Connection, ids: Sequence[int], today: date) -> dict[int, dict[str, date]]:
    """Since when the fields of these people are as they are, as far as the log tells.

    Days after today are left out: the log has the machine's clock, the plan the one handed in.
    """
    found = {
        number: {key: day for key, day in days.items() if day <= today}
        for number, days in _changes(conn, ids).items()
    }
    query = (
        sa.select(person_label.c.person_id, sa.func.min(person_label.c.set_on))
        .where(person_label.c.person_id.in_(id_list(ids)), person_label.c.set_on.is_not(None))
        .group_by(person_label.c.person_id)
    )
    for number, on in _rows(conn, query):
        day = date.fromisoformat(str(on)[:10])
        if day <= today:
            found.setdefault(number, {})["label"] = day
    return found
