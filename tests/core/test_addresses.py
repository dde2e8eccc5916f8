"""Addresses into building and door, and places in the order in which a visitor walks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retiree_desk.core.units import Address, address_text, building_key, place_key, read_address


def parts(text: str) -> tuple[str, str, str, str]:
    found = read_address(text)
    assert found.understood, text
    return found.area, found.building, found.unit_no, found.room


@pytest.mark.parametrize(
    ("text", "area", "building", "entrance", "door"),
    [
        # OFFICE 8.4
        ("阳光小区7号楼2单元301", "阳光小区", "7", "2", "301"),
        ("7-2-301", "", "7", "2", "301"),
        ("三区12#甲单元402室", "三区", "12", "甲", "402"),
        ("七栋二门301", "", "7", "2", "301"),
        ("3区7排4号", "3区", "7排", "", "4"),
        # OFFICE 2.4
        ("7#2-301", "", "7", "2", "301"),
        ("12栋甲单元", "", "12", "甲", ""),
        ("7楼2门3层左手", "", "7", "2", "3层左手"),
        # others of the kind
        ("７号楼２单元３０１室", "", "7", "2", "301"),
        ("7 号楼 2 单元 301", "", "7", "2", "301"),
        ("7—2—301", "", "7", "2", "301"),
        ("07号楼02单元0301", "", "7", "2", "0301"),
        ("阳光小区7-2-301", "阳光小区", "7", "2", "301"),
        ("7-301", "", "7", "", "301"),
        ("7号楼", "", "7", "", ""),
        ("7号楼301", "", "7", "", "301"),
        ("7号楼5楼501", "", "7", "", "501"),
        ("7号楼2单元5层501", "", "7", "2", "501"),
        ("7号楼2单元三楼东户", "", "7", "2", "3层东户"),
        ("A座1203", "", "A", "", "1203"),
        ("十二号楼三单元402", "", "12", "3", "402"),
        ("阳光花园二期3号楼1单元1002", "阳光花园二期", "3", "1", "1002"),
        ("幸福路12号3栋2单元501", "幸福路12号", "3", "2", "501"),
        ("8号院3号楼2单元5号", "8号院", "3", "2", "5"),
        ("红旗新村8幢二单元302室", "红旗新村", "8", "2", "302"),
        ("五一小区5号楼1单元101", "五一小区", "5", "1", "101"),
        ("采油三矿基地5排12号", "采油三矿基地", "5排", "", "12"),
        ("阳光小区7号楼2单元301(儿子家)", "阳光小区", "7", "2", "301"),
        ("天津市滨海新区阳光小区7号楼2单元301室", "阳光小区", "7", "2", "301"),
        ("建设街道和平里3-2-101", "和平里", "3", "2", "101"),
        ("东区和平里3号楼1单元101", "东区和平里", "3", "1", "101"),
    ],
)
def test_forms_that_are_understood(text: str, area: str, building: str, entrance: str, door: str) -> None:
    assert parts(text) == (area, building, entrance, door)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("静海县某乡某村", "RURAL"),
        ("深圳市南山区某路8号", "ELSEWHERE"),
        ("某镇某村三组", "RURAL"),
        ("某县某镇某村12号", "RURAL"),
        ("北京西城某胡同3号", "ELSEWHERE"),
        ("美国加州", "ELSEWHERE"),
        ("油田老基地平房", "BASE"),
        ("阳光小区", ""),
        ("随女儿住", ""),
        ("1-2-3-401", ""),
        ("102室", ""),
        ("", ""),
    ],
)
def test_what_is_not_understood_gets_a_proposal_at_most(text: str, kind: str) -> None:
    assert read_address(text) == Address(residence_kind=kind)


def test_the_offices_own_city_is_not_elsewhere() -> None:
    home = ("天津市", "滨海新区")
    assert read_address("天津市滨海新区某路8号", home=home).residence_kind == ""
    assert read_address("深圳市南山区某路8号", home=home).residence_kind == "ELSEWHERE"
    far = read_address("成都市武侯区玉林小区3栋2单元501", home=home)
    assert (far.area, far.building, far.residence_kind) == ("玉林小区", "3", "ELSEWHERE")


@given(st.text(max_size=40) | st.text("0123456789-#号楼栋单元门室排区小甲乙东三十二A市县村 ", max_size=24))
def test_no_address_makes_it_fail_and_what_is_understood_has_a_building(text: str) -> None:
    found = read_address(text)
    assert found.understood == bool(found.building)
    if not found.understood:
        assert (found.area, found.unit_no, found.room) == ("", "", "")
    place_key(text)
    building_key(text)


AREAS = st.sampled_from(["", "阳光小区", "三区", "红旗新村", "和平里社区", "幸福路12号院", "东风村"])
BUILDINGS = st.integers(1, 300).map(str) | st.sampled_from(["A", "7A", "甲", "B12"])
UNITS = st.sampled_from(["", "1", "2", "12", "甲", "东"])
ROOMS = st.integers(1, 3299).map(str) | st.sampled_from(["", "3层左手", "301A"])


@given(AREAS, BUILDINGS, UNITS, ROOMS)
def test_written_out_and_read_again_it_is_the_same(area: str, building: str, unit: str, room: str) -> None:
    address = Address(area, building, unit, room, "", True)
    assert read_address(address_text(address)) == address


@given(AREAS, st.integers(1, 40), st.integers(1, 99))
def test_rows_of_low_houses_too(area: str, row: int, door: int) -> None:
    address = Address(area, f"{row}排", "", str(door), "", True)
    assert read_address(address_text(address)) == address


def test_places_sort_with_numbers_as_numbers() -> None:
    places = ["10号楼", "2号楼", "三号楼", "阳光小区", "1号楼", "安居苑", ""]
    in_order = ["1号楼", "2号楼", "三号楼", "10号楼", "安居苑", "阳光小区", ""]
    assert sorted(places, key=place_key) == in_order
    branches = ["第十一党支部", "第二党支部", "第10党支部"]
    assert sorted(branches, key=place_key) == ["第二党支部", "第10党支部", "第十一党支部"]
    doors = ["7号楼2单元1001", "7号楼2单元301", "7号楼10单元101", "12号楼1单元101", "7号楼1单元502"]
    assert sorted(doors, key=place_key) == [doors[4], doors[1], doors[0], doors[2], doors[3]]


def test_numerals_in_names_are_names() -> None:
    assert place_key("五一小区") != place_key("51小区")
    assert place_key("三区") == place_key("3区")


@given(st.lists(st.text("0123456789号楼区三十甲a ", max_size=8), max_size=8))
def test_any_places_can_be_sorted(places: list[str]) -> None:
    assert len(sorted(places, key=place_key)) == len(places)


@pytest.mark.parametrize(
    "text", ["7号楼", "7栋", "7#", "七栋", "07号楼", "7", "7幢", "第七栋", "７号楼", "7 号 楼"]
)
def test_one_building_under_many_names(text: str) -> None:
    assert building_key(text) == "7"


def test_different_buildings_stay_different() -> None:
    assert len({building_key(t) for t in ("7号楼", "17号楼", "7排", "甲楼", "A座", "7A栋", "70栋")}) == 7
