"""The fields of a person in the groups of the official form, each checked as it is typed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from retiree_desk.core.columns import Column, Kind
from retiree_desk.core.errors import UserError
from retiree_desk.core.identity import read_id_number
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.people_columns import Masks
from retiree_desk.core.retirees import COLUMN_BY_KEY, GROUPS, RETIREE_COLUMNS, SEXES, UNIT_FIELDS
from retiree_desk.core.values import typed_value
from retiree_desk.i18n import N_, _
from retiree_desk.services.units import RESIDENCE_KIND_OF_FIELD, TREE_OF_FIELD, UnitTrees
from retiree_desk.ui.widgets.field_edits import FieldEdit, make_field

_COLUMNS = 3
_WIDE = {"home_address": 2, "hukou_address": 2, "former_unit": 2, "visit_notes": 2, "remark": 3, "labels": 3}
OWN_GROUP = N_("The office's own fields")
CHANGES_GROUP = N_("Changes of this record")

_ID_STATES = {
    "check_digit": N_("The check digit does not fit; the number is kept as typed."),
    "malformed": N_("This is no ID number of 18 or 15 digits; it is kept as typed."),
    "damaged": N_("The last digits were lost in a spreadsheet; it is kept until the right one is known."),
    "masked": N_("The middle of the number is hidden; type the whole number."),
}


class FieldRow(QWidget):
    """Title, editor, and below it what is wrong (a problem) and what is worth knowing (a note)."""

    def __init__(self, column: Column, edit: FieldEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = column
        self.edit = edit
        title = QLabel(column.heading())
        title.setProperty("role", "hint")
        title.setBuddy(edit)
        edit.setAccessibleName(column.heading())
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.note = QLabel()
        self.note.setProperty("role", "hint")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(title)
        box.addWidget(edit)
        for label in (self.problem, self.note):
            label.setWordWrap(True)
            label.hide()
            box.addWidget(label)
        box.addStretch(1)

    def tell_problem(self, words: str) -> None:
        """A sentence beside the field; '' takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def tell_note(self, words: str) -> None:
        """Something worth knowing; '' takes it away."""
        self.note.setText(words)
        self.note.setVisible(bool(words))


class PersonForm(QScrollArea):
    """All fields. `edited` after each change by hand."""

    edited = Signal()
    section_seen = Signal(str)

    def __init__(self, trees: UnitTrees, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._start: dict[str, str] = {}
        self._unread: Mapping[str, str] = {}
        self.rows: dict[str, FieldRow] = {}
        self.sections: dict[str, QLabel] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(0, 0, 16, 8)
        self._box.setSpacing(8)
        for group in GROUPS:
            self._add_group(group, trees)
        self.own = QLabel()
        self.own.setWordWrap(True)
        self.own.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._add_section(OWN_GROUP, self.own)
        self.changes = QLabel()
        self.changes.setWordWrap(True)
        self.changes.setTextFormat(Qt.TextFormat.RichText)
        self.changes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._add_section(CHANGES_GROUP, self.changes)
        self._box.addStretch(1)
        self.setWidget(inside)
        self.verticalScrollBar().valueChanged.connect(self._tell_section)

    # Building

    def _add_section(self, group: str, widget: QWidget) -> None:
        title = QLabel(_(group))
        title.setIndent(0)
        title.setProperty("role", "section")
        self.sections[group] = title
        self._box.addWidget(title)
        self._box.addWidget(widget)

    def _add_group(self, group: str, trees: UnitTrees) -> None:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        row = place = 0
        for column in RETIREE_COLUMNS:
            if column.group != group or column.derived:
                continue
            edit = make_field(column, unit_names(trees, column.key) if column.key in UNIT_FIELDS else ())
            field = FieldRow(column, edit)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.rows[column.key] = field
            width = _WIDE.get(column.key, 1)
            if place + width > _COLUMNS:
                row, place = row + 1, 0
            grid.addWidget(field, row, place, 1, width)
            place += width
            edit.edited.connect(lambda key=column.key: self._edited(key))
            edit.left.connect(lambda key=column.key: self._left(key))
        for number in range(_COLUMNS):
            grid.setColumnStretch(number, 1)
        self._add_section(group, block)

    # Values

    def show_values(
        self, values: Mapping[str, str], unread: Mapping[str, str], custom: Sequence[tuple[str, str]]
    ) -> None:
        """Shows stored values, texts that were not understood, and the office's own fields."""
        self._unread = unread
        for key, row in self.rows.items():
            row.edit.put(values.get(key, ""))
            row.tell_problem("")
            row.tell_note(_unread_note(unread.get(key, "")))
        self._start = self.typed()
        self.own.setText("\n".join(f"{name}:  {text}" for name, text in custom))
        for widget in (self.own, self.sections[OWN_GROUP]):
            widget.setVisible(bool(custom))
        self._compare_id(fill=False)

    def typed(self) -> dict[str, str]:
        """What stands in every field."""
        return {key: row.edit.typed() for key, row in self.rows.items()}

    def changed(self) -> dict[str, str]:
        """What was changed by hand, as typed."""
        return {key: text for key, text in self.typed().items() if text != self._start.get(key, "")}

    def put(self, texts: Mapping[str, str]) -> None:
        """Puts typed texts into fields, as if they were typed (a draft)."""
        for key, text in texts.items():
            if key in self.rows:
                self.rows[key].edit.put(text)
                self._check(key)
        self._compare_id(fill=False)
        self.edited.emit()

    def values(self) -> dict[str, str] | None:
        """The changed fields in their stored form; None where one of them cannot be understood."""
        found: dict[str, str] = {}
        wrong: list[str] = []
        for key in self.changed():
            text = self._check(key)
            if text is None:
                wrong.append(key)
            else:
                found[key] = text
        if wrong:
            self.go_to(wrong[0])
            return None
        return found

    def problems(self) -> Iterable[str]:
        """The sentences that stand beside fields."""
        return [row.problem.text() for row in self.rows.values() if row.problem.text()]

    def tell_problem(self, key: str, words: str) -> None:
        """A sentence beside a field, which is brought into sight."""
        self.rows[key].tell_problem(words)
        self.go_to(key)

    def go_to(self, key: str) -> None:
        """Puts the caret into a field."""
        row = self.rows[key]
        row.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(row)

    def _tell_section(self, top: int) -> None:
        above = [
            group for group, title in self.sections.items() if title.y() <= top + 24 and title.isVisible()
        ]
        if above:
            self.section_seen.emit(above[-1])

    def go_to_section(self, group: str) -> None:
        """Brings a group to the top."""
        self.verticalScrollBar().setValue(self.sections[group].y())

    def set_masks(self, masks: Masks) -> None:
        """What the screen hides now."""
        for row in self.rows.values():
            row.edit.set_masks(masks)

    # Checking

    def _edited(self, key: str) -> None:
        row = self.rows[key]
        if row.problem.text():
            self._check(key)
        if key in ("id_number", "birth", "sex"):
            self._compare_id(fill=key == "id_number")
        self.edited.emit()

    def _left(self, key: str) -> None:
        if self.rows[key].edit.typed() == self._start.get(key, ""):
            if key != "id_number":
                self.rows[key].tell_problem("")
            return
        stored = self._check(key)
        if stored is not None and COLUMN_BY_KEY[key].kind is Kind.DATE:
            self.rows[key].edit.put(stored)

    def _check(self, key: str) -> str | None:
        """The stored form of a field; None and the sentence beside it where there is none."""
        row = self.rows[key]
        try:
            stored = typed_value(row.column, row.edit.typed(), self._today)
        except UserError as error:
            row.tell_problem(error.message)
            return None
        row.tell_problem("")
        return stored

    def _compare_id(self, *, fill: bool) -> None:
        """Fills birth date and sex from a valid ID number where they are empty; says where they differ."""
        number, birth, sex = (self.rows[key] for key in ("id_number", "birth", "sex"))
        reading = read_id_number(number.edit.typed())
        known = [_unread_note(self._unread.get("id_number", ""))]
        known += [_(_ID_STATES[reading.state])] if reading.state in _ID_STATES else []
        number.tell_note(" ".join(part for part in known if part))
        notes = {"birth": "", "sex": ""}
        if reading.valid and reading.birth is not None:
            if fill and not birth.edit.typed():
                birth.edit.put(str(reading.birth))
                notes["birth"] = _("Filled in from the ID number.")
            elif _differs(birth.edit.typed(), reading.birth):
                notes["birth"] = _("The ID number says {date}.").format(date=reading.birth)
            if fill and reading.sex and not sex.edit.typed():
                sex.edit.put(reading.sex)
                notes["sex"] = _("Filled in from the ID number.")
            elif reading.sex and sex.edit.typed() not in ("", reading.sex):
                notes["sex"] = _("The ID number says {sex}.").format(sex=_(SEXES[reading.sex]))
        for key, words in notes.items():
            parts = (_unread_note(self._unread.get(key, "")), words)
            self.rows[key].tell_note(" ".join(part for part in parts if part))


def _differs(text: str, birth: PartialDate) -> bool:
    try:
        there = PartialDate.parse(text)
    except ValueError:
        return False  # being typed, or not understood: its own sentence stands there
    return not there.covers(birth.first())


def _unread_note(text: str) -> str:
    return _("The workbook said “{text}”, which was not understood.").format(text=text) if text else ""


def unit_names(trees: UnitTrees, key: str) -> list[str]:
    """The names a unit field offers, in tree order, each once."""
    tree = TREE_OF_FIELD.get(key, "RESIDENCE")
    kind = RESIDENCE_KIND_OF_FIELD.get(key)
    ordered = sorted(trees.order, key=lambda number: trees.order[number])
    found = (trees.by_id[number] for number in ordered)
    return list(
        dict.fromkeys(
            one.name
            for one in found
            if one.tree == tree and not one.builtin and (kind is None or one.kind == kind)
        )
    )
