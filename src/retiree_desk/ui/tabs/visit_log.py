"""走访记录: the visits made, newest first."""

from datetime import timedelta

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from retiree_desk.core.visits import VISIT_COLUMNS, VisitFilter, VisitRow
from retiree_desk.i18n import N_, _
from retiree_desk.ui import theme
from retiree_desk.ui.context import Context
from retiree_desk.ui.widgets.fitted_table import FittedTable
from retiree_desk.ui.widgets.rows_model import RowsModel

_WORDS = [column.key for column in VISIT_COLUMNS].index("words")
_LIMIT = 2000

_PERIODS = {"90": N_("Last three months"), "366": N_("Last twelve months"), "": N_("All visits")}


class LogPage(QWidget):
    """Visits of a period, found by name, visitor or words."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText(_("Name, pinyin, visitor or words"))
        self.find_box.setAccessibleName(_("Find"))
        self.find_box.setClearButtonEnabled(True)
        self.period = QComboBox()
        self.period.setAccessibleName(_("Period"))
        for days, words in _PERIODS.items():
            self.period.addItem(_(words), days)
        self.new_button = QPushButton(theme.icon("walk"), _("Enter a visit …"))
        self.headings = [column.heading() for column in VISIT_COLUMNS]
        self.model = RowsModel(self.headings, parent=self)
        self.table = FittedTable(self.model, _("Visits"), _WORDS)
        self.hint = QLabel()
        self.hint.setProperty("role", "hint")
        top = QHBoxLayout()
        top.addWidget(self.new_button)
        top.addWidget(self.period)
        top.addWidget(self.find_box, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.addLayout(top)
        box.addWidget(self.table, 1)
        box.addWidget(self.hint)
        self.find_box.textChanged.connect(lambda _text: self.refresh())
        self.period.currentIndexChanged.connect(lambda _index: self.refresh())
        self.new_button.clicked.connect(self.new_visit)
        self.table.doubleClicked.connect(
            lambda index: context.open("person", self.model.object_at(index.row()).person_id)
        )
        self.refresh()

    def focus_find(self) -> None:
        """Puts the caret into the find box."""
        self.find_box.setFocus()

    def refresh(self) -> None:
        """The visits of the period that fit what is typed."""
        days = self.period.currentData()
        since = self._context.desk.today() - timedelta(days=int(days)) if days else None
        wanted = VisitFilter(since=since, text=self.find_box.text().strip())
        rows = self._context.desk.visits.list(wanted, limit=_LIMIT)
        self.model.set_rows([(row, self._texts(row)) for row in rows])
        self.new_button.setEnabled(self._context.desk.db.writable)
        if not rows:
            self.hint.setText(_("No visit in this period. Results typed back from the sheets stand here."))
        elif len(rows) == _LIMIT:
            self.hint.setText(_("The newest {n} visits").format(n=f"{_LIMIT:,}"))
        else:
            self.hint.setText(_("{n} visits").format(n=f"{len(rows):,}"))

    def _texts(self, row: VisitRow) -> list[str]:
        return [column.show(row[column.key]) for column in VISIT_COLUMNS]

    def new_visit(self) -> None:
        """Asks whom, then what came of it."""
        from retiree_desk.ui.dialogs.pick_person import PickPersonDialog
        from retiree_desk.ui.dialogs.visit import VisitDialog

        pick = PickPersonDialog(self._context, _("Who was visited?"), self.window())

        def picked() -> None:
            if pick.picked is not None:
                VisitDialog(self._context, int(pick.picked.id), self.window()).open()

        pick.accepted.connect(picked)
        pick.finished.connect(pick.deleteLater)
        pick.open()
