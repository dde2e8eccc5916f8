"""One process writes; another is told who holds the file; a crash leaves no lock behind (RELIABILITY R6)."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retiree_desk.services.desk import Desk
from tests.safety.verbs import answers

_HOLDER = """
import sys
from pathlib import Path
from retiree_desk.core.errors import DataFileError
from retiree_desk.services.desk import Desk
print("up", flush=True)
sys.stdin.readline()
try:
    desk = Desk.open(Path(sys.argv[1]), operator=sys.argv[2])
except DataFileError as error:
    print(error.code, error.message, flush=True)
    sys.exit(3)
desk.registry.add({"name": "持有人"})
print("holds", flush=True)
sys.stdin.readline()
desk.close()
"""


def started(path: Path, operator: str) -> "subprocess.Popen[str]":
    """A process that opens the file once it gets a line, and closes it at the next."""
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path), operator],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert heard(child) == "up"
    return child


def heard(child: "subprocess.Popen[str]") -> str:
    """The next line the process says."""
    assert child.stdout is not None
    return child.stdout.readline().rstrip("\n")


def say(child: "subprocess.Popen[str]") -> None:
    """One line to the process."""
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()


def test_every_second_writer_is_told_the_holder(office: Path, sample: Path) -> None:
    holder = started(office, "王经办")
    say(holder)
    assert heard(holder) == "holds"
    verbs = [
        ("set", "1", "remark=x"), ("die", "1", "--on", "2026-01"), ("undo",),
        ("import", sample / "hr" / "gbk.csv"), ("restore", sample / "office.rdesk"),
    ]  # fmt: skip
    before = office.read_bytes()
    commands = [("--json", "--db", office, "--operator", "李经办", *verb) for verb in verbs] * 4
    for answer in answers(commands):
        answer.check(3)
        assert answer.code == "held"
        assert "王经办" in answer.err and str(holder.pid) in answer.err
    # Looking works all the while.
    looking = [
        ("find", "张"), ("show", "1"), ("check",), ("visits", "plan", "--month", "2026-11"),
        ("import", sample / "hr" / "gbk.csv", "--dry-run"), ("undo", "--list"), ("backup",),
    ]  # fmt: skip
    for answer in answers([("--json", "--db", office, *verb) for verb in looking]):
        answer.check(0, 1)
    assert office.read_bytes() == before
    say(holder)
    assert holder.wait(60) == 0
    holder.communicate()


def test_of_many_starts_at_once_one_writes(office: Path, count_of: Callable[[int, int], int]) -> None:
    children = [started(office, f"经办{number}") for number in range(count_of(5, 20))]
    for child in children:
        say(child)
    lines = [heard(child) for child in children]
    assert lines.count("holds") == 1
    winner = children[lines.index("holds")]
    for child, line in zip(children, lines, strict=True):
        if child is not winner:
            assert line.startswith("held ")
            child.communicate()
    winner.communicate("\n")
    desk = Desk.open(office)
    assert desk.registry.find("持有人").total == 1
    desk.close()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is tried on Linux")
def test_after_a_kill_the_next_start_asks_nothing(office: Path, count_of: Callable[[int, int], int]) -> None:
    for number in range(1, count_of(2, 50) + 1):
        child = started(office, "王经办")
        say(child)
        assert heard(child) == "holds"
        child.send_signal(signal.SIGKILL)
        child.communicate()
        desk = Desk.open(office)
        assert desk.registry.find("持有人").total == number
        desk.close()
