"""The office's settings, kept in the data file so that backups carry them."""

import json
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.topics import Topic
from retiree_desk.store.database import Database
from retiree_desk.store.schema import setting

OFFICE_NAME = "office.name"
PRINTS_A3 = "office.prints_a3"


class OfficeSettings:
    """Key to JSON value; a key that was never set has its default."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str, default: Any = "") -> Any:
        """The value of a setting."""
        with self._db.read() as conn:
            text = conn.scalar(sa.select(setting.c.value).where(setting.c.key == key))
        return default if text is None else json.loads(text)

    def set(self, values: dict[str, Any]) -> None:
        """Sets several at once, as one change set that can be undone."""
        with self._db.read() as conn:
            known = {row.key: row.id for row in conn.execute(sa.select(setting.c.key, setting.c.id))}
        texts = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items()}
        with self._db.write(Topic.SETTINGS, why="settings") as change:
            old = {known[key]: {"value": text} for key, text in texts.items() if key in known}
            change.update(setting, old)
            new = [{"key": key, "value": text} for key, text in texts.items() if key not in known]
            change.insert(setting, new)

    @property
    def office_name(self) -> str:
        """The office's full name as printed; empty until it is set."""
        return str(self.get(OFFICE_NAME, ""))
