"""Putting a backup in the place of the file: choose, see what it is, confirm."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
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

from retiree_desk.i18n import N_, _
from retiree_desk.ui import ask
from retiree_desk.ui.context import Context
from retiree_desk.ui.widgets.rows_model import RowsModel

REASONS = {
    "manual": N_("Made by hand"),
    "timed": N_("Every 30 minutes"),
    "close": N_("When closing"),
    "import": N_("Before an import"),
    "upgrade": N_("Before an upgrade"),
    "restore": N_("Before restoring"),
}


class RestoreDialog(QDialog):
    """The backups beside the file, newest first; another file can be chosen too."""

    def __init__(self, context: Context, reopen: Callable[..., None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Restore a backup"))
        self.resize(760, 480)
        self._reopen = reopen
        self.model = RowsModel([_("When"), _("Why"), _("File")], parent=self)
        self.model.set_rows(
            [
                (
                    one.path,
                    (
                        datetime.strptime(one.at, "%Y%m%d-%H%M%S").strftime("%Y-%m-%d %H:%M"),
                        _(REASONS.get(one.reason, "")) or one.reason,
                        one.path.name,
                    ),
                )
                for one in context.desk.backups.list()
            ]
        )
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        hint = QLabel(
            _("The present file is kept among the backups, so restoring can itself be taken back.")
            if self.model.rowCount()
            else _("There is no backup beside this file yet. Choose a file from elsewhere.")
        )
        hint.setWordWrap(True)
        hint.setProperty("role", "hint")
        other = QPushButton(_("Another file …"))
        cancel = QPushButton(_("Cancel"))
        self.restore_button = QPushButton(_("Restore this backup"))
        self.restore_button.setProperty("primary", True)
        self.restore_button.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(other)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.restore_button)
        box = QVBoxLayout(self)
        box.addWidget(hint)
        box.addWidget(self.table)
        box.addLayout(row)
        self.table.selectionModel().selectionChanged.connect(
            lambda *_changed: self.restore_button.setEnabled(bool(self.table.selectionModel().selectedRows()))
        )
        self.restore_button.clicked.connect(self.restore_chosen)
        other.clicked.connect(self.restore_other)
        cancel.clicked.connect(self.reject)

    def restore_chosen(self) -> None:
        """Restores the backup of the chosen line."""
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self._restore(self.model.object_at(rows[0].row()))

    def restore_other(self) -> None:
        """Restores a backup from elsewhere."""
        path = ask.open_file(_("Restore a backup"), _("Retiree Desk files (*.rdesk)"))
        if path:
            self._restore(path)

    def _restore(self, path: Path) -> None:
        if ask.confirm(
            _("Put this backup in the place of the present file?"), _("Restore"), detail=path.name
        ):
            self.accept()
            self._reopen(None, restore=path)
