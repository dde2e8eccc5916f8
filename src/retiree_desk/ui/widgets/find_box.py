"""The find box: asks as one types, once the typing pauses and the input method has committed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from retiree_desk.i18n import _
from retiree_desk.ui import theme

_PAUSE_MS = 120


class FindBox(QLineEdit):
    """`asked` the text to find; `entered` Enter on it; `left` the arrow down, into the list.

    Text that an input method is still composing is not in `text()`, so that no half pinyin is asked
    for, and the Enter that commits it never reaches this widget (DESK rank 1).
    """

    asked = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Find: name, pinyin, initials, number, phone, address, family"))
        self.setAccessibleName(_("Find people"))
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self._last = ""
        self.textChanged.connect(lambda: self._timer.start())

    def _ask(self) -> None:
        self._timer.stop()
        text = " ".join(self.text().split())
        if text != self._last:
            self._last = text
            self.asked.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._ask()
        elif event.key() == Qt.Key.Key_Down:
            self._ask()
            self.left.emit()
        else:
            super().keyPressEvent(event)
