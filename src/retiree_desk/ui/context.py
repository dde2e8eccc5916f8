"""What every screen gets: the open office, slow work, settings, and ways to other screens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from retiree_desk.core.topics import Topic
from retiree_desk.services.desk import Desk
from retiree_desk.settings import LocalSettings
from retiree_desk.ui.tasks import Tasks


class Announcer(QObject):
    """Carries the topics of a commit to the UI thread, whichever thread committed."""

    changed = Signal(object)


@dataclass
class Context:
    """Handed to every tab and dialog."""

    desk: Desk
    tasks: Tasks
    settings: LocalSettings
    announcer: Announcer
    # Opens things that live elsewhere: "person" (id), "tab" (code), "preview" (Paper) ...
    actions: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def open(self, what: str, *args: Any) -> Any:
        """Does one of the named things of the main window."""
        return self.actions[what](*args)


class Tab(Protocol):
    """The contract of a tab: one widget class per file in `ui/tabs/`, one line in `TABS`."""

    code: str
    title: str
    topics: frozenset[Topic]

    def refresh(self) -> None:
        """Shows the data as it is now; called when shown after a change of its topics."""

    def focus_find(self) -> None:
        """Ctrl+F: puts the caret into the find box, where there is one."""


class Refresher(QObject):
    """Refreshes a widget when its topics change: at once when it is shown, else when it is.

    `first` has it refreshed when it is shown for the first time too: what nobody looks at costs nothing.
    """

    def __init__(
        self,
        widget: QWidget,
        topics: frozenset[Topic],
        refresh: Callable[[], None],
        context: Context,
        *,
        first: bool = False,
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._topics = topics
        self._refresh = refresh
        self._stale = first
        context.announcer.changed.connect(self._changed)
        widget.installEventFilter(self)

    def _changed(self, topics: frozenset[Topic]) -> None:
        if self._topics.isdisjoint(topics):
            return
        if self._widget.isVisible():
            self._refresh()
        else:
            self._stale = True

    def eventFilter(self, watched: QObject, event: Any) -> bool:  # Qt's name
        if watched is self._widget and event.type() == event.Type.Show and self._stale:
            self._stale = False
            self._refresh()
        return False
