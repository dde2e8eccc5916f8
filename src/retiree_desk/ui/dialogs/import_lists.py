"""Two lists beside the rows of the preview: whom the file does not list, and what is wrong in it."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QVBoxLayout, QWidget

from retiree_desk.core.imports import Problem, field_title
from retiree_desk.core.people_columns import Masks
from retiree_desk.i18n import _
from retiree_desk.services.imports import Prepared
from retiree_desk.ui.dialogs.import_found_page import table_view
from retiree_desk.ui.dialogs.import_session import value_key
from retiree_desk.ui.widgets.import_rows import Words, place_of
from retiree_desk.ui.widgets.rows_model import RowsModel

_MISSING_FIELDS = ("birth", "category", "party_branch", "admin_group", "area", "building")


class _ListPage(QWidget):
    """A table with a sentence below it."""

    def __init__(self, model: RowsModel, name: str, hint: str) -> None:
        super().__init__()
        self.model = model
        model.setParent(self)
        self.view = table_view(name)
        self.view.setModel(model)
        words = QLabel(hint)
        words.setProperty("role", "hint")
        words.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view, 1)
        box.addWidget(words)

    def _size(self, *widths: int) -> None:
        em = self.view.fontMetrics().horizontalAdvance("国")
        for column, wide in enumerate(widths):
            self.view.setColumnWidth(column, em * wide)


class MissingList(_ListPage):
    """表中没有的人员: people we hold whom a full roster does not list."""

    def __init__(self) -> None:
        super().__init__(
            RowsModel([_("Name"), *(field_title(key) for key in _MISSING_FIELDS)]),
            _("Not in the file"),
            _("On the register, and the file does not list them. Nothing happens to them."),
        )

    def show_plan(self, plan: Prepared, words: Words) -> None:
        """Fills the list."""
        held = plan.held
        rows = []
        for one in plan.missing if held is not None else ():
            assert held is not None
            at = held.at[one.person]
            told = (words.value(key, held.column(key)[at]) for key in _MISSING_FIELDS)
            rows.append((one, (one.name, *told)))
        self.model.set_rows(rows)
        self._size(6, 7, 9, 10, 9, 8, 6)
        self.view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)


class ProblemsList(_ListPage):
    """Every cell or row to look at, with its reason; Enter asks for its row."""

    row_asked = Signal(object)  # the Problem

    def __init__(self) -> None:
        super().__init__(
            RowsModel(
                [_("Sheet"), _("Row"), _("Column"), _("Cell"), _("Problem reason")], right=frozenset({1})
            ),
            _("Problems"),
            _("What could not be read is kept as text; the rest of the row comes in. Enter: the row."),
        )
        self.view.activated.connect(self._activated)

    def show_plan(self, plan: Prepared, masks: Masks) -> None:
        """Fills the list."""
        tables = {(table.file, table.sheet): table for table in plan.tables}
        # The sheet alone where that says which one; with its file where two have the same name.
        alone = len({place_of(table, 1) for table in tables.values()}) == len(tables)
        rows = []
        for one in plan.problems:
            place = place_of(tables[one.file, one.sheet], 1 if alone else len(plan.files))
            value = masks.apply(value_key(one), one.value)
            rows.append((one, (place, str(one.row), one.column, value, one.message)))
        self.model.set_rows(rows)
        self._size(10, 4, 9, 13)
        self.view.horizontalHeader().setStretchLastSection(True)

    def _activated(self, index: QModelIndex) -> None:
        problem: Problem = self.model.object_at(index.row())
        self.row_asked.emit(problem)
