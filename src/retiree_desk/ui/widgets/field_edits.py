"""Editors for the fields of a person, one for each kind of column, with one way of asking them.

`typed()` is the text as `core.values.typed_value` reads it, `put(stored)` shows a stored value.
`edited` tells that a person changed it, `left` that the caret went elsewhere.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QGridLayout, QLineEdit, QWidget

from retiree_desk.core.columns import Column, Kind
from retiree_desk.core.people_columns import Masks
from retiree_desk.core.retirees import STATE_DEFAULTS

_DATE_HINT = "1955-03-12 / 1955-03 / 1955"
_LABEL_COLUMNS = 3


class LineField(QLineEdit):
    """Text, codes and dates. A masked field shows its number in the middle hidden until one is in it;
    where privacy hides it, not even then."""

    edited = Signal()
    left = Signal()

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column
        self._value = ""
        self._masks = Masks(numbers=True)
        if column.kind is Kind.DATE:
            self.setPlaceholderText(_DATE_HINT)
        if column.key == "celebrated_birthday":
            self.setPlaceholderText("08-15 / L08-15")
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self.left)

    def typed(self) -> str:
        return self._value

    def put(self, stored: str) -> None:
        self._value = stored
        self._show()

    def set_masks(self, masks: Masks) -> None:
        """What the screen hides now."""
        self._masks = masks
        self.setReadOnly(masks.privacy and masks.hides(self._column.key))
        self._show()

    def _show(self) -> None:
        hidden = self._masks.hides(self._column.key) and (not self.hasFocus() or self.isReadOnly())
        self.setText(self._masks.apply(self._column.key, self._value) if hidden else self._value)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def _typed(self, text: str) -> None:
        self._value = text
        self.edited.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # Qt's names
        super().focusInEvent(event)
        if self._masks.hides(self._column.key):
            self._show()
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show()


class _CalmCombo(QComboBox):
    """A combo box that the wheel does not change while the page is scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:  # Qt's name
        event.ignore()


class ChoiceField(_CalmCombo):
    """One of the choices of a column; empty is one of them unless the field is never empty."""

    edited = Signal()
    left = Signal()

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if column.key not in STATE_DEFAULTS:
            self.addItem("", "")
        for code in column.choices:
            self.addItem(column.show(code), code)
        self.activated.connect(self._chosen)

    def _chosen(self) -> None:
        self.edited.emit()
        self.left.emit()

    def typed(self) -> str:
        return str(self.currentData() or "")

    def put(self, stored: str) -> None:
        place = self.findData(stored)
        if place < 0 and stored:
            # A code that this version does not know is kept as it is.
            self.addItem(stored, stored)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def set_masks(self, masks: Masks) -> None:
        """Choices are never masked."""


class UnitField(_CalmCombo):
    """The name of a unit, chosen or typed anew."""

    edited = Signal()
    left = Signal()

    def __init__(self, column: Column, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = column
        self._value = ""
        self._masks = Masks(numbers=True)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItem("")
        self.addItems(list(names))
        completer = QCompleter(list(names), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setCompleter(completer)
        self._line.textEdited.connect(self._typed)
        self._line.editingFinished.connect(self.left)
        self.textActivated.connect(self._chosen)
        completer.activated.connect(self._chosen)

    def _typed(self, text: str) -> None:
        self._value = text
        self.edited.emit()

    def _chosen(self, text: str) -> None:
        self._typed(text)
        self.left.emit()

    def typed(self) -> str:
        return self._value

    def put(self, stored: str) -> None:
        self._value = stored
        self._show()

    def set_masks(self, masks: Masks) -> None:
        """What the screen hides now."""
        self._masks = masks
        self.setEnabled(not masks.hides(self._column.key))
        self._show()

    def _show(self) -> None:
        self.setEditText(self._masks.apply(self._column.key, self._value))
        self._line.setCursorPosition(0)


class LabelsField(QWidget):
    """Labels as ticks."""

    edited = Signal()
    left = Signal()

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        self.ticks = {code: QCheckBox(column.show(code)) for code in column.choices}
        self._unknown: list[str] = []
        for place, tick in enumerate(self.ticks.values()):
            grid.addWidget(tick, place // _LABEL_COLUMNS, place % _LABEL_COLUMNS)
            tick.clicked.connect(self._ticked)
        self.setFocusProxy(next(iter(self.ticks.values())))

    def _ticked(self) -> None:
        self.edited.emit()
        self.left.emit()

    def typed(self) -> str:
        codes = [code for code, tick in self.ticks.items() if tick.isChecked()]
        return ",".join([*codes, *self._unknown])

    def put(self, stored: str) -> None:
        codes = [code for code in stored.split(",") if code]
        self._unknown = [code for code in codes if code not in self.ticks]
        for code, tick in self.ticks.items():
            tick.setChecked(code in codes)

    def set_masks(self, masks: Masks) -> None:
        """Labels are never masked."""


FieldEdit = LineField | ChoiceField | UnitField | LabelsField


def make_field(column: Column, units: Sequence[str] = ()) -> FieldEdit:
    """The editor of a column; `units` are the names a unit field offers."""
    if column.kind is Kind.CHOICE:
        return ChoiceField(column)
    if column.kind is Kind.LABELS:
        return LabelsField(column)
    if column.kind is Kind.UNIT:
        return UnitField(column, units)
    return LineField(column)
