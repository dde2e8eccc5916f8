"""The list scrolls while a big import is being written (DECISIONS 20)."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from retiree_desk.core.topics import Topic
from retiree_desk.services.desk import Desk
from retiree_desk.services.people_list import PeopleFilter, PeopleList, Sort
from retiree_desk.store.schema import person

# As long as a clerk may wait for a page while the transaction is being written to the disk.
LONGEST = 2.0


@pytest.fixture
def desk(office: Path) -> Iterator[Desk]:
    opened = Desk.open(office, today=lambda: date(2026, 11, 2))
    yield opened
    opened.close()


def test_pages_come_while_many_rows_are_written(desk: Desk, count_of: Callable[[int, int], int]) -> None:
    number = count_of(10_000, 100_000)
    rows = [
        {
            "name": f"新人{n}",
            "mobile": f"139{n:08d}",
            "employee_no": f"N{n:06d}",
            "home_address": f"新区{n % 90}号楼{n % 6}单元",
            "remark": "迁来" * 20,
        }
        for n in range(number)
    ]
    failed: list[BaseException] = []
    seconds: list[float] = []

    def write() -> None:
        started = perf_counter()
        try:
            with desk.db.write(Topic.REGISTRY, why="person_added", kind="bulk") as change:
                change.insert(person, rows)
        except BaseException as error:
            failed.append(error)
        seconds.append(perf_counter() - started)

    people = PeopleList(desk)
    before = people.ids(PeopleFilter(status="ALL"), Sort()).total
    writer = threading.Thread(target=write)
    waits: list[float] = []
    seen: set[int] = set()
    writer.start()
    while writer.is_alive():
        started = perf_counter()
        found = people.ids(PeopleFilter(status="ALL"), Sort(), limit=200)
        page = people.people(found.ids[:60])
        total = desk.registry.find("张", 20, count_limit=200).total
        waits.append(perf_counter() - started)
        seen.add(people.size())
        assert len(page) == 60 and total
    writer.join()
    assert not failed
    assert people.ids(PeopleFilter(status="ALL"), Sort()).total == before + number
    # Nobody saw a half: either none of the new rows or all of them.
    assert len(seen) <= 2
    print(f"{number} rows written in {seconds[0]:.2f} s; {len(waits)} pages read; longest {max(waits):.3f} s")
    assert max(waits) < LONGEST
