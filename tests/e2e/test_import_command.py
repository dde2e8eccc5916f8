"""`import` on the command line keeps its contract (CLI.md): JSON, kinds that add up, exit statuses."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retiree_desk.cli import main
from tests.services.hr_sheets import LI, WANG, ZHANG, Office

KINDS = ("new", "changed", "unchanged", "conflict", "rejected", "skipped")
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def office(tmp_path: Path, today: date) -> Office:
    """Makes files only; the data file is another one."""
    made = Office(tmp_path, today)
    made.desk.close()
    (tmp_path / "office.rdesk").unlink()
    return made


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str | Path) -> tuple[int, Any, str]:
        data = str(tmp_path / "office.rdesk")
        status = main(["--db", data, "--json", "--today", "2026-03-16", *map(str, words)])
        said = capsys.readouterr()
        return status, json.loads(said.out), said.err

    return run


def test_the_whole_answer(office: Office, run: Run) -> None:
    file = office.csv(
        f"""
离退休人员花名册,,,,,
序号,姓名,身份证号,手机,爱好,退休时间
1,张三,{ZHANG},13800001111,下棋,2010.13
2,李秀英,{LI},,,
3,,{WANG},13800003333,,
4,张三,{ZHANG},13800001111,下棋,2010.13
合计,3,,,,
"""
    )
    status, done, _said = run("import", file)
    assert status == 1
    assert isinstance(done["batch"], int)
    assert done["applied"] == {"new": 2, "changed": 0}
    assert done["missing_from_file"] == 0
    (table,) = done["files"][0]["tables"]
    assert done["files"][0]["file"] == str(file)
    assert (table["header_rows"], table["rows"]) == ([2], 5)
    assert [table[kind] for kind in KINDS] == [2, 0, 0, 0, 1, 2]
    assert [(c["header"], c["field"], c["fate"]) for c in table["columns"]] == [
        ("序号", None, "ignored"),
        ("姓名", "name", "field"),
        ("身份证号", "id_number", "field"),
        ("手机", "mobile", "field"),
        ("爱好", None, "custom"),
        ("退休时间", "retired_on", "field"),
    ]
    unreadable, nameless = done["problems"]
    assert {key: unreadable[key] for key in ("file", "sheet", "row", "column", "code", "value")} == {
        "file": str(file),
        "sheet": "",
        "row": 3,
        "column": "退休时间",
        "code": "date_unreadable",
        "value": "2010.13",
    }
    assert (nameless["row"], nameless["code"]) == (5, "name_missing")
    assert all(problem["message"] for problem in done["problems"])


def test_again_nothing_and_exit_0(office: Office, run: Run) -> None:
    file = office.csv(f"姓名,身份证号,手机\n张三,{ZHANG},13800001111\n李秀英,{LI},")
    assert run("import", file)[0] == 0
    before = run("check")[1]["content_sha256"]
    status, done, _said = run("import", file)
    assert (status, done["batch"], done["applied"]) == (0, None, {"new": 0, "changed": 0})
    assert run("check")[1]["content_sha256"] == before


def test_a_dry_run_writes_nothing_and_makes_no_file(office: Office, run: Run, tmp_path: Path) -> None:
    file = office.csv(f"姓名,身份证号\n张三,{ZHANG}")
    status, done, _said = run("import", file, "--dry-run")
    assert (status, done["batch"], done["files"][0]["tables"][0]["new"]) == (0, None, 1)
    assert not (tmp_path / "office.rdesk").exists()
    run("import", file)
    before = run("check")[1]["content_sha256"]
    _status, done, _said = run("import", office.csv(f"姓名,身份证号\n王五,{WANG}", "b.csv"), "--dry-run")
    assert done["files"][0]["tables"][0]["new"] == 1
    assert run("check")[1]["content_sha256"] == before


def test_accept_chooses_what_is_taken(office: Office, run: Run) -> None:
    run("import", office.csv(f"姓名,身份证号,手机,职务\n张三,{ZHANG},13800001111,科长"))
    second = office.csv(f"姓名,身份证号,手机,职务\n张三,{ZHANG},13900002222,处长\n王五,{WANG},,", "b.csv")
    assert run("import", second, "--accept", "new")[1]["applied"] == {"new": 1, "changed": 0}
    assert run("import", second, "--accept", "changed")[1]["applied"] == {"new": 0, "changed": 1}
    person = run("show", ZHANG)[1]
    assert (person["post"], person["mobile"]) == ("处长", "13800001111")
    third = office.csv(f"姓名,身份证号,手机\n张三,{ZHANG},13700003333", "c.csv")
    assert run("import", third, "--accept", "all")[1]["applied"] == {"new": 0, "changed": 1}
    assert run("show", ZHANG)[1]["mobile"] == "13700003333"
    assert run("import", third, "--accept", "some")[0] == 2


def test_two_files_are_one_batch(office: Office, run: Run) -> None:
    first = office.csv(f"姓名,身份证号\n张三,{ZHANG}")
    second = office.csv(f"姓名,身份证号\n王五,{WANG}", "b.csv")
    _status, done, _said = run("import", first, second)
    assert done["applied"] == {"new": 2, "changed": 0}
    run("undo")
    assert run("check")[1]["people"] == 0


def test_sheets_hidden_and_chosen(office: Office, run: Run) -> None:
    def dress(_book: object, title: str, sheet: Any) -> None:
        if title == "旧":
            sheet.hide()

    file = office.xlsx(
        {"新": [["姓名"], ["张三"]], "旧": [["姓名"], ["王五"]], "说明": [["填表须知"]]}, dress=dress
    )
    assert run("import", file, "--dry-run")[1]["totals"]["rows"] == 1
    assert run("import", file, "--dry-run", "--hidden")[1]["totals"]["rows"] == 2
    assert run("import", file, "--dry-run", "--sheet", "旧")[1]["files"][0]["tables"][0]["sheet"] == "旧"
    assert run("import", file, "--dry-run", "--sheet", "没有")[0] == 2


def test_a_protected_workbook_needs_its_password(office: Office, run: Run, tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = office.xlsx({"花名册": [["姓名", "身份证号"], ["张三", ZHANG]]})
    locked = tmp_path / "locked.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("打开它", target)
    secret, wrong = tmp_path / "secret.txt", tmp_path / "wrong.txt"
    secret.write_text("打开它\n", encoding="utf-8")
    wrong.write_text("不对\n", encoding="utf-8")
    status, failed, _said = run("import", locked)
    assert (status, failed["error"]["code"]) == (3, "encrypted")
    status, failed, _said = run("import", locked, "--workbook-password-file", wrong)
    assert (status, failed["error"]["code"]) == (3, "wrong_password")
    assert not (tmp_path / "office.rdesk").exists()
    status, done, _said = run("import", locked, "--workbook-password-file", secret)
    assert (status, done["applied"]["new"]) == (0, 1)


def test_problem_rows_can_be_mended_and_imported(office: Office, run: Run, tmp_path: Path) -> None:
    rows = [
        ["花名册"],
        ["姓名", "身份证号", "退休时间"],
        ["张三", ZHANG, "2010.13"],
        ["王五", WANG, "2008.05"],
    ]
    out = tmp_path / "problems.xlsx"
    run("import", office.xlsx({"花名册": rows}), "--problems", out)
    import openpyxl

    book = openpyxl.load_workbook(out)
    sheet = book["花名册"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [line[0] for line in lines] == ["花名册", "姓名", "张三"]
    assert lines[1][3] and lines[2][3]
    sheet.cell(3, 3).value = "2010.03"
    book.save(out)
    status, done, _said = run("import", out)
    assert (status, done["applied"]) == (0, {"new": 0, "changed": 1})
    assert run("show", ZHANG)[1]["retired_on"] == "2010-03"


def test_a_file_named_twice_is_one_file(office: Office, run: Run) -> None:
    file = office.xlsx({"花名册": [["姓名", "身份证号"], ["张三", ZHANG]]})
    _status, done, _said = run("import", file, file)
    assert [[table["rows"] for table in one["tables"]] for one in done["files"]] == [[1]]
    assert done["applied"] == {"new": 1, "changed": 0}
