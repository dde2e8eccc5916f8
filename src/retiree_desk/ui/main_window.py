"""The window: tabs, menus, status line. Screens themselves live in `tabs/` and `dialogs/`."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTabWidget, QToolButton

from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.services.desk import Desk
from retiree_desk.settings import OPERATOR, PRIVACY, LocalSettings
from retiree_desk.ui import ask, theme
from retiree_desk.ui.context import Announcer, Context
from retiree_desk.ui.dialogs.import_files_page import files_in
from retiree_desk.ui.file_actions import FileActions
from retiree_desk.ui.menus import make_menus
from retiree_desk.ui.tabs import TABS
from retiree_desk.ui.tasks import TaskBar, Tasks
from retiree_desk.ui.undo_actions import UndoActions


class MainWindow(QMainWindow):
    """One office at the desk. `reopen` is called to build the window anew (language, another file)."""

    def __init__(self, desk: Desk, settings: LocalSettings, reopen: Callable[..., None]) -> None:
        super().__init__()
        self.desk = desk
        self.settings = settings
        self._reopen = reopen
        self._announcer = Announcer(self)
        self._task_bar = TaskBar(self)
        self.tasks = Tasks(self._task_bar, self)
        self.context = Context(desk, self.tasks, settings, self._announcer)
        self.files = FileActions(self.context, self, reopen)
        self.undoing = UndoActions(self.context, self)
        self._unsubscribe = desk.db.subscribe(self._announcer.changed.emit)
        self.context.actions |= {
            "person": self.open_person,
            "tab": self.show_tab,
            "preview": self.preview,
            "import": self.import_files,
            "say": self.say,
            "visit": lambda person_id: self.show_tab("visits").enter_visit(person_id),
        }
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.pages: dict[str, Any] = {}
        for tab in TABS:
            page = tab.make(self.context)
            self.pages[tab.code] = page
            self.tabs.addTab(page, _(tab.title))
        self.setCentralWidget(self.tabs)
        make_menus(self, self)
        self._make_status()
        self._announcer.changed.connect(self._after_change)
        self._update_title()
        self.setAcceptDrops(True)
        # Not larger than the screen: not every window manager pulls the status line back into view.
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))
        state = settings.get("window")
        if state:
            self.restoreGeometry(QByteArray.fromHex(state.encode()))

    # Status line

    def _make_status(self) -> None:
        bar = self.statusBar()
        self._message = QLabel()
        self._saved = QLabel()
        self._operator = QToolButton()
        self._operator.setAutoRaise(True)
        self._operator.setToolTip(_("Click to change who is working"))
        self._operator.clicked.connect(self.change_operator)
        bar.addWidget(self._message, 1)
        bar.addPermanentWidget(self._task_bar)
        bar.addPermanentWidget(self._saved)
        bar.addPermanentWidget(self._operator)
        self._show_operator()

    def _show_operator(self) -> None:
        self._operator.setText(_("Operator: {name}").format(name=self.desk.db.operator or "-"))

    def say(self, words: str) -> None:
        """A line in the status bar."""
        self._message.setText(words)

    def _update_title(self) -> None:
        name = self.desk.settings.office_name or self.desk.db.path.stem
        self.setWindowTitle(f"{name} — {_('Retiree Desk')}")

    # After changes

    def _after_change(self, topics: frozenset[Topic]) -> None:
        from datetime import datetime

        self._saved.setText(_("Saved {time}").format(time=datetime.now().strftime("%H:%M")))
        if Topic.SETTINGS in topics:
            self._update_title()

    def open_history(self) -> None:
        """The list of changes."""
        from retiree_desk.ui.dialogs.history import HistoryDialog

        HistoryDialog(self.context, self).open()

    # Moving about

    def show_tab(self, code: str) -> Any:
        """Brings a tab to the front and returns it."""
        page = self.pages[code]
        self.tabs.setCurrentWidget(page)
        return page

    def focus_find(self) -> None:
        """Ctrl+F from anywhere: the find box of the registry, unless the tab has its own."""
        page: Any = self.tabs.currentWidget()
        if not hasattr(page, "focus_find"):
            page = self.show_tab("registry")
        page.focus_find()

    def refresh(self) -> None:
        """F5."""
        page: Any = self.tabs.currentWidget()
        page.refresh()

    def open_person(self, person_id: int | None) -> Any:
        """The person dialog; None: a new person."""
        from retiree_desk.ui.dialogs.person import PersonDialog

        dialog = PersonDialog(self.context, person_id, self)
        dialog.open()
        return dialog

    def preview(self, paper: Any) -> Any:
        """Shows a paper."""
        from retiree_desk.ui.dialogs.preview import PreviewDialog

        dialog = PreviewDialog(self.context, paper, self)
        dialog.open()
        return dialog

    def import_files(self, files: Any = None) -> Any:
        """The import wizard."""
        from retiree_desk.ui.dialogs.import_wizard import ImportWizard

        dialog = ImportWizard(self.context, self, files=files or [])
        dialog.open()
        return dialog

    def export_roster(self) -> Any:
        """花名册 as a workbook or csv."""
        return self.show_tab("registry").export_roster()

    def print_roster(self) -> Any:
        """花名册 on paper."""
        return self.show_tab("registry").print_roster()

    # Settings

    def open_settings(self) -> Any:
        """Language, type size, the office's name."""
        from retiree_desk.ui.dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self.context, self._apply_settings, self)
        dialog.open()
        return dialog

    def _apply_settings(self, *, language_changed: bool) -> None:
        self._apply_type()
        if language_changed:
            self._reopen(None)

    def _apply_type(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, str(self.settings.get("type_size", "standard")), app.font().families())

    def set_type(self, size: str) -> None:
        """One of the three type sizes, at once and remembered."""
        self.settings.set(type_size=size)
        self._apply_type()

    def change_type(self, step: int) -> None:
        """A size larger (1) or smaller (-1)."""
        sizes = list(theme.TYPE_SIZES)
        now = str(self.settings.get("type_size", "standard"))
        place = sizes.index(now) if now in sizes else 0
        self.set_type(sizes[min(len(sizes) - 1, max(0, place + step))])

    def set_privacy(self, on: bool) -> None:
        """Masks numbers and addresses on every screen, for when others look on."""
        self.settings.set(**{PRIVACY: on})
        for page in self.pages.values():
            page.refresh()

    def change_operator(self) -> None:
        """Another name in the status bar: whose changes these are."""
        name = ask.text(_("Operator"), _("Who is working now?"), self.desk.db.operator)
        if name:
            self.desk.db.operator = name
            self.settings.set(**{OPERATOR: name})
            self._show_operator()
            self.undoing.refresh()

    def about(self) -> None:
        """Version and place of the data."""
        from importlib.metadata import version

        ask.inform(
            _("Retiree Desk {version}").format(version=version("retiree-desk")),
            _("Data file: {file}").format(file=self.desk.db.path),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # Qt's name
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # Qt's name
        """Files dropped on the window are HR workbooks: the wizard opens with them."""
        event.acceptProposedAction()
        self.import_files(files_in(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:  # Qt's name
        if self.tasks.would_lose and not ask.confirm(
            _("Work is still under way. Stop it and close?"), _("Stop and close"), _("Keep open")
        ):
            event.ignore()
            return
        self.tasks.stop_all()
        self._unsubscribe()
        self.settings.set(window=bytes(self.saveGeometry().toHex().data()).decode())
        self.files.backup_at_close()
        super().closeEvent(event)
