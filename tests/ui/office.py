"""An office at a desk for tests of single tabs and dialogs: a context like the window's, without it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QMainWindow

from retiree_desk.services.desk import Desk
from retiree_desk.settings import LocalSettings
from retiree_desk.ui.context import Announcer, Context
from retiree_desk.ui.tasks import TaskBar, Tasks


class Office(QMainWindow):
    """A bare window with what every screen gets. `said` and `opened` are what screens asked of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        bar = TaskBar(self)
        self.statusBar().addPermanentWidget(bar)
        self.tasks = Tasks(bar, self)
        announcer = Announcer(self)
        self.context = Context(desk, self.tasks, LocalSettings(), announcer)
        self.said: list[str] = []
        self.opened: list[tuple[str, tuple[Any, ...]]] = []
        self._unsubscribe = desk.db.subscribe(announcer.changed.emit)
        self.context.actions |= {
            "say": self.said.append,
            "import": lambda *args: self.opened.append(("import", args)),
            "preview": lambda *args: self.opened.append(("preview", args)),
        }

    def closeEvent(self, event: Any) -> None:  # Qt's name
        self.tasks.stop_all()
        self._unsubscribe()
        super().closeEvent(event)


@contextmanager
def office(path: Path, today: date) -> Iterator[Office]:
    """An office of its own file; closed with everything on it."""
    desk = Desk.open(path, operator="tester", today=lambda: today)
    window = Office(desk)
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # deferred deletes: the desk is closed after them
        desk.close()
