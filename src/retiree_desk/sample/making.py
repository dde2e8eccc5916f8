"""Makes the sample office in a folder: `office.rdesk`, `hr/*`, `truth.json`, `expected.json`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from retiree_desk.sample.office import OPERATOR, write_office
from retiree_desk.sample.past_lists import make_past_list
from retiree_desk.sample.past_visits import MANY_PEOPLE
from retiree_desk.sample.people import make_people
from retiree_desk.sample.person import Person
from retiree_desk.sample.sheets import Workbook
from retiree_desk.sample.workbooks import branches, code_headers, grid_company, school, text_files, wuhan
from retiree_desk.sample.writing import write_workbook

FIXED_TODAY = date(2026, 11, 2)
# A workbook holds no more people than this, however large the office: HR sends its lists by unit.
MOST_ROWS = 5_000

Maker = Callable[[list[Person], Random, int], Workbook]
# Of twenty people, how many stand on which list; each list has its own, so that all can be imported together.
SHARES: tuple[tuple[Maker, int], ...] = (
    (school.make, 5),
    (grid_company.make, 4),
    (wuhan.make, 3),
    (code_headers.make, 3),
    (text_files.make_gbk, 2),
    (text_files.make_utf16, 1),
    (text_files.make_html, 2),
)


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What was made: people on the register, and the files, relative to the folder, with / between."""

    people: int
    files: tuple[str, ...]


def make_sample(folder: Path, people: int = 300, seed: int = 1, today: date = FIXED_TODAY) -> SampleResult:
    """Make the office in `folder`; the same numbers give the same people, cells and truth.

    `today` is the day on which the office's history ends. Raises FileExistsError where there is an
    `office.rdesk` already, ValueError for fewer than one person; both before anything is written.
    """
    office = folder / "office.rdesk"
    if office.exists():
        raise FileExistsError(office)
    made = make_people(people, seed, today)
    workbooks = plan_workbooks(made, seed, today)
    (folder / "hr").mkdir(parents=True, exist_ok=True)
    truth = {f"hr/{workbook.name}": workbook.truth for workbook in workbooks}
    _write_json(folder / "truth.json", truth)
    _write_json(
        folder / "expected.json", {f"hr/{workbook.name}": workbook.expected() for workbook in workbooks}
    )
    for workbook in workbooks:
        write_workbook(workbook, folder / "hr" / workbook.name)
    write_office(office, made[:people], people, seed, today)
    if people <= MANY_PEOPLE:
        make_past_list(office, OPERATOR, today)
    files = ("office.rdesk", *sorted(truth), "truth.json", "expected.json")
    return SampleResult(people, files)


def plan_workbooks(people: list[Person], seed: int, today: date) -> list[Workbook]:
    """The HR workbooks with their truth, not yet written.

    Half of the members of party branches go to the branches' workbook; the rest is dealt out. HR leaves
    out the dead, those who moved away and, by mistake, one person in a hundred.
    """
    listed = [person for person in people if person.is_on_hr_list and person.index % 100 != 66]
    members = [
        person
        for person in listed
        if person["party_branch"] and person.index % 2 == 0 and not person.newcomer
    ]
    on_branch_sheets = {person.index for person in members[:MOST_ROWS]}
    rest = [person for person in listed if person.index not in on_branch_sheets]
    deal = [place for place, (_maker, share) in enumerate(SHARES) for _turn in range(share)]
    Random(seed + 2).shuffle(deal)
    hands: list[list[Person]] = [[] for _share in SHARES]
    for number, person in enumerate(rest):
        hand = hands[deal[number % len(deal)]]
        if len(hand) < MOST_ROWS:
            hand.append(person)
    made = [
        maker(hand, Random(seed * 31 + place), today.year)
        for place, ((maker, _share), hand) in enumerate(zip(SHARES, hands, strict=True))
        if hand
    ]
    if members:
        made.append(branches.make(members[:MOST_ROWS], Random(seed * 31 + 17), today.year))
    return made


def _write_json(path: Path, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_bytes((text + "\n").encode())
