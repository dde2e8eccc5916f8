"""The people of the grid: a list of ids, and pages of people loaded as their rows are shown."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from retiree_desk.core.columns import Column, Kind
from retiree_desk.core.people_columns import CUSTOM, Masks, cell_text, deceased_name
from retiree_desk.core.retirees import Retiree
from retiree_desk.services.people_list import PeopleList

Index = QModelIndex | QPersistentModelIndex

_PAGE = 100
_KEPT = 5_000  # people kept in memory: many screens, whatever the size of the office


def heading(column: Column) -> str:
    """A column's title as the grid shows it; an office's own field is no message to translate."""
    return column.title if column.key.startswith(CUSTOM) else column.heading(narrow=True)


class PeopleModel(QAbstractTableModel):
    """Rows are people in the order of the ids given; `UserRole` of any cell is the person's id."""

    names_loaded = Signal(object)

    def __init__(
        self, people: PeopleList, columns: Sequence[Column], today: date, parent: Any = None
    ) -> None:
        super().__init__(parent)
        self._people = people
        self._columns = list(columns)
        self._today = today
        self._ids: list[int] = []
        self._rows: dict[int, int] | None = None
        self._kept: OrderedDict[int, Retiree | None] = OrderedDict()
        self.masks = Masks()

    # What is shown

    @property
    def ids(self) -> Sequence[int]:
        """The ids of all rows."""
        return self._ids

    @property
    def columns(self) -> Sequence[Column]:
        """The columns shown."""
        return self._columns

    def set_ids(self, ids: Sequence[int]) -> bool:
        """Shows these people; False where the rows there could stay (the same, or more of the same)."""
        there = len(self._ids)
        if len(ids) == there and list(ids) == self._ids:
            return False
        if there and len(ids) > there and list(ids[:there]) == self._ids:
            self.beginInsertRows(QModelIndex(), there, len(ids) - 1)
            self._ids = list(ids)
            self._rows = None
            self.endInsertRows()
            return False
        self.beginResetModel()
        self._ids = list(ids)
        self._rows = None
        self.endResetModel()
        return True

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Shows other columns."""
        self.beginResetModel()
        self._columns = list(columns)
        self._kept.clear()
        self.endResetModel()

    def set_masks(self, masks: Masks) -> None:
        """Hides or shows numbers and addresses."""
        self.masks = masks
        self._repaint()

    def forget(self) -> None:
        """People may have changed: load them anew when they are shown."""
        self._kept.clear()
        self._repaint()

    def _repaint(self) -> None:
        if self._ids and self._columns:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # People

    def id_at(self, row: int) -> int | None:
        """The person of a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, person_id: int) -> int:
        """The row of a person, -1 where the list does not hold them."""
        if self._rows is None:
            self._rows = {number: row for row, number in enumerate(self._ids)}
        return self._rows.get(person_id, -1)

    def person_at(self, row: int) -> Retiree | None:
        """The person of a row, loaded with the rows around; None where the record is gone."""
        number = self._ids[row]
        if number not in self._kept:
            start = row - row % _PAGE
            self._load(self._ids[start : start + _PAGE])
        self._kept.move_to_end(number)
        return self._kept[number]

    def _load(self, ids: Iterable[int]) -> None:
        missing = [number for number in ids if number not in self._kept]
        found = {
            int(one.id): one for one in self._people.people(missing, [column.key for column in self._columns])
        }
        for number in missing:
            self._kept[number] = found.get(number)
        self.names_loaded.emit([deceased_name(one) for one in found.values()])
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def text(self, row: int, column: Column) -> str:
        """What a cell shows, masked as the screen is; the word for the dead is not part of it."""
        one = self.person_at(row)
        return self.masks.apply(column.key, cell_text(column, one, self._today)) if one else ""

    # Qt's names

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return self._ids[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            one = self.person_at(index.row())
            if one is not None and column.key == "name":
                return deceased_name(one)
            return self.text(index.row(), column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(index.row(), column) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading(column)} {self.text(index.row(), column)}"
        if role == Qt.ItemDataRole.ForegroundRole:
            one = self.person_at(index.row())
            if one is not None and not one.is_living:
                return QGuiApplication.palette().placeholderText()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.title if column.key.startswith(CUSTOM) else column.heading()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.kind is Kind.NUMBER else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
