"""What the registry holds, column by column, for comparing a whole file with it at once."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import sqlalchemy as sa

from retiree_desk.core.import_columns import CUSTOM_PREFIX
from retiree_desk.core.import_matching import Facts, Matcher
from retiree_desk.core.retirees import RESIDENCE_FIELDS, STORED_FIELDS
from retiree_desk.services.registry import labels_of
from retiree_desk.services.units import TREE_OF_FIELD, UnitTrees
from retiree_desk.store.schema import custom_field, custom_value, person, refused_value, unread_value

# Beside the refused values: the text of a cell that could not be understood, remembered with its field.
UNREAD_PREFIX = "unread:"
_KEYS = ("id", "name_key", "id_key", "party_branch_id", "admin_group_id", "residence_id")
_LINK_OF_FIELD = {"party_branch": "party_branch_id", "admin_group": "admin_group_id"}


class Kept(NamedTuple):
    """A value of a side table with the id of its row."""

    row: int
    text: str


class Held:
    """Everybody not in the bin, as columns over one list of people."""

    def __init__(self, conn: sa.Connection, trees: UnitTrees) -> None:
        self._trees = trees
        names = (*_KEYS, *STORED_FIELDS)
        query = (
            sa.select(*(person.c[name] for name in names))
            .where(person.c.binned_at.is_(None))
            .order_by(person.c.id)
        )
        # The driver's own cursor: a row object each would cost as much as reading the file.
        cursor = conn.connection.cursor()
        cursor.execute(str(query.compile(dialect=conn.dialect, compile_kwargs={"literal_binds": True})))
        rows = cursor.fetchall()
        columns: Sequence[Sequence[object]] = list(zip(*rows, strict=True)) if rows else [()] * len(names)
        self._stored = dict(zip(names, columns, strict=True))
        self._columns: dict[str, Sequence[str]] = {}
        self.ids: list[int] = [int(number) for number in self._stored["id"]]  # type: ignore[call-overload]
        self.count = len(self.ids)
        self.at = {number: at for at, number in enumerate(self.ids)}
        self._labels = labels_of(conn, None)
        self.custom_ids: dict[str, int] = {
            row.name: row.id for row in conn.execute(sa.select(custom_field.c.id, custom_field.c.name))
        }
        self.custom: dict[int, dict[int, Kept]] = {}
        for row in conn.execute(
            sa.select(
                custom_value.c.id, custom_value.c.person_id, custom_value.c.field_id, custom_value.c.text
            )
        ):
            self.custom.setdefault(row[2], {})[row[1]] = Kept(row[0], row[3] or "")
        self.unread = _beside(conn, unread_value)
        self.refused = _beside(conn, refused_value)
        # What is not proposed again: refused values, and text known to be unreadable.
        self.answers = self.refused

    def propose_again(self) -> None:
        """Every value of the file is wanted: what was refused before is proposed again (`--accept all`)."""
        self.answers = {key: kept for key, kept in self.refused.items() if key[1].startswith(UNREAD_PREFIX)}

    def prepare(self) -> None:
        """Does ahead what every comparison asks for (while the file is still being read)."""
        for key in STORED_FIELDS:
            self.column(key)
        _ = self.matcher  # made at the first use

    @cached_property
    def matcher(self) -> Matcher:
        """Finds people among those held."""
        facts = zip(
            *(self.column(key) for key in ("name_key", "id_key", "id_number", "employee_no", "birth")),
            strict=True,
        )
        former = {at: name for at, name in enumerate(self.column("former_name")) if name}
        return Matcher([Facts(*each) for each in facts], former)

    def column(self, key: str) -> Sequence[str]:
        """The values of a field (or `custom:` field) over all people, '' where empty."""
        found = self._columns.get(key)
        if found is None:
            found = self._columns[key] = self._made(key)
        return found

    def _made(self, key: str) -> Sequence[str]:
        if key.startswith(CUSTOM_PREFIX):
            values = self.custom.get(self.custom_ids.get(key.removeprefix(CUSTOM_PREFIX), 0), {})
            return [values[number].text if number in values else "" for number in self.ids]
        if key == "labels":
            return [self._labels.get(number, "") for number in self.ids]
        if key in _LINK_OF_FIELD:
            names = {number: unit.name for number, unit in self._trees.by_id.items() if not unit.builtin}
            return [names.get(link, "") for link in self._stored[_LINK_OF_FIELD[key]]]  # type: ignore[call-overload]
        if key in RESIDENCE_FIELDS:
            places = self._trees.residence_names
            return [places.get(link, {}).get(key, "") for link in self._stored["residence_id"]]  # type: ignore[call-overload]
        if key == "sort_no":
            return [str(value) if value is not None else "" for value in self._stored[key]]
        return [value or "" for value in self._stored[key]]  # type: ignore[misc]

    def units_above(self, tree: str) -> list[frozenset[str]]:
        """For each person the names of their unit in a tree and of all above it."""
        link = next((f"{key}_id" for key, of in TREE_OF_FIELD.items() if of == tree), "residence_id")
        chains: dict[object, frozenset[str]] = {None: frozenset()}
        for number in set(self._stored[link]) - {None}:
            chains[number] = frozenset(unit.name for unit in self._trees.chain(number))  # type: ignore[arg-type]
        return [chains[number] for number in self._stored[link]]


def _beside(conn: sa.Connection, table: sa.Table) -> dict[tuple[int, str], Kept]:
    query = sa.select(table.c.id, table.c.person_id, table.c.field, table.c.text)
    return {(row[1], row[2]): Kept(row[0], row[3]) for row in conn.execute(query)}
