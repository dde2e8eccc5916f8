"""Find as you type: what a clerk types while the phone is at the ear."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retiree_desk.services.desk import Desk

PEOPLE = [
    {"name": "张三", "mobile": "13800001234", "id_number": "11010519491231002X", "employee_no": "000123"},
    {"name": "张三丰", "home_address": "阳光小区7号楼2单元301", "former_unit": "第一采油厂"},
    {"name": "曾巧珍", "emergency_contact": "单秀英", "emergency_phone": "022-25912345"},
    {"name": "欧阳𠮷", "remark": "住女儿家", "area": "胜利小区", "building": "12栋"},
    {"name": "阿依古丽·买买提", "former_name": "古丽"},
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    opened = Desk.open(tmp_path_factory.mktemp("find") / "office.rdesk", today=lambda: date(2026, 11, 2))
    for values in PEOPLE:
        opened.registry.add(values)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("张三", ["张三", "张三丰"]),
        ("zs", ["张三", "张三丰"]),
        ("zhangsanf", ["张三丰"]),
        ("ZENGQ", ["曾巧珍"]),
        ("oy", ["欧阳𠮷"]),
        ("𠮷", ["欧阳𠮷"]),
        ("1234", ["张三", "曾巧珍"]),
        ("002x", ["张三"]),
        ("0001", ["张三"]),
        ("9999123", []),
        ("7号楼", ["张三丰"]),
        ("采油", ["张三丰"]),
        ("12栋", ["欧阳𠮷"]),
        ("胜利小区", ["欧阳𠮷"]),
        ("女儿", ["欧阳𠮷"]),
        ("单秀英", ["曾巧珍"]),
        ("25912345", ["曾巧珍"]),
        ("古丽", ["阿依古丽·买买提"]),
        ("张 1234", ["张三"]),
        ("张三 采油", ["张三丰"]),
        ("没有这个人", []),
        ("", []),
        ("   ", []),
    ],
)
def test_finds(desk: Desk, typed: str, names: list[str]) -> None:
    found = desk.registry.find(typed)
    assert sorted(one.name for one in found.people) == sorted(names)
    assert found.total == len(names)


def test_the_whole_name_comes_first(desk: Desk) -> None:
    assert [one.name for one in desk.registry.find("张三").people] == ["张三", "张三丰"]


def test_the_dead_are_found_after_the_living(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "o.rdesk", today=lambda: date(2026, 11, 2))
    first = desk.registry.add({"name": "王秀英"})
    desk.registry.add({"name": "王秀英"})
    desk.registry.die(first, "2025-01-01")
    assert [one["status"] for one in desk.registry.find("王秀英").people] == ["ON_REGISTER", "DECEASED"]
    desk.close()


def test_a_changed_name_is_found_and_the_old_one_not(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "o.rdesk", today=lambda: date(2026, 11, 2))
    number = desk.registry.add({"name": "王秀英", "mobile": "13800001234"})
    desk.registry.change(number, {"name": "曾秀英", "mobile": "13900005678"})
    assert desk.registry.find("wang").total == 0
    assert desk.registry.find("zeng").total == 1
    assert desk.registry.find("13800001234").total == 0
    assert desk.registry.find("13900005678").total == 1
    desk.close()


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_never_fails(desk: Desk, text: str) -> None:
    desk.registry.find(text)
