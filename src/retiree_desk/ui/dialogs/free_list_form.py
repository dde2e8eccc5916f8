"""The part of the new-list dialog for a list without a scheme: occasion, conditions, money or goods."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from retiree_desk.core.conditions import LABEL, UNIT, AllOf, Condition, Test, between, one_of
from retiree_desk.core.entitlement import AGE_FIELDS
from retiree_desk.core.errors import UsageError
from retiree_desk.core.money import parse_yuan
from retiree_desk.core.retirees import ABILITY, CATEGORIES, HEALTH, LABELS, LIVING
from retiree_desk.core.schemes import Goods, Scheme, Tier
from retiree_desk.core.welfare_words import COUNTINGS, FORMS, FUND_SOURCES, OCCASIONS, occasion_name
from retiree_desk.i18n import _
from retiree_desk.services.units import UnitTrees

# Fields a condition can name, with the words to choose from.
_CHOICES = (
    ("category", CATEGORIES),
    (LABEL, LABELS),
    ("living", LIVING),
    ("ability", ABILITY),
    ("health", HEALTH),
)


def _combo(words: dict[str, str], first: str = "") -> QComboBox:
    box = QComboBox()
    if first:
        box.addItem(first, "")
    for code, text in words.items():
        box.addItem(text, code)
    return box


class FreeListForm(QWidget):
    """`changed` whenever something is typed or chosen; `scheme()` reads it."""

    changed = Signal()

    def __init__(self, trees: UnitTrees, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.occasion = _combo({code: occasion_name(code) for code in OCCASIONS})
        self.title = QLineEdit()
        self.title.setPlaceholderText(_("Name of the list, e.g. for whom"))
        self.fields: dict[str, QComboBox] = {}
        anybody = _("Anybody")
        for key, words in _CHOICES:
            self.fields[key] = _combo({code: _(text) for code, text in words.items()}, anybody)
        names = sorted(
            {one.name for one in trees.by_id.values() if not one.builtin and one.kind != "ENTRANCE"}
        )
        self.fields[UNIT] = _combo({name: name for name in names}, anybody)
        self.counting = _combo({code: _(text) for code, text in COUNTINGS.items()})
        self.low, self.high = QSpinBox(), QSpinBox()
        for spin in (self.low, self.high):
            spin.setRange(0, 130)
            spin.setSpecialValueText(_("any age"))
        self.form = _combo({code: _(text) for code, text in FORMS.items()})
        self.amount = QLineEdit()
        self.amount.setPlaceholderText(_("Yuan for each person"))
        self.goods = QLineEdit()
        self.goods.setPlaceholderText(_("What, e.g. rice"))
        self.quantity = QSpinBox()
        self.quantity.setRange(1, 999)
        self.unit = QLineEdit()
        self.unit.setPlaceholderText(_("Counted in"))
        self.source = _combo({code: _(text) for code, text in FUND_SOURCES.items()})
        self.source.setCurrentIndex(self.source.findData("OFFICE_FUND"))
        self._lay_out()
        for box in (self.occasion, self.counting, self.form, self.source, *self.fields.values()):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for spin in (self.low, self.high, self.quantity):
            spin.valueChanged.connect(lambda _value: self.changed.emit())
        for line in (self.title, self.amount, self.goods, self.unit):
            line.editingFinished.connect(self.changed.emit)
        self.form.currentIndexChanged.connect(lambda _index: self._show_form())
        self._show_form()

    def _lay_out(self) -> None:
        left, right = QFormLayout(), QFormLayout()
        left.addRow(_("Occasion"), self.occasion)
        left.addRow(_("Title of the list"), self.title)
        left.addRow(_("Form"), self.form)
        self._amount_label, self._goods_label = QLabel(_("Amount (yuan)")), QLabel(_("Goods"))
        left.addRow(self._amount_label, self.amount)
        goods = QHBoxLayout()
        goods.addWidget(self.goods, 3)
        goods.addWidget(self.quantity)
        goods.addWidget(self.unit, 1)
        self._goods_row = QWidget()
        goods.setContentsMargins(0, 0, 0, 0)
        self._goods_row.setLayout(goods)
        left.addRow(self._goods_label, self._goods_row)
        left.addRow(_("Funding source"), self.source)
        titles = {
            "category": _("Category"),
            LABEL: _("Labels"),
            "living": _("Living"),
            "ability": _("Ability"),
            "health": _("Health"),
            UNIT: _("Unit of the person"),
        }
        for key, box in self.fields.items():
            right.addRow(titles[key], box)
        ages = QHBoxLayout()
        ages.addWidget(self.counting, 1)
        ages.addWidget(self.low)
        ages.addWidget(QLabel("—"))
        ages.addWidget(self.high)
        right.addRow(_("Age"), ages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left, 1)
        row.addSpacing(24)
        row.addLayout(right, 1)

    def _show_form(self) -> None:
        money = self.form.currentData() in ("CASH", "TRANSFER")
        self._amount_label.setVisible(money)
        self.amount.setVisible(money)
        self._goods_label.setVisible(not money)
        self._goods_row.setVisible(not money)

    def scheme(self) -> Scheme:
        """The free scheme as it is filled in. Raises `UsageError` where money or goods are missing."""
        form = str(self.form.currentData())
        amount = 0
        goods: tuple[Goods, ...] = ()
        if form in ("CASH", "TRANSFER"):
            try:
                amount = parse_yuan(self.amount.text()) if self.amount.text().strip() else 0
            except ValueError as error:
                raise UsageError(
                    "amount_unreadable",
                    _("“{text}” is no amount of money.").format(text=self.amount.text()),
                ) from error
            if amount <= 0:
                raise UsageError("amount_missing", _("Enter how many yuan each person gets."))
        else:
            name = self.goods.text().strip()
            if not name:
                raise UsageError("goods_missing", _("Enter what each person gets."))
            goods = (Goods(name, self.quantity.value(), self.unit.text().strip()),)
        occasion = str(self.occasion.currentData())
        return Scheme(
            code="",
            name=self.title.text().strip() or occasion_name(occasion),
            occasion=occasion,
            who=AllOf(tuple(self._tests())),
            tiers=(Tier(amount_fen=amount, goods=goods),),
            form=form,
            fund_source=str(self.source.currentData()),
            counting=str(self.counting.currentData()),
        )

    def _tests(self) -> list[Test]:
        tests: list[Test] = []
        for key, box in self.fields.items():
            if box.currentData():
                tests.append(one_of(key, str(box.currentData())))
        if self.low.value() or self.high.value():
            field = AGE_FIELDS[str(self.counting.currentData())]
            ages: Condition = between(field, self.low.value() or None, self.high.value() or None)
            tests.append(ages)
        return tests
