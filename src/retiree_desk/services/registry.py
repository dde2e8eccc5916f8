"""The registry: people are read, found, added, changed, and their death is entered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.errors import RefusedError, UsageError
from retiree_desk.core.identity import id_key
from retiree_desk.core.retirees import (
    RESIDENCE_FIELDS,
    STATE_DEFAULTS,
    STORED_FIELDS,
    UNIT_FIELDS,
    PersonId,
    Retiree,
    death_values,
    status_of,
)
from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.services.units import TREE_OF_FIELD, UnitMaker, Units, UnitTrees
from retiree_desk.store.changes import Change, id_list
from retiree_desk.store.database import Database
from retiree_desk.store.schema import (
    custom_field,
    custom_value,
    person,
    person_label,
    unread_value,
)
from retiree_desk.store.search import find_ids

_LINKS = ("party_branch_id", "admin_group_id", "residence_id", "spouse_id")
_READ = [
    person.c.id,
    *(person.c[key] for key in STORED_FIELDS),
    *(person.c[key] for key in _LINKS),
    person.c.created_on,
]


@dataclass(frozen=True, slots=True)
class Found:
    """People found, best first: how many in all, and the first of them."""

    total: int
    people: tuple[Retiree, ...]


class Registry:
    """People as records; every change is one change set with its inverse."""

    def __init__(self, db: Database, units: Units, today: Callable[[], date]) -> None:
        self._db = db
        self._units = units
        self._today = today

    # Reading

    def load(
        self,
        ids: Sequence[int] | None = None,
        *,
        where: sa.ColumnElement[bool] | None = None,
        conn: sa.Connection | None = None,
        extras: bool = True,
    ) -> list[Retiree]:
        """People by id (in that order), or all not in the bin, in the order of their ids.

        `extras` adds labels, custom and unread values, which cost a query each.
        """
        if conn is None:
            with self._db.read() as opened:
                return self.load(ids, where=where, conn=opened, extras=extras)
        query = sa.select(*_READ)
        if ids is not None:
            query = query.where(person.c.id.in_(id_list(ids)))
        else:
            query = query.where(person.c.binned_at.is_(None)).order_by(person.c.id)
        if where is not None:
            query = query.where(where)
        trees = self._units.trees()
        rows = conn.execute(query).all()
        wanted = None if ids is None else [row[0] for row in rows]
        found_labels = labels_of(conn, wanted)
        custom = _by_person(conn, custom_value, "field_id", wanted) if extras else {}
        unread = _by_person(conn, unread_value, "field", wanted) if extras else {}
        make = _Reader(trees, found_labels, custom, unread)
        people = [make(row) for row in rows]
        if ids is None:
            return people
        by_id = {one.id: one for one in people}
        return [by_id[PersonId(number)] for number in ids if number in by_id]

    def get(self, person_id: int) -> Retiree:
        """One person. Raises `UsageError` where there is none."""
        found = self.load([person_id])
        if not found:
            raise UsageError("person_unknown", _("There is no person {n}.").format(n=person_id))
        return found[0]

    def find(self, text: str, limit: int = 50, *, count_limit: int = 1_000_000) -> Found:
        """Find as you type: names, pinyin, initials, numbers, phones, address; the dead too.

        Screens count no further than `count_limit`, so that one letter answers as fast as a name.
        """
        with self._db.read() as conn:
            total, ids = find_ids(conn, text, limit, count_limit=count_limit)
            return Found(total, tuple(self.load(ids, conn=conn)))

    def resolve(self, word: str) -> PersonId:
        """The person an id, ID number or staff number names. Raises `UsageError`."""
        text = word.strip()
        with self._db.read() as conn:
            key = id_key(text)
            tests = [person.c.employee_no == text, person.c.id_number == text]
            if key:
                tests.append(person.c.id_key == key)
            ids = list(
                conn.scalars(sa.select(person.c.id).where(person.c.binned_at.is_(None), sa.or_(*tests)))
            )
            if not ids and text.isdecimal() and len(text) < 12:
                query = sa.select(person.c.id).where(person.c.id == int(text), person.c.binned_at.is_(None))
                ids = list(conn.scalars(query))
            elif text.isdecimal() and len(text) < 12:
                # A short number may be an id too: then it must mean one person only.
                query = sa.select(person.c.id).where(person.c.id == int(text), person.c.binned_at.is_(None))
                ids = sorted({*ids, *conn.scalars(query)})
        if not ids:
            raise UsageError("person_unknown", _("Nobody has the number {word}.").format(word=text))
        if len(ids) > 1:
            raise UsageError(
                "person_ambiguous",
                _("{word} means {n} people; use the ID number.").format(word=text, n=len(ids)),
            )
        return PersonId(ids[0])

    def custom_fields(self) -> dict[int, str]:
        """The office's own fields: id to name."""
        with self._db.read() as conn:
            query = sa.select(custom_field.c.id, custom_field.c.name).order_by(custom_field.c.id)
            return {row.id: row.name for row in conn.execute(query)}

    # Writing

    def add(self, values: Mapping[str, str]) -> PersonId:
        """Adds a person from values by field code, already in their stored form.

        Raises `RefusedError` where a living person holds the same valid ID number.
        """
        self._refuse_twin(None, values)
        name = values.get("name", "")
        if not name:
            raise UsageError("name_missing", _("A person needs a name."))
        with self._db.write(Topic.REGISTRY, Topic.UNITS, why="person_added", params={"name": name}) as change:
            maker = UnitMaker(change, self._units.trees(change.conn))
            row = {**STATE_DEFAULTS, **_plain(values), "created_on": self._today().isoformat()}
            row |= unit_links(maker, values, {})
            number = change.insert(person, [row])[0]
            self._set_labels(change, {number: values["labels"]} if values.get("labels") else {})
        return PersonId(number)

    def change(self, person_id: int, values: Mapping[str, str], *, why: str = "person_changed") -> int:
        """Changes fields of one person (stored form; '' empties one). Returns the change set, 0 if none.

        Setting a field also removes the text that waited unread beside it.
        """
        return self.change_many({person_id: values}, why=why)

    def change_many(
        self,
        changes: Mapping[int, Mapping[str, str]],
        *,
        why: str,
        params: dict[str, Any] | None = None,
    ) -> int:
        """The same for several people in one change set."""
        people = {one.id: one for one in self.load(list(changes))}
        missing = [number for number in changes if number not in people]
        if missing:
            raise UsageError("person_unknown", _("There is no person {n}.").format(n=missing[0]))
        for number, values in changes.items():
            self._refuse_twin(number, values)
            if "name" in values and not values["name"]:
                raise UsageError("name_missing", _("A person needs a name."))
        first = next(iter(people.values()))
        with self._db.write(
            Topic.REGISTRY, Topic.UNITS, why=why, params=params or {"name": first.name}
        ) as change:
            maker = UnitMaker(change, self._units.trees(change.conn))
            updates: dict[int, dict[str, Any]] = {}
            labels: dict[int, str] = {}
            for number, values in changes.items():
                row = _plain(values)
                row |= unit_links(maker, values, people[PersonId(number)].values)
                if row:
                    updates[number] = row
                if "labels" in values:
                    labels[number] = values["labels"]
            change.update(person, updates)
            self._set_labels(change, labels)
            self._forget_unread(change, changes)
        return change.id if change.rows else 0

    def die(self, person_id: int, died_on: str) -> int:
        """Enters a death (date with the precision known). Returns the change set."""
        one = self.get(person_id)
        if not one.is_living and one["died_on"] == died_on:
            return 0
        if died_on > self._today().isoformat():
            raise UsageError(
                "date_in_future", _("{date} lies in the future; nothing was changed.").format(date=died_on)
            )
        return self.change(person_id, death_values(died_on), why="person_died")

    def _refuse_twin(self, person_id: int | None, values: Mapping[str, str]) -> None:
        """Two living people cannot hold one valid ID number (domain.md 2.13)."""
        key = id_key(values.get("id_number", "")) if values.get("id_number") else ""
        if not key:
            return
        query = sa.select(person.c.id, person.c.name).where(
            person.c.id_key == key, person.c.life == "ALIVE", person.c.binned_at.is_(None)
        )
        with self._db.read() as conn:
            for row in conn.execute(query):
                if row.id != person_id:
                    raise RefusedError(
                        "id_used_twice",
                        _("{name} (no. {n}) has this ID number already; nothing was changed.").format(
                            name=row.name, n=row.id
                        ),
                    )

    def _set_labels(self, change: Change, wanted: Mapping[int, str]) -> None:
        if not wanted:
            return
        query = sa.select(person_label).where(person_label.c.person_id.in_(id_list(wanted)))
        there: dict[int, dict[str, int]] = {}
        for row in change.conn.execute(query).mappings():
            there.setdefault(row["person_id"], {})[row["label"]] = row["id"]
        gone: list[int] = []
        new: list[dict[str, Any]] = []
        for number, text in wanted.items():
            have, want = there.get(number, {}), [code for code in text.split(",") if code]
            gone += [row_id for code, row_id in have.items() if code not in want]
            new += [
                {
                    "person_id": number,
                    "label": code,
                    "set_by": self._db.operator,
                    "set_on": self._today().isoformat(),
                }
                for code in dict.fromkeys(want)
                if code not in have
            ]
        change.delete(person_label, gone)
        change.insert(person_label, new)

    def _forget_unread(self, change: Change, changes: Mapping[int, Mapping[str, str]]) -> None:
        query = sa.select(unread_value.c.id, unread_value.c.person_id, unread_value.c.field).where(
            unread_value.c.person_id.in_(id_list(changes))
        )
        gone = [row.id for row in change.conn.execute(query) if changes.get(row.person_id, {}).get(row.field)]
        change.delete(unread_value, gone)


def _plain(values: Mapping[str, str]) -> dict[str, Any]:
    """The columns of table `person` that these values set."""
    row: dict[str, Any] = {}
    for key in STORED_FIELDS:
        if key in values:
            text = values[key]
            if key in STATE_DEFAULTS:
                row[key] = text or STATE_DEFAULTS[key]
            elif key == "sort_no":
                row[key] = int(text) if text else None
            else:
                row[key] = text or None
    return row


def unit_links(maker: UnitMaker, values: Mapping[str, str], now: Mapping[str, str]) -> dict[str, Any]:
    """The links into the three trees that these values set; `now` is what the person holds."""
    row: dict[str, Any] = {}
    for key, tree in TREE_OF_FIELD.items():
        if key in values:
            row[f"{key}_id"] = maker.group(tree, values[key]) if values[key] else None
    if any(key in values for key in RESIDENCE_FIELDS):
        row["residence_id"] = maker.residence(
            *(values.get(key, now.get(key, "")) for key in RESIDENCE_FIELDS)
        )
    return row


def labels_of(conn: sa.Connection, ids: Iterable[int] | None) -> dict[int, str]:
    """Label codes of people, joined by commas; of everybody where `ids` is None."""
    query = sa.select(person_label.c.person_id, person_label.c.label).order_by(person_label.c.id)
    if ids is not None:
        query = query.where(person_label.c.person_id.in_(id_list(ids)))
    found: dict[int, str] = {}
    for number, code in conn.execute(query):
        found[number] = f"{found[number]},{code}" if number in found else code
    return found


def _by_person(
    conn: sa.Connection, table: sa.Table, key: str, ids: Iterable[int] | None
) -> dict[int, dict[Any, str]]:
    query = sa.select(table.c.person_id, table.c[key], table.c.text)
    if ids is not None:
        query = query.where(table.c.person_id.in_(id_list(ids)))
    found: dict[int, dict[Any, str]] = {}
    for number, name, text in conn.execute(query):
        found.setdefault(number, {})[name] = text
    return found


class _Reader:
    """Makes a `Retiree` of a row: names of units, labels and the derived status added."""

    def __init__(
        self,
        trees: UnitTrees,
        labels: Mapping[int, str],
        custom: Mapping[int, dict[Any, str]],
        unread: Mapping[int, dict[Any, str]],
    ) -> None:
        self._names = {number: one.name for number, one in trees.by_id.items() if not one.builtin}
        self._places = trees.residence_names
        self._labels = labels
        self._custom = custom
        self._unread = unread

    def __call__(self, row: Any) -> Retiree:
        number = row[0]
        count = len(STORED_FIELDS)
        values = {
            key: value
            for key, value in zip(STORED_FIELDS, row[1 : count + 1], strict=True)
            if value is not None
        }
        if "sort_no" in values:
            values["sort_no"] = str(values["sort_no"])
        branch, group, residence, spouse, since = row[count + 1 :]
        if branch in self._names:
            values["party_branch"] = self._names[branch]
        if group in self._names:
            values["admin_group"] = self._names[group]
        if residence is not None:
            values |= self._places.get(residence, {})
        if number in self._labels:
            values["labels"] = self._labels[number]
        values["status"] = status_of(values)
        return Retiree(
            PersonId(number),
            values,
            PersonId(spouse) if spouse else None,
            since or "",
            self._custom.get(number, {}),
            self._unread.get(number, {}),
        )


__all__ = ["UNIT_FIELDS", "Found", "Registry", "labels_of", "unit_links"]
