"""Rosters and split addresses, from the window to the file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from retiree_desk.ui import ask
from retiree_desk.ui.dialogs.addresses import AddressDialog
from retiree_desk.ui.tabs.registry import RegistryTab
from tests.ui.office import Office, office

NUMBER = "990101194503160018"


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, today: date) -> Iterator[Office]:
    with office(tmp_path / "office.rdesk", today) as window:
        desk = window.context.desk
        desk.registry.add({"name": "张三", "id_number": NUMBER, "home_address": "阳光小区7号楼2单元301"})
        desk.registry.add({"name": "李四", "home_address": "静海县某乡某村", "sort_no": "1"})
        desk.registry.add({"name": "赵亡", "life": "DECEASED"})
        window.setCentralWidget(RegistryTab(window.context))
        window.show()
        yield window


def tab_of(room: Office) -> RegistryTab:
    tab = room.centralWidget()
    assert isinstance(tab, RegistryTab)
    return tab


def exported(qtbot: QtBot, room: Office, monkeypatch: pytest.MonkeyPatch, path: Path, *, full: bool) -> str:
    asked: list[str] = []

    def answer(text: str, *_words: str) -> bool:
        asked.append(text)
        return False

    monkeypatch.setattr(ask, "save_file", lambda *_words: path)
    monkeypatch.setattr(ask, "confirm", answer)
    dialog = tab_of(room).export_roster()
    dialog.columns.setCurrentIndex(dialog.columns.findData("basic"))
    assert not dialog.purpose.isEnabled()
    if full:
        dialog.unmasked.click()
        assert dialog.purpose.isEnabled()
    dialog.do_button.click()
    qtbot.waitUntil(lambda: bool(asked))
    return path.read_text(encoding="utf-8-sig")


def test_the_roster_holds_the_people_in_the_list_with_masked_numbers(
    qtbot: QtBot, room: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = exported(qtbot, room, monkeypatch, tmp_path / "roster.csv", full=False)
    assert text.index("李四") < text.index("张三")
    assert "赵亡" not in text
    assert "990101********0018" in text and NUMBER not in text


def test_whole_numbers_leave_with_a_purpose_that_is_recorded(
    qtbot: QtBot, room: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from sqlalchemy import select

    from retiree_desk.store.schema import audit_log

    assert NUMBER in exported(qtbot, room, monkeypatch, tmp_path / "roster.csv", full=True)
    with room.context.desk.db.read() as conn:
        lines = conn.execute(select(audit_log.c.action, audit_log.c.detail)).all()
    assert any(line.action == "unmasked" and "FINANCE" in line.detail for line in lines)


def test_printing_shows_the_pages_first(qtbot: QtBot, room: Office, tmp_path: Path) -> None:
    dialog = tab_of(room).print_roster()
    dialog.do_button.click()
    (what, (paper,)) = room.opened[-1]
    assert what == "preview"
    pages = paper.write(tmp_path / "roster.pdf")
    assert pages == 1 and (tmp_path / "roster.pdf").read_bytes().startswith(b"%PDF")


def test_ticked_addresses_are_split_and_the_rest_listed(qtbot: QtBot, room: Office) -> None:
    dialog = AddressDialog(room.context, room)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.understood.rowCount() == 1)
    assert dialog.unclear.rowCount() == 1
    for table in dialog.findChildren(QTableView):
        letters = table.fontMetrics()
        assert table.columnWidth(0) >= letters.horizontalAdvance("张三") + 2 * letters.height()
    assert "1" in dialog.accept_button.text()
    tick = dialog.understood.index(0, 0)
    dialog.understood.setData(tick, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert not dialog.accept_button.isEnabled()
    dialog.all_button.click()
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept_button.click()
    one = next(each for each in room.context.desk.registry.load() if each.name == "张三")
    assert (one["area"], one["building"], one["room"]) == ("阳光小区", "7号楼", "301")


def test_the_models_of_both_tables_keep_the_rules(qtbot: QtBot, room: Office) -> None:
    from PySide6.QtTest import QAbstractItemModelTester

    dialog = AddressDialog(room.context, room)
    tester = QAbstractItemModelTester(dialog.understood, QAbstractItemModelTester.FailureReportingMode.QtTest)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.understood.rowCount() == 1)
    dialog.none_button.click()
    assert tester.model() is dialog.understood
    dialog.close()
