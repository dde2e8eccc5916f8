"""One open office: the data file and every service on it.

`app.py` and `cli.py` build a `Desk`; screens and commands reach everything through it. Services
are made when first used, so that a quick look-up does not pay for what it does not need.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from retiree_desk.services.backups import Backups, backup_before_upgrade
from retiree_desk.services.history import History
from retiree_desk.services.registry import Registry
from retiree_desk.services.settings import OfficeSettings
from retiree_desk.services.units import Units
from retiree_desk.store.database import Database

if TYPE_CHECKING:
    from retiree_desk.services.imports import Imports
    from retiree_desk.services.visits import VisitLog
    from retiree_desk.services.welfare import Welfare


class Desk:
    """Services over one data file. `today` is the clock handed in: everything that depends on a
    day asks it."""

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
    ) -> "Desk":
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

    @cached_property
    def imports(self) -> "Imports":
        """Importing HR workbooks."""
        from retiree_desk.services.imports import Imports

        return Imports(self)

    @cached_property
    def visits(self) -> "VisitLog":
        """Due visits, sheets, results."""
        from retiree_desk.services.visits import VisitLog

        return VisitLog(self)

    @cached_property
    def welfare(self) -> "Welfare":
        """Schemes and lists."""
        from retiree_desk.services.welfare import Welfare

        return Welfare(self)
