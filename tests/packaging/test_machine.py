"""Setting up a machine: when to install again, which Qt, what to tell a person who is not root."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging import FOLDER, load_script

machine = load_script("machine")


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    """A project description and a list of pinned versions."""
    files = [tmp_path / "pyproject.toml", tmp_path / "constraints.txt"]
    files[0].write_bytes(b"[project]\nname = 'x'\n")
    files[1].write_bytes(b"reportlab==1.0\n")
    return files


def test_installs_again_only_when_something_changed(lists: list[Path], tmp_path: Path) -> None:
    before = machine.fingerprint(lists, ["desktop"], tmp_path, "3.11.7")
    assert machine.fingerprint(lists, ["desktop"], tmp_path, "3.11.7") == before
    assert machine.fingerprint(lists, ["desktop", "dev"], tmp_path, "3.11.7") != before
    assert machine.fingerprint(lists, ["desktop"], tmp_path / "moved", "3.11.7") != before
    assert machine.fingerprint(lists, ["desktop"], tmp_path, "3.12.1") != before
    lists[1].write_bytes(b"reportlab==1.1\n")
    assert machine.fingerprint(lists, ["desktop"], tmp_path, "3.11.7") != before


def test_line_ends_of_a_windows_checkout_change_nothing(lists: list[Path], tmp_path: Path) -> None:
    before = machine.fingerprint(lists, [], tmp_path, "3.11.7")
    for file in lists:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert machine.fingerprint(lists, [], tmp_path, "3.11.7") == before


def test_running_after_testing_keeps_the_test_packages() -> None:
    assert machine.wanted_extras({}, ["desktop"]) == ["desktop"]
    assert machine.wanted_extras({"extras": ["desktop", "dev"]}, ["desktop"]) == ["desktop", "dev"]


@pytest.mark.parametrize("content", ["", "not json", "[1, 2]"])
def test_an_unreadable_note_means_nothing_is_installed(tmp_path: Path, content: str) -> None:
    note = tmp_path / "retiree-desk.json"
    note.write_text(content, encoding="utf-8")
    assert machine.read_stamp(note) == {}
    assert machine.read_stamp(tmp_path / "absent.json") == {}


@pytest.mark.parametrize(
    ("libc", "version", "computer", "extra"),
    [
        ("glibc", "2.36", "x86_64", "desktop"),
        ("glibc", "2.34", "x86_64", "desktop"),
        ("glibc", "2.31", "x86_64", "old-desktop"),
        ("glibc", "2.28", "x86_64", "old-desktop"),
        ("glibc", "2.36", "aarch64", "old-desktop"),
        ("glibc", "2.39", "aarch64", "desktop"),
        ("", "", "AMD64", "desktop"),
    ],
)
def test_each_computer_gets_a_qt_that_runs_on_it(libc: str, version: str, computer: str, extra: str) -> None:
    assert machine.qt_extra(libc, version, computer) == extra


def test_an_old_desktop_is_not_held_to_the_new_qt() -> None:
    pinned = (FOLDER / "constraints.txt").read_text(encoding="utf-8")
    assert machine.pins(pinned, "desktop") == pinned
    old = machine.pins(pinned, "old-desktop").lower()
    assert "pyside6" not in old and "shiboken6" not in old and "reportlab==" in old


def test_constraints_hold_names_and_versions_only() -> None:
    for line in (FOLDER / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, version = line.split("==")
            assert name and version and "/" not in line and "@" not in line


def test_missing_libraries_are_found_and_present_ones_are_not() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("shared libraries of Linux")
    here = machine.Library("libc.so.6", "libc6", "glibc")
    absent = machine.Library("libno-such-thing.so.9", "libno-such-thing9", "no-such-thing")
    assert machine.missing([here, absent]) == [absent]


def test_one_command_names_each_package_once() -> None:
    libraries = machine.QT_LIBRARIES + machine.WINDOW_LIBRARIES
    apt = machine.install_command(libraries, "apt").split()
    assert apt[:3] == ["sudo", "apt-get", "install"] and len(apt) == len(set(apt))
    assert {"libgl1", "libegl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(apt)
    dnf = machine.install_command(libraries, "dnf").split()
    assert dnf[:3] == ["sudo", "dnf", "install"] and len(dnf) == len(set(dnf))


def test_without_rights_the_one_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a computer without apt, or for a user who is not root.
    monkeypatch.setenv("PATH", "")
    with pytest.raises(machine.SetupError) as told:
        machine.apt_install(["libgl1", "libegl1"], "缺少组件", "libraries are missing")
    assert str(told.value).count("sudo apt-get install libgl1 libegl1") == 2


def test_the_scripts_need_nothing_but_python() -> None:
    """An isolated interpreter without site-packages starts both and explains itself."""
    for script in ("run.py", "test.py"):
        command = [sys.executable, "-S", "-E", str(FOLDER / script), "--help"]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", env=dict(os.environ), cwd=FOLDER
        )
        assert done.returncode == 0, done.stderr
        assert "usage" in done.stdout


@pytest.mark.parametrize(
    ("environment", "system", "kind"),
    [
        ({}, "linux", ""),
        ({"DISPLAY": ":0"}, "linux", "x11"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", "wayland"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", "x11"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", ""),
        ({}, "win32", "native"),
    ],
)
def test_a_screen_is_noticed(environment: dict[str, str], system: str, kind: str) -> None:
    run = load_script("run")
    assert run.screen(environment, system) == kind


def test_an_imported_workbook_is_summed_up_over_its_sheets() -> None:
    run = load_script("run")
    table = {"new": 2, "changed": 1, "conflict": 0, "rejected": 1}
    answer = {"files": [{"tables": [table, table]}], "problems": [{"code": "id_damaged"}]}
    chinese, english = run.import_line("花名册.xlsx", answer)
    assert "新增 4 人" in chinese and "不能导入 2 行" in chinese and "提示 1 条" in chinese
    assert "4 new" in english and "1 problems" in english
