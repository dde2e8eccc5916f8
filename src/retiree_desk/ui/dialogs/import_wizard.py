"""Importing HR workbooks: choose, see what was found, see what would change, apply, take back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from retiree_desk.core.errors import Cancelled, UserError
from retiree_desk.core.imports import ImportResult
from retiree_desk.core.people_columns import Masks
from retiree_desk.i18n import N_, _
from retiree_desk.services.history import Undone
from retiree_desk.settings import PRIVACY
from retiree_desk.ui import ask, errors
from retiree_desk.ui.context import Context
from retiree_desk.ui.dialogs.import_choices import NOT_ANSWERED
from retiree_desk.ui.dialogs.import_files_page import FilesPage, files_in
from retiree_desk.ui.dialogs.import_found_page import FoundPage
from retiree_desk.ui.dialogs.import_preview_page import PreviewPage
from retiree_desk.ui.dialogs.import_result_page import ResultPage, suggested_name
from retiree_desk.ui.dialogs.import_session import FileTrouble, Found, ImportSession, Request, steps
from retiree_desk.ui.dialogs.import_work import ImportWork
from retiree_desk.ui.tasks import Progress, Work

FILES, FOUND, PREVIEW, RESULT = range(4)
_TITLES = (
    N_("Choose the files"),
    N_("What was found"),
    N_("What would change"),
    N_("Result of the import"),
)
_REPLAN_AFTER_MS = 250


class ImportWizard(QDialog):
    """Four pages from files to people; nothing is written before the button of the third."""

    def __init__(self, context: Context, parent: QWidget | None = None, files: Sequence[Path] = ()) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Import HR workbooks"))
        self.setAcceptDrops(True)
        self._context = context
        self._session = ImportSession(context.desk)
        self._found: Found | None = None
        self._request: Request | None = None
        self._result: ImportResult | None = None
        self._go_on = False
        masks = Masks(privacy=bool(context.settings.get(PRIVACY, False)))

        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.files_page = FilesPage()
        self.found_page = FoundPage(masks)
        self.preview_page = PreviewPage(masks)
        self.result_page = ResultPage()
        self.stack = QStackedWidget()
        for page in (self.files_page, self.found_page, self.preview_page, self.result_page):
            self.stack.addWidget(page)
        self.error = QLabel()
        self.error.setProperty("role", "problem")
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        self.again_button = QPushButton(_("Make the preview again"))
        self.again_button.hide()
        self.work = ImportWork(context.tasks)
        self.back_button = QPushButton(_("&Back"))
        self.problems_button = QPushButton(_("Problem rows to E&xcel …"))
        self.close_button = QPushButton(_("Close"))
        self.next_button = QPushButton()
        self.next_button.setProperty("primary", True)
        self._lay_out()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

        self._replan_timer = QTimer(self)
        self._replan_timer.setSingleShot(True)
        self._replan_timer.setInterval(_REPLAN_AFTER_MS)
        self._replan_timer.timeout.connect(self._replan)
        self.files_page.changed.connect(self._update)
        self.files_page.password_given.connect(self._update)
        self.found_page.asked.connect(self._asked)
        self.preview_page.changed.connect(self._update)
        self.result_page.take_back.connect(self.take_back)
        self.next_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self.go_back)
        self.close_button.clicked.connect(self.reject)
        self.work.changed.connect(self._update)
        self.work.stop_pressed.connect(self.stop)
        self.again_button.clicked.connect(self._preview_again)
        self.problems_button.clicked.connect(self.save_problems)
        self._fit_screen()
        self.files_page.add(files)
        self._show_page(FILES)

    def _lay_out(self) -> None:
        trouble = QHBoxLayout()
        trouble.addWidget(self.error, 1)
        trouble.addWidget(self.again_button)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.problems_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.next_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 16, 24, 16)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self.stack, 1)
        box.addLayout(trouble)
        box.addWidget(self.work)
        box.addLayout(buttons)

    def _fit_screen(self) -> None:
        screen = QGuiApplication.primaryScreen()
        area = screen.availableGeometry() if screen is not None else self.rect()
        self.resize(min(1240, area.width() - 40), min(760, area.height() - 60))

    # Where we are

    @property
    def page(self) -> int:
        """The page shown: FILES, FOUND, PREVIEW or RESULT."""
        return self.stack.currentIndex()

    @property
    def busy(self) -> bool:
        """Whether work is under way or about to begin."""
        return self.work.busy or self._replan_timer.isActive()

    def _show_page(self, page: int) -> None:
        self.stack.setCurrentIndex(page)
        self.title.setText(
            _("{n} of {all}: {title}").format(n=page + 1, all=len(_TITLES), title=_(_TITLES[page]))
        )
        self._update()
        if page == FILES:
            (self.next_button if self.files_page.files else self.files_page.choose_button).setFocus()
        elif page == FOUND:
            self.found_page.columns_view.setFocus()
        elif page == PREVIEW:
            self.preview_page.view.setFocus()
        else:
            self.next_button.setFocus()

    def _update(self) -> None:
        """Buttons and their words, as the page and its ticks are now."""
        page, idle = self.page, not self.work.busy
        plan = self._found.plan if self._found is not None else None
        self.back_button.setVisible(page in (FOUND, PREVIEW))
        self.back_button.setEnabled(idle or not self.work.writing)
        self.close_button.setVisible(page != RESULT)
        self.problems_button.setVisible(
            page in (PREVIEW, RESULT) and plan is not None and bool(plan.problems)
        )
        self.problems_button.setEnabled(idle)
        self.files_page.setEnabled(idle)
        self.preview_page.setEnabled(idle or page != PREVIEW)
        self.result_page.setEnabled(idle)
        if page == FILES:
            words, can = _("&Read the files"), bool(self.files_page.files) and not self.files_page.asking
        elif page == FOUND:
            words, can = _("&Show what would change"), plan is not None and bool(plan.rows)
        elif page == PREVIEW:
            words, can = self._apply_words()
        else:
            words, can = _("Close"), True
        # Enter in a list or find box must neither write nor leave: there the button wants to be chosen.
        self.next_button.setAutoDefault(page in (FOUND, PREVIEW))
        self.next_button.setDefault(page in (FILES, RESULT))
        self.next_button.setText(words)
        self.next_button.setEnabled(can and (idle or (page == FOUND and not self._go_on)))

    def _apply_words(self) -> tuple[str, bool]:
        choices = self.preview_page.choices
        if choices is None:
            return _("Nothing to apply"), False
        if choices.count == 1:
            return _("Appl&y 1 change"), True
        if choices.count:
            return _("Appl&y {n} changes").format(n=f"{choices.count:,}"), True
        refused = choices.refused
        if refused:
            return _("&Keep ours in {n} fields").format(n=f"{refused:,}"), True
        return _("Nothing to apply"), False

    # Moving

    def go_on(self) -> None:
        """The primary button."""
        if not self.next_button.isEnabled():
            return
        if self.page == FILES:
            options = self._request or Request(())
            self._find(
                Request(
                    self.files_page.files,
                    self.files_page.passwords,
                    options.options,
                    options.left_out,
                    options.taken,
                )
            )
        elif self.page == FOUND:
            outdated = self._found is None or self._found.request != self._request
            self._go_on = True
            if outdated and not self.work.busy:
                self._replan()
            elif not self.work.busy:
                self._to_preview()
            self._update()
        elif self.page == PREVIEW:
            self.apply()
        else:
            self.accept()

    def go_back(self) -> None:
        """The page before; ticks and fates stay."""
        if self.work.writing:
            return
        self.stop()
        self._tell("")
        self._show_page(self.page - 1)

    def _to_preview(self) -> None:
        found = self._found
        self._go_on = False
        if found is None or found.plan is None:
            self._update()
            return
        shown = self.preview_page.choices
        if shown is None or shown.plan is not found.plan:
            self.preview_page.show_plan(found.plan)
        self._show_page(PREVIEW)

    # Work

    def _run(
        self,
        work: Work,
        done: Callable[[Any], None],
        words: str,
        *,
        writes: bool = False,
        can_stop: bool = True,
    ) -> None:
        self._replan_timer.stop()
        self._go_on = False
        self._tell("")
        self.work.run(work, done, self._failed, words, writes=writes, can_stop=can_stop)

    def stop(self) -> None:
        """Stops what is under way; what was shown before stays."""
        self._replan_timer.stop()
        self._go_on = False
        self.work.stop()

    def _failed(self, error: Exception) -> None:
        self._go_on = False
        if isinstance(error, Cancelled):
            self._tell(_("Stopped; nothing was imported."))
            return
        if isinstance(error, FileTrouble) and error.wants_password:
            self.stack.setCurrentIndex(FILES)
            self._show_page(FILES)
            self.files_page.wants_password(error.path)
        if isinstance(error, UserError):
            self._tell(error.message)
            self.again_button.setVisible(error.code == "import_outdated")
        else:
            self._tell(errors.sentence(error))
            errors.show(error)

    def _tell(self, words: str) -> None:
        """A sentence in the page about what did not work; '' takes it away."""
        self.error.setText(words)
        self.error.setVisible(bool(words))
        self.again_button.hide()

    # Reading and planning

    def _asked(self, request: Request) -> None:
        """The clerk knows better than the guess: a new plan, once no further change comes."""
        self._request = request
        self._replan_timer.start()
        self._update()

    def _replan(self) -> None:
        self._replan_timer.stop()
        going_on = self._go_on
        if self._request is not None:
            self._find(self._request)
        self._go_on = going_on

    def _find(self, request: Request) -> None:
        self._request = request
        self._run(
            lambda progress, cancelled: self._session.find(request, progress, cancelled),
            self._was_found,
            _("Reading the files …"),
        )

    def _was_found(self, found: Found) -> None:
        self._found = found
        self.files_page.unlocked()
        self.found_page.show_found(found)
        if found.trouble:
            self._tell(found.trouble + " " + _("If there is one, say above in which rows its header stands."))
        if self.page == FILES or (self.page == PREVIEW and found.plan is None):
            self._show_page(FOUND)
        elif self._go_on or self.page == PREVIEW:
            self._to_preview()

    def _preview_again(self) -> None:
        if self._request is not None:
            self._find(self._request)

    # Writing

    def apply(self) -> None:
        """Writes what is ticked: a backup, then all of it or nothing."""
        choices = self.preview_page.choices
        if choices is None:
            return
        plan, accept = choices.plan, choices.accept()

        def work(progress: Progress, cancelled: Callable[[], bool]) -> ImportResult:
            return self._context.desk.imports.apply(
                plan, accept, on_progress=steps(progress), cancelled=cancelled
            )

        self._run(work, self._applied, _("Making a backup and importing …"), writes=True)

    def _applied(self, result: ImportResult) -> None:
        choices = self.preview_page.choices
        assert choices is not None
        self._result = result
        answered = sum(choices.answer(place) != NOT_ANSWERED for place in range(len(choices.plan.rows)))
        self.result_page.show_result(result, choices.plan, answered)
        self._show_page(RESULT)
        self._context.open("say", self.result_page.done.text())

    def take_back(self) -> None:
        """Takes the whole import back."""
        number = self._result.change if self._result is not None else None
        if number is None:
            return

        def work(_progress: Any, _cancelled: Any) -> Undone:
            return self._context.desk.history.undo(number)

        def done(undone: Undone) -> None:
            self.result_page.show_undone(undone)
            self.next_button.setFocus()

        self._run(work, done, _("Taking back …"), writes=True, can_stop=False)

    def save_problems(self) -> None:
        """问题数据反馈表: the problem rows in their own layout with the reasons, to be sent to HR."""
        plan = self._found.plan if self._found is not None else None
        if plan is None:
            return
        path = ask.save_file(_("Problem rows"), suggested_name(plan), _("Workbooks (*.xlsx)"))
        if path is None:
            return
        target = path if path.suffix.lower() == ".xlsx" else path.with_name(path.name + ".xlsx")

        def work(_progress: Any, _cancelled: Any) -> list[Path]:
            from retiree_desk.services.import_problems import write_problem_rows

            return write_problem_rows(plan, target)

        def done(written: list[Path]) -> None:
            ask.inform(
                _("Problem rows saved: {files}").format(files="、".join(each.name for each in written)),
                str(target.parent),
            )

        self._run(work, done, _("Saving the problem rows …"))

    # The dialog itself

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # Qt's name
        if self.page == FILES and not self.work.busy and files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # Qt's name
        self.files_page.add(files_in(event.mimeData()))
        event.acceptProposedAction()

    def reject(self) -> None:
        """Escape and the close button: stops work first; asks before ticks are lost; never while writing."""
        if self.work.writing:
            return
        if self.work.busy:
            self.stop()
            return
        choices = self.preview_page.choices
        edited = self._result is None and choices is not None and choices.edited
        if edited and not ask.confirm(
            _("Close without importing? Your ticks are lost; nothing was changed."), _("Close"), _("Go on")
        ):
            return
        self._replan_timer.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # Qt's name
        if self.work.writing:
            event.ignore()
            return
        self.stop()
        super().closeEvent(event)
