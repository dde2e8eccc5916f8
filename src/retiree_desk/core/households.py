"""Couples among the people of the registry: who lives and is visited together (OFFICE R8)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Member(NamedTuple):
    """What pairing looks at. `home`: where the person lives, compared as it is; '' = not known."""

    id: int
    name: str
    spouse_name: str = ""
    sex: str = ""
    home: str = ""
    spouse_id: int | None = None


def couples(members: Iterable[Member]) -> dict[int, int]:
    """Each married person's spouse among the members, both ways.

    A link that the record holds counts. Else two people are a couple when each names the other, or one
    names the other at the same address, and nobody else could be meant. Same sexes are never paired so.
    """
    everybody = {one.id: one for one in members}
    found: dict[int, int] = {}
    for one in everybody.values():
        other = everybody.get(one.spouse_id) if one.spouse_id else None
        if other is not None and one.id not in found and other.id not in found:
            found[one.id], found[other.id] = other.id, one.id
    wanted = {one.spouse_name for one in everybody.values() if one.spouse_name}
    named: dict[str, list[Member]] = {}
    for one in everybody.values():
        if one.name in wanted:
            named.setdefault(one.name, []).append(one)
    for one in everybody.values():
        if not one.spouse_name or one.id in found:
            continue
        meant = [other for other in named.get(one.spouse_name, ()) if _can_be(one, other, found)]
        if len(meant) == 1 and _only_one(meant[0], one, everybody, named, found):
            found[one.id], found[meant[0].id] = meant[0].id, one.id
    return found


def _can_be(one: Member, other: Member, found: Mapping[int, int]) -> bool:
    if other.id == one.id or other.id in found or (one.sex and one.sex == other.sex):
        return False
    same_home = bool(one.home) and one.home == other.home
    if other.spouse_name:
        return other.spouse_name == one.name and (same_home or not one.home or not other.home)
    return same_home


def _only_one(
    other: Member,
    one: Member,
    everybody: Mapping[int, Member],
    named: Mapping[str, list[Member]],
    found: Mapping[int, int],
) -> bool:
    """Whether nobody else of the same name could be the one that `other` names."""
    if not other.spouse_name:
        return True
    rivals = [each for each in named.get(one.name, ()) if each.id != one.id and _can_be(other, each, found)]
    return not [each for each in rivals if each.spouse_name == other.name]
