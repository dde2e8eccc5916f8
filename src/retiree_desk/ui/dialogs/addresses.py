"""Addresses as text, split into area, building, entrance and door for the whole office (OFFICE 2.4)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.people_columns import Masks
from retiree_desk.core.retirees import COLUMN_BY_KEY
from retiree_desk.i18n import _
from retiree_desk.services.addresses import Addresses, AddressProposal, AddressProposals
from retiree_desk.settings import PRIVACY
from retiree_desk.ui.context import Context
from retiree_desk.ui.widgets.ticked_rows import TickedRows

_FIELDS = ("area", "building", "unit_no", "room", "residence_kind")


class AddressDialog(QDialog):
    """What each address was read as, with a tick; the ticked ones are taken over in one change."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Split addresses into building and door"))
        self.resize(1040, 660)
        self._context = context
        self._addresses = Addresses(context.desk)
        self._masks = Masks(privacy=bool(context.settings.get(PRIVACY, False)))
        self.words = QLabel(_("Reading the addresses …"))
        self.words.setWordWrap(True)
        titles = [_("Name"), _("Address"), *(COLUMN_BY_KEY[key].heading() for key in _FIELDS)]
        self.understood = TickedRows(titles, parent=self)
        self.unclear = TickedRows([titles[0], titles[1], titles[-1]], parent=self)
        self.pages = QTabWidget()
        self.pages.addTab(_table(self.understood), "")
        self.pages.addTab(_table(self.unclear), "")
        self.all_button, self.none_button = QPushButton(_("Tick all")), QPushButton(_("Tick none"))
        close = QPushButton(_("Close"))
        self.accept_button = QPushButton()
        self.accept_button.setProperty("primary", True)
        row = QHBoxLayout()
        for button in (self.all_button, self.none_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.accept_button)
        box = QVBoxLayout(self)
        box.setSpacing(10)
        box.addWidget(self.words)
        box.addWidget(self.pages, 1)
        box.addLayout(row)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        for model in (self.understood, self.unclear):
            model.dataChanged.connect(self._count)
        self.all_button.clicked.connect(lambda: self._tick(True))
        self.none_button.clicked.connect(lambda: self._tick(False))
        close.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept_ticked)
        self._show(AddressProposals((), ()))
        self.words.setText(_("Reading the addresses …"))
        context.tasks.run(
            lambda progress, _cancelled: self._addresses.proposals(progress),
            self._show,
            words=_("Reading the addresses …"),
            owner=self,
            looks=True,
        )

    def _show(self, found: AddressProposals) -> None:
        self.understood.set_rows([(one, self._texts(one), True) for one in found.understood])
        unclear = [(one, [*self._texts(one)[:2], self._texts(one)[-1]], False) for one in found.unclear]
        self.unclear.set_rows(unclear)
        if found.unclear and not found.understood:
            self.pages.setCurrentIndex(1)
        for place, people in enumerate((found.understood, found.unclear)):
            table = self.pages.widget(place)
            if isinstance(table, QTableView):
                table.resizeColumnsToContents()
                # Qt forgets the tick, which grows with the type, and names are never cut.
                letters = table.fontMetrics()
                longest = max((letters.horizontalAdvance(one.name) for one in people), default=0)
                table.setColumnWidth(0, max(table.columnWidth(0), longest + 2 * letters.height() + 24))
        self.pages.setTabText(0, _("Understood ({n})").format(n=f"{len(found.understood):,}"))
        self.pages.setTabText(1, _("Not understood ({n})").format(n=f"{len(found.unclear):,}"))
        if found.understood or found.unclear:
            self.words.setText(
                _("The fields are read from the address, which stays as it is. Untick what is wrong.")
            )
        else:
            self.words.setText(
                _("Nobody has an address that waits to be split: every one has a building already.")
            )
        self._count()

    def _texts(self, one: AddressProposal) -> list[str]:
        texts = [one.name, self._masks.apply("home_address", one.text)]
        for key in _FIELDS:
            texts.append(self._masks.apply(key, COLUMN_BY_KEY[key].show(one.values.get(key, ""))))
        return texts

    def _ticked(self) -> list[AddressProposal]:
        return [one for model in (self.understood, self.unclear) for one in model.ticked() if one.values]

    def _count(self) -> None:
        number = len(self._ticked())
        self.accept_button.setText(_("Accept {n}").format(n=f"{number:,}"))
        self.accept_button.setEnabled(bool(number))

    def _tick(self, on: bool) -> None:
        (self.understood if self.pages.currentIndex() == 0 else self.unclear).tick_all(on)
        self._count()

    def accept_ticked(self) -> None:
        """Takes the ticked ones over, as one change that can be undone."""
        chosen = self._ticked()
        self.accept_button.setEnabled(False)

        def done(_change: int) -> None:
            self._context.open("say", _("The addresses of {n} people were split.").format(n=len(chosen)))
            self.accept()

        self._context.tasks.run(
            lambda _progress, _cancelled: self._addresses.accept(chosen),
            done,
            words=_("Saving …"),
            owner=self,
        )


def _table(model: TickedRows) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(max(26, view.fontMetrics().height() + 12))
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    view.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return view
