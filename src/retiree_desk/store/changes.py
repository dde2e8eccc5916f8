"""The one way to write: rows and their log entries together (DECISIONS 1).

A `Change` is one change set inside one transaction. It writes with executemany, logs the inverse
data of every row, and keeps what is derived from a row (sort keys, search index) in step.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.identity import id_key
from retiree_desk.core.names import initials, name_key, name_sort_key, pinyin_of, sort_key
from retiree_desk.core.units import place_key
from retiree_desk.store import search
from retiree_desk.store.schema import change_row, metadata, person

Row = Mapping[str, Any]
_CHUNK = 10_000

# Above this many rows at once a fresh index entry is cheaper made in bulk.
_sort_key = lru_cache(maxsize=65536)(sort_key)


@lru_cache(maxsize=262144)
def _name_keys(name: str) -> dict[str, str]:
    return {
        "name_key": name_key(name),
        "name_sort": name_sort_key(name),
        "pinyin": pinyin_of(name).replace(" ", ""),
        "initials": initials(name),
    }


def address_key(text: str) -> str:
    """Binary-comparable text that sorts addresses with their numbers as numbers."""
    parts = (f"{part:08d}" if isinstance(part, int) else _sort_key(str(part)) for part in place_key(text))
    return "\x1f".join(parts)


def _person_keys(row: Row) -> dict[str, Any]:
    """The derived columns that follow from the fields in this row."""
    keys: dict[str, Any] = {}
    if "name" in row:
        keys |= _name_keys(row["name"] or "")
    if "id_number" in row:
        keys["id_key"] = id_key(row["id_number"]) or None if row["id_number"] else None
    if "former_unit" in row:
        keys["unit_sort"] = _sort_key(row["former_unit"]) if row["former_unit"] else None
    if "home_address" in row:
        keys["address_sort"] = address_key(row["home_address"]) if row["home_address"] else None
    return keys


DERIVED: dict[str, Callable[[Row], dict[str, Any]]] = {"person": _person_keys}
_KEY_SOURCES = {"person": frozenset({"name", "id_number", "former_unit", "home_address"})}
PERSON_DERIVED = frozenset(
    {"name_key", "name_sort", "pinyin", "initials", "id_key", "unit_sort", "address_sort"}
)


def to_json(data: object) -> str:
    """Compact JSON with Chinese kept readable."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def id_list(ids: Iterable[int]) -> sa.Select[Any]:
    """Any number of ids as a subselect, without a bind parameter each."""
    return sa.select(sa.text("value")).select_from(
        sa.text("json_each(:id_list)").bindparams(id_list=to_json(list(ids)))
    )


class Change:
    """One change set being written. Made by `Database.write`; ends with its transaction."""

    def __init__(self, conn: sa.Connection, change_id: int) -> None:
        self.conn = conn
        self.id = change_id
        self.rows = 0
        self._reindex: set[int] = set()
        self._fresh: set[int] = set()

    def _log(self, entries: list[dict[str, Any]]) -> None:
        if entries:
            self.conn.execute(change_row.insert(), entries)
            self.rows += len(entries)

    def _next_id(self, table: sa.Table) -> int:
        used = self.conn.exec_driver_sql(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)
        ).scalar()
        return int(used or 0) + 1

    def insert(self, table: sa.Table, rows: Sequence[Row]) -> list[int]:
        """Adds rows and returns their ids, in order. A row that brings an `id` keeps it (undo)."""
        if not rows:
            return []
        following = self._next_id(table)
        derive = DERIVED.get(table.name)
        names = {key for row in rows for key in row}
        full: list[dict[str, Any]] = []
        ids: list[int] = []
        blank = {name: None for name in names if table.c[name].server_default is None}
        uneven = {name for name in names if table.c[name].server_default is not None}
        for row in rows:
            new = {**blank, **row}
            for name in uneven:
                if new.get(name) is None:
                    new[name] = table.c[name].server_default.arg  # type: ignore[union-attr]
            if new.get("id") is None:
                new["id"] = following
                following += 1
            if derive:
                new |= derive(
                    {"name": "", "id_number": None, "former_unit": None, "home_address": None} | new
                )
            ids.append(new["id"])
            full.append(new)
        for start in range(0, len(full), _CHUNK):
            self.conn.execute(table.insert(), full[start : start + _CHUNK])
        self._log(
            [
                {"change_id": self.id, "table_name": table.name, "row_id": number, "op": "I", "data": None}
                for number in ids
            ]
        )
        if table is person:
            self._fresh.update(ids)
        return ids

    def update(self, table: sa.Table, changes: Mapping[int, Row]) -> int:
        """Sets columns of rows by id; what already holds the value is neither written nor logged.

        Returns how many rows changed. Rows that are not there are passed over.
        """
        if not changes:
            return 0
        derive = DERIVED.get(table.name)
        sources = _KEY_SOURCES.get(table.name, frozenset())
        names = sorted({key for row in changes.values() for key in row})
        entries: list[dict[str, Any]] = []
        by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        ids = list(changes)
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            query = sa.select(table.c.id, *(table.c[name] for name in names)).where(
                table.c.id.in_(id_list(part))
            )
            for old in self.conn.execute(query).mappings():
                number = old["id"]
                new = {key: value for key, value in changes[number].items() if old[key] != value}
                if not new:
                    continue
                pairs = {key: [old[key], value] for key, value in new.items()}
                entries.append(
                    {
                        "change_id": self.id,
                        "table_name": table.name,
                        "row_id": number,
                        "op": "U",
                        "data": to_json(pairs),
                    }
                )
                if derive and not sources.isdisjoint(new):
                    new |= derive(new)
                if table is person and not search.INDEXED_FIELDS.isdisjoint(new):
                    self._reindex.add(number)
                by_columns.setdefault(tuple(sorted(new)), []).append({"row_id_": number, **new})
        for columns, rows in by_columns.items():
            statement = (
                table.update()
                .where(table.c.id == sa.bindparam("row_id_"))
                .values({name: sa.bindparam(name) for name in columns})
            )
            self.conn.execute(statement, rows)
        self._log(entries)
        return len(entries)

    def delete(self, table: sa.Table, ids: Sequence[int]) -> int:
        """Removes rows, keeping each whole in the log. Returns how many there were."""
        entries: list[dict[str, Any]] = []
        columns = [column for column in table.c if column.name not in PERSON_DERIVED]
        for start in range(0, len(ids), _CHUNK):
            part = list(ids[start : start + _CHUNK])
            where = table.c.id.in_(id_list(part))
            for row in self.conn.execute(sa.select(*columns).where(where)).mappings():
                entries.append(
                    {
                        "change_id": self.id,
                        "table_name": table.name,
                        "row_id": row["id"],
                        "op": "D",
                        "data": to_json(dict(row)),
                    }
                )
            self.conn.execute(table.delete().where(where))
        self._log(entries)
        if table is person:
            gone = {entry["row_id"] for entry in entries}
            self._reindex |= gone
            self._fresh -= gone
        return len(entries)

    def finish(self) -> None:
        """Brings the search index in step; called once, before commit."""
        search.reindex(self.conn, self._fresh - self._reindex, fresh=True)
        search.reindex(self.conn, self._reindex)


def referencing(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of other tables (and of this one) that point at rows of `table`."""
    return [
        column
        for other in metadata.tables.values()
        for column in other.c
        for key in column.foreign_keys
        if key.column.table is table
    ]
