"""Damaged data files: never a crash, never a traceback, and never written to (RELIABILITY R8)."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from retiree_desk.core.errors import DataFileError
from retiree_desk.services.desk import Desk
from retiree_desk.store import backup
from retiree_desk.store.schema import FORMAT
from tests.safety.verbs import answers

PAGE = 4096


def _flip(data: bytearray, chance: random.Random) -> None:
    for _bit in range(chance.choice((1, 5, 50))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _flip_in_head(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(100)] ^= 1 << chance.randrange(8)


def _flip_in_schema(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(100, PAGE)] ^= 1 << chance.randrange(8)


def _zero_page(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def _page_over_page(data: bytearray, chance: random.Random) -> None:
    pages = len(data) // PAGE
    source, target = chance.randrange(pages) * PAGE, chance.randrange(1, pages) * PAGE
    data[target : target + PAGE] = data[source : source + PAGE]


def _noise(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) - 300)
    data[at : at + 300] = chance.randbytes(300)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.choice((chance.randrange(len(data)), chance.randrange(200), len(data) - 1)) :]


def _wrong_head(data: bytearray, chance: random.Random) -> None:
    data[:16] = chance.choice((b"SQLite format 2\0", bytes(16), b"PK\x03\x04" + bytes(12)))


def _page_of_html(data: bytearray, chance: random.Random) -> None:
    data[:] = ("<html><body>登录已超时,请重新登录</body></html>" * chance.randrange(1, 400)).encode()


def _zip(data: bytearray, chance: random.Random) -> None:
    data[:] = b"PK\x03\x04" + chance.randbytes(5000)


KINDS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip_in_head, _flip_in_schema, _zero_page, _page_over_page, _noise, _cut, _wrong_head,
    _page_of_html, _zip,
)  # fmt: skip


def test_damaged_files_are_refused_or_read_and_never_written(
    sample: Path, tmp_path: Path, count_of: Callable[[int, int], int]
) -> None:
    source = (sample / "office.rdesk").read_bytes()
    chance = random.Random(5)
    files, unsound = [], []
    for number in range(count_of(60, 500)):
        data = bytearray(source)
        KINDS[number % len(KINDS)](data, chance)
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "office.rdesk"
        path.write_bytes(data)
        files.append(path)
        # SQLite's own verdict, on a copy so that nothing of it is left beside the file.
        copy = shutil.copy(path, tmp_path / "copy.rdesk")
        unsound.append(not data or bool(backup.problems_of(Path(copy))))
    before = [path.read_bytes() for path in files]
    reading = [
        ("--json", "--db", str(path), *verb) for path in files for verb in (("check",), ("find", "张"))
    ]
    for answer in answers(reading):
        answer.check(0, 1, 3)
    assert [path.read_bytes() for path in files] == before
    writing = [("--json", "--db", str(path), "set", "1", "remark=改过") for path in files]
    refused = 0
    for path, bad, old, answer in zip(files, unsound, before, answers(writing), strict=True):
        # 2: the person asked for is not there any more, told in a sentence too.
        answer.check(0, 2, 3)
        if bad:
            assert answer.status == 3, (path, answer)
            assert path.read_bytes() == old
            refused += 1
    assert refused > len(files) // 2


def test_empty_file_is_no_new_office(tmp_path: Path) -> None:
    """What a copy to a full stick leaves behind."""
    path = tmp_path / "office.rdesk"
    path.write_bytes(b"")
    for answer in answers(
        [("--json", "--db", str(path), *verb) for verb in (("check",), ("set", "1", "remark=x"))]
    ):
        answer.check(3)
        assert answer.code == "damaged"
    assert {item.name: item.stat().st_size for item in tmp_path.iterdir()} == {"office.rdesk": 0}


def test_making_that_was_killed_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "office.rdesk"
    path.write_bytes(b"")
    path.with_name("office.rdesk.lock").write_bytes(b"")
    (answer,) = answers([("--json", "--db", str(path), "check")])
    answer.check(0)


def test_emptied_file_beside_backups_is_no_new_office(office: Path) -> None:
    desk = Desk.open(office)
    desk.backups.make("manual")
    desk.close()
    office.write_bytes(b"")
    for write in (True, False):
        with pytest.raises(DataFileError) as caught:
            Desk.open(office, write=write)
        assert caught.value.code == "damaged"
    assert office.read_bytes() == b""
    (newest,) = (office.parent / f"{office.name} backups").iterdir()
    (restored,) = answers([("--json", "--db", str(office), "restore", str(newest))])
    restored.check(0)


def test_damage_done_while_closed_is_found_at_the_next_start(office: Path) -> None:
    """One changed byte in an index: no query of the start would meet it."""
    Desk.open(office).close()
    data = bytearray(office.read_bytes())
    for at in range(len(data) - PAGE, PAGE, -PAGE):
        if data[at] == 0x0A:  # a leaf page of an index
            data[at + PAGE - 40] ^= 0x55
            office.write_bytes(data)
            if backup.problems_of(office):
                break
            data[at + PAGE - 40] ^= 0x55
    before = office.read_bytes()
    with pytest.raises(DataFileError) as caught:
        Desk.open(office)
    assert caught.value.code == "damaged"
    assert office.read_bytes() == before


def test_damaged_office_is_repaired_by_restoring(office: Path) -> None:
    desk = Desk.open(office)
    made, people = desk.backups.make("manual")
    content = desk.backups.check().content_sha256
    desk.close()
    data = bytearray(office.read_bytes())
    data[PAGE : len(data) // 2] = bytes(len(data) // 2 - PAGE)
    office.write_bytes(data)
    refused, restored, checked = answers(
        [
            ("--json", "--db", str(office), "set", "1", "remark=x"),
            ("--json", "--db", str(office), "restore", str(made)),
            ("--json", "--db", str(office), "check"),
        ]
    )
    refused.check(3)
    assert refused.code == "damaged"
    restored.check(0)
    checked.check(0)
    assert f'"people": {people}' in checked.out and content in checked.out
    # The damaged one is kept: somebody may still get rows out of it.
    assert any(path.read_bytes() == data for path in made.parent.iterdir())


def test_newer_file_is_refused_untouched_by_every_verb(office: Path, sample: Path) -> None:
    data = bytearray(office.read_bytes())
    data[60:64] = (FORMAT + 7).to_bytes(4, "big")  # user_version in SQLite's header
    office.write_bytes(data)
    verbs = [
        ("check",), ("find", "张"), ("set", "1", "remark=x"), ("undo",), ("backup",),
        ("import", str(sample / "hr" / "gbk.csv")), ("visits", "plan", "--month", "2026-11"),
    ]  # fmt: skip
    for answer in answers([("--json", "--db", str(office), *verb) for verb in verbs]):
        answer.check(3)
        assert answer.code == "newer"
        assert str(FORMAT + 7) in answer.err
    assert office.read_bytes() == data
    assert not [path for path in office.parent.iterdir() if path.suffix not in (".rdesk", ".lock")]
