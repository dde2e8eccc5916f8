"""What was typed and not yet saved, kept outside the change log (DECISIONS 4, DESK rank 12)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from retiree_desk.services.desk import Desk
from retiree_desk.store.database import now
from retiree_desk.store.schema import draft


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed texts by field, and when they were kept (UTC, ISO)."""

    texts: Mapping[str, str]
    at: str


class Drafts:
    """One draft a key; the key says what was being typed, e.g. `person:17`."""

    def __init__(self, desk: Desk) -> None:
        self._db = desk.db

    def keep(self, key: str, texts: Mapping[str, str]) -> None:
        """Keeps the texts in the place of those kept before; without any, nothing is kept."""
        data = json.dumps(dict(texts), ensure_ascii=False)
        with self._db.write_unlogged() as conn:
            conn.execute(draft.delete().where(draft.c.key == key))
            if texts:
                conn.execute(draft.insert().values(key=key, data=data, at=now()))

    def get(self, key: str) -> Draft | None:
        """The draft of a key, where there is one."""
        with self._db.read() as conn:
            row = conn.execute(draft.select().where(draft.c.key == key)).mappings().first()
        return Draft(json.loads(row["data"]), row["at"]) if row else None

    def drop(self, key: str) -> None:
        """Forgets a draft: it was saved, or is not wanted."""
        with self._db.write_unlogged() as conn:
            conn.execute(draft.delete().where(draft.c.key == key))
