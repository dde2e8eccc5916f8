"""Entering one visit to somebody: from the register, the log, or a blank line of a sheet."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
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
from retiree_desk.core.people_columns import Masks
from retiree_desk.core.place_words import door_words
from retiree_desk.core.visits import OCCASIONS, occasion_name
from retiree_desk.i18n import _
from retiree_desk.services.visit_results import Entry
from retiree_desk.settings import PRIVACY
from retiree_desk.ui.context import Context
from retiree_desk.ui.dialogs.after_visit import follow_up
from retiree_desk.ui.half_typed import may_close
from retiree_desk.ui.widgets.visit_form import VisitForm


class VisitDialog(QDialog):
    """One visit to one person."""

    def __init__(
        self, context: Context, person_id: int, parent: QWidget | None = None, *, visitor: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Enter a visit"))
        self._context = context
        self._person_id = person_id
        person = context.desk.registry.get(person_id)
        name = QLabel(person.name)
        name.setProperty("role", "title")
        masks = Masks(privacy=bool(context.settings.get(PRIVACY, False)))
        shown = (
            masks.apply("home_address", door_words(person.values)),
            masks.apply("mobile", person["mobile"]),
        )
        place = QLabel(" · ".join(part for part in shown if part))
        place.setProperty("role", "hint")
        place.setWordWrap(True)
        self.form = VisitForm(context.desk.today())
        self.form.clear()
        self.occasion = QComboBox()
        for code in OCCASIONS:
            self.occasion.addItem(occasion_name(code), code)
        self.visitor = QLineEdit(visitor or person["contact_person"])
        beside = QFormLayout()
        beside.addRow(_("Reason for the visit"), self.occasion)
        beside.addRow(_("Visitor"), self.visitor)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.enter_button = QPushButton(_("Enter the visit"))
        self.enter_button.setProperty("primary", True)
        self.enter_button.setAutoDefault(False)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.problem, 1)
        row.addWidget(close)
        row.addWidget(self.enter_button)
        box = QVBoxLayout(self)
        box.setSpacing(10)
        for widget in (name, place, self.form):
            box.addWidget(widget)
        box.addLayout(beside)
        box.addLayout(row)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 90)
        self.form.finished.connect(self.enter)
        self.enter_button.clicked.connect(self.enter)
        close.clicked.connect(self.reject)
        self.form.way.setFocus()

    def enter(self) -> Any:
        """Saves the visit; what cannot be taken is said in the dialog."""
        typed = self.form.typed()
        if typed.problem:
            self.problem.setText(typed.problem)
            return None
        entry = Entry(
            (self._person_id,),
            typed.on,
            typed.way,
            typed.result,
            occasion=str(self.occasion.currentData()),
            visitor=self.visitor.text().strip(),
            condition=typed.condition,
            words=typed.words,
            request=typed.request,
            next_on=typed.next_on,
            place=typed.place,
            until=typed.until,
        )
        try:
            done = self._context.desk.visits.results.enter(entry)
        except UserError as error:
            self.problem.setText(error.message)
            return None
        self.accept()
        for one in done.follow_ups:
            follow_up(self._context, one, self.parentWidget())
        return done

    def reject(self) -> None:  # Qt's name: Esc, the close button and the window's cross
        if may_close(self):
            super().reject()
