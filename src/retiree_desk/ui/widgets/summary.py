"""The chosen person at a glance, beside the list: enough to dial and to answer the door."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from retiree_desk.core.people_columns import Masks, age_text, door_text
from retiree_desk.core.retirees import COLUMN_BY_KEY, Retiree
from retiree_desk.i18n import _
from retiree_desk.ui import theme

# Below the name, in this order; what is empty is left out.
_LINES = [
    "mobile",
    "phone",
    "other_phones",
    "phone_owner",
    "home_address",
    "party_branch",
    "admin_group",
    "labels",
    "health",
    "living",
    "ability",
    "whereabouts",
    "contact_person",
    "visit_notes",
    "spouse_name",
    "emergency_contact",
    "emergency_phone",
    "last_visit",
    "remark",
]


class Summary(QFrame):
    """`open_asked` and `visit_asked` with the id of the person shown."""

    open_asked = Signal(int)
    visit_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person_id: int | None = None
        self.name = QLabel()
        self.name.setProperty("role", "title")
        self.name.setWordWrap(True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.lines = QLabel()
        self.lines.setWordWrap(True)
        self.lines.setTextFormat(Qt.TextFormat.RichText)
        self.lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hint = QLabel(_("Choose a person in the list to see phones, address and notes here."))
        self.hint.setProperty("role", "hint")
        self.hint.setWordWrap(True)
        self.open_button = QPushButton(theme.icon("user-edit"), _("Open"))
        self.visit_button = QPushButton(theme.icon("walk"), _("Enter a visit"))
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 8, 12, 8)
        box.setSpacing(8)
        for widget in (self.hint, self.name, self.facts, self.place, self.lines):
            box.addWidget(widget)
        box.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area, 1)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(16, 0, 12, 0)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.visit_button)
        outer.addLayout(buttons)
        self.open_button.clicked.connect(lambda: self._tell(self.open_asked))
        self.visit_button.clicked.connect(lambda: self._tell(self.visit_asked))
        self.show_person(None, date.min, Masks())

    def _tell(self, signal: object) -> None:
        if self._person_id is not None:
            signal.emit(self._person_id)  # type: ignore[attr-defined]

    def show_person(self, person: Retiree | None, today: date, masks: Masks) -> None:
        """Shows a person, or the hint where none is chosen."""
        self._person_id = int(person.id) if person else None
        self.hint.setVisible(person is None)
        for widget in (self.name, self.facts, self.place, self.lines, self.open_button):
            widget.setVisible(person is not None)
        self.visit_button.setVisible(person is not None and person.is_living)
        if person is None:
            return
        self.name.setText(person.name)
        age = age_text(person, today)
        facts = [
            COLUMN_BY_KEY["sex"].show(person["sex"]),
            _("{age} years").format(age=age) if age else "",
            COLUMN_BY_KEY["category"].show(person["category"]),
        ]
        if person["status"] != "ON_REGISTER":
            word = COLUMN_BY_KEY["status"].show(person["status"])
            facts.append(f"{word} {person['died_on']}".strip())
        self.facts.setText(" · ".join(part for part in facts if part))
        place = door_text(person)
        self.place.setText(masks.apply("place", place))
        self.place.setVisible(bool(place))
        self.lines.setText("".join(self._line(person, key, place, masks) for key in _LINES) + _unread(person))

    def _line(self, person: Retiree, key: str, place: str, masks: Masks) -> str:
        column = COLUMN_BY_KEY.get(key)
        text = person[key] if column is None else column.show(person[key])
        if not text or (key == "home_address" and text == place):
            return ""
        title = column.heading(narrow=True) if column else _("Last visit")
        large = ' style="font-size:large"' if key in ("mobile", "phone") else ""
        return _row(title, masks.apply(key, text), large)


def _row(title: str, text: str, style: str = "") -> str:
    from html import escape

    grey = theme.hint_color()
    return (
        f'<p style="margin:0 0 8px 0"><span style="color:{grey};font-size:small">{escape(title)}</span>'
        f"<br><span{style}>{escape(text)}</span></p>"
    )


def _unread(person: Retiree) -> str:
    lines = []
    for key, text in person.unread.items():
        column = COLUMN_BY_KEY.get(key)
        lines.append(
            _row(_("{field}, not understood").format(field=column.heading() if column else key), text)
        )
    return "".join(lines)
