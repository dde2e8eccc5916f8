"""What a clerk gets from importing HR's sheets: who is meant, what is taken, what is asked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retiree_desk.core.errors import InputError, RefusedError, UsageError
from retiree_desk.core.imports import Accept
from tests.services.hr_sheets import LI, WANG, ZHANG, Office, codes, counts, id_number


@pytest.fixture
def office(tmp_path: Path, today: date) -> Iterator[Office]:
    made = Office(tmp_path, today)
    yield made
    made.desk.close()


def roster(office: Office, name: str = "hr.csv", *, phone: str = "13800001111", post: str = "科长") -> Path:
    return office.csv(
        f"""
姓名,身份证号,职务,手机,所属支部,爱好
张三,{ZHANG},{post},{phone},第一党支部,下棋
李秀英,{LI},工人,13800002222,第一党支部,
王五,{WANG},工人,,第二党支部,钓鱼
""",
        name,
    )


# -- again, undo, all or nothing


def test_importing_twice_changes_nothing(office: Office) -> None:
    result = office.take(roster(office))
    assert (result.new, result.changed) == (3, 0)
    again = office.plan(roster(office))
    assert counts(again) == {"unchanged": 3}
    assert again.missing == ()
    before = office.content()
    assert office.desk.imports.apply(again).batch is None
    assert office.content() == before


def test_undo_takes_the_whole_batch_back(office: Office) -> None:
    office.desk.registry.add({"name": "张三", "id_number": ZHANG, "post": "干事"})
    before = office.content()
    office.take(roster(office))
    assert len(office.people()) == 3
    office.desk.history.undo()
    assert office.content() == before
    office.desk.history.redo()
    assert office.one("张三")["post"] == "科长"


def test_a_backup_is_made_before(office: Office) -> None:
    result = office.take(roster(office))
    assert Path(result.backup).is_file()


def test_one_unreadable_file_and_nothing_is_imported(office: Office) -> None:
    broken = office.folder / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing")
    before = office.content()
    with pytest.raises(InputError):
        office.take(roster(office), broken)
    assert office.content() == before


def test_a_file_without_people_is_refused_in_a_sentence(office: Office) -> None:
    with pytest.raises(InputError, match=r"costs\.csv"):
        office.plan(office.csv("费用,金额\n办公,100", "costs.csv"))


def test_a_preview_older_than_the_registry_is_not_applied(office: Office) -> None:
    plan = office.plan(roster(office))
    office.desk.registry.add({"name": "赵六"})
    with pytest.raises(RefusedError):
        office.desk.imports.apply(plan)
    assert len(office.people()) == 1


# -- who is meant


def test_old_and_new_forms_of_one_number_are_one_person(office: Office) -> None:
    old = ZHANG[:6] + ZHANG[8:17]
    office.take(office.csv(f"姓名,身份证号\n张三,{old}"))
    plan = office.plan(office.csv(f"姓名,身份证号\n张三,{ZHANG}", "new.csv"))
    assert counts(plan) == {"changed": 1}
    office.desk.imports.apply(plan)
    assert office.one("张三")["id_number"] == ZHANG
    assert counts(office.plan(office.csv(f"姓名,身份证号\n张三,{old}", "old.csv"))) == {"unchanged": 1}


def test_two_valid_numbers_never_match_whatever_else_agrees(office: Office) -> None:
    other = id_number("1950-03-12", 5)
    office.take(office.csv(f"工号,姓名,身份证号\n007,张三,{ZHANG}"))
    plan = office.plan(office.csv(f"工号,姓名,身份证号\n007,张三,{other}", "b.csv"))
    assert counts(plan) == {"new": 1}


def test_a_valid_number_with_another_name_is_for_the_clerk(office: Office) -> None:
    office.take(roster(office))
    plan = office.plan(office.csv(f"姓名,身份证号\n张山,{ZHANG}", "b.csv"))
    assert counts(plan) == {"conflict": 1}
    assert codes(plan) == ["id_conflict"]
    assert office.desk.imports.apply(plan).batch is None


def test_the_clerk_says_whom_a_row_means(office: Office) -> None:
    office.take(roster(office))
    plan = office.plan(office.csv(f"姓名,身份证号,职务\n张山,{ZHANG},处长", "b.csv"))
    meant = office.one("张三").id
    result = office.desk.imports.apply(plan, Accept(persons={0: meant}))
    assert result.changed == 1
    assert office.one("张山")["post"] == "处长"


def test_rows_with_one_number_identical_and_different(office: Office) -> None:
    plan = office.plan(
        office.csv(
            f"序号,姓名,身份证号,手机\n1,张三,{ZHANG},13800001111\n2,张三,{ZHANG},13800001111\n3,王五,{WANG},\n4,王伍,{WANG},"
        )
    )
    assert counts(plan) == {"new": 1, "skipped": 1, "conflict": 2}
    assert codes(plan) == ["id_used_twice", "id_used_twice"]


def test_staff_number_with_name_matches_where_no_number_does(office: Office) -> None:
    office.take(office.csv("工号,姓名,职务\n007,张三,科长"))
    plan = office.plan(office.csv(f"工号,姓名,身份证号\n007,张三,{ZHANG}", "b.csv"))
    assert [row.matched_by for row in plan.rows] == ["employee_no"]
    office.desk.imports.apply(plan)
    person = office.one("张三")
    assert (person["id_number"], person["birth"], person["sex"]) == (ZHANG, "1950-03-12", "M")


def test_name_and_full_birth_date_match_but_a_month_does_not(office: Office) -> None:
    office.take(roster(office))
    full = office.plan(office.csv("姓名,出生日期,职称\n张三,1950-03-12,工程师", "b.csv"))
    assert [(row.kind, row.matched_by) for row in full.rows] == [("changed", "name_birth")]
    month = office.plan(office.csv("姓名,出生年月,职称\n张三,1950.03,工程师", "c.csv"))
    assert counts(month) == {"conflict": 1}
    assert codes(month) == ["same_name"]


def test_a_namesake_who_cannot_be_the_same_is_new(office: Office) -> None:
    office.take(roster(office))
    assert counts(office.plan(office.csv("姓名,出生年月\n张三,1961.05", "b.csv"))) == {"new": 1}


def test_a_wrong_check_digit_is_kept_and_not_matched_on_alone(office: Office) -> None:
    wrong = ZHANG[:17] + ("0" if ZHANG[17] != "0" else "1")
    office.take(office.csv(f"姓名,身份证号\n张三,{wrong}"))
    assert office.one("张三")["id_number"] == wrong
    assert counts(office.plan(office.csv(f"姓名,身份证号\n李四,{wrong}", "b.csv"))) == {"new": 1}
    same = office.plan(office.csv(f"姓名,身份证号\n张三,{wrong}", "c.csv"))
    assert counts(same) == {"unchanged": 1}
    assert codes(same) == ["id_check_digit"]


def test_a_damaged_number_leaves_the_field_empty_and_tells_the_birth_date(office: Office) -> None:
    path = office.xlsx({"Sheet1": [["姓名", "身份证号"], ["张三", float(int(ZHANG[:15] + "000"))]]})
    plan = office.plan(path)
    assert codes(plan) == ["id_damaged"]
    office.desk.imports.apply(plan)
    person = office.one("张三")
    assert (person["id_number"], person["birth"], person["sex"]) == ("", "1950-03-12", "")
    assert "id_number" in person.unread
    assert counts(office.plan(path)) == {"unchanged": 1}
    # The whole number, once it comes, is taken, and the text beside the field goes.
    office.take(office.csv(f"姓名,身份证号\n张三,{ZHANG}", "whole.csv"))
    person = office.one("张三")
    assert (person["id_number"], dict(person.unread)) == (ZHANG, {})


# -- what is taken


def test_hr_counts_for_its_fields_and_fills_blanks_elsewhere(office: Office) -> None:
    office.take(roster(office))
    office.desk.registry.change(office.one("张三").id, {"mobile": "13911112222"})
    office.desk.registry.change(office.one("王五").id, {"mobile": ""})
    plan = office.plan(roster(office, "b.csv", phone="13800001111", post="处长"))
    assert counts(plan) == {"changed": 1, "unchanged": 2}
    office.desk.imports.apply(plan)
    person = office.one("张三")
    assert (person["post"], person["mobile"]) == ("处长", "13911112222")
    assert counts(office.plan(roster(office, "c.csv", post="处长"))) == {"unchanged": 3}


def test_a_refused_difference_comes_back_only_with_another_value(office: Office) -> None:
    office.take(roster(office))
    office.desk.registry.change(office.one("张三").id, {"mobile": "13911112222"})
    office.take(roster(office, "b.csv"))
    assert counts(office.plan(roster(office, "c.csv"))) == {"unchanged": 3}
    assert counts(office.plan(roster(office, "d.csv", phone="13700003333"))) == {"changed": 1, "unchanged": 2}


def test_accept_all_takes_every_value(office: Office) -> None:
    office.take(roster(office))
    office.desk.registry.change(office.one("张三").id, {"mobile": "13911112222"})
    office.take(roster(office, "b.csv"), accept=Accept(every_value=True))
    assert office.one("张三")["mobile"] == "13800001111"


def test_a_single_field_can_be_left_out(office: Office) -> None:
    office.take(roster(office))
    plan = office.plan(roster(office, "b.csv", post="处长"))
    place = next(at for at, row in enumerate(plan.rows) if row.kind == "changed")
    result = office.desk.imports.apply(plan, Accept(ticks={(place, "post"): False}))
    assert (result.new, result.changed) == (0, 0)
    assert office.one("张三")["post"] == "科长"
    assert counts(office.plan(roster(office, "b.csv", post="处长"))) == {"unchanged": 3}


def test_a_blank_cell_never_wipes_and_a_coarser_date_is_no_change(office: Office) -> None:
    office.take(office.csv(f"姓名,身份证号,退休时间,职称\n张三,{ZHANG},2010-03-15,工程师"))
    plan = office.plan(office.csv(f"姓名,身份证号,退休时间,职称\n张三,{ZHANG},2010.03,", "b.csv"))
    assert counts(plan) == {"unchanged": 1}


def test_known_phones_and_labels_are_added_to_never_removed(office: Office) -> None:
    office.take(office.csv(f"姓名,身份证号,联系电话,特殊人员\n张三,{ZHANG},13800001111/0459-6012345,低保"))
    plan = office.plan(
        office.csv(f"姓名,身份证号,联系电话,特殊人员\n张三,{ZHANG},13800001111、13900009999,孤寡", "b.csv")
    )
    office.desk.imports.apply(plan)
    person = office.one("张三")
    assert (person["mobile"], person["phone"], person["other_phones"]) == (
        "13800001111",
        "0459-6012345",
        "13900009999",
    )
    assert person.labels == {"DIBAO", "NO_FAMILY"}
    assert counts(office.plan(office.csv(f"姓名,身份证号,特殊人员\n张三,{ZHANG},孤寡", "c.csv"))) == {
        "unchanged": 1
    }


def test_a_death_in_a_status_column_is_entered_and_one_in_a_remark_is_proposed(office: Office) -> None:
    office.take(roster(office))
    plan = office.plan(
        office.csv(
            f"姓名,身份证号,人员状态,死亡日期,备注\n张三,{ZHANG},已故,2026.02.03,\n王五,{WANG},,,2026年1月病故",
            "b.csv",
        )
    )
    assert codes(plan) == ["maybe_deceased"]
    office.desk.imports.apply(plan)
    dead, living = office.one("张三"), office.one("王五")
    assert (dead["life"], dead["died_on"], dead["status"]) == ("DECEASED", "2026-02-03", "DECEASED")
    assert living.is_living


def test_a_list_that_still_calls_the_dead_living_does_not_revive_them(office: Office) -> None:
    office.take(roster(office))
    office.desk.registry.die(office.one("张三").id, "2026-02-03")
    office.take(office.csv(f"姓名,身份证号,人员状态\n张三,{ZHANG},正常\n王五,{WANG},健在", "b.csv"))
    assert not office.one("张三").is_living


def test_sex_and_birth_follow_the_number_and_the_sheet_is_questioned(office: Office) -> None:
    plan = office.plan(office.csv(f"姓名,身份证号,性别,出生年月\n张三,{ZHANG},女,1951.03"))
    assert codes(plan) == ["birth_differs", "sex_differs"]
    office.desk.imports.apply(plan)
    person = office.one("张三")
    assert (person["sex"], person["birth"]) == ("M", "1950-03-12")


def test_what_cannot_be_read_is_kept_beside_and_the_rest_comes_in(office: Office) -> None:
    path = office.csv(f"姓名,身份证号,人员类别,参加工作时间,职务\n张三,{ZHANG},其他人士,1968.13,科长")
    plan = office.plan(path)
    assert codes(plan) == ["choice_unknown", "date_unreadable"]
    problem = next(each for each in plan.problems if each.code == "date_unreadable")
    assert (problem.row, problem.column, problem.value) == (2, "参加工作时间", "1968.13")
    office.desk.imports.apply(plan)
    person = office.one("张三")
    assert person["post"] == "科长"
    assert dict(person.unread) == {"category": "其他人士", "work_started": "1968.13"}
    assert counts(office.plan(path)) == {"unchanged": 1}
    # Once the clerk has answered, the same text is not asked again.
    office.desk.registry.change(person.id, {"work_started": "1968-12"})
    assert counts(office.plan(path)) == {"unchanged": 1}


def test_columns_that_fit_no_field_are_kept_under_their_header(office: Office) -> None:
    office.take(roster(office))
    names = office.desk.registry.custom_fields()
    person = office.one("张三")
    assert {names[number]: text for number, text in person.custom.items()} == {"爱好": "下棋"}


def test_an_unknown_unit_is_made_below_unsorted_and_said_once(office: Office) -> None:
    plan = office.plan(roster(office))
    assert [note.value for note in plan.notes if note.code == "unit_unknown"] == ["第一党支部", "第二党支部"]
    assert not plan.needs_look
    office.desk.imports.apply(plan)
    trees = office.desk.units.trees()
    (branch,) = trees.named("第一党支部", "PARTY")
    assert branch.parent_id is not None and trees.by_id[branch.parent_id].builtin == "UNSORTED"


# -- what the file is


def test_people_missing_from_a_full_roster_are_listed(office: Office) -> None:
    office.take(roster(office))
    plan = office.plan(office.csv(f"姓名,身份证号\n张三,{ZHANG}\n李秀英,{LI}", "b.csv"))
    assert plan.kind == "full"
    assert [one.name for one in plan.missing] == ["王五"]


def test_missing_is_asked_only_inside_the_units_of_the_file(office: Office) -> None:
    office.take(roster(office))
    plan = office.plan(office.csv(f"姓名,身份证号,所属支部\n张三,{ZHANG},第一党支部", "b.csv"))
    assert [one.name for one in plan.missing] == ["李秀英"]


def test_a_list_of_new_people_misses_nobody(office: Office) -> None:
    office.take(roster(office))
    lines = "\n".join(
        f"新人{number:c},{id_number('1965-01-02', 10 + number - 0x4E00)}" for number in range(0x4E00, 0x4E0C)
    )
    plan = office.plan(office.csv(f"姓名,身份证号\n{lines}", "new.csv"))
    assert (plan.kind, plan.missing, plan.count("new")) == ("new", (), 12)


def test_the_clerk_can_say_what_the_file_is(office: Office) -> None:
    office.take(roster(office))
    plan = office.plan(office.csv(f"姓名,身份证号\n张三,{ZHANG}\n李秀英,{LI}", "b.csv"), kind="changed")
    assert plan.missing == ()


def test_the_dead_and_the_handed_over_are_not_missed(office: Office) -> None:
    office.take(roster(office))
    office.desk.registry.die(office.one("王五").id, "2026-01-01")
    office.desk.registry.change(office.one("李秀英").id, {"handover": "HANDED_OVER"})
    assert office.plan(office.csv(f"姓名,身份证号\n张三,{ZHANG}", "b.csv")).missing == ()


# -- sheets


def test_one_sheet_per_branch_names_the_branch(office: Office) -> None:
    path = office.xlsx({
        "第一党支部": [["姓名", "身份证号"], ["张三", ZHANG]],
        "第二党支部": [["姓名", "身份证号"], ["王五", WANG]],
    })  # fmt: skip
    office.take(path)
    assert office.one("王五")["party_branch"] == "第二党支部"


def test_hidden_rows_and_sheets_only_on_request(office: Office) -> None:
    def dress(_book: object, title: str, sheet: object) -> None:
        if title == "离世":
            sheet.hide()  # type: ignore[attr-defined]
        else:
            sheet.set_row(2, None, None, {"hidden": True})  # type: ignore[attr-defined]

    rows = [["姓名", "身份证号"], ["张三", ZHANG], ["李秀英", LI]]
    path = office.xlsx({"花名册": rows, "离世": [["姓名", "身份证号"], ["王五", WANG]]}, dress=dress)
    plan = office.plan(path)
    assert counts(plan) == {"new": 1}
    assert {note.code: note.n for note in plan.notes} == {"hidden_rows": 1, "hidden_sheet": 2}
    assert counts(office.plan(path, hidden=True)) == {"new": 3}


def test_a_sheet_can_be_chosen_and_a_wrong_name_is_refused(office: Office) -> None:
    path = office.xlsx({"甲": [["姓名"], ["张三"]], "乙": [["姓名"], ["王五"]]})
    assert [row.name for row in office.plan(path, sheets=["乙"]).rows] == ["王五"]
    with pytest.raises(UsageError, match="丙"):
        office.plan(path, sheets=["丙"])


def test_a_header_twice_is_taken_once_and_the_second_checks_it(office: Office) -> None:
    plan = office.plan(
        office.csv(f"姓名,身份证号,职务,姓名,职务\n张三,{ZHANG},科长,张三,处长\n王五,{WANG},工人,,工人")
    )
    fates = [(column.header, column.fate, column.reason) for column in plan.tables[0].columns]
    assert fates[3:] == [("姓名", "ignored", "same"), ("职务", "custom", "differs")]
    office.desk.imports.apply(plan)
    assert office.one("张三")["post"] == "科长"
    assert list(office.one("张三").custom.values()) == ["处长"]
    assert office.one("王五").custom == {}


def test_merged_cells_among_people_are_filled_down_only_when_asked(office: Office) -> None:
    def dress(_book: object, _title: str, sheet: object) -> None:
        sheet.merge_range(1, 1, 2, 1, "第一党支部")  # type: ignore[attr-defined]

    rows = [["姓名", "所属支部", "身份证号"], ["张三", "", ZHANG], ["李秀英", "", LI]]
    plan = office.plan(office.xlsx({"花名册": rows}, dress=dress))
    assert "merged_cells" in {note.code for note in plan.notes}
    plan = office.desk.imports.replan(plan, fill_merged=True)
    office.desk.imports.apply(plan)
    assert office.one("李秀英")["party_branch"] == "第一党支部"


def test_same_as_above_takes_the_value_above(office: Office) -> None:
    office.take(office.csv(f"姓名,身份证号,原单位\n张三,{ZHANG},采油一厂\n李秀英,{LI},同上\n王五,{WANG},〃"))
    assert office.one("王五")["former_unit"] == "采油一厂"


def test_a_mapping_is_remembered_for_the_same_headers(office: Office) -> None:
    plan = office.plan(office.csv(f"姓名,身份证号,单位,去处\n张三,{ZHANG},一厂,上海"))
    mark = plan.tables[0].fingerprint
    plan = office.desk.imports.replan(plan, mapping={mark: {4: "handover_place", 3: "ignored"}})
    office.desk.imports.apply(plan)
    person = office.one("张三")
    assert (person["handover_place"], person["former_unit"]) == ("上海", "")
    plan = office.plan(office.csv(f"姓名,身份证号,单位,去处\n王五,{WANG},二厂,北京", "next.csv"))
    assert [column.field for column in plan.tables[0].columns] == [
        "name",
        "id_number",
        None,
        "handover_place",
    ]


def test_sex_as_zero_and_one_is_told_by_the_numbers(office: Office) -> None:
    office.take(office.csv(f"姓名,身份证号,性别\n张三,{ZHANG},0\n李秀英,{LI},1\n赵六,,0"))
    assert office.one("赵六")["sex"] == "M"


def test_two_digit_years_lie_in_the_persons_life(office: Office) -> None:
    office.take(office.csv(f"姓名,身份证号,退休时间\n张三,{ZHANG},10.3"))
    assert office.one("张三")["retired_on"] == "2010-03"


def test_rejected_rows_are_said_and_the_others_come_in(office: Office) -> None:
    plan = office.plan(office.csv(f"姓名,身份证号\n张三,{ZHANG}\n,{WANG}\n0,{LI}"))
    assert counts(plan) == {"new": 1, "rejected": 2}
    assert codes(plan) == ["name_missing", "name_missing"]
    assert plan.tables[0].rows == 3


def test_lists_beside_one_another_are_two_tables(office: Office) -> None:
    office.take(
        office.xlsx({
            "通讯录": [
                ["序号", "姓名", "电话", "", "序号", "姓名", "电话"],
                ["1", "张三", "13800001111", "", "3", "李四", "13800002222"],
                ["2", "王五", "13800003333"],
            ]
        })
    )  # fmt: skip
    assert {person.name: person["mobile"] for person in office.people()} == {
        "张三": "13800001111",
        "李四": "13800002222",
        "王五": "13800003333",
    }


def test_a_label_that_only_says_how_old_somebody_is_is_not_stored(office: Office) -> None:
    plan = office.plan(office.csv(f"姓名,身份证号,特殊人员\n张三,{ZHANG},高龄、低保"))
    assert codes(plan) == []
    office.desk.imports.apply(plan)
    assert office.one("张三").labels == {"DIBAO"}
