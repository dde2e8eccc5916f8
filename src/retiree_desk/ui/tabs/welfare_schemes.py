"""项目标准: the schemes with their tiers, source and basis; confirmed, switched on and off here."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from retiree_desk.core.condition_words import condition_words
from retiree_desk.core.money import yuan
from retiree_desk.core.schemes import EVERYBODY, Scheme, goods_text
from retiree_desk.core.welfare_words import FORMS, FUND_SOURCES, occasion_name, word
from retiree_desk.i18n import _
from retiree_desk.ui import ask
from retiree_desk.ui.context import Context
from retiree_desk.ui.widgets.fitted_table import FittedTable
from retiree_desk.ui.widgets.rows_model import RowsModel

_STRETCH = 8


def tiers_text(scheme: Scheme) -> str:
    """The standards from the highest down: `500.00 / 300.00 / 200.00`, or the goods."""
    amounts = dict.fromkeys(yuan(tier.amount_fen) for tier in scheme.tiers if tier.amount_fen)
    goods = dict.fromkeys(
        goods_text(tuple(each.words() for each in tier.goods)) for tier in scheme.tiers if tier.goods
    )
    return " / ".join([*amounts, *goods])


def who_text(scheme: Scheme) -> str:
    """Whom the scheme is for: its conditions, or those of its tiers."""
    if scheme.by_hand:
        return _("added by hand on the event")
    parts = [condition_words(scheme.who)] if scheme.who != EVERYBODY else []
    tiers = dict.fromkeys(condition_words(tier.when) for tier in scheme.tiers if tier.when != EVERYBODY)
    parts += tiers
    return "; ".join(part for part in parts if part) or _("served by this office")


class SchemesPage(QWidget):
    """Every scheme, shipped or the office's own; `list_wanted` asks for a new list of one."""

    list_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.model = RowsModel(
            [
                _("Code"),
                _("Scheme"),
                _("Occasion"),
                _("Standards (yuan)"),
                _("Form"),
                _("Funding source"),
                _("Basis"),
                _("State"),
                _("For whom"),
            ],
            parent=self,
        )
        self.table = FittedTable(self.model, _("Schemes"), _STRETCH)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        hint = QLabel(
            _("Shipped schemes are examples: confirm amounts and basis by this office's own rules.")
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        self.list_button = QPushButton(_("New list of this scheme …"))
        self.confirm_button = QPushButton(_("Confirm amounts and basis …"))
        self.switch_button = QPushButton(_("Switch off"))
        row = QHBoxLayout()
        for button in (self.list_button, self.confirm_button, self.switch_button):
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.addWidget(hint)
        box.addWidget(self.table, 1)
        box.addLayout(row)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._show_buttons())
        self.list_button.clicked.connect(self._want_list)
        self.confirm_button.clicked.connect(self.confirm)
        self.switch_button.clicked.connect(self.switch)

    def refresh(self) -> None:
        """The schemes as they are now."""
        before = self.table.currentIndex().row()
        self.model.set_rows(
            [
                (
                    one,
                    [
                        one.code,
                        one.title,
                        occasion_name(one.occasion),
                        tiers_text(one),
                        word(FORMS, one.form),
                        word(FUND_SOURCES, one.fund_source),
                        one.basis,
                        self._state(one),
                        who_text(one),
                    ],
                )
                for one in self._context.desk.welfare.schemes()
            ]
        )
        self.table.selectRow(max(0, before))
        self._show_buttons()

    def _state(self, scheme: Scheme) -> str:
        if not scheme.enabled:
            return _("switched off")
        return _("confirmed") if scheme.confirmed else _("example")

    def chosen(self) -> Scheme | None:
        """The scheme of the current row."""
        index = self.table.currentIndex()
        found: Scheme | None = self.model.object_at(index.row()) if index.isValid() else None
        return found

    def choose(self, code: str) -> None:
        """Makes a scheme's row the current one."""
        for row in range(self.model.rowCount()):
            if self.model.object_at(row).code == code:
                self.table.selectRow(row)

    def _show_buttons(self) -> None:
        scheme, writable = self.chosen(), self._context.desk.db.writable
        for button in (self.list_button, self.confirm_button, self.switch_button):
            button.setEnabled(scheme is not None and writable)
        if scheme is not None:
            self.switch_button.setText(_("Switch off") if scheme.enabled else _("Switch on"))

    def _want_list(self) -> None:
        scheme = self.chosen()
        if scheme is not None:
            self.list_wanted.emit(scheme.code)

    def confirm(self) -> None:
        """The office confirms the amounts and names the document they are based on (OFFICE R15)."""
        scheme = self.chosen()
        if scheme is None:
            return
        basis = ask.text(
            _("Confirm amounts and basis"),
            _("{scheme} ({amounts}): which document is it based on? May stay empty.").format(
                scheme=scheme.title, amounts=tiers_text(scheme)
            ),
            scheme.basis,
        )
        if basis is not None:
            self._context.desk.welfare.confirm(scheme.code, basis)

    def switch(self) -> None:
        """Switches a scheme off or on; lists already made stay."""
        scheme = self.chosen()
        if scheme is not None:
            self._context.desk.welfare.save_scheme(replace(scheme, enabled=not scheme.enabled))
