"""The sample office on disk: the same every time, its truth in its cells, its data file sound."""

import json
import re
import subprocess
import sys
from datetime import date

import pytest
from openpyxl import load_workbook

from retiree_desk.core.retirees import COLUMN_BY_KEY
from retiree_desk.sample import make_sample
from retiree_desk.sample.identity_numbers import FULL_WIDTH
from retiree_desk.services.desk import Desk
from retiree_desk.services.units import unit_match_key

TODAY = date(2026, 11, 2)
HR_FILES = [
    "hr/branches.xlsx",
    "hr/code_headers.xlsx",
    "hr/gbk.csv",
    "hr/grid_company_two_level.xlsx",
    "hr/html_table.xls",
    "hr/school_52_columns.xlsx",
    "hr/utf16.txt",
    "hr/wuhan_form.xlsx",
]
_HALF = {value: key for key, value in FULL_WIDTH.items()}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    result = make_sample(folder)
    return folder, result


@pytest.fixture(scope="module")
def truth(office):
    return json.loads((office[0] / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def expected(office):
    return json.loads((office[0] / "expected.json").read_text("utf-8"))


def digits_of(cell):
    """An ID number's own characters in a cell, however it is dressed."""
    if isinstance(cell, int | float):
        return str(int(cell))
    return re.sub(r"[^0-9X]", "", str(cell or "").translate(_HALF).upper())


def rows_of(path):
    """Rows of cells of every visible sheet of a workbook."""
    book = load_workbook(path)
    return [
        row for sheet in book if sheet.sheet_state == "visible" for row in sheet.iter_rows(values_only=True)
    ]


def test_what_is_made_is_what_is_said(office, truth):
    folder, result = office
    assert result.people == 300
    assert sorted(truth) == HR_FILES
    assert sorted(result.files) == sorted(["office.rdesk", "truth.json", "expected.json", *HR_FILES])
    assert all((folder / name).stat().st_size > 0 for name in result.files)


def test_the_same_seed_makes_the_same_bytes(office, tmp_path):
    folder, result = office
    make_sample(tmp_path)
    for name in result.files:
        if name != "office.rdesk":
            assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_another_seed_makes_another_truth(office, tmp_path):
    make_sample(tmp_path, people=30, seed=9)
    assert (tmp_path / "truth.json").read_bytes() != (office[0] / "truth.json").read_bytes()


def test_truth_names_fields_and_words_of_the_registry(truth, expected):
    for name, people in truth.items():
        for key, held in people.items():
            assert held["name"]
            assert key in (held.get("id_number"), held.get("employee_no"), held["name"])
            for field, value in held.items():
                assert value
                if field in expected[name]["custom_fields"]:
                    continue
                column = COLUMN_BY_KEY[field]
                if column.kind.value == "date":
                    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value)


def test_nobody_stands_on_two_lists(truth):
    keys = [key for people in truth.values() for key in people]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", [name for name in HR_FILES if name.endswith(".xlsx")])
def test_the_workbook_holds_its_truth(office, truth, expected, name):
    """Found by ID number or staff number, each person's name and plain texts are in one row."""
    rows = rows_of(office[0] / name)
    assert expected[name]["new"] == len(truth[name])
    for key, held in truth[name].items():
        number = held.get("id_number")
        mine = [
            row
            for row in rows
            if (number and any(digits_of(cell) == number for cell in row))
            or (not number and (key in row or any(clean(cell) == key for cell in row)))
        ]
        assert mine, (name, key)
        row = mine[0]
        assert held["name"] in [clean(cell) for cell in row], (name, key)
        texts = [str(cell) for cell in row if cell is not None]
        for field in ("home_address", "archive_place", "emergency_contact", "pension_place"):
            if field in held:
                assert held[field] in texts, (name, key, field)


def clean(cell):
    """A name without what is found around it."""
    return re.sub(r"[\s\u200b]|（已故）", "", str(cell or ""))


def test_damaged_numbers_are_numbers_in_the_sheet_and_empty_in_the_truth(office, truth, expected):
    name = "hr/school_52_columns.xlsx"
    damaged = [
        row
        for row in rows_of(office[0] / name)
        if isinstance(row[3], int | float) and len(str(int(row[3]))) == 18
    ]
    assert len(damaged) == expected[name]["problems"]["id_damaged"] == 2
    for row in damaged:
        held = truth[name][row[1]]
        assert "id_number" not in held
        assert held["birth"].replace("-", "") == str(int(row[3]))[6:14]


def test_a_day_that_the_sheet_does_not_show_is_not_in_the_truth(office, truth):
    book = load_workbook(office[0] / "hr/grid_company_two_level.xlsx")
    sheet = book.active
    shown = 0
    for row in sheet.iter_rows(min_row=5):
        cell = row[11]
        if cell.is_date and "d" not in cell.number_format:
            held = truth["hr/grid_company_two_level.xlsx"].get(digits_of(row[2].value))
            if held:
                shown += 1
                assert held["retired_on"] == f"{cell.value:%Y-%m}"
    assert shown


def test_the_school_sheet_has_the_real_header(office):
    sheet = load_workbook(office[0] / "hr/school_52_columns.xlsx").worksheets[0]
    header = [cell.value or "" for cell in sheet[1]]
    assert len(header) == 52
    assert (
        header[5] == "民族           "
        and header[8] == "现居地\n（快递能送到）"
        and header[7] == "身份证2026年 年龄"
    )
    assert sorted({word for word in header if header.count(word) > 1}) == [
        "其他联系",
        "性别",
        "政治面貌",
        "身份证号",
    ]


def test_hidden_parts_are_there_and_not_in_the_truth(office, truth):
    book = load_workbook(office[0] / "hr/branches.xlsx")
    states = {sheet.sheet_state for sheet in book}
    assert states == {"visible", "hidden", "veryHidden"}
    assert any(one.hidden for sheet in book for one in sheet.row_dimensions.values())
    assert all(sheet.column_dimensions["B"].hidden for sheet in book if sheet.sheet_state == "visible")
    secret = [row[4] for row in book["离世人员"].iter_rows(values_only=True, min_row=2)]
    assert secret and not set(secret) & set(truth["hr/branches.xlsx"])


def test_text_files_are_in_their_encodings(office):
    hr = office[0] / "hr"
    csv = (hr / "gbk.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        csv.decode("utf-8")
    assert csv.decode("gb18030").startswith("编次,人员编号,职工姓名")
    assert (hr / "utf16.txt").read_bytes().startswith(b"\xff\xfe")
    page = (hr / "html_table.xls").read_bytes()
    assert page.startswith(b"<html") and "离退休人员信息" in page.decode("gbk")


def test_rare_characters_are_on_some_list(truth):
    names = {held["name"] for people in truth.values() for held in people.values()}
    assert {"李㐱", "王䶮", "陈𠮷祥", "赵𬱖"} & names
    assert any("·" in name for name in names)


def test_the_data_file_holds_the_people(office):
    folder, _result = office
    desk = Desk.open(folder / "office.rdesk", write=False, today=lambda: TODAY)
    try:
        people = desk.registry.load()
        assert len(people) == 300
        assert desk.settings.office_name == "示例石油公司离退休职工管理站"
        assert any(one.spouse_id for one in people)
        assert any(one["area"] and one["building"] and one["unit_no"] for one in people)
        assert {one["status"] for one in people} >= {"ON_REGISTER", "DECEASED", "HANDED_OVER"}
        assert desk.registry.find("欧阳").total >= 1
        (past,) = desk.welfare.lists()
        assert past.year == TODAY.year - 1 and past.frozen
        for unit in desk.units.trees().by_id.values():
            assert unit.match_key == unit_match_key(unit.kind, unit.name)
    finally:
        desk.close()


def test_an_office_is_never_overwritten(office):
    folder, _result = office
    before = (folder / "office.rdesk").read_bytes()
    with pytest.raises(FileExistsError):
        make_sample(folder, people=5)
    assert (folder / "office.rdesk").read_bytes() == before


@pytest.mark.parametrize("people", [1, 3, 12, 60])
def test_small_offices_can_be_made(tmp_path, people):
    assert make_sample(tmp_path, people=people, seed=people).people == people


def test_the_truth_knows_nothing_of_the_readers():
    """DECISIONS 34: planning workbooks loads no parser of core, no reader and no data file."""
    script = (
        "import sys; from datetime import date; from retiree_desk.sample.making import plan_workbooks;"
        "from retiree_desk.sample.people import make_people; day = date(2026, 11, 2);"
        "plan_workbooks(make_people(50, 1, day), 1, day);"
        "print([m for m in sys.modules if m.startswith('retiree_desk.')])"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    for module in ("core.dates", "core.identity", "core.names", "core.units", "files", "store", "services"):
        assert f"'retiree_desk.{module}" not in loaded
