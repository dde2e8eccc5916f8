"""走访计划: who is due in a month and why, and the sheets made of it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.people_columns import Masks
from retiree_desk.core.visit_periods import Month
from retiree_desk.i18n import _
from retiree_desk.services.visit_plans import Plan
from retiree_desk.settings import PRIVACY
from retiree_desk.ui import errors, theme
from retiree_desk.ui.context import Context
from retiree_desk.ui.dialogs.preview import Paper
from retiree_desk.ui.widgets.fitted_table import FittedTable
from retiree_desk.ui.widgets.month_chooser import MonthChooser
from retiree_desk.ui.widgets.rows_model import Index, RowsModel
from retiree_desk.ui.widgets.visit_plan_rows import LISTS, MonthPlan, work_out

_REASON = 2  # the column that takes the spare width
_DUE = 3


class _DueModel(RowsModel):
    """What is overdue stands out; the words say it too, so that colour is never alone."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _DUE:
            return QColor(theme.OVERDUE) if self.object_at(index.row()).overdue else None
        return super().data(index, role)


class PlanPage(QWidget):
    """The due list of a month. `type_wanted` with the code of a sheet to be typed back."""

    type_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.shown_plan: MonthPlan | None = None
        self._asked = 0
        self.month = MonthChooser(Month.of(context.desk.today()))
        self.shown = QComboBox()
        self.shown.setAccessibleName(_("Which people"))
        for code, words in LISTS.items():
            self.shown.addItem(_(words), code)
        self.visitor = QComboBox()
        self.visitor.setAccessibleName(_("Visitor"))
        self.visitor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(_("Find in this list"))
        self.find_box.setAccessibleName(_("Find in this list"))
        self.find_box.setClearButtonEnabled(True)
        self.print_button = QPushButton(theme.icon("printer", on_accent=True), "")
        self.print_button.setProperty("primary", True)
        self.add_button = QPushButton(theme.icon("plus"), "")
        self.type_button = QPushButton(theme.icon("pencil"), _("Enter results"))
        self.headings = [
            _("Name"), _("Address"), _("Reason for the visit"), _("When due"), _("Last visit"), _("Visitor"),
            _("Sheet and line"),
        ]  # fmt: skip
        self.model = _DueModel(self.headings, parent=self)
        self.table = FittedTable(self.model, _("Due visits"), _REASON)
        self.words = QLabel()
        self.words.setProperty("role", "hint")
        self.words.setWordWrap(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        top = QHBoxLayout()
        for widget in (self.month, self.shown, self.visitor):
            top.addWidget(widget)
        top.addWidget(self.find_box, 1)
        buttons = QHBoxLayout()
        for button in (self.print_button, self.add_button, self.type_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._nobody = QLabel()
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nobody.setWordWrap(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self._nobody)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.addLayout(top)
        box.addLayout(buttons)
        box.addWidget(self.stack, 1)
        box.addWidget(self.words)

    def _connect(self) -> None:
        self.month.changed.connect(lambda _month: self.refresh())
        self.shown.currentIndexChanged.connect(lambda _index: self._fill())
        self.visitor.currentIndexChanged.connect(lambda _index: self._fill())
        self.find_box.textChanged.connect(lambda _text: self._fill())
        self.table.doubleClicked.connect(lambda index: self._open(index.row()))
        self.print_button.clicked.connect(self.print_sheets)
        self.add_button.clicked.connect(self.add_to_sheets)
        self.type_button.clicked.connect(self._type)

    def focus_find(self) -> None:
        """Puts the caret into the find box."""
        self.find_box.setFocus()

    # Showing

    def refresh(self) -> None:
        """Works the month out anew, off the UI thread."""
        self._asked += 1
        asked, month, desk = self._asked, self.month.month, self._context.desk
        masks = Masks(privacy=bool(self._context.settings.get(PRIVACY, False)))

        def work(_progress: Any, _cancelled: Any) -> MonthPlan:
            return work_out(desk, month, masks)

        def done(answer: MonthPlan) -> None:
            if asked == self._asked:
                self.shown_plan = answer
                self._show_plan(answer)

        self._context.tasks.run(work, done, words=_("Working out who is due …"), owner=self, looks=True)

    @property
    def plan(self) -> Plan | None:
        """The plan shown; None until it is worked out."""
        return self.shown_plan.plan if self.shown_plan else None

    def _show_plan(self, worked: MonthPlan) -> None:
        chosen = self.visitor.currentData()
        self.visitor.blockSignals(True)
        self.visitor.clear()
        self.visitor.addItem(_("All visitors"), "")
        for name in sorted({row.visitor for row in worked.rows if "printed" in row.lists}):
            self.visitor.addItem(name, name)
        self.visitor.setCurrentIndex(max(0, self.visitor.findData(chosen)))
        self.visitor.blockSignals(False)
        self._show_buttons(worked)
        self.words.setText(worked.summary())
        self._fill()

    def _show_buttons(self, worked: MonthPlan) -> None:
        there, writable = worked.sheets, self._context.desk.db.writable
        self.print_button.setText(_("Print {n} sheets …").format(n=there or worked.new_sheets))
        self.print_button.setEnabled(bool(there) or (bool(worked.new_sheets) and writable))
        self.print_button.setToolTip("" if there else _("Numbers and lines stay as they are from then on."))
        self.add_button.setText(_("Add {n} lines to the sheets").format(n=worked.new_lines))
        self.add_button.setVisible(bool(there) and bool(worked.new_lines) and writable)
        self.type_button.setEnabled(bool(there))

    def _fill(self) -> None:
        if self.shown_plan is None:
            return
        text = self.find_box.text().strip()
        rows = self.shown_plan.chosen(
            str(self.shown.currentData()), str(self.visitor.currentData() or ""), text
        )
        self.model.set_rows([(row, row.texts) for row in rows])
        self.stack.setCurrentIndex(0 if rows else 1)
        self._nobody.setText(self._why_empty(bool(text)))

    def _why_empty(self, narrowed: bool) -> str:
        if narrowed or self.visitor.currentData():
            return _("Nobody in this list fits what is chosen above.")
        if self.shown.currentData() == "printed":
            return _("Nobody is due this month. Rules count from the day people came on the register.")
        return _("Nobody: nothing to do here.")

    def _open(self, row: int) -> None:
        self._context.open("person", self.model.object_at(row).person_id)

    # Sheets

    def print_sheets(self) -> None:
        """Makes the month's sheets where there are none, and shows them; printed or saved from there."""
        month, visitor = self.month.month, str(self.visitor.currentData() or "")
        desk = self._context.desk
        self.print_button.setEnabled(False)
        self._context.tasks.run(
            lambda _progress, _cancelled: desk.visits.sheets.freeze(month, visitor=visitor),
            lambda sheets: self._preview(month, visitor, len(sheets)),
            words=_("Making the sheets …"),
            on_error=self._not_made,
            owner=self,
        )

    def _preview(self, month: Month, visitor: str, count: int) -> None:
        from retiree_desk.services.documents import Options, write_document

        self.print_button.setEnabled(True)
        desk = self._context.desk
        options = Options(month=str(month), person=visitor, preview=True)

        def printed(how: str) -> None:
            desk.visits.sheets.printed(desk.visits.sheets.sheets(month, visitor))
            desk.db.record("print", {"document": "visit-sheets", "month": str(month), "how": how})

        title = _("Visit sheets of {month}").format(month=str(month))
        self._context.open(
            "preview",
            Paper(
                title=_("{title}: {n} sheets").format(title=title, n=count),
                file_name=f"{title}.pdf",
                write=lambda path: write_document(desk, "visit-sheets", path, options),
                printed=printed,
            ),
        )

    def _not_made(self, error: Exception) -> None:
        self.print_button.setEnabled(True)
        errors.show(error)

    def add_to_sheets(self) -> None:
        """Adds who is due by now at the end of the sheets; what is there stays."""
        month, desk = self.month.month, self._context.desk
        self.add_button.setEnabled(False)
        self._context.tasks.run(
            lambda _progress, _cancelled: desk.visits.sheets.freeze(month, replan=True),
            lambda _sheets: self.add_button.setEnabled(True),
            words=_("Making the sheets …"),
            on_error=self._not_added,
            owner=self,
        )

    def _not_added(self, error: Exception) -> None:
        self.add_button.setEnabled(True)
        errors.show(error)

    def _type(self) -> None:
        sheets = self._context.desk.visits.sheets.sheets(self.month.month, self.visitor.currentData() or "")
        if sheets:
            open_ones = [sheet for sheet in sheets if any(line.open for line in sheet.lines)]
            self.type_wanted.emit((open_ones or sheets)[0].code)
