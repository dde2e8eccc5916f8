"""The list of people: whom it holds, and in which order."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retiree_desk.services.desk import Desk
from retiree_desk.services.people_list import PeopleFilter, PeopleList, Sort

PEOPLE = [
    {
        "name": "张三",
        "sex": "M",
        "birth": "1945-03-16",
        "category": "RETIRED_CADRE",
        "party_branch": "第十党支部",
    },
    {"name": "李四", "sex": "F", "birth": "1946", "category": "RETIRED_WORKER", "party_branch": "第二党支部"},
    {"name": "王五", "sex": "M", "birth": "1946-03-17", "category": "RETIRED_WORKER", "labels": "EMPTY_NEST"},
    {"name": "阿宝", "sex": "F", "category": "RETIRED_WORKER", "building": "10号楼", "area": "阳光小区"},
    {
        "name": "曾一",
        "sex": "F",
        "birth": "1936-03-16",
        "building": "2号楼",
        "area": "阳光小区",
        "labels": "DIBAO",
    },
    {"name": "赵亡", "sex": "M", "birth": "1940-01", "life": "DECEASED", "died_on": "2025-12"},
    {"name": "钱走", "sex": "M", "birth": "1950-01", "record": "MOVED_OUT"},
]


@pytest.fixture
def desk(tmp_path: Path, today: date) -> Iterator[Desk]:
    desk = Desk.open(tmp_path / "office.rdesk", operator="tester", today=lambda: today)
    for values in PEOPLE:
        desk.registry.add(values)
    yield desk
    desk.close()


def names(desk: Desk, wanted: PeopleFilter | None = None, sort: Sort | None = None) -> list[str]:
    people = PeopleList(desk)
    found = people.ids(wanted or PeopleFilter(), sort or Sort())
    assert found.complete and found.total == len(found.ids)
    return [one.name for one in people.people(found.ids)]


def test_the_list_begins_with_those_on_the_register_by_pinyin(desk: Desk) -> None:
    assert names(desk) == ["阿宝", "李四", "王五", "曾一", "张三"]


def test_all_and_the_dead_are_lists_of_their_own(desk: Desk) -> None:
    assert set(names(desk, PeopleFilter(status="ALL"))) == {row["name"] for row in PEOPLE}
    assert names(desk, PeopleFilter(status="DECEASED")) == ["赵亡"]


def test_a_find_text_finds_the_dead_and_those_who_moved_away_too(desk: Desk) -> None:
    assert names(desk, PeopleFilter(text="赵亡"), Sort(best=True)) == ["赵亡"]
    assert names(desk, PeopleFilter(text="qz"), Sort(best=True)) == ["钱走"]
    assert names(desk, PeopleFilter(text="张三", status="DECEASED"), Sort(best=True)) == []


def test_filters_combine(desk: Desk) -> None:
    worker = PeopleFilter(categories=("RETIRED_WORKER",))
    assert names(desk, worker) == ["阿宝", "李四", "王五"]
    assert names(desk, PeopleFilter(categories=("RETIRED_WORKER",), labels=("EMPTY_NEST", "DIBAO"))) == [
        "王五"
    ]
    assert names(desk, PeopleFilter(text="王", categories=("RETIRED_CADRE",)), Sort(best=True)) == []


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        # On 16 March 2026: 张三 is 81 today, 王五 79 until tomorrow, 李四 79 or 80, 曾一 90.
        (80, None, ["李四", "曾一", "张三"]),
        (81, 81, ["张三"]),
        (None, 79, ["李四", "王五"]),
        (90, 90, ["曾一"]),
        (91, None, []),
    ],
)
def test_ages_are_full_ages_and_whoever_may_be_of_that_age_is_there(
    desk: Desk, low: int | None, high: int | None, found: list[str]
) -> None:
    assert names(desk, PeopleFilter(age_from=low, age_to=high)) == found


def test_a_unit_takes_in_what_lies_below_it(desk: Desk) -> None:
    area = desk.units.trees().named("阳光小区", "RESIDENCE")[0]
    building = desk.units.trees().named("2号楼", "RESIDENCE")[0]
    assert names(desk, PeopleFilter(unit=area.id)) == ["阿宝", "曾一"]
    assert names(desk, PeopleFilter(unit=building.id)) == ["曾一"]


@pytest.mark.parametrize(
    ("key", "descending", "first"),
    [
        ("age", False, ["王五", "李四", "张三", "曾一", "阿宝"]),
        ("age", True, ["曾一", "张三", "李四", "王五", "阿宝"]),
        ("birth", False, ["曾一", "张三", "李四", "王五", "阿宝"]),
        ("party_branch", False, ["李四", "张三", "阿宝", "王五", "曾一"]),
        ("place", False, ["曾一", "阿宝", "李四", "王五", "张三"]),
        ("category", False, ["张三", "阿宝", "李四", "王五", "曾一"]),
        ("name", True, ["张三", "曾一", "王五", "李四", "阿宝"]),
        ("sort_no", False, ["阿宝", "李四", "王五", "曾一", "张三"]),
    ],
)
def test_every_order_keeps_the_empty_last_and_numbers_as_numbers(
    desk: Desk, key: str, descending: bool, first: list[str]
) -> None:
    assert names(desk, None, Sort(key, descending)) == first


def test_every_column_of_the_list_can_be_sorted_by(desk: Desk) -> None:
    from retiree_desk.core.people_columns import people_columns

    for column in people_columns({1: "车牌"}):
        for descending in (False, True):
            assert len(names(desk, None, Sort(column.key, descending))) == 5


def test_an_id_number_held_by_another_is_told_with_the_name(desk: Desk) -> None:
    from retiree_desk.core.identity import check_digit

    number = "99010119450316001"
    number += check_digit(number)
    first = PeopleList(desk).ids(PeopleFilter(text="张三"), Sort(best=True)).ids[0]
    desk.registry.change(first, {"id_number": number})
    people = PeopleList(desk)
    assert people.twin(number, None) == (first, "张三")
    assert people.twin(number, first) is None
    assert people.twin("990101", None) is None
