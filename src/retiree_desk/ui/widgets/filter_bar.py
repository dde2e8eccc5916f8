"""What narrows the list now: the status, a chip for every filter, and how many people that leaves."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from retiree_desk.core.retirees import CATEGORIES, LABELS
from retiree_desk.i18n import N_, _
from retiree_desk.services.people_list import PeopleFilter
from retiree_desk.ui import theme
from retiree_desk.ui.widgets.flow import FlowLayout

_STATUS = {
    "REGISTER": N_("On the register"),
    "ALL": N_("All records"),
    "DECEASED": N_("Deceased"),
}


class FilterBar(QWidget):
    """`changed` the filter; `more_asked` the dialog with all of them; `columns_asked` the columns."""

    changed = Signal(object)
    more_asked = Signal()
    columns_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = PeopleFilter()
        self._unit_name = ""
        self.status = QComboBox()
        self.status.setAccessibleName(_("Status"))
        for code, word in _STATUS.items():
            self.status.addItem(_(word), code)
        self.more = QPushButton(theme.icon("filter"), _("Filter …"))
        self.columns = QPushButton(theme.icon("columns-3"), _("Columns"))
        self.told = QLabel()
        self.told.setProperty("role", "hint")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.status)
        row.addWidget(self.more)
        row.addWidget(self._chips, 1)
        row.addWidget(self.told)
        row.addWidget(self.columns)
        self.status.activated.connect(self._status_chosen)
        self.more.clicked.connect(self.more_asked)
        self.columns.clicked.connect(self.columns_asked)

    def add_at_end(self, widget: QWidget) -> None:
        """One more thing at the right end."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)

    def show_filter(self, wanted: PeopleFilter, unit_name: str = "") -> None:
        """Shows a filter; `unit_name` is the name of its unit."""
        self._wanted, self._unit_name = wanted, unit_name
        self.status.setCurrentIndex(max(0, self.status.findData(wanted.status)))
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for words, without in self._parts():
            self._chip(words, without)
        self._chips.updateGeometry()

    def _parts(self) -> list[tuple[str, PeopleFilter]]:
        now = self._wanted
        parts: list[tuple[str, PeopleFilter]] = []
        if now.unit is not None:
            parts.append((self._unit_name, replace(now, unit=None)))
        if now.age_from is not None or now.age_to is not None:
            parts.append((_age_words(now.age_from, now.age_to), replace(now, age_from=None, age_to=None)))
        for code in now.categories:
            left = tuple(one for one in now.categories if one != code)
            parts.append((_(CATEGORIES[code]), replace(now, categories=left)))
        for code in now.labels:
            left = tuple(one for one in now.labels if one != code)
            parts.append((_(LABELS[code]), replace(now, labels=left)))
        return parts

    def chips(self) -> list[QToolButton]:
        """The chips shown, from left to right."""
        found = (self._flow.itemAt(place) for place in range(self._flow.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget for widget in widgets if isinstance(widget, QToolButton)]

    def _chip(self, words: str, without: PeopleFilter) -> None:
        chip = QToolButton()
        chip.setText(words)
        chip.setIcon(theme.icon("x"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setProperty("chip", True)
        chip.setToolTip(_("Click to take this filter away"))
        chip.setAccessibleName(_("Filter {words}: take away").format(words=words))
        chip.clicked.connect(lambda: self.changed.emit(without))
        self._flow.addWidget(chip)
        chip.show()

    def _status_chosen(self) -> None:
        self.changed.emit(replace(self._wanted, status=str(self.status.currentData())))


def _age_words(low: int | None, high: int | None) -> str:
    if high is None:
        return _("{age} and above").format(age=low)
    if low is None:
        return _("{age} and below").format(age=high)
    return _("{low} to {high} years").format(low=low, high=high)
