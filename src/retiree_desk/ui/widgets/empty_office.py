"""What a new office sees in the place of an empty list: one line why, and the next step."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from retiree_desk.i18n import _
from retiree_desk.ui import theme


class EmptyOffice(QWidget):
    """`import_asked`, `new_asked`, `sample_asked`: the three ways to the first people."""

    import_asked = Signal()
    new_asked = Signal()
    sample_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("Nobody is on the register yet"))
        title.setProperty("role", "title")
        words = QLabel(
            _("Bring in HR's workbook as it is: you see what would change before anything is kept.")
        )
        words.setProperty("role", "hint")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setMinimumWidth(420)
        picture = theme.icon("file-import", on_accent=True)
        self.import_button = QPushButton(picture, _("Import HR workbooks …"))
        self.import_button.setProperty("primary", True)
        self.new_button = QPushButton(theme.icon("user-plus"), _("New person …"))
        self.sample_button = QPushButton(theme.icon("help"), _("Look at a sample office"))
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.import_button, self.new_button, self.sample_button):
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setSpacing(16)
        box.addStretch(2)
        box.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addLayout(row)
        box.addStretch(3)
        self.import_button.clicked.connect(self.import_asked)
        self.new_button.clicked.connect(self.new_asked)
        self.sample_button.clicked.connect(self.sample_asked)
