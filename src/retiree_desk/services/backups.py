"""Backups and restoring as the office sees them."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from retiree_desk.core.errors import DataFileError, InputError
from retiree_desk.i18n import _
from retiree_desk.store import backup
from retiree_desk.store.backup import Backup
from retiree_desk.store.database import Database, audit_hash, file_format, refuse_damaged
from retiree_desk.store.lock import FileLock
from retiree_desk.store.schema import DUMPED, TIMESTAMPS, audit_log, change_row, change_set, person
from retiree_desk.store.search import NUMBER_FIELDS


def moment() -> str:
    """The local moment as backups write it in their names."""
    return datetime.now().strftime("%Y%m%d-%H%M%S")


@dataclass(frozen=True, slots=True)
class Check:
    """What `check` found: people (not in the bin), the hash of the data, problems in words."""

    people: int
    content_sha256: str
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Nothing is wrong with the file."""
        return not self.problems


class Backups:
    """Makes, lists and checks backups of the open file."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def make(self, reason: str, folder: Path | None = None) -> tuple[Path, int]:
        """A checked backup; its path and the number of people in it. `reason`: one lower-case word."""
        made = backup.make_backup(self._db.path, reason, moment(), folder, self._db.key)
        self._db.record("backup", {"reason": reason, "people": made[1]})
        return made

    def list(self) -> list[Backup]:
        """Backups beside the file, newest first."""
        return backup.list_backups(backup.backup_folder(self._db.path))

    def refuse_damaged(self) -> None:
        """Raises `DataFileError` where the open file is damaged."""
        refuse_damaged(self._db.path, self._db.key)

    def check(self) -> Check:
        """Verifies the file, its references, the search index and the logs.

        Of a damaged file nobody can say how many people are in it: then only the damage is told.
        """
        problems = backup.problems_of(self._db.path, self._db.key)
        if problems:
            return Check(0, "", tuple(problems))
        with self._db.read() as conn:
            people = int(
                conn.scalar(
                    sa.select(sa.func.count()).select_from(person).where(person.c.binned_at.is_(None))
                )
                or 0
            )
            problems += _search_problems(conn)
            problems += _log_problems(conn)
            digest = content_sha256(conn)
        return Check(people, digest, tuple(problems))


def content_sha256(conn: sa.Connection) -> str:
    """The hash of the dump (CLI.md): every data table and column but timestamps, ordered by key."""
    digest = hashlib.sha256()
    for table in DUMPED:
        columns = [column for column in table.c if column.name not in TIMESTAMPS]
        digest.update(table.name.encode())
        rows = conn.execute(sa.select(*columns).order_by(table.c.id))
        for part in rows.partitions(5000):
            text = json.dumps([list(row) for row in part], ensure_ascii=False, separators=(",", ":"))
            digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _search_problems(conn: sa.Connection) -> list[str]:
    found = []
    ids = set(conn.scalars(sa.select(person.c.id)))
    texts = set(conn.exec_driver_sql("SELECT rowid FROM person_text").scalars())
    if ids != texts:
        found.append(_("The search index does not match the people ({n}).").format(n=len(ids ^ texts)))
    # Empty numbers have no entry, so the number index holds exactly the people with a number.
    with_number = set(
        conn.scalars(
            sa.select(person.c.id).where(sa.or_(*(person.c[key].is_not(None) for key in NUMBER_FIELDS)))
        )
    )
    numbers = set(conn.exec_driver_sql("SELECT rowid FROM person_number").scalars())
    if numbers != with_number:
        found.append(
            _("The search index does not match the people ({n}).").format(n=len(numbers ^ with_number))
        )
    return found


def _log_problems(conn: sa.Connection) -> list[str]:
    found = []
    last = ""
    for row in conn.execute(sa.select(audit_log).order_by(audit_log.c.id)).mappings():
        if audit_hash(last, dict(row)) != row["hash"]:
            found.append(_("The audit log was changed at line {n}.").format(n=row["id"]))
            break
        last = row["hash"]
    wrong = conn.execute(
        sa.select(change_set.c.id)
        .outerjoin(change_row, change_row.c.change_id == change_set.c.id)
        .group_by(change_set.c.id)
        .having(sa.func.count(change_row.c.id) != change_set.c.row_count)
    ).scalars()
    found += [_("Change {n} is not complete in the change log.").format(n=number) for number in wrong]
    return found


def backup_before_upgrade(path: Path, key: str) -> None:
    """The backup that comes before each migration (`Database.open`)."""
    backup.make_backup(path, "upgrade", moment(), key=key)


def newest_sound_backup(database: Path, key: str = "") -> Backup | None:
    """The newest backup beside the file that passes its check; for who stands before a damaged file."""
    for one in backup.list_backups(backup.backup_folder(database)):
        if not backup.problems_of(one.path, key):
            return one
    return None


def restore(
    database: Path, source: Path, *, operator: str, key: str = "", today: Callable[[], str] = moment
) -> tuple[int, Path | None]:
    """Puts a backup in the place of the data file; the present one is kept among the backups.

    Returns the people in the restored file and where the old one is kept. The file must not be
    open in this process. Raises `InputError` for a backup that cannot be used and `DataFileError`
    when another holds the file; the data is then as before.
    """
    if not source.is_file():
        raise InputError(
            "file_missing", _("{file} was not found; the data is as before.").format(file=source)
        )
    try:
        file_format(source, key)
    except DataFileError as error:
        raise InputError(error.code, error.message) from error
    problems = backup.problems_of(source, key)
    if problems:
        raise InputError(
            "damaged",
            _("The backup {file} is damaged ({reason}); the data is as before.").format(
                file=source.name, reason="; ".join(problems[:3])
            ),
        )
    lock = FileLock(database, operator)
    try:
        kept = None
        if database.exists():
            folder = backup.backup_folder(database)
            existing = backup.list_backups(folder)
            number = (existing[0].number if existing else 0) + 1
            kept = folder / f"{database.stem}-{number:06d}-{today()}-restore.rdesk"
        people = backup.replace_database(database, source, kept or database, key)
    finally:
        lock.release()
    opened = Database.open(database, operator=operator, key=key, before_upgrade=backup_before_upgrade)
    try:
        opened.record("restore", {"people": people})
    finally:
        opened.close()
    return people, kept


__all__ = [
    "Backup",
    "Backups",
    "Check",
    "backup_before_upgrade",
    "content_sha256",
    "newest_sound_backup",
    "restore",
]
