"""A dialog closed with half-typed text asks first."""

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from retiree_desk.i18n import _
from retiree_desk.ui import ask


def has_typing(dialog: QDialog) -> bool:
    """Whether somebody typed into a field of the dialog; what the program put there does not count."""
    lines = any(edit.isModified() and edit.text().strip() for edit in dialog.findChildren(QLineEdit))
    return lines or any(
        edit.document().isModified() and edit.toPlainText().strip()
        for edit in dialog.findChildren(QPlainTextEdit)
    )


def may_close(dialog: QDialog) -> bool:
    """True where nothing was typed, or where the clerk says it may be lost."""
    return not has_typing(dialog) or ask.confirm(
        _("Close without entering? What was typed here is lost."), _("Close"), _("Go on")
    )
