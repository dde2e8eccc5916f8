"""The menus of the window, and the page of shortcuts that is read off them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence

from retiree_desk.i18n import _
from retiree_desk.settings import PRIVACY
from retiree_desk.ui import ask, theme
from retiree_desk.ui.tabs import TABS

if TYPE_CHECKING:
    from retiree_desk.ui.main_window import MainWindow


def _add(
    window: MainWindow, menu: Any, text: str, slot: Callable[[], Any], key: Any = None, icon: str = ""
) -> QAction:
    action = QAction(text, window)
    if key is not None:
        action.setShortcut(QKeySequence(key))
    if icon:
        action.setIcon(theme.icon(icon))
    action.triggered.connect(lambda: slot())
    menu.addAction(action)
    return action


def make_menus(window: MainWindow) -> None:
    """File, Edit, View, Help."""
    bar = window.menuBar()
    file = bar.addMenu(_("&File"))
    _add(window, file, _("Open another file …"), window.files.open_file, "Ctrl+O", "folder-open")
    _add(window, file, _("New file …"), window.files.new_file, None, "file-plus")
    file.addSeparator()
    _add(window, file, _("Import HR workbooks …"), window.import_files, "Ctrl+I", "file-import")
    _add(window, file, _("Export roster …"), window.export_roster, "Ctrl+E", "file-export")
    _add(window, file, _("Print roster …"), window.print_roster, "Ctrl+P", "printer")
    file.addSeparator()
    _add(window, file, _("Back up now"), window.files.backup_now, None, "database-export")
    _add(window, file, _("Restore a backup …"), window.files.restore_backup, None, "history")
    _add(window, file, _("Check the file"), window.files.check_file, None, "circle-check")
    file.addSeparator()
    _add(window, file, _("Settings …"), window.open_settings, "Ctrl+,", "settings")
    _add(window, file, _("Quit"), window.close, QKeySequence.StandardKey.Quit)
    edit = bar.addMenu(_("&Edit"))
    edit.addAction(window.undoing.undo_action)
    edit.addAction(window.undoing.redo_action)
    _add(window, edit, _("History …"), window.open_history, "Ctrl+H", "history")
    edit.addSeparator()
    _add(window, edit, _("New person …"), lambda: window.open_person(None), "Ctrl+N", "user-plus")
    _add(window, edit, _("Find"), window.focus_find, QKeySequence.StandardKey.Find, "search")
    _add(
        window,
        edit,
        _("Split addresses into building and door …"),
        window.files.split_addresses,
        None,
        "home",
    )
    view = bar.addMenu(_("&View"))
    for number, tab in enumerate(TABS, 1):
        _add(window, view, _(tab.title), partial(window.show_tab, tab.code), f"Ctrl+{number}")
    view.addSeparator()
    _add(window, view, _("Larger type"), lambda: window.change_type(1), "Ctrl++", "zoom-in")
    _add(window, view, _("Smaller type"), lambda: window.change_type(-1), "Ctrl+-", "zoom-out")
    _add(window, view, _("Standard type size"), lambda: window.set_type("standard"), "Ctrl+0")
    privacy = QAction(_("Privacy: mask numbers and addresses"), window, checkable=True)
    privacy.setChecked(bool(window.settings.get(PRIVACY, False)))
    privacy.setShortcut(QKeySequence("Ctrl+M"))
    privacy.toggled.connect(window.set_privacy)
    view.addAction(privacy)
    _add(window, view, _("Refresh"), window.refresh, "F5", "refresh")
    help_menu = bar.addMenu(_("&Help"))
    _add(window, help_menu, _("Keyboard shortcuts"), lambda: show_keys(window), "F1", "help")
    _add(window, help_menu, _("About Retiree Desk"), window.about, None, "info-circle")


def show_keys(window: MainWindow) -> None:
    """The shortcuts, gathered from the actions themselves."""
    native = QKeySequence.SequenceFormat.NativeText
    rows = [
        f"{action.shortcut().toString(native)}\t{action.text().split('(&')[0].replace('&', '')}"
        for action in window.findChildren(QAction)
        if not action.shortcut().isEmpty()
    ]
    ask.inform(_("Keyboard shortcuts"), "\n".join(rows))
