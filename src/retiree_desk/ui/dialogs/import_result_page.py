"""Page 4 of the import: what came in, where the backup lies, and the way back."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from retiree_desk.core.imports import CONFLICT, REJECTED, ImportResult
from retiree_desk.i18n import _
from retiree_desk.services.history import Undone
from retiree_desk.services.imports import Prepared


class ResultPage(QWidget):
    """What was done, in sentences."""

    take_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done = self._label("title")
        self.left = self._label()
        self.backup = self._label("hint")
        self.backup.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.undo_button = QPushButton(_("&Take the import back"))
        self.undo_hint = self._label("hint")
        self.undo_hint.setText(_("This is also possible later: Edit, History."))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        for widget in (self.done, self.left, self.backup):
            box.addWidget(widget)
        box.addSpacing(16)
        box.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.undo_hint)
        box.addStretch(1)
        self.undo_button.clicked.connect(self.take_back)

    @staticmethod
    def _label(role: str = "") -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        if role:
            label.setProperty("role", role)
        return label

    def show_result(self, result: ImportResult, plan: Prepared, answered: int) -> None:
        """Says what was done; `answered` rows to confirm were decided."""
        self.done.setText(
            _("Imported. New: {new}, changed: {changed}.").format(new=result.new, changed=result.changed)
        )
        open_rows = plan.count(CONFLICT) - answered
        parts = []
        if open_rows:
            parts.append(_("Rows to confirm, not imported: {n}").format(n=open_rows))
        if plan.count(REJECTED):
            parts.append(_("Rows that cannot be imported: {n}").format(n=plan.count(REJECTED)))
        if plan.problems:
            parts.append(
                _("Problems: {n}. Send them to HR with the button “Problem rows to Excel” below.").format(
                    n=len(plan.problems)
                )
            )
        self.left.setText("\n".join(parts) or _("No problems, nothing left to confirm."))
        self.backup.setText(
            _("Backup made before: {file}").format(file=result.backup) if result.backup else ""
        )
        self.backup.setVisible(bool(result.backup))
        self.undo_button.setVisible(result.change is not None)
        self.undo_hint.setVisible(result.change is not None)

    def show_undone(self, undone: Undone) -> None:
        """The import was taken back."""
        self.done.setText(_("The import was taken back; the registry is as it was before."))
        self.left.setText("")
        if undone.left_alone:
            names = "、".join(one.name or f"{one.table} {one.id}" for one in undone.left_alone[:20])
            self.done.setText(_("The import was taken back."))
            self.left.setText(
                _("{n} records were edited since and were left as they are.").format(n=len(undone.left_alone))
                + f"\n{names}"
            )
        self.undo_button.hide()
        self.undo_hint.hide()


def suggested_name(plan: Prepared) -> str:
    """A name for the workbook of problem rows, beside the file it is about."""
    first = Path(plan.files[0])
    return str(first.with_name(f"{_('Problem rows')}-{first.stem}.xlsx"))
