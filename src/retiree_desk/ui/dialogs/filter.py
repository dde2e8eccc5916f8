"""Narrowing the list: category, age, labels, all at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.retirees import CATEGORIES, LABELS
from retiree_desk.i18n import _
from retiree_desk.services.people_list import PeopleFilter

_OLDEST = 130
_COLUMNS = 3


class FilterDialog(QDialog):
    """`applied` the filter as ticked; find text, unit and status stay as they were."""

    applied = Signal(object)

    def __init__(self, wanted: PeopleFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Filter the list"))
        self._wanted = wanted
        self.age_from, self.age_to = _age_box(wanted.age_from), _age_box(wanted.age_to)
        self.age_from.setAccessibleName(_("Age from"))
        self.age_to.setAccessibleName(_("Age to"))
        ages = QHBoxLayout()
        ages.addWidget(QLabel(_("from (age)")))
        ages.addWidget(self.age_from)
        ages.addWidget(QLabel(_("to (age)")))
        ages.addWidget(self.age_to)
        ages.addSpacing(16)
        for low in (60, 70, 80, 90):
            band = QPushButton(_("{age} and above").format(age=low))
            band.setAutoDefault(False)
            band.clicked.connect(lambda _checked, low=low: self._band(low))
            ages.addWidget(band)
        ages.addStretch(1)
        self.categories = {code: QCheckBox(_(word)) for code, word in CATEGORIES.items()}
        self.labels = {code: QCheckBox(_(word)) for code, word in LABELS.items()}
        for code in wanted.categories:
            self.categories[code].setChecked(True)
        for code in wanted.labels:
            self.labels[code].setChecked(True)
        inside = QWidget()
        form = QVBoxLayout(inside)
        form.setSpacing(8)
        form.addWidget(_section(_("Age (full)")))
        form.addLayout(ages)
        form.addWidget(_section(_("Category")))
        form.addLayout(_ticks(list(self.categories.values())))
        form.addWidget(_section(_("Labels (any of these)")))
        form.addLayout(_ticks(list(self.labels.values())))
        form.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        self.apply_button = QPushButton(_("Filter"))
        self.apply_button.setProperty("primary", True)
        self.apply_button.setDefault(True)
        clear, close = QPushButton(_("Clear all")), QPushButton(_("Close"))
        row = QHBoxLayout()
        row.addWidget(clear)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.apply_button)
        box = QVBoxLayout(self)
        box.addWidget(area, 1)
        box.addLayout(row)
        clear.clicked.connect(self.clear)
        close.clicked.connect(self.reject)
        self.apply_button.clicked.connect(self._apply)
        wanted_size = inside.sizeHint()
        self.resize(min(wanted_size.width() + 64, 1100), min(wanted_size.height() + 110, 680))

    def _band(self, low: int) -> None:
        self.age_from.setValue(low)
        self.age_to.setValue(self.age_to.minimum())

    def clear(self) -> None:
        """Nothing ticked, no ages."""
        for tick in (*self.categories.values(), *self.labels.values()):
            tick.setChecked(False)
        for box in (self.age_from, self.age_to):
            box.setValue(box.minimum())

    def _apply(self) -> None:
        low, high = (box.value() if box.value() >= 0 else None for box in (self.age_from, self.age_to))
        if low is not None and high is not None and low > high:
            low, high = high, low
        self.applied.emit(
            PeopleFilter(
                text=self._wanted.text,
                unit=self._wanted.unit,
                status=self._wanted.status,
                categories=tuple(code for code, tick in self.categories.items() if tick.isChecked()),
                age_from=low,
                age_to=high,
                labels=tuple(code for code, tick in self.labels.items() if tick.isChecked()),
            )
        )
        self.accept()


def _age_box(value: int | None) -> QSpinBox:
    box = QSpinBox()
    box.setRange(-1, _OLDEST)
    box.setSpecialValueText(_("any"))
    box.setValue(-1 if value is None else value)
    return box


def _section(title: str) -> QLabel:
    label = QLabel(title)
    label.setIndent(0)
    label.setProperty("role", "section")
    return label


def _ticks(boxes: list[QCheckBox]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    for place, box in enumerate(boxes):
        grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
    return grid
