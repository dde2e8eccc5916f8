"""The three trees of units: management, party and residence (PRODUCT.md, OFFICE 1.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import sqlalchemy as sa

from retiree_desk.core.names import name_key, sort_key
from retiree_desk.core.units import building_key, place_key
from retiree_desk.i18n import N_, _
from retiree_desk.store.changes import Change, id_list
from retiree_desk.store.database import Database
from retiree_desk.store.schema import person, unit

TREES = {
    "MANAGEMENT": N_("Management tree"),
    "PARTY": N_("Party tree"),
    "RESIDENCE": N_("Residence tree"),
}
# The field of a person that points into each tree, and the kinds of units the fields of residence name.
LINKS = {"PARTY": "party_branch_id", "MANAGEMENT": "admin_group_id", "RESIDENCE": "residence_id"}
TREE_OF_FIELD = {"party_branch": "PARTY", "admin_group": "MANAGEMENT"}
RESIDENCE_KIND_OF_FIELD = {"area": "AREA", "building": "BUILDING", "unit_no": "ENTRANCE"}


def unit_match_key(kind: str, name: str) -> str:
    """How names of one kind are compared: buildings and entrances by their number, others without blanks."""
    if kind in ("BUILDING", "ENTRANCE"):
        return building_key(name)
    return name_key(name)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a tree. `name` is what people see; `builtin` UNSORTED is where new ones wait."""

    id: int
    tree: str
    kind: str
    parent_id: int | None
    name: str
    builtin: str = ""
    match_key: str = ""
    sort_no: int | None = None
    head: str = ""
    head_phone: str = ""

    @property
    def title(self) -> str:
        """The name, or the word for the built-in place of unsorted units."""
        return _("Unsorted") if self.builtin == "UNSORTED" else self.name


@dataclass(frozen=True)
class UnitTrees:
    """All units at one moment, with what follows from their parents."""

    by_id: Mapping[int, Unit] = field(default_factory=dict)

    @cached_property
    def children(self) -> dict[int | None, list[Unit]]:
        """The units below each (None: the roots), in tree order."""
        found: dict[int | None, list[Unit]] = {}
        for item in self.by_id.values():
            found.setdefault(item.parent_id, []).append(item)
        for below in found.values():
            below.sort(
                key=lambda one: (
                    one.builtin == "UNSORTED",
                    one.sort_no is None,
                    one.sort_no or 0,
                    tuple((isinstance(part, str), part) for part in place_key(one.name)),
                    sort_key(one.name),
                )
            )
        return found

    def roots(self, tree: str) -> list[Unit]:
        """The top units of one tree, in tree order."""
        return [item for item in self.children.get(None, []) if item.tree == tree]

    def chain(self, unit_id: int | None) -> list[Unit]:
        """The unit and those above it, from the top; the built-in unsorted place is left out."""
        found: list[Unit] = []
        while unit_id is not None and unit_id in self.by_id and len(found) < 20:
            item = self.by_id[unit_id]
            if item.builtin != "UNSORTED":
                found.append(item)
            unit_id = item.parent_id
        found.reverse()
        return found

    def below(self, unit_id: int) -> set[int]:
        """The unit's id and all below it."""
        found = {unit_id}
        todo = [unit_id]
        while todo:
            for item in self.children.get(todo.pop(), []):
                if item.id not in found:
                    found.add(item.id)
                    todo.append(item.id)
        return found

    @cached_property
    def residence_names(self) -> dict[int, dict[str, str]]:
        """For each residence unit the fields `area`, `building`, `unit_no` it stands for."""
        kinds = {kind: key for key, kind in RESIDENCE_KIND_OF_FIELD.items()}
        return {
            number: {kinds[one.kind]: one.name for one in self.chain(number) if one.kind in kinds}
            for number, item in self.by_id.items()
            if item.tree == "RESIDENCE"
        }

    @cached_property
    def order(self) -> dict[int, int]:
        """Each unit's place in tree order, for sorting people by unit."""
        found: dict[int, int] = {}

        def walk(items: Iterable[Unit]) -> None:
            for item in items:
                found[item.id] = len(found)
                walk(self.children.get(item.id, []))

        walk(self.children.get(None, []))
        return found

    @cached_property
    def names_above(self) -> dict[str, frozenset[str]]:
        """For each unit name the names of the units above it (`core.conditions.holds`)."""
        found: dict[str, frozenset[str]] = {}
        for number, item in self.by_id.items():
            above = frozenset(one.name for one in self.chain(number) if one.id != number)
            found[item.name] = found.get(item.name, frozenset()) | above
        return found

    def named(self, name: str, tree: str | None = None) -> list[Unit]:
        """Units of that name (compared without blanks), in any or one tree."""
        wanted = name_key(name)
        return [
            item
            for item in self.by_id.values()
            if (tree is None or item.tree == tree)
            and (name_key(item.name) == wanted or (item.match_key and item.match_key == wanted))
        ]


class Units:
    """Reads the trees and makes units that an import or a clerk names."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: tuple[int, UnitTrees] | None = None

    def trees(self, conn: sa.Connection | None = None) -> UnitTrees:
        """All units as they are now. Within a change set hand its connection in, to see its own units."""
        if conn is not None:
            return self._read(conn)
        generation = self._db.generation
        if self._db.writable and self._known and self._known[0] == generation:
            return self._known[1]
        with self._db.read() as opened:
            found = self._read(opened)
        self._known = (generation, found)
        return found

    def _read(self, conn: sa.Connection) -> UnitTrees:
        rows = conn.execute(sa.select(unit)).mappings()
        return UnitTrees(
            {
                row["id"]: Unit(
                    row["id"],
                    row["tree"],
                    row["kind"] or "",
                    row["parent_id"],
                    row["name"],
                    row["builtin"] or "",
                    row["match_key"] or "",
                    row["sort_no"],
                    row["head"] or "",
                    row["head_phone"] or "",
                )
                for row in rows
            }
        )

    def people_in(self, field: str, name: str) -> set[int]:
        """The ids of everybody in the units a field's value names, and in all units below them.

        Buildings and entrances are known by their number too: `7` is 7号楼.
        """
        trees = self.trees()
        tree = TREE_OF_FIELD.get(field, "RESIDENCE")
        wanted: set[int] = set()
        for one in trees.by_id.values():
            if one.tree != tree or one.builtin or one.kind in _TOO_LOW.get(field, ()):
                continue
            same = name_key(one.name) == name_key(name)
            if same or (one.match_key and one.match_key == unit_match_key(one.kind, name)):
                wanted |= trees.below(one.id)
        with self._db.read() as conn:
            query = sa.select(person.c.id).where(person.c[LINKS[tree]].in_(id_list(wanted)))
            return set(conn.scalars(query))

    def counts(self) -> dict[int, int]:
        """Living people on the register per unit they belong to directly."""
        found: dict[int, int] = {}
        with self._db.read() as conn:
            for column in LINKS.values():
                query = (
                    sa.select(person.c[column], sa.func.count())
                    .where(
                        person.c[column].is_not(None), person.c.binned_at.is_(None), person.c.life == "ALIVE"
                    )
                    .group_by(person.c[column])
                )
                found.update({row[0]: row[1] for row in conn.execute(query)})
        return found


# Which units a field of the residence tree may name: not the ones below its own kind.
_TOO_LOW = {"area": ("BUILDING", "ENTRANCE"), "building": ("ENTRANCE",), "unit_no": ()}


class UnitMaker:
    """Finds or makes units inside one change set; what it makes waits below the unsorted place.

    `made` names the units that did not exist before, for telling the clerk once each.
    """

    def __init__(self, change: Change, trees: UnitTrees, *, sorted_place: bool = False) -> None:
        self._change = change
        self._sorted = sorted_place
        self._keys: dict[tuple[str, str, int | None, str], int] = {}
        self._any: dict[tuple[str, str, str], int] = {}
        self._unsorted: dict[str, int] = {}
        self.made: list[str] = []
        for item in trees.by_id.values():
            if item.builtin == "UNSORTED":
                self._unsorted[item.tree] = item.id
                continue
            self._remember(item.id, item.tree, item.kind, item.parent_id, item.match_key)

    def _remember(self, number: int, tree: str, kind: str, parent: int | None, key: str) -> None:
        self._keys.setdefault((tree, kind, parent, key), number)
        self._any.setdefault((tree, "" if tree != "RESIDENCE" else kind, key), number)

    def _unsorted_id(self, tree: str) -> int | None:
        if self._sorted:
            return None
        if tree not in self._unsorted:
            row = {"tree": tree, "kind": "UNSORTED", "name": "", "builtin": "UNSORTED", "match_key": ""}
            self._unsorted[tree] = self._change.insert(unit, [row])[0]
        return self._unsorted[tree]

    def _make(self, tree: str, kind: str, parent: int | None, name: str, key: str) -> int:
        row = {
            "tree": tree,
            "kind": kind,
            "parent_id": parent,
            "name": name,
            "match_key": key,
            "sort_key": sort_key(name),
        }
        number = self._change.insert(unit, [row])[0]
        self._remember(number, tree, kind, parent, key)
        self.made.append(name)
        return number

    def group(self, tree: str, name: str) -> int:
        """The unit of that name in the party or management tree, made below unsorted if unknown."""
        key = unit_match_key("", name)
        known = self._any.get((tree, "", key))
        if known is not None:
            return known
        return self._make(
            tree, "GROUP" if tree == "MANAGEMENT" else "BRANCH", self._unsorted_id(tree), name, key
        )

    def residence(self, area: str, building: str, entrance: str) -> int | None:
        """The deepest residence unit the three names say; None where all are empty."""
        number: int | None = None
        for kind, name in (("AREA", area), ("BUILDING", building), ("ENTRANCE", entrance)):
            if not name:
                continue
            key = unit_match_key(kind, name)
            if number is None and kind == "AREA":
                # An area is known by its name wherever it hangs; buildings only below their area.
                known = self._any.get(("RESIDENCE", "AREA", key))
            else:
                parent = number if number is not None else self._unsorted_id("RESIDENCE")
                known = self._keys.get(("RESIDENCE", kind, parent, key))
            if known is None:
                parent = number if number is not None else self._unsorted_id("RESIDENCE")
                known = self._make("RESIDENCE", kind, parent, name, key)
            number = known
        return number
