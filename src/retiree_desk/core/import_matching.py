"""Which person of the registry a row means (DECISIONS 14).

By valid ID number; by staff number with name; by name with full birth date. Two different valid ID
numbers never match, whatever else agrees. Where only the name agrees nothing is guessed: the clerk
is asked, unless the row says exactly what is held.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from retiree_desk.core.names import name_key


@dataclass(frozen=True, slots=True)
class Facts:
    """What people are matched by. `id_key` is '' unless the number is valid; dates as stored."""

    name: str  # as `name_key` gives it
    id_key: str = ""
    id_number: str = ""
    employee_no: str = ""
    birth: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What was found: one person (a position in the registry's list) and by what; or nobody; or a
    question with its `code` and the people it is about."""

    person: int | None = None
    by: str = ""
    code: str = ""
    candidates: tuple[int, ...] = ()


NOBODY = Match()


def agrees(one: str, other: str) -> bool:
    """Whether two dates say the same as far as both are known; an empty one agrees with any."""
    return one.startswith(other) or other.startswith(one)


def contradict(one: Facts, other: Facts) -> bool:
    """Whether two sets of facts cannot be of one person."""
    if one.id_key and other.id_key and one.id_key != other.id_key:
        return True
    return not agrees(one.birth, other.birth) or bool(
        one.employee_no and other.employee_no and one.employee_no != other.employee_no
    )


class Matcher:
    """Finds people among those held. `facts` and `former_names` are lists over the same people."""

    def __init__(self, facts: Sequence[Facts], former_names: Mapping[int, str]) -> None:
        self._facts = facts
        self._former = former_names
        self._by_id: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_staff: dict[tuple[str, str], list[int]] = {}
        self._by_birth: dict[tuple[str, str], list[int]] = {}
        for at, one in enumerate(facts):
            if one.id_key:
                self._by_id.setdefault(one.id_key, []).append(at)
            self._by_name.setdefault(one.name, []).append(at)
            if one.employee_no:
                self._by_staff.setdefault((one.employee_no, one.name), []).append(at)
            if len(one.birth) == 10:
                self._by_birth.setdefault((one.name, one.birth), []).append(at)

    def match(self, row: Facts, same: Callable[[int], bool]) -> Match:
        """The person a row means. `same(at)` tells whether the row says nothing that is not held."""
        if row.id_key:
            holders = self._by_id.get(row.id_key)
            if holders:
                return self._holder(row, holders)
        for by, found in (
            ("employee_no", self._by_staff.get((row.employee_no, row.name), ()) if row.employee_no else ()),
            ("name_birth", self._by_birth.get((row.name, row.birth), ()) if len(row.birth) == 10 else ()),
        ):
            possible = [at for at in found if not self._other_id(row, at)]
            if len(possible) == 1:
                return Match(possible[0], by)
            if possible:
                exact = [at for at in possible if same(at)]
                return Match(exact[0], by) if exact else Match(None, "", "match_ambiguous", tuple(possible))
        return self._namesakes(row, same)

    def _holder(self, row: Facts, holders: Sequence[int]) -> Match:
        named = [at for at in holders if self._facts[at].name == row.name]
        named = named or [at for at in holders if row.name == name_key(self._former.get(at, ""))]
        if len(named) == 1:
            return Match(named[0], "id_number")
        return Match(None, "", "match_ambiguous" if named else "id_conflict", tuple(named or holders))

    def _other_id(self, row: Facts, at: int) -> bool:
        held = self._facts[at].id_key
        return bool(held and row.id_key and held != row.id_key)

    def _namesakes(self, row: Facts, same: Callable[[int], bool]) -> Match:
        possible = [at for at in self._by_name.get(row.name, ()) if not contradict(row, self._facts[at])]
        if not possible:
            return NOBODY
        if row.id_number and not row.id_key:
            wrong = [at for at in possible if self._facts[at].id_number == row.id_number]
            if len(wrong) == 1:  # the same mistyped number and the same name
                return Match(wrong[0], "id_text")
        exact = [at for at in possible if same(at)]
        if exact:
            return Match(exact[0], "content")
        return Match(None, "", "same_name", tuple(possible))


def groups(rows: Iterable[tuple[int, Facts, int | None, str]]) -> list[list[int]]:
    """Rows of one batch that mean one person: lists of two and more row positions.

    Each row comes with its facts, the person it matched if any, and a key of all it says (for rows
    that tell nothing a person could be known by).
    """
    leader: dict[object, int] = {}
    facts: dict[int, Facts] = {}
    parent: dict[int, int] = {}

    def top(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    joined = False
    for at, row, person, content in rows:
        facts[at] = row
        parent[at] = at
        keys: list[object] = []
        if person is not None:
            keys.append(person)
        if row.id_key:
            keys.append(row.id_key)
        if row.employee_no:
            keys.append((row.employee_no, row.name))
        if len(row.birth) == 10:
            keys.append((row.name, row.birth))
        if row.id_number and not row.id_key:
            keys.append(("", row.name, row.id_number))
        if content:
            keys.append((content,))
        for key in keys:
            first = leader.setdefault(key, at)
            if first == at:
                continue
            other = facts[first]
            if row.id_key and other.id_key and row.id_key != other.id_key:
                continue
            parent[top(at)] = top(first)
            joined = True
    if not joined:
        return []
    found: dict[int, list[int]] = {}
    for at in parent:
        found.setdefault(top(at), []).append(at)
    return [members for members in found.values() if len(members) > 1]
