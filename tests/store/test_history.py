"""Undo brings back exactly what was, redo what came after; what was edited since stays."""

import random
from datetime import date
from pathlib import Path

import pytest

from retiree_desk.core.errors import RefusedError, UsageError
from retiree_desk.core.topics import Topic
from retiree_desk.services.desk import Desk
from retiree_desk.store.schema import person, person_label


@pytest.fixture
def desk(tmp_path: Path):
    opened = Desk.open(tmp_path / "office.rdesk", operator="李经办", today=lambda: date(2026, 11, 2))
    yield opened
    opened.close()


def dump(desk: Desk) -> str:
    check = desk.backups.check()
    assert check.ok, check.problems
    return check.content_sha256


def test_undo_and_redo_of_a_person_with_units_and_labels(desk: Desk) -> None:
    empty = dump(desk)
    number = desk.registry.add(
        {
            "name": "张三",
            "party_branch": "第一党支部",
            "area": "阳光小区",
            "building": "7号楼",
            "labels": "DIBAO",
        }
    )
    full = dump(desk)
    assert desk.history.undo().left_alone == ()
    assert dump(desk) == empty
    assert desk.registry.find("张三").total == 0
    desk.history.redo()
    assert dump(desk) == full
    assert desk.registry.get(number)["building"] == "7号楼"
    assert desk.registry.find("zhangsan").total == 1


def test_what_was_edited_since_is_left_alone_and_named(desk: Desk) -> None:
    number = desk.registry.add({"name": "张三"})
    first = desk.registry.change(number, {"mobile": "13800000001", "remark": "甲"})
    desk.registry.change(number, {"mobile": "13800000002"})
    done = desk.history.undo(first)
    assert [(one.name, one.fields) for one in done.left_alone] == [("张三", ("mobile",))]
    assert desk.registry.get(number)["mobile"] == "13800000002"
    assert desk.registry.get(number)["remark"] == ""


def test_an_added_person_edited_since_is_kept_unless_forced(desk: Desk) -> None:
    number = desk.registry.add({"name": "张三"})
    desk.registry.change(number, {"mobile": "13800000001"})
    first = desk.history.list()[-1].id
    done = desk.history.undo(first)
    assert [one.name for one in done.left_alone] == ["张三"]
    assert done.change == 0
    assert desk.registry.get(number).name == "张三"
    assert desk.history.undo(first, force=True).change
    with pytest.raises(UsageError):
        desk.registry.get(number)


def test_a_unit_that_others_joined_since_stays(desk: Desk) -> None:
    desk.registry.add({"name": "张三", "party_branch": "第一党支部"})
    first = desk.history.list()[0].id
    desk.registry.add({"name": "李四", "party_branch": "第一党支部"})
    desk.history.undo(first)
    assert [one.name for one in desk.registry.load()] == ["李四"]
    assert desk.registry.load()[0]["party_branch"] == "第一党支部"
    assert desk.backups.check().ok


def test_the_newest_change_is_taken_back_first_and_none_twice(desk: Desk) -> None:
    a = desk.registry.add({"name": "张三"})
    desk.registry.change(a, {"mobile": "13800000001"})
    desk.history.undo()
    assert desk.registry.get(a)["mobile"] == ""
    desk.history.undo()
    assert desk.registry.load() == []
    with pytest.raises(RefusedError):
        desk.history.undo()
    desk.history.redo()
    desk.history.redo()
    assert desk.registry.get(a)["mobile"] == "13800000001"
    with pytest.raises(RefusedError):
        desk.history.redo()


def test_a_redone_change_can_be_undone_again(desk: Desk) -> None:
    a = desk.registry.add({"name": "张三"})
    for _round in range(3):
        desk.history.undo()
        desk.history.redo()
    desk.history.undo()
    assert desk.registry.load() == []
    with pytest.raises(RefusedError):
        desk.history.undo(desk.history.list()[-1].id)
    desk.history.redo(desk.history.list()[-1].id)
    assert desk.registry.get(a).name == "张三"


def test_final_things_refuse_in_a_sentence(desk: Desk) -> None:
    with desk.db.write(
        Topic.WELFARE, why="list_made", params={"code": "2026-重阳-01"}, undoable=False
    ) as change:
        change.insert(person, [{"name": "张三"}])
    before = dump(desk)
    with pytest.raises(RefusedError) as caught:
        desk.history.undo()
    assert "2026-重阳-01" in caught.value.message
    assert dump(desk) == before


def test_nothing_changed_makes_no_change_set(desk: Desk) -> None:
    number = desk.registry.add({"name": "张三", "mobile": "13800000001", "labels": "DIBAO"})
    assert desk.registry.change(number, {"mobile": "13800000001", "labels": "DIBAO"}) == 0
    assert len(desk.history.list()) == 1


def test_two_living_people_cannot_share_a_valid_number(desk: Desk) -> None:
    desk.registry.add({"name": "张三", "id_number": "11010519491231002X"})
    with pytest.raises(RefusedError) as caught:
        desk.registry.add({"name": "李四", "id_number": "11010519491231002X"})
    assert "张三" in caught.value.message
    # A number that fails its check is kept and never compared.
    desk.registry.add({"name": "王五", "id_number": "110105194912310021"})
    desk.registry.add({"name": "赵六", "id_number": "110105194912310021"})


def test_a_death_is_entered_once(desk: Desk) -> None:
    number = desk.registry.add({"name": "张三"})
    assert desk.registry.die(number, "2026-10")
    assert desk.registry.die(number, "2026-10") == 0
    assert desk.registry.get(number)["status"] == "DECEASED"
    with pytest.raises(UsageError):
        desk.registry.die(number, "2027-01-01")


def _random_step(desk: Desk, chance: random.Random) -> None:
    people = desk.registry.load()
    kind = chance.choice(["add", "add", "change", "change", "unit", "label", "die", "bulk"])
    if kind == "add" or not people:
        desk.registry.add(
            {
                "name": chance.choice("张王李赵曾单") + chance.choice("伟芳秀英㐱𠮷"),
                "party_branch": chance.choice(["", "第一党支部", "第二党支部", "第三党支部"]),
                "area": chance.choice(["", "阳光小区", "三区"]),
                "building": chance.choice(["", "7号楼", "12栋"]),
                "home_address": chance.choice(["", "阳光小区7号楼2单元301"]),
            }
        )
        return
    one = chance.choice(people)
    if kind == "change":
        desk.registry.change(one.id, {"mobile": chance.choice(["", "13800000001", "13800000002"])})
    elif kind == "unit":
        desk.registry.change(one.id, {"party_branch": chance.choice(["", "第四党支部", "第一党支部"])})
    elif kind == "label":
        desk.registry.change(one.id, {"labels": chance.choice(["", "DIBAO", "DIBAO,VETERAN"])})
    elif kind == "die":
        desk.registry.die(one.id, chance.choice(["2025", "2025-03"]))
    else:
        desk.registry.change_many(
            {each.id: {"remark": chance.choice("甲乙")} for each in people}, why="person_changed"
        )


def test_undo_all_gives_the_first_dump_redo_all_the_last(tmp_path: Path, count) -> None:
    for seed in range(count(100)):
        chance = random.Random(seed)
        desk = Desk.open(tmp_path / f"{seed}.rdesk", today=lambda: date(2026, 11, 2))
        dumps = [dump(desk)]
        for _step in range(12):
            steps = len(desk.history.list())
            _random_step(desk, chance)
            if len(desk.history.list()) > steps:
                dumps.append(dump(desk))
        for wanted in reversed(dumps[:-1]):
            desk.history.undo()
            assert dump(desk) == wanted
        for wanted in dumps[1:]:
            desk.history.redo()
            assert dump(desk) == wanted
        desk.close()


def test_labels_are_rows_of_their_own(desk: Desk) -> None:
    number = desk.registry.add({"name": "张三", "labels": "DIBAO,VETERAN"})
    desk.registry.change(number, {"labels": "VETERAN"})
    with desk.db.read() as conn:
        rows = conn.execute(person_label.select()).mappings().all()
    assert [row["label"] for row in rows] == ["VETERAN"]
    assert rows[0]["set_by"] == "李经办"
