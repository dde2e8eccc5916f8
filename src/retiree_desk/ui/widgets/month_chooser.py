"""A month with one step back and one forward."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from retiree_desk.core.visit_periods import Month
from retiree_desk.i18n import _


class MonthChooser(QWidget):
    """`changed` with the month chosen."""

    changed = Signal(object)

    def __init__(self, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = month
        self.before = QToolButton()
        self.before.setText("‹")
        self.before.setProperty("step", True)
        self.before.setAccessibleName(_("Month before"))
        self.before.setToolTip(_("Month before"))
        self.after = QToolButton()
        self.after.setText("›")
        self.after.setProperty("step", True)
        self.after.setAccessibleName(_("Month after"))
        self.after.setToolTip(_("Month after"))
        self.label = QLabel()
        self.label.setProperty("role", "month")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.before, self.label, self.after):
            row.addWidget(widget)
        self.before.clicked.connect(lambda: self.set_month(self._month.plus(-1)))
        self.after.clicked.connect(lambda: self.set_month(self._month.plus(1)))
        self._show()

    @property
    def month(self) -> Month:
        """The month chosen."""
        return self._month

    def set_month(self, month: Month) -> None:
        """Chooses a month."""
        if month != self._month:
            self._month = month
            self._show()
            self.changed.emit(month)

    def _show(self) -> None:
        self.label.setText(_("{year}-{month:02d}").format(year=self._month.year, month=self._month.month))
