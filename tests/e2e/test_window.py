"""The main job through the window: from HR's workbooks to the printed visit sheets (issue "Done when")."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retiree_desk.core.visit_periods import Month
from retiree_desk.sample import make_sample
from retiree_desk.services.desk import Desk
from retiree_desk.settings import LocalSettings
from retiree_desk.ui import ask
from retiree_desk.ui.dialogs.import_wizard import ImportWizard
from retiree_desk.ui.dialogs.preview import PreviewDialog, print_pages
from retiree_desk.ui.main_window import MainWindow

TODAY = date(2026, 11, 2)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    desk = Desk.open(tmp_path / "office.rdesk", operator="李经办", today=lambda: TODAY)
    desk.settings.set({"office.name": "示例公司离退休管理站"})
    made = MainWindow(desk, LocalSettings(), lambda *_args, **_more: None)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.tasks.stop_all()
    qtbot.waitUntil(lambda: not made.tasks.busy)
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # deferred deletes, before the file is closed
    desk.close()


def _close(qtbot: QtBot, dialog: Any) -> None:
    """Closes a dialog and sees it freed."""
    freed: list[bool] = []
    dialog.destroyed.connect(lambda: freed.append(True))
    dialog.close()
    qtbot.waitUntil(lambda: bool(freed))


def _import(qtbot: QtBot, window: MainWindow, files: list[Path]) -> None:
    wizard = window.import_files(files)
    assert isinstance(wizard, ImportWizard)
    for page in (1, 2, 3):
        qtbot.waitUntil(lambda: not wizard.busy and wizard.next_button.isEnabled(), timeout=60_000)
        qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda page=page: wizard.page == page and not wizard.busy, timeout=60_000)
    _close(qtbot, wizard)


def _preview(qtbot: QtBot, dialog: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> str:
    """Looks at the pages, saves and prints them; the words on the saved ones."""
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(dialog.save_button.isEnabled, timeout=60_000)
    assert dialog.document.pageCount() > 0
    saved = tmp_path / f"{name}.pdf"
    monkeypatch.setattr(ask, "save_file", lambda *_args: saved)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / f"{name}-printed.pdf"))
    print_pages(dialog.document, printer)
    pages = PdfReader(saved).pages
    assert len(PdfReader(tmp_path / f"{name}-printed.pdf").pages) == len(pages)
    _close(qtbot, dialog)
    return "".join(page.extract_text() for page in pages)


def test_closing_while_a_list_is_worked_out_asks_nothing(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda text, *_more, **_: bool(asked.append(text)))
    released = threading.Event()
    window.tasks.run(lambda *_: released.wait(10), lambda _answer: None, looks=True)
    assert window.tasks.busy and not window.tasks.would_lose
    window.tasks.run(lambda *_: released.wait(10), lambda _answer: None)
    assert not window.close()
    assert len(asked) == 1
    released.set()
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert window.close()
    assert len(asked) == 1


def test_from_hr_workbooks_to_printed_visit_sheets(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(ask, "warn", lambda text, *_more: told.append(text))
    monkeypatch.setattr(ask, "crashed", told.append)
    monkeypatch.setattr(ask, "inform", lambda *_words: None)
    monkeypatch.setattr(ask, "confirm", lambda *_args, **_more: True)
    make_sample(tmp_path / "sample", people=120, today=TODAY)
    files = sorted((tmp_path / "sample" / "hr").iterdir())
    before = window.desk.backups.check()

    _import(qtbot, window, files)
    people = window.desk.registry.load()
    assert len(people) > 80
    assert window.undoing.undo_action.isEnabled()

    # Find somebody while the phone is at the ear.
    somebody = next(one for one in people if one["mobile"])
    tab = window.show_tab("registry")
    window.focus_find()
    qtbot.keyClicks(tab.find_box, somebody["mobile"][-6:])
    model = tab.model

    def found() -> bool:
        rows = range(model.rowCount())
        return len(rows) < 20 and somebody.id in [
            model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in rows
        ]

    qtbot.waitUntil(found, timeout=5000)
    tab.find_box.clear()

    # The month's sheets: seen, saved, printed.
    visits = window.show_tab("visits")
    plan = visits.plan
    qtbot.waitUntil(lambda: plan.print_button.isEnabled() or bool(told), timeout=60_000)
    assert told == []
    qtbot.mouseClick(plan.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewDialog)), timeout=60_000)
    text = _preview(qtbot, window.findChildren(PreviewDialog)[0], tmp_path, monkeypatch, "sheets")
    assert "2026年11月" in text and "走访表" in text
    squeezed = "".join(text.split())
    lines = [line for sheet in window.desk.visits.sheets.sheets(Month(2026, 11)) for line in sheet.lines]
    assert lines
    for number in (number for line in lines for number in line.people):
        assert window.desk.registry.get(number).name in squeezed

    # The roster on paper.
    dialog = window.print_roster()
    assert dialog is not None
    assert told == []
    dialog.close()
    assert before.ok and window.desk.backups.check().ok
