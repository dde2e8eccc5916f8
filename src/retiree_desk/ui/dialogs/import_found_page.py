"""Page 2 of the import: sheets and columns as found, and what the file is; guesses can be changed."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtGui import QIntValidator, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.import_columns import MANY
from retiree_desk.core.imports import FILE_KINDS
from retiree_desk.core.people_columns import Masks
from retiree_desk.files.workbook_reader import Sheet
from retiree_desk.i18n import _
from retiree_desk.services.imports import Prepared
from retiree_desk.ui.dialogs.import_session import Found, Request, samples
from retiree_desk.ui.widgets.flow import FlowLayout
from retiree_desk.ui.widgets.import_columns import (
    ColumnsModel,
    FateDelegate,
    SheetLine,
    SheetsModel,
    fate_code,
)

# Notes that stand beside their sheet, or have a tick of their own.
_BESIDE = ("hidden_sheet", "very_hidden_sheet", "no_table", "hidden_rows", "merged_cells")
_OF_SHEET = ("sheet_is_branch", "group_is_unit", "formulas")


def table_view(name: str) -> QTableView:
    """A table as the wizard shows them all."""
    view = QTableView()
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    # A quiet mark for the chosen row: ticks and old and new values stay as readable as in the others.
    dark = view.palette().color(QPalette.ColorRole.Base).lightness() < 128
    mark, words = ("#243447", "#f1f3f5") if dark else ("#dfe9f5", "#16181b")
    view.setStyleSheet(
        f"QTableView::item:selected {{ background: {mark}; color: {words}; }}"
        f"QTableView {{ selection-background-color: {mark}; selection-color: {words}; }}"
    )
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 14)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return view


class _RowNumber(QLineEdit):
    """The number of a row of a sheet, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QIntValidator(1, 1_048_576, self))

    def value(self) -> int:
        """The number; 1 where none was typed."""
        return int(self.text()) if self.text().isdigit() and int(self.text()) else 1

    def setValue(self, number: int) -> None:  # as Qt's number boxes call it
        """Shows a number."""
        self.setText(str(number))


class FoundPage(QWidget):
    """Shows what was found and asks for a new plan when the clerk knows better."""

    asked = Signal(object)  # the new Request

    def __init__(self, masks: Masks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masks = masks
        self._found: Found | None = None
        self._request: Request | None = None
        self.kind = QComboBox()
        for code, words in FILE_KINDS.items():
            self.kind.addItem(_(words), code)
        kind_label = QLabel(_("The file &is:"))
        kind_label.setBuddy(self.kind)
        self._kind_hint = QLabel()
        self._kind_hint.setProperty("role", "hint")
        self._kind_hint.setWordWrap(True)
        first = QHBoxLayout()
        first.addWidget(kind_label)
        first.addWidget(self.kind)
        first.addWidget(self._kind_hint, 1)

        self.sheets = SheetsModel(self)
        self.sheets_view = table_view(_("Sheets"))
        self.sheets_view.setModel(self.sheets)
        self.columns = ColumnsModel(self)
        self.columns_view = table_view(_("Columns of the sheet"))
        self.columns_view.setModel(self.columns)
        self.columns_view.setItemDelegateForColumn(ColumnsModel.FATE, FateDelegate(self.columns_view))
        self.columns_view.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.columns_view.clicked.connect(self._open_fate)
        self.columns_view.activated.connect(self._open_fate)

        self._header_words = QLabel(_("The header stands in rows"))
        self.header_from, self.header_to = _RowNumber(), _RowNumber()
        for number, name in (
            (self.header_from, _("First header row")),
            (self.header_to, _("Last header row")),
        ):
            number.setAccessibleName(name)
            number.setFixedWidth(self.fontMetrics().horizontalAdvance("0000000") + 24)
            number.returnPressed.connect(self._header_chosen)
        self.header_button = QPushButton(_("Use this &header"))
        header = QHBoxLayout()
        for widget in (self._header_words, self.header_from, QLabel("–"), self.header_to, self.header_button):
            header.addWidget(widget)
        header.addStretch(1)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(header)
        below.addWidget(self.columns_view, 1)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.addWidget(self.sheets_view)
        self._splitter.addWidget(lower)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)

        self.hidden_rows = QCheckBox()
        self.fill_merged = QCheckBox(_("Take the value of &merged cells for every row they cover"))
        self.notes = QListWidget()
        self.notes.setAccessibleName(_("Notes"))
        self.notes.setWordWrap(True)
        self.notes.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(first)
        box.addWidget(self._splitter, 1)
        ticks = FlowLayout(gap=16)
        ticks.addWidget(self.hidden_rows)
        ticks.addWidget(self.fill_merged)
        box.addLayout(ticks)
        box.addWidget(self.notes)

        self.kind.activated.connect(self._kind_chosen)
        self.sheets.ticked.connect(self._sheet_ticked)
        self.columns.chosen.connect(self._fate_chosen)
        self.header_button.clicked.connect(self._header_chosen)
        self.hidden_rows.clicked.connect(lambda on: self._ask_options(hidden=on))
        self.fill_merged.clicked.connect(lambda on: self._ask_options(fill_merged=on))
        self.sheets_view.selectionModel().selectionChanged.connect(self._sheet_chosen)
        self._hidden_count = 0

    # Showing

    def show_found(self, found: Found) -> None:
        """Shows a plan, keeping the chosen sheet."""
        before = self._found.books if self._found is not None else ()
        first = [id(book) for book in before] != [id(book) for book in found.books]
        self._found, self._request = found, found.request
        self.sheets.show(self._lines(found))
        self._show_kind(found.plan)
        self._show_ticks(found)
        self.notes.clear()
        if found.plan is not None:
            seen = dict.fromkeys(
                note.message for note in found.plan.notes if note.code not in _BESIDE + _OF_SHEET
            )
            self.notes.addItems(list(seen))
        self.notes.setVisible(bool(self.notes.count()))
        self.notes.setFixedHeight(round(self.notes.sizeHintForRow(0) * min(self.notes.count(), 2.5)) + 4)
        if first:
            self._size()
        if first or not self.sheets_view.selectionModel().hasSelection():
            lines = range(self.sheets.rowCount())
            start = next((at for at in lines if self.sheets.line_at(at).table >= 0), 0)
            self.sheets_view.selectRow(start)
        self._show_columns()

    def _lines(self, found: Found) -> list[SheetLine]:
        lines: list[SheetLine] = []
        notes: dict[tuple[str, str], dict[str, str]] = {}
        for each in found.plan.notes if found.plan else ():
            notes.setdefault((each.file, each.sheet), {})[each.code] = each.message
        for path, book in zip(found.request.files, found.books, strict=True):
            file = str(path)
            for sheet in book.sheets:
                if sheet.kind != "table":
                    continue
                read = (file, sheet.name) not in found.request.left_out and (
                    sheet.state == "visible" or (file, sheet.name) in found.request.taken
                )
                shown = sheet.name or path.name
                if len(found.books) > 1 and sheet.name:
                    shown = f"{path.name} · {sheet.name}"
                note = self._note(sheet, read, notes.get((file, sheet.name), {}))
                tables = found.tables(file, sheet.name) if read else []
                can_tick = sheet.state != "very_hidden" and bool(sheet.total_rows or sheet.rows)
                if not tables:
                    rows = f"{sheet.total_rows:,}" if sheet.total_rows else ""
                    lines.append(SheetLine(file, sheet.name, shown, "", rows, note, read, can_tick, -1))
                for at in tables:
                    assert found.plan is not None
                    table = found.plan.tables[at]
                    header = "–".join(
                        str(row) for row in (table.header_rows[:1] + table.header_rows[1:][-1:])
                    )
                    lines.append(
                        SheetLine(
                            file, sheet.name, shown, header, f"{table.rows:,}", note, read, can_tick, at
                        )
                    )
        return lines

    @staticmethod
    def _note(sheet: Sheet, read: bool, notes: Mapping[str, str]) -> str:
        if sheet.state == "very_hidden":
            return _("hidden by a program; not read")
        parts = []
        if sheet.state == "hidden":
            parts.append(_("hidden sheet"))
        if "no_table" in notes:
            parts.append(_("no table with a column of names"))
        elif not read:
            parts.append(_("not read"))
        parts += [notes[code] for code in _OF_SHEET if code in notes]
        return _("; ").join(parts)

    def _show_kind(self, plan: Prepared | None) -> None:
        self.kind.setEnabled(plan is not None)
        if plan is None:
            self._kind_hint.setText("")
            return
        self.kind.setCurrentIndex(self.kind.findData(plan.kind))
        guessed = _(FILE_KINDS[plan.guessed_kind])
        words = (
            _("Guessed from how many people of its units it lists.")
            if plan.kind == plan.guessed_kind
            else _("It looks like: {kind}.").format(kind=guessed)
        )
        if plan.kind == "full":
            words += " " + _("Whom it lacks is listed on the next page.")
        self._kind_hint.setText(words)

    def _show_ticks(self, found: Found) -> None:
        notes = found.plan.notes if found.plan is not None else ()
        options = found.request.options
        count = sum(note.n for note in notes if note.code == "hidden_rows")
        self._hidden_count = count or self._hidden_count
        self.hidden_rows.setText(_("&Read hidden rows too ({n})").format(n=self._hidden_count))
        self.hidden_rows.setChecked(options.hidden)
        self.hidden_rows.setVisible(bool(count) or options.hidden)
        merged = any(note.code == "merged_cells" for note in notes)
        self.fill_merged.setChecked(options.fill_merged)
        self.fill_merged.setVisible(merged or options.fill_merged)

    def _size(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        header = self.sheets_view.horizontalHeader()
        for column in (SheetsModel.SHEET, SheetsModel.NOTE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, wide in ((SheetsModel.HEADER, 6), (SheetsModel.ROWS, 5)):
            heading = self.fontMetrics().horizontalAdvance(_(SheetsModel.HEADINGS[column])) + 24
            self.sheets_view.setColumnWidth(column, max(em * wide, heading))
        header = self.columns_view.horizontalHeader()
        for column, wide in (
            (ColumnsModel.LETTER, 3),
            (ColumnsModel.HEADER, 13),
            (ColumnsModel.FATE, 14),
            (ColumnsModel.WHY, 15),
        ):
            self.columns_view.setColumnWidth(column, em * wide)
        header.setSectionResizeMode(ColumnsModel.VALUES, QHeaderView.ResizeMode.Stretch)
        line = self.sheets_view.verticalHeader().defaultSectionSize()
        shown = min(self.sheets.rowCount(), 4) + 1.5
        # The columns are what is worked on: the sheets take at most a third.
        whole = max(self.window().height() - line * 8, line * 8)
        sheets = min(round(line * shown), whole // 3)
        self._splitter.setSizes([sheets, whole - sheets])

    def _current(self) -> SheetLine | None:
        rows = self.sheets_view.selectionModel().selectedRows()
        return self.sheets.line_at(rows[0].row()) if rows else None

    def _sheet_chosen(self, *_changed: QItemSelection) -> None:
        self._show_columns()

    def _show_columns(self) -> None:
        line, found = self._current(), self._found
        can_head = line is not None and line.read
        for widget in (self.header_from, self.header_to, self.header_button):
            widget.setEnabled(can_head)
        if line is None or found is None or found.plan is None or line.table < 0:
            self.columns.show((), {}, self._masks)
            return
        table = found.plan.tables[line.table]
        self.header_from.setValue(table.header_rows[0])
        self.header_to.setValue(table.header_rows[-1])
        book = found.books[[str(path) for path in found.request.files].index(line.file)]
        self.columns.show(table.columns, samples(book, found.plan.understood[line.table]), self._masks)

    def _open_fate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.columns_view.edit(index.siblingAtColumn(ColumnsModel.FATE))

    # Changing

    def _ask(self, request: Request) -> None:
        self._request = request
        self.asked.emit(request)

    def _ask_options(self, **changes: object) -> None:
        if self._request is not None:
            options = replace(self._request.options, **changes)  # type: ignore[arg-type]
            self._ask(replace(self._request, options=options))

    def _kind_chosen(self, _place: int) -> None:
        self._ask_options(kind=self.kind.currentData())

    def _sheet_ticked(self, file: str, sheet: str, on: bool) -> None:
        request = self._request
        if request is None or self._found is None:
            return
        place = {(file, sheet)}
        hidden = any(line.file == file and line.sheet == sheet for line in self._hidden_lines())
        taken = (request.taken | place if on else request.taken - place) if hidden else request.taken
        left_out = (
            request.left_out if hidden else (request.left_out - place if on else request.left_out | place)
        )
        self._ask(replace(request, taken=frozenset(taken), left_out=frozenset(left_out)))

    def _hidden_lines(self) -> list[SheetLine]:
        assert self._found is not None
        hidden = {
            (str(path), sheet.name)
            for path, book in zip(self._found.request.files, self._found.books, strict=True)
            for sheet in book.sheets
            if sheet.state == "hidden"
        }
        lines = [self.sheets.line_at(at) for at in range(self.sheets.rowCount())]
        return [line for line in lines if (line.file, line.sheet) in hidden]

    def _header_chosen(self) -> None:
        line, request = self._current(), self._request
        if line is None or request is None:
            return
        first, last = sorted((self.header_from.value(), self.header_to.value()))
        rows = dict(request.options.header_rows)
        rows[line.file, line.sheet] = tuple(range(first, last + 1))
        self._ask_options(header_rows=rows)

    def _fate_chosen(self, index: int, fate: str) -> None:
        line, request, found = self._current(), self._request, self._found
        if line is None or request is None or found is None or found.plan is None or line.table < 0:
            return
        table = found.plan.tables[line.table]
        mapping = dict(request.options.mapping)
        # What was chosen before, now or at an earlier import, stays chosen: a mapping is kept whole.
        chosen = dict(
            mapping.get(table.fingerprint)
            or {each.index: fate_code(each) for each in table.columns if each.reason == "chosen"}
        )
        if fate not in MANY:
            chosen = {
                column: other
                for column, other in chosen.items()
                if other != fate or fate in ("custom", "ignored")
            }
        chosen[index] = fate
        mapping[table.fingerprint] = chosen
        self._ask_options(mapping=mapping)
