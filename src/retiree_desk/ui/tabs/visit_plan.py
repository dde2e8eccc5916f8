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

from retiree_desk.core.errors import UserError
from retiree_desk.core.people_columns import Masks
from retiree_desk.core.place_words import door_words
from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visit_rules import rule_name
from retiree_desk.core.visit_words import on_paper, when
from retiree_desk.core.visits import result_name
from retiree_desk.i18n import N_, _
from retiree_desk.services.visit_plans import Plan, PlanLine
from retiree_desk.settings import PRIVACY
from retiree_desk.ui import ask, theme
from retiree_desk.ui.context import Context
from retiree_desk.ui.dialogs.preview import Paper
from retiree_desk.ui.widgets.fitted_table import FittedTable
from retiree_desk.ui.widgets.month_chooser import MonthChooser
from retiree_desk.ui.widgets.rows_model import Index, RowsModel

_REASON = 2  # the column that takes the spare width
_DUE = 3

_SHOWN = {
    "printed": N_("For the sheets"),
    "overdue": N_("Overdue"),
    "open": N_("On no sheet yet"),
    "contact": N_("Yearly contact only"),
    "undecided": N_("Date of birth incomplete"),
}


class _DueModel(RowsModel):
    """What is overdue stands out; the words say it too, so that colour is never alone."""

    overdue: frozenset[int] = frozenset()  # people

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _DUE and self.is_overdue(index.row()):
            return QColor(theme.OVERDUE)
        return super().data(index, role)

    def is_overdue(self, row: int) -> bool:
        """Whether the line of a row is overdue."""
        return self.object_at(row) in self.overdue


class PlanPage(QWidget):
    """The due list of a month. `type_wanted` with the code of a sheet to be typed back."""

    type_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.plan: Plan | None = None
        self._addresses: dict[int, dict[str, str]] = {}
        self._places: dict[int, tuple[str, int, str]] = {}
        self._asked = 0
        self.month = MonthChooser(Month.of(context.desk.today()))
        self.shown = QComboBox()
        self.shown.setAccessibleName(_("Which people"))
        for code, words in _SHOWN.items():
            self.shown.addItem(_(words), code)
        self.visitor = QComboBox()
        self.visitor.setAccessibleName(_("Visitor"))
        self.visitor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(_("Find in this list"))
        self.find_box.setAccessibleName(_("Find in this list"))
        self.find_box.setClearButtonEnabled(True)
        self.print_button = QPushButton(theme.icon("printer"), "")
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
        self.refresh()

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

        def work(_progress: Any, _cancelled: Any) -> Any:
            plan = desk.visits.plan(month)
            ids = [line.person_id for line in (*plan.due, *plan.families)]
            people = desk.registry.load(ids, extras=False)
            return plan, {int(one.id): dict(one.values) for one in people}, desk.visits.sheets.places(month)

        def done(answer: Any) -> None:
            if asked == self._asked:
                self.plan, self._addresses, self._places = answer
                self._show_plan()

        self._context.tasks.run(work, done, words=_("Working out who is due …"), owner=self)

    def _show_plan(self) -> None:
        assert self.plan is not None
        chosen = self.visitor.currentData()
        self.visitor.blockSignals(True)
        self.visitor.clear()
        self.visitor.addItem(_("All visitors"), None)
        for name in sorted({line.visitor for line in self.plan.printed}):
            self.visitor.addItem(name, name)
        self.visitor.setCurrentIndex(max(0, self.visitor.findData(chosen)))
        self.visitor.blockSignals(False)
        self._show_buttons()
        self._fill()

    def _show_buttons(self) -> None:
        assert self.plan is not None
        there = len({code for code, _line, _result in self._places.values()})
        sheets, lines = self._context.desk.visits.sheets.to_make(self.plan)
        writable = self._context.desk.db.writable
        count = there or sheets
        self.print_button.setText(_("Print {n} sheets …").format(n=count))
        self.print_button.setEnabled(bool(there) or (bool(sheets) and writable))
        self.print_button.setToolTip("" if there else _("Numbers and lines stay as they are from then on."))
        self.add_button.setText(_("Add {n} lines to the sheets").format(n=lines))
        self.add_button.setVisible(bool(there) and bool(lines) and writable)
        self.type_button.setEnabled(bool(there))

    def lines(self) -> list[PlanLine]:
        """The lines of the list chosen, narrowed by visitor and words."""
        if self.plan is None:
            return []
        which = self.shown.currentData()
        found = self.plan.printed
        if which == "overdue":
            found = [line for line in found if line.due.overdue_days]
        elif which == "open":
            found = [line for line in found if line.person_id not in self._places]
        elif which == "contact":
            found = [line for line in self.plan.due if not line.on_sheet]
        visitor = self.visitor.currentData()
        if visitor:
            found = [line for line in found if line.visitor == visitor]
        return found

    def _fill(self) -> None:
        if self.plan is None:
            return
        if self.shown.currentData() == "undecided":
            rows = [
                (int(person.id), [person.name, "", "、".join(map(rule_name, codes)), "", "", "", ""])
                for person, codes in self.plan.undecided
            ]
        else:
            rows = [(line.person_id, self._texts(line)) for line in self.lines()]
        text = self.find_box.text().strip()
        if text:
            rows = [row for row in rows if any(text in cell for cell in row[1])]
        self.model.overdue = frozenset(
            line.person_id for line in (*self.plan.due, *self.plan.families) if line.due.overdue_days
        )
        self.model.set_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self._nobody.setText(self._why_empty(bool(text)))
        self.words.setText(self._summary())

    def _why_empty(self, narrowed: bool) -> str:
        if narrowed or self.visitor.currentData():
            return _("Nobody in this list fits what is chosen above.")
        if self.shown.currentData() == "printed":
            return _("Nobody is due this month. Rules count from the day people came on the register.")
        return _("Nobody: nothing to do here.")

    def _summary(self) -> str:
        assert self.plan is not None
        printed = self.plan.printed
        late = sum(1 for line in printed if line.due.overdue_days)
        doors = len({line.household for line in printed})
        words = [
            _("{n} people in {doors} households are due, {late} overdue").format(
                n=f"{len(printed):,}", doors=f"{doors:,}", late=f"{late:,}"
            )
        ]
        if self.plan.undecided:
            words.append(_("{n} with an incomplete date of birth").format(n=len(self.plan.undecided)))
        return " · ".join(words)

    def _texts(self, line: PlanLine) -> list[str]:
        assert self.plan is not None
        masks = Masks(privacy=bool(self._context.settings.get(PRIVACY, False)))
        place = self._places.get(line.person_id)
        last = ""
        if line.last is not None:
            last = f"{line.last.on.isoformat()} {result_name(line.last.result)}"
        name = line.person.name
        if not line.person.is_living:
            name = _("{name} (family)").format(name=name)
        return [
            name,
            masks.apply("home_address", door_words(self._addresses.get(line.person_id, {}))),
            _why(line),
            when(min(line.reasons, key=lambda one: one.due_on), self.plan.today),
            last,
            line.visitor,
            f"{place[0]} / {place[1]}" if place else "",
        ]

    def _open(self, row: int) -> None:
        self._context.open("person", self.model.object_at(row))

    # Sheets

    def print_sheets(self) -> Any:
        """Makes the month's sheets where there are none, and shows them; printed or saved from there."""
        month = self.month.month
        visitor = self.visitor.currentData() or ""
        desk = self._context.desk
        try:
            sheets = desk.visits.sheets.freeze(month, visitor=visitor)
        except UserError as error:
            ask.warn(error.message)
            return None
        from retiree_desk.services.documents import Options, write_document

        options = Options(month=str(month), person=visitor, preview=True)

        def printed(how: str) -> None:
            desk.visits.sheets.printed(desk.visits.sheets.sheets(month, visitor))
            desk.db.record("print", {"document": "visit-sheets", "month": str(month), "how": how})

        title = _("Visit sheets of {month}").format(month=str(month))
        return self._context.open(
            "preview",
            Paper(
                title=_("{title}: {n} sheets").format(title=title, n=len(sheets)),
                file_name=f"{title}.pdf",
                write=lambda path: write_document(desk, "visit-sheets", path, options),
                printed=printed,
            ),
        )

    def add_to_sheets(self) -> None:
        """Adds who is due by now at the end of the sheets; what is there stays."""
        try:
            self._context.desk.visits.sheets.freeze(self.month.month, replan=True)
        except UserError as error:
            ask.warn(error.message)

    def _type(self) -> None:
        sheets = self._context.desk.visits.sheets.sheets(self.month.month, self.visitor.currentData() or "")
        if sheets:
            open_ones = [sheet for sheet in sheets if any(line.open for line in sheet.lines)]
            self.type_wanted.emit((open_ones or sheets)[0].code)


def _why(line: PlanLine) -> str:
    """The rules in the few words of the sheet; those that are not printed by their name."""
    return "、".join(on_paper(line.reasons) or dict.fromkeys(rule_name(one.code) for one in line.reasons))
