"""How the data file is opened: sqlcipher3, PRAGMAs said aloud, transactions begun by ourselves.

Rollback journal, synchronous EXTRA, no cache spill on the writer (DECISIONS 20): a power cut
loses nothing that was saved, and the file is one file when closed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlite
from sqlalchemy.pool import QueuePool

BUSY_MILLISECONDS = 5000


def connect(path: Path, *, writer: bool = False, key: str = "") -> Any:
    """A raw connection with every PRAGMA that matters set explicitly."""
    uri = f"{path.resolve().as_uri()}?mode={'rwc' if writer else 'rw'}"
    connection = sqlite.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000
    )
    try:
        _set_up(connection.execute, writer, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(run: Callable[[str], Any], writer: bool, key: str) -> None:
    if key:
        run("PRAGMA key = '{}'".format(key.replace("'", "''")))
        run("PRAGMA cipher_log_level = NONE")
    run(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    run("PRAGMA foreign_keys = ON")
    run("PRAGMA trusted_schema = OFF")
    run("PRAGMA cell_size_check = ON")
    run("PRAGMA mmap_size = 0")
    run("PRAGMA temp_store = MEMORY")
    if writer:
        run("PRAGMA journal_mode = DELETE")
        run("PRAGMA synchronous = EXTRA")
        run("PRAGMA cache_spill = OFF")
        run("PRAGMA secure_delete = ON")
        run("PRAGMA cache_size = -65536")
    else:
        run("PRAGMA query_only = ON")
        run("PRAGMA cache_size = -32768")


def engine(path: Path, *, writer: bool = False, key: str = "") -> sa.Engine:
    """An engine over `connect`; its BEGIN is IMMEDIATE where it writes (DECISIONS 22)."""

    def creator() -> Any:
        return connect(path, writer=writer, key=key)

    made = sa.create_engine(
        "sqlite://",
        module=sqlite,
        creator=creator,
        poolclass=QueuePool,
        # A failed statement shows its columns, never the names and numbers of people (RELIABILITY R19).
        hide_parameters=True,
        pool_size=1 if writer else 2,
        max_overflow=0 if writer else 6,
        # The pool must not end transactions behind our back; `Database` ends each one itself.
        pool_reset_on_return="rollback",
    )
    begin: Callable[[sa.Connection], None]
    if writer:

        def begin(conn: sa.Connection) -> None:
            conn.exec_driver_sql("BEGIN IMMEDIATE")
    else:

        def begin(conn: sa.Connection) -> None:
            conn.exec_driver_sql("BEGIN")

    sa.event.listen(made, "begin", begin)
    return made
