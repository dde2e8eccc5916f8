"""The open data file with what every service needs: people, units, history, backups, settings.

The services of one kind of work (`imports.py`, `visits.py`, `welfare.py`) are built on an `Office`;
`desk.py` puts them together. They are made when first used, so that a quick look-up does not pay for
what it does not need.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from retiree_desk.services.backups import Backups, backup_before_upgrade
from retiree_desk.services.history import History
from retiree_desk.services.registry import Registry
from retiree_desk.services.settings import OfficeSettings
from retiree_desk.services.units import Units
from retiree_desk.store.database import Database


class Office:
    """One data file and the services all others stand on.

    `today` is the clock handed in: everything that depends on a day asks it.
    """

    def __init__(self, db: Database, today: Callable[[], date]) -> None:
        self.db = db
        self.today = today

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool = True,
        operator: str = "",
        key: str = "",
        today: Callable[[], date] = date.today,
    ) -> Self:
        """Opens (or makes) the data file. Raises `DataFileError`."""
        db = Database.open(
            path, write=write, operator=operator, key=key, before_upgrade=backup_before_upgrade
        )
        return cls(db, today)

    def close(self) -> None:
        """Ends all connections and gives the writer lock back."""
        self.db.close()

    @cached_property
    def units(self) -> Units:
        """The three trees."""
        return Units(self.db)

    @cached_property
    def registry(self) -> Registry:
        """People."""
        return Registry(self.db, self.units, self.today)

    @cached_property
    def history(self) -> History:
        """Change sets, undo, redo."""
        return History(self.db)

    @cached_property
    def backups(self) -> Backups:
        """Backups of this file."""
        return Backups(self.db)

    @cached_property
    def settings(self) -> OfficeSettings:
        """The office's settings."""
        return OfficeSettings(self.db)
