"""The data file keeps what was saved, refuses what it must, and one process writes at a time."""

import hashlib
import multiprocessing
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlcipher3 import dbapi2 as sqlite

from retiree_desk.core.errors import DataFileError, InputError
from retiree_desk.core.topics import Topic
from retiree_desk.services.backups import restore
from retiree_desk.services.desk import Desk
from retiree_desk.store import backup, connection
from retiree_desk.store.database import Database
from retiree_desk.store.schema import FORMAT, metadata, person


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def desk(tmp_path: Path):
    opened = Desk.open(tmp_path / "office.rdesk", operator="李经办", today=lambda: date(2026, 11, 2))
    yield opened
    opened.close()


def test_pragmas_are_what_the_promises_need(desk: Desk) -> None:
    with desk.db.write_unlogged() as conn:
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar() == 3
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert conn.exec_driver_sql("PRAGMA cache_spill").scalar() == 0
        assert conn.exec_driver_sql("PRAGMA trusted_schema").scalar() == 0
    with desk.db.read() as conn:
        assert conn.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_models_equal_the_migrated_schema(desk: Desk) -> None:
    with desk.db.read() as conn:
        context = MigrationContext.configure(
            conn,
            opts={
                "include_object": lambda _obj, name, kind, _reflected, _other: (
                    not (kind == "table" and name.startswith(("person_text", "person_number")))
                )
            },
        )
        assert compare_metadata(context, metadata) == []


def test_one_file_when_closed(tmp_path: Path) -> None:
    path = tmp_path / "office.rdesk"
    desk = Desk.open(path)
    desk.registry.add({"name": "张三"})
    desk.close()
    assert {item.name for item in tmp_path.iterdir()} == {"office.rdesk", "office.rdesk.lock"}


def test_second_writer_is_told_who_holds_the_file(desk: Desk) -> None:
    code = (
        "import sys; from pathlib import Path; from retiree_desk.services.desk import Desk\n"
        "from retiree_desk.core.errors import DataFileError\n"
        "try: Desk.open(Path(sys.argv[1]))\n"
        "except DataFileError as error: print(error.code, error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(desk.db.path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("held")
    assert "李经办" in done.stdout


def test_reader_sees_the_data_beside_a_writer(desk: Desk) -> None:
    desk.registry.add({"name": "张三"})
    beside = Desk.open(desk.db.path, write=False)
    try:
        assert [one.name for one in beside.registry.find("张三").people] == ["张三"]
        with pytest.raises(DataFileError):
            beside.registry.add({"name": "李四"})
    finally:
        beside.close()
    assert beside.db.path.exists()


def test_newer_file_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "office.rdesk"
    Desk.open(path).close()
    conn = sqlite.connect(str(path))
    conn.execute(f"PRAGMA user_version = {FORMAT + 1}")
    conn.close()
    before = digest(path)
    with pytest.raises(DataFileError) as caught:
        Desk.open(path)
    assert caught.value.code == "newer"
    assert str(FORMAT + 1) in caught.value.message
    assert digest(path) == before


@pytest.mark.parametrize("content", [b"name,id\n1,2\n" * 200, b"PK\x03\x04" + b"x" * 5000, os.urandom(8192)])
def test_other_files_are_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.rdesk"
    path.write_bytes(content)
    before = digest(path)
    with pytest.raises(DataFileError) as caught:
        Desk.open(path)
    assert caught.value.code in ("damaged", "not_ours")
    assert digest(path) == before


def test_other_sqlite_file_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.rdesk"
    conn = sqlite.connect(str(path))
    conn.execute("CREATE TABLE t (a)")
    conn.close()
    before = digest(path)
    with pytest.raises(DataFileError) as caught:
        Desk.open(path)
    assert caught.value.code == "not_ours"
    assert digest(path) == before


def test_failed_write_leaves_nothing(desk: Desk) -> None:
    before = desk.backups.check()
    with pytest.raises(RuntimeError), desk.db.write(Topic.REGISTRY, why="person_added") as change:
        change.insert(person, [{"name": "张三"}])
        raise RuntimeError
    assert desk.backups.check() == before
    assert desk.history.list() == []


def test_topics_are_announced_after_commit_only(desk: Desk) -> None:
    heard: list[object] = []
    stop = desk.db.subscribe(heard.append)
    with pytest.raises(RuntimeError), desk.db.write(Topic.REGISTRY, why="person_added") as change:
        change.insert(person, [{"name": "张三"}])
        raise RuntimeError
    assert heard == []
    desk.registry.add({"name": "张三"})
    assert Topic.REGISTRY in heard[0]
    stop()
    desk.registry.add({"name": "李四"})
    assert len(heard) == 1


def test_encrypted_file_needs_its_key(tmp_path: Path) -> None:
    path = tmp_path / "office.rdesk"
    desk = Desk.open(path, key="秘密's")
    desk.registry.add({"name": "张三", "id_number": "11010519491231002X"})
    desk.backups.make("manual")
    desk.close()
    for file in tmp_path.rglob("*.rdesk"):
        assert b"11010519491231002X" not in file.read_bytes()
    with pytest.raises(DataFileError):
        Desk.open(path)
    again = Desk.open(path, key="秘密's")
    assert again.registry.find("张三").total == 1
    again.close()


def test_backup_is_whole_and_restores(desk: Desk) -> None:
    desk.registry.add({"name": "张三"})
    made, people = desk.backups.make("manual")
    assert people == 1
    at_backup = desk.backups.check().content_sha256
    desk.registry.add({"name": "李四"})
    after = desk.backups.check().content_sha256
    desk.close()
    restored, kept = restore(desk.db.path, made, operator="李经办")
    assert restored == 1
    opened = Desk.open(desk.db.path)
    assert opened.backups.check().content_sha256 == at_backup
    opened.close()
    assert kept is not None
    # Restoring is itself undoable: the file before it is a backup like the others.
    restore(desk.db.path, kept, operator="李经办")
    opened = Desk.open(desk.db.path)
    assert opened.backups.check().content_sha256 == after
    opened.close()


def test_stale_sidecar_is_not_replayed_into_a_restored_file(desk: Desk) -> None:
    desk.registry.add({"name": "张三"})
    made, _people = desk.backups.make("manual")
    desk.close()
    for suffix in ("-wal", "-journal"):
        desk.db.path.with_name(desk.db.path.name + suffix).write_bytes(b"\x00" * 4096)
    restore(desk.db.path, made, operator="")
    opened = Desk.open(desk.db.path)
    assert opened.registry.find("张三").total == 1
    assert opened.backups.check().ok
    opened.close()


def test_damaged_backup_is_refused(desk: Desk) -> None:
    for number in range(200):
        desk.registry.add({"name": f"张三{number}"})
    made, _people = desk.backups.make("manual")
    before = desk.backups.check()
    data = bytearray(made.read_bytes())
    data[40_000:60_000] = b"\xff" * 20_000
    made.write_bytes(bytes(data))
    desk.close()
    with pytest.raises(InputError):
        restore(desk.db.path, made, operator="")
    opened = Desk.open(desk.db.path)
    assert opened.backups.check() == before
    opened.close()


def test_backups_are_ordered_by_counter_not_clock(desk: Desk) -> None:
    first = backup.make_backup(desk.db.path, "manual", "20990101-000000")[0]
    second = backup.make_backup(desk.db.path, "manual", "19990101-000000")[0]
    assert [one.path for one in desk.backups.list()] == [second, first]


def test_tampered_audit_line_is_found(desk: Desk) -> None:
    for number in range(5):
        desk.db.record("print", {"n": number})
    assert desk.backups.check().ok
    conn = connection.connect(desk.db.path, writer=True)
    conn.execute("DROP TRIGGER audit_log_no_update")
    conn.execute("UPDATE audit_log SET detail = '{}' WHERE id = 3")
    conn.close()
    assert not desk.backups.check().ok


def test_audit_log_cannot_be_changed(desk: Desk) -> None:
    desk.db.record("print", {})
    conn = connection.connect(desk.db.path, writer=True)
    for statement in ("UPDATE audit_log SET who = 'x'", "DELETE FROM audit_log"):
        with pytest.raises(sqlite.DatabaseError):
            conn.execute(statement)
    conn.close()


def _save_until_killed(path: str, ready: object) -> None:
    desk = Desk.open(Path(path), operator="x")
    number = 0
    while True:
        number += 1
        desk.registry.add(
            {"name": f"人{number}", "mobile": f"138{number:08d}", "party_branch": f"第{number}支部"}
        )
        with open(path + ".said", "a", encoding="utf-8") as said:
            said.write(f"人{number}\n")
            said.flush()
            os.fsync(said.fileno())
        if number == 1:
            ready.set()  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is tried on Linux")
def test_killed_while_saving_loses_nothing_said(tmp_path: Path, count) -> None:
    spawn = multiprocessing.get_context("spawn")
    path = tmp_path / "office.rdesk"
    for _round in range(count(30)):
        said = Path(str(path) + ".said")
        ready = spawn.Event()
        child = spawn.Process(target=_save_until_killed, args=(str(path), ready))
        child.start()
        assert ready.wait(60)
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        desk = Desk.open(path)
        names = {one.name for one in desk.registry.load()}
        check = desk.backups.check()
        desk.close()
        assert check.ok, check.problems
        assert set(said.read_text(encoding="utf-8").split()) <= names


def test_migration_killed_or_failed_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retiree_desk.store import database

    path = tmp_path / "office.rdesk"

    def broken(conn: sa.Connection) -> None:
        conn.exec_driver_sql("CREATE TABLE half (a)")
        raise RuntimeError

    monkeypatch.setattr("retiree_desk.store.migrate.run_migrations", broken)
    with pytest.raises(RuntimeError):
        Database.open(path)
    assert database.file_format(path) == 0
    conn = sqlite.connect(str(path))
    assert conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    conn.close()
    monkeypatch.undo()
    Database.open(path).close()
