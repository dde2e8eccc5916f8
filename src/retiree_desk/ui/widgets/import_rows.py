"""The preview of an import as tables: rows of the files, the fields of one row, problems, people not listed.

The models compute what is seen and keep nothing else, so that 20,000 rows cost no more than twenty.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from retiree_desk.core.import_differences import Difference
from retiree_desk.core.imports import (
    CHANGED,
    CONFLICT,
    KINDS,
    MATCHED_BY,
    NEW,
    PROBLEMS,
    REJECTED,
    SKIP_REASONS,
    SKIPPED,
    PlanRow,
    Problem,
    field_title,
    shown_value,
)
from retiree_desk.core.people_columns import Masks
from retiree_desk.i18n import N_, _
from retiree_desk.ui.dialogs.import_choices import NEW_PERSON, NOT_ANSWERED, Choices, Taken

Index = QModelIndex | QPersistentModelIndex
ARROW = " → "
_SAID_OF_NEW = ("sex", "birth", "category", "party_branch", "area", "building", "mobile", "phone")
_CHECK = {
    Taken.NOTHING: Qt.CheckState.Unchecked,
    Taken.SOME: Qt.CheckState.PartiallyChecked,
    Taken.ALL: Qt.CheckState.Checked,
}
_UNBROKEN = re.compile(r"[0-9A-Za-z*_.@-]{6}(?=[0-9A-Za-z*_.@-]{2})")
_NO_PARENT = QModelIndex()


def grey() -> QColor:
    """The colour of what is passed over; words say it too."""
    return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)


def breakable(text: str) -> str:
    """Long numbers and words with places where a narrow column may break them; nothing is seen of these."""
    return _UNBROKEN.sub(lambda found: f"{found.group()}\u200b", text)


class Words:
    """A plan's rows in words, masked as the screen wants it."""

    def __init__(self, choices: Choices, masks: Masks) -> None:
        self.choices = choices
        self.masks = masks
        self._problems: dict[tuple[str, str, int], list[Problem]] = {}
        for one in choices.plan.problems:
            self._problems.setdefault((one.file, one.sheet, one.row), []).append(one)

    def problems(self, row: PlanRow) -> list[Problem]:
        """What is to be looked at in a row."""
        table = self.choices.plan.tables[row.table]
        return self._problems.get((table.file, table.sheet, row.number), [])

    def sheet(self, row: PlanRow) -> str:
        """The sheet of a row, without its file."""
        return place_of(self.choices.plan.tables[row.table], 1)

    def place(self, row: PlanRow) -> str:
        """The sheet of a row, with its file where there are several."""
        return place_of(self.choices.plan.tables[row.table], len(self.choices.plan.files))

    def value(self, key: str, value: str) -> str:
        """A value as people read it."""
        return self.masks.apply(key, shown_value(key, value))

    def pair(self, one: Difference) -> tuple[str, str]:
        """Held and new value; where masks would hide the difference, it is said."""
        old, new = self.value(one.field, one.old), self.value(one.field, one.new)
        if old == new:
            new = _("{value} (differs in the hidden digits)").format(value=new)
        return old or _("empty"), new

    def what(self, place: int) -> str:
        """What a row brings, in one line."""
        row = self.choices.row(place)
        if row.kind == NEW or self.choices.answer(place) == NEW_PERSON:
            parts = [self.value(key, value) for key, value in self.said(row) if key in _SAID_OF_NEW]
            return " · ".join(parts)
        parts = []
        for one in self.choices.differences(place, row):
            old, new = self.pair(one)
            text = f"{field_title(one.field)} {old}{ARROW}{new}"
            parts.append(
                text if self.choices.ticked(place, one) else _("{change} (not taken)").format(change=text)
            )
        if row.kind in (CHANGED, CONFLICT):
            parts += [
                _("{field}: “{text}” kept as text").format(
                    field=field_title(key), text=self.masks.apply(key, text)
                )
                for key, text in row.unread
            ]
        return "；".join(parts)

    def said(self, row: PlanRow) -> list[tuple[str, str]]:
        """Everything the row says of the person, by field."""
        if row.at < 0:
            return []
        told = self.choices.plan.understood[row.table].told
        return [(key, column[row.at]) for key, column in told.values.items() if column[row.at]]

    def why(self, place: int) -> str:
        """Why the row is what it is, and what is wrong with it."""
        row = self.choices.row(place)
        parts: list[str] = []
        if row.kind == SKIPPED:
            parts.append(_(SKIP_REASONS.get(row.reason, "")))
        elif row.kind == REJECTED:
            parts.append(_(PROBLEMS.get(row.reason, "")))
        elif row.matched_by:
            parts.append(_(MATCHED_BY.get(row.matched_by, "")))
        if self.choices.left_out(place):
            parts.insert(0, _("left out this time"))
        elif row.kind == CHANGED and self.choices.taken(place) is Taken.NOTHING:
            parts.append(_("ours is kept; not asked again until HR's value changes"))
        if row.kind == CONFLICT and self.choices.answer(place) != NOT_ANSWERED:
            words = MATCHED_BY["chosen"]
            parts.append(_(words))
        else:
            parts += [one.message for one in self.problems(row) if row.kind != REJECTED]
        return " · ".join(dict.fromkeys(part for part in parts if part))


def place_of(table: Any, files: int) -> str:
    """A table's sheet; with its file where the batch has several, or the sheet has no name."""
    name = Path(table.file).name
    if not table.sheet:
        return name
    return f"{name} · {table.sheet}" if files > 1 else str(table.sheet)


class PlanRowsModel(QAbstractTableModel):
    """Rows of the plan that the filter lets through, with a tick each."""

    ROW, SHEET, NAME, KIND, WHAT, WHY = range(6)
    HEADINGS = (N_("Row"), N_("Sheet"), N_("Name"), N_("Kind of row"), N_("What changes"), N_("Why"))
    ticked = Signal()

    def __init__(self, words: Words, parent: Any = None) -> None:
        super().__init__(parent)
        self._words = words
        self._places: Sequence[int] = range(len(words.choices.plan.rows))

    @property
    def places(self) -> Sequence[int]:
        """The rows shown, as positions in the plan."""
        return self._places

    def show(self, places: Sequence[int]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self._places = places
        self.endResetModel()

    def place_at(self, row: int) -> int:
        """The position in the plan of a line."""
        return self._places[row]

    def line_of(self, place: int) -> int:
        """The line of a row of the plan, -1 where the filter hides it."""
        try:
            return self._places.index(place)
        except ValueError:
            return -1

    def refresh(self, places: Sequence[int] | None = None) -> None:
        """Words or ticks of rows have changed (None: of any)."""
        if not self._places:
            return
        lines = [0, len(self._places) - 1]
        if places is not None:
            lines = [line for line in map(self.line_of, places) if line >= 0]
        if lines:
            self.dataChanged.emit(self.index(min(lines), 0), self.index(max(lines), self.WHY))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if (
            index.isValid()
            and index.column() == self.ROW
            and self._words.choices.can_tick(self._places[index.row()])
        ):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place, column = self._places[index.row()], index.column()
        choices = self._words.choices
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._text(place, column)
            if column == self.SHEET and role == Qt.ItemDataRole.ToolTipRole:
                return self._words.place(choices.row(place))
            return text if role == Qt.ItemDataRole.DisplayRole else (text or None)
        if role == Qt.ItemDataRole.CheckStateRole and column == self.ROW and choices.can_tick(place):
            return _CHECK[choices.taken(place)].value
        if role == Qt.ItemDataRole.ForegroundRole:
            passed = choices.can_tick(place) and choices.taken(place) is Taken.NOTHING
            return grey() if passed or choices.row(place).kind == SKIPPED else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(self.HEADINGS[column])} {self._text(place, column)}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or index.column() != self.ROW:
            return False
        place = self._places[index.row()]
        choices = self._words.choices
        if not choices.can_tick(place):
            return False
        # From a part of the fields the tick goes to none, never silently to all.
        choices.tick_row(place, choices.taken(place) is Taken.NOTHING)
        self.refresh([place])
        self.ticked.emit()
        return True

    def _text(self, place: int, column: int) -> str:
        row = self._words.choices.row(place)
        if column == self.ROW:
            return f"{row.number}"
        if column == self.SHEET:
            return self._words.sheet(row)
        if column == self.NAME:
            return row.name
        if column == self.KIND:
            return _(KINDS[row.kind])
        return self._words.what(place) if column == self.WHAT else self._words.why(place)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(self.HEADINGS[section]) if 0 <= section < len(self.HEADINGS) else None
        return None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A line of the fields of one row: `difference` where it has a tick."""

    key: str
    held: str
    told: str
    difference: Difference | None = None


class FieldsModel(QAbstractTableModel):
    """The fields of one row: held, in the file, and a tick where they differ."""

    FIELD, HELD, TOLD = range(3)
    HEADINGS = (N_("Field"), N_("Held"), N_("In the file"))
    ticked = Signal(int)

    def __init__(self, words: Words, parent: Any = None) -> None:
        super().__init__(parent)
        self._words = words
        self._place = -1
        self._lines: list[FieldLine] = []

    def show(self, place: int) -> None:
        """Shows the fields of a row of the plan; -1: none."""
        self.beginResetModel()
        self._place = place
        self._lines = self._made(place) if place >= 0 else []
        self.endResetModel()

    def _made(self, place: int) -> list[FieldLine]:
        words, choices = self._words, self._words.choices
        row = choices.row(place)
        if row.at < 0:
            return []
        lines = []
        if row.kind == CHANGED or choices.answer(place) > NEW_PERSON:
            for one in choices.differences(place, row):
                old, new = words.pair(one)
                lines.append(FieldLine(one.field, old, new, one))
        else:
            lines = [FieldLine(key, "", words.value(key, value)) for key, value in words.said(row)]
        for key, text in row.unread:
            lines.append(
                FieldLine(key, "", _("“{text}” kept as text").format(text=words.masks.apply(key, text)))
            )
        return lines

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if (
            index.isValid()
            and index.column() == self.FIELD
            and self._lines[index.row()].difference is not None
        ):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        texts = (field_title(line.key), line.held, line.told)
        if role == Qt.ItemDataRole.DisplayRole:
            return breakable(texts[column])
        if role == Qt.ItemDataRole.ToolTipRole:
            return texts[column] or None
        if role == Qt.ItemDataRole.CheckStateRole and column == self.FIELD and line.difference is not None:
            on = self._words.choices.ticked(self._place, line.difference)
            left_out = self._words.choices.left_out(self._place)
            return (Qt.CheckState.Checked if on and not left_out else Qt.CheckState.Unchecked).value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(self.HEADINGS[column])} {texts[column]}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or index.column() != self.FIELD:
            return False
        line = self._lines[index.row()]
        if line.difference is None:
            return False
        self._words.choices.tick_field(self._place, line.key, Qt.CheckState(value) == Qt.CheckState.Checked)
        # Taking one field takes a row that was left out in again, with what else was ticked in it.
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, self.TOLD))
        self.ticked.emit(self._place)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(self.HEADINGS[section]) if 0 <= section < len(self.HEADINGS) else None
        return None
