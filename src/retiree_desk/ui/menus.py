"""The menus of the window, and the page of shortcuts that is read off them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget

from retiree_desk.i18n import _
from retiree_desk.settings import PRIVACY, LocalSettings
from retiree_desk.ui import ask, theme
from retiree_desk.ui.file_actions import FileActions
from retiree_desk.ui.tabs import TABS
from retiree_desk.ui.undo_actions import UndoActions


class Commands(Protocol):
    """What the menus do; the window does it."""

    settings: LocalSettings
    files: FileActions
    undoing: UndoActions

    def import_files(self) -> Any: ...
    def export_roster(self) -> Any: ...
    def print_roster(self) -> Any: ...
    def open_settings(self) -> Any: ...
    def open_history(self) -> Any: ...
    def open_person(self, person_id: int | None) -> Any: ...
    def focus_find(self) -> None: ...
    def show_tab(self, code: str) -> Any: ...
    def change_type(self, step: int) -> None: ...
    def set_type(self, size: str) -> None: ...
    def set_privacy(self, on: bool) -> None: ...
    def refresh(self) -> None: ...
    def about(self) -> None: ...


def _add(
    window: QWidget, menu: Any, text: str, slot: Callable[[], Any], key: Any = None, icon: str = ""
) -> QAction:
    action = QAction(text, window)
    if key is not None:
        action.setShortcut(QKeySequence(key))
    if icon:
        action.setIcon(theme.icon(icon))
    action.triggered.connect(lambda: slot())
    menu.addAction(action)
    return action


def make_menus(window: QMainWindow, do: Commands) -> None:
    """File, Edit, View, Help."""
    bar = window.menuBar()
    file = bar.addMenu(_("&File"))
    _add(window, file, _("Open another file …"), do.files.open_file, "Ctrl+O", "folder-open")
    _add(window, file, _("New file …"), do.files.new_file, None, "file-plus")
    file.addSeparator()
    _add(window, file, _("Import HR workbooks …"), do.import_files, "Ctrl+I", "file-import")
    _add(window, file, _("Export roster …"), do.export_roster, "Ctrl+E", "file-export")
    _add(window, file, _("Print roster …"), do.print_roster, "Ctrl+P", "printer")
    file.addSeparator()
    _add(window, file, _("Back up now"), do.files.backup_now, None, "database-export")
    _add(window, file, _("Restore a backup …"), do.files.restore_backup, None, "history")
    _add(window, file, _("Check the file"), do.files.check_file, None, "circle-check")
    file.addSeparator()
    _add(window, file, _("Settings …"), do.open_settings, "Ctrl+,", "settings")
    _add(window, file, _("Quit"), window.close, QKeySequence.StandardKey.Quit)
    edit = bar.addMenu(_("&Edit"))
    edit.addAction(do.undoing.undo_action)
    edit.addAction(do.undoing.redo_action)
    _add(window, edit, _("History …"), do.open_history, "Ctrl+H", "history")
    edit.addSeparator()
    _add(window, edit, _("New person …"), lambda: do.open_person(None), "Ctrl+N", "user-plus")
    _add(window, edit, _("Find"), do.focus_find, QKeySequence.StandardKey.Find, "search")
    _add(
        window,
        edit,
        _("Split addresses into building and door …"),
        do.files.split_addresses,
        None,
        "home",
    )
    view = bar.addMenu(_("&View"))
    for number, tab in enumerate(TABS, 1):
        _add(window, view, _(tab.title), partial(do.show_tab, tab.code), f"Ctrl+{number}")
    view.addSeparator()
    _add(window, view, _("Larger type"), lambda: do.change_type(1), "Ctrl++", "zoom-in")
    _add(window, view, _("Smaller type"), lambda: do.change_type(-1), "Ctrl+-", "zoom-out")
    _add(window, view, _("Standard type size"), lambda: do.set_type("standard"), "Ctrl+0")
    privacy = QAction(_("Privacy: mask numbers and addresses"), window, checkable=True)
    privacy.setChecked(bool(do.settings.get(PRIVACY, False)))
    privacy.setShortcut(QKeySequence("Ctrl+M"))
    privacy.toggled.connect(do.set_privacy)
    view.addAction(privacy)
    _add(window, view, _("Refresh"), do.refresh, "F5", "refresh")
    help_menu = bar.addMenu(_("&Help"))
    _add(window, help_menu, _("Keyboard shortcuts"), lambda: show_keys(window), "F1", "help")
    _add(window, help_menu, _("About Retiree Desk"), do.about, None, "info-circle")


def show_keys(window: QWidget) -> None:
    """The shortcuts, gathered from the actions themselves."""
    native = QKeySequence.SequenceFormat.NativeText
    rows = [
        f"{action.shortcut().toString(native)}\t{action.text().split('(&')[0].replace('&', '')}"
        for action in window.findChildren(QAction)
        if not action.shortcut().isEmpty()
    ]
    ask.inform(_("Keyboard shortcuts"), "\n".join(rows))
