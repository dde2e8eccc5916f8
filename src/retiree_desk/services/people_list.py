"""The list of people on the screen: which ids, in which order, and pages of them (DECISIONS 26).

Nothing here loads everybody: the screen asks for ids (the first few at once, all of them from a
worker) and for the people of the rows it shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.identity import id_key
from retiree_desk.core.partial_date import days_in_month
from retiree_desk.core.people_columns import CUSTOM
from retiree_desk.core.retirees import (
    COLUMN_BY_KEY,
    RESIDENCE_FIELDS,
    STORED_FIELDS,
    PersonId,
    Retiree,
    status_of,
)
from retiree_desk.core.visit_plan import CONTACT
from retiree_desk.services.desk import Desk
from retiree_desk.services.registry import labels_of
from retiree_desk.services.units import LINKS, UnitTrees
from retiree_desk.store.changes import id_list, to_json
from retiree_desk.store.schema import custom_value, person, person_label, unread_value, visit
from retiree_desk.store.search import find_ids

# More people than anybody reads through; whoever finds so many types another letter.
FOUND_LIMIT = 3_000
# Up to this many people any list is made while the clerk waits: it takes no longer than a blink.
SMALL = 5_000


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What narrows the list; the parts combine.

    `status`: REGISTER (living and on the register), ALL, or DECEASED. A find text searches everybody,
    the dead and those moved out too, unless the list is that of the dead (OFFICE 2.16). `unit` takes
    in what lies below it. Ages are full ages, both ends included; who may be of that age by what is
    known is in the list.
    """

    text: str = ""
    unit: int | None = None
    status: str = "REGISTER"
    categories: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    labels: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether anything but the find text narrows the list."""
        return self != PeopleFilter(text=self.text)


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column; `best` puts the best hits of the find text first instead."""

    key: str = "name"
    descending: bool = False
    best: bool = False


@dataclass(frozen=True, slots=True)
class PeopleIds:
    """Ids in order. `complete`: these are all; `total` counts them (up to `FOUND_LIMIT` for a find text)."""

    ids: tuple[int, ...]
    complete: bool
    total: int = 0


class PeopleList:
    """Queries of the list. Safe to use from workers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._trees: UnitTrees | None = None

    def forget(self) -> None:
        """The units may have changed: read them anew when next needed."""
        self._trees = None

    @property
    def trees(self) -> UnitTrees:
        """The units as last read."""
        if self._trees is None:
            self._trees = self._desk.units.trees()
        return self._trees

    def size(self) -> int:
        """About how many people there are (an upper bound that costs nothing)."""
        with self._desk.db.read() as conn:
            return int(conn.scalar(sa.select(sa.func.max(person.c.id))) or 0)

    def at_once(self, wanted: PeopleFilter, sort: Sort) -> bool:
        """Whether the first rows come from an index, so that nobody needs to wait for a worker."""
        if self.size() <= SMALL or (wanted.text and sort.best):
            return True
        return sort.key == "name" and wanted == PeopleFilter()

    def ids(self, wanted: PeopleFilter, sort: Sort, limit: int | None = None) -> PeopleIds:
        """The ids of the people in the list, in order; the first `limit` of them, else all."""
        with self._desk.db.read() as conn:
            if wanted.text.strip():
                return self._found(conn, wanted, sort)
            query = self._ordered(sa.select(person.c.id).where(*self._tests(wanted, searching=False)), sort)
            if limit is not None:
                query = query.limit(limit + 1)
            ids = [row[0] for row in conn.execute(query)]
        complete = limit is None or len(ids) <= limit
        return PeopleIds(tuple(ids[:limit]), complete, len(ids) if complete else 0)

    def _found(self, conn: sa.Connection, wanted: PeopleFilter, sort: Sort) -> PeopleIds:
        searching = wanted.status != "DECEASED"
        total, ids = find_ids(conn, wanted.text, FOUND_LIMIT, count_limit=FOUND_LIMIT)
        if sort.best and not wanted.narrows:
            return PeopleIds(tuple(ids), True, total)
        query = sa.select(person.c.id).where(
            person.c.id.in_(id_list(ids)), *self._tests(wanted, searching=searching)
        )
        if sort.best:
            kept = set(conn.scalars(query))
            ids = [number for number in ids if number in kept]
        else:
            ids = list(conn.scalars(self._ordered(query, sort)))
        return PeopleIds(tuple(ids), True, len(ids))

    def people(self, ids: Sequence[int], keys: Iterable[str] = ()) -> list[Retiree]:
        """The people of some rows, in that order, with what the columns `keys` need besides.

        Who is not there any more is left out.
        """
        wanted = set(keys)
        columns = [person.c[key] for key in STORED_FIELDS]
        links = [person.c[name] for name in LINKS.values()]
        query = sa.select(person.c.id, *columns, *links, person.c.spouse_id).where(
            person.c.id.in_(id_list(ids))
        )
        with self._desk.db.read() as conn:
            rows = conn.execute(query).all()
            labels = labels_of(conn, ids) if "labels" in wanted else {}
            visits = _last_visits(conn, ids) if "last_visit" in wanted else {}
            own = (
                _texts(conn, custom_value, "field_id", ids)
                if any(k.startswith(CUSTOM) for k in wanted)
                else {}
            )
            unread = _texts(conn, unread_value, "field", ids) if "unread" in wanted else {}
        names, places = self.trees.by_id, self.trees.residence_names
        found: dict[int, Retiree] = {}
        for row in rows:
            number = row[0]
            values = {
                key: str(value)
                for key, value in zip(STORED_FIELDS, row[1 : 1 + len(STORED_FIELDS)], strict=True)
                if value is not None
            }
            branch, group, residence, spouse = row[1 + len(STORED_FIELDS) :]
            for key, unit_id in (("party_branch", branch), ("admin_group", group)):
                if unit_id in names and not names[unit_id].builtin:
                    values[key] = names[unit_id].name
            values |= places.get(residence, {}) if residence else {}
            values["status"] = status_of(values)
            if number in labels:
                values["labels"] = labels[number]
            if number in visits:
                values["last_visit"] = visits[number]
            found[number] = Retiree(
                PersonId(number),
                values,
                PersonId(spouse) if spouse else None,
                "",
                own.get(number, {}),
                unread.get(number, {}),
            )
        return [found[number] for number in ids if number in found]

    def unit_counts(self) -> tuple[dict[int, int], int]:
        """Living people per unit they belong to directly, and how many are on the register."""
        query = sa.select(sa.func.count()).where(*self._tests(PeopleFilter(), searching=False))
        with self._desk.db.read() as conn:
            everybody = int(conn.scalar(query.select_from(person)) or 0)
        return self._desk.units.counts(), everybody

    def twin(self, id_number: str, person_id: int | None) -> tuple[int, str] | None:
        """The other living person who holds this valid ID number: id and name."""
        key = id_key(id_number)
        if not key:
            return None
        query = sa.select(person.c.id, person.c.name).where(
            person.c.id_key == key, person.c.life == "ALIVE", person.c.binned_at.is_(None)
        )
        with self._desk.db.read() as conn:
            for number, name in conn.execute(query):
                if number != person_id:
                    return number, name
        return None

    # Parts of queries

    def _tests(self, wanted: PeopleFilter, *, searching: bool) -> list[sa.ColumnElement[bool]]:
        tests: list[sa.ColumnElement[bool]] = [person.c.binned_at.is_(None)]
        if wanted.status == "DECEASED":
            tests.append(person.c.life == "DECEASED")
        elif wanted.status == "REGISTER" and not searching:
            tests += [person.c.life == "ALIVE", person.c.record == "ON_REGISTER"]
        if wanted.unit is not None and wanted.unit in self.trees.by_id:
            link = person.c[LINKS[self.trees.by_id[wanted.unit].tree]]
            tests.append(link.in_(id_list(sorted(self.trees.below(wanted.unit)))))
        if wanted.categories:
            tests.append(person.c.category.in_(wanted.categories))
        tests += self._ages(wanted.age_from, wanted.age_to)
        if wanted.labels:
            tests.append(
                person.c.id.in_(
                    sa.select(person_label.c.person_id).where(person_label.c.label.in_(wanted.labels))
                )
            )
        return tests

    def _ages(self, low: int | None, high: int | None) -> list[sa.ColumnElement[bool]]:
        """Born in such years that the age may lie between; a year or month alone counts as perhaps."""
        today = self._desk.today()
        tests: list[sa.ColumnElement[bool]] = []
        if low is not None:
            year = today.year - low
            day = min(today.day, days_in_month(year, today.month))
            # A year sorts before its months and days, so that 1946 is not after 1946-03-16.
            tests.append(person.c.birth <= f"{year:04}-{today.month:02}-{day:02}")
        if high is not None:
            year = today.year - high - 1
            last = f"{year:04}-{today.month:02}-{min(today.day, days_in_month(year, today.month)):02}"
            tests.append(sa.or_(person.c.birth > last, person.c.birth.in_((last[:4], last[:7]))))
        return tests

    def _ordered(self, query: sa.Select[Any], sort: Sort) -> sa.Select[Any]:
        key, descending = sort.key, sort.descending
        if key == "age":
            key, descending = "birth", not descending
        link = _LINK_OF_KEY.get(key)
        if link:
            ranks = self._ranks()
            query = query.outerjoin_from(person, ranks, ranks.c.unit_id == person.c[link])
            first: list[sa.ColumnElement[Any]] = (
                [ranks.c.rank, person.c.room] if link == "residence_id" else [ranks.c.rank]
            )
        else:
            first = self._sort_keys(key)
        if key == "name":  # nobody is without one; said plainly, the index gives the order
            name = person.c.name_sort.desc() if descending else person.c.name_sort.asc()
            return query.order_by(name, person.c.id.asc())
        ordered = [(part.desc() if descending else part.asc()).nulls_last() for part in first]
        return query.order_by(*ordered, person.c.name_sort.asc(), person.c.id.asc())

    def _ranks(self) -> sa.CTE:
        """Units with their place in tree order; unsorted units come after the sorted ones."""
        order = self.trees.order
        ids = to_json(sorted(order, key=lambda number: order[number]))
        rows = sa.text("SELECT CAST(value AS INTEGER) AS unit_id, key AS rank FROM json_each(:unit_order)")
        listed = rows.bindparams(unit_order=ids).columns(sa.column("unit_id"), sa.column("rank"))
        # A materialised list gets an index of its own; looked into row by row it would be read each time.
        return listed.cte("ranks").prefix_with("MATERIALIZED")

    def _sort_keys(self, key: str) -> list[sa.ColumnElement[Any]]:
        stored = {"name": "name_sort", "former_unit": "unit_sort", "home_address": "address_sort"}
        if key in stored:
            return [person.c[stored[key]]]
        if key == "phones":
            return [sa.func.coalesce(person.c.mobile, person.c.phone, person.c.other_phones)]
        if key == "status":
            return [_status_rank()]
        if key == "labels":
            mine = person_label.c.person_id == person.c.id
            return [sa.select(sa.func.min(person_label.c.label)).where(mine).scalar_subquery()]
        if key == "last_visit":
            mine = visit.c.person_id == person.c.id
            return [sa.select(sa.func.max(visit.c.on_date)).where(mine, *_REAL_VISIT).scalar_subquery()]
        if key.startswith(CUSTOM):
            mine = sa.and_(
                custom_value.c.field_id == int(key.removeprefix(CUSTOM)),
                custom_value.c.person_id == person.c.id,
            )
            own = sa.select(sa.func.coalesce(custom_value.c.sort_key, custom_value.c.text)).where(mine)
            return [own.scalar_subquery()]
        column = COLUMN_BY_KEY.get(key)
        if column is not None and column.choices:
            order = {code: number for number, code in enumerate(column.choices)}
            return [sa.case(order, value=person.c[key], else_=None)]
        return [person.c[key if key in STORED_FIELDS else "name_sort"]]


_LINK_OF_KEY = {
    "party_branch": "party_branch_id",
    "admin_group": "admin_group_id",
    "place": "residence_id",
    **{key: "residence_id" for key in RESIDENCE_FIELDS},
}
_REAL_VISIT = (visit.c.result != "NOT_ATTEMPTED", visit.c.way != CONTACT)


def _status_rank() -> sa.ColumnElement[int]:
    return sa.case(
        (person.c.life == "DECEASED", 5),
        (person.c.record == "ARCHIVED", 4),
        (person.c.record == "MOVED_OUT", 3),
        (person.c.handover == "HANDED_OVER", 2),
        (person.c.contact == "LOST", 1),
        else_=0,
    )


def _last_visits(conn: sa.Connection, ids: Sequence[int]) -> dict[int, str]:
    query = (
        sa.select(visit.c.person_id, sa.func.max(visit.c.on_date))
        .where(visit.c.person_id.in_(id_list(ids)), *_REAL_VISIT)
        .group_by(visit.c.person_id)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def _texts(conn: sa.Connection, table: sa.Table, key: str, ids: Sequence[int]) -> dict[int, dict[Any, str]]:
    query = sa.select(table.c.person_id, table.c[key], table.c.text).where(
        table.c.person_id.in_(id_list(ids))
    )
    found: dict[int, dict[Any, str]] = {}
    for number, name, text in conn.execute(query):
        found.setdefault(number, {})[name] = text or ""
    return found
