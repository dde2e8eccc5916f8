"""Who would be on a welfare list, who would not, and who cannot be decided: three tables, each with why."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QTabWidget, QWidget

from retiree_desk.core.money import yuan
from retiree_desk.core.retirees import COLUMN_BY_KEY, Retiree
from retiree_desk.core.schemes import goods_text
from retiree_desk.core.welfare import LeftOut, ProposedLine
from retiree_desk.core.welfare_reasons import reasons_text
from retiree_desk.i18n import _
from retiree_desk.ui.widgets.fitted_table import FittedTable
from retiree_desk.ui.widgets.rows_model import RowsModel

_REASON = 5


def _person_row(person: Retiree, age: str) -> list[str]:
    sex, category = (COLUMN_BY_KEY[key].show(person[key]) for key in ("sex", "category"))
    return [person.name, sex, age, category, person["party_branch"] or person["admin_group"]]


def left_row(one: LeftOut) -> list[str]:
    """The words of somebody who is not on the list; made off the UI thread for many thousands."""
    return [*_person_row(one.person, one.person["birth"]), reasons_text(one.reasons)]


def _line_row(line: ProposedLine) -> list[str]:
    return [
        *_person_row(line.person, line.age),
        line.by_hand or reasons_text(line.reasons),
        yuan(line.amount_fen) if line.amount_fen else "",
        goods_text(line.goods),
    ]


class ProposalTables(QTabWidget):
    """Three tables on tabs that say how many they hold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        who = [_("Name"), _("Sex"), _("Age"), _("Category"), _("Branch (group)")]
        left = [_("Name"), _("Sex"), _("Born"), _("Category"), _("Branch (group)")]
        money = frozenset({6})
        self.lines = RowsModel([*who, _("Reason"), _("Amount (yuan)"), _("Goods")], right=money, parent=self)
        self.excluded = RowsModel([*left, _("Why not")], parent=self)
        self.undecided = RowsModel([*left, _("What is missing")], parent=self)
        self.line_table = FittedTable(self.lines, _("Entitled"), _REASON)
        self.excluded_table = FittedTable(self.excluded, _("Not entitled"), _REASON)
        self.undecided_table = FittedTable(self.undecided, _("Undecided"), _REASON)
        for table in (self.line_table, self.excluded_table, self.undecided_table):
            self.addTab(table, table.accessibleName())

    def fill(
        self,
        lines: Sequence[ProposedLine],
        excluded: Sequence[LeftOut],
        undecided: Sequence[LeftOut],
        words: Mapping[int, list[str]],
    ) -> None:
        """Shows the three parts; `words` holds rows of `left_row` made before, by person."""
        self.lines.set_rows([(line, _line_row(line)) for line in lines])
        self.line_table.hide_empty((_REASON + 1, _REASON + 2))
        for model, part in ((self.excluded, excluded), (self.undecided, undecided)):
            model.set_rows([(one, words.get(one.person.id) or left_row(one)) for one in part])
        for place in range(self.count()):
            table = self.widget(place)
            assert isinstance(table, FittedTable)
            self.setTabText(place, f"{table.accessibleName()} {table.model().rowCount():,}")

    @property
    def on_lines(self) -> bool:
        """Whether the table of those entitled is in front."""
        return self.currentWidget() is self.line_table

    def chosen(self) -> list[Any]:
        """The objects of the selected rows of the table in front: lines, or people left out."""
        table = self.currentWidget()
        assert isinstance(table, FittedTable)
        model = table.model()
        assert isinstance(model, RowsModel)
        return [model.object_at(index.row()) for index in table.selectionModel().selectedRows()]
