"""The data file: `Database.open`, `read()`, `write()` (ARCHITECTURE rule 4)."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.errors import DataFileError
from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.store import connection
from retiree_desk.store.backup import backup_folder, damage, list_backups, remove_half_restored
from retiree_desk.store.changes import Change, to_json
from retiree_desk.store.failures import DRIVER_ERRORS, damaged, in_words
from retiree_desk.store.lock import FileLock
from retiree_desk.store.schema import APPLICATION_ID, FORMAT, audit_log, change_set

Listener = Callable[[frozenset[Topic]], None]


# Rises on a connection when another one writes the file.
_VERSION = "data_version"


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at the path; None: none. Only asked for, never opened (RELIABILITY 0.3)."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


def now() -> str:
    """The moment, in UTC, as every log writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Database:
    """One office's data file, open in this process.

    `write=True` holds the one-writer lock until `close()`; a reader takes no lock and cannot
    change anything. `operator` is whose name every change carries.
    """

    def __init__(self, path: Path, *, write: bool, operator: str, key: str, lock: FileLock | None) -> None:
        self.path = path
        self.operator = operator
        self.key = key
        self.created = False
        # Counts the commits of this process, which is the only writer while it holds the lock.
        self.generation = 0
        self._lock = lock
        # Whether nothing was met that speaks for damage: then the next start need not look.
        self._sound = True
        self._reader = connection.engine(path, key=key)
        self._writer = connection.engine(path, writer=True, key=key) if write else None
        self._listeners: list[Listener] = []
        self._identity = _identity(path)
        if self._writer:
            raw = self._writer.raw_connection()
            raw.info[_VERSION] = raw.cursor().execute(f"PRAGMA {_VERSION}").fetchone()[0]
            raw.close()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool = True,
        operator: str = "",
        key: str = "",
        before_upgrade: Callable[[Path, str], object] | None = None,
    ) -> "Database":
        """Opens the file, making it where it is absent and bringing an older one up to date.

        `before_upgrade(path, key)` makes the backup that comes before a migration. A file that is to
        be written and is not as we left it when it was last closed (a crash, a copy, another
        program) is checked as a whole first. Raises `DataFileError`: held by another, newer than
        this program, damaged, or not ours; the file is then as it was.
        """
        absent = not path.exists() or path.stat().st_size == 0
        if path.exists() and absent and not _being_made(path):
            raise damaged(path, _("it is empty"))
        lock = None
        if absent:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise DataFileError(
                    "folder_not_writable",
                    _("The folder of {file} cannot be made ({reason}); nothing was changed.").format(
                        file=path, reason=error.strerror
                    ),
                ) from error
        found = 0 if absent else file_format(path, key)
        if write or found < FORMAT:
            lock = FileLock(path, operator)
        try:
            if lock:
                remove_half_restored(path)
            if lock and not absent and not lock.was_left_so:
                refuse_damaged(path, key)
            if found < FORMAT:
                if not absent and before_upgrade:
                    before_upgrade(path, key)
                with in_words(path):
                    upgrade(path, key)
            if lock and not write:
                lock.release()
                lock = None
            with in_words(path):
                database = cls(path, write=write, operator=operator, key=key, lock=lock)
        except BaseException:
            if lock:
                lock.release()
            raise
        database.created = absent
        return database

    def close(self) -> None:
        """Ends every connection and lets another process write."""
        self._reader.dispose()
        if self._writer:
            self._writer.dispose()
        if self._lock:
            self._lock.release(left=self._sound)
            self._lock = None

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            with in_words(self.path):
                yield
        except DataFileError as error:
            if error.code == "damaged":
                self._sound = False
            raise

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        """The writer's transaction; refused where the file is no longer the one that was opened."""
        if self._writer is None:
            raise DataFileError("read_only", _("The file is open for reading only; nothing was changed."))
        # A missing file is not made anew by the connection that is about to open.
        self._refuse_replaced(None)
        with self._in_words(), self._writer.connect() as conn, conn.begin():
            self._refuse_replaced(conn)
            yield conn

    def _refuse_replaced(self, conn: sa.Connection | None) -> None:
        same = _identity(self.path) == self._identity
        if conn is not None:
            # SQLite counts what others wrote; while we hold the lock that is nobody of ours (DECISIONS 21).
            version = conn.exec_driver_sql(f"PRAGMA {_VERSION}").scalar()
            same = same and conn.info.setdefault(_VERSION, version) == version
        if not same:
            raise DataFileError(
                "replaced",
                _(
                    "{file} was replaced, moved or changed by another program since it was opened; nothing "
                    "was saved. Keep a copy of the file as it is now, then open it again."
                ).format(file=self.path),
            )

    @property
    def writable(self) -> bool:
        """Whether this process may change the file."""
        return self._writer is not None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener(topics)` after each commit; returns what ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One read transaction. Fetch everything and leave at once: a held one blocks saving."""
        with self._in_words(), self._reader.connect() as conn:
            yield conn

    @contextmanager
    def write(
        self,
        *topics: Topic,
        why: str,
        params: dict[str, Any] | None = None,
        kind: str = "typed",
        undoable: bool = True,
        undo_of: int | None = None,
    ) -> Iterator[Change]:
        """One transaction and one change set; nothing of it stays when the block raises.

        `why` is a code of `core/history.py` with its `params`. A block that writes no row leaves
        no change set. The topics are announced after commit.
        """
        with self._transaction() as conn:
            row = {
                "at": now(),
                "who": self.operator,
                "kind": kind,
                "why": to_json([why, params or {}]),
                "undoable": int(undoable),
                "undo_of": undo_of,
            }
            change_id: int = conn.scalar(change_set.insert().values(row).returning(change_set.c.id)) or 0
            change = Change(conn, change_id)
            yield change
            change.finish()
            if change.rows:
                conn.execute(
                    change_set.update().where(change_set.c.id == change_id).values(row_count=change.rows)
                )
                if kind != "typed":
                    self.audit(conn, kind, {"change": change_id, "why": why, "rows": change.rows})
            else:
                conn.execute(change_set.delete().where(change_set.c.id == change_id))
        self.generation += 1
        if change.rows:
            announced = frozenset((*topics, Topic.HISTORY))
            for listener in list(self._listeners):
                listener(announced)

    def audit(self, conn: sa.Connection, action: str, detail: dict[str, Any]) -> None:
        """Adds one line to the audit log, chained to the one before. No values, no names of people."""
        last = conn.scalar(sa.select(audit_log.c.hash).order_by(audit_log.c.id.desc()).limit(1)) or ""
        row = {"at": now(), "who": self.operator, "action": action, "detail": to_json(detail)}
        row["hash"] = audit_hash(last, row)
        conn.execute(audit_log.insert().values(row))

    def record(self, action: str, detail: dict[str, Any]) -> None:
        """One line of the audit log in a transaction of its own (printing, exporting, restoring)."""
        if self._writer is None:
            return  # A reader beside the window may not write; what it does shows nothing new.
        with self._transaction() as conn:
            self.audit(conn, action, detail)

    @contextmanager
    def write_unlogged(self) -> Iterator[sa.Connection]:
        """A transaction outside the change log: settings, drafts, remembered mappings."""
        with self._transaction() as conn:
            yield conn
        self.generation += 1


def audit_hash(last: str, row: dict[str, Any]) -> str:
    """The hash of one audit line, which holds the hash of the line before."""
    text = json.dumps([last, row["at"], row["who"], row["action"], row["detail"]], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _being_made(path: Path) -> bool:
    """Whether an empty file is a new office whose making was cut short, not an old one that lost its data.

    Ours has its lock file beside it and no backups yet; a copy that failed has no lock file.
    """
    return path.with_name(path.name + ".lock").exists() and not list_backups(backup_folder(path))


def refuse_damaged(path: Path, key: str = "") -> None:
    """Raises `DataFileError` where the file or its search index is damaged."""
    conn = None
    try:
        with in_words(path):
            conn = connection.connect(path, key=key)
            found = damage(conn)
    finally:
        if conn is not None:
            conn.close()
    if found:
        raise damaged(path, "; ".join(found[:3]))


def file_format(path: Path, key: str = "") -> int:
    """The data format of an existing file, read without changing it. Raises `DataFileError`."""
    from sqlcipher3.dbapi2 import OperationalError

    conn = None
    try:
        conn = connection.connect(path, key=key)
        application = conn.execute("PRAGMA application_id").fetchone()[0]
        number = int(conn.execute("PRAGMA user_version").fetchone()[0])
        tables = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except OperationalError as error:
        # Held or not to be opened: nothing speaks for damage.
        raise DataFileError(
            "cannot_open",
            _("{file} cannot be opened ({reason}); nothing was changed.").format(file=path, reason=error),
        ) from error
    except DRIVER_ERRORS as error:
        raise DataFileError(
            "damaged",
            _(
                "{file} is not a Retiree Desk file, is damaged, or has a password; it was not touched. "
                "Choose another file or restore a backup."
            ).format(file=path.name),
        ) from error
    finally:
        if conn is not None:
            conn.close()
    if application != APPLICATION_ID and not (application == 0 and number == 0 and tables == 0):
        raise DataFileError(
            "not_ours",
            _("{file} is not a Retiree Desk file; it was not touched.").format(file=path.name),
        )
    if number > FORMAT:
        raise DataFileError(
            "newer",
            _(
                "{file} was made by a newer version of the program (data format {found}, this one knows "
                "{known}); it was not touched. Use the newer version."
            ).format(file=path.name, found=number, known=FORMAT),
        )
    return number


def upgrade(path: Path, key: str = "") -> None:
    """Runs the migrations that are missing, all in one transaction (DECISIONS 22)."""
    from retiree_desk.store.migrate import run_migrations

    engine = connection.engine(path, writer=True, key=key)
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql("ROLLBACK")
            conn.exec_driver_sql("PRAGMA foreign_keys = OFF")
            conn.exec_driver_sql("BEGIN IMMEDIATE")
            run_migrations(conn)
            conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            conn.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
            conn.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()
    with suppress(OSError):
        fd = os.open(path.parent, os.O_RDONLY)
        os.fsync(fd)
        os.close(fd)
