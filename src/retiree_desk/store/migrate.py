"""Runs the Alembic scripts of this package from code, inside the caller's transaction."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.errors import DataFileError
from retiree_desk.i18n import _


def alembic_config(conn: sa.Connection | None = None) -> Any:
    """Alembic's configuration for the scripts of this package, bound to `conn` where given."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = conn
    return config


def _counts(conn: sa.Connection) -> dict[str, int]:
    names = conn.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'person_text%' AND name NOT LIKE 'person_number%' AND name <> 'alembic_version'"
    ).scalars()
    return {
        name: int(conn.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar() or 0)
        for name in list(names)
    }


def run_migrations(conn: sa.Connection) -> None:
    """All missing steps. The caller began the transaction with foreign keys off and commits it.

    Row counts are compared and foreign keys checked before that; a difference raises
    `DataFileError` and the caller's transaction rolls back.
    """
    from alembic import command

    before = _counts(conn)
    command.upgrade(alembic_config(conn), "head")
    broken = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    after = _counts(conn)
    lost = [name for name, count in before.items() if after.get(name, count) < count]
    if broken or lost:
        raise DataFileError(
            "upgrade_failed",
            _("The file could not be brought up to date; it is as it was, and the backup is beside it."),
        )
