"""Two years of visits and the requests still open, as a well-run office would hold them.

People are visited as often as the shipped rules ask (OFFICE 5.1), with here and there a period missed, so
that a month's plan has its share of due visits and a few that are overdue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from retiree_desk.sample.person import Person

if TYPE_CHECKING:
    from retiree_desk.store.changes import Change

CHUNK = 10_000
# Above this many people everybody has one visit a year: the file is for trying out size, not visits.
MANY_PEOPLE = 20_000
DAYS_BACK = 730
KEPT = 0.98  # of a hundred periods, how many had their visit
WORDS_HEARD = (
    "身体尚好",
    "腿疼,上下楼困难",
    "盼望参加合唱队",
    "暖气不热",
    "说起老同事很高兴",
    "想办理异地就医备案",
    "耳背,电话听不清",
)
REQUESTS: tuple[tuple[str, str], ...] = (
    ("HOUSING", "卫生间漏水,请物业维修"),
    ("MEDICAL", "异地就医备案不会办"),
    ("CERTIFICATE", "请代办退休证明"),
    ("SUGGESTION", "希望活动室周末开放"),
    ("LIVING", "需要有人每周代买菜"),
)


def write_visits(change: Change, people: Sequence[Person], rng: Random, today: date) -> None:
    """Insert the visits, oldest first, and an open request of every fortieth person."""
    from retiree_desk.store.schema import request, visit

    visits: list[dict[str, Any]] = []
    requests: list[dict[str, Any]] = []
    for one in people:
        if not one.is_on_hr_list or one["served_here"] == "NO":
            continue
        months = 12 if len(people) > MANY_PEOPLE else months_between(one, today)
        for first, last in periods(months, today):
            visits.extend(_visits_of_period(one, first, last, rng, today))
        if one.index % 40 == 12:
            requests.append(_request(one, rng, today))
    visits.sort(key=lambda row: (row["on_date"], row["person_id"]))
    for start in range(0, len(visits), CHUNK):
        change.insert(visit, visits[start : start + CHUNK])
    change.insert(request, requests)


def months_between(one: Person, today: date) -> int:
    """How long a period of the strictest rule is for this person, in months: 1, 3, 6 or 12."""
    age = today.year - int(one["birth"][:4])
    labels = one["labels"].split(",")
    alone = one["living"] == "ALONE" or "NO_FAMILY" in labels
    if (alone and age >= 80) or one["ability"] == "DEPENDENT" or one["health"] == "SERIOUS":
        return 1
    if alone or age >= 90 or one["ability"] == "PARTLY" or one["category"] == "VETERAN_CADRE":
        return 3
    needy = any(label.startswith(("HARDSHIP", "DIBAO", "DESTITUTE")) for label in labels)
    if age >= 80 or needy or one["residence_kind"] in ("ELSEWHERE", "RURAL"):
        return 6
    return 12


def periods(months: int, today: date) -> Iterator[tuple[date, date]]:
    """The calendar periods of so many months that end after the history begins, up to the running one."""
    began = today - timedelta(days=DAYS_BACK)
    first = date(began.year, (began.month - 1) // months * months + 1, 1)
    while first <= today:
        number = first.year * 12 + first.month - 1 + months
        following = date(number // 12, number % 12 + 1, 1)
        yield max(first, began), following - timedelta(days=1)
        first = following


def _visits_of_period(one: Person, first: date, last: date, rng: Random, today: date) -> list[dict[str, Any]]:
    """The visit of one period: none where it was missed, two where nobody was home the first time."""
    if last >= today:
        passed = (today - first).days / ((last - first).days + 1)
        if rng.random() > passed * 0.9:
            return []
        last = today - timedelta(days=1)
    elif rng.random() > KEPT:
        return []
    if last < first:
        return []
    day = first + timedelta(days=rng.randint(0, (last - first).days))
    # Nobody is visited at a week-end; the move stays within the period.
    while day.weekday() > 4 and day > first:
        day -= timedelta(days=1)
    way = _way(one, day, rng)
    if rng.random() < 0.05 and day + timedelta(days=5) <= last:
        failed = "NO_ANSWER" if way == "PHONE" else "NOT_MET"
        again = day + timedelta(days=rng.randint(1, 5))
        return [_row(one, day, way, failed, rng), _row(one, again, way, _met(way), rng)]
    family = way == "HOME" and one["category"] != "VETERAN_CADRE" and rng.random() < 0.05
    return [_row(one, day, way, "FAMILY_MET" if family else _met(way), rng)]


def _met(way: str) -> str:
    return "REACHED" if way == "PHONE" else "MET"


def _way(one: Person, day: date, rng: Random) -> str:
    """At home, except who lives elsewhere; who is visited every month is called in two of three."""
    if one["residence_kind"] == "ELSEWHERE":
        return "PHONE"
    at_the_door = one["category"] == "VETERAN_CADRE" or one["labels"] or day.month % 3 == 1
    return "HOME" if at_the_door or rng.random() < 0.6 else "PHONE"


def _row(one: Person, day: date, way: str, result: str, rng: Random) -> dict[str, Any]:
    spoke = result in ("MET", "FAMILY_MET", "REACHED")
    return {
        "person_id": one.index + 1,
        "on_date": day.isoformat(),
        "way": way,
        "result": result,
        "occasion": "FESTIVAL" if day.month in (1, 2) and rng.random() < 0.5 else "REGULAR",
        "visitor": one["contact_person"],
        "condition": rng.choice(("GOOD", "GOOD", "FAIR", "POOR", "WATCH")) if spoke else None,
        "words": rng.choice(WORDS_HEARD) if spoke and rng.random() < 0.2 else None,
    }


def _request(one: Person, rng: Random, today: date) -> dict[str, Any]:
    kind, words = REQUESTS[one.index // 40 % len(REQUESTS)]
    said = today - timedelta(days=rng.randint(3, 25))
    return {
        "person_id": one.index + 1,
        "on_date": said.isoformat(),
        "kind": kind,
        "words": words,
        "urgency": "NORMAL",
        "source": "VISIT",
        "who_acts": one["contact_person"],
        "due_on": (said + timedelta(days=10)).isoformat(),
        "state": "OPEN",
    }
