"""What a file holds, as tables: its sheets with a tick each, and the columns of a sheet with their fates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from retiree_desk.core.import_columns import CUSTOM, FIELD, IGNORED, REASONS, SourceColumn
from retiree_desk.core.imports import field_title
from retiree_desk.core.people_columns import Masks
from retiree_desk.core.retirees import GROUPS, LABELS, RETIREE_COLUMNS
from retiree_desk.i18n import N_, _
from retiree_desk.ui.dialogs.import_session import letter
from retiree_desk.ui.widgets.import_rows import grey

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
KEEP = N_("Keep as an own field")
IGNORE = N_("Ignore")
ANY_PHONE = N_("Phones (mobile or landline)")


def fate_text(column: SourceColumn) -> str:
    """What becomes of a column, in words."""
    if column.fate == IGNORED:
        return _(IGNORE)
    if column.fate == CUSTOM:
        own = _(KEEP)
        return f"{own}: {column.label}" if column.label and column.label != column.header else own
    return _target_text(column.target.field, column.target.word)


def fate_code(column: SourceColumn) -> str:
    """The fate as a mapping keeps it: a field code, custom or ignored."""
    return column.target.field if column.fate == FIELD else column.fate


def _target_text(field: str, word: str = "") -> str:
    title = _(ANY_PHONE) if field == "any_phone" else field_title(field)
    label = LABELS.get(word)
    return f"{title}: {_(label)}" if label else title


def fates() -> list[tuple[str, list[tuple[str, str]]]]:
    """All fates a column can have, by group of the registry's form: title, then code and words."""
    found: list[tuple[str, list[tuple[str, str]]]] = [("", [(CUSTOM, _(KEEP)), (IGNORED, _(IGNORE))])]
    for group in GROUPS:
        items = [
            (column.key, column.heading())
            for column in RETIREE_COLUMNS
            if column.group == group and (not column.derived or column.key == "status")
        ]
        if any(key == "mobile" for key, _words in items):
            items.insert(0, ("any_phone", _(ANY_PHONE)))
        if items:
            found.append((_(group), items))
    return found


class ColumnsModel(QAbstractTableModel):
    """The columns of one table: letter, header, values, fate, why. Editing the fate asks for a new plan."""

    LETTER, HEADER, VALUES, FATE, WHY = range(5)
    HEADINGS = (N_("Col."), N_("Header"), N_("First values"), N_("What becomes of it"), N_("Why"))
    chosen = Signal(int, str)  # column index in the sheet, fate

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[SourceColumn] = ()
        self._samples: dict[int, list[str]] = {}
        self._masks = Masks()

    def show(self, columns: Sequence[SourceColumn], samples: dict[int, list[str]], masks: Masks) -> None:
        """Shows a table's columns. The same columns with other fates keep selection and place."""
        if [each.index for each in columns] == [each.index for each in self._columns] and columns:
            self._columns, self._samples, self._masks = columns, samples, masks
            self.dataChanged.emit(self.index(0, 0), self.index(len(columns) - 1, self.WHY))
            return
        self.beginResetModel()
        self._columns, self._samples, self._masks = columns, samples, masks
        self.endResetModel()

    def column_at(self, row: int) -> SourceColumn:
        """The column of a line."""
        return self._columns[row]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return (
            flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and index.column() == self.FATE else flags
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        source, column = self._columns[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(source, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._text(source, column) or None
        if role == Qt.ItemDataRole.EditRole and column == self.FATE:
            return fate_code(source)
        if role == Qt.ItemDataRole.ForegroundRole and source.fate == IGNORED:
            return grey()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(self.HEADINGS[column])} {self._text(source, column)}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != self.FATE:
            return False
        source = self._columns[index.row()]
        if not value or value == fate_code(source):
            return False
        self.chosen.emit(source.index, str(value))
        return True

    def _text(self, source: SourceColumn, column: int) -> str:
        if column == self.LETTER:
            return letter(source.index)
        if column == self.HEADER:
            header = source.header or _("(no header)")
            return _("{header} (hidden column)").format(header=header) if source.hidden else header
        if column == self.VALUES:
            field = source.target.field
            return " · ".join(
                self._masks.apply(field, value) for value in self._samples.get(source.index, ())
            )
        if column == self.FATE:
            return fate_text(source)
        return _(REASONS.get(source.reason, ""))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(self.HEADINGS[section]) if 0 <= section < len(self.HEADINGS) else None
        return None


class FateDelegate(QStyledItemDelegate):
    """A fate is picked from a list in which typing finds; the cell shows that it opens."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        size = max(8, option.fontMetrics.height() // 2)
        area = option.rect.adjusted(option.rect.width() - size - 8, (option.rect.height() - size) // 2, -8, 0)
        area.setHeight(size)
        arrow = QStyleOptionViewItem(option)
        arrow.rect = area
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorArrowDown, arrow, painter, option.widget)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QComboBox(parent)
        box.setAccessibleName(_("What becomes of it"))
        model = QStandardItemModel(box)
        for title, items in fates():
            if title:
                heading = QStandardItem(f"— {title} —")
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                model.appendRow(heading)
            for code, words in items:
                item = QStandardItem(words)
                item.setData(code, Qt.ItemDataRole.UserRole)
                model.appendRow(item)
        box.setModel(model)
        box.setMaxVisibleItems(18)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = box.completer()
        assert completer is not None  # editable boxes have one
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # Picked is done: the plan is made anew at once, not only when the cell is left.
        box.activated.connect(lambda _place: self._done(box))
        return box

    def _done(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
        line = editor.lineEdit()
        if line is not None:
            line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        # Words that are no fate leave the column as it was.
        typed = editor.currentText().strip()
        for row in range(editor.count()):
            if editor.itemText(row) == typed and editor.itemData(row):
                model.setData(index, editor.itemData(row), Qt.ItemDataRole.EditRole)
                return

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        # The list's frame may stand over the line's edge: its text must not be cut.
        needed = max(option.rect.height(), editor.sizeHint().height())
        editor.setGeometry(option.rect.adjusted(0, -(needed - option.rect.height()) // 2, 0, 0))
        editor.resize(option.rect.width(), needed)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet of a file, or one of its tables. `table` is its place in the plan, -1 where there is none."""

    file: str
    sheet: str
    shown: str
    header: str
    rows: str
    note: str
    read: bool
    can_tick: bool
    table: int


class SheetsModel(QAbstractTableModel):
    """The sheets of all files; a tick says whether a sheet is read."""

    SHEET, HEADER, ROWS, NOTE = range(4)
    HEADINGS = (N_("Sheet"), N_("Header rows"), N_("Rows"), N_("Note"))
    ticked = Signal(str, str, bool)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._lines: list[SheetLine] = []

    def show(self, lines: list[SheetLine]) -> None:
        """Shows these sheets; the same ones with other counts keep selection and place."""
        same = [(one.file, one.sheet) for one in lines] == [(one.file, one.sheet) for one in self._lines]
        if same and lines:
            self._lines = lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, self.NOTE))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line_at(self, row: int) -> SheetLine:
        """The sheet of a line."""
        return self._lines[row]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.HEADINGS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == self.SHEET and self._lines[index.row()].can_tick:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        text = (line.shown, line.header, line.rows, line.note)[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text or None
        if role == Qt.ItemDataRole.CheckStateRole and column == self.SHEET and line.can_tick:
            return (Qt.CheckState.Checked if line.read else Qt.CheckState.Unchecked).value
        if role == Qt.ItemDataRole.ForegroundRole and not line.read:
            return grey()
        if role == Qt.ItemDataRole.TextAlignmentRole and column == self.ROWS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(self.HEADINGS[column])} {text}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or index.column() != self.SHEET:
            return False
        line = self._lines[index.row()]
        if not line.can_tick:
            return False
        self.ticked.emit(line.file, line.sheet, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(self.HEADINGS[section]) if 0 <= section < len(self.HEADINGS) else None
        return None
