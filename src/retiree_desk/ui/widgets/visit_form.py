"""The fields of one visit, for typing without the mouse: on the sheet's line and in the dialog."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from retiree_desk.core.dates import read_date
from retiree_desk.core.visits import (
    CONDITION_KEYS,
    RESULTS,
    WAYS,
    condition_name,
    normalise,
    result_name,
    way_name,
)
from retiree_desk.i18n import _
from retiree_desk.ui.widgets.key_choice import KeyChoice


@dataclass(frozen=True)
class Typed:
    """What stands in the fields. Codes, days read; `problem` says in words what cannot be read."""

    on: date
    way: str
    result: str
    condition: str = ""
    words: str = ""
    request: str = ""
    next_on: date | None = None
    place: str = ""
    until: date | None = None
    problem: str = ""


class VisitForm(QWidget):
    """`finished` when Enter is pressed in any field. Way and result are typed with one key each."""

    finished = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.day = QLineEdit(today.isoformat())
        self.way = KeyChoice((way.key, way.code, way_name(way.code)) for way in WAYS.values())
        self.result = KeyChoice((one.key, one.code, result_name(one.code)) for one in RESULTS.values())
        self.condition = KeyChoice((key, code, condition_name(code)) for key, code in CONDITION_KEYS.items())
        self.words = QLineEdit()
        self.request = QLineEdit()
        self.request.setPlaceholderText(_("for example: housing: stair light"))
        self.next_on = QLineEdit()
        self.next_on.setPlaceholderText(_("as the rules say"))
        self.place = QLineEdit()
        self.place.setPlaceholderText(_("place and phone there"))
        self.until = QLineEdit()
        self._titles: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._put(self.day, _("Visit date"), 0, 0, 1)
        self._put(self.way, _("Way"), 0, 1, 1)
        self._put(self.result, _("Result"), 0, 2, 1)
        self._put(self.condition, _("Condition found"), 0, 3, 1)
        self._put(self.next_on, _("Next visit"), 0, 4, 1)
        self._put(self.words, _("Found and said"), 1, 0, 3)
        self._put(self.request, _("Request"), 1, 3, 2)
        self._put(self.place, _("Where now"), 2, 0, 3)
        self._put(self.until, _("Until"), 2, 3, 2)
        for column, stretch in enumerate((2, 3, 3, 3, 2)):
            self._grid.setColumnStretch(column, stretch)
        self.way.typed.connect(self.result.setFocus)
        self.result.typed.connect(self.condition.setFocus)
        self.condition.typed.connect(self.words.setFocus)
        self.result.currentIndexChanged.connect(lambda _index: self._result_chosen())
        self._result_chosen()

    def _put(self, field: QWidget, title: str, row: int, column: int, wide: int) -> None:
        label = QLabel(title)
        label.setProperty("role", "hint")
        label.setBuddy(field)
        field.setAccessibleName(title)
        self._titles[field] = label
        self._grid.addWidget(label, row * 2, column, 1, wide)
        self._grid.addWidget(field, row * 2 + 1, column, 1, wide)

    def _result_chosen(self) -> None:
        """A result may set the way (电话联系上), and asks where somebody is who is away."""
        result = self.result.code
        sets = RESULTS[result].way if result else ""
        if sets:
            self.way.choose(sets)
        elif result == "NO_ANSWER":
            self.way.choose("PHONE")
        for field in (self.place, self.until):
            field.setVisible(result == "AWAY")
            self._titles[field].setVisible(result == "AWAY")

    def clear(self, *, way: str = "HOME") -> None:
        """Empties everything but the day, which is the same for most lines of a sheet."""
        self.way.choose(way)
        self.result.choose("")
        self.condition.choose("")
        for field in (self.words, self.request, self.next_on, self.place, self.until):
            field.clear()

    def same_as(self, other: Typed) -> None:
        """Takes what was typed before, for people visited at one door."""
        self.day.setText(other.on.isoformat())
        self.way.choose(other.way)
        self.result.choose(other.result)
        self.condition.choose(other.condition)
        self.words.setText(other.words)

    def typed(self) -> Typed:
        """The fields as read; the first that cannot be read is named."""
        on, problem = self._day(self.day.text(), _("Visit date"))
        next_on, next_problem = self._day(self.next_on.text(), _("Next visit"), later=True)
        until, until_problem = self._day(self.until.text(), _("Until"), later=True)
        if not self.day.text().strip():
            problem = _("The day of the visit is missing.")
        way, result = self.way.code, self.result.code
        if result:
            way, result = normalise(way, result)
        return Typed(
            on or self._today,
            way,
            result,
            self.condition.code,
            self.words.text().strip(),
            self.request.text().strip(),
            next_on,
            self.place.text().strip(),
            until,
            problem or next_problem or until_problem,
        )

    def _day(self, text: str, title: str, *, later: bool = False) -> tuple[date | None, str]:
        """A day; with only month and day, the last such day up to today, or the next one."""
        text = text.strip()
        if not text:
            return None, ""
        parts = text.replace("月", "-").replace("日", "").replace(".", "-").replace("/", "-").split("-")
        try:
            if len(parts) == 2 and all(part.strip().isdecimal() for part in parts):
                day = date(self._today.year, int(parts[0]), int(parts[1]))
                if later and day <= self._today:
                    day = day.replace(year=day.year + 1)
                elif not later and day > self._today:
                    day = day.replace(year=day.year - 1)
                return day, ""
            value = read_date(text, use="any", today=self._today).value
            if value is not None and value.day:
                return value.first(), ""
        except ValueError:
            pass  # 2-30 and the like: no such day, said below
        return None, _("{field}: “{value}” is no day.").format(field=title, value=text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)
