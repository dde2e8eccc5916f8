"""One person's record: every field by the groups of the official form, and its changes."""

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.errors import UserError
from retiree_desk.core.people_columns import Masks, age_text
from retiree_desk.core.retirees import COLUMN_BY_KEY, STATE_DEFAULTS, Retiree
from retiree_desk.i18n import _
from retiree_desk.services.drafts import Drafts
from retiree_desk.services.people_list import PeopleList
from retiree_desk.services.person_changes import PersonChange, changes_of
from retiree_desk.settings import PRIVACY
from retiree_desk.ui import ask, theme
from retiree_desk.ui.context import Context
from retiree_desk.ui.widgets.person_form import OWN_GROUP, PersonForm

_DRAFT_MS = 1500  # kept at most two seconds after the first key not yet kept (DESK rank 12)

Neighbour = Callable[[int, int], int | None]


class PersonDialog(QDialog):
    """Shows and changes one person; `person_id` None: a new one.

    `neighbour(id, step)` names the person before or after in the list the dialog was opened from;
    `moved` tells the person shown then, `saved` each one saved.
    """

    moved = Signal(int)
    saved = Signal(int)

    def __init__(
        self,
        context: Context,
        person_id: int | None,
        parent: QWidget | None = None,
        *,
        neighbour: Neighbour | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.person_id = person_id
        self.person: Retiree | None = None
        self._desk = context.desk
        self._people = PeopleList(context.desk)
        self._drafts = Drafts(context.desk)
        self._neighbour = neighbour
        self._numbers = False
        self._waiting: dict[str, str] = {}
        self.form = PersonForm(self._people.trees, self._desk.today())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DRAFT_MS)
        self._timer.timeout.connect(self._keep_draft)
        self._build()
        self._connect()
        self._load(person_id)

    # Building

    def _build(self) -> None:
        self._name = QLabel()
        self._name.setProperty("role", "title")
        self._facts = QLabel()
        self._facts.setProperty("role", "hint")
        self.previous_button = QPushButton(theme.icon("chevron-up"), _("Previous"))
        self.next_button = QPushButton(theme.icon("chevron-down"), _("Next"))
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._name)
        titles.addWidget(self._facts)
        head.addLayout(titles, 1)
        head.addWidget(self.previous_button)
        head.addWidget(self.next_button)
        self.banner = QFrame()
        self.banner.setProperty("role", "banner")
        self._banner_words = QLabel()
        self._banner_words.setWordWrap(True)
        self.take_button = QPushButton(_("Take it over"))
        self.forget_button = QPushButton(_("Forget it"))
        line = QHBoxLayout(self.banner)
        line.addWidget(self._banner_words, 1)
        line.addWidget(self.take_button)
        line.addWidget(self.forget_button)
        self.groups = QListWidget()
        self.groups.setAccessibleName(_("Parts of the form"))
        self.groups.setProperty("role", "parts")
        self.groups.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for group in self.form.sections:
            self.groups.addItem(_(group))
        self.groups.setFixedWidth(self.groups.sizeHintForColumn(0) + 28)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.groups)
        middle.addWidget(self.form, 1)
        self.message = QLabel()
        self.message.setProperty("role", "problem")
        self.message.setWordWrap(True)
        self.death_button = QPushButton(_("Enter death …"))
        self.close_button = QPushButton(_("Close"))
        self.save_button = QPushButton(theme.icon("device-floppy", on_accent=True), _("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(True)
        foot = QHBoxLayout()
        foot.addWidget(self.death_button)
        foot.addWidget(self.message, 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.save_button)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        box = QVBoxLayout(self)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(self.banner)
        box.addLayout(middle, 1)
        box.addLayout(foot)
        self._set_size()

    def _set_size(self) -> None:
        screen = self.screen().availableSize()
        letters = self.fontMetrics().horizontalAdvance("0")
        self.resize(min(150 * letters, screen.width() - 60), min(round(90 * letters), screen.height() - 70))

    def _connect(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.rows["id_number"].edit.left.connect(self._look_for_twin)
        self.form.section_seen.connect(self._mark_group)
        self.groups.itemClicked.connect(lambda item: self._show_group(self.groups.row(item)))
        self.save_button.clicked.connect(self.save_and_close)
        self.close_button.clicked.connect(self.close)
        self.death_button.clicked.connect(self.enter_death)
        self.previous_button.clicked.connect(lambda: self.go(-1))
        self.next_button.clicked.connect(lambda: self.go(1))
        self.take_button.clicked.connect(self._take_draft)
        self.forget_button.clicked.connect(self._forget_draft)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self.go(-1))
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self.go(1))
        QShortcut(QKeySequence("Ctrl+D"), self, self._show_numbers)

    # Showing a person

    def _load(self, person_id: int | None) -> None:
        self.person_id = person_id
        self.person = self._desk.registry.get(person_id) if person_id is not None else None
        person = self.person
        names = self._desk.registry.custom_fields()
        custom = [(names.get(key, str(key)), text) for key, text in person.custom.items()] if person else []
        # The states a new record begins with show as chosen; they are written by themselves.
        values = person.values if person else STATE_DEFAULTS
        self.form.set_masks(self._masks())
        self.form.show_values(values, person.unread if person else {}, custom)
        self.form.changes.setText(self._changes_text())
        self._show_head()
        self.message.clear()
        for place, group in enumerate(self.form.sections):
            item = self.groups.item(place)
            if item is not None:
                item.setHidden(group == OWN_GROUP and not custom)
        self.groups.setCurrentRow(0)
        self.form.verticalScrollBar().setValue(0)
        self.death_button.setVisible(person is not None and person.is_living)
        self._show_neighbours()
        self._offer_draft()
        if person is None:
            self.form.go_to("name")

    def _show_head(self) -> None:
        person = self.person
        self.setWindowTitle(person.name if person else _("New person"))
        self._name.setText(person.name if person else _("New person"))
        facts: list[str] = []
        if person:
            age = age_text(person, self._desk.today())
            facts = [
                COLUMN_BY_KEY["sex"].show(person["sex"]),
                _("{age} years").format(age=age) if age else "",
                COLUMN_BY_KEY["category"].show(person["category"]),
                person["party_branch"],
                COLUMN_BY_KEY["status"].show(person["status"]),
                person["died_on"],
            ]
        self._facts.setText(" · ".join(part for part in facts if part))
        self._facts.setVisible(bool(facts))

    def _show_neighbours(self) -> None:
        for button, step in ((self.previous_button, -1), (self.next_button, 1)):
            known = self._neighbour is not None and self.person_id is not None
            button.setVisible(known)
            button.setEnabled(known and self._next_id(step) is not None)

    def _next_id(self, step: int) -> int | None:
        if self._neighbour is None or self.person_id is None:
            return None
        return self._neighbour(self.person_id, step)

    def _show_group(self, place: int) -> None:
        groups = list(self.form.sections)
        if 0 <= place < len(groups):
            self.form.go_to_section(groups[place])

    def _mark_group(self, group: str) -> None:
        self.groups.setCurrentRow(list(self.form.sections).index(group))

    def _masks(self) -> Masks:
        return Masks(numbers=self._numbers, privacy=bool(self.context.settings.get(PRIVACY, False)))

    def _show_numbers(self) -> None:
        self._numbers = not self._numbers
        self.form.set_masks(self._masks())
        self.form.changes.setText(self._changes_text())

    def _changes_text(self) -> str:
        if self.person_id is None:
            return ""
        masks = self._masks()
        return "".join(_change_html(one, masks) for one in changes_of(self._desk, self.person_id))

    # Typing

    def _edited(self) -> None:
        self.message.clear()
        if not self._timer.isActive():
            self._timer.start()

    def _look_for_twin(self) -> None:
        row = self.form.rows["id_number"]
        twin = self._people.twin(row.edit.typed(), self.person_id) if row.edit.typed() else None
        if twin:
            row.tell_problem(
                _("{name} (no. {n}) has this ID number already.").format(name=twin[1], n=twin[0])
            )

    @property
    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        return bool(self.form.changed())

    # Drafts

    @property
    def _key(self) -> str:
        return f"person:{self.person_id or 'new'}"

    def _keep_draft(self) -> None:
        if not self._desk.db.writable:
            return
        # What waits in the banner is not lost by typing on without an answer.
        texts = {**self._waiting, **self.form.changed()}
        self._drafts.keep(self._key, texts)

    def _offer_draft(self) -> None:
        draft = self._drafts.get(self._key)
        self._waiting = (
            {key: text for key, text in draft.texts.items() if key in self.form.rows} if draft else {}
        )
        self.banner.setVisible(bool(self._waiting))
        if draft and self._waiting:
            fields = "、".join(COLUMN_BY_KEY[key].heading() for key in list(self._waiting)[:6])
            self._banner_words.setText(
                _("Typed on {time} and not saved: {fields}").format(time=local_time(draft.at), fields=fields)
            )

    def _take_draft(self) -> None:
        texts, self._waiting = self._waiting, {}
        self.banner.hide()
        self.form.put(texts)

    def _forget_draft(self) -> None:
        self._waiting = {}
        self.banner.hide()
        self._drafts.drop(self._key)

    # Saving

    def save(self) -> bool:
        """Saves what was changed and stays; False where a field or the office's rules forbid it."""
        if not self.unsaved:
            self.context.open("say", _("Nothing was changed."))
            return True
        values = self.form.values()
        if values is None:
            self.message.setText(_("Not saved: look at the sentences beside the fields."))
            return False
        try:
            if self.person_id is None:
                draft = self._key
                self.person_id = int(self._desk.registry.add(values))
                self._drafts.drop(draft)
            else:
                self._desk.registry.change(self.person_id, values)
        except UserError as error:
            key = {"id_used_twice": "id_number", "name_missing": "name"}.get(error.code)
            if key:
                self.form.tell_problem(key, error.message)
            self.message.setText(error.message)
            self._keep_draft()
            return False
        self._timer.stop()
        self._waiting = {}
        self._drafts.drop(self._key)
        name = values.get("name") or (self.person.name if self.person else "")
        self._load(self.person_id)
        self.context.open("say", _("{name} is saved.").format(name=name))
        self.saved.emit(self.person_id)
        return True

    def save_and_close(self) -> None:
        """The Save button."""
        if self.save():
            self.close()

    def go(self, step: int) -> None:
        """The next or previous person of the list; what was typed is saved first."""
        number = self._next_id(step)
        if number is None or (self.unsaved and not self.save()):
            return
        self._load(number)
        self.moved.emit(number)

    def enter_death(self) -> Any:
        """Date, who told, phone (OFFICE 2.20)."""
        from retiree_desk.ui.dialogs.death import DeathDialog

        if self.person is None or (self.unsaved and not self.save()):
            return None
        dialog = DeathDialog(self.context, self.person, self)
        dialog.entered.connect(lambda: self._load(self.person_id))
        dialog.open()
        return dialog

    # Closing

    def reject(self) -> None:  # Qt's name: Esc, the close button and the window's cross all end here
        if self.unsaved:
            self._timer.stop()
            self._keep_draft()
            if (
                ask.confirm(
                    _("What was typed for {name} is not saved yet.").format(name=self._name.text()),
                    _("Save"),
                    _("Close and keep a draft"),
                )
                and not self.save()
            ):
                return
        # Not close(): Qt answers the window's cross with reject(), and a window that is closing
        # ignores a second close(), so the dialog would stay for ever.
        super().reject()


def local_time(at: str) -> str:
    """A moment of the log in this computer's time."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def _change_html(change: PersonChange, masks: Masks) -> str:
    grey = theme.hint_color()
    head = f"{local_time(change.at)} · {change.who or '-'} · {change.summary}"
    if change.undone:
        head += " · " + _("taken back")
    lines = "".join(
        f"<br>{escape(field.title)}: {escape(masks.apply(field.key, field.old) or '-')}"
        f" → {escape(masks.apply(field.key, field.new) or '-')}"
        for field in change.fields
    )
    return f'<p style="margin:0 0 8px 0"><span style="color:{grey}">{escape(head)}</span>{lines}</p>'
