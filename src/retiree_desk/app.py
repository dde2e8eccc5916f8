"""The window's way in: language, type, the data file, one window a file."""

import logging
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from retiree_desk import i18n
from retiree_desk.core.errors import DataFileError, UsageError, UserError
from retiree_desk.i18n import _
from retiree_desk.paths import default_database, log_file
from retiree_desk.services.backups import Backup, newest_sound_backup
from retiree_desk.services.backups import restore as restore_backup
from retiree_desk.services.desk import Desk
from retiree_desk.settings import LANGUAGE, LAST_FILE, OPERATOR, TYPE_SIZE, LocalSettings
from retiree_desk.ui import ask, errors, theme
from retiree_desk.ui.main_window import MainWindow
from retiree_desk.ui.qt_words import QtWords


def _channel(path: Path) -> str:
    import hashlib

    return "retiree-desk-" + hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]


def raise_other(path: Path) -> bool:
    """Asks the window that has this file open to come to the front; False where none answers."""
    socket = QLocalSocket()
    socket.connectToServer(_channel(path))
    if not socket.waitForConnected(500):
        return False
    socket.write(b"raise")
    socket.waitForBytesWritten(500)
    socket.disconnectFromServer()
    return True


class Program:
    """The running program: builds the window, and builds it anew for another language or file."""

    def __init__(
        self, app: QApplication, settings: LocalSettings, *, operator: str, key: str, today: date | None
    ) -> None:
        self.app = app
        self.settings = settings
        self.window: MainWindow | None = None
        self.raised = False  # the file is open in another window, which came to the front instead
        self._operator = operator
        self._key = key
        self._today = today
        self._translators: list[QTranslator] = []
        self._server: QLocalServer | None = None
        self._families = theme.font_families()

    def speak(self, language: str) -> None:
        """Sets the language of our words and of Qt's own."""
        i18n.set_language(language)
        for old in self._translators:
            self.app.removeTranslator(old)
        self._translators = []
        if language == "zh":
            words = QtWords(self.app)
            self.app.installTranslator(words)
            self._translators.append(words)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            translator = QTranslator(self.app)
            if translator.load("qtbase_zh_CN", folder):
                self.app.installTranslator(translator)
                self._translators.append(translator)
        QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_US"))

    def open(self, path: Path) -> bool:
        """Opens a file in a window; False where it could not be (the clerk was told)."""
        try:
            desk = Desk.open(
                path,
                operator=self._operator,
                key=self._key,
                today=(lambda: self._today) if self._today else date.today,  # type: ignore[arg-type,return-value]
            )
        except DataFileError as error:
            if error.code == "held" and raise_other(path):
                self.raised = True
                return False
            if error.code == "damaged" and (newest := newest_sound_backup(path, self._key)):
                return self._offer(path, newest, error) and self.open(path)
            ask.warn(error.message)
            return False
        self._operator = desk.db.operator
        self.settings.set(**{LAST_FILE: str(path)})
        self._show(desk)
        return True

    def _offer(self, path: Path, newest: Backup, error: DataFileError) -> bool:
        """Offers the newest sound backup of a damaged file; whether it stands in its place now."""
        at = datetime.strptime(newest.at, "%Y%m%d-%H%M%S").strftime("%Y-%m-%d %H:%M")
        detail = _(
            "The newest sound backup is from {at}. What was entered after it is not in it; "
            "the damaged file is kept among the backups."
        ).format(at=at)
        if not ask.confirm(error.message, _("Restore this backup"), detail=detail):
            return False
        try:
            restore_backup(path, newest.path, operator=self._operator, key=self._key)
        except UserError as failed:
            ask.warn(failed.message)
            return False
        return True

    def _show(self, desk: Desk) -> None:
        theme.apply(self.app, str(self.settings.get(TYPE_SIZE, "standard")), self._families)
        old = self.window
        self.window = MainWindow(desk, self.settings, self.reopen)
        self.window.show()
        if old is not None:
            old.deleteLater()
        self._listen(desk.db.path)

    def _listen(self, path: Path) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
        QLocalServer.removeServer(_channel(path))
        server = QLocalServer(self.app)
        server.listen(_channel(path))
        server.newConnection.connect(self._come_forward)
        self._server = server

    def _come_forward(self) -> None:
        if self._server is not None:
            connection = self._server.nextPendingConnection()
            if connection is not None:
                connection.disconnected.connect(connection.deleteLater)
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~self.window.windowState().WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def reopen(self, path: Path | None, *, restore: Path | None = None) -> None:
        """Builds the window anew: another file, another language (path None), or a restored backup."""
        QTimer.singleShot(0, lambda: self._reopen(path, restore))

    def _reopen(self, path: Path | None, restore: Path | None) -> None:
        window = self.window
        if window is None:
            return
        self.speak(chosen_language(self.settings))
        before = window.desk.db.path
        self._operator = window.desk.db.operator
        self.app.setQuitOnLastWindowClosed(False)
        try:
            if not window.close():
                return
            window.desk.close()
            self.window = None
            if restore is not None:
                try:
                    people, _kept = restore_backup(before, restore, operator=self._operator, key=self._key)
                    ask.inform(_("Restored: {n} people.").format(n=people))
                except UserError as error:
                    ask.warn(error.message)
            if not self.open(path or before) and not self.open(before):
                self.app.quit()
            window.deleteLater()
        finally:
            self.app.setQuitOnLastWindowClosed(True)


def chosen_language(settings: LocalSettings) -> str:
    """The language of the settings, else of the system."""
    return str(settings.get(LANGUAGE)) or i18n.system_language()


def _refuse_without_screen() -> None:
    """Qt ends the process where it finds no screen; a sentence is kinder. Raises `UsageError`."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
        raise UsageError(
            "no_screen",
            _("There is no screen here for the window. The command line does the same work: see --help."),
        )


def make_app() -> QApplication:
    """The application object with name and icon."""
    _refuse_without_screen()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Retiree Desk")
    app.setDesktopFileName("retiree-desk")
    app.setWindowIcon(theme.icon("app"))
    return app


def run(
    path: Path | None,
    *,
    language: str | None = None,
    operator: str = "",
    key: str = "",
    today: date | None = None,
) -> int:
    """Opens the window and runs until it is closed. Returns the exit status."""
    settings = LocalSettings()
    logging.basicConfig(filename=log_file(), level=logging.WARNING, format="%(asctime)s %(message)s")
    app = make_app()
    errors.install()
    if language:
        settings.set(**{LANGUAGE: language})
    operator = operator or str(settings.get(OPERATOR)) or _system_user()
    program = Program(app, settings, operator=operator, key=key, today=today)
    program.speak(chosen_language(settings))
    theme.apply(app, str(settings.get(TYPE_SIZE, "standard")), program._families)
    wanted = path
    if wanted is None:
        last = str(settings.get(LAST_FILE))
        wanted = Path(last) if last else default_database()
        if last and not wanted.exists():
            ask.warn(
                _(
                    "The file used last, {file}, was not found."
                    " Look for it, or go on with the office's own file."
                ).format(file=wanted)
            )
            found = ask.open_file(_("Where is the file?"), _("Retiree Desk files (*.rdesk)"))
            wanted = found or default_database()
    if not program.open(wanted):
        return 0 if program.raised else 3
    status: Any = app.exec()
    if program.window is not None:
        program.window.desk.close()
    return int(status)


def _system_user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
