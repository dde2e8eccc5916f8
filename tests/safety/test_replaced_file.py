"""A sync program or a helpful colleague puts another file in the place of the open one (DECISIONS 21)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from retiree_desk.core.errors import DataFileError
from retiree_desk.services.desk import Desk


@pytest.fixture
def desk(office: Path) -> Iterator[Desk]:
    opened = Desk.open(office)
    opened.registry.add({"name": "先存的人"})
    yield opened
    opened.close()


def moved_away(path: Path, other: Path) -> None:
    os.replace(path, path.with_name("moved.rdesk"))


def replaced(path: Path, other: Path) -> None:
    os.replace(other, path)


def copied_over(path: Path, other: Path) -> None:
    shutil.copyfile(other, path)


def written_by_another(path: Path, other: Path) -> None:
    conn = dbapi2.connect(str(path))
    conn.execute("UPDATE person SET remark = '别的程序写的'")
    conn.commit()
    conn.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file be replaced")
@pytest.mark.parametrize("happens", [moved_away, replaced, copied_over, written_by_another])
def test_nothing_is_saved_into_a_file_that_is_not_the_one_opened(
    desk: Desk, sample: Path, tmp_path: Path, happens: Callable[[Path, Path], None]
) -> None:
    path = desk.db.path
    happens(path, Path(shutil.copy(sample / "office.rdesk", tmp_path / "other.rdesk")))
    before = path.read_bytes() if path.exists() else None
    for save in (
        lambda: desk.registry.add({"name": "后来的人"}),
        lambda: desk.settings.set({"x": 1}),
        lambda: desk.db.record("print", {}),
    ):
        with pytest.raises(DataFileError) as caught:
            save()
        assert caught.value.code in ("replaced", "cannot_write")
    assert (path.read_bytes() if path.exists() else None) == before
    desk.close()
    if happens is not moved_away:
        again = Desk.open(path)
        again.registry.add({"name": "后来的人"})
        assert again.backups.check().ok
        again.close()


def test_own_work_is_never_taken_for_anothers(desk: Desk) -> None:
    """Backups, checks and readers beside the window change nothing; saving goes on."""
    for number in range(3):
        desk.backups.make("manual")
        desk.backups.check()
        beside = Desk.open(desk.db.path, write=False)
        assert beside.registry.find("先存").total == 1
        beside.close()
        desk.registry.add({"name": f"人{number}"})
        desk.history.undo()
