# ruff: noqa: E501 - rows of sheets and tables of words stand whole on their lines
"""Cells as HR departments write them (domain.md 3): what is understood, what is kept as text."""

from datetime import date

import pytest

from retiree_desk.core.import_cells import quick_reader_for, reader_for
from retiree_desk.core.import_headers import Target
from retiree_desk.core.import_raw import BLANK, Raw, Understood

TODAY = date(2026, 3, 16)


def read(field: str, text: str, *, way: str = "", word: str = "", header: str = "") -> Understood:
    return reader_for(Target(field, way, word), header, TODAY)(Raw(text))


def number(field: str, value: float, shown: str = "", text: str = "") -> Understood:
    return reader_for(Target(field), "", TODAY)(Raw(text or f"{value:g}", "n", value, shown))


@pytest.mark.parametrize(
    "text", ["0", "无", "-", "/", "—", "——", "暂无", "N/A", "  ", "\u3000", "110***********0021"]
)
@pytest.mark.parametrize(
    "field", ["home_address", "education", "mobile", "bank_account", "retired_on", "politics"]
)
def test_words_that_stand_for_nothing_are_blank(field: str, text: str) -> None:
    assert read(field, text) == BLANK


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("13800001111", "13800001111"),
        ("138 0000 1111", "13800001111"),
        ("138-0000-1111", "13800001111"),
        ("13800001111.0", "13800001111"),
        ("+86 13800001111", "13800001111"),
        ("'13800001111", "13800001111"),
        ("１３８００００１１１１", "13800001111"),
        ("13800001111/13900002222", "13800001111、13900002222"),
        ("13800001111、0459-6012345", "13800001111、0459-6012345"),
        ("0459-6012345 13800001111", "0459-6012345、13800001111"),
        ("(0459)6012345", "0459-6012345"),
        ("13800001111；13800001111", "13800001111"),
    ],
)
def test_phones_are_split_and_cleaned(text: str, numbers: str) -> None:
    assert read("any_phone", text).value == numbers


def test_words_beside_a_phone_are_kept() -> None:
    assert read("any_phone", "13800001111(儿子)").more == (("phone_words", "儿子"),)
    assert read("emergency_phone", "女儿王小红13800001111").value == "女儿王小红13800001111"


def test_a_phone_damaged_by_the_spreadsheet_is_said() -> None:
    assert read("mobile", "1.38E+10") == Understood("", "phone_unreadable", "1.38E+10")


def test_an_id_number_stored_as_a_number_tells_the_birth_date_only() -> None:
    found = number("id_number", 990102195003120000.0, "0", "990102195003120000")
    assert (found.value, found.code, found.more) == ("", "id_damaged", (("birth", "1950-03-12"),))


def test_a_wrong_check_digit_is_kept_and_said() -> None:
    assert read("id_number", "990102195003120015") == Understood("990102195003120015", "id_check_digit")


def test_staff_numbers_keep_the_zeros_that_their_format_shows() -> None:
    assert number("employee_no", 123.0, "00000", "123").value == "00123"


def test_a_bank_account_of_sixteen_digits_typed_as_a_number_is_not_believed() -> None:
    assert number("bank_account", 6222021234567890.0, "0", "6222021234567890").code == "number_damaged"


@pytest.mark.parametrize(
    ("value", "shown", "iso"),
    [
        (1955.03, "", "1955-03"),
        (1955.1, "0.00", "1955-10"),
        (195503.0, "", "1955-03"),
        (19550312.0, "", "1955-03-12"),
        (20163.0, "", "1955-03-15"),
        (9182.0, "", "1925-02-19"),
        (1955.0, "", "1955"),
    ],
)
def test_numbers_in_date_columns(value: float, shown: str, iso: str) -> None:
    assert number("work_started", value, shown).value == iso


@pytest.mark.parametrize("value", [1955.1, 5503.0])
def test_numbers_that_can_mean_two_dates_are_not_guessed(value: float) -> None:
    found = number("work_started", value)
    assert found.value == "" and found.code.startswith("date_")


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("sex", "男", "M"), ("sex", "2", "F"), ("sex", "女性", "F"),
        ("category", "离休", "VETERAN_CADRE"), ("category", "退休", "RETIRED"), ("category", "退职", "RESIGNED_DISABLED"),
        ("category", "退休干部", "RETIRED_CADRE"), ("category", "五七工", "MAY7_WORKER"),
        ("politics", "党员", "CPC"), ("politics", "预备党员", "CPC_PROBATION"), ("politics", "民盟", "DEMOCRATIC"),
        ("health", "健康", "GOOD"), ("health", "长年有病", "CHRONIC"), ("living", "独自居住", "ALONE"),
        ("ability", "生活不能自理", "DEPENDENT"), ("ability", "中度失能", "PARTLY"), ("life", "死亡", "DECEASED"),
        ("residence_kind", "市外", "ELSEWHERE"), ("identity", "工勤", "WORKER"),
    ],
)  # fmt: skip
def test_choices_in_hrs_own_words(field: str, text: str, code: str) -> None:
    assert read(field, text).value == code


def test_an_unknown_word_is_kept_as_text() -> None:
    assert read("category", "其他人士") == Understood("", "choice_unknown", "其他人士")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("已故", ("life", "DECEASED")), ("健在", ("life", "ALIVE")), ("转出", ("record", "MOVED_OUT")),
        ("已移交", ("handover", "HANDED_OVER")), ("失联", ("contact", "LOST")), ("退休", ("category", "RETIRED")),
    ],
)  # fmt: skip
def test_a_status_word_goes_to_the_state_it_belongs_to(text: str, state: tuple[str, str]) -> None:
    assert read("status", text).more == (state,)


def test_a_word_of_another_field_goes_there() -> None:
    assert read("health", "生活不能自理").more == (("ability", "DEPENDENT"),)


def test_labels_are_split_and_marks_understood() -> None:
    assert read("labels", "孤寡、低保").value == "NO_FAMILY,DIBAO"
    assert read("labels", "√", way="label", word="DIBAO").value == "DIBAO"
    assert read("labels", "否", way="label", word="DIBAO") == BLANK
    assert read("rank", "√", way="rank_mark", header="厅级").value == "厅级"


def test_died_in_the_name_is_taken_out_and_said() -> None:
    assert read("name", "张 三（已故）") == Understood("张三", "maybe_deceased")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("8月15日", "08-15"),
        ("农历八月十五", "L08-15"),
        ("闰四月十五", "L+04-15"),
        ("腊月廿三", "L12-23"),
        ("L08-15", "L08-15"),
    ],
)
def test_celebrated_birthdays(text: str, kept: str) -> None:
    assert read("celebrated_birthday", text).value == kept


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "王秀英"), ("name", "NULL"), ("name", "马故"), ("mobile", "13800001111"), ("retired_on", "2005.08"),
        ("retired_on", "2031-01-01"), ("retired_on", "2005-02-30"), ("bank_account", "622200001111"), ("employee_no", "000012"),
        ("home_address", "阳光小区7号楼2单元301"), ("education", "大学本科"), ("phone", "0459-6012345"), ("birth", "1955.1"),
    ],
)  # fmt: skip
def test_the_quick_way_says_what_the_full_one_says(field: str, text: str) -> None:
    quick = quick_reader_for(Target(field), TODAY)
    assert quick is not None
    assert quick(text) in ("", read(field, text).value)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("汉", "汉族"), ("满 族", "满族"), ("01", "汉族"), ("维吾尔", "维吾尔族"), ("穿青人", "穿青人")],
)
def test_nations_in_their_usual_form(text: str, kept: str) -> None:
    assert read("nation", text).value.replace(" ", "") == kept


@pytest.mark.parametrize("name", ["王?", "李□", "赵\ue123", "孙\ufffd"])
def test_a_name_that_lost_a_character_is_kept_and_said(name: str) -> None:
    assert read("name", name) == Understood(name, "name_broken")
