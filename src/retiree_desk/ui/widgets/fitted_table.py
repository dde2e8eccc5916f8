"""A table of rows whose columns show their words whole; one of them takes the spare width."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from retiree_desk.ui.widgets.table_copy import copy_table

_MEASURED_ROWS = 60
_ROOM = 16


class FittedTable(QTableView):
    """`stretch` is the column that takes what the others leave, and no less than its own words need."""

    def __init__(
        self, model: QAbstractItemModel, name: str, stretch: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stretch = stretch
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        header.setHighlightSections(False)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Sets the widths by the words of the first rows and the titles."""
        taken = 0
        for column in range(self.model().columnCount()):
            if self.isColumnHidden(column):
                continue
            needed = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            self.setColumnWidth(column, needed + _ROOM)
            taken += needed + _ROOM
        spare = self.viewport().width() - taken
        if spare > 0:
            self.setColumnWidth(self._stretch, self.columnWidth(self._stretch) + spare)
        self.verticalHeader().setDefaultSectionSize(max(26, self.fontMetrics().height() + 12))

    def hide_empty(self, columns: Iterable[int]) -> None:
        """Hides those of the columns in which no row says anything, shows the others."""
        model = self.model()
        for column in columns:
            told = any(model.index(row, column).data() for row in range(model.rowCount()))
            self.setColumnHidden(column, not told)
        self.fit()

    def copy(self) -> None:
        """The chosen rows as a table on the clipboard."""
        model = self.model()
        columns = range(model.columnCount())
        headings = [str(model.headerData(place, self.horizontalHeader().orientation())) for place in columns]
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        copy_table(
            headings, ([str(model.index(row, place).data() or "") for place in columns] for row in rows)
        )

    # Qt's names

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_stretch"):
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
