"""kill -9 at random moments of a restore, a backup, an export, an undo: whole or as before (R1, R5, R18).

(Saving: tests/store/test_database.py; importing: test_killed_import.py.)
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from retiree_desk.services.desk import Desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is tried on Linux")

_CHILD = """
import sys
from datetime import date
from pathlib import Path
from retiree_desk.services import backups
from retiree_desk.services.desk import Desk
from retiree_desk.services.documents import roster_documents, visit_documents
from retiree_desk.services.documents import Options
from retiree_desk.services.roster import RosterChoice
import reportlab.pdfgen.canvas, xlsxwriter, alembic.command
db, other, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
desk = None if what == "restore" else Desk.open(db, today=lambda: date(2026, 11, 2))
print("ready", flush=True)
sys.stdin.readline()
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
print("done", flush=True)
"""


def content(path: Path) -> str:
    """The hash of the data of a file that passes its check."""
    desk = Desk.open(path)
    try:
        found = desk.backups.check()
    finally:
        desk.close()
    assert found.ok, found.problems
    return found.content_sha256


def begun(*words: object) -> subprocess.Popen[str]:
    """The child, ready to begin: everything loaded, waiting for the word."""
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def go(child: subprocess.Popen[str], seconds: float | None = None) -> None:
    """Says the word; kills the child after so many seconds of work, or lets it end."""
    assert child.stdin is not None
    child.stdin.write("\n")
    child.stdin.flush()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    child.communicate()


def lasting(child: subprocess.Popen[str]) -> float:
    """Seconds that the whole work takes."""
    started = time.perf_counter()
    go(child)
    assert child.returncode == 0
    return time.perf_counter() - started


def test_restore(office: Path, tmp_path: Path, count_of: Callable[[int, int], int]) -> None:
    desk = Desk.open(office)
    made, _people = desk.backups.make("manual")
    old = desk.backups.check().content_sha256
    desk.registry.add({"name": "后来的人"})
    new = desk.backups.check().content_sha256
    desk.close()
    start, backup = tmp_path / "start.rdesk", tmp_path / "backup.rdesk"
    shutil.copy(office, start)
    shutil.copy(made, backup)
    seconds = lasting(begun(office, backup, "restore"))
    assert content(office) == old
    chance = random.Random(3)
    outcomes = set()
    for number in range(count_of(5, 200)):
        db = tmp_path / f"r{number}" / "office.rdesk"
        db.parent.mkdir()
        shutil.copy(start, db)
        go(begun(db, backup, "restore"), chance.uniform(0, seconds))
        found = content(db)
        assert found in (old, new)
        outcomes.add(found)
        # The start after it took away what was half done; the file before the restore is kept in full.
        assert not [path for path in db.parent.iterdir() if "restoring" in path.name]
        kept = list((db.parent / f"{db.name} backups").glob("*-restore.rdesk"))
        assert [content(path) for path in kept] in ([new], [] if found == new else [new])
        shutil.rmtree(db.parent)
    assert outcomes


def test_backup(office: Path, count_of: Callable[[int, int], int]) -> None:
    folder = office.parent / f"{office.name} backups"
    seconds = lasting(begun(office, office, "backup"))
    data = content(office)
    chance = random.Random(4)
    seen: set[Path] = set()
    for _round in range(count_of(3, 200)):
        go(begun(office, office, "backup"), chance.uniform(0, seconds))
        assert content(office) == data
        for path in set(folder.glob("office-*.rdesk")) - seen:
            assert content(path) == data
            seen.add(path)
    assert seen


def test_undo_of_an_import(
    office: Path, sample: Path, tmp_path: Path, count_of: Callable[[int, int], int]
) -> None:
    desk = Desk.open(office)
    old = desk.backups.check().content_sha256
    desk.imports.apply(desk.imports.plan([sample / "hr" / "branches.xlsx"]))
    new = desk.backups.check().content_sha256
    desk.close()
    assert old != new
    start = tmp_path / "start.rdesk"
    shutil.copy(office, start)
    seconds = lasting(begun(office, office, "undo"))
    assert content(office) == old
    chance = random.Random(5)
    for number in range(count_of(3, 200)):
        db = Path(shutil.copy(start, tmp_path / f"{number}.rdesk"))
        go(begun(db, db, "undo"), chance.uniform(0, seconds))
        assert content(db) in (old, new)


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_export(office: Path, tmp_path: Path, ending: str, count_of: Callable[[int, int], int]) -> None:
    out = tmp_path / "out" / f"花名册.{ending}"
    out.parent.mkdir()
    seconds = lasting(begun(office, out, "export"))
    chance = random.Random(6)
    for _round in range(count_of(2, 200)):
        out.write_bytes(b"old")
        go(begun(office, out, "export"), chance.uniform(0, seconds))
        if out.read_bytes() != b"old":
            if ending == "pdf":
                assert PdfReader(out).pages
            else:
                with zipfile.ZipFile(out) as package:
                    assert package.testzip() is None
    content(office)
