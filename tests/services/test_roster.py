"""Rosters: who is on them, which columns, what is masked, in each kind of file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest

from retiree_desk.cli import main
from retiree_desk.core.errors import UsageError
from retiree_desk.core.retirees import RETIREE_COLUMNS
from retiree_desk.core.topics import Topic
from retiree_desk.services.desk import Desk
from retiree_desk.services.documents.roster_documents import write_roster_file
from retiree_desk.services.roster import RosterChoice, wheres
from retiree_desk.store.schema import person, unit

TODAY = date(2026, 10, 31)
ID = "990102194508150019"
ACCOUNT = "6217000000000001234"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path / "office.rdesk", today=lambda: TODAY, operator="李某")
    opened.settings.set({"office.name": "第三管理站"})
    common = {"category": "RETIRED", "sex": "M"}
    for values in (
        {
            "name": "王五",
            "birth": "1945-08-15",
            "id_number": ID,
            "bank_account": ACCOUNT,
            "party_branch": "第二党支部",
            "area": "阳光小区",
            "building": "7号楼",
            "labels": "DIBAO,VETERAN",
            "mobile": "13800001234",
            "home_address": "阳光小区7号楼2单元301",
            "employee_no": "00123",
        },
        {"name": "张三", "birth": "1955-10", "politics": "CPC", "party_branch": "第十党支部"},
        {"name": "=1+1", "birth": "1955-01", "remark": "@SUM(A1)", "category": "VETERAN_CADRE"},
        {"name": "李四", "birth": "1930", "life": "DECEASED", "died_on": "2020-01-01"},
        {"name": "赵六", "birth": "1955", "sex": "F", "sort_no": "1"},
    ):
        opened.registry.add({**common, **values})
    yield opened
    opened.close()


def read_csv(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def names(desk: Desk, tmp_path: Path, *where: str, view: str = "") -> list[str]:
    path = tmp_path / "names.csv"
    write_roster_file(desk, path, RosterChoice(view, wheres(where), ("name",)))
    return [row[0] for row in read_csv(path)[1:]]


def test_everybody_the_deceased_included_in_the_order_of_the_office(desk: Desk, tmp_path: Path) -> None:
    # 排序号 first, then category, unit, name.
    assert names(desk, tmp_path) == ["赵六", "'=1+1", "王五", "张三", "李四"]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (["birth=1955"], ["赵六", "'=1+1", "张三"]),
        (["birth=1955-1"], []),
        (["birth=1955-10"], ["张三"]),
        (["birth=1955.10"], ["张三"]),
        (["category=离休干部"], ["'=1+1"]),
        (["category=VETERAN_CADRE"], ["'=1+1"]),
        (["labels=低保"], ["王五"]),
        (["labels=VETERAN", "sex=男"], ["王五"]),
        (["labels=VETERAN", "sex=女"], []),
        (["status=已故"], ["李四"]),
        (["area=阳光小区"], ["王五"]),
        (["building=7号楼"], ["王五"]),
        (["name=张三"], ["张三"]),
        (["politics="], ["赵六", "'=1+1", "王五", "李四"]),
        (["party_branch="], ["赵六", "'=1+1", "李四"]),
    ],
)
def test_where(desk: Desk, tmp_path: Path, where: list[str], found: list[str]) -> None:
    assert names(desk, tmp_path, *where) == found


def test_a_unit_includes_what_lies_below(desk: Desk, tmp_path: Path) -> None:
    (area,) = desk.units.trees().named("阳光小区")
    (building,) = desk.units.trees().named("7号楼")
    assert building.parent_id == area.id
    assert names(desk, tmp_path, "unit=阳光小区") == ["王五"]


def test_views(desk: Desk, tmp_path: Path) -> None:
    assert names(desk, tmp_path, view="80岁以上") == ["王五"]
    assert names(desk, tmp_path, view="党员") == ["张三"]
    assert names(desk, tmp_path, view="已去世人员") == ["李四"]
    with pytest.raises(UsageError):
        names(desk, tmp_path, view="没有的视图")


@pytest.mark.parametrize(
    "choice",
    [
        RosterChoice(columns=("name", "nothing")),
        RosterChoice(where=(("nothing", "1"),)),
        RosterChoice(where=(("category", "领导"),)),
    ],
)
def test_wrong_fields_and_words_are_said_and_nothing_is_written(
    desk: Desk, tmp_path: Path, choice: RosterChoice
) -> None:
    path = tmp_path / "roster.csv"
    with pytest.raises(UsageError):
        write_roster_file(desk, path, choice)
    assert not path.exists()


def test_numbers_are_masked_unless_asked_for(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    columns = ("name", "id_number", "bank_account", "mobile")
    write_roster_file(desk, path, RosterChoice(where=(("name", "王五"),), columns=columns))
    row = read_csv(path)[1]
    assert row[1] == "990102********0019"
    assert ACCOUNT not in row[2]
    assert row[2].endswith("1234")
    assert row[3] == "13800001234"
    write_roster_file(desk, path, RosterChoice(where=(("name", "王五"),), columns=columns, full=True))
    assert read_csv(path)[1] == ["王五", ID, ACCOUNT, "13800001234"]


def test_codes_as_headers_values_still_words(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    write_roster_file(desk, path, RosterChoice(codes=True))
    head, *rows = read_csv(path)
    assert head == [column.key for column in RETIREE_COLUMNS]
    found = dict(zip(head, rows[2], strict=True))
    assert (found["category"], found["labels"], found["birth"]) == (
        "退休(身份未分)",
        "低保、退役军人",
        "1945-08-15",
    )
    assert found["status"] == "在册"


def test_the_workbook_of_the_office(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    assert write_roster_file(desk, path, RosterChoice()) == (5, 0)
    book = openpyxl.load_workbook(path)
    page = book["花名册"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0] == "第三管理站 离退休职工花名册"
    assert "共 5 人" in rows[1]
    head = rows[2]
    assert head[:3] == ["序号", "姓名", "性别"]
    people = rows[3:8]
    assert [row[0] for row in people] == [1, 2, 3, 4, 5]
    birth = head.index("出生年月")
    assert [row[birth] for row in people] == ["1955", "1955.01", datetime(1945, 8, 15), "1955.10", "1930"]
    assert people[1][1] == "=1+1"
    assert page.cell(5, 2).data_type == "s"  # never a formula
    assert rows[8] == [None] * len(head)  # sorting must not take the totals for a person
    assert str(rows[9][0]).startswith("合计 5 人")
    assert page.freeze_panes == "A4"
    assert page.auto_filter.ref is not None
    book.close()


def test_the_standard_set_has_a_header_of_two_levels(desk: Desk, tmp_path: Path) -> None:
    desk.settings.set({"office.prints_a3": True})
    path = tmp_path / "roster.xlsx"
    write_roster_file(desk, path, RosterChoice())
    book = openpyxl.load_workbook(path)
    page = book["花名册"]
    upper = [cell.value for cell in page[3]]
    lower = [cell.value for cell in page[4]]
    place = upper.index("紧急联系人")
    assert lower[place : place + 3] == ["姓名", "关系", "电话"]
    assert (page.freeze_panes, page.page_setup.paperSize) == ("A5", 8)
    book.close()


def test_on_paper(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "roster.pdf"
    rows, pages = write_roster_file(desk, path, RosterChoice(view="80岁以上"))
    assert (rows, pages) == (1, 1)
    text = "".join(pypdf.PdfReader(path).pages[0].extract_text().split())
    for word in ("第三管理站离退休职工花名册", "80岁以上", "王五", "1945.08.15", "990102********0019"):
        assert word in text, word
    assert ID not in text
    chosen = RosterChoice(columns=("name", "birth", "id_number"), full=True)
    assert write_roster_file(desk, path, chosen) == (5, 1)
    assert ID in "".join(pypdf.PdfReader(path).pages[0].extract_text().split())


def test_the_command_line(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "roster.csv"
    start = ["--db", str(desk.db.path), "--today", "2026-10-31", "--json"]
    words = ["roster", str(path), "--where", "sex=男", "--where", "birth=1955", "--columns", "name,age"]
    # The window holds the file: a roster can be written all the same.
    assert main([*start, *words]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(path), "rows": 2}
    assert read_csv(path) == [["姓名", "年龄(周岁)"], ["'=1+1", "71"], ["张三", "71"]]
    assert main([*start, "roster", str(tmp_path / "roster.txt")]) == 2
    capsys.readouterr()
    assert main([*start, "print", "roster", str(tmp_path / "r.pdf"), "--age", "80"]) == 0
    assert json.loads(capsys.readouterr().out)["pages"] == 1
    assert main([*start, "print", "--list"]) == 0
    listed = json.loads(capsys.readouterr().out)["documents"]
    assert {"sign-sheet", "condolence-list", "roster"} <= {one["code"] for one in listed}
    assert main([*start, "print", "sign-sheet", str(tmp_path / "s.pdf")]) == 2


def test_units_of_one_name_in_two_places_are_told_apart_by_what_is_above(tmp_path: Path) -> None:
    """两个总支各有一个第一党支部: a general branch means its own people only (it took both)."""
    desk = Desk.open(tmp_path / "two.rdesk", today=lambda: date(2026, 11, 2))
    with desk.db.write(Topic.UNITS, why="units_changed") as change:
        tops = change.insert(
            unit,
            [
                {"tree": "PARTY", "kind": "GENERAL", "name": name, "match_key": name}
                for name in ("采油总支", "机关总支")
            ],
        )
        branches = change.insert(
            unit,
            [
                {
                    "tree": "PARTY",
                    "kind": "BRANCH",
                    "parent_id": top,
                    "name": "第一党支部",
                    "match_key": "第一党支部",
                }
                for top in tops
            ],
        )
        change.insert(
            person,
            [
                {"name": name, "party_branch_id": branch}
                for name, branch in zip(("张三", "李四"), branches, strict=True)
            ],
        )
    desk.registry.add({"name": "王五", "area": "阳光小区", "building": "7号楼", "unit_no": "2单元"})

    def names(field: str, value: str) -> list[str]:
        target = tmp_path / "r.csv"
        choice = RosterChoice(where=wheres([f"{field}={value}"]), columns=("name",), codes=True)
        write_roster_file(desk, target, choice)
        return target.read_text(encoding="utf-8-sig").split()[1:]

    try:
        assert names("party_branch", "采油总支") == ["张三"]
        assert sorted(names("party_branch", "第一党支部")) == ["张三", "李四"]
        assert names("area", "阳光小区") == ["王五"]
        assert names("building", "7") == ["王五"]
        assert names("unit", "机关总支") == ["李四"]
        assert names("building", "8号楼") == []
    finally:
        desk.close()
