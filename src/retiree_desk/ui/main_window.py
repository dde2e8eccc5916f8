"""The window: tabs, menus, status line. Screens themselves live in `tabs/` and `dialogs/`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QTabWidget, QToolButton

from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.services.desk import Desk
from retiree_desk.settings import OPERATOR, PRIVACY, LocalSettings
from retiree_desk.ui import ask, errors, theme
from retiree_desk.ui.context import Announcer, Context
from retiree_desk.ui.tabs import TABS
from retiree_desk.ui.tasks import TaskBar, Tasks

_MANY_ROWS = 20
_BACKUP_EVERY_MS = 30 * 60 * 1000


class MainWindow(QMainWindow):
    """One office at the desk. `reopen` is called to build the window anew (language, another file)."""

    def __init__(self, desk: Desk, settings: LocalSettings, reopen: Callable[..., None]) -> None:
        super().__init__()
        self.desk = desk
        self._settings = settings
        self._reopen = reopen
        self._announcer = Announcer(self)
        self._task_bar = TaskBar(self)
        self.tasks = Tasks(self._task_bar, self)
        self.context = Context(desk, self.tasks, settings, self._announcer)
        newest = desk.history.list(1)
        self._first_change = newest[0].id if newest else 0
        self._changed_since_backup = False
        self._unsubscribe = desk.db.subscribe(self._announcer.changed.emit)
        self.context.actions |= {
            "person": self.open_person,
            "tab": self.show_tab,
            "preview": self.preview,
            "import": self.import_files,
            "say": self.say,
        }
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.pages: dict[str, Any] = {}
        for tab in TABS:
            page = tab.make(self.context)
            self.pages[tab.code] = page
            self.tabs.addTab(page, _(tab.title))
        self.setCentralWidget(self.tabs)
        self._make_menus()
        self._make_status()
        self._announcer.changed.connect(self._after_change)
        self._update_title()
        self._update_undo()
        self.resize(1280, 800)
        state = settings.get("window")
        if state:
            self.restoreGeometry(QByteArray.fromHex(state.encode()))
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(_BACKUP_EVERY_MS)
        self._backup_timer.timeout.connect(self._backup_if_changed)
        self._backup_timer.start()

    # Menus and status line

    def _action(
        self, menu: Any, text: str, slot: Callable[[], Any], key: Any = None, icon: str = ""
    ) -> QAction:
        action = QAction(text, self)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        if icon:
            action.setIcon(theme.icon(icon))
        action.triggered.connect(lambda: slot())
        menu.addAction(action)
        return action

    def _make_menus(self) -> None:
        bar = self.menuBar()
        file = bar.addMenu(_("&File"))
        self._action(file, _("Open another file …"), self.open_file, "Ctrl+O", "folder-open")
        self._action(file, _("New file …"), self.new_file, None, "file-plus")
        file.addSeparator()
        self._action(file, _("Import HR workbooks …"), self.import_files, "Ctrl+I", "file-import")
        self._action(file, _("Export roster …"), self.export_roster, "Ctrl+E", "file-export")
        self._action(file, _("Print roster …"), self.print_roster, "Ctrl+P", "printer")
        file.addSeparator()
        self._action(file, _("Back up now"), self.backup_now, None, "database-export")
        self._action(file, _("Restore a backup …"), self.restore_backup, None, "history")
        self._action(file, _("Check the file"), self.check_file, None, "circle-check")
        file.addSeparator()
        self._action(file, _("Settings …"), self.open_settings, "Ctrl+,", "settings")
        self._action(file, _("Quit"), self.close, QKeySequence.StandardKey.Quit)
        edit = bar.addMenu(_("&Edit"))
        self.undo_action = self._action(edit, _("Undo"), self.undo, QKeySequence.StandardKey.Undo, "arrow-back-up")
        self.redo_action = self._action(edit, _("Redo"), self.redo, "Ctrl+Y", "arrow-forward-up")
        self._action(edit, _("History …"), self.open_history, "Ctrl+H", "history")
        edit.addSeparator()
        self._action(edit, _("New person …"), lambda: self.open_person(None), "Ctrl+N", "user-plus")
        self._action(edit, _("Find"), self.focus_find, QKeySequence.StandardKey.Find, "search")
        self._action(edit, _("Split addresses into building and door …"), self.split_addresses, None, "home")
        view = bar.addMenu(_("&View"))
        for number, tab in enumerate(TABS, 1):
            self._action(view, _(tab.title), partial(self.show_tab, tab.code), f"Ctrl+{number}")
        view.addSeparator()
        self._action(view, _("Larger type"), lambda: self._change_type(1), "Ctrl++", "zoom-in")
        self._action(view, _("Smaller type"), lambda: self._change_type(-1), "Ctrl+-", "zoom-out")
        self._action(view, _("Standard type size"), lambda: self._set_type("standard"), "Ctrl+0")
        self.privacy_action = QAction(_("Privacy: mask numbers and addresses"), self, checkable=True)
        self.privacy_action.setChecked(bool(self._settings.get(PRIVACY, False)))
        self.privacy_action.setShortcut(QKeySequence("Ctrl+M"))
        self.privacy_action.toggled.connect(self._set_privacy)
        view.addAction(self.privacy_action)
        self._action(view, _("Refresh"), self.refresh, "F5", "refresh")
        help_menu = bar.addMenu(_("&Help"))
        self._action(help_menu, _("Keyboard shortcuts"), self.show_keys, "F1", "help")
        self._action(help_menu, _("About Retiree Desk"), self.about, None, "info-circle")

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

        self._changed_since_backup = True
        self._saved.setText(_("Saved {time}").format(time=datetime.now().strftime("%H:%M")))
        self._update_undo()
        if Topic.SETTINGS in topics:
            self._update_title()

    def _update_undo(self) -> None:
        who = self.desk.db.operator
        undo = self.desk.history.next_undo(after=self._first_change, who=who)
        redo = self.desk.history.next_redo(after=self._first_change, who=who)
        self.undo_action.setEnabled(undo is not None)
        self.undo_action.setText(_("Undo: {what}").format(what=undo.summary) if undo else _("Undo"))
        self.redo_action.setEnabled(redo is not None)
        words = ""
        if redo:
            original = self.desk.history.get(redo.undo_of or 0)
            words = _("Redo: {what}").format(what=original.summary)
        self.redo_action.setText(words or _("Redo"))

    def undo(self) -> None:
        """Takes back this operator's newest change since the window opened."""
        found = self.desk.history.next_undo(after=self._first_change, who=self.desk.db.operator)
        if found is None:
            return
        if found.rows > _MANY_ROWS and not ask.confirm(
            _("Take back “{what}” ({n} records)?").format(what=found.summary, n=found.rows), _("Take back")
        ):
            return
        self._tell_undone(lambda: self.desk.history.undo(found.id))

    def redo(self) -> None:
        """Takes back the newest undo."""
        found = self.desk.history.next_redo(after=self._first_change, who=self.desk.db.operator)
        if found is not None:
            self._tell_undone(lambda: self.desk.history.redo(found.id))

    def _tell_undone(self, work: Callable[[], Any]) -> None:
        def done(result: Any) -> None:
            self.say(_("Done."))
            if result.left_alone:
                names = "、".join(one.name or f"{one.table} {one.id}" for one in result.left_alone[:10])
                ask.inform(
                    _("{n} records were edited since and were left as they are.").format(
                        n=len(result.left_alone)
                    ),
                    names,
                )

        self.tasks.run(lambda _progress, _cancelled: work(), done, words=_("Taking back …"), owner=self)

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

    # Files

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

    def split_addresses(self) -> Any:
        """Proposes area, building, entrance and door from addresses as text."""
        from retiree_desk.ui.dialogs.addresses import AddressDialog

        dialog = AddressDialog(self.context, self)
        dialog.open()
        return dialog

    def open_file(self) -> None:
        """Another office's file."""
        path = ask.open_file(_("Open another file"), _("Retiree Desk files (*.rdesk)"))
        if path:
            self._reopen(path)

    def new_file(self) -> None:
        """An empty file."""
        path = ask.save_file(_("New file"), "office.rdesk", _("Retiree Desk files (*.rdesk)"))
        if path and path.exists():
            ask.warn(_("{file} is there already; choose another name.").format(file=path.name))
        elif path:
            self._reopen(path if path.suffix else path.with_suffix(".rdesk"))

    def backup_now(self) -> None:
        """A checked copy beside the file."""

        def done(made: Any) -> None:
            self._changed_since_backup = False
            ask.inform(_("Backup of {n} people made.").format(n=made[1]), str(made[0]))

        self.tasks.run(
            lambda _progress, _cancelled: self.desk.backups.make("manual"),
            done,
            words=_("Making a backup …"),
            owner=self,
        )

    def _backup_if_changed(self) -> None:
        if self._changed_since_backup and not self.tasks.busy:
            self._changed_since_backup = False
            self.tasks.run(
                lambda _progress, _cancelled: self.desk.backups.make("timed"),
                lambda _made: None,
                words=_("Making a backup …"),
                on_error=lambda error: self.say(errors.sentence(error)),
                owner=self,
            )

    def restore_backup(self) -> Any:
        """Puts a backup in the place of the file."""
        from retiree_desk.ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(self.context, self._reopen, self)
        dialog.open()
        return dialog

    def check_file(self) -> None:
        """Verifies file, references, index and logs."""

        def done(found: Any) -> None:
            if found.ok:
                ask.inform(_("The file is sound: {n} people, no problems.").format(n=found.people))
            else:
                ask.warn(
                    _("Problems were found. Restore a backup or ask for help before going on."),
                    "\n".join(found.problems[:10]),
                )

        self.tasks.run(
            lambda _progress, _cancelled: self.desk.backups.check(), done, words=_("Checking …"), owner=self
        )

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
        from PySide6.QtWidgets import QApplication

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, str(self._settings.get("type_size", "standard")), app.font().families())

    def _set_type(self, size: str) -> None:
        self._settings.set(type_size=size)
        self._apply_type()

    def _change_type(self, step: int) -> None:
        sizes = list(theme.TYPE_SIZES)
        now = str(self._settings.get("type_size", "standard"))
        place = sizes.index(now) if now in sizes else 0
        self._set_type(sizes[min(len(sizes) - 1, max(0, place + step))])

    def _set_privacy(self, on: bool) -> None:
        self._settings.set(**{PRIVACY: on})
        for page in self.pages.values():
            page.refresh()

    def change_operator(self) -> None:
        """Another name in the status bar: whose changes these are."""
        name = ask.text(_("Operator"), _("Who is working now?"), self.desk.db.operator)
        if name:
            self.desk.db.operator = name
            self._settings.set(**{OPERATOR: name})
            self._show_operator()
            self._update_undo()

    def show_keys(self) -> None:
        """The shortcuts, gathered from the menus themselves."""
        rows = []
        for menu in self.menuBar().actions():
            for action in menu.menu().actions() if menu.menu() else []:  # type: ignore[attr-defined]
                if not action.shortcut().isEmpty():
                    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                    rows.append(f"{keys}\t{action.text().replace('&', '')}")
        ask.inform(_("Keyboard shortcuts"), "\n".join(rows))

    def about(self) -> None:
        """Version and place of the data."""
        from importlib.metadata import version

        ask.inform(
            _("Retiree Desk {version}").format(version=version("retiree-desk")),
            _("Data file: {file}").format(file=self.desk.db.path),
        )

    def closeEvent(self, event: QCloseEvent) -> None:  # Qt's name
        if self.tasks.busy and not ask.confirm(
            _("Work is still under way. Stop it and close?"), _("Stop and close"), _("Keep open")
        ):
            event.ignore()
            return
        self.tasks.stop_all()
        self._unsubscribe()
        self._settings.set(window=bytes(self.saveGeometry().toHex().data()).decode())
        if self._changed_since_backup:
            self._changed_since_backup = False
            try:
                self.desk.backups.make("close")
            except Exception as error:
                # A backup that fails must not keep the window open for ever; it is told.
                errors.show(error)
        super().closeEvent(event)
