"""Page 3 of the import: what would change, row by row and field by field; nothing is written here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.imports import (
    CHANGED,
    CONFLICT,
    KINDS,
    NEW,
    REJECTED,
    SKIPPED,
    UNCHANGED,
    Problem,
    field_title,
)
from retiree_desk.core.people_columns import Masks
from retiree_desk.i18n import N_, _
from retiree_desk.services.imports import Prepared
from retiree_desk.ui.dialogs.import_choices import Choices
from retiree_desk.ui.dialogs.import_found_page import table_view
from retiree_desk.ui.dialogs.import_lists import MissingList, ProblemsList
from retiree_desk.ui.dialogs.import_row_detail import RowDetail
from retiree_desk.ui.theme import ACCENT
from retiree_desk.ui.widgets.flow import FlowLayout
from retiree_desk.ui.widgets.import_rows import PlanRowsModel, Words, place_of

ALL, MISSING, PROBLEMS = "all", "missing", "problems"
_FILTERS = {ALL: N_("All rows"), **KINDS, MISSING: N_("Not in the file"), PROBLEMS: N_("Problems")}
_TICKED = (NEW, CHANGED, CONFLICT)
_FIND_AFTER_MS = 150


class PreviewPage(QWidget):
    """The rows of the plan, filtered by kind, field and words; beside them the chosen row in full."""

    changed = Signal()  # the living count may be another

    def __init__(self, masks: Masks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masks = masks
        self.choices: Choices | None = None
        self.rows: PlanRowsModel | None = None
        self._by_kind: dict[str, list[int]] = {}
        self._filter = ALL
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.filters: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        bar = QWidget()
        flow = FlowLayout(bar)
        for code in _FILTERS:
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("filter", code)
            self._group.addButton(button)
            flow.addWidget(button)
            self.filters[code] = button
        bar.setStyleSheet(
            f"QPushButton {{ padding: 4px 10px; }}"
            f"QPushButton:checked {{ background: {ACCENT}; color: white; border-color: {ACCENT}; }}"
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a name or row number"))
        self.search.setAccessibleName(_("Find a name or row number"))
        self.search.setClearButtonEnabled(True)
        self.field = QComboBox()
        self.field.setAccessibleName(_("Only rows in which this field changes"))
        self.field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.field.setMinimumContentsLength(14)
        self.all_button = QPushButton(_("Take &all"))
        self.proposed_button = QPushButton(_("As &proposed"))
        self.none_button = QPushButton(_("Take n&one"))
        self.all_button.setToolTip(_("Takes every value of the rows shown, also where the office decides."))
        self.proposed_button.setToolTip(
            _("Takes HR's value where HR decides, and fills blanks; the rest stays unticked.")
        )
        self.none_button.setToolTip(_("Leaves the rows shown out this time."))
        self.numbers = QCheckBox(_("Full n&umbers"))
        self.numbers.setToolTip(_("Shows ID numbers and accounts in full."))
        tools = FlowLayout()
        for widget in (
            self.search,
            self.field,
            self.all_button,
            self.proposed_button,
            self.none_button,
            self.numbers,
        ):
            tools.addWidget(widget)
        self.search.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 14)

        self.view = table_view(_("Rows of the file"))
        self.view.installEventFilter(self)
        self.view.viewport().installEventFilter(self)
        self.detail = RowDetail()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self.missing = MissingList()
        self.problems = ProblemsList()
        self.problems.row_asked.connect(self._show_problem_row)
        self._stack = QStackedWidget()
        for page in (self._splitter, self.missing, self.problems):
            self._stack.addWidget(page)
        self.empty = QLabel()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "hint")
        self._stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.counts)
        box.addWidget(bar)
        box.addLayout(tools)
        box.addWidget(self._stack, 1)

        self._find_timer = QTimer(self)
        self._find_timer.setSingleShot(True)
        self._find_timer.setInterval(_FIND_AFTER_MS)
        self._find_timer.timeout.connect(self.apply_filter)
        self._group.buttonClicked.connect(lambda button: self.show_kind(button.property("filter")))
        self.search.textChanged.connect(lambda _text: self._find_timer.start())
        self.search.returnPressed.connect(self.apply_filter)
        self.field.activated.connect(lambda _place: self.apply_filter())
        self.all_button.clicked.connect(lambda: self._take(Choices.take_all))
        self.proposed_button.clicked.connect(lambda: self._take(Choices.take_proposed))
        self.none_button.clicked.connect(lambda: self._take(Choices.take_none))
        self.numbers.toggled.connect(self._show_numbers)
        self.detail.ticked.connect(self._detail_ticked)

    # Showing

    def show_plan(self, plan: Prepared) -> None:
        """Shows a plan; what was ticked in an earlier one of the same files stays ticked."""
        before = self.choices
        self.choices = Choices(plan)
        if before is not None:
            self.choices.carry_over(before)
        else:
            # Room for two columns of values beside their titles, in any type size.
            em = self.fontMetrics().horizontalAdvance("国")
            whole = max(self.window().width() - 48, em * 60)
            self._splitter.setSizes([whole - em * 27, em * 27])
        self._by_kind = {kind: [] for kind in KINDS}
        for place, row in enumerate(plan.rows):
            self._by_kind[row.kind].append(place)
        self._fill_fields(plan)
        self._make_models()
        counts = {kind: len(places) for kind, places in self._by_kind.items()}
        self.counts.setText(
            _("{n} rows: {counts}").format(
                n=f"{len(plan.rows):,}",
                counts=" · ".join(f"{_(word)} {counts[kind]:,}" for kind, word in KINDS.items()),
            )
        )
        shown = {ALL: len(plan.rows), **counts, MISSING: len(plan.missing), PROBLEMS: len(plan.problems)}
        for code, words in _FILTERS.items():
            self.filters[code].setText(f"{_(words)} {shown[code]:,}")
            self.filters[code].setEnabled(code == ALL or shown[code] > 0)
        first = next((kind for kind in (CHANGED, NEW, CONFLICT, REJECTED) if counts[kind]), ALL)
        self.show_kind(
            first if before is None or not self.filters[self._filter].isEnabled() else self._filter
        )

    def _make_models(self) -> None:
        assert self.choices is not None
        plan = self.choices.plan
        words = Words(self.choices, self._masks)
        old = self.rows
        self.rows = PlanRowsModel(words, self)
        self.rows.ticked.connect(self._row_ticked)
        self.view.setModel(self.rows)
        self.view.selectionModel().selectionChanged.connect(self._row_chosen)
        if old is not None:
            old.deleteLater()
        self.detail.set_words(words)
        self.missing.show_plan(plan, words)
        self.problems.show_plan(plan, self._masks)
        self._size()

    def _fill_fields(self, plan: Prepared) -> None:
        counts: dict[str, int] = {}
        for row in plan.rows:
            for one in row.differences:
                counts[one.field] = counts.get(one.field, 0) + 1
        chosen = self.field.currentData()
        self.field.clear()
        self.field.addItem(_("All fields"), "")
        for key, count in sorted(counts.items(), key=lambda item: -item[1]):
            self.field.addItem(f"{field_title(key)} {count:,}", key)
        self.field.setCurrentIndex(max(0, self.field.findData(chosen)))
        self.field.setEnabled(bool(counts))
        wide = max(
            self.fontMetrics().horizontalAdvance(self.field.itemText(at)) for at in range(self.field.count())
        )
        self.field.view().setMinimumWidth(wide + 40)

    def _size(self) -> None:
        assert self.rows is not None and self.choices is not None
        plan = self.choices.plan
        metrics = self.view.fontMetrics()
        em = metrics.horizontalAdvance("国")
        # Names are never cut: the column is as wide as the widest of them.
        longest = sorted({row.name for row in plan.rows}, key=len)[-50:]
        name = max((metrics.horizontalAdvance(text) for text in longest), default=0)
        several = len(plan.tables) > 1
        sheets = {place_of(table, 1) for table in plan.tables}
        sheet = min(max(metrics.horizontalAdvance(text) for text in sheets), em * 8) if several else 0
        widths = {
            PlanRowsModel.ROW: metrics.horizontalAdvance("000000") + 46,
            PlanRowsModel.SHEET: sheet + 20,
            PlanRowsModel.NAME: max(name, em * 3) + 20,
            PlanRowsModel.KIND: max(metrics.horizontalAdvance(_(word)) for word in KINDS.values()) + 20,
        }
        for column, width in widths.items():
            self.view.setColumnWidth(column, width)
        self.view.setColumnHidden(PlanRowsModel.SHEET, not several)

    def _widen(self) -> None:
        """The last columns take what is left, but never less than can be read."""
        em = self.view.fontMetrics().horizontalAdvance("国")
        before = (PlanRowsModel.ROW, PlanRowsModel.SHEET, PlanRowsModel.NAME, PlanRowsModel.KIND)
        taken = sum(
            self.view.columnWidth(column) for column in before if not self.view.isColumnHidden(column)
        )
        rest = self.view.viewport().width() - taken
        why = max(em * 8, min(em * 11, rest * 2 // 5))
        if self.view.isColumnHidden(PlanRowsModel.WHAT):
            why = max(em * 16, rest)
        elif self._filter == CONFLICT:
            why = max(em * 8, rest - em * 11)
        self.view.setColumnWidth(PlanRowsModel.WHY, why)
        self.view.setColumnWidth(PlanRowsModel.WHAT, max(em * 11, rest - why))

    # Filtering

    def show_kind(self, code: str) -> None:
        """Shows one kind of rows, the people not listed, or the problems."""
        self._filter = code
        self.filters[code].setChecked(True)
        rows = code not in (MISSING, PROBLEMS)
        for widget in (self.search, self.field, self.all_button, self.proposed_button, self.none_button):
            widget.setVisible(rows)
        self.numbers.setVisible(code != MISSING)
        self.view.setColumnHidden(PlanRowsModel.KIND, code != ALL)
        self.view.setColumnHidden(PlanRowsModel.WHAT, code in (UNCHANGED, REJECTED, SKIPPED))
        self._widen()
        if rows:
            self.apply_filter()
        else:
            self._stack.setCurrentIndex(1 if code == MISSING else 2)

    def apply_filter(self) -> None:
        """Shows the rows of the kind, field and words asked for."""
        if self.rows is None or self.choices is None or self._filter in (MISSING, PROBLEMS):
            return
        self._find_timer.stop()
        choices = self.choices
        every: Sequence[int] = (
            range(len(choices.plan.rows)) if self._filter == ALL else self._by_kind[self._filter]
        )
        field, text = self.field.currentData() or "", self.search.text().strip().casefold()
        if field:
            every = [
                place for place in every if any(one.field == field for one in choices.differences(place))
            ]
        if text:
            rows = choices.plan.rows
            every = [
                place
                for place in every
                if text in rows[place].name.casefold()
                or (text.isdigit() and str(rows[place].number).startswith(text))
            ]
        self.rows.show(every)
        can_take = self._filter == ALL or self._filter in _TICKED
        for button in (self.all_button, self.proposed_button, self.none_button):
            button.setEnabled(can_take and bool(every))
        if every:
            self._stack.setCurrentIndex(0)
            self.view.selectRow(0)
        else:
            self.empty.setText(
                _("No row fits what is looked for. Clear the find box or choose all fields.")
                if text or field
                else _("There are no rows.")
            )
            self._stack.setCurrentWidget(self.empty)
            self.detail.show_row(-1)

    # Ticking

    def current_place(self) -> int:
        """The chosen row's position in the plan, -1: none."""
        if self.rows is None or not self.view.selectionModel().hasSelection():
            return -1
        return self.rows.place_at(self.view.selectionModel().selectedRows()[0].row())

    def _row_chosen(self, *_changed: QItemSelection) -> None:
        self.detail.show_row(self.current_place())

    def _row_ticked(self) -> None:
        self.detail.show_row(self.current_place())
        self.changed.emit()

    def _detail_ticked(self, places: list[int]) -> None:
        if self.rows is not None:
            self.rows.refresh(places)
        self.changed.emit()

    def _take(self, how: Callable[[Choices, Sequence[int], str], None]) -> None:
        if self.choices is None or self.rows is None:
            return
        how(self.choices, self.rows.places, self.field.currentData() or "")
        self.rows.refresh()
        self._row_ticked()

    def _show_numbers(self, on: bool) -> None:
        self._masks = Masks(numbers=on, privacy=self._masks.privacy)
        place = self.current_place()
        self._make_models()
        self.show_kind(self._filter)
        if self.rows is not None and place >= 0 and (line := self.rows.line_of(place)) >= 0:
            self.view.selectRow(line)

    def _show_problem_row(self, problem: Problem) -> None:
        assert self.choices is not None and self.rows is not None
        plan = self.choices.plan
        for place, row in enumerate(plan.rows):
            table = plan.tables[row.table]
            if (table.file, table.sheet, row.number) == (problem.file, problem.sheet, problem.row):
                self.search.clear()
                self.field.setCurrentIndex(0)
                self.show_kind(ALL)
                self.view.selectRow(self.rows.line_of(place))
                self.view.setFocus()
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        if watched is self.view.viewport() and event.type() == QEvent.Type.Resize and self.rows is not None:
            self._widen()
        # Space ticks the row whichever of its cells is marked; Enter goes to its fields.
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space and self.rows is not None:
                index = self.view.currentIndex()
                if index.isValid():
                    self.rows.setData(
                        index.siblingAtColumn(PlanRowsModel.ROW), Qt.CheckState.Checked.value,
                        Qt.ItemDataRole.CheckStateRole,
                    )  # fmt: skip
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.detail.person.isVisible():
                    self.detail.person.setFocus()
                elif self.detail.view.isVisible():
                    self.detail.view.setFocus()
                    self.detail.view.setCurrentIndex(self.detail.view.model().index(0, 0))
                return True
        return super().eventFilter(watched, event)
