"""Slow work off the UI thread: progress with numbers, cancel within a second (ARCHITECTURE).

`Tasks.run(work, ...)` calls `work(progress, cancelled)` in a thread. `progress(done, total, words)`
may be called as often as wished; `cancelled()` says that the person pressed Stop. Answers come
back on the UI thread, and never after the owner is gone.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from retiree_desk.core.errors import Cancelled
from retiree_desk.i18n import _
from retiree_desk.ui import errors

Progress = Callable[[int, int, str], None]
Work = Callable[[Progress, Callable[[], bool]], Any]

_SHOW_AFTER_MS = 500


class _Worker(QThread):
    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.stop = threading.Event()
        self.looks = False
        self._last = 0.0

    def _progress(self, done: int, total: int, words: str) -> None:
        if self.stop.is_set():
            raise Cancelled
        moment = time.monotonic()
        # The bar is for eyes: more than twenty signals a second only slow the work down.
        if moment - self._last >= 0.05 or done == total:
            self._last = moment
            self.progressed.emit(done, total, words)

    def run(self) -> None:  # Qt's name
        try:
            self.succeeded.emit(self._work(self._progress, self.stop.is_set))
        except BaseException as error:
            self.failed.emit(error)


class Tasks(QObject):
    """Runs work in threads and shows it in a bar of the status line."""

    idle = Signal()

    def __init__(self, bar: "TaskBar", parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._running: list[_Worker] = []

    @property
    def busy(self) -> bool:
        """Whether any work is under way."""
        return bool(self._running)

    @property
    def would_lose(self) -> bool:
        """Whether stopping now would lose work: something more than looking is under way."""
        return any(not worker.looks for worker in self._running)

    def run(
        self,
        work: Work,
        on_done: Callable[[Any], None],
        *,
        words: str = "",
        on_error: Callable[[Exception], None] | None = None,
        on_progress: Progress | None = None,
        owner: QObject | None = None,
        looks: bool = False,
    ) -> Callable[[], None]:
        """Starts the work; returns what stops it. With `owner` gone, answers are dropped.

        `looks`: it only reads for the screen, so that closing the window need not ask about it.
        """
        worker = _Worker(work, self)
        worker.looks = looks
        self._running.append(worker)
        alive = [True]
        if owner is not None:
            owner.destroyed.connect(lambda: alive.__setitem__(0, False))

        def finish() -> None:
            self._running.remove(worker)
            self._bar.leave(worker)
            worker.wait()
            worker.deleteLater()
            if not self._running:
                self.idle.emit()

        def succeeded(answer: Any) -> None:
            finish()
            if alive[0]:
                on_done(answer)

        def failed(error: BaseException) -> None:
            finish()
            if isinstance(error, Cancelled) or not alive[0]:
                if on_error and alive[0] and isinstance(error, Cancelled):
                    on_error(error)
            elif on_error is not None and isinstance(error, Exception):
                on_error(error)
            else:
                errors.show(error)

        def progressed(done: int, total: int, text: str) -> None:
            self._bar.show_progress(worker, done, total, text)
            if on_progress and alive[0]:
                on_progress(done, total, text)

        worker.progressed.connect(progressed, Qt.ConnectionType.QueuedConnection)
        worker.succeeded.connect(succeeded, Qt.ConnectionType.QueuedConnection)
        worker.failed.connect(failed, Qt.ConnectionType.QueuedConnection)
        self._bar.enter(worker, words, worker.stop.set)
        worker.start()
        return worker.stop.set

    def stop_all(self) -> None:
        """Stops everything and waits until it has ended (closing the window)."""
        for worker in list(self._running):
            worker.stop.set()
        for worker in list(self._running):
            worker.wait()


class TaskBar(QWidget):
    """The part of the status line that shows what is running and stops it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel()
        self._bar = QProgressBar()
        self._bar.setMaximumWidth(220)
        self._bar.setTextVisible(True)
        self._stop = QPushButton(_("Stop"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._words, self._bar, self._stop):
            row.addWidget(widget)
        self._stop.clicked.connect(self._stop_current)
        self._tasks: dict[int, tuple[str, Callable[[], None]]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOW_AFTER_MS)
        self._timer.timeout.connect(lambda: self.setVisible(bool(self._tasks)))
        self.hide()

    def enter(self, task: object, words: str, stop: Callable[[], None]) -> None:
        """A task began; it is shown when it takes longer than half a second."""
        self._tasks[id(task)] = (words, stop)
        self._words.setText(words or _("Working …"))
        self._bar.setRange(0, 0)
        self._timer.start()

    def leave(self, task: object) -> None:
        """A task ended."""
        self._tasks.pop(id(task), None)
        if not self._tasks:
            self._timer.stop()
            self.hide()

    def show_progress(self, task: object, done: int, total: int, words: str) -> None:
        """How far a task is."""
        if id(task) not in self._tasks:
            return
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._bar.setFormat(f"{done:,} / {total:,}" if total else "")
        if words:
            self._words.setText(words)

    def _stop_current(self) -> None:
        for _words, stop in list(self._tasks.values()):
            stop()
