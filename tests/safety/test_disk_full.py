"""A disk that is full at any point of a write: the old is intact or the new complete, one sentence, nothing
half left behind, and the program is usable once there is room again (RELIABILITY R3, R18).

The disk is played by the system's own limit of a file's size (RLIMIT_FSIZE): the first write beyond it fails.
"""

import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

from retiree_desk.services.backups import Check
from retiree_desk.services.desk import Desk
from tests.safety.verbs import answers, clean_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the limit is one of Linux")

MONTH = "2026-11"
OLD = "旧的".encode()


def state(path: Path) -> Check:
    """What `check` says of the file."""
    desk = Desk.open(path, write=False)
    try:
        return desk.backups.check()
    finally:
        desk.close()


def points(size: int, number: int) -> list[int]:
    """Sizes at which the disk is full: from the first byte to just beyond `size`, evenly."""
    return [0, 1, *(size * step // number for step in range(1, number)), size - 1, size + 4096]


def copies(office: Path, tmp_path: Path, number: int) -> list[Path]:
    """So many copies of the data file, each in a folder of its own."""
    made = []
    for one in range(number):
        folder = tmp_path / f"copy{one}"
        folder.mkdir()
        made.append(Path(shutil.copy(office, folder / "office.rdesk")))
    return made


def sweep(office: Path, tmp_path: Path, limits: Sequence[int], verb: Sequence[object]) -> tuple[int, int]:
    """Runs a verb that writes to the data at each limit; how many were refused and how many went well."""
    before = state(office)
    files = copies(office, tmp_path, len(limits))
    refused = done = 0
    commands = [("--json", "--today", "2026-11-02", "--db", file, *verb) for file in files]
    for file, answer in zip(files, answers(commands, largest_files=limits), strict=True):
        answer.check(0, 1, 3)
        after = state(file)
        assert after.ok, after.problems
        assert clean_folder(file.parent) <= {file.name, f"{file.name} backups"}
        for left in file.parent.rglob("*"):
            assert left.name.endswith((".rdesk", ".lock", " backups")), left
        if answer.status == 3:
            assert answer.code in ("disk_full", "cannot_write", "backup_failed")
            assert after == before
            refused += 1
        else:
            done += 1
    # There is room again: the same verb does its work on what was refused.
    for answer in answers(commands[:2]):
        answer.check(0, 1)
    return refused, done


def test_save(office: Path, tmp_path: Path, count_of: Callable[[int, int], int]) -> None:
    limits = points(office.stat().st_size, count_of(16, 150))
    refused, done = sweep(office, tmp_path, limits, ("set", "1", "remark=住女儿家", "party_branch=新的支部"))
    assert refused and done


def test_import(office: Path, sample: Path, tmp_path: Path, count_of: Callable[[int, int], int]) -> None:
    # The backup before it is as large as the file; beyond that the file itself has to grow.
    size = office.stat().st_size
    limits = [*points(size, count_of(4, 60)), size + 8192, size + 20_000, size * 3]
    verb = ("import", sample / "hr" / "branches.xlsx", "--accept", "all")
    files = copies(office, tmp_path, 1)
    desk = Desk.open(files[0])
    ids = [int(one.id) for one in desk.registry.load()][::2]
    desk.registry.change_many({number: {"remark": "旧" * 200} for number in ids}, why="person_changed")
    desk.close()
    refused, done = sweep(files[0], tmp_path / "copy0", limits, verb)
    assert refused and done


def test_backup(office: Path, tmp_path: Path, count_of: Callable[[int, int], int]) -> None:
    (first,) = answers([("--json", "--db", office, "backup")])
    first.check(0)
    folder = office.parent / f"{office.name} backups"
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    limits = points(office.stat().st_size, count_of(8, 150))
    found = answers([("--json", "--db", office, "backup")] * len(limits), largest_files=limits)
    refused = 0
    for answer in found:
        answer.check(0, 3)
        refused += answer.status == 3
    assert 0 < refused < len(found)
    names = {path.name for path in folder.iterdir()}
    assert len(names) == 1 + len(found) - refused
    for name, content in old.items():
        assert (folder / name).read_bytes() == content
    for name in names:
        assert state(folder / name).ok


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("走访表.pdf", ("visits", "sheet", "{out}", "--month", MONTH)),
        ("花名册.xlsx", ("roster", "{out}")),
        ("花名册.csv", ("roster", "{out}")),
        ("花名册.pdf", ("print", "roster", "{out}")),
    ],
)
def test_papers_and_workbooks(
    office: Path, tmp_path: Path, name: str, verb: tuple[str, ...], count_of: Callable[[int, int], int]
) -> None:
    def words(out: Path) -> list[object]:
        return ["--json", "--today", "2026-11-02", "--db", office, *(word.format(out=out) for word in verb)]

    def complete(out: Path) -> bool:
        content = out.read_bytes()
        if name.endswith(".pdf"):
            return content.startswith(b"%PDF") and len(PdfReader(out).pages) == pages
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(out) as package:
                return package.testzip() is None and "xl/workbook.xml" in package.namelist()
        return content.count(b"\r\n") == lines

    # The first time freezes the month's sheets; what follows prints the same again.
    whole = tmp_path / name
    (first,) = answers([words(whole)])
    first.check(0)
    pages = len(PdfReader(whole).pages) if name.endswith(".pdf") else 0
    lines = whole.read_bytes().count(b"\r\n")
    limits = points(whole.stat().st_size, count_of(4, 100))
    outs = []
    for number in range(len(limits)):
        outs.append(tmp_path / f"out{number}" / name)
        outs[-1].parent.mkdir()
        outs[-1].write_bytes(OLD)
    refused = 0
    for out, answer in zip(outs, answers([words(out) for out in outs], largest_files=limits), strict=True):
        answer.check(0, 1, 3)
        assert clean_folder(out.parent) == {name}
        if out.read_bytes() == OLD:
            assert answer.status in (1, 3) and answer.code in ("disk_full", "cannot_write")
            assert answer.err.strip() and "\n" not in answer.err.strip()
            refused += 1
        else:
            assert complete(out)
    assert refused >= 3
    assert state(office).ok
