"""Who opens the window on a damaged file is offered the newest sound backup (RELIABILITY R5, R8)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retiree_desk.app import Program
from retiree_desk.services.desk import Desk
from retiree_desk.settings import LocalSettings
from retiree_desk.ui import ask


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Program(app, LocalSettings(), operator="李经办", key="", today=date(2026, 11, 2))
    yield made
    window = made.window
    if window is not None:
        window.tasks.stop_all()
        qtbot.waitUntil(lambda: not window.tasks.busy)
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # deferred deletes, before the file is closed
        window.desk.close()
    if made._server is not None:
        made._server.close()


@pytest.fixture
def damaged(office: Path) -> bytes:
    """Two backups, of which the newer is damaged like the file itself."""
    desk = Desk.open(office)
    desk.registry.add({"name": "备份里的人"})
    desk.backups.make("manual")
    desk.registry.add({"name": "后来的人"})
    newer, _people = desk.backups.make("manual")
    desk.close()
    data = bytearray(office.read_bytes())
    data[4096:200_000] = bytes(200_000 - 4096)
    newer.write_bytes(data)
    office.write_bytes(data)
    return bytes(data)


def test_newest_sound_backup_is_put_back(
    program: Program, office: Path, damaged: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def confirm(text: str, do: str, leave: str = "", detail: str = "") -> bool:
        asked.append(f"{text} {detail}")
        return True

    monkeypatch.setattr(ask, "confirm", confirm)
    assert program.open(office)
    assert len(asked) == 1 and office.name in asked[0]
    assert program.window is not None
    desk = program.window.desk
    assert desk.registry.find("备份里的人").total == 1
    assert desk.registry.find("后来的人").total == 0
    assert desk.backups.check().ok
    kept = [one.path for one in desk.backups.list() if one.reason == "restore"]
    assert [path.read_bytes() for path in kept] == [damaged]


def test_refused_offer_leaves_everything(
    program: Program, office: Path, damaged: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "confirm", lambda *_args, **_more: False)
    assert not program.open(office)
    assert office.read_bytes() == damaged
