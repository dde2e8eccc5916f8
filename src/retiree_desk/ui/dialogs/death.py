"""Entering a death: three things, and no more at that moment (OFFICE 2.20)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.errors import UserError
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.retirees import COLUMN_BY_KEY, Retiree, death_values
from retiree_desk.core.values import typed_value
from retiree_desk.i18n import _
from retiree_desk.ui.context import Context
from retiree_desk.ui.half_typed import may_close


class DeathDialog(QDialog):
    """Date with the precision known, who told it, and their phone; the last two go into the remarks."""

    entered = Signal()

    def __init__(self, context: Context, person: Retiree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Enter death"))
        self._context = context
        self._person = person
        title = QLabel(person.name)
        title.setProperty("role", "title")
        words = QLabel(
            _("{name} leaves due visits and future lists and stays in this year's figures.").format(
                name=person.name
            )
        )
        words.setProperty("role", "hint")
        words.setWordWrap(True)
        self.date = QLineEdit()
        self.date.setPlaceholderText("2026-03-12 / 2026-03 / 2026")
        self.told_by = QLineEdit()
        self.phone = QLineEdit()
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(_("Died on"), self.date)
        form.addRow(_("Reported by"), self.told_by)
        form.addRow(_("Their phone"), self.phone)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.enter_button = QPushButton(_("Enter death"))
        self.enter_button.setProperty("primary", True)
        self.enter_button.setDefault(True)
        close = QPushButton(_("Close"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.enter_button)
        box = QVBoxLayout(self)
        box.setSpacing(10)
        for widget in (title, words):
            box.addWidget(widget)
        box.addLayout(form)
        box.addWidget(self.problem)
        box.addLayout(row)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 64)
        close.clicked.connect(self.reject)
        self.enter_button.clicked.connect(self.enter)

    def enter(self) -> None:
        """Saves the death; a date that cannot be is said beside it."""
        today = self._context.desk.today()
        try:
            died_on = typed_value(COLUMN_BY_KEY["died_on"], self.date.text(), today)
            if not died_on:
                self.problem.setText(_("A year is enough, but some date is needed."))
                self.date.setFocus()
                return
            if PartialDate.parse(died_on).first() > today:
                self.problem.setText(
                    _("{date} lies in the future; nothing was changed.").format(date=died_on)
                )
                self.date.setFocus()
                return
            self._save(died_on)
        except UserError as error:
            self.problem.setText(error.message)
            self.date.setFocus()
            return
        self.entered.emit()
        self.accept()

    def _save(self, died_on: str) -> None:
        registry = self._context.desk.registry
        told = " ".join(text for text in (self.told_by.text().strip(), self.phone.text().strip()) if text)
        if not told:
            registry.die(self._person.id, died_on)
            return
        line = _("Death reported by {who}").format(who=told)
        remark = ";".join(text for text in (self._person["remark"], line) if text)
        kept = typed_value(COLUMN_BY_KEY["remark"], remark, self._context.desk.today())
        registry.change(self._person.id, {**death_values(died_on), "remark": kept}, why="person_died")

    def reject(self) -> None:  # Qt's name: Esc, the close button and the window's cross
        if may_close(self):
            super().reject()
