"""Every question to the user goes through here: one look, and one place for tests to answer."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from retiree_desk.i18n import _


def _parent() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activeWindow()


def _box(icon: QMessageBox.Icon, text: str, detail: str = "") -> QMessageBox:
    box = QMessageBox(_parent())
    box.setWindowTitle(_("Retiree Desk"))
    box.setIcon(icon)
    box.setText(text)
    if detail:
        box.setInformativeText(detail)
    return box


def _run(box: QMessageBox) -> int:
    try:
        return box.exec()
    finally:
        box.deleteLater()


def inform(text: str, detail: str = "") -> None:
    """Tells something that is done."""
    box = _box(QMessageBox.Icon.Information, text, detail)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    _run(box)


def warn(text: str, detail: str = "") -> None:
    """Tells what did not work: what happened, whether the data is safe, what to do."""
    box = _box(QMessageBox.Icon.Warning, text, detail)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    _run(box)


def confirm(text: str, do: str, leave: str = "", detail: str = "") -> bool:
    """A question with verbs on its buttons; the safe one is preset. True: do it."""
    box = _box(QMessageBox.Icon.Question, text, detail)
    yes = box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(leave or _("Do not"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    answer = box.clickedButton() is yes
    box.deleteLater()
    return answer


def crashed(report: str) -> None:
    """The crash dialog: what was saved is safe, and a report that can be copied."""
    box = _box(
        QMessageBox.Icon.Critical,
        _("The program made a mistake. What was saved is safe; the last step may be missing."),
        _("You can go on. If it happens again, send the details to whoever looks after the program."),
    )
    box.setDetailedText(report)
    copy = box.addButton(_("Copy details"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(_("Go on"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    if box.clickedButton() is copy:
        QGuiApplication.clipboard().setText(report)
    box.deleteLater()


def open_files(title: str, pattern: str) -> list[Path]:
    """Files to read; empty where the person changed their mind."""
    names, _kind = QFileDialog.getOpenFileNames(_parent(), title, "", pattern)
    return [Path(name) for name in names]


def open_file(title: str, pattern: str) -> Path | None:
    """One file to read."""
    name, _kind = QFileDialog.getOpenFileName(_parent(), title, "", pattern)
    return Path(name) if name else None


def save_file(title: str, suggested: str, pattern: str) -> Path | None:
    """Where to write a file; the dialog itself asks before one is replaced."""
    name, _kind = QFileDialog.getSaveFileName(_parent(), title, suggested, pattern)
    return Path(name) if name else None


def text(title: str, label: str, value: str = "") -> str | None:
    """One line of text; None where the person changed their mind."""
    answer, good = QInputDialog.getText(_parent(), title, label, QLineEdit.EchoMode.Normal, value)
    return answer.strip() if good else None


def password(label: str) -> str | None:
    """A password, typed unseen."""
    answer, good = QInputDialog.getText(_parent(), _("Password"), label, QLineEdit.EchoMode.Password)
    return answer if good else None
