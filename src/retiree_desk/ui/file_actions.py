"""What the File menu does with the data file: open, back up, restore, check."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.ui import ask, errors
from retiree_desk.ui.context import Context

_BACKUP_EVERY_MS = 30 * 60 * 1000


class FileActions(QObject):
    """Keeps the backups of an open window going: every 30 minutes when changed, and at close."""

    def __init__(self, context: Context, window: QWidget, reopen: Callable[..., None]) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._reopen = reopen
        self._changed_since_backup = False
        context.announcer.changed.connect(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(_BACKUP_EVERY_MS)
        self._timer.timeout.connect(self._backup_if_changed)
        self._timer.start()

    def _changed(self, _topics: frozenset[Topic]) -> None:
        self._changed_since_backup = True

    def split_addresses(self) -> Any:
        """Proposes area, building, entrance and door from addresses as text."""
        from retiree_desk.ui.dialogs.addresses import AddressDialog

        dialog = AddressDialog(self._context, self._window)
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

        self._context.tasks.run(
            lambda _progress, _cancelled: self._context.desk.backups.make("manual"),
            done,
            words=_("Making a backup …"),
            owner=self,
        )

    def _backup_if_changed(self) -> None:
        if self._changed_since_backup and not self._context.tasks.busy:
            self._changed_since_backup = False
            self._context.tasks.run(
                lambda _progress, _cancelled: self._context.desk.backups.make("timed"),
                lambda _made: None,
                words=_("Making a backup …"),
                on_error=lambda error: self._context.open("say", errors.sentence(error)),
                owner=self,
            )

    def restore_backup(self) -> Any:
        """Puts a backup in the place of the file."""
        from retiree_desk.ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(self._context, self._reopen, self._window)
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

        self._context.tasks.run(
            lambda _progress, _cancelled: self._context.desk.backups.check(),
            done,
            words=_("Checking …"),
            owner=self,
        )

    def backup_at_close(self) -> None:
        """The backup of a day's work. One that fails is told, and does not keep the window open."""
        self._timer.stop()
        if not self._changed_since_backup:
            return
        self._changed_since_backup = False
        try:
            self._context.desk.backups.make("close")
        except Exception as error:
            errors.show(error)
