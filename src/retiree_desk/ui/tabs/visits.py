"""The Visit log tab (走访): the month's plan, typing results back, the log."""

from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from retiree_desk.core.topics import Topic
from retiree_desk.i18n import N_, _
from retiree_desk.ui.context import Context, Refresher
from retiree_desk.ui.tabs.visit_entry import EntryPage
from retiree_desk.ui.tabs.visit_log import LogPage
from retiree_desk.ui.tabs.visit_plan import PlanPage


class VisitsTab(QWidget):
    """走访计划, 结果录入 and 走访记录."""

    code = "visits"
    title = N_("Visit log")
    topics = frozenset({Topic.VISITS, Topic.REGISTRY, Topic.UNITS, Topic.SETTINGS})

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.plan = PlanPage(context)
        self.entry = EntryPage(context)
        self.log = LogPage(context)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.plan, _("Plan"))
        self.pages.addTab(self.entry, _("Enter results"))
        self.pages.addTab(self.log, _("Log"))
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.addWidget(self.pages)
        self.plan.type_wanted.connect(self.type_sheet)
        # Each page refreshes itself when it is seen; the tab passes on F5.
        for page in (self.plan, self.entry, self.log):
            # A big office's plan is not worked out before anybody looks at it.
            Refresher(page, self.topics, page.refresh, context, first=page is self.plan)

    def refresh(self) -> None:
        """The page shown, as things are now."""
        page: Any = self.pages.currentWidget()
        page.refresh()

    def focus_find(self) -> None:
        """Ctrl+F: the find box of the page shown."""
        page: Any = self.pages.currentWidget()
        page.focus_find()

    def type_sheet(self, code: str) -> None:
        """Goes to typing back a sheet."""
        self.pages.setCurrentWidget(self.entry)
        self.entry.show_sheet(code)

    def enter_visit(self, person_id: int) -> Any:
        """The dialog for one visit to somebody."""
        from retiree_desk.ui.dialogs.visit import VisitDialog

        dialog = VisitDialog(self._context, person_id, self.window())
        dialog.open()
        return dialog
