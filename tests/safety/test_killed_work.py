"""kill -9 at random moments of a restore, a backup, an export, an undo: whole or as before (R1, R5, R18).

(Saving: tests/store/test_database.py; importing: test_killed_import.py.)
"""

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from retiree_desk.services.desk import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is tried on Linux")

# Everything is loaded once; each piece of work is a fork of that, so that a kill costs milliseconds.
_NURSERY = """
import json, os, sys
from datetime import date
from pathlib import Path
from retiree_desk.services import backups
from retiree_desk.services.desk import Desk
from retiree_desk.services.documents import roster_documents
from retiree_desk.services.roster import RosterChoice
import alembic.command, reportlab.pdfgen.canvas, xlsxwriter

def work(db, other, what):
    desk = None if what == "restore" else Desk.open(db, today=lambda: date(2026, 11, 2))
    os.write(1, f"{os.getpid()}\\n".encode())
    os.read(0, 1)
    if what == "restore":
        backups.restore(db, other, operator="李")
    elif what == "backup":
        desk.backups.make("manual")
    elif what == "undo":
        desk.history.undo()
    else:
        roster_documents.write_roster_file(desk, other, RosterChoice())
    if desk:
        desk.close()

while line := sys.stdin.readline():
    db, other, what = json.loads(line)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work(Path(db), Path(other), what)
            code = 0
        finally:
            os._exit(code)
    os.write(1, f"{os.waitpid(child, 0)[1]}\\n".encode())
"""


class Nursery:
    """Starts work in a process of its own and kills it, or lets it end."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )

    def run(self, db: Path, other: Path, what: str, seconds: float | None = None) -> float:
        """Does the work; kills it after so many seconds. Returns the seconds that it took.

        Without `seconds` the work must end well.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(db), str(other), what]).encode() + b"\n")
        child = int(self._process.stdout.readline())
        started = time.perf_counter()
        self._process.stdin.write(b"\n")
        if seconds is not None and not select.select([self._process.stdout], [], [], seconds)[0]:
            os.kill(child, signal.SIGKILL)
        status = int(self._process.stdout.readline())
        assert seconds is not None or status == 0
        return time.perf_counter() - started

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


def content(path: Path) -> str:
    """The hash of the data of a file that passes its check."""
    desk = Desk.open(path)
    try:
        found = desk.backups.check()
    finally:
        desk.close()
    assert found.ok, found.problems
    return found.content_sha256


def test_restore(nursery: Nursery, office: Path, tmp_path: Path, count_of: Callable[[int, int], int]) -> None:
    desk = Desk.open(office)
    made, _people = desk.backups.make("manual")
    old = desk.backups.check().content_sha256
    desk.registry.add({"name": "后来的人"})
    new = desk.backups.check().content_sha256
    desk.close()
    start, backup = tmp_path / "start.rdesk", tmp_path / "backup.rdesk"
    shutil.copy(office, start)
    shutil.copy(made, backup)
    seconds = nursery.run(office, backup, "restore")
    assert content(office) == old
    chance = random.Random(3)
    outcomes = set()
    for number in range(count_of(10, 200)):
        db = tmp_path / f"r{number}" / "office.rdesk"
        db.parent.mkdir()
        shutil.copy(start, db)
        nursery.run(db, backup, "restore", chance.uniform(0, seconds))
        found = content(db)
        assert found in (old, new)
        outcomes.add(found)
        # The start after it took away what was half done; the file before the restore is kept in full.
        assert not [path for path in db.parent.iterdir() if "restoring" in path.name]
        kept = list((db.parent / f"{db.name} backups").glob("*-restore.rdesk"))
        assert [content(path) for path in kept] in ([new], [] if found == new else [new])
        shutil.rmtree(db.parent)
    assert outcomes


def test_backup(nursery: Nursery, office: Path, count_of: Callable[[int, int], int]) -> None:
    folder = office.parent / f"{office.name} backups"
    seconds = nursery.run(office, office, "backup")
    data = content(office)
    chance = random.Random(4)
    seen: set[Path] = set()
    for _round in range(count_of(10, 200)):
        nursery.run(office, office, "backup", chance.uniform(0, seconds))
        assert content(office) == data
        for path in set(folder.glob("office-*.rdesk")) - seen:
            assert content(path) == data
            seen.add(path)
    assert seen


def test_undo_of_an_import(
    nursery: Nursery, office: Path, sample: Path, tmp_path: Path, count_of: Callable[[int, int], int]
) -> None:
    desk = Desk.open(office)
    old = desk.backups.check().content_sha256
    desk.imports.apply(desk.imports.plan([sample / "hr" / "branches.xlsx"]))
    new = desk.backups.check().content_sha256
    desk.close()
    assert old != new
    start = tmp_path / "start.rdesk"
    shutil.copy(office, start)
    seconds = nursery.run(office, office, "undo")
    assert content(office) == old
    chance = random.Random(5)
    for number in range(count_of(10, 200)):
        db = Path(shutil.copy(start, tmp_path / f"{number}.rdesk"))
        nursery.run(db, db, "undo", chance.uniform(0, seconds))
        assert content(db) in (old, new)


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_export(
    nursery: Nursery, office: Path, tmp_path: Path, ending: str, count_of: Callable[[int, int], int]
) -> None:
    out = tmp_path / "out" / f"花名册.{ending}"
    out.parent.mkdir()
    seconds = nursery.run(office, out, "export")
    chance = random.Random(6)
    for _round in range(count_of(5, 200)):
        out.write_bytes(b"old")
        nursery.run(office, out, "export", chance.uniform(0, seconds))
        if out.read_bytes() != b"old":
            if ending == "pdf":
                assert PdfReader(out).pages
            else:
                with zipfile.ZipFile(out) as package:
                    assert package.testzip() is None
    content(office)
