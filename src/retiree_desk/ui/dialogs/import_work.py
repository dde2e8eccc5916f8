"""Slow work of the import wizard: one at a time, a bar in the dialog itself, and Stop where it can be.

The dialog is in front of the window, whose own bar in the status line cannot be reached then.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from retiree_desk.i18n import _
from retiree_desk.ui.tasks import Tasks, Work

_SHOW_AFTER_MS = 500


class ImportWork(QWidget):
    """Runs work and shows how far it is; an answer that comes after Stop is dropped."""

    changed = Signal()  # it began or ended
    stop_pressed = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._stop: Callable[[], None] | None = None
        self._generation = 0
        self.writing = False
        self.words = QLabel()
        self.bar = QProgressBar()
        self.stop_button = QPushButton(_("Stop"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOW_AFTER_MS)
        self._timer.timeout.connect(self.show)
        self.stop_button.clicked.connect(self.stop_pressed)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._stop is not None

    def run(
        self,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        words: str,
        *,
        writes: bool = False,
        can_stop: bool = True,
    ) -> None:
        """Begins `work`; what was under way before is stopped. Work that writes keeps the dialog open."""
        self.stop()
        self._generation += 1
        mine = self._generation
        self.writing = writes
        self.words.setText(words)
        self.bar.setRange(0, 0)
        self.stop_button.setVisible(can_stop)
        self._timer.start()

        def current(then: Callable[[Any], None]) -> Callable[[Any], None]:
            def answer(value: Any) -> None:
                if mine == self._generation:
                    self._ended()
                    then(value)
                    self.changed.emit()

            return answer

        def progressed(at: int, total: int, text: str) -> None:
            if mine == self._generation:
                self.bar.setRange(0, total)
                self.bar.setValue(at)
                self.words.setText(text or words)

        self._stop = self._tasks.run(
            work, current(done), words=words, on_error=current(failed), on_progress=progressed, owner=self
        )
        self.changed.emit()

    def stop(self) -> None:
        """Stops what is under way; writing is only asked to end and answers itself: all of it or nothing."""
        if self._stop is None:
            return
        self._stop()
        if self.writing:
            return
        self._generation += 1
        self._ended()
        self.changed.emit()

    def _ended(self) -> None:
        self._stop = None
        self.writing = False
        self._timer.stop()
        self.hide()
