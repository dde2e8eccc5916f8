"""Ways, results, rules and spread as the office's tables say them (OFFICE 3.6, 3.7, 5.1)."""

from datetime import date

import pytest

from retiree_desk.core.conditions import holds
from retiree_desk.core.households import Member, couples
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.place_words import area_words, door_words
from retiree_desk.core.requests import due_on, read_request
from retiree_desk.core.retirees import PersonId, Retiree
from retiree_desk.core.visit_periods import (
    Month,
    birthdays_between,
    deadline,
    first_period,
    month_of,
    period_of,
    plus_working_days,
    window_spans,
)
from retiree_desk.core.visit_plan import closes
from retiree_desk.core.visit_rule import Period
from retiree_desk.core.visit_rules import VISIT_RULES, occasion_for, rules_in_force
from retiree_desk.core.visit_spread import Spread, cut
from retiree_desk.core.visits import (
    RESULTS,
    WAYS,
    Visit,
    follow_up,
    normalise,
    read_condition,
    read_occasion,
    read_result,
    read_way,
    way_name,
)


def test_every_word_of_the_paper_is_read_back() -> None:
    for text in (
        "上门",
        "电话",
        "视频(微信)",
        "视频（微信）",
        "医院探望",
        "养老机构",
        "来站(来访)",
        "活动中见到",
    ):
        assert read_way(text) in WAYS, text
    for row in RESULTS.values():
        assert all(read_result(text) == row.code for text in (row.code, row.key, *row.also)), row.code
    for text in ("见到本人", "家属", "无人", "谢绝", "未去"):
        assert read_result(text) in RESULTS, text
    assert read_way("2") == "PHONE"
    assert read_way("home") == "HOME"
    assert read_way("飞鸽") == ""
    assert read_condition("需关注") == "WATCH"
    assert read_condition("5") == "URGENT"
    assert read_occasion("送学上门") == "HOME_STUDY"
    assert way_name("HOME") in ("上门", "Home")


def test_keys_are_those_of_the_table() -> None:
    assert [way.key for way in WAYS.values()] == list("1234567")
    assert [result.key for result in RESULTS.values()] == list("1234567890-")


def test_a_call_that_met_the_person_is_reached_by_phone() -> None:
    assert normalise("PHONE", "MET") == ("PHONE", "REACHED")
    assert normalise("HOME", "REACHED") == ("PHONE", "REACHED")
    assert normalise("", "NO_ANSWER") == ("PHONE", "NO_ANSWER")
    assert normalise("HOME", "MET") == ("HOME", "MET")


def test_what_fulfils_a_rule() -> None:
    home, both = frozenset({"HOME"}), frozenset({"HOME", "PHONE"})
    assert closes(home, False, "HOME", "FAMILY_MET")
    assert not closes(home, True, "HOME", "FAMILY_MET")
    assert not closes(home, False, "PHONE", "REACHED")
    assert closes(both, True, "PHONE", "REACHED")
    assert closes(home, True, "PHONE", "DECLINED")
    assert closes(home, False, "CARE_HOME", "MET")
    assert closes(home, False, "PHONE", "REACHED", away="WITH_CHILDREN")
    assert closes(home, False, "PHONE", "REACHED", elsewhere=True)
    for result in ("NOT_MET", "NO_ANSWER", "NOT_ATTEMPTED", "AWAY", "IN_HOSPITAL", "MOVED", "DIED"):
        assert not closes(both, False, "HOME", result), result


def test_what_a_result_asks_for_next() -> None:
    assert follow_up("DIED", "", has_request=False) == "death_to_enter"
    assert follow_up("MOVED", "", has_request=False) == "address_to_ask"
    assert follow_up("MET", "URGENT", has_request=False) == "request_needed"
    assert follow_up("MET", "URGENT", has_request=True) == ""
    assert follow_up("AWAY", "", has_request=False, place_known=True) == ""


def test_a_visit_says_what_is_wrong_with_it() -> None:
    today = date(2026, 11, 12)
    assert Visit(1, today, "HOME", "MET").problems(today) == []
    assert Visit(1, date(2026, 11, 13), "HOME", "MET").problems(today) == ["date_in_future"]
    assert Visit(1, today, "", "MET").problems(today) == ["way_missing"]
    assert Visit(1, today, "HOME", "MET", next_on=today).problems(today) == ["next_not_later"]


def test_the_shipped_rules_are_those_of_the_table() -> None:
    codes = [f"V{n:02}" for n in range(1, 14)] + [f"E{n:02}" for n in range(1, 12)]
    codes += [f"F{n:02}" for n in range(1, 6)]
    assert set(VISIT_RULES) == {*codes, "NEXT"}
    off = {code for code, rule in VISIT_RULES.items() if not rule.on}
    assert off == {"V12", "E10", "E11", "F05"}
    must_meet = {code for code, rule in VISIT_RULES.items() if rule.must_meet}
    assert must_meet == {"V01", "V03", "E05", "E06", "E08", "E10"}
    assert not VISIT_RULES["V13"].printed
    assert {rule.code for rule in rules_in_force({"V12": True, "V13": False})} >= {"V12"}
    assert "V13" not in {rule.code for rule in rules_in_force({"V13": False})}
    assert occasion_for({"V01", "F01"}) == "FESTIVAL"


@pytest.mark.parametrize(
    ("values", "meant"),
    [
        ({"birth": "1940", "living": "ALONE"}, {"V01", "V07"}),
        ({"birth": "1936-01-01", "living": "ALONE"}, {"V01", "V04"}),
        ({"birth": "1950", "labels": "NO_FAMILY,VETERAN"}, {"V05", "V12"}),
        ({"birth": "1960", "ability": "DEPENDENT"}, {"V02"}),
        ({"birth": "1960", "health": "SERIOUS"}, {"V02"}),
        ({"birth": "1960", "ability": "PARTLY", "residence_kind": "REMOTE"}, {"V06", "V09"}),
        ({"birth": "1960", "residence_kind": "ELSEWHERE"}, {"V10"}),
        ({"birth": "1928", "category": "VETERAN_CADRE"}, {"V03", "V04"}),
        ({"birth": "1960", "labels": "HARDSHIP_2"}, {"V08"}),
        ({"birth": "1960", "labels": "MODEL_PROVINCE"}, {"V11"}),
        ({"birth": "1960", "labels": "MODEL_COMPANY"}, set()),
    ],
)
def test_whom_the_yearly_round_means(values: dict[str, str], meant: set[str]) -> None:
    person = Retiree(PersonId(1), values)
    on = date(2026, 11, 12)
    found = {code for code, rule in VISIT_RULES.items() if rule.periods and holds(rule.who, person, on)}
    assert found == meant | {"V13"}


def test_an_incomplete_birth_date_leaves_an_age_open() -> None:
    person = Retiree(PersonId(1), {"birth": "1946"})
    assert holds(VISIT_RULES["V07"].who, person, date(2026, 6, 1)) is None
    assert holds(VISIT_RULES["V07"].who, person, date(2026, 12, 31)) is True


def test_periods_of_the_calendar() -> None:
    assert month_of(3, period_of(3, date(2026, 11, 12)), 0) == Month(2026, 10)
    assert deadline(Period(6), period_of(6, date(2026, 3, 1))) == date(2026, 6, 30)
    assert deadline(Period(12, before="SPRING_FESTIVAL"), period_of(12, date(2026, 3, 1))) == date(
        2026, 2, 16
    )
    assert Month.parse("2026-11").plus(2) == Month(2027, 1)
    assert plus_working_days(date(2026, 11, 13), 3) == date(2026, 11, 18)  # Friday to Wednesday


def test_who_comes_late_in_a_period_counts_from_the_next() -> None:
    monthly = Period(1)
    assert month_of(1, first_period(monthly, 0, date(2026, 11, 15)), 0) == Month(2026, 11)
    assert month_of(1, first_period(monthly, 0, date(2026, 11, 16)), 0) == Month(2026, 12)
    # In November the months July to October of the half-year are over: those start in the next one.
    assert month_of(6, first_period(Period(6), 3, date(2026, 11, 2)), 3) == Month(2027, 4)
    assert month_of(6, first_period(Period(6), 4, date(2026, 11, 2)), 4) == Month(2026, 11)


def test_festival_windows_follow_the_lunar_calendar() -> None:
    spring = VISIT_RULES["F01"].window
    assert spring is not None
    assert window_spans(spring, date(2026, 2, 1), date(2026, 2, 28)) == [
        (date(2026, 1, 28), date(2026, 2, 16))
    ]
    winter = VISIT_RULES["F05"].window
    assert winter is not None
    assert window_spans(winter, date(2027, 1, 1), date(2027, 1, 31)) == [
        (date(2026, 12, 1), date(2027, 1, 31))
    ]


def test_milestone_birthdays_are_those_that_are_celebrated() -> None:
    birth = PartialDate.parse("1946-11-20")
    span = date(2026, 11, 1), date(2026, 12, 31)
    assert birthdays_between(birth, "", (80, 90), *span) == [(80, date(2026, 11, 20))]
    # 25 December 2026 is the 17th of the 11th lunar month.
    assert birthdays_between(birth, "L11-17", (80, 90), *span) == [(80, date(2026, 12, 25))]
    assert birthdays_between(PartialDate.parse("1946-11"), "", (80,), *span) == []


def test_shares_are_even_and_stay_where_they_are() -> None:
    places = [(f"{number % 40:03}", number) for number in range(1, 1001)]
    spread = cut(places, places)
    for months in (6, 12):
        loads = [0] * months
        for place in places:
            loads[spread.slot(months, place)] += 1
        assert max(loads) - min(loads) <= 1
        # By building: the doors of one building lie in one month, or in two neighbouring ones.
        for building in {text for text, _number in places}:
            slots = {spread.slot(months, place) for place in places if place[0] == building}
            assert max(slots) - min(slots) <= 1
    later = Spread.from_data(spread.to_data())
    assert later == spread
    assert [later.slot(12, place) for place in places] == [spread.slot(12, place) for place in places]
    assert later.still_fits(1900) and not later.still_fits(2100) and not later.still_fits(400)
    assert cut([], []).slot(12, ("x", 1)) == 0


def test_a_couple_is_paired_by_link_by_name_and_never_by_guess() -> None:
    linked = [Member(1, "张三", spouse_id=2), Member(2, "李四")]
    assert couples(linked) == {1: 2, 2: 1}
    named = [Member(1, "张三", "李四", "M", "7-1"), Member(2, "李四", "张三", "F", "7-1")]
    assert couples(named) == {1: 2, 2: 1}
    one_sided = [Member(1, "张三", "李四", "M", "7-1"), Member(2, "李四", "", "F", "7-1")]
    assert couples(one_sided) == {1: 2, 2: 1}
    assert couples([one_sided[0], Member(2, "李四", "", "F", "8-1")]) == {}
    assert couples([*one_sided, Member(3, "李四", "", "F", "7-1")]) == {}
    assert couples([Member(1, "张三", "张三", "M", "7-1")]) == {}


def test_places_as_they_stand_on_paper() -> None:
    values = {"area": "阳光小区", "building": "7", "unit_no": "2", "room": "301"}
    assert door_words(values) == "阳光小区7号楼2单元301"
    assert door_words(values, area=False) == "7号楼2单元301"
    assert door_words({"home_address": "静海县某乡某村"}) == "静海县某乡某村"
    assert door_words({"area": "3区", "building": "7排", "room": "4"}) == "3区7排4"
    assert area_words([{"area": "第三片区", "building": str(n)} for n in (9, 1, 10)]) == "第三片区(1-10号楼)"
    assert area_words([{"area": name, "building": "1"} for name in "甲乙丙"]) == "甲、乙、丙"


def test_requests_read_their_kind_and_their_day() -> None:
    assert read_request("住房:楼道灯坏了") == ("HOUSING", "楼道灯坏了")
    assert read_request("信访：反映物业") == ("PETITION", "反映物业")
    assert read_request("楼道灯:坏了") == ("OTHER", "楼道灯:坏了")
    assert due_on("HOUSING", "NORMAL", date(2026, 11, 12)) == date(2026, 11, 22)
    assert due_on("PETITION", "SOON", date(2026, 11, 12)) == date(2026, 11, 17)
    assert due_on("LIVING", "URGENT", date(2026, 11, 12)) == date(2026, 11, 12)
