"""What was changed, by whom, when; any change can be taken back."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.services.history import ChangeSet, Undone
from retiree_desk.ui.context import Context, Refresher
from retiree_desk.ui.undo_actions import may_take_back, tell_left_alone
from retiree_desk.ui.widgets.rows_model import RowsModel


def local_time(text: str) -> str:
    """A logged moment (UTC) as the clerk's clock shows it."""
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M")


class HistoryDialog(QDialog):
    """The newest changes, with a button that takes the chosen one back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("History"))
        self.resize(900, 560)
        self._context = context
        self.model = RowsModel(
            [_("When"), _("Who"), _("What"), _("Records"), _("State")], right=frozenset({3}), parent=self
        )
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._hint = QLabel()
        self._hint.setProperty("role", "hint")
        self.undo_button = QPushButton(_("Take back"))
        self.undo_button.clicked.connect(self.take_back)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._hint, 1)
        row.addWidget(self.undo_button)
        row.addWidget(close)
        box = QVBoxLayout(self)
        box.addWidget(self.table)
        box.addLayout(row)
        self.refresh()
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        Refresher(self, frozenset({Topic.HISTORY}), self.refresh, context)

    def refresh(self) -> None:
        """The changes as they are now."""
        changes = self._context.desk.history.list(500)
        self.model.set_rows(
            [
                (
                    one,
                    (
                        local_time(one.at),
                        one.who,
                        one.summary,
                        f"{one.rows:,}",
                        _("taken back") if one.undone else ("" if one.undoable else _("stays")),
                    ),
                )
                for one in changes
            ]
        )
        self._chosen()

    def _current(self) -> ChangeSet | None:
        rows = self.table.selectionModel().selectedRows() if self.table.selectionModel() else []
        return self.model.object_at(rows[0].row()) if rows else None

    def _chosen(self, *_changed: QItemSelection) -> None:
        chosen = self._current()
        self.undo_button.setEnabled(chosen is not None and chosen.undoable and not chosen.undone)
        self._hint.setText(
            ""
            if chosen is None or chosen.undoable
            else _("Final lists, numbers and printed papers stay as they are.")
        )

    def take_back(self) -> None:
        """Takes the chosen change back; what was edited since is left alone and named."""
        chosen = self._current()
        if chosen is None:
            return
        if not may_take_back(chosen.summary, chosen.rows):
            return
        number = chosen.id

        def work(_progress: Any, _cancelled: Any) -> Undone:
            return self._context.desk.history.undo(number)

        self._context.tasks.run(work, tell_left_alone, words=_("Taking back …"), owner=self)
