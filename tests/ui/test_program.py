"""The program as it starts: Qt's own words in Chinese, the window within the screen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from retiree_desk.app import Program, make_app
from retiree_desk.settings import LocalSettings
from retiree_desk.ui import theme


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(make_app(), LocalSettings(), operator="李经办", key="", today=date(2026, 11, 2))
    made.speak("zh")
    yield made
    made.speak("en")
    if made.window is not None:
        made.window.close()
        made.window.desk.close()
        made.window.deleteLater()
        QApplication.sendPostedEvents(None, 52)


def test_the_file_dialog_is_chinese(qtbot: QtBot, program: Program) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    words += [button.text() for button in dialog.findChildren(QDialogButtonBox)[0].buttons()]
    assert words and not [text for text in words if text.isascii()]
    assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder") == "文件夹"
    # What neither catalogue knows keeps its own text.
    assert QCoreApplication.translate("QFileDialog", "Nobody knows this") == "Nobody knows this"


def test_the_first_window_fits_the_screen(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    assert program.open(tmp_path / "office.rdesk")
    window = program.window
    assert window is not None
    room = window.screen().availableSize()
    assert window.width() <= room.width() and window.height() <= room.height()


def test_the_chosen_entry_of_an_open_list_can_be_read(qtbot: QtBot, program: Program) -> None:
    theme.apply(program.app, "standard", theme.font_families())
    combo = QComboBox()
    qtbot.addWidget(combo)
    combo.addItems(["", "男", "女"])
    combo.setCurrentIndex(1)
    combo.show()
    combo.showPopup()
    view = combo.view()
    qtbot.waitExposed(view)
    row = view.visualRect(combo.model().index(1, 0))
    assert view.viewport().rect().contains(view.visualRect(combo.model().index(2, 0)))
    picture = view.viewport().grab(row).toImage()
    pixels = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    light = sorted(picture.pixelColor(x, y).lightness() for x, y in pixels)
    # Light letters on a dark bar: it was white on white.
    assert light[len(light) // 2] < 140 and light[-1] > 200
    combo.hidePopup()


def test_a_second_start_brings_the_first_window_forward(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    assert program.open(tmp_path / "office.rdesk")
    assert program.window is not None
    program.window.showMinimized()
    second = Program(program.app, LocalSettings(), operator="王经办", key="", today=None)
    assert not second.open(tmp_path / "office.rdesk")
    assert second.raised and second.window is None
    window = program.window
    qtbot.waitUntil(lambda: not window.isMinimized())
