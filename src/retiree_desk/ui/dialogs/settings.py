"""Settings: language, type size, the office's name and paper. What is changed acts at once."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.i18n import _
from retiree_desk.services.settings import OFFICE_NAME, PRINTS_A3
from retiree_desk.settings import LANGUAGE, TYPE_SIZE
from retiree_desk.ui.context import Context
from retiree_desk.ui.theme import TYPE_SIZES


class Apply(Protocol):
    """Called once after saving."""

    def __call__(self, *, language_changed: bool) -> None: ...


class SettingsDialog(QDialog):
    """One page: this computer's settings above, the office's below."""

    def __init__(self, context: Context, apply: Apply, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Settings"))
        self._context = context
        self._apply = apply
        self.language = QComboBox()
        # Each language in its own words, so that whoever cannot read the present one finds it.
        for code, words in (("", _("As the system")), ("zh", "中文"), ("en", "English")):
            self.language.addItem(words, code)
        self.language.setCurrentIndex(max(0, self.language.findData(context.settings.get(LANGUAGE))))
        self.type_size = QComboBox()
        for code, (words, _points) in TYPE_SIZES.items():
            self.type_size.addItem(_(words), code)
        self.type_size.setCurrentIndex(
            max(0, self.type_size.findData(context.settings.get(TYPE_SIZE, "standard")))
        )
        self.office_name = QLineEdit(context.desk.settings.office_name)
        self.office_name.setMinimumWidth(420)
        self.office_name.setPlaceholderText(_("as printed in the titles of papers"))
        self.prints_a3 = QCheckBox(_("This office can print A3"))
        self.prints_a3.setChecked(bool(context.desk.settings.get(PRINTS_A3, "")))
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.addRow(self._heading(_("This computer")))
        form.addRow(_("Language"), self.language)
        form.addRow(_("Type size"), self.type_size)
        form.addRow(self._heading(_("The office")))
        form.addRow(_("Full name of the office"), self.office_name)
        form.addRow("", self.prints_a3)
        self.save_button = QPushButton(_("Save settings"))
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(True)
        cancel = QPushButton(_("Cancel"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.save_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.addLayout(form)
        box.addSpacing(16)
        box.addLayout(row)
        self.save_button.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)

    @staticmethod
    def _heading(words: str) -> QLabel:
        label = QLabel(words)
        label.setProperty("role", "title")
        return label

    def save(self) -> None:
        """Saves both kinds and applies them."""
        context = self._context
        language_changed = self.language.currentData() != context.settings.get(LANGUAGE)
        context.settings.set(
            **{LANGUAGE: self.language.currentData(), TYPE_SIZE: self.type_size.currentData()}
        )
        office = context.desk.settings
        wanted = {
            OFFICE_NAME: self.office_name.text().strip(),
            PRINTS_A3: "1" if self.prints_a3.isChecked() else "",
        }
        changed = {key: value for key, value in wanted.items() if value != office.get(key, "")}
        if changed:
            office.set(changed)
        self.accept()
        self._apply(language_changed=language_changed)
