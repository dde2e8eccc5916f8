"""The made-up office as a data file: units, people, two years of visits, open requests.

Written through the store in one change set. What the office holds differs a little from what HR says, as in
life: here a newer phone, there a date that HR knows better.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from retiree_desk.core.retirees import STATE_DEFAULTS, STORED_FIELDS
from retiree_desk.core.topics import Topic
from retiree_desk.sample import material as m
from retiree_desk.sample.past_visits import write_visits
from retiree_desk.sample.people import branch_names
from retiree_desk.sample.person import Person

if TYPE_CHECKING:
    from retiree_desk.store.changes import Change

CHUNK = 10_000
OPERATOR = "示例"


def write_office(path: Path, people: Sequence[Person], size: int, seed: int, today: date) -> None:
    """Make the data file with the people on the register. Raises FileExistsError: nothing is overwritten."""
    from retiree_desk.store.database import Database

    if path.exists():
        raise FileExistsError(path)
    rng = Random(seed + 1)
    database = Database.open(path, operator=OPERATOR)
    try:
        topics = (Topic.REGISTRY, Topic.UNITS, Topic.VISITS, Topic.REQUESTS, Topic.SETTINGS)
        with database.write(*topics, why="sample", kind="system", undoable=False) as change:
            _write_settings(change, today)
            units = _write_units(change, people, size)
            _write_people(change, people, units, rng, today)
            write_visits(change, people, rng, today)
    finally:
        database.close()


def as_office_knows(person: Person, rng: Random) -> dict[str, str]:
    """The person's values on the register: mostly HR's, here newer, there older or blunter."""
    values = dict(person.values)
    roll = rng.random()
    if roll < 0.04 and "mobile" in values:
        values["mobile"] = "137" + values["mobile"][3:]
    elif roll < 0.06:
        values.pop("post", None)
    elif roll < 0.08 and len(values.get("retired_on", "")) > 4:
        values["retired_on"] = values["retired_on"][:4]
    elif roll < 0.10:
        values.pop("education", None)
    return values


def _write_settings(change: Change, today: date) -> None:
    from retiree_desk.store.schema import setting

    rows = {"office.name": m.OFFICE_NAME, "sample.today": today.isoformat()}
    change.insert(
        setting, [{"key": key, "value": json.dumps(value, ensure_ascii=False)} for key, value in rows.items()]
    )


class _Units:
    """Ids of the units that people belong to."""

    def __init__(self) -> None:
        self.branch: dict[str, int] = {}
        self.group: dict[str, int] = {}
        self.place: dict[tuple[str, str, str], int] = {}


def _write_units(change: Change, people: Sequence[Person], size: int) -> _Units:
    from retiree_desk.services.units import unit_match_key
    from retiree_desk.store.schema import unit

    made = _Units()

    def add(tree: str, kind: str, parent: int | None, name: str, order: int, **more: Any) -> int:
        row = {
            "tree": tree,
            "kind": kind,
            "parent_id": parent,
            "name": name,
            "match_key": unit_match_key(kind, name),
            "sort_no": order,
            **more,
        }
        return change.insert(unit, [row])[0]

    centre = add("MANAGEMENT", "CENTRE", None, m.CENTRE_NAME, 1)
    station = add("MANAGEMENT", "STATION", centre, m.OFFICE_NAME, 1)
    for order, name in enumerate(m.ADMIN_GROUPS, start=1):
        head = m.CONTACT_PEOPLE[(order - 1) % len(m.CONTACT_PEOPLE)]
        made.group[name] = add(
            "MANAGEMENT", "GROUP", station, name, order, head=head, head_phone=f"0999-65500{order:02d}"
        )
    committee = add("PARTY", "COMMITTEE", None, "示例石油公司离退休党委", 1)
    branches = branch_names(size)
    for order, general in enumerate(m.GENERAL_BRANCHES, start=1):
        own = [name for name in branches if name.startswith(general)]
        if not own:
            continue
        above = add("PARTY", "GENERAL_BRANCH", committee, f"{general}党总支", order)
        for number, name in enumerate(own, start=1):
            made.branch[name] = add("PARTY", "BRANCH", above, name, number)
    places = {(p["area"], p["building"], p["unit_no"]) for p in people if p["area"]}
    for order, area in enumerate(m.AREAS, start=1):
        above = add(
            "RESIDENCE", "AREA", None, area, order, head=m.CONTACT_PEOPLE[order % len(m.CONTACT_PEOPLE)]
        )
        made.place[(area, "", "")] = above
        for building in sorted({b for a, b, _ in places if a == area}, key=_leading_number):
            below = add("RESIDENCE", "BUILDING", above, building, _leading_number(building))
            for entrance in sorted(
                {e for a, b, e in places if (a, b) == (area, building)}, key=_leading_number
            ):
                number = add("RESIDENCE", "ENTRANCE", below, entrance, _leading_number(entrance))
                made.place[(area, building, entrance)] = number
    return made


def _leading_number(name: str) -> int:
    """7 of 7号楼: the material's buildings and entrances all begin with a number."""
    digits = ""
    for character in name:
        if not character.isdigit():
            break
        digits += character
    return int(digits)


def _write_people(change: Change, people: Sequence[Person], units: _Units, rng: Random, today: date) -> None:
    from retiree_desk.store.schema import custom_field, custom_value, person, person_label

    began = (today - timedelta(days=730)).isoformat()
    hobby = change.insert(custom_field, [{"name": "兴趣爱好", "kind": "text"}])[0]
    stored = frozenset(STORED_FIELDS)
    for start in range(0, len(people), CHUNK):
        part = people[start : start + CHUNK]
        rows: list[Mapping[str, Any]] = []
        labels: list[Mapping[str, Any]] = []
        hobbies: list[Mapping[str, Any]] = []
        for one in part:
            values = as_office_knows(one, rng)
            number = one.index + 1
            row: dict[str, Any] = dict(STATE_DEFAULTS)
            row.update((key, value) for key, value in values.items() if key in stored)
            row["id"] = number
            row["created_on"] = max(began, _first_day(values.get("received_on", "")))
            row["party_branch_id"] = units.branch.get(values.get("party_branch", ""))
            row["admin_group_id"] = units.group.get(values.get("admin_group", ""))
            row["residence_id"] = units.place.get(
                (values.get("area", ""), values.get("building", ""), values.get("unit_no", ""))
            )
            rows.append(row)
            labels.extend(
                {
                    "person_id": number,
                    "label": code,
                    "year": str(today.year),
                    "set_by": OPERATOR,
                    "set_on": began,
                }
                for code in values.get("labels", "").split(",")
                if code
            )
            if "兴趣爱好" in one.custom:
                text = one.custom["兴趣爱好"]
                hobbies.append({"person_id": number, "field_id": hobby, "text": text, "sort_key": text})
        change.insert(person, rows)
        change.insert(person_label, labels)
        change.insert(custom_value, hobbies)
    couples = {one.index + 1: {"spouse_id": one.spouse + 1} for one in people if one.spouse is not None}
    change.update(person, couples)


def _first_day(iso: str) -> str:
    """The first day that a date of any precision can mean."""
    return iso + ("-01-01", "-01", "")[iso.count("-")] if iso else ""
