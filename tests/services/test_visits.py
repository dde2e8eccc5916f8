"""The month's loop: due list, numbered sheets, results back, the list shrinks (issue, OFFICE 8.1)."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from retiree_desk.cli import main
from retiree_desk.core.errors import InputError, UsageError
from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visits import VisitFilter
from retiree_desk.i18n import _
from retiree_desk.services.desk import Desk
from retiree_desk.services.visit_plans import UNASSIGNED
from retiree_desk.services.visit_result_files import record_file
from retiree_desk.services.visit_results import Entry

NOVEMBER = Month(2026, 11)


class Clock:
    """The day handed to the services; a test moves it."""

    def __init__(self) -> None:
        self.day = date(2026, 10, 1)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    opened = Desk.open(tmp_path / "office.rdesk", operator="李", today=clock)
    yield opened
    opened.close()


def add(desk: Desk, name: str, **values: str) -> int:
    values.setdefault("birth", "1961-05-05")
    return int(desk.registry.add({"name": name, **values}))


def due_codes(desk: Desk, month: Month = NOVEMBER) -> dict[int, set[str]]:
    return {
        line.person_id: {reason.code for reason in line.reasons} - {"V13"}
        for line in desk.visits.plan(month).due
        if line.on_sheet
    }


def alone(desk: Desk, name: str, **values: str) -> int:
    """Somebody who is due every month."""
    return add(desk, name, birth="1940-01-01", living="ALONE", **values)


def test_scene_1_after_a_first_import_nothing_is_overdue(desk: Desk, clock: Clock) -> None:
    clock.day = date(2026, 11, 2)
    for number in range(120):
        add(desk, f"张{number}", birth="1943-01-01", area="阳光小区", building=str(number // 10 + 1))
    plan = desk.visits.plan(NOVEMBER)
    assert not [line for line in plan.due if line.due.overdue_days]
    assert len(plan.printed) == 20  # a sixth: the half-yearly visit of the over-eighties
    buildings = {line.person["building"] for line in plan.printed} | {
        line.person["building"] for line in desk.visits.plan(NOVEMBER.plus(1)).printed
    }
    assert len(buildings) <= 8
    found = {line.person_id for ahead in range(12) for line in desk.visits.plan(NOVEMBER.plus(ahead)).due}
    assert len(found) == 120


def test_scene_6_results_leave_exactly_what_stays_due(desk: Desk, clock: Clock) -> None:
    people = [alone(desk, name, contact_person="王某") for name in ("一", "二", "三", "四", "五", "六")]
    people[1] = desk_family(desk, people[1])
    clock.day = date(2026, 11, 12)
    [sheet] = desk.visits.sheets.freeze(NOVEMBER)
    assert sheet.code == "2026-11-01" and sheet.visitor == "王某" and len(sheet.lines) == 6
    by_person = {line.person_id: line for line in sheet.lines}
    results = ["MET", "FAMILY_MET", "NOT_MET", "IN_HOSPITAL", "DECLINED", "NOT_ATTEMPTED"]
    for person_id, result in zip(people, results, strict=True):
        way = "" if result == "NOT_ATTEMPTED" else "HOME"
        desk.visits.results.enter(Entry((person_id,), clock.day, way, result, line=by_person[person_id]))
    left = due_codes(desk)
    assert left.pop(people[2]) == {"V01", "E09"}
    assert left.pop(people[3]) == {"E01"}
    assert "V01" in left.pop(people[5])
    assert left == {}
    [again] = desk.visits.sheets.sheets(NOVEMBER)
    assert again.state == "ENTERED"
    assert [line.result for line in again.lines if not line.open] != []


def desk_family(desk: Desk, person_id: int) -> int:
    """For this one the family's word is enough: not alone, but in need of care."""
    desk.registry.change(person_id, {"living": "CHILDREN", "ability": "DEPENDENT", "birth": "1961-01-01"})
    return person_id


def test_the_overdue_list_shrinks_when_a_visit_is_entered(desk: Desk, clock: Clock) -> None:
    people = [alone(desk, name) for name in ("一", "二", "三")]
    clock.day = date(2026, 11, 5)
    overdue = [line for line in desk.visits.plan(NOVEMBER).due if line.due.overdue_days]
    assert {line.person_id for line in overdue} == set(people)
    assert {line.due.overdue_days for line in overdue} == {5}
    desk.visits.results.enter(Entry((people[0],), clock.day, "HOME", "MET"))
    overdue = [line for line in desk.visits.plan(NOVEMBER).due if line.due.overdue_days]
    assert {line.person_id for line in overdue} == set(people[1:])
    clock.day += timedelta(days=1)
    assert {line.due.overdue_days for line in desk.visits.plan(NOVEMBER).due if line.on_sheet} == {6}


def test_scene_8_a_couple_is_one_line_and_one_result_serves_both(desk: Desk, clock: Clock) -> None:
    home = {"area": "阳光小区", "building": "7", "unit_no": "2", "room": "301", "contact_person": "王某"}
    one = add(desk, "张三", sex="M", birth="1940-01-01", ability="PARTLY", spouse_name="李四", **home)
    two = add(desk, "李四", sex="F", birth="1941-01-01", ability="PARTLY", spouse_name="张三", **home)
    plan = desk.visits.plan(Month(2026, 10))
    assert {line.household for line in plan.due} == {one}
    [sheet] = desk.visits.sheets.freeze(Month(2026, 10))
    [line] = sheet.lines
    assert line.people == (one, two)
    clock.day = date(2026, 10, 8)
    done = desk.visits.results.enter(Entry(line.people, clock.day, "HOME", "MET", line=line))
    assert len(done.visits) == 1
    assert len(desk.visits.list()) == 2
    assert not desk.visits.plan(Month(2026, 10)).printed


def test_a_spouse_in_hospital_has_a_line_of_their_own(desk: Desk) -> None:
    home = {"area": "阳光小区", "building": "7", "room": "301"}
    add(desk, "张三", sex="M", ability="PARTLY", spouse_name="李四", **home)
    add(desk, "李四", sex="F", ability="PARTLY", spouse_name="张三", whereabouts="HOSPITAL", **home)
    [sheet] = desk.visits.sheets.freeze(Month(2026, 10))
    assert [line.spouse_id for line in sheet.lines] == [None, None]


def test_scene_9_confidential_requests_stand_on_no_page(desk: Desk, clock: Clock) -> None:
    from retiree_desk.services.documents.visit_documents import _Paper

    person_id = alone(desk, "张三", visit_notes="门铃坏,敲窗", mobile="13800000000", phone_owner="女儿")
    desk.visits.results.enter(
        Entry((person_id,), date(2026, 10, 1), "HOME", "MET", request="住房:楼道灯坏了")
    )
    clock.day = date(2026, 11, 2)
    desk.visits.results.enter(
        Entry((person_id,), date(2026, 11, 2), "PHONE", "NO_ANSWER", request="信访:保密内容")
    )
    sheets = desk.visits.sheets.freeze(NOVEMBER)
    line = _Paper(desk, sheets).sheet(sheets[0]).lines[0]
    text = "\n".join(line.reasons)
    assert "楼道灯坏了" in text and "门铃坏" in text and "保密内容" not in text
    assert line.phones == ("13800000000(女儿)",)


def test_sheets_are_by_contact_and_by_area_in_order_of_doors(desk: Desk) -> None:
    for building in ("10", "2", "1"):
        alone(desk, f"楼{building}", area="阳光小区", building=building)
    alone(desk, "远", home_address="静海县某乡某村")
    alone(desk, "甲", contact_person="王某", area="阳光小区", building="3")
    alone(desk, "外", contact_person="王某", area="阳光小区", building="1", residence_kind="ELSEWHERE")
    sheets = desk.visits.sheets.freeze(Month(2026, 10))
    assert [(sheet.code, sheet.visitor, sheet.area) for sheet in sheets] == [
        ("2026-10-01", "王某", "阳光小区"),
        ("2026-10-02", _(UNASSIGNED), "阳光小区"),
        ("2026-10-03", _(UNASSIGNED), ""),
    ]
    names = {int(one.id): one.name for one in desk.registry.load()}
    assert [names[line.person_id] for line in sheets[0].lines] == ["甲", "外"]
    assert [line.by_phone for line in sheets[0].lines] == [False, True]
    assert [names[line.person_id] for line in sheets[1].lines] == ["楼1", "楼2", "楼10"]


def test_sheets_of_areas_are_numbered_as_the_areas_are(desk: Desk) -> None:
    for area in ("第十片区", "第二片区", "第一片区"):
        alone(desk, f"{area}的人", area=area, building="1")
    alone(desk, "无片区的人")
    sheets = desk.visits.sheets.freeze(Month(2026, 10))
    assert [(sheet.code, sheet.area) for sheet in sheets] == [
        ("2026-10-01", "第一片区"),
        ("2026-10-02", "第二片区"),
        ("2026-10-03", "第十片区"),
        ("2026-10-04", ""),
    ]


def test_numbers_never_move_and_replan_adds_at_the_end(desk: Desk, clock: Clock) -> None:
    for name in ("二", "三"):
        alone(desk, name, contact_person="王某", area="阳光小区", building="5")
    before = desk.visits.sheets.freeze(Month(2026, 10))
    late = alone(desk, "一", contact_person="王某", area="阳光小区", building="1")
    new = alone(desk, "新", contact_person="安某")
    assert desk.visits.sheets.freeze(Month(2026, 10)) == before
    after = desk.visits.sheets.freeze(Month(2026, 10), replan=True)
    assert after[0].lines[:2] == before[0].lines
    assert [line.person_id for line in after[0].lines[2:]] == [late]
    assert [(sheet.code, sheet.visitor) for sheet in after] == [
        ("2026-10-01", "王某"),
        ("2026-10-02", "安某"),
    ]
    assert after[1].lines[0].person_id == new
    assert desk.visits.sheets.freeze(Month(2026, 10), replan=True) == after
    assert desk.visits.sheets.freeze(Month(2026, 10), visitor="安某") == after[1:]
    with pytest.raises(UsageError, match="无此人"):
        desk.visits.sheets.freeze(Month(2026, 10), visitor="无此人")


def test_the_months_of_people_stay_when_others_come(desk: Desk, clock: Clock) -> None:
    clock.day = date(2026, 7, 1)
    for number in range(60):
        add(desk, f"张{number}", birth="1943-01-01", area="阳光小区", building=str(number + 1))
    months = range(7, 13)

    def targets() -> dict[int, int]:
        found: dict[int, int] = {}
        for month in months:
            for line in desk.visits.plan(Month(2026, month)).printed:
                found.setdefault(line.person_id, month)
        return found

    desk.visits.sheets.freeze(Month(2026, 7))
    before = targets()
    for number in range(20):
        add(desk, f"李{number}", birth="1943-01-01", area="阳光小区", building="1")
    after = targets()
    assert {number: after[number] for number in before} == before
    assert len(after) == 80


def test_the_dead_the_moved_and_those_not_served_are_not_due(desk: Desk, clock: Clock) -> None:
    home = {"area": "阳光小区", "building": "7", "room": "301"}
    dead = alone(desk, "逝", sex="M", spouse_name="寡", **home)
    widow = add(desk, "寡", sex="F", spouse_name="逝", **home)
    single = alone(desk, "单")
    gone = [alone(desk, "转", record="MOVED_OUT"), alone(desk, "外", served_here="NO")]
    clock.day = date(2026, 11, 12)
    desk.registry.die(dead, "2026-11-10")
    desk.registry.die(single, "2026-11-11")
    plan = desk.visits.plan(NOVEMBER)
    due = {line.person_id: {reason.code for reason in line.reasons} for line in plan.due}
    assert not {dead, single, *gone} & due.keys()
    assert "E04" in due[widow]
    assert [line.person_id for line in plan.families] == [single]
    assert {reason.code for reason in plan.families[0].reasons} == {"E03"}


def test_a_changed_field_does_not_make_years_overdue(desk: Desk, clock: Clock) -> None:
    person_id = add(desk, "张三", birth="1940-01-01")
    clock.day = date.today() + timedelta(days=1)
    desk.registry.change(person_id, {"living": "ALONE"})
    [line] = [line for line in desk.visits.plan(Month.of(clock.day)).due if line.person_id == person_id]
    assert not [reason for reason in line.reasons if reason.code == "V01" and reason.overdue_days]


def test_three_times_nobody_home_and_reached_again(desk: Desk, clock: Clock) -> None:
    person_id = alone(desk, "张三")
    for day in (2, 9, 16):
        clock.day = date(2026, 10, day)
        assert desk.registry.get(person_id)["contact"] == "NORMAL"
        desk.visits.results.enter(Entry((person_id,), clock.day, "HOME", "NOT_MET"))
    assert desk.registry.get(person_id)["contact"] == "UNREACHABLE"
    desk.visits.results.enter(Entry((person_id,), clock.day, "PHONE", "REACHED"))
    assert desk.registry.get(person_id)["contact"] == "NORMAL"


def test_whereabouts_follow_the_results(desk: Desk, clock: Clock) -> None:
    person_id = alone(desk, "张三")
    away = Entry((person_id,), clock.day, "PHONE", "AWAY", place="深圳女儿家", until=date(2026, 12, 1))
    assert desk.visits.results.enter(away).follow_ups == ()
    one = desk.registry.get(person_id)
    assert (one["whereabouts"], one["whereabouts_until"]) == ("AWAY", "2026-12-01")
    [line] = [line for line in desk.visits.plan(NOVEMBER).due if line.on_sheet]
    assert line.due.by_phone
    clock.day = date(2026, 10, 5)
    desk.visits.results.enter(Entry((person_id,), clock.day, "HOME", "IN_HOSPITAL"))
    clock.day = date(2026, 10, 20)
    desk.visits.results.enter(Entry((person_id,), clock.day, "HOME", "MET"))
    assert desk.registry.get(person_id)["whereabouts"] == "HOME"
    [unclear] = desk.visits.results.enter(Entry((person_id,), clock.day, "PHONE", "AWAY")).follow_ups
    assert unclear.code == "whereabouts_to_ask" and "张三" in unclear.words


def test_a_stay_in_hospital_entered_in_the_record_counts_too(desk: Desk, clock: Clock) -> None:
    person_id = alone(desk, "张三")
    clock.day = date.today() + timedelta(days=1)
    month = Month.of(clock.day)
    desk.registry.change(person_id, {"whereabouts": "HOSPITAL"})
    assert due_codes(desk, month)[person_id] == {"E01"}
    desk.visits.results.enter(Entry((person_id,), clock.day, "HOSPITAL", "MET"))
    assert person_id not in due_codes(desk, month)
    desk.registry.change(person_id, {"whereabouts": "HOME"})
    assert "E02" in due_codes(desk, month)[person_id]


def test_a_result_is_undone_as_one_step_and_can_be_typed_anew(desk: Desk, clock: Clock) -> None:
    alone(desk, "张三", contact_person="王某")
    [sheet] = desk.visits.sheets.freeze(Month(2026, 10))
    [line] = sheet.lines
    entry = Entry(line.people, clock.day, "HOME", "MET", request="想办老年卡", line=line)
    done = desk.visits.results.enter(entry)
    [typed] = desk.visits.sheets.sheet(sheet.code).lines
    with pytest.raises(UsageError):
        desk.visits.results.enter(Entry(line.people, clock.day, "HOME", "MET", line=typed))
    desk.history.undo(done.change)
    assert desk.visits.list() == [] and desk.visits.sheets.sheet(sheet.code).lines == sheet.lines
    desk.visits.results.enter(entry)
    desk.visits.results.reopen(desk.visits.sheets.sheet(sheet.code).lines[0])
    assert desk.visits.list() == [] and desk.visits.sheets.sheet(sheet.code).lines == sheet.lines


def test_the_log_is_found_by_day_person_and_words(desk: Desk, clock: Clock) -> None:
    one, two = alone(desk, "张三"), alone(desk, "李四")
    desk.visits.results.enter(Entry((one,), date(2026, 9, 1), "HOME", "MET", words="身体好"))
    desk.visits.results.enter(Entry((two,), date(2026, 10, 1), "PHONE", "REACHED", visitor="王某"))
    rows = desk.visits.list()
    assert [row["name"] for row in rows] == ["李四", "张三"]
    assert [row["name"] for row in desk.visits.list(VisitFilter(until=date(2026, 9, 30)))] == ["张三"]
    assert [row["name"] for row in desk.visits.list(VisitFilter(text="身体"))] == ["张三"]
    assert [row["name"] for row in desk.visits.list(VisitFilter(visitor="王某"))] == ["李四"]
    assert [row["name"] for row in desk.visits.list(VisitFilter(person_id=one))] == ["张三"]


def test_rules_can_be_switched(desk: Desk) -> None:
    add(desk, "张三", birth="1951-01-01")
    desk.visits.plans.switch("V12", True)
    assert "V12" in {rule.code for rule in desk.visits.rules()}
    found = {
        reason.code
        for ahead in range(12)
        for line in desk.visits.plan(Month(2026, 10).plus(ahead)).due
        for reason in line.reasons
    }
    assert "V12" in found


# -- results from a file


Maker = Callable[..., Path]


@pytest.fixture
def results(tmp_path: Path) -> Maker:
    def make(*lines: str, encoding: str = "utf-8-sig", header: str = "") -> Path:
        path = tmp_path / "results.csv"
        head = header or "sheet,line,way,result,on,condition,words,request,next_on"
        path.write_text("\n".join((head, *lines)) + "\n", encoding=encoding)
        return path

    return make


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_results_come_back_from_a_file(desk: Desk, clock: Clock, results: Maker, encoding: str) -> None:
    for name in ("一", "二", "三", "四", "五"):
        alone(desk, name, contact_person="王某", area="阳光小区", building="1", room=f"{len(name)}")
    desk.visits.sheets.freeze(Month(2026, 10))
    clock.day = date(2026, 10, 20)
    path = results(
        "2026-10-01,1,HOME,MET,2026-10-12,GOOD,身体好,住房:楼道灯,2026-11-20",
        "2026-10-01,2,电话,本人,10-12,,,,",
        "2026-10-01,3,,,,,,,",
        "2026-10-01,4,上门,家中无人,2026年10月12日,,,,",
        "2026-10-01,5,上门,已去世,2026-10-12,,,,",
        encoding=encoding,
    )
    done = record_file(desk, path)
    assert done.recorded == 5
    assert [(one.row, one.code) for one in done.problems] == [(6, "death_to_enter")]
    [sheet] = desk.visits.sheets.sheets(Month(2026, 10))
    assert [line.result for line in sheet.lines] == ["MET", "REACHED", "NOT_ATTEMPTED", "NOT_MET", "DIED"]
    assert len(desk.visits.list()) == 4
    assert all(desk.registry.get(line.person_id).is_living for line in sheet.lines)
    assert len(desk.history.list(1)) == 1 and desk.visits.list()[0]["on"] == "2026-10-12"
    again = record_file(desk, path)
    assert again.recorded == 1  # 未去 may be typed again
    assert {one.code for one in again.problems} == {"already_recorded"}


def test_a_bad_line_is_a_problem_and_stops_no_other(desk: Desk, clock: Clock, results: Maker) -> None:
    for name in ("一", "二"):
        alone(desk, name, contact_person="王某")
    desk.visits.sheets.freeze(Month(2026, 10))
    clock.day = date(2026, 10, 20)
    done = record_file(
        desk,
        results(
            "2026-10-01,1,HOME,MET,2026-10-12,,,,",
            "2026-10-01,1,HOME,MET,2026-10-12,,,,",
            "2026-10-99,1,HOME,MET,2026-10-12,,,,",
            "2026-10-01,77,HOME,MET,2026-10-12,,,,",
            "2026-10-01,2,HOME,MET,2026-10-21,,,,",
            "2026-10-01,2,HOME,MET,昨天下午,,,,",
            "2026-10-01,2,HOME,MET,,,,,",
            "2026-10-01,2,飞鸽,MET,2026-10-12,,,,",
            "2026-10-01,2,HOME,不知道,2026-10-12,,,,",
            "2026-10-01,2,,MET,2026-10-12,,,,",
            "2026-10-01,2,HOME,,2026-10-12,,,,",
            "2026-10-01,2,HOME,MET,2026-10-12,很好很好,,,",
            "2026-10-01,2,HOME,MET,2026-10-12,,,,2026-10-01",
        ),
    )
    assert done.recorded == 1
    assert [(one.row, one.code) for one in done.problems] == [
        (3, "already_recorded"),
        (4, "sheet_unknown"),
        (5, "line_unknown"),
        (6, "date_in_future"),
        (7, "date_unreadable"),
        (8, "date_missing"),
        (9, "way_unknown"),
        (10, "result_unknown"),
        (11, "way_missing"),
        (12, "result_missing"),
        (13, "condition_unknown"),
        (14, "next_not_later"),
    ]
    assert all(one.message for one in done.problems)


def test_a_couple_can_have_two_results(desk: Desk, clock: Clock, results: Maker) -> None:
    home = {"area": "阳光小区", "building": "7", "room": "301", "ability": "PARTLY"}
    one = add(desk, "张三", sex="M", spouse_name="李四", **home)
    two = add(desk, "李四", sex="F", spouse_name="张三", **home)
    [sheet] = desk.visits.sheets.freeze(Month(2026, 10))
    clock.day = date(2026, 10, 20)
    done = record_file(
        desk,
        results(
            f"{sheet.code},1,HOME,MET,2026-10-12,,,,,张三",
            header="sheet,line,way,result,on,condition,words,request,next_on,person",
        ),
    )
    assert done.recorded == 1
    assert [row.person_id for row in desk.visits.list()] == [one]
    assert {line.person_id for line in desk.visits.plan(Month(2026, 10)).printed} == {two}


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02\x03", b"\xff\xff\xff\xff\xff", "表号,序号\n1,2\n".encode(), b""],
    ids=["zeros", "no text", "columns missing", "empty"],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(desk: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        record_file(desk, path)
    assert "\n" not in refused.value.message
    with pytest.raises(InputError):
        record_file(desk, tmp_path / "absent.csv")


# -- the command line


def test_the_verbs_answer_as_the_contract_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "office.rdesk"

    def run(*words: str) -> tuple[int, dict[str, object]]:
        status = main(["--db", str(db), "--today", "2026-10-20", "--json", *words])
        return status, json.loads(capsys.readouterr().out)

    desk = Desk.open(db, operator="李", today=lambda: date(2026, 10, 1))
    alone(desk, "张三", contact_person="王某", mobile="13800000000")
    desk.close()
    status, plan = run("visits", "plan", "--month", "2026-10")
    assert status == 0 and plan["month"] == "2026-10"
    [due] = plan["due"]  # type: ignore[misc]
    wanted = {"person", "name", "rules", "due_on", "overdue_days", "last_visit", "visitor", "household"}
    assert wanted <= due.keys()
    assert due["last_visit"] is None and due["visitor"] == "王某"
    assert {"code", "reason"} == due["rules"][0].keys()
    status, rules = run("visits", "rules")
    assert {"code", "who", "often", "ways", "source"} <= rules["rules"][0].keys()  # type: ignore[index]
    out = tmp_path / "out.pdf"
    status, made = run("visits", "sheet", str(out), "--month", "2026-10")
    assert status == 0 and out.stat().st_size > 1000
    assert made["sheets"] == [{"code": "2026-10-01", "visitor": "王某", "lines": 1}]
    status, again = run("visits", "sheet", str(out), "--month", "2026-10", "--large")
    assert again["sheets"] == made["sheets"]
    csv = tmp_path / "results.csv"
    csv.write_text(
        "sheet,line,way,result,on,condition,words,request,next_on\n"
        "2026-10-01,1,HOME,MET,2026-10-12,GOOD,,,\n2026-10-01,9,HOME,MET,2026-10-12,,,,\n"
    )
    status, done = run("visits", "record", str(csv))
    assert status == 1 and done["recorded"] == 1
    assert [one["code"] for one in done["problems"]] == ["line_unknown"]  # type: ignore[union-attr]
    status, plan = run("visits", "plan", "--month", "2026-10")
    assert not [one for one in plan["due"] if one["on_sheet"]]  # type: ignore[union-attr]
    status, failed = run("visits", "record", str(tmp_path / "absent.csv"))
    assert status == 3 and set(failed["error"]) == {"code", "message"}  # type: ignore[arg-type]
    status, failed = run("visits", "plan", "--month", "2026-13")
    assert status == 2
