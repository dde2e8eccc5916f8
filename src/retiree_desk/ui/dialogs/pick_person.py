"""Choosing one person: find as you type, Enter takes the marked one."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.retirees import COLUMN_BY_KEY, Retiree
from retiree_desk.i18n import _
from retiree_desk.ui.context import Context
from retiree_desk.ui.widgets.fitted_table import FittedTable
from retiree_desk.ui.widgets.rows_model import RowsModel

_SHOWN = ("name", "sex", "birth", "category", "party_branch", "home_address")
_LIMIT = 50


class PickPersonDialog(QDialog):
    """`picked` holds the person once the dialog is accepted."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(820, 460)
        self._context = context
        self.picked: Retiree | None = None
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(_("Name, pinyin, number, phone or address"))
        self.find_box.setAccessibleName(_("Find"))
        self.find_box.setClearButtonEnabled(True)
        self.model = RowsModel([COLUMN_BY_KEY[key].heading(narrow=True) for key in _SHOWN], parent=self)
        self.table = FittedTable(self.model, _("People"), len(_SHOWN) - 1)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._hint = QLabel(_("Type a name or number to find somebody."))
        self._hint.setProperty("role", "hint")
        self.take = QPushButton(_("Take this person"))
        self.take.setProperty("primary", True)
        self.take.setDefault(True)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self._hint, 1)
        row.addWidget(close)
        row.addWidget(self.take)
        box = QVBoxLayout(self)
        box.addWidget(self.find_box)
        box.addWidget(self.table, 1)
        box.addLayout(row)
        # Wait for a pause in typing: a question for each letter of pinyin would be wasted.
        self._timer = QTimer(self, singleShot=True, interval=120)
        self._timer.timeout.connect(self.look)
        self.find_box.textChanged.connect(lambda _text: self._timer.start())
        self.find_box.installEventFilter(self)
        self.table.doubleClicked.connect(lambda _index: self.accept())
        self.take.clicked.connect(self.accept)
        close.clicked.connect(self.reject)
        self.take.setEnabled(False)

    def look(self) -> None:
        """Shows who is found for what is typed."""
        text = self.find_box.text().strip()
        found = self._context.desk.registry.find(text, _LIMIT) if text else None
        people = found.people if found else ()
        self.model.set_rows([(one, [COLUMN_BY_KEY[key].show(one[key]) for key in _SHOWN]) for one in people])
        if people:
            self.table.selectRow(0)
        self.take.setEnabled(bool(people))
        if found:
            self._hint.setText(_("{n} found").format(n=found.total))

    def accept(self) -> None:  # Qt's name
        if self._timer.isActive():
            self._timer.stop()
            self.look()
        index = self.table.currentIndex()
        if not index.isValid():
            return
        self.picked = self.model.object_at(index.row())
        super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        # The arrow keys move through the table while the caret stays in the find box.
        if (
            watched is self.find_box
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            row = self.table.currentIndex().row() + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= row < self.model.rowCount():
                self.table.selectRow(row)
            return True
        return super().eventFilter(watched, event)
