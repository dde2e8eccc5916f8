"""A choice of few words, each with a key of its own: typed blind, one key a field."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget


class KeyChoice(QComboBox):
    """`typed` after a key chose a word (the caret may move on); the first entry is empty."""

    typed = Signal()

    def __init__(self, words: Iterable[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`words`: key, code and word of each."""
        super().__init__(parent)
        self.addItem("", "")
        self._keys: dict[str, int] = {}
        for key, code, word in words:
            self._keys[key] = self.count()
            self.addItem(f"{key} {word}", code)

    @property
    def code(self) -> str:
        """The code chosen; '' where none is."""
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Chooses a code; one that is not there empties the field."""
        self.setCurrentIndex(max(0, self.findData(code)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's name
        place = self._keys.get(event.text())
        if place is not None:
            self.setCurrentIndex(place)
            self.typed.emit()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.setCurrentIndex(0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the form takes Enter
        else:
            super().keyPressEvent(event)
