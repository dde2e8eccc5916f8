"""`sample` on the command line (CLI.md)."""

import json

from retiree_desk import cli


def answer(capsys, *words):
    """The exit status and the JSON of a command."""
    status = cli.main([*map(str, words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_it_says_what_it_made_and_the_file_is_sound(tmp_path, capsys):
    folder = tmp_path / "示例"
    status, told = answer(capsys, "sample", folder, "--people", 40, "--seed", 3)
    assert (status, told["people"]) == (0, 40)
    assert all((folder / name).is_file() for name in told["files"])
    assert {"office.rdesk", "truth.json", "hr/gbk.csv"} <= set(told["files"])
    status, checked = answer(capsys, "--db", folder / "office.rdesk", "check")
    assert (status, checked["ok"], checked["people"]) == (0, True, 40)


def test_the_same_seed_gives_the_same_content(tmp_path, capsys):
    hashes = set()
    for name in ("one", "two"):
        answer(capsys, "sample", tmp_path / name, "--people", 30)
        hashes.add(answer(capsys, "--db", tmp_path / name / "office.rdesk", "check")[1]["content_sha256"])
    assert len(hashes) == 1


def test_it_ends_at_the_day_told(tmp_path, capsys):
    answer(capsys, "sample", tmp_path, "--people", 20, "--today", "2027-05-04")
    sheet = (tmp_path / "hr/html_table.xls").read_bytes().decode("gbk")
    assert "2027年导出" in sheet


def test_an_office_that_is_there_is_left_alone(tmp_path, capsys):
    (tmp_path / "office.rdesk").write_bytes(b"mine")
    status, told = answer(capsys, "sample", tmp_path)
    assert (status, told["error"]["code"]) == (2, "sample_exists")
    assert (tmp_path / "office.rdesk").read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["office.rdesk"]


def test_nobody_and_too_many_are_refused(tmp_path, capsys):
    for people in (0, 200_001):
        status, told = answer(capsys, "sample", tmp_path / "x", "--people", people)
        assert (status, told["error"]["code"]) == (2, "people_out_of_range")
        assert not (tmp_path / "x").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path, capsys):
    (tmp_path / "file").write_text("no folder")
    status, told = answer(capsys, "sample", tmp_path / "file")
    assert (status, told["error"]["code"]) == (3, "folder_not_writable")
