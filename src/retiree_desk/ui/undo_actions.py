"""Undo, redo and the history, as actions of the window (DECISIONS 4)."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.services.history import Undone
from retiree_desk.ui import ask, theme
from retiree_desk.ui.context import Context

MANY_ROWS = 20


def tell_left_alone(result: Undone) -> None:
    """Names what was edited since and so was not taken back."""
    if result.left_alone:
        names = "、".join(one.name or f"{one.table} {one.id}" for one in result.left_alone[:10])
        ask.inform(
            _("{n} records were edited since and were left as they are.").format(n=len(result.left_alone)),
            names,
        )


def may_take_back(what: str, rows: int) -> bool:
    """More than twenty records are asked about first."""
    return rows <= MANY_ROWS or ask.confirm(
        _("Take back “{what}” ({n} records)?").format(what=what, n=rows), _("Take back")
    )


class UndoActions(QObject):
    """Ctrl+Z walks this operator's change sets since the window opened; the menu names the next."""

    def __init__(self, context: Context, window: QObject) -> None:
        super().__init__(window)
        self._context = context
        newest = context.desk.history.list(1)
        self._first_change = newest[0].id if newest else 0
        self.undo_action = self._action(_("Undo"), QKeySequence.StandardKey.Undo, "arrow-back-up", self.undo)
        self.redo_action = self._action(_("Redo"), "Ctrl+Y", "arrow-forward-up", self.redo)
        context.announcer.changed.connect(self._changed)
        self.refresh()

    def _action(self, words: str, key: Any, icon: str, slot: Callable[[], None]) -> QAction:
        action = QAction(theme.icon(icon), words, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda: slot())
        return action

    def _changed(self, _topics: frozenset[Topic]) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Names the next undo and redo."""
        history, who = self._context.desk.history, self._context.desk.db.operator
        undo = history.next_undo(after=self._first_change, who=who)
        redo = history.next_redo(after=self._first_change, who=who)
        self.undo_action.setEnabled(undo is not None)
        self.undo_action.setText(_("Undo: {what}").format(what=undo.summary) if undo else _("Undo"))
        self.redo_action.setEnabled(redo is not None)
        words = _("Redo")
        if redo:
            words = _("Redo: {what}").format(what=history.get(redo.undo_of or 0).summary)
        self.redo_action.setText(words)

    def undo(self) -> None:
        """Takes back this operator's newest change since the window opened."""
        history = self._context.desk.history
        found = history.next_undo(after=self._first_change, who=self._context.desk.db.operator)
        if found is not None and may_take_back(found.summary, found.rows):
            self._run(lambda: history.undo(found.id))

    def redo(self) -> None:
        """Takes back the newest undo."""
        history = self._context.desk.history
        found = history.next_redo(after=self._first_change, who=self._context.desk.db.operator)
        if found is not None:
            self._run(lambda: history.redo(found.id))

    def _run(self, work: Callable[[], Undone]) -> None:
        def done(result: Undone) -> None:
            self._context.open("say", _("Done."))
            tell_left_alone(result)

        self._context.tasks.run(
            lambda _progress, _cancelled: work(), done, words=_("Taking back …"), owner=self
        )
