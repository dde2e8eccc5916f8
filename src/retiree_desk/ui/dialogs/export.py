"""The roster of the people in the list: which columns, in which order, masked or for a stated purpose."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.people_columns import CUSTOM
from retiree_desk.core.welfare import line_order
from retiree_desk.i18n import N_, _
from retiree_desk.services.roster import BASIC_SET, FULL_SET_REST, STANDARD_SET, RosterChoice
from retiree_desk.services.settings import PRINTS_A3
from retiree_desk.ui import ask, errors
from retiree_desk.ui.context import Context
from retiree_desk.ui.dialogs.preview import Paper

_SETS = {
    "basic": N_("Basic set (15 columns, A4)"),
    "standard": N_("Standard set (23 columns, A3)"),
    "full": N_("Full set (workbook only)"),
    "screen": N_("Columns as on the screen"),
}
# OFFICE 2.2: why whole ID numbers leave the desk.
PURPOSES = {
    "FINANCE": N_("To finance"),
    "STREET": N_("To street office and community"),
    "PARTY": N_("To the Party organisation"),
    "UNION": N_("To the trade union"),
    "INSPECTION": N_("Inspection from above"),
    "INSIDE": N_("Use inside the office"),
}
_PURPOSE = "roster.purpose"
_SET = "roster.set"
# What columns of the list stand for on a roster.
_ON_ROSTER = {"place": ("area", "building"), "phones": ("phone_any",), "last_visit": ()}


class RosterDialog(QDialog):
    """Writes the workbook, or shows the pages. `people` gives the ids in the list, in its order."""

    def __init__(
        self,
        context: Context,
        people: Callable[[], Sequence[int]],
        chosen: Sequence[int],
        shown: Sequence[str],
        *,
        print_it: bool,
        narrowed: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Print roster") if print_it else _("Export roster"))
        self._context = context
        self._people = people
        self._chosen = list(chosen)
        self._shown = list(shown)
        self._print = print_it
        self.who = QComboBox()
        self.who.addItem(
            _("People in the list, as filtered") if narrowed else _("Everybody in the list"), "list"
        )
        if chosen:
            self.who.addItem(_("The {n} people selected").format(n=f"{len(chosen):,}"), "chosen")
        self.columns = QComboBox()
        for code, words in _SETS.items():
            if not (print_it and code == "full"):
                self.columns.addItem(_(words), code)
        known = str(context.settings.get(_SET)) or self._default_set()
        self.columns.setCurrentIndex(max(0, self.columns.findData(known)))
        self.order = QComboBox()
        self.order.addItem(_("Sort no., category, branch, name"), "roster")
        self.order.addItem(_("As on the screen"), "screen")
        self.unmasked = QCheckBox(_("ID numbers and accounts in full"))
        self.purpose = QComboBox()
        for code, words in PURPOSES.items():
            self.purpose.addItem(_(words), code)
        last = str(context.settings.get(_PURPOSE))
        self.purpose.setCurrentIndex(max(0, self.purpose.findData(last)))
        self.purpose.setEnabled(False)
        self.purpose.setAccessibleName(_("Purpose"))
        hint = QLabel(_("Whole numbers are asked a purpose, which is recorded with the date and your name."))
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow(_("People on the roster"), self.who)
        form.addRow(_("Columns"), self.columns)
        form.addRow(_("Order"), self.order)
        form.addRow("", self.unmasked)
        form.addRow(_("Purpose"), self.purpose)
        form.addRow("", hint)
        self.do_button = QPushButton(_("Show pages") if print_it else _("Export …"))
        self.do_button.setProperty("primary", True)
        self.do_button.setDefault(True)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.do_button)
        box = QVBoxLayout(self)
        box.setSpacing(14)
        box.addLayout(form)
        box.addLayout(row)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 70)
        self.unmasked.toggled.connect(self.purpose.setEnabled)
        close.clicked.connect(self.reject)
        self.do_button.clicked.connect(self.do)

    def _default_set(self) -> str:
        return "standard" if self._context.desk.settings.get(PRINTS_A3, False) else "basic"

    def _columns(self) -> tuple[str, ...]:
        """The columns of the choice; none where it is the set that the paper is made for."""
        wanted = str(self.columns.currentData())
        if wanted == self._default_set():
            return ()
        names = self._context.desk.registry.custom_fields()
        if wanted == "screen":
            keys: list[str] = []
            for key in self._shown:
                if key.startswith(CUSTOM):
                    keys.append(names[int(key.removeprefix(CUSTOM))])
                else:
                    keys.extend(_ON_ROSTER.get(key, (key,)))
            return tuple(dict.fromkeys(keys))
        sets = {"basic": BASIC_SET, "standard": STANDARD_SET}
        return tuple(sets.get(wanted, [*STANDARD_SET, *FULL_SET_REST, *names.values()]))

    def _choice(self, ids: Sequence[int]) -> RosterChoice:
        return RosterChoice(columns=self._columns(), full=self.unmasked.isChecked(), people=tuple(ids))

    def _write(self, path: Path, choice: RosterChoice, purpose: str, *, in_order: bool) -> tuple[int, int]:
        """Off the UI thread: orders the people and writes. The people written, and the pages of a PDF."""
        from dataclasses import replace

        from retiree_desk.services.documents.roster_documents import write_roster_file

        desk = self._context.desk
        if in_order:
            people = sorted(desk.registry.load(choice.people), key=line_order)
            choice = replace(choice, people=tuple(int(one.id) for one in people))
        if purpose:
            desk.db.record("unmasked", {"document": "roster", "file": path.name, "purpose": purpose})
        return write_roster_file(desk, path, choice)

    def do(self) -> None:
        """Asks for a file and writes it, or shows the pages."""
        purpose = str(self.purpose.currentData()) if self.unmasked.isChecked() else ""
        self._context.settings.set(
            **{_SET: str(self.columns.currentData()), _PURPOSE: str(self.purpose.currentData())}
        )
        ids = self._chosen if self.who.currentData() == "chosen" else list(self._people())
        choice = self._choice(ids)
        in_order = self.order.currentData() == "roster"
        name = _("Roster {day}").format(day=self._context.desk.today().isoformat())
        if self._print:
            self._context.open(
                "preview",
                Paper(
                    _("Roster"),
                    f"{name}.pdf",
                    lambda path: self._write(path, choice, purpose, in_order=in_order)[1],
                ),
            )
            self.accept()
            return
        kinds = ";;".join((_("Excel workbook (*.xlsx)"), _("Text table (*.csv)"), "PDF (*.pdf)"))
        path = ask.save_file(_("Export roster"), f"{name}.xlsx", kinds)
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".xlsx")
        self.do_button.setEnabled(False)
        self._context.tasks.run(
            lambda _progress, _cancelled: self._write(target, choice, purpose, in_order=in_order),
            lambda written: self._written(target, written[0]),
            words=_("Writing the roster …"),
            on_error=self._failed,
            owner=self,
        )

    def _written(self, path: Path, people: int) -> None:
        self.accept()
        if ask.confirm(
            _("{n} people are written to {file}.").format(n=f"{people:,}", file=path.name),
            _("Open folder"),
            _("Close"),
        ):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _failed(self, error: Exception) -> None:
        self.do_button.setEnabled(True)
        errors.show(error)
