"""The Welfare tab: the lists made, one list with its lines and papers, and the schemes."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.entitlement import Reason
from retiree_desk.core.errors import UserError
from retiree_desk.core.money import yuan
from retiree_desk.core.schemes import goods_text
from retiree_desk.core.topics import Topic
from retiree_desk.core.welfare import goods_totals
from retiree_desk.core.welfare_reasons import reason_text
from retiree_desk.core.welfare_words import COUNTINGS, FORMS, LIST_STATES, occasion_name, word
from retiree_desk.i18n import N_, _
from retiree_desk.services.welfare_records import WelfareLine, WelfareList
from retiree_desk.ui import ask, theme
from retiree_desk.ui.context import Context, Refresher
from retiree_desk.ui.dialogs.list_wizard import ListWizard
from retiree_desk.ui.dialogs.preview import Paper
from retiree_desk.ui.tabs.welfare_schemes import SchemesPage
from retiree_desk.ui.widgets.fitted_table import FittedTable
from retiree_desk.ui.widgets.rows_model import RowsModel
from retiree_desk.ui.widgets.table_copy import copy_table

# Columns of the lines: the reason takes the spare width; money, goods and news may have nothing to say.
_LINE_STRETCH = 6
_AMOUNT = 7


class WelfareTab(QWidget):
    """发放名单 and 项目标准."""

    code = "welfare"
    title = N_("Welfare")
    topics = frozenset({Topic.WELFARE, Topic.REGISTRY})

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.lists = ListsPage(context)
        self.schemes = SchemesPage(context)
        pages = QTabWidget()
        pages.setDocumentMode(True)
        pages.addTab(self.lists, _("Lists"))
        pages.addTab(self.schemes, _("Schemes"))
        self.pages = pages
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.addWidget(pages)
        self.schemes.list_wanted.connect(self._new_list_of)
        self._refresher = Refresher(self, self.topics, self.refresh, context)
        self.refresh()

    def refresh(self) -> None:
        """Lists and schemes as they are now."""
        self.lists.refresh()
        self.schemes.refresh()

    def new_list(self) -> ListWizard:
        """The dialog for a new list."""
        return self.lists.new_list()

    def _new_list_of(self, code: str) -> None:
        self.pages.setCurrentWidget(self.lists)
        self.lists.new_list(code)


class ListsPage(QWidget):
    """The lists on the left, the chosen one on the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.model = RowsModel(
            [_("List"), _("Title of the list"), _("Basis date"), _("People"), _("Amount (yuan)")],
            right=frozenset({3, 4}),
            parent=self,
        )
        self.table = FittedTable(self.model, _("Lists"), 1)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.page = ListPage(context)
        self.new_button = QPushButton(_("New list …"))
        self.new_button.setProperty("primary", True)
        self.new_button.clicked.connect(lambda: self.new_list())
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 8, 8, 0)
        top = QHBoxLayout()
        top.addWidget(self.new_button)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.page)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([460, 820])
        splitter.setChildrenCollapsible(False)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty())
        self.stack.addWidget(splitter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._choose())

    def _empty(self) -> QWidget:
        page = QWidget()
        words = QLabel(_("No list has been made yet. A list says who is entitled, to what, and why."))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        button = QPushButton(_("Make the first list …"))
        button.setProperty("primary", True)
        button.clicked.connect(lambda: self.new_list())
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        self.first_button = button
        return page

    def refresh(self) -> None:
        """The lists as they are now; the chosen one stays chosen."""
        chosen = self.page.shown
        found = self._context.desk.welfare.lists()
        self.stack.setCurrentIndex(1 if found else 0)
        writable = self._context.desk.db.writable
        self.new_button.setEnabled(writable)
        self.first_button.setEnabled(writable)
        self.model.set_rows(
            [
                (
                    one,
                    [
                        one.code,
                        one.title,
                        one.on,
                        f"{one.line_count:,}",
                        yuan(one.total_fen) if one.total_fen else "",
                    ],
                )
                for one in found
            ]
        )
        codes = [one.code for one in found]
        self.table.selectRow(codes.index(chosen.code) if chosen and chosen.code in codes else 0)
        self._choose()

    def _choose(self) -> None:
        index = self.table.currentIndex()
        self.page.show_list(self.model.object_at(index.row()) if index.isValid() else None)

    def choose(self, code: str) -> None:
        """Shows the list of a code."""
        for row in range(self.model.rowCount()):
            if self.model.object_at(row).code == code:
                self.table.selectRow(row)

    def new_list(self, scheme: str = "") -> ListWizard:
        """The dialog for a new list; what it makes is shown."""
        wizard = ListWizard(self._context, self.window(), scheme=scheme)

        def made() -> None:
            self.refresh()
            if wizard.made:
                self.choose(wizard.made.code)

        wizard.accepted.connect(made)
        wizard.open()
        return wizard


class ListPage(QWidget):
    """One final list: what it is, its lines, its papers."""

    opened = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.shown: WelfareList | None = None
        self._lines: list[WelfareLine] = []
        self._since: dict[int, Reason] = {}
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.facts = QLabel()
        self.facts.setProperty("role", "hint")
        self.facts.setWordWrap(True)
        self.total = QLabel()
        self.total.setWordWrap(True)
        self.condolence_button = QPushButton(theme.icon("printer"), _("Condolence list …"))
        self.sign_button = QPushButton(theme.icon("printer"), _("Sign-for sheet …"))
        self.more_button = QPushButton(_("More papers"))
        self._headings = [
            _("No."),
            _("Name"),
            _("Sex"),
            _("Age"),
            _("Category"),
            _("Branch (group)"),
            _("Reason"),
            _("Amount (yuan)"),
            _("Goods"),
            _("Since then"),
        ]
        self.model = RowsModel(self._headings, right=frozenset({0, _AMOUNT}), parent=self)
        self.table = FittedTable(self.model, _("Lines of the list"), _LINE_STRETCH)
        self.table.doubleClicked.connect(lambda index: self._open(self.model.object_at(index.row())))
        buttons = QHBoxLayout()
        buttons.addWidget(self.condolence_button)
        buttons.addWidget(self.sign_button)
        buttons.addWidget(self.more_button)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 0, 0)
        box.addWidget(self.title)
        box.addWidget(self.facts)
        box.addLayout(buttons)
        box.addWidget(self.table, 1)
        box.addWidget(self.total)
        self.condolence_button.clicked.connect(lambda: self.preview("condolence-list"))
        self.sign_button.clicked.connect(lambda: self.preview("sign-sheet"))
        self.more_button.setMenu(self._menu())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("Public notice …"), partial(self.preview, "condolence-notice"))
        menu.addAction(_("Approval form …"), partial(self.preview, "approval-form"))
        menu.addAction(_("Issue summary …"), partial(self.preview, "issue-summary"))
        self._bank = menu.addAction(_("Bank list …"), partial(self.preview, "bank-list"))
        menu.addSeparator()
        menu.addAction(_("Condolence list as workbook …"), partial(self.save_workbook, "condolence-list"))
        menu.addAction(_("Sign-for sheet as workbook …"), partial(self.save_workbook, "sign-sheet"))
        menu.addSeparator()
        menu.addAction(_("Copy the lines"), self.copy)
        return menu

    def show_list(self, chosen: WelfareList | None) -> None:
        """Shows a list, or nothing."""
        self.shown = chosen
        self._lines = self._context.desk.welfare.lines(chosen.id) if chosen else []
        self._since = self._context.desk.welfare.since(chosen.id) if chosen else {}
        for button in (self.condolence_button, self.sign_button, self.more_button):
            button.setEnabled(chosen is not None and chosen.frozen)
        self._bank.setEnabled(bool(chosen and chosen.total_fen))
        self.model.set_rows([(line, self._texts(line)) for line in self._lines])
        self.table.hide_empty((_AMOUNT, _AMOUNT + 1, _AMOUNT + 2))
        if chosen is None:
            for label in (self.title, self.facts, self.total):
                label.clear()
            return
        self.title.setText(chosen.title)
        self.facts.setText(" · ".join(self._facts(chosen)))
        totals = goods_totals(line.goods for line in self._lines)
        parts = [_("{n} people").format(n=f"{len(self._lines):,}")]
        if chosen.total_fen:
            parts.append(_("{amount} yuan").format(amount=yuan(chosen.total_fen)))
        parts.append(goods_text(totals))
        if self._since:
            parts.append(_("{n} changed since the list was made").format(n=f"{len(self._since):,}"))
        self.total.setText("  ".join(part for part in parts if part))

    def _facts(self, chosen: WelfareList) -> list[str]:
        facts = [
            chosen.code,
            _("{state} by {name}").format(state=word(LIST_STATES, chosen.state), name=chosen.final_by or "-"),
            _("check code {code}").format(code=chosen.check_code),
            occasion_name(chosen.occasion),
            _("Basis date: {date}").format(date=chosen.on),
            word(FORMS, chosen.form),
            chosen.fund_source,
            word(COUNTINGS, chosen.counting),
        ]
        if chosen.printed_at:
            facts.append(_("printed"))
        return [fact for fact in facts if fact]

    def _texts(self, line: WelfareLine) -> list[str]:
        return [
            str(line.number),
            line.name,
            line.sex,
            line.age,
            line.category,
            line.branch or line.admin_group,
            line.reason,
            yuan(line.amount_fen) if line.amount_fen else "",
            goods_text(line.goods),
            reason_text(self._since[line.number]) if line.number in self._since else "",
        ]

    def _open(self, line: WelfareLine) -> None:
        if line.person_id:
            self._context.open("person", line.person_id)

    def copy(self) -> None:
        """All lines as a table on the clipboard."""
        copy_table(self._headings, [self._texts(line) for line in self._lines])

    # Papers

    def paper(self, code: str) -> Paper:
        """A paper of the list shown, for the preview."""
        from retiree_desk.services.documents import DOCUMENTS, Options, write_document

        assert self.shown is not None
        desk, made = self._context.desk, self.shown
        title = _(DOCUMENTS[code].title)

        def printed(how: str) -> None:
            desk.welfare.mark_printed(made.id)
            desk.db.record("print", {"document": code, "list": made.code, "how": how})
            self._printed()

        return Paper(
            title=f"{title} {made.code}",
            file_name=f"{title}-{made.code}.pdf",
            write=lambda path: write_document(desk, code, path, Options(list=made.code, preview=True)),
            printed=printed,
        )

    def _printed(self) -> None:
        """The list's page says that it was printed, without a change of data to announce."""
        if self.shown is not None:
            self.shown = self._context.desk.welfare.list_of(self.shown.code)
            self.facts.setText(" · ".join(self._facts(self.shown)))

    def preview(self, code: str) -> Any:
        """Shows a paper; it is printed or saved from there."""
        return self._context.open("preview", self.paper(code)) if self.shown else None

    def save_workbook(self, code: str) -> None:
        """Writes a paper as a workbook."""
        from retiree_desk.services.documents import DOCUMENTS, Options, write_document

        if self.shown is None:
            return
        made, title = self.shown, _(DOCUMENTS[code].title)
        path = ask.save_file(title, f"{title}-{made.code}.xlsx", _("Workbook (*.xlsx)"))
        if path is None:
            return
        path = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")
        try:
            write_document(self._context.desk, code, path, Options(list=made.code))
        except UserError as error:
            ask.warn(error.message)
            return
        self._context.open("say", _("Saved as {file}").format(file=path))
