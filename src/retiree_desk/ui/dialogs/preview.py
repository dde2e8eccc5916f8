"""Seeing a paper before it is printed: pages, print, save (QtPdf; what is shown is the PDF itself)."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from retiree_desk.core.errors import UserError
from retiree_desk.i18n import _
from retiree_desk.services.documents import GLYPH_MISSING, in_substitutes, save_copy
from retiree_desk.ui import ask
from retiree_desk.ui.context import Context


@dataclass(frozen=True)
class Paper:
    """A document to show: its title, a file name to suggest, what writes the PDF to a path (returns
    the pages; runs off the UI thread), and what to record once it is printed or saved."""

    title: str
    file_name: str
    write: Callable[[Path], int]
    printed: Callable[[str], None] | None = None


class PreviewDialog(QDialog):
    """The pages of one paper, with Print and Save."""

    def __init__(self, context: Context, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(paper.title)
        room = self.screen().availableSize()
        self.resize(min(1100, room.width() - 40), min(760, room.height() - 60))
        self._paper = paper
        self._context = context
        self._folder = tempfile.TemporaryDirectory(prefix="retiree-desk-")
        self._file = Path(self._folder.name) / "paper.pdf"
        self.document = QPdfDocument(self)
        self._view = QPdfView(self)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setDocument(self.document)
        self._pages = QLabel(_("Making the pages …"))
        self.print_button = QPushButton(_("Print"))
        self.print_button.setProperty("primary", True)
        self.save_button = QPushButton(_("Save as PDF …"))
        bigger, smaller = QPushButton(_("Zoom in")), QPushButton(_("Zoom out"))
        close = QPushButton(_("Close"))
        row = QHBoxLayout()
        row.addWidget(self._pages)
        row.addStretch(1)
        for button in (smaller, bigger, self.save_button, self.print_button, close):
            button.setAutoDefault(False)
            row.addWidget(button)
        box = QVBoxLayout(self)
        box.addWidget(self._view, 1)
        box.addLayout(row)
        self.print_button.setEnabled(False)
        self.save_button.setEnabled(False)
        self.print_button.clicked.connect(self.print_paper)
        self.save_button.clicked.connect(self.save_paper)
        bigger.clicked.connect(lambda: self._zoom(1.2))
        smaller.clicked.connect(lambda: self._zoom(1 / 1.2))
        close.clicked.connect(self.close)
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_paper)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save_paper)
        self._make(lambda: paper.write(self._file))

    def _make(self, write: Callable[[], int]) -> None:
        self._context.tasks.run(
            lambda _progress, _cancelled: write(),
            self._loaded,
            words=_("Making the pages …"),
            on_error=self._failed,
            owner=self,
        )

    def _loaded(self, pages: int) -> None:
        self.document.load(str(self._file))
        self._pages.setText(_("{n} pages").format(n=pages))
        self.print_button.setEnabled(True)
        self.save_button.setEnabled(True)
        self.print_button.setFocus()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._pages.setText(_("The pages could not be made."))
            raise error
        self._pages.setText(error.message)
        if error.code == GLYPH_MISSING and ask.confirm(error.message, _("Print 〓 in their place")):
            self._make(lambda: in_substitutes(lambda: self._paper.write(self._file)))

    def _zoom(self, factor: float) -> None:
        if self._view.zoomMode() != QPdfView.ZoomMode.Custom:
            page = self.document.pagePointSize(0)
            width = page.width() * self.logicalDpiX() / 72
            self._view.setZoomFactor((self._view.viewport().width() - 24) / width if width else 1.0)
            self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(5.0, max(0.2, self._view.zoomFactor() * factor)))

    def save_paper(self) -> None:
        """Writes the very file that is shown."""
        if not self.save_button.isEnabled():
            return
        target = ask.save_file(_("Save as PDF"), self._paper.file_name, "PDF (*.pdf)")
        if target is None:
            return
        try:
            save_copy(self._file, target)
        except UserError as error:
            ask.warn(error.message)
            return
        self._done("saved")

    def print_paper(self) -> None:
        """Prints the pages shown, at their own size."""
        if not self.print_button.isEnabled():
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        # Printers that write files name them so; a colon or slash of the title is not allowed there.
        printer.setDocName(Path(self._paper.file_name).stem)
        size = self.document.pagePointSize(0)
        if size.width() > size.height():
            from PySide6.QtGui import QPageLayout

            printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        printer.setFromTo(1, self.document.pageCount())
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            print_pages(self.document, printer)
            self._done("printed")
        dialog.deleteLater()

    def _done(self, how: str) -> None:
        if self._paper.printed:
            self._paper.printed(how)

    def done(self, result: int) -> None:  # Qt's name
        self.document.close()
        self._folder.cleanup()
        super().done(result)

    def closeEvent(self, event: object) -> None:  # Qt's name
        self.document.close()
        self._folder.cleanup()
        super().closeEvent(event)  # type: ignore[arg-type]


def print_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Draws pages of a PDF on a printer, white below them, filling the sheet."""
    first = printer.fromPage() or 1
    last = printer.toPage() or document.pageCount()
    painter = QPainter(printer)
    printer.setFullPage(True)
    for number in range(first - 1, min(last, document.pageCount())):
        if number > first - 1:
            printer.newPage()
        area = printer.paperRect(QPrinter.Unit.DevicePixel)
        image = document.render(number, QSize(round(area.width()), round(area.height())))
        painter.fillRect(QRectF(0, 0, area.width(), area.height()), Qt.GlobalColor.white)
        painter.drawImage(QRectF(0, 0, area.width(), area.height()), image)
    painter.end()
