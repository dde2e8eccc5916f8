"""Sheets as HR writes them: titles over groups, totals of every wording, marks, headers of domain.md 2.3."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.hr_sheets import LI, WANG, ZHANG, Office, codes, counts


@pytest.fixture
def office(tmp_path: Path, today: date) -> Iterator[Office]:
    made = Office(tmp_path, today)
    yield made
    made.desk.close()


def test_a_group_title_with_its_head_count_is_no_person(office: Office) -> None:
    plan = office.plan(
        office.csv(
            f"姓名,身份证号\n第一党支部(1人),\n张三,{ZHANG}\n本页小计,1人\n第二党支部  共2人,\n"
            f"李秀英,{LI}\n王五,{WANG}\n第二党支部小计:,2\n"
        )
    )
    assert counts(plan) == {"new": 3, "skipped": 4}
    assert not plan.problems
    office.desk.imports.apply(plan)
    assert [office.one(name)["party_branch"] for name in ("张三", "李秀英", "王五")] == [
        "第一党支部",
        "第二党支部",
        "第二党支部",
    ]


def test_titles_of_groups_that_look_after_people_are_their_group(office: Office) -> None:
    office.take(office.csv(f"姓名,身份证号\n第一行政大组,\n张三,{ZHANG}\n第二行政大组,\n王五,{WANG}\n"))
    assert office.one("张三")["admin_group"] == "第一行政大组"
    assert office.one("王五")["admin_group"] == "第二行政大组"


def test_marks_under_ability_and_health_fill_those_fields(office: Office) -> None:
    office.take(office.csv("姓名,失能,重病,特困\n张三,√,是,√\n", "one.csv"))
    office.take(office.csv("姓名,半自理\n李秀英,1\n", "two.csv"))
    one, other = office.one("张三"), office.one("李秀英")
    assert (one["ability"], one["health"], one["labels"]) == ("DEPENDENT", "SERIOUS", "DESTITUTE")
    assert (other["ability"], other["health"]) == ("PARTLY", "")


def test_a_mark_for_model_workers_is_that_label_and_words_tell_the_level(office: Office) -> None:
    plan = office.plan(office.csv("姓名,劳模情况标识\n张三,是\n李秀英,省部级劳模\n王五,否\n赵六,先进\n"))
    assert codes(plan) == ["choice_unknown"]
    office.desk.imports.apply(plan)
    said = [office.one(name)["labels"] for name in ("张三", "李秀英", "王五", "赵六")]
    assert said == ["MODEL_WORKER", "MODEL_PROVINCE", "", ""]


def test_illnesses_stay_words_and_words_of_health_fill_the_field(office: Office) -> None:
    office.take(office.csv("姓名,疾病\n张三,慢性病\n李秀英,重病\n", "health.csv"))
    assert office.one("李秀英")["health"] == "SERIOUS"
    office.desk.history.undo()
    plan = office.plan(office.csv("姓名,疾病\n张三,高血压\n李秀英,糖尿病\n", "illness.csv"))
    assert not plan.problems
    assert [column.fate for column in plan.tables[0].columns] == ["field", "custom"]


def test_birthdays_below_a_lunar_header_are_lunar(office: Office) -> None:
    office.take(office.csv("姓名,农历生日\n张三,八月十五\n李秀英,8.15\n王五,公历8月15日\n赵六,闰四月十五\n"))
    said = [office.one(name)["celebrated_birthday"] for name in ("张三", "李秀英", "王五", "赵六")]
    assert said == ["L08-15", "L08-15", "08-15", "L+04-15"]


def test_the_grid_is_the_group_unless_another_column_names_it(office: Office) -> None:
    office.take(office.csv("姓名,网格\n张三,三网格\n", "one.csv"))
    assert office.one("张三")["admin_group"] == "三网格"
    office.take(office.csv("姓名,网格,行政组\n李秀英,四网格,二组\n", "two.csv"))
    assert (office.one("李秀英")["area"], office.one("李秀英")["admin_group"]) == ("四网格", "二组")


def test_a_stray_letter_beside_a_number_owns_no_phone(office: Office) -> None:
    office.take(office.csv("姓名,联系电话\n张三,O13800001247\n李秀英,短号66123\n王五,13800001248(儿子)\n"))
    said = [office.one(name)["phone_owner"] for name in ("张三", "李秀英", "王五")]
    assert said == ["", "", "子女"]
    assert office.one("李秀英")["other_phones"] == "66123"


def test_what_disagrees_with_the_id_number_is_quoted_as_it_stands_in_the_cell(office: Office) -> None:
    plan = office.plan(
        office.csv(f"姓名,身份证号,性别,出生年月\n张三,{ZHANG},F,1951.3\n李秀英,{LI},同上,同上\n")
    )
    said = [(problem.row, problem.code, problem.value) for problem in plan.problems]
    assert said == [
        (2, "birth_differs", "1951.3"),
        (2, "sex_differs", "F"),
        (3, "birth_differs", "1951-03"),
    ]


def test_what_stands_below_a_list_is_no_person(office: Office) -> None:
    foot = ["2026年10月31日", "第1页 共3页", "以下空白", "2026.10.31", "年 月 日", "审核人：", "……"]
    rows = [["姓名", "身份证号"], ["张三", ZHANG], *([word, ""] for word in foot), ["", "2026年10月31日"]]
    plan = office.plan(office.xlsx({"名册": rows}))
    assert counts(plan) == {"new": 1, "skipped": len(foot) + 1}
    assert not plan.problems


def test_a_first_column_of_dates_makes_no_footer_of_a_person(office: Office) -> None:
    plan = office.plan(office.csv("出生年月日,姓名\n1945年10月12日,张三\n"))
    assert counts(plan) == {"new": 1}


def test_columns_of_ticks_fill_their_field_together(office: Office) -> None:
    plan = office.plan(
        office.csv("姓名,自理,半自理,不能自理,厅级,处级\n张三,√,,,,√\n李秀英,,√,,√,\n王五,,,√,,\n")
    )
    assert [column.fate for column in plan.tables[0].columns] == ["field"] * 6
    office.desk.imports.apply(plan)
    people = [office.one(name) for name in ("张三", "李秀英", "王五")]
    assert [one["ability"] for one in people] == ["INDEPENDENT", "PARTLY", "DEPENDENT"]
    assert [one["rank"] for one in people] == ["处级", "厅级", ""]


def test_a_column_of_the_field_itself_comes_before_ticks(office: Office) -> None:
    office.take(office.csv("姓名,不能自理,自理能力\n张三,,半自理\n李秀英,√,不能自理\n"))
    assert office.one("张三")["ability"] == "PARTLY"
    assert office.one("李秀英")["ability"] == "DEPENDENT"
