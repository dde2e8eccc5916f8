"""Importing HR workbooks: choose, see what was found, see what would change, apply, take back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from retiree_desk.i18n import _
from retiree_desk.ui.context import Context


class ImportWizard(QDialog):
    """Four pages from files to people; nothing is written before the third."""

    def __init__(self, context: Context, parent: QWidget | None = None, files: Sequence[Path] = ()) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import HR workbooks"))
        self._context = context
        self._files = list(files)
