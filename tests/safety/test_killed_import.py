"""A process killed at any moment of an import leaves all of it or nothing (RELIABILITY R1)."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retiree_desk.services.desk import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is tried on Linux")

PEOPLE = 1500


def _import(db: Path, file: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "retiree_desk", "--db", str(db), "--json", "import", str(file)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def test_killed_import_is_whole_or_absent(tmp_path: Path, count) -> None:
    start = tmp_path / "start.rdesk"
    desk = Desk.open(start)
    desk.registry.add({"name": "张三", "employee_no": "A1"})
    before = desk.backups.check()
    desk.close()
    file = tmp_path / "hr.csv"
    rows = "".join(
        f"人{number},{number:05d},1380000{number:04d},第{number % 9}支部\n" for number in range(PEOPLE)
    )
    file.write_text("姓名,工号,手机,支部\n" + rows, encoding="utf-8")

    whole = tmp_path / "whole.rdesk"
    shutil.copy(start, whole)
    begun = time.monotonic()
    running = _import(whole, file)
    answer = json.loads(running.communicate()[0])
    lasted = time.monotonic() - begun
    assert answer["applied"]["new"] == PEOPLE
    desk = Desk.open(whole)
    after = desk.backups.check()
    desk.close()

    chance = random.Random(7)
    outcomes = set()
    for number in range(count(60)):
        db = tmp_path / f"{number}.rdesk"
        shutil.copy(start, db)
        running = _import(db, file)
        # Most of the work lies in the second half, where the transaction is; the pause only picks the moment.
        try:
            running.wait(lasted * chance.uniform(0.25, 1.0))
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
        running.communicate()
        desk = Desk.open(db)
        found = desk.backups.check()
        desk.close()
        assert found.ok, found.problems
        assert found in (before, after)
        outcomes.add(found == after)
        for left in tmp_path.glob(f"{number}.rdesk*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    assert False in outcomes
