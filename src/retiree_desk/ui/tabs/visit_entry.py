"""结果录入: a sheet typed back in its printed order, line by line, without the mouse.

Each line is saved with Enter. The keys: one digit for way, result and condition, F2 to the result,
F3 to the way, Ctrl+' takes what the line above had, Up and Down go through the lines.
"""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.errors import UserError
from retiree_desk.core.people_columns import Masks
from retiree_desk.core.place_words import door_words
from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visit_words import on_paper
from retiree_desk.core.visits import SHEET_STATES, result_name
from retiree_desk.i18n import _
from retiree_desk.services.visit_results import Entry
from retiree_desk.services.visit_sheets import Sheet, SheetLine
from retiree_desk.settings import PRIVACY
from retiree_desk.ui import ask, theme
from retiree_desk.ui.context import Context
from retiree_desk.ui.dialogs.after_visit import follow_up
from retiree_desk.ui.widgets.fitted_table import FittedTable
from retiree_desk.ui.widgets.month_chooser import MonthChooser
from retiree_desk.ui.widgets.rows_model import RowsModel
from retiree_desk.ui.widgets.visit_form import Typed, VisitForm

_WHY = 4


class EntryPage(QWidget):
    """A sheet's lines, and below them the fields of the line that is being typed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.sheet: Sheet | None = None
        self._before: Typed | None = None
        self._names: dict[int, str] = {}
        self._typing = 0  # the line whose fields are filled: they stay when the list is shown anew
        self._urgent_seen = 0  # line whose urgent condition was pointed out once
        self.month = MonthChooser(Month.of(context.desk.today()))
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(_("Visit sheet"))
        # A visitor of many areas must not push the window wide.
        self.sheets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sheets.setMinimumContentsLength(24)
        self.model = RowsModel(
            [_("Line"), _("Name"), _("Result"), _("Address"), _("Reason for the visit")],
            right=frozenset({0}),
            parent=self,
        )
        self.table = FittedTable(self.model, _("Lines of the sheet"), _WHY)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.who = QLabel()
        self.who.setProperty("role", "section")
        self.who.setWordWrap(True)
        self.people = QComboBox()
        self.people.setAccessibleName(_("For whom the result counts"))
        self.form = VisitForm(context.desk.today())
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.keys = QLabel(_("Enter: save, next line · F2 result · F3 way · Ctrl+' as above · ↑ ↓ lines"))
        self.keys.setProperty("role", "hint")
        self.keys.setWordWrap(True)
        self.save_button = QPushButton(_("Save the line"))
        self.save_button.setProperty("primary", True)
        self.again_button = QPushButton(theme.icon("arrow-back-up"), _("Type this line anew"))
        self.extra_button = QPushButton(theme.icon("plus"), _("Blank line: somebody not on the sheet …"))
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.month)
        top.addWidget(self.sheets, 1)
        self.count = QLabel()
        top.addWidget(self.count)
        heading = QHBoxLayout()
        heading.addWidget(self.who, 1)
        heading.addWidget(self.people)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.extra_button)
        buttons.addWidget(self.keys, 1)
        self.typing = QWidget()
        below = QVBoxLayout(self.typing)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(heading)
        below.addWidget(self.form)
        below.addWidget(self.problem)
        below.addLayout(buttons)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.typing)
        self._empty = QLabel(
            _("There are no sheets of this month yet. They are made under Plan, by printing them.")
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(work)
        self.stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.addLayout(top)
        box.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.month.changed.connect(lambda _month: self.refresh())
        self.sheets.currentIndexChanged.connect(lambda _index: self._choose_sheet())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose_line())
        self.form.finished.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.again_button.clicked.connect(self.type_anew)
        self.extra_button.clicked.connect(self.extra)
        for keys, step in (
            ("F2", self.form.result.setFocus),
            ("F3", self.form.way.setFocus),
            ("Ctrl+'", self._as_above),
        ):
            QShortcut(QKeySequence(keys), self, step, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for line_edit in (self.form.day, self.form.words, self.form.request, self.form.next_on):
            line_edit.installEventFilter(self)

    def focus_find(self) -> None:
        """Ctrl+F: to the list of sheets."""
        self.sheets.setFocus()

    # Showing

    def refresh(self) -> None:
        """The sheets of the month as they are now; sheet and line stay chosen."""
        chosen, line = self.sheets.currentData(), self.table.currentIndex().row()
        found = self._context.desk.visits.sheets.heads(self.month.month)
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for sheet in found:
            self.sheets.addItem(f"{sheet.code}  {sheet.visitor}  {sheet.area}".rstrip(), sheet.code)
        self.sheets.setCurrentIndex(max(0, self.sheets.findData(chosen)))
        self.sheets.blockSignals(False)
        self.stack.setCurrentIndex(0 if found else 1)
        self.sheets.setEnabled(bool(found))
        self._choose_sheet(line if chosen == self.sheets.currentData() else None)

    def show_sheet(self, code: str) -> None:
        """Shows the sheet of a code, at its first open line."""
        self.month.set_month(Month.parse(code[:7]))
        self.refresh()
        self.sheets.setCurrentIndex(max(0, self.sheets.findData(code)))
        self.form.result.setFocus()

    def _choose_sheet(self, line: int | None = None) -> None:
        code = self.sheets.currentData()
        self.sheet = self._context.desk.visits.sheets.sheet(code) if code else None
        lines = self.sheet.lines if self.sheet else ()
        ids = [number for one in lines for number in one.people]
        people = {int(one.id): one for one in self._context.desk.registry.load(ids, extras=False)}
        self._names = {number: one.name for number, one in people.items()}
        masks = Masks(privacy=bool(self._context.settings.get(PRIVACY, False)))
        rows = []
        for one in lines:
            names = "、".join(self._names.get(number, "") for number in one.people)
            first = people.get(one.person_id)
            why = dict.fromkeys(word for reasons in one.reasons.values() for word in on_paper(reasons))
            rows.append(
                (
                    one,
                    [
                        str(one.number),
                        names,
                        result_name(one.result) if one.result else "",
                        masks.apply("home_address", door_words(first.values)) if first else "",
                        "、".join(why),
                    ],
                )
            )
        self.model.set_rows(rows)
        self._show_count()
        first_open = next((place for place, one in enumerate(lines) if not one.result), 0)
        self.table.selectRow(first_open if line is None or line < 0 else min(line, len(lines) - 1))

    def _show_count(self) -> None:
        if self.sheet is None:
            self.count.clear()
            return
        typed = sum(1 for line in self.sheet.lines if line.result)
        self.count.setText(
            _("{state}: {typed} of {n} lines typed").format(
                state=_(SHEET_STATES[self.sheet.state]), typed=typed, n=len(self.sheet.lines)
            )
        )

    @property
    def line(self) -> SheetLine | None:
        """The line that is being typed."""
        index = self.table.currentIndex()
        return self.model.object_at(index.row()) if index.isValid() else None

    def _choose_line(self) -> None:
        line = self.line
        if line is None:
            return
        names = [self._names.get(number, "") for number in line.people]
        self.who.setText(_("Line {n}: {names}").format(n=line.number, names="、".join(names)))
        if line.id != self._typing:
            self.people.clear()
            self.people.addItem(_("Both"), line.people)
            for number, name in zip(line.people, names, strict=True):
                self.people.addItem(_("Only {name}").format(name=name), (number,))
        self.people.setVisible(len(line.people) > 1)
        if line.id != self._typing or not line.open:
            self._typing = line.id
            self.problem.clear()
            self.form.clear(way="PHONE" if line.by_phone else "HOME")
        writable = self._context.desk.db.writable
        self.form.setEnabled(line.open and writable)
        self.save_button.setEnabled(line.open and writable)
        self.extra_button.setEnabled(writable)
        self.again_button.setVisible(bool(line.result))
        self.again_button.setEnabled(writable)
        if line.open and not self.form.isAncestorOf(QApplication.focusWidget() or self):
            self.form.result.setFocus()

    # Typing

    def _as_above(self) -> None:
        if self._before is not None:
            self.form.same_as(self._before)
            self.form.words.setFocus()

    def save(self) -> Any:
        """Saves the line and goes to the next one; what cannot be taken is said below the fields."""
        line = self.line
        if line is None or not line.open:
            return None
        typed = self.form.typed()
        if typed.problem:
            self.problem.setText(typed.problem)
            return None
        if typed.condition == "URGENT" and not typed.request and self._urgent_seen != line.id:
            self._urgent_seen = line.id
            self.problem.setText(_("Urgent: write down what is needed; Enter again saves without it."))
            self.form.request.setFocus()
            return None
        try:
            done = self._context.desk.visits.results.enter(self._entry(line, typed))
        except UserError as error:
            self.problem.setText(error.message)
            return None
        self._before = typed
        self._go_on(line)
        for one in done.follow_ups:
            follow_up(self._context, one, self.window())
        return done

    def _entry(self, line: SheetLine, typed: Typed) -> Entry:
        assert self.sheet is not None
        people = self.people.currentData() or line.people
        return Entry(
            tuple(people),
            typed.on,
            "" if typed.result == "NOT_ATTEMPTED" else typed.way,
            typed.result,
            visitor=self.sheet.contact,
            condition=typed.condition,
            words=typed.words,
            request=typed.request,
            next_on=typed.next_on,
            place=typed.place,
            until=typed.until,
            line=line,
        )

    def _go_on(self, line: SheetLine) -> None:
        """To the next line without a result, below first; at the end the sheet is done."""
        assert self.sheet is not None
        rest = [place for place, one in enumerate(self.sheet.lines) if not one.result]
        here = next((place for place, one in enumerate(self.sheet.lines) if one.id == line.id), 0)
        below = [place for place in rest if place > here] or rest
        self.table.selectRow(below[0] if below else here)
        self.form.result.setFocus()
        if not below:
            self._context.open("say", _("All lines of the sheet are typed."))

    def type_anew(self) -> None:
        """Takes the line's result back (its visits go with it), for typing it anew."""
        line = self.line
        if line is None or not line.result:
            return
        words = _("Take back the result of line {n}, {result}?").format(
            n=line.number, result=result_name(line.result)
        )
        if ask.confirm(words, _("Take back"), _("Keep")):
            self._context.desk.visits.results.reopen(line)

    def extra(self) -> Any:
        """A visit to somebody who is on no line of this sheet (增1-增3 of the paper)."""
        from retiree_desk.ui.dialogs.pick_person import PickPersonDialog
        from retiree_desk.ui.dialogs.visit import VisitDialog

        visitor = self.sheet.contact if self.sheet else ""
        pick = PickPersonDialog(self._context, _("Who was visited?"), self.window())

        def picked() -> None:
            if pick.picked is not None:
                VisitDialog(self._context, int(pick.picked.id), self.window(), visitor=visitor).open()

        pick.accepted.connect(picked)
        pick.finished.connect(pick.deleteLater)
        pick.open()
        return pick

    def eventFilter(self, watched: Any, event: Any) -> bool:  # Qt's name
        """Up and Down in a line of text go through the lines of the sheet."""
        if event.type() == event.Type.KeyPress and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            row = self.table.currentIndex().row() + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= row < self.model.rowCount():
                self.table.selectRow(row)
            return True
        return super().eventFilter(watched, event)
