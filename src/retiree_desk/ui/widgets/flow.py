"""Buttons in a row that go on in the next line where the window is narrow or the type large."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays its widgets out like words of a text."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # Qt's name
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay(area, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, area: QRect, *, move: bool) -> int:
        top, line, left = area.y(), list[QLayoutItem](), area.x()
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            width = item.sizeHint().width()
            if line and left + width > area.x() + area.width():
                top += self._set(line, area.x(), top, move=move) + self._gap
                line, left = [], area.x()
            line.append(item)
            left += width + self._gap
        return top + self._set(line, area.x(), top, move=move) - area.y()

    def _set(self, line: list[QLayoutItem], left: int, top: int, *, move: bool) -> int:
        """One line, its widgets on one middle; returns its height."""
        tall = max((item.sizeHint().height() for item in line), default=0)
        for item in line if move else ():
            size = item.sizeHint()
            item.setGeometry(QRect(QPoint(left, top + (tall - size.height()) // 2), size))
            left += size.width() + self._gap
        return tall
