"""Checked copies of the data file, made with SQLite's backup API (RELIABILITY R4, R5).

A backup is written under a temporary name, synced, reopened and checked, and only then gets its
name; so a full disk or a power cut never costs an older one.
"""

import glob
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from retiree_desk.core.errors import DataFileError
from retiree_desk.i18n import _
from retiree_desk.store import connection
from retiree_desk.store.failures import DRIVER_ERRORS, one_line

_LEFTOVER_SECONDS = 24 * 3600
_NAME = re.compile(r"-(\d{6})-(\d{8}-\d{6})-([a-z]+)\.rdesk$")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its counter (the order that counts, not the clock), moment, reason and people."""

    path: Path
    number: int
    at: str
    reason: str


def backup_folder(database: Path) -> Path:
    """`<file> backups/` beside the file."""
    return database.with_name(database.name + " backups")


def list_backups(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first by counter."""
    found = []
    if folder.is_dir():
        for path in folder.iterdir():
            match = _NAME.search(path.name)
            if match:
                found.append(Backup(path, int(match[1]), match[2], match[3]))
    return sorted(found, key=lambda backup: backup.number, reverse=True)


def _close(conn: Any) -> None:
    with suppress(Exception):
        conn.close()


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def problems_of(path: Path, key: str = "") -> list[str]:
    """What is wrong with a data file: SQLite's own checks and dangling references. Empty: sound."""
    conn = None
    try:
        conn = connection.connect(path, key=key)
        found = damage(conn)
        found += [f"{row[0]}:{row[1]} -> {row[2]}" for row in conn.execute("PRAGMA foreign_key_check")]
    except DRIVER_ERRORS as error:
        return [one_line(error)]
    finally:
        if conn is not None:
            _close(conn)
    return found


def damage(conn: Any) -> list[str]:
    """What SQLite's check of the whole file finds, and texts that became bytes, which it passes over.

    Raises what the driver raises where the file cannot even be checked.
    """
    found = [one_line(row[0]) for row in conn.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    if found:
        return found
    tables = conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    for (table,) in tables:
        texts = [row[1] for row in conn.execute(f'PRAGMA table_info("{table}")') if row[2].upper() == "TEXT"]
        if texts:
            tests = " OR ".join(f"typeof(\"{name}\") = 'blob'" for name in texts)
            for (number,) in conn.execute(f'SELECT rowid FROM "{table}" WHERE {tests} LIMIT 3'):
                found.append(f"{table}:{number}")
    return found


def _people(conn: Any) -> int:
    return int(conn.execute("SELECT count(*) FROM person").fetchone()[0])


def copy_database(source: Path, target: Path, key: str = "") -> int:
    """A whole, checked, synced copy at `target` (which must not exist). Returns how many people it holds."""
    from sqlcipher3.dbapi2 import Error

    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    reading = writing = None
    try:
        reading = connection.connect(source, key=key)
        writing = connection.connect(temporary, writer=True, key=key)
        # The copy is synced once as a whole below; a journal for it would protect nothing.
        writing.execute("PRAGMA journal_mode = OFF")
        writing.execute("PRAGMA synchronous = OFF")
        reading.backup(writing)
        wanted, got = _people(reading), _people(writing)
        writing.close()
        writing = None
        with temporary.open("rb+") as handle:
            os.fsync(handle.fileno())
        bad = problems_of(temporary, key)
        if bad or wanted != got:
            raise DataFileError(
                "backup_bad",
                _("The backup did not pass its check ({reason}); the data is as before.").format(
                    reason="; ".join(bad[:3]) or f"{got} / {wanted}"
                ),
            )
        os.replace(temporary, target)
        sync_folder(target.parent)
        return got
    except (Error, OSError) as error:
        raise DataFileError(
            "backup_failed",
            _("The backup could not be made ({reason}); the data is as before.").format(reason=error),
        ) from error
    finally:
        for conn in (reading, writing):
            if conn is not None:
                _close(conn)
        with suppress(OSError):
            temporary.unlink()


def _sweep(folder: Path) -> None:
    """Removes half copies that a killed process left more than a day ago."""
    limit = time.time() - _LEFTOVER_SECONDS
    with suppress(OSError):
        for path in folder.glob(".*.rdesk.*.part"):
            with suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()


def remove_half_restored(database: Path) -> None:
    """Removes what a killed `replace_database` left beside the file. The caller holds the writer lock."""
    for path in (*database.parent.glob(f".{glob.escape(database.name)}.restoring.*.part"), _fresh(database)):
        with suppress(OSError):
            path.unlink()


def _fresh(database: Path) -> Path:
    """The checked copy that is about to take the file's place."""
    return database.with_name(f"{database.name}.restoring")


def _roll_back(database: Path, key: str) -> None:
    """Lets SQLite take back what a crash left half written, so that the file kept aside is whole."""
    conn = None
    with suppress(*DRIVER_ERRORS):  # a damaged file is kept as it is
        try:
            conn = connection.connect(database, key=key)
            conn.execute("SELECT count(*) FROM sqlite_master").fetchall()
        finally:
            if conn is not None:
                conn.close()


# How many of the newest are kept whatever they are, and how many of each reason beyond them.
_NEWEST = 10
_OF_REASON = {"manual": 20, "upgrade": 3, "restore": 3, "import": 5}
# The last backup of so many days, weeks and months (DECISIONS 23, R4).
_DAYS, _WEEKS, _MONTHS = 7, 4, 12


def superfluous(backups: list[Backup]) -> list[Backup]:
    """Which of these need not be kept. The counter orders them; a clock that jumps loses nothing new."""
    newest_first = sorted(backups, key=lambda one: one.number, reverse=True)
    keep = {one.number for one in newest_first[:_NEWEST]}
    for reason, most in _OF_REASON.items():
        keep |= {one.number for one in [each for each in newest_first if each.reason == reason][:most]}
    for span, most in ((_day, _DAYS), (_week, _WEEKS), (_month, _MONTHS)):
        last: dict[str, int] = {}
        for one in newest_first:
            last.setdefault(span(one.at), one.number)
        keep |= set(list(last.values())[:most])
    return [one for one in newest_first if one.number not in keep]


def _day(at: str) -> str:
    return at[:8]


def _week(at: str) -> str:
    try:
        year, week, _weekday = datetime.strptime(at[:8], "%Y%m%d").isocalendar()
    except ValueError:
        return at[:8]
    return f"{year}-{week}"


def _month(at: str) -> str:
    return at[:6]


def thin(folder: Path) -> None:
    """Takes superfluous backups away. One that cannot be removed stays; that harms nothing."""
    for one in superfluous(list_backups(folder)):
        with suppress(OSError):
            one.path.unlink()


def make_backup(
    database: Path, reason: str, at: str, folder: Path | None = None, key: str = ""
) -> tuple[Path, int]:
    """A new backup of the file. `at` is the local moment as `20261122-141530`.

    Returns its path and the number of people in it. Raises `DataFileError`; the data is as before.
    """
    folder = folder or backup_folder(database)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFileError(
            "backup_failed",
            _("The backup could not be made ({reason}); the data is as before.").format(reason=error),
        ) from error
    _sweep(folder)
    existing = list_backups(folder)
    number = (existing[0].number if existing else 0) + 1
    target = folder / f"{database.stem}-{number:06d}-{at}-{reason}.rdesk"
    people = copy_database(database, target, key)
    if folder == backup_folder(database):
        # Only what the program itself piles up; a folder that the clerk chose is theirs.
        thin(folder)
    return target, people


def replace_database(database: Path, source: Path, kept: Path, key: str = "") -> int:
    """Puts a checked copy of `source` in the place of `database`; the file before it is kept as `kept`.

    The caller holds the writer lock and has closed its connections. Sidecars of the old file go
    aside with it, so that a left-over journal is never replayed into the restored one (R5).
    """
    remove_half_restored(database)
    fresh = _fresh(database)
    people = copy_database(source, fresh, key)
    if database.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        # A write-ahead log is never ours: it is not to be replayed, only kept.
        if not database.with_name(database.name + "-wal").exists():
            _roll_back(database, key)
        for suffix in ("-journal", "-wal", "-shm"):
            side = database.with_name(database.name + suffix)
            if side.exists():
                os.replace(side, kept.with_name(kept.name + suffix))
        # A link keeps the old file whole under its new name until the new one stands in its place.
        with suppress(OSError):
            os.link(database, kept)
        if not kept.exists():
            os.replace(database, kept)
    os.replace(fresh, database)
    sync_folder(database.parent)
    return people
