"""The made-up people of a retiree office, the same for the same seed."""

from __future__ import annotations

from datetime import date
from random import Random

from retiree_desk.sample import material as m
from retiree_desk.sample.person import Person
from retiree_desk.sample.person_maker import PersonMaker


def branch_names(size: int) -> list[str]:
    """The office's party branches: one for about 40 people, at least four, each name once."""
    wanted = min(max(4, size // 40), len(m.GENERAL_BRANCHES) * len(m.BRANCH_ORDINALS))
    generals = m.GENERAL_BRANCHES[: max(2, min(len(m.GENERAL_BRANCHES), wanted // 2))]
    names = [f"{general}{ordinal}党支部" for ordinal in m.BRANCH_ORDINALS for general in generals]
    return sorted(names[:wanted], key=lambda name: (m.GENERAL_BRANCHES.index(name[:2]), names.index(name)))


def make_people(count: int, seed: int, today: date) -> list[Person]:
    """The office's people and, behind them, the newcomers that only HR knows (about one in fifty).

    The first `count` are on the register. Raises ValueError for fewer than one person.
    """
    if count < 1:
        raise ValueError("at least one person")
    rng = Random(seed)
    maker = PersonMaker(rng, today, branch_names(count))
    people = [maker.make(index) for index in range(count)]
    _make_couples(maker, people, rng)
    people.extend(maker.make(count + extra, newcomer=True) for extra in range(max(3, count // 50)))
    return people


def _make_couples(maker: PersonMaker, people: list[Person], rng: Random) -> None:
    """Marry about one person in eight to somebody of like age who is on the register too."""
    waiting: dict[int, Person] = {}
    wanted = max(2, len(people) // 16)
    for person in people:
        if wanted == 0:
            return
        if person.index % 3 == 1 or not person.is_on_hr_list or person["category"] == "SURVIVOR":
            continue
        decade = int(person["birth"][:4]) // 5
        other = waiting.get(decade)
        if other is None:
            waiting[decade] = person
        elif other["sex"] != person["sex"]:
            del waiting[decade]
            maker.marry(*((other, person) if rng.random() < 0.5 else (person, other)))
            wanted -= 1
