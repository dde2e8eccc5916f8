"""A new welfare list: scheme or free occasion, date; who is entitled, who is not, why; made final."""

from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.errors import UserError
from retiree_desk.core.money import parse_yuan, yuan
from retiree_desk.core.schemes import Scheme, goods_text, occasion_day
from retiree_desk.core.welfare import (
    Proposal,
    ProposedLine,
    default_grouping,
    goods_totals,
    with_added,
    without,
)
from retiree_desk.core.welfare_words import COUNTINGS, GROUPINGS, word
from retiree_desk.i18n import _
from retiree_desk.services.welfare_records import WelfareList
from retiree_desk.ui import ask
from retiree_desk.ui.context import Context
from retiree_desk.ui.dialogs.free_list_form import FreeListForm
from retiree_desk.ui.dialogs.pick_person import PickPersonDialog
from retiree_desk.ui.widgets.proposal_tables import ProposalTables, left_row

_FREE = ""


class ListWizard(QDialog):
    """`made` holds the list once it is final."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, scheme: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New list"))
        room = self.screen().availableSize()
        self.resize(min(1100, room.width() - 40), min(760, room.height() - 60))
        self._context = context
        self._welfare = context.desk.welfare
        self.made: WelfareList | None = None
        self.proposal: Proposal | None = None
        self._removed: dict[int, str] = {}
        self._added: dict[int, ProposedLine] = {}
        self._texts: dict[int, list[str]] = {}
        self._asked = 0
        self._make_choices(scheme)
        self.tables = ProposalTables()
        self.tables.currentChanged.connect(lambda _place: self._show_buttons())
        self._lay_out()
        # Every change of a choice makes the list anew, after a moment in which no other follows.
        self._timer = QTimer(self, singleShot=True, interval=150)
        self._timer.timeout.connect(self.work_out)
        self._choose_scheme()

    # Choices

    def _make_choices(self, chosen: str) -> None:
        self.scheme = QComboBox()
        known = self._welfare.schemes()
        self._schemes = {one.code: one for one in known}
        for one in sorted(known, key=lambda each: not each.enabled):
            off = "" if one.enabled else f"({_('switched off')})"
            self.scheme.addItem(f"{one.code}  {one.title}{off}", one.code)
        self.scheme.addItem(_("Free list: occasion and conditions of its own"), _FREE)
        self.scheme.setCurrentIndex(max(0, self.scheme.findData(chosen or self._next_scheme())))
        today = self._context.desk.today()
        self.on = QDateEdit(QDate(today.year, today.month, today.day))
        self.on.setDisplayFormat("yyyy-MM-dd")
        self.on.setCalendarPopup(True)
        self.year = QSpinBox()
        self.year.setRange(1990, 2100)
        self.year.setValue(today.year)
        self.grouping = QComboBox()
        for code, text in GROUPINGS.items():
            self.grouping.addItem(_(text), code)
        self.free = FreeListForm(self._context.desk.units.trees())
        self.scheme.currentIndexChanged.connect(lambda _index: self._choose_scheme())
        self.free.occasion.currentIndexChanged.connect(lambda _index: self._propose_day())
        self.on.dateChanged.connect(self._day_changed)
        self.year.valueChanged.connect(lambda _year: self._start())
        self.free.changed.connect(self._start)

    def _next_scheme(self) -> str:
        """The scheme whose festival comes next, which is most likely the one wanted."""
        today = self._context.desk.today()
        days: list[tuple[date, str]] = []
        for one in self._schemes.values():
            for year in (today.year, today.year + 1):
                day = occasion_day(one.occasion, year) if one.enabled else None
                if day is not None and day >= today:
                    days.append((day, one.code))
        return min(days)[1] if days else ""

    def _choose_scheme(self) -> None:
        free = self.scheme.currentData() == _FREE
        self.free.setVisible(free)
        self._propose_day()
        # Another scheme is another list; another day or amount keeps what was done by hand.
        self._removed.clear()
        self._added.clear()
        self._start()

    def _propose_day(self) -> None:
        """The day of the occasion's festival, this year's or, long past, the next one's."""
        code = str(self.scheme.currentData())
        occasion = self._schemes[code].occasion if code else str(self.free.occasion.currentData())
        today = self._context.desk.today()
        day = occasion_day(occasion, today.year)
        if day is not None and (today - day).days > 90:
            day = occasion_day(occasion, today.year + 1)
        day = day or today
        self.on.setDate(QDate(day.year, day.month, day.day))

    def _day_changed(self, day: QDate) -> None:
        self.year.setValue(day.year())
        self._start()

    def day(self) -> date:
        """The basis date chosen."""
        chosen = self.on.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    # Parts

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(QLabel(_("Scheme")))
        first.addWidget(self.scheme, 1)
        for label, widget in (
            (_("Basis date"), self.on),
            (_("Year of limits"), self.year),
            (_("Sheets by"), self.grouping),
        ):
            second.addWidget(QLabel(label))
            second.addWidget(widget)
            second.addSpacing(16)
        second.addStretch(1)
        self.hint = QLabel()
        self.hint.setProperty("role", "hint")
        self.hint.setWordWrap(True)
        self.remove_button = QPushButton(_("Take out …"))
        self.put_button = QPushButton(_("Put on the list …"))
        self.add_button = QPushButton(_("Add a person …"))
        self.total = QLabel()
        self.final_button = QPushButton()
        self.final_button.setProperty("primary", True)
        close = QPushButton(_("Close"))
        self.remove_button.clicked.connect(self.take_out)
        self.put_button.clicked.connect(self.put_on)
        self.add_button.clicked.connect(self.add_person)
        self.final_button.clicked.connect(self.make_final)
        close.clicked.connect(self.reject)
        below = QHBoxLayout()
        for button in (self.remove_button, self.put_button, self.add_button):
            button.setAutoDefault(False)
            below.addWidget(button)
        below.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.total, 1)
        last.addWidget(close)
        last.addWidget(self.final_button)
        close.setAutoDefault(False)
        self.final_button.setAutoDefault(False)
        box = QVBoxLayout(self)
        box.addLayout(first)
        box.addLayout(second)
        box.addWidget(self.free)
        box.addWidget(self.hint)
        box.addWidget(self.tables, 1)
        box.addLayout(below)
        box.addLayout(last)

    # The proposal

    def _start(self) -> None:
        self.final_button.setEnabled(False)
        self._timer.start()

    def current_scheme(self) -> Scheme:
        """The scheme chosen or filled in. Raises `UsageError`."""
        code = str(self.scheme.currentData())
        return self._schemes[code] if code else self.free.scheme()

    def work_out(self) -> None:
        """Makes the proposal anew, off the UI thread; an answer to an older choice is dropped."""
        self._timer.stop()
        self._asked += 1
        asked, day, year = self._asked, self.day(), self.year.value()
        try:
            scheme = self.current_scheme()
        except UserError as error:
            self.proposal = None
            self._show([], (), ())
            self._say([error.message])
            return
        welfare = self._welfare

        def work(_progress: Any, _cancelled: Any) -> tuple[Proposal, dict[int, list[str]]]:
            # The words of many thousands who are not entitled take their time too.
            proposal = welfare.propose(scheme, day, year)
            left = (*proposal.excluded, *proposal.undecided)
            return proposal, {one.person.id: left_row(one) for one in left}

        self._context.tasks.run(
            work,
            lambda answer: self._proposed(*answer) if asked == self._asked else None,
            words=_("Working out who is entitled …"),
            owner=self,
            looks=True,
        )

    def _proposed(self, proposal: Proposal, texts: dict[int, list[str]]) -> None:
        self.proposal = proposal
        self._texts = texts
        self.grouping.setCurrentIndex(self.grouping.findData(default_grouping(proposal.lines)))
        notes = self._welfare.notes(proposal.scheme, proposal.year)
        if proposal.scheme.by_hand:
            notes.append(_("Names are added by hand to this scheme."))
        self._say(notes)
        self._refill()

    def _say(self, notes: list[str]) -> None:
        self.hint.setText("\n".join(notes))
        self.hint.setVisible(bool(notes))

    def complete(self) -> Proposal | None:
        """The proposal with what was taken out and added by hand."""
        if self.proposal is None:
            return None
        return with_added(without(self.proposal, self._removed), list(self._added.values()))

    def _refill(self) -> None:
        now = self.complete()
        if now is not None:
            self._show(now.lines, now.excluded, now.undecided)

    def _show(self, lines: Any, excluded: Any, undecided: Any) -> None:
        self.tables.fill(lines, excluded, undecided, self._texts)
        money = sum(line.amount_fen for line in lines)
        parts = [_("{n} people").format(n=f"{len(lines):,}")]
        if money:
            parts.append(_("{amount} yuan").format(amount=yuan(money)))
        parts += [goods_text(goods_totals(line.goods for line in lines))]
        if self.proposal:
            parts.append(word(COUNTINGS, self.proposal.scheme.counting))
        self.total.setText("  ".join(part for part in parts if part))
        self.final_button.setText(_("Make the list of {n} people final").format(n=f"{len(lines):,}"))
        self.final_button.setEnabled(bool(lines) and self._context.desk.db.writable)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.remove_button.setVisible(self.tables.on_lines)
        self.put_button.setVisible(not self.tables.on_lines)
        self.add_button.setEnabled(self.proposal is not None)

    # By hand

    def take_out(self) -> None:
        """Takes the selected people out, with one reason for all of them."""
        chosen = self.tables.chosen()
        if not chosen:
            ask.inform(_("Select the people to take out first."))
            return
        why = ask.text(_("Take out"), _("Why are {n} people taken out?").format(n=len(chosen)))
        if not why:
            return
        for line in chosen:
            if line.person.id in self._added:
                del self._added[line.person.id]
            else:
                self._removed[line.person.id] = why
        self._refill()

    def put_on(self) -> None:
        """Puts the selected people on the list although they are not entitled or not decided."""
        chosen = self.tables.chosen()
        if not chosen:
            ask.inform(_("Select the people to put on the list first."))
            return
        self._add([one.person.id for one in chosen])

    def add_person(self) -> None:
        """Finds somebody in the registry and puts them on the list."""
        dialog = PickPersonDialog(self._context, _("Add a person"), self)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.picked is not None:
            self._add([dialog.picked.id])
        dialog.deleteLater()

    def _add(self, people: list[int]) -> None:
        if self.proposal is None:
            return
        scheme = self.proposal.scheme
        back = [number for number in people if number in self._removed]
        for number in back:
            del self._removed[number]
        fresh = [number for number in people if number not in back]
        if fresh and not self._add_fresh(scheme, fresh):
            return
        self._refill()
        self.tables.setCurrentIndex(0)

    def _add_fresh(self, scheme: Scheme, people: list[int]) -> bool:
        assert self.proposal is not None
        why = ask.text(_("Put on the list"), _("Why are {n} people put on the list?").format(n=len(people)))
        if not why:
            return False
        amount: int | None = None
        if not scheme.in_kind:
            usual = scheme.tiers[0].amount_fen if scheme.tiers else 0
            typed = ask.text(_("Put on the list"), _("Yuan for each of them"), yuan(usual))
            if typed is None:
                return False
            try:
                amount = parse_yuan(typed)
            except ValueError:
                ask.warn(_("“{text}” is no amount of money.").format(text=typed))
                return False
        for number in people:
            self._added[number] = self._welfare.line_by_hand(
                scheme, self.proposal.on, self.proposal.year, number, why, amount_fen=amount
            )
        return True

    # Final

    def _confirm_scheme(self, scheme: Scheme) -> bool:
        """The first final list of a shipped scheme asks once for amounts and basis (OFFICE R15)."""
        if not scheme.builtin or scheme.confirmed:
            return True
        amounts = sorted({tier.amount_fen for tier in scheme.tiers if tier.amount_fen}, reverse=True)
        said = "、".join(yuan(amount) for amount in amounts) or goods_text(
            tuple(each.words() for each in scheme.tiers[0].goods)
        )
        basis = ask.text(
            _("Confirm amounts and basis"),
            _("{scheme} ({amounts}): which document is it based on? May stay empty.").format(
                scheme=scheme.title, amounts=said
            ),
            scheme.basis,
        )
        if basis is None:
            return False
        self._welfare.confirm(scheme.code, basis)
        return True

    def make_final(self) -> None:
        """定稿: asks first, since it cannot be taken back."""
        now = self.complete()
        if now is None or not now.lines:
            return
        n = f"{len(now.lines):,}"
        if not ask.confirm(
            _("Make the list of {n} people final?").format(n=n),
            _("Make final"),
            _("Not yet"),
            _("Names, amounts and reasons then stay as they are. This cannot be undone."),
        ):
            return
        if not self._confirm_scheme(now.scheme):
            return
        self._finalise(self.proposal)

    def _finalise(self, proposal: Proposal | None) -> None:
        assert proposal is not None
        welfare, removed, added = self._welfare, dict(self._removed), list(self._added.values())
        grouping = str(self.grouping.currentData())
        self.final_button.setEnabled(False)

        def failed(error: Exception) -> None:
            self.final_button.setEnabled(True)
            if not isinstance(error, UserError):
                raise error
            ask.warn(error.message)

        self._context.tasks.run(
            lambda _progress, _cancelled: welfare.finalise(
                proposal, removed=removed, added=added, grouping=grouping
            ),
            self._finished,
            words=_("Making the list final …"),
            on_error=failed,
            owner=self,
        )

    def _finished(self, made: WelfareList) -> None:
        self.made = made
        self.accept()
