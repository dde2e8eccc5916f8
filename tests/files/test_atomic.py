"""Files the program hands out are whole or absent (RELIABILITY R18)."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from retiree_desk.core.errors import UserError
from retiree_desk.files import atomic
from retiree_desk.files.atomic import atomic_path, write_bytes


def test_a_new_file_and_one_replaced(tmp_path: Path) -> None:
    target = tmp_path / "花名册.xlsx"
    write_bytes(target, b"one")
    target.chmod(0o640)
    with atomic_path(target) as temp:
        assert temp.suffix == ".xlsx" and temp.parent == tmp_path
        temp.write_bytes(b"two")
        assert target.read_bytes() == b"one"
    assert target.read_bytes() == b"two" and target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["花名册.xlsx"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    write_bytes(target, b"old")
    with pytest.raises(ZeroDivisionError), atomic_path(target) as temp:
        temp.write_bytes(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"old" and os.listdir(tmp_path) == ["a.pdf"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.csv").write_bytes(b"old")
    (tmp_path / "a.csv").symlink_to(tmp_path / "real" / "a.csv")
    write_bytes(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").is_symlink() and (tmp_path / "real" / "a.csv").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "exists", "code"),
    [
        (errno.ENOSPC, True, "disk_full"),
        (errno.EBUSY, True, "file_in_use"),
        (errno.EACCES, False, "cannot_write"),
        (errno.EIO, True, "cannot_write"),
    ],
)
def test_what_the_system_refuses_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, exists: bool, code: str
) -> None:
    """The system call is made to fail as a full disk, or a file open in WPS, makes it fail."""
    target = tmp_path / "名单.xlsx"
    if exists:
        target.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(atomic, "RETRY_SECONDS", 0)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError) as told:
        write_bytes(target, b"new")
    assert told.value.code == code
    monkeypatch.undo()
    assert not exists or target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == (["名单.xlsx"] if exists else [])


def test_a_file_open_elsewhere_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, tries = os.replace, []

    def busy_twice(source: str, target: str) -> None:
        tries.append(source)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "open in WPS")
        replace(source, target)

    monkeypatch.setattr(atomic, "RETRY_SECONDS", 0)
    monkeypatch.setattr(os, "replace", busy_twice)
    write_bytes(tmp_path / "a.xlsx", b"new")
    assert len(tries) == 3 and (tmp_path / "a.xlsx").read_bytes() == b"new"


def test_a_missing_folder_and_a_folder_as_target(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        write_bytes(tmp_path / "没有" / "a.csv", b"")
    assert told.value.code == "folder_missing"
    with pytest.raises(UserError) as told:
        write_bytes(tmp_path, b"")
    assert told.value.code == "cannot_write"


def test_old_leftovers_of_killed_writers_are_removed(tmp_path: Path) -> None:
    old, new = tmp_path / ".retiree-desk-1-aa.xlsx", tmp_path / ".retiree-desk-2-bb.xlsx"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 2 * 86400,) * 2)
    write_bytes(tmp_path / "a.csv", b"x")
    assert sorted(os.listdir(tmp_path)) == [new.name, "a.csv"]


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_any_moment_the_file_is_the_old_or_the_new_one(tmp_path: Path, kills: int) -> None:
    """A writer that replaces the file without end is killed once it has replaced it some times."""
    target = tmp_path / "a.bin"
    versions = {bytes([n]) * 300_000 for n in range(256)}
    program = textwrap.dedent(
        """
        import itertools, sys
        from retiree_desk.files.atomic import write_bytes
        for n in itertools.count():
            write_bytes(sys.argv[1], bytes([n % 256]) * 300_000)
            print(n, flush=True)
        """
    )
    for number in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(target)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            for _ in range(1 + number % 7):
                writer.stdout.readline()
            writer.send_signal(signal.SIGKILL)
        assert target.read_bytes() in versions
