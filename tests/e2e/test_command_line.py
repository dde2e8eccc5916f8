"""The command line keeps its contract: JSON alone on standard output, exit statuses, languages."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from retiree_desk.cli import main

ID = "11010519491231002X"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Runs a verb on a file of its own; returns the status, the JSON, and what was said beside it."""

    def run(*words: str) -> tuple[int, Any, str]:
        status = main(["--db", str(tmp_path / "office.rdesk"), "--json", "--today", "2026-11-02", *words])
        said = capsys.readouterr()
        return status, json.loads(said.out), said.err

    return run


def csv(tmp_path: Path, text: str, name: str = "people.csv") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_day_without_a_window(desk: Any, tmp_path: Path) -> None:
    file = csv(
        tmp_path,
        f"姓名,身份证号,手机,所属支部\n张三,{ID},13800001234,第一党支部\n李四,,13900005678,第一党支部\n",
    )
    status, done, _said = desk("import", file)
    assert (status, done["applied"]) == (0, {"new": 2, "changed": 0})
    status, found, _said = desk("find", "zs")
    assert (status, found["total"], found["people"][0]["name"]) == (0, 1, "张三")
    status, changed, _said = desk("set", ID.lower(), "mobile=13700000000", "category=离休")
    assert status == 0
    status, shown, _said = desk("show", str(found["people"][0]["id"]))
    assert (shown["mobile"], shown["category"], shown["birth"]) == ("13700000000", "离休干部", "1949-12-31")
    status, dead, _said = desk("die", ID, "--on", "2026-10")
    assert status == 0
    status, listed, _said = desk("undo", "--list")
    assert [one["id"] for one in listed["changes"]][:2] == [dead["change"], changed["change"]]
    assert {"id", "at", "who", "why", "summary", "undone"} <= set(listed["changes"][0])
    status, undone, _said = desk("undo")
    assert (status, undone["left_alone"]) == (0, [])
    assert desk("show", ID)[1]["life"] == "健在"
    status, _redone, _said = desk("redo")
    assert status == 0
    assert desk("show", ID)[1]["died_on"] == "2026-10"
    status, roster, _said = desk(
        "roster", str(tmp_path / "r.csv"), "--codes", "--full", "--columns", "name,id_number,life"
    )
    assert (status, roster["rows"]) == (0, 2)
    lines = (tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "name,id_number,life"
    assert f"张三,{ID},已去世" in lines
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_undo_of_an_import_brings_back_the_same_data(desk: Any, tmp_path: Path) -> None:
    desk("import", csv(tmp_path, f"姓名,身份证号,退休时间\n张三,{ID},2005-10\n"))
    before = desk("check")[1]["content_sha256"]
    second = csv(tmp_path, f"姓名,身份证号,退休时间,爱好\n张三,{ID},2005-11,书法\n李四,,1999,\n", "more.csv")
    _status, done, _said = desk("import", second)
    assert done["applied"] == {"new": 1, "changed": 1}
    after = desk("check")[1]["content_sha256"]
    assert after != before
    desk("undo")
    assert desk("check")[1]["content_sha256"] == before
    desk("redo")
    assert desk("check")[1]["content_sha256"] == after


def test_backup_check_restore(desk: Any, tmp_path: Path) -> None:
    desk("import", csv(tmp_path, "姓名\n张三\n"))
    status, made, _said = desk("backup", str(tmp_path / "stick"))
    assert status == 0 and Path(made["file"]).is_file()
    before = desk("check")[1]
    assert before["ok"] and before["people"] == 1 and before["problems"] == []
    desk("import", csv(tmp_path, "姓名\n李四\n", "two.csv"))
    status, _done, _said = desk("restore", made["file"])
    assert status == 0
    assert desk("check")[1] == before


@pytest.mark.parametrize(
    "words",
    [
        ("find",),
        ("nosuchverb",),
        ("set", "1", "nofield=1"),
        ("set", "1", "birth=1955-13"),
        ("show", "424242"),
        ("undo", "9999"),
        ("visits", "plan", "--month", "2026-13"),
        ("find", "x", "--limit", "0"),
    ],
)
def test_wrong_usage_is_2_and_says_so_in_json(desk: Any, tmp_path: Path, words: tuple[str, ...]) -> None:
    desk("import", csv(tmp_path, "姓名\n张三\n"))
    status, answer, said = desk(*words)
    assert status == 2
    assert set(answer) == {"error"} and set(answer["error"]) == {"code", "message"}
    assert answer["error"]["message"] in said


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x00\x01\x02\x03" * 900, b"a,b\n1,2\n"])
def test_unreadable_input_is_3_and_changes_nothing(desk: Any, tmp_path: Path, content: bytes) -> None:
    good = csv(tmp_path, "姓名\n张三\n")
    desk("import", good)
    path = tmp_path / "office.rdesk"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(content)
    status, answer, _said = desk("import", csv(tmp_path, "姓名\n李四\n", "next.csv"), str(bad))
    assert status == 3
    assert "bad.xlsx" in answer["error"]["message"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_failing_command_makes_no_file(desk: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"")
    assert desk("import", str(bad))[0] == 3
    assert desk("import", csv(tmp_path, "姓名\n张三\n"), "--dry-run")[0] == 0
    assert not (tmp_path / "office.rdesk").exists()
    assert not list(tmp_path.glob("office*"))


def test_the_lock_is_named_and_reading_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from retiree_desk.services.desk import Desk

    path = tmp_path / "office.rdesk"
    window = Desk.open(path, operator="王经办")
    window.registry.add({"name": "张三"})
    try:
        common = ["--db", str(path), "--json"]
        for reading in (
            ["find", "张三"],
            ["check"],
            ["show", "1"],
            ["undo", "--list"],
            ["roster", str(tmp_path / "r.csv")],
        ):
            assert main([*common, *reading]) == 0
        capsys.readouterr()
        for writing in (["set", "1", "mobile=1"], ["undo"], ["die", "1", "--on", "2026"]):
            assert main([*common, *writing]) == 3
            answer = json.loads(capsys.readouterr().out)
            assert answer["error"]["code"] == "held"
            assert "王经办" in answer["error"]["message"]
    finally:
        window.close()


def test_json_may_stand_behind_the_verb_and_english_is_spoken_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = str(tmp_path / "office.rdesk")
    assert main(["--db", db, "find", "张三", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"total": 0, "people": []}
    assert main(["show", "77", "--db", db, "--lang", "en"]) == 2
    assert "77" in capsys.readouterr().err.replace("Nobody has the number", "")
    assert main(["show", "77", "--db", db]) == 2
    assert "没有人" in capsys.readouterr().err


def test_posix_locale_speaks_chinese_and_loads_no_window() -> None:
    code = (
        "import sys; from retiree_desk.cli import main; main(['find', '张三', '--db', sys.argv[1]]);"
        "heavy = ('PySide6', 'reportlab', 'openpyxl'); print([name for name in sys.modules if name in heavy])"
    )
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code, f"{folder}/o.rdesk"],
            capture_output=True,
            env={"LC_ALL": "C", "PATH": "", "RETIREE_DESK_HOME": folder},
            check=True,
        )
    said = done.stdout.decode("utf-8")
    assert "找到 0 人" in said
    assert said.strip().endswith("[]")


def test_a_character_no_font_has_is_named_and_printed_as_a_mark(desk: Any, tmp_path: Path) -> None:
    desk("import", csv(tmp_path, "姓名\n王\ue863\n"))
    status, done, said = desk("print", "roster", str(tmp_path / "roster.pdf"))
    assert (status, done["pages"]) == (1, 1)
    assert "U+E863" in said


def test_accept_all_takes_what_was_left_before(desk: Any, tmp_path: Path) -> None:
    """The office's phone stays where nothing is said; `--accept all` takes HR's even after that."""
    desk("import", csv(tmp_path, f"姓名,身份证号,手机\n张三,{ID},13800000001\n"))
    newer = csv(tmp_path, f"姓名,身份证号,手机\n张三,{ID},13900000002\n", "newer.csv")
    assert desk("import", newer)[1]["applied"] == {"new": 0, "changed": 0}
    assert desk("import", newer)[1]["files"][0]["tables"][0]["unchanged"] == 1
    assert desk("show", ID)[1]["mobile"] == "13800000001"
    assert desk("import", newer, "--accept", "all")[1]["applied"] == {"new": 0, "changed": 1}
    assert desk("show", ID)[1]["mobile"] == "13900000002"
    assert desk("import", newer, "--accept", "all")[1]["applied"] == {"new": 0, "changed": 0}


def test_a_bug_tells_its_place_and_no_value(
    desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a program error says may hold a name or a number: only kind and place come out."""
    from retiree_desk.services.registry import Registry

    desk("import", csv(tmp_path, f"姓名,身份证号\n张三丰,{ID}\n"))

    def broken(_self: Registry, text: str, *_more: Any, **_rest: Any) -> None:
        raise RuntimeError(f"张三丰 {text}")

    monkeypatch.setattr(Registry, "find", broken)
    status, answer, said = desk("find", ID)
    assert (status, answer["error"]["code"]) == (3, "bug")
    assert "RuntimeError" in said and "commands/registry.py" in said
    assert ID not in said and "张三丰" not in said


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_a_window_without_a_screen_is_a_sentence(tmp_path: Path) -> None:
    """Qt ended the process with a core dump."""
    kept = ("PATH", "LD_LIBRARY_PATH")
    environment = {name: value for name, value in os.environ.items() if name in kept}
    done = subprocess.run(
        [sys.executable, "-m", "retiree_desk", "--db", str(tmp_path / "o.rdesk")],
        capture_output=True,
        env={**environment, "RETIREE_DESK_HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 2
    assert "没有显示屏" in done.stderr.decode("utf-8")


@pytest.mark.parametrize(
    "words",
    [["find"], ["nosuch"], ["find", "a", "b"], ["find", "a", "--limit", "x"], ["import", "--sheet"]],
)
def test_a_wrong_command_line_is_answered_in_the_language_spoken(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "zh", *words]) == 2
    said = capsys.readouterr().err
    assert "用 --help 查看用法" in said
    assert not re.search(r"argument|required|invalid|expected", said)
    assert main(["--lang", "en", *words]) == 2
    assert re.search("[一-鿿]", capsys.readouterr().err) is None


def test_the_help_page_has_headings_in_the_language_spoken(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["import", "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith("用法:") and "\n选项:" in said and "显示本帮助" in said
    assert not re.search(r"usage|options|arguments|show this", said)
