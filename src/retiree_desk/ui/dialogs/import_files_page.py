"""Page 1 of the import: which files, and the password of those that have one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QLocale, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.i18n import N_, _
from retiree_desk.ui import ask

# What the file dialog offers first; a wrong name is no obstacle, the content decides.
_PATTERN = N_(
    "Workbooks and tables (*.xlsx *.xlsm *.xls *.xlsb *.et *.ods *.csv *.tsv *.txt *.htm*);;All files (*)"
)


def files_in(data: QMimeData) -> list[Path]:
    """The files that were dropped or copied; folders are none."""
    return [path for url in data.urls() if url.isLocalFile() and (path := Path(url.toLocalFile())).is_file()]


class _FileList(QTreeWidget):
    """The chosen files; empty, it says how to choose."""

    removed = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:  # Qt's name
        super().paintEvent(event)
        if self.topLevelItemCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        area = QRect(self.viewport().rect()).adjusted(24, 24, -24, -24)
        painter.drawText(
            area,
            int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap),
            _("Drop the HR department's workbooks here, paste them, or choose them with the button below."),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # Qt's name
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
            return
        super().keyPressEvent(event)


class FilesPage(QWidget):
    """The files of one batch."""

    changed = Signal()
    password_given = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._passwords: dict[Path, str] = {}
        self._locked: Path | None = None
        self.list = _FileList()
        self.list.setAccessibleName(_("Files to import"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHeaderLabels([_("File"), _("Size"), _("Folder")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setStyleSheet("QTreeWidget::item { padding: 5px; }")
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.choose_button = QPushButton(_("&Choose files …"))
        self.remove_button = QPushButton(_("Re&move"))
        self.remove_button.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        self._ask = QLabel()
        self._ask.setWordWrap(True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMinimumWidth(260)
        self._ask.setBuddy(self.password)
        self._seen = QCheckBox(_("&Show the password"))
        self._locked_box = QWidget()
        line = QHBoxLayout()
        line.addWidget(self.password)
        line.addWidget(self._seen)
        line.addStretch(1)
        locked = QVBoxLayout(self._locked_box)
        locked.setContentsMargins(0, 8, 0, 0)
        locked.addWidget(self._ask)
        locked.addLayout(line)
        self._locked_box.hide()
        hint = QLabel(
            _("All files are one import. They are only read, never changed, and nothing is saved yet.")
        )
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.list, 1)
        box.addLayout(buttons)
        box.addWidget(self._locked_box)
        box.addWidget(hint)
        self.choose_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(self.remove)
        self.list.removed.connect(self.remove)
        self.list.itemSelectionChanged.connect(
            lambda: self.remove_button.setEnabled(bool(self.list.selectedItems()))
        )
        self._seen.toggled.connect(
            lambda on: self.password.setEchoMode(
                QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
            )
        )
        self.password.textChanged.connect(lambda _text: self.password_given.emit())
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.list)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(lambda: self.add(files_in(QGuiApplication.clipboard().mimeData())))

    @property
    def files(self) -> tuple[Path, ...]:
        """The chosen files in their order."""
        return tuple(self._path(self.list.topLevelItem(at)) for at in range(self.list.topLevelItemCount()))

    @property
    def passwords(self) -> dict[Path, str]:
        """The passwords typed so far, by file."""
        if self._locked is not None:
            self._passwords[self._locked] = self.password.text()
        return {path: text for path, text in self._passwords.items() if text}

    @property
    def asking(self) -> bool:
        """Whether a password is waited for and none was typed."""
        return self._locked is not None and not self.password.text()

    def add(self, files: Sequence[Path | str]) -> None:
        """Adds files that are not there yet."""
        known = set(self.files)
        for path in map(Path, files):
            if path in known:
                continue
            known.add(path)
            item = QTreeWidgetItem([path.name, self._size(path), str(path.parent)])
            item.setData(0, Qt.ItemDataRole.UserRole, path)
            item.setToolTip(0, str(path))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first, 0, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.changed.emit()

    @staticmethod
    def _path(item: QTreeWidgetItem | None) -> Path:
        assert item is not None
        path: Path = item.data(0, Qt.ItemDataRole.UserRole)
        return path

    @staticmethod
    def _size(path: Path) -> str:
        """The size as people say it; '' of a file that is not there."""
        try:
            size = path.stat().st_size
        except OSError:
            return ""
        return QLocale().formattedDataSize(
            size, 0 if size < 1 << 20 else 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
        )

    def choose(self) -> None:
        """The file dialog."""
        self.add(ask.open_files(_("Choose HR workbooks"), _(_PATTERN)))

    def remove(self) -> None:
        """Takes the marked files out of the list."""
        for item in self.list.selectedItems():
            path = self._path(item)
            self._passwords.pop(path, None)
            if path == self._locked:
                self.unlocked()
            self.list.takeTopLevelItem(self.list.indexOfTopLevelItem(item))
        self.changed.emit()

    def wants_password(self, path: Path) -> None:
        """Asks for the password of a file; what was typed for it stays."""
        if self._locked is not None and self._locked != path:
            self._passwords[self._locked] = self.password.text()
        if self._locked != path:
            self._locked = path
            self.password.setText(self._passwords.get(path, ""))
        self._ask.setText(_("&Password of “{file}”:").format(file=path.name.replace("&", "&&")))
        self._locked_box.show()
        self.password.setFocus()
        self.password.selectAll()
        self.changed.emit()

    def unlocked(self) -> None:
        """No password is wanted any more; those given are kept."""
        if self._locked is not None:
            self._passwords[self._locked] = self.password.text()
        self._locked = None
        self._locked_box.hide()
