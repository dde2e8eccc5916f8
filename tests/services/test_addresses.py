"""Addresses split for the whole office: what is proposed, what is accepted, what is left."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retiree_desk.services.addresses import Addresses
from retiree_desk.services.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, today: date) -> Iterator[Desk]:
    desk = Desk.open(tmp_path / "office.rdesk", operator="tester", today=lambda: today)
    for name, address in [
        ("张三", "阳光小区7号楼2单元301"),
        ("李四", "3区7排4号"),
        ("王五", "静海县某乡某村"),
    ]:
        desk.registry.add({"name": name, "home_address": address})
    desk.registry.add({"name": "已分", "home_address": "阳光小区1号楼1单元101", "area": "阳光小区"})
    yield desk
    desk.close()


def test_whoever_has_no_place_yet_is_proposed_and_the_rest_listed(desk: Desk) -> None:
    found = Addresses(desk).proposals()
    read = {one.name: dict(one.values) for one in found.understood}
    assert read == {
        "张三": {"area": "阳光小区", "building": "7号楼", "unit_no": "2单元", "room": "301"},
        "李四": {"area": "3区", "building": "7排", "room": "4"},
    }
    assert [(one.name, dict(one.values)) for one in found.unclear] == [("王五", {"residence_kind": "RURAL"})]


def test_accepting_is_one_change_that_can_be_undone(desk: Desk) -> None:
    addresses = Addresses(desk)
    change = addresses.accept(addresses.proposals().understood)
    one = next(person for person in desk.registry.load() if person.name == "张三")
    assert (one["area"], one["building"], one["unit_no"], one["room"]) == (
        "阳光小区",
        "7号楼",
        "2单元",
        "301",
    )
    assert one["home_address"] == "阳光小区7号楼2单元301"
    assert desk.history.get(change).summary.count("2") == 1
    assert [one.name for one in addresses.proposals().understood] == []
    desk.history.undo(change)
    assert len(addresses.proposals().understood) == 2


def test_a_door_that_is_known_stays(desk: Desk) -> None:
    number = desk.registry.add({"name": "赵六", "home_address": "7-2-301", "room": "302"})
    proposal = next(one for one in Addresses(desk).proposals().understood if one.person_id == number)
    assert "room" not in proposal.values
