"""The grid of people: columns chosen, moved, sized and remembered; rows chosen, copied, opened."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from retiree_desk.core.columns import Column, Kind
from retiree_desk.core.people_columns import DEFAULT_KEYS
from retiree_desk.i18n import N_, _
from retiree_desk.services.people_list import Sort
from retiree_desk.settings import LocalSettings
from retiree_desk.ui import ask
from retiree_desk.ui.widgets.people_model import Index, PeopleModel, heading
from retiree_desk.ui.widgets.table_copy import copy_table

_COLUMNS = "registry.columns"  # [[key, width in characters], ...] as the clerk left them
# Narrower than on paper: what does not fit is shown in full beside the pointer.
_WIDTHS = {"party_branch": 14, "place": 14}
# More rows than this are a workbook, not something to paste.
_COPY_LIMIT = 5_000
_WIDEST_CHOICE = 15
_OWN_GROUP = N_("The office's own fields")


class PeopleGrid(QTableView):
    """`opened` a person (Enter, double click); `sort_asked` by a click on a title; `typed` a letter."""

    opened = Signal(int)
    sort_asked = Signal(object)
    typed = Signal(str)
    columns_changed = Signal()
    selection_told = Signal()

    def __init__(
        self,
        model: PeopleModel,
        all_columns: Sequence[Column],
        settings: LocalSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._all = list(all_columns)
        self._settings = settings
        self._placing = False
        self._sort = Sort()
        self.setModel(model)
        self.setAccessibleName(_("List of people"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        header.sectionClicked.connect(self._title_clicked)
        header.sectionMoved.connect(self._keep_columns)
        header.sectionResized.connect(self._keep_columns)
        self.doubleClicked.connect(self._open_index)
        model.modelReset.connect(self._after_reset)
        # Queued: rows are loaded while they are painted, and a width must not change then.
        model.names_loaded.connect(self._fit_names, Qt.ConnectionType.QueuedConnection)
        self._show_stored()

    # Columns

    def _show_stored(self) -> None:
        by_key = {column.key: column for column in self._all}
        stored = self._settings.get(_COLUMNS) or []
        self._widths = {key: width for key, width in stored if isinstance(width, int | float)}
        wanted = [by_key[key] for key, _width in stored if key in by_key]
        self._model.set_columns(wanted or [by_key[key] for key in DEFAULT_KEYS])

    def set_all_columns(self, columns: Sequence[Column]) -> None:
        """The columns there are to choose from (own fields come and go with imports)."""
        if [column.key for column in columns] != [column.key for column in self._all]:
            self._all = list(columns)
            known = {column.key for column in columns}
            if any(column.key not in known for column in self._model.columns):
                self._show_stored()

    def shown_keys(self) -> list[str]:
        """The keys of the columns from left to right."""
        header = self.horizontalHeader()
        columns = self._model.columns
        return [columns[header.logicalIndex(place)].key for place in range(len(columns))]

    def show_column(self, key: str, shown: bool) -> None:
        """Shows a column behind the one it follows in the form, or hides it; one stays."""
        keys = self.shown_keys()
        if shown and key not in keys:
            order = [column.key for column in self._all]
            before = [one for one in keys if order.index(one) < order.index(key)]
            keys.insert(keys.index(before[-1]) + 1 if before else 0, key)
        elif not shown and key in keys and len(keys) > 1:
            keys.remove(key)
        self._show_keys(keys)

    def standard_columns(self) -> None:
        """Back to the columns the program comes with."""
        self._widths = {}
        self._show_keys(list(DEFAULT_KEYS))

    def _show_keys(self, keys: Sequence[str]) -> None:
        by_key = {column.key: column for column in self._all}
        current = self.current_id() if self.selected_count() else None
        self._model.set_columns([by_key[key] for key in keys])
        self._keep_columns()
        self.select_person(current)
        self.columns_changed.emit()

    def _unit(self) -> float:
        return self.fontMetrics().horizontalAdvance("0" * 20) / 20

    def _after_reset(self) -> None:
        # A reset keeps the header's sections where the number of columns stays: they are placed anew.
        self._placing = True
        header = self.horizontalHeader()
        columns = self._model.columns
        for place in range(header.count()):
            header.moveSection(header.visualIndex(place), place)
        for place, column in enumerate(columns):
            needed = header.fontMetrics().horizontalAdvance(heading(column)) + 24
            width = self._widths.get(column.key)
            default = max(needed, self._default_width(column))
            self.setColumnWidth(place, round(width * self._unit()) if width else default)
        self.verticalHeader().setDefaultSectionSize(max(26, self.fontMetrics().height() + 12))
        self._show_sort()
        self._placing = False

    def _default_width(self, column: Column) -> int:
        """In pixels: as wide as the words of its choices, up to a point, else as said for the column."""
        width = _WIDTHS.get(column.key, column.width) * self._unit()
        if column.kind is Kind.CHOICE:
            words = (self.fontMetrics().horizontalAdvance(column.show(code)) for code in column.choices)
            width = min(max(words), _WIDEST_CHOICE * self._unit())
        return round(width) + 26

    def _keep_columns(self, *_moved: int) -> None:
        if self._placing:
            return
        unit = self._unit()
        places = {column.key: place for place, column in enumerate(self._model.columns)}
        last = self.horizontalHeader().logicalIndex(len(places) - 1)
        for key, place in places.items():
            if place == last and key not in self._widths:
                continue  # stretched to the edge, not sized by hand
            self._widths[key] = round(self.columnWidth(place) / unit, 2)
        self._settings.set(**{_COLUMNS: [[key, self._widths.get(key)] for key in self.shown_keys()]})

    def columns_menu(self, parent: QWidget) -> QMenu:
        """All columns by the groups of the form, the shown ones ticked."""
        menu = QMenu(parent)
        shown = set(self.shown_keys())
        groups: dict[str, QMenu] = {}
        for column in self._all:
            group = column.group or _OWN_GROUP
            if column.derived and not column.group and not column.key.startswith("custom_"):
                target = menu
            else:
                if group not in groups:
                    groups[group] = QMenu(_(group), menu)
                target = groups[group]
            action = QAction(heading(column), menu, checkable=True, checked=column.key in shown)
            action.toggled.connect(lambda on, key=column.key: self.show_column(key, on))
            target.addAction(action)
        menu.addSeparator()
        for submenu in groups.values():
            menu.addMenu(submenu)
        menu.addSeparator()
        menu.addAction(_("Standard columns"), self.standard_columns)
        return menu

    def _header_menu(self, place: QPoint) -> None:
        section = self.horizontalHeader().logicalIndexAt(place)
        menu = self.columns_menu(self)
        if section >= 0:
            column = self._model.columns[section]
            first = menu.actions()[0]
            hide = QAction(_("Hide column “{title}”").format(title=heading(column)), menu)
            hide.triggered.connect(lambda: self.show_column(column.key, False))
            menu.insertAction(first, hide)
            menu.insertSeparator(first)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _fit_names(self, names: list[str]) -> None:
        """Names are never cut: their column grows with the widest one shown so far."""
        keys = [column.key for column in self._model.columns]
        if names and "name" in keys:
            place = keys.index("name")
            widest = max(self.fontMetrics().horizontalAdvance(name) for name in names) + 26
            if widest > self.columnWidth(place):
                self.setColumnWidth(place, widest)

    # Order

    def _title_clicked(self, section: int) -> None:
        key = self._model.columns[section].key
        descending = self._sort.key == key and not self._sort.best and not self._sort.descending
        self.sort_asked.emit(Sort(key, descending))

    def show_sort(self, sort: Sort) -> None:
        """The arrow over the column that the list is sorted by."""
        self._sort = sort
        self._show_sort()

    def _show_sort(self) -> None:
        header = self.horizontalHeader()
        keys = [column.key for column in self._model.columns]
        shown = not self._sort.best and self._sort.key in keys
        header.setSortIndicatorShown(shown)
        if shown:
            order = Qt.SortOrder.DescendingOrder if self._sort.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(keys.index(self._sort.key), order)

    # Rows

    def current_id(self) -> int | None:
        """The person of the current row."""
        index = self.currentIndex()
        return self._model.id_at(index.row()) if index.isValid() else None

    def selected_count(self) -> int:
        """How many rows are chosen."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def selected_rows(self) -> list[int]:
        """The chosen rows, from the top."""
        rows: set[int] = set()
        for part in self.selectionModel().selection().toList():
            rows.update(range(part.top(), part.bottom() + 1))
        return sorted(rows)

    def select_person(self, person_id: int | None) -> bool:
        """Makes a person's row the current one; False where the list does not hold them."""
        row = self._model.row_of(person_id) if person_id is not None else -1
        if row < 0:
            return False
        self.choose_row(row)
        return True

    def choose_row(self, row: int) -> None:
        """Makes a row the only one chosen. Not `selectRow`, which asks whether Ctrl is held and toggles."""
        flag = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, max(0, self.columnAt(0)))
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)

    def copy(self) -> None:
        """The chosen rows as a table, masked as they are shown."""
        if self.selected_count() > _COPY_LIMIT:
            ask.inform(
                _("{n} rows are too many to copy; export them as a roster.").format(
                    n=f"{self.selected_count():,}"
                )
            )
            return
        keys = self.shown_keys()
        by_key = {column.key: column for column in self._model.columns}
        columns = [by_key[key] for key in keys]
        rows = ([self._model.text(row, column) for column in columns] for row in self.selected_rows())
        copy_table([heading(column) for column in columns], rows)

    def _open_index(self, index: QModelIndex) -> None:
        number = self._model.id_at(index.row())
        if number is not None:
            self.opened.emit(number)

    # Qt's names

    def selectionChanged(self, selected: Any, deselected: Any) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_told.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        # Qt changes the selection before the current row: only now is the row known.
        super().currentChanged(current, previous)
        self.selection_told.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_index(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Qt would look through every row, loading all of them; the find box knows better.
        if search.strip():
            self.typed.emit(search)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_widths"):
            self._after_reset()
