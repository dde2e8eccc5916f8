"""Brings the ids of a list: the first rows at once, all of them from a worker (DECISIONS 26)."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from retiree_desk.i18n import _
from retiree_desk.services.people_list import SMALL, PeopleFilter, PeopleIds, PeopleList, Sort
from retiree_desk.ui.tasks import Tasks

_FIRST = 200
_REST_AFTER_MS = 300


class PeopleLoader(QObject):
    """`loaded` tells ids, perhaps twice for one question; an answer to an older question is dropped."""

    loaded = Signal(object)

    def __init__(self, people: PeopleList, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._people = people
        self._tasks = tasks
        self._asked = 0
        self._stop: Callable[[], None] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_AFTER_MS)
        self._question: tuple[PeopleFilter, Sort] | None = None
        self._rest.timeout.connect(self._bring_all)

    def ask(self, wanted: PeopleFilter, sort: Sort, *, at_once: bool = True) -> None:
        """Starts bringing the list; what may be known at once is told before this returns.

        Without `at_once` a big list is told only as a whole, so that what is shown stays in its place.
        """
        self._asked += 1
        self._rest.stop()
        if self._stop:
            self._stop()
            self._stop = None
        self._question = (wanted, sort)
        small = self._people.size() <= SMALL
        if self._people.at_once(wanted, sort) and (at_once or small or wanted.text):
            first = self._people.ids(wanted, sort, None if small else _FIRST)
            self.loaded.emit(first)
            if not first.complete:
                # Whoever types a name meanwhile does not need the rest.
                self._rest.start()
            return
        self._bring_all()

    def _bring_all(self) -> None:
        if self._question is None:
            return
        wanted, sort = self._question
        mine = self._asked

        def done(answer: PeopleIds) -> None:
            if mine == self._asked:
                self._stop = None
                self.loaded.emit(answer)

        self._stop = self._tasks.run(
            lambda _progress, _cancelled: self._people.ids(wanted, sort),
            done,
            words=_("Bringing the list …"),
            owner=self,
            looks=True,
        )
