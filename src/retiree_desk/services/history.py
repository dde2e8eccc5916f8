"""What was changed, by whom and why; undo and redo from the change log (DECISIONS 1-4)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.errors import RefusedError, UsageError
from retiree_desk.core.history import reason_text
from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.store.changes import Change, id_list, referencing
from retiree_desk.store.database import Database
from retiree_desk.store.schema import change_row, change_set, metadata, person

_DATA_TOPICS = (
    Topic.REGISTRY,
    Topic.UNITS,
    Topic.VISITS,
    Topic.REQUESTS,
    Topic.WELFARE,
    Topic.IMPORTS,
    Topic.SETTINGS,
)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One change as the history shows it."""

    id: int
    at: str
    who: str
    kind: str
    why: tuple[str, dict[str, Any]]
    rows: int
    undone: bool
    undoable: bool
    undo_of: int | None

    @property
    def summary(self) -> str:
        """Why it was made, in the language spoken now."""
        return reason_text(*self.why)


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A record that was edited since and so was not taken back: table, id, name, fields."""

    table: str
    id: int
    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """The change set that took another back (0: nothing was left to take back) and what it left alone."""

    change: int
    left_alone: tuple[LeftAlone, ...] = field(default=())


def _change_set(row: Any) -> ChangeSet:
    code, params = json.loads(row["why"])
    return ChangeSet(
        row["id"],
        row["at"],
        row["who"],
        row["kind"],
        (code, params),
        row["row_count"],
        row["undone_by"] is not None,
        bool(row["undoable"]),
        row["undo_of"],
    )


class History:
    """Lists change sets and takes them back."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self, limit: int = 200, *, person_id: int | None = None) -> list[ChangeSet]:
        """Change sets, newest first; of one person where asked."""
        query = sa.select(change_set).order_by(change_set.c.id.desc()).limit(limit)
        if person_id is not None:
            about = sa.select(change_row.c.change_id).where(
                change_row.c.table_name == "person", change_row.c.row_id == person_id
            )
            query = query.where(change_set.c.id.in_(about))
        with self._db.read() as conn:
            return [_change_set(row) for row in conn.execute(query).mappings()]

    def get(self, change_id: int) -> ChangeSet:
        """One change set. Raises `UsageError` where there is none."""
        with self._db.read() as conn:
            row = conn.execute(sa.select(change_set).where(change_set.c.id == change_id)).mappings().first()
        if row is None:
            raise UsageError("change_unknown", _("There is no change {n}.").format(n=change_id))
        return _change_set(row)

    def next_undo(self, *, after: int = 0, who: str | None = None) -> ChangeSet | None:
        """The newest change set that is neither an undo nor undone; newer than `after`, by `who`."""
        query = (
            sa.select(change_set)
            .where(
                change_set.c.kind.not_in(("undo", "redo")),
                change_set.c.undone_by.is_(None),
                change_set.c.id > after,
            )
            .order_by(change_set.c.id.desc())
            .limit(1)
        )
        if who is not None:
            query = query.where(change_set.c.who == who)
        with self._db.read() as conn:
            row = conn.execute(query).mappings().first()
        return _change_set(row) if row else None

    def next_redo(self, *, after: int = 0, who: str | None = None) -> ChangeSet | None:
        """The newest undo that can be taken back: nothing else was changed since."""
        with self._db.read() as conn:
            query = sa.select(change_set).where(change_set.c.id > after).order_by(change_set.c.id.desc())
            if who is not None:
                query = query.where(change_set.c.who == who)
            for row in conn.execute(query).mappings():
                if row["kind"] == "undo" and row["undone_by"] is None:
                    return _change_set(row)
                if row["kind"] not in ("undo", "redo"):
                    return None
        return None

    def undo(self, change_id: int | None = None, *, force: bool = False) -> Undone:
        """Takes back the given change set, or the newest that can be.

        What was edited since is left alone and listed, unless `force`. Raises `RefusedError` where
        the change set cannot be undone (final lists, printing) or there is nothing to undo.
        """
        target = self.get(change_id) if change_id is not None else self.next_undo()
        if target is None:
            raise RefusedError("nothing_to_undo", _("There is nothing to undo."))
        if target.kind == "undo":
            return self.redo(target.id, force=force)
        if target.kind == "redo":
            target = self.get(self.get(target.undo_of or 0).undo_of or 0)
        if target.undone:
            raise RefusedError("already_undone", _("Change {n} was taken back already.").format(n=target.id))
        return self._reverse(target, "undo", force=force)

    def redo(self, change_id: int | None = None, *, force: bool = False) -> Undone:
        """Takes back an undo. `change_id` names the undone change set or the undo itself."""
        if change_id is None:
            found = self.next_redo()
        else:
            named = self.get(change_id)
            found = named if named.kind == "undo" else self._undo_of(named)
        if found is None or found.undone:
            raise RefusedError("nothing_to_redo", _("There is nothing to redo."))
        return self._reverse(found, "redo", force=force)

    def _undo_of(self, target: ChangeSet) -> ChangeSet | None:
        with self._db.read() as conn:
            number = conn.scalar(sa.select(change_set.c.undone_by).where(change_set.c.id == target.id))
        return self.get(number) if number else None

    def _reverse(self, target: ChangeSet, kind: str, *, force: bool) -> Undone:
        if not target.undoable:
            raise RefusedError(
                "not_undoable",
                _(
                    "“{what}” cannot be undone: final lists, numbers and printed papers stay."
                    " Nothing was changed."
                ).format(what=target.summary),
            )
        original = target if kind == "undo" else self.get(target.undo_of or 0)
        with self._db.write(
            *_DATA_TOPICS,
            why=kind,
            params={"what": list(original.why)},
            kind=kind,
            undo_of=target.id,
        ) as change:
            left = _Reversal(change, target.id, force=force).run()
            if change.rows:
                undone_by = (
                    change_set.update().where(change_set.c.id == target.id).values(undone_by=change.id)
                )
                change.conn.execute(undone_by)
                if kind == "redo":
                    # The first change is in force again, and can be undone again.
                    again = change_set.update().where(change_set.c.id == original.id).values(undone_by=None)
                    change.conn.execute(again)
        return Undone(change.id if change.rows else 0, tuple(left))


class _Reversal:
    """Takes one change set back, table by table in the reverse order of writing."""

    def __init__(self, change: Change, target: int, *, force: bool) -> None:
        self.change = change
        self.conn = change.conn
        self.target = target
        self.force = force
        self.left: list[LeftAlone] = []

    def run(self) -> list[LeftAlone]:
        query = (
            sa.select(
                change_row.c.id,
                change_row.c.table_name,
                change_row.c.row_id,
                change_row.c.op,
                change_row.c.data,
            )
            .where(change_row.c.change_id == self.target)
            .order_by(change_row.c.id.desc())
        )
        for table_name, op, rows in _runs(self.conn.execute(query).all()):
            table = metadata.tables[table_name]
            if op == "I":
                self._take_out(table, [row.row_id for row in rows])
            elif op == "D":
                # The log is read backwards, so rows come back in the order they were made.
                self._put_back(table, [json.loads(row.data) for row in reversed(rows)])
            else:
                self._set_back(table, rows)
        return self.left

    def _leave(self, table: sa.Table, numbers: Iterable[int], fields: tuple[str, ...] = ()) -> None:
        wanted = sorted(set(numbers))
        if not wanted:
            return
        names: dict[int, str] = {}
        source = person.c.id if table is person else table.c.get("person_id")
        if source is not None:
            query = sa.select(table.c.id, person.c.name)
            query = query.select_from(table if table is person else table.join(person, source == person.c.id))
            names = {
                row[0]: row[1] for row in self.conn.execute(query.where(table.c.id.in_(id_list(wanted))))
            }
        self.left += [LeftAlone(table.name, number, names.get(number, ""), fields) for number in wanted]

    def _edited_since(self, table: sa.Table, numbers: Sequence[int]) -> set[int]:
        """Rows that a later change set, itself still in force, changed."""
        query = (
            sa.select(change_row.c.row_id)
            .join(change_set, change_set.c.id == change_row.c.change_id)
            .where(
                change_row.c.table_name == table.name,
                change_row.c.row_id.in_(id_list(numbers)),
                change_row.c.change_id > self.target,
                change_row.c.change_id != self.change.id,
                change_set.c.undone_by.is_(None),
                change_set.c.kind.not_in(("undo", "redo")),
            )
        )
        return set(self.conn.scalars(query))

    def _take_out(self, table: sa.Table, numbers: list[int]) -> None:
        keep: set[int] = set()
        if not self.force:
            keep = self._edited_since(table, numbers)
        for column in referencing(table):
            if column.table is not table:
                query = sa.select(column).where(column.in_(id_list(numbers)))
                keep |= set(self.conn.scalars(query))
        for column in referencing(table):
            if column.table is table:
                keep |= self._held_by_own_table(column, numbers, keep)
        self._leave(table, keep)
        self.change.delete(table, [number for number in numbers if number not in keep])

    def _held_by_own_table(self, column: sa.Column[Any], numbers: list[int], keep: set[int]) -> set[int]:
        """Rows that a staying row of the same table points at (a unit with units below it, a spouse)."""
        going = set(numbers) - keep
        query = sa.select(column.table.c.id, column).where(column.in_(id_list(numbers)))
        links = [(row[0], row[1]) for row in self.conn.execute(query)]
        held: set[int] = set()
        while True:
            more = {to for source, to in links if to in going and source not in going}
            if not more:
                return held
            held |= more
            going -= more

    def _put_back(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        there = set(
            self.conn.scalars(sa.select(table.c.id).where(table.c.id.in_(id_list(row["id"] for row in rows))))
        )
        self.change.insert(table, [row for row in rows if row["id"] not in there])

    def _set_back(self, table: sa.Table, rows: Sequence[Any]) -> None:
        wanted = {row.row_id: json.loads(row.data) for row in rows}
        names = sorted({name for pairs in wanted.values() for name in pairs})
        query = sa.select(table.c.id, *(table.c[name] for name in names)).where(
            table.c.id.in_(id_list(wanted))
        )
        updates: dict[int, dict[str, Any]] = {}
        for now in self.conn.execute(query).mappings():
            pairs = wanted[now["id"]]
            back, kept = {}, []
            for name, (old, new) in pairs.items():
                if now[name] == new or self.force:
                    back[name] = old
                elif now[name] != old:
                    kept.append(name)
            if back:
                updates[now["id"]] = back
            if kept:
                self._leave(table, [now["id"]], tuple(kept))
        self.change.update(table, updates)


def _runs(rows: Sequence[Any]) -> Iterable[tuple[str, str, list[Any]]]:
    """Neighbouring log rows of one table and kind together, each row at most once per run."""
    part: list[Any] = []
    seen: set[int] = set()
    for row in rows:
        if part and (row.table_name != part[0].table_name or row.op != part[0].op or row.row_id in seen):
            yield part[0].table_name, part[0].op, part
            part, seen = [], set()
        part.append(row)
        seen.add(row.row_id)
    if part:
        yield part[0].table_name, part[0].op, part
