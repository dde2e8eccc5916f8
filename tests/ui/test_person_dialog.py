"""The person dialog: checked as typed, nothing lost, drafts, death, next person."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from retiree_desk.core.identity import check_digit
from retiree_desk.services.drafts import Drafts
from retiree_desk.ui import ask
from retiree_desk.ui.dialogs.person import PersonDialog
from tests.ui.office import Office, office

NUMBER = "99010119450316001" + check_digit("99010119450316001")
Opener = Callable[..., PersonDialog]


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, today: date) -> Iterator[Office]:
    with office(tmp_path / "office.rdesk", today) as window:
        window.show()
        yield window


@pytest.fixture
def open_dialog(qtbot: QtBot, room: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    opened: list[PersonDialog] = []

    def open_dialog(person_id: int | None, **more: object) -> PersonDialog:
        dialog = PersonDialog(room.context, person_id, room, **more)  # type: ignore[arg-type]
        opened.append(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    yield open_dialog
    monkeypatch.setattr(ask, "confirm", lambda *_words: False)
    for dialog in opened:
        if shiboken6.isValid(dialog):
            dialog.close()


def type_into(qtbot: QtBot, dialog: PersonDialog, key: str, text: str) -> QLineEdit:
    """As by hand: a click into the field, the old text replaced, and on to the next field."""
    edit = dialog.form.rows[key].edit
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.selectAll()
    if text.isascii():
        qtbot.keyClicks(edit, text)
    else:
        edit.insert(text)
        edit.textEdited.emit(edit.text())
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    return edit


def problem(dialog: PersonDialog, key: str) -> str:
    return dialog.form.rows[key].problem.text()


def note(dialog: PersonDialog, key: str) -> str:
    return dialog.form.rows[key].note.text()


def test_a_new_person_is_typed_and_saved(qtbot: QtBot, room: Office, open_dialog: Opener) -> None:
    dialog = open_dialog(None)
    type_into(qtbot, dialog, "name", "张三")
    type_into(qtbot, dialog, "id_number", NUMBER)
    assert dialog.form.rows["birth"].edit.typed() == "1945-03-16"
    assert dialog.form.rows["sex"].edit.typed() == "M"
    assert "身份证号" in note(dialog, "birth")
    type_into(qtbot, dialog, "retired_on", "2005.3")
    assert dialog.form.rows["retired_on"].edit.typed() == "2005-03"
    dialog.save_button.click()
    one = room.context.desk.registry.load()[0]
    expected = {"name": "张三", "birth": "1945-03-16", "sex": "M", "retired_on": "2005-03", "life": "ALIVE"}
    assert {key: one[key] for key in expected} == expected


def test_nothing_typed_is_lost_on_an_error(qtbot: QtBot, room: Office, open_dialog: Opener) -> None:
    number = room.context.desk.registry.add({"name": "张三", "mobile": "13800001234"})
    dialog = open_dialog(number)
    type_into(qtbot, dialog, "mobile", "13900005678")
    type_into(qtbot, dialog, "birth", "1945-13-40")
    assert "出生年月" in problem(dialog, "birth")
    assert dialog.save() is False
    assert dialog.form.rows["birth"].edit.typed() == "1945-13-40"
    assert dialog.form.rows["mobile"].edit.typed() == "13900005678"
    assert room.context.desk.registry.get(number)["mobile"] == "13800001234"
    type_into(qtbot, dialog, "birth", "1945-12")
    assert problem(dialog, "birth") == ""
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    saved = room.context.desk.registry.get(number)
    assert (saved["mobile"], saved["birth"]) == ("13900005678", "1945-12")
    assert not dialog.unsaved


def test_a_birth_date_that_differs_is_said_and_never_overwritten(
    qtbot: QtBot, room: Office, open_dialog: Opener
) -> None:
    number = room.context.desk.registry.add({"name": "张三", "birth": "1945-03-12", "sex": "F"})
    dialog = open_dialog(number)
    type_into(qtbot, dialog, "id_number", NUMBER)
    assert dialog.form.rows["birth"].edit.typed() == "1945-03-12"
    assert "1945-03-16" in note(dialog, "birth")
    assert "男" in note(dialog, "sex")
    type_into(qtbot, dialog, "birth", "1945-03")
    assert note(dialog, "birth") == ""
    assert dialog.save()


def test_a_wrong_check_digit_is_told_and_kept(qtbot: QtBot, room: Office, open_dialog: Opener) -> None:
    number = room.context.desk.registry.add({"name": "张三"})
    wrong = NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1")
    dialog = open_dialog(number)
    type_into(qtbot, dialog, "id_number", wrong)
    assert "校验位" in note(dialog, "id_number")
    assert dialog.save()
    assert room.context.desk.registry.get(number)["id_number"] == wrong


def test_a_number_held_by_another_is_refused_with_the_name(
    qtbot: QtBot, room: Office, open_dialog: Opener
) -> None:
    room.context.desk.registry.add({"name": "李四", "id_number": NUMBER})
    number = room.context.desk.registry.add({"name": "张三"})
    dialog = open_dialog(number)
    type_into(qtbot, dialog, "id_number", NUMBER)
    assert "李四" in problem(dialog, "id_number")
    assert dialog.save() is False
    assert "李四" in dialog.message.text()
    assert dialog.form.rows["id_number"].edit.typed() == NUMBER


def test_the_id_number_is_hidden_in_the_middle_until_one_is_in_it(
    qtbot: QtBot, room: Office, open_dialog: Opener
) -> None:
    number = room.context.desk.registry.add(
        {"name": "张三", "id_number": NUMBER, "bank_account": "6222020200012345678"}
    )
    dialog = open_dialog(number)
    edit = dialog.form.rows["id_number"].edit
    assert isinstance(edit, QLineEdit)
    assert edit.text() == NUMBER[:6] + "********" + NUMBER[14:]
    edit.setFocus()
    assert edit.text() == NUMBER
    dialog.form.rows["name"].edit.setFocus()
    assert "*" in edit.text() and not dialog.unsaved
    qtbot.keyClick(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == NUMBER


def test_a_draft_is_kept_and_offered_when_the_person_is_opened_again(
    qtbot: QtBot, room: Office, open_dialog: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = room.context.desk.registry.add({"name": "张三"})
    drafts = Drafts(room.context.desk)
    dialog = open_dialog(number)
    type_into(qtbot, dialog, "remark", "abc")
    qtbot.waitUntil(lambda: drafts.get(f"person:{number}") is not None)
    monkeypatch.setattr(ask, "confirm", lambda *_words: False)
    dialog.close()
    again = open_dialog(number)
    assert again.banner.isVisible()
    again.take_button.click()
    assert again.form.rows["remark"].edit.typed() == "abc"
    assert again.save()
    assert room.context.desk.registry.get(number)["remark"] == "abc"
    assert drafts.get(f"person:{number}") is None
    assert not again.banner.isVisible()


def test_closing_asks_and_saves_when_told_to(
    qtbot: QtBot, room: Office, open_dialog: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = room.context.desk.registry.add({"name": "张三"})
    dialog = open_dialog(number)
    type_into(qtbot, dialog, "remark", "abc")
    monkeypatch.setattr(ask, "confirm", lambda *_words: True)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    assert room.context.desk.registry.get(number)["remark"] == "abc"


@pytest.mark.parametrize("typed", [False, True])
def test_the_dialog_goes_with_escape_the_cross_and_save(
    qtbot: QtBot, room: Office, open_dialog: Opener, monkeypatch: pytest.MonkeyPatch, typed: bool
) -> None:
    number = room.context.desk.registry.add({"name": "张三"})
    monkeypatch.setattr(ask, "confirm", lambda *_words: False)
    ways: list[Callable[[PersonDialog], object]] = [
        lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape),
        lambda dialog: dialog.close(),
        lambda dialog: dialog.save_and_close(),
    ]
    for way in ways:
        dialog = open_dialog(number)
        if typed:
            type_into(qtbot, dialog, "remark", "abc")
        way(dialog)
        qtbot.waitUntil(lambda gone=dialog: not shiboken6.isValid(gone))


def test_labels_units_and_choices_are_saved(qtbot: QtBot, room: Office, open_dialog: Opener) -> None:
    number = room.context.desk.registry.add({"name": "张三", "party_branch": "第一党支部"})
    dialog = open_dialog(number)
    rows = dialog.form.rows
    rows["labels"].edit.ticks["EMPTY_NEST"].click()  # type: ignore[union-attr]
    category = rows["category"].edit
    category.setCurrentIndex(category.findData("RETIRED_CADRE"))  # type: ignore[union-attr]
    category.activated.emit(category.currentIndex())  # type: ignore[union-attr]
    branch = rows["party_branch"].edit
    assert branch.findText("第一党支部") > 0  # type: ignore[union-attr]
    branch._line.selectAll()  # type: ignore[union-attr]
    branch._line.insert("第二党支部")  # type: ignore[union-attr]
    branch._line.textEdited.emit("第二党支部")  # type: ignore[union-attr]
    assert dialog.save()
    one = room.context.desk.registry.get(number)
    assert (one["labels"], one["category"], one["party_branch"]) == (
        "EMPTY_NEST",
        "RETIRED_CADRE",
        "第二党支部",
    )
    assert "第一党支部 → 第二党支部" in dialog.form.changes.text()


def test_text_not_understood_stands_beside_its_field(qtbot: QtBot, room: Office, open_dialog: Opener) -> None:
    desk = room.context.desk
    number = desk.registry.add({"name": "张三"})
    from retiree_desk.core.topics import Topic
    from retiree_desk.store.schema import unread_value

    with desk.db.write(Topic.REGISTRY, why="import", kind="import") as change:
        change.insert(unread_value, [{"person_id": number, "field": "birth", "text": "四十五年春"}])
    dialog = open_dialog(number)
    assert "四十五年春" in note(dialog, "birth")
    type_into(qtbot, dialog, "birth", "1945")
    assert dialog.save()
    assert note(dialog, "birth") == ""


def test_a_death_asks_three_things_and_acts_at_once(qtbot: QtBot, room: Office, open_dialog: Opener) -> None:
    number = room.context.desk.registry.add({"name": "张三", "remark": "旧备注"})
    dialog = open_dialog(number)
    death = dialog.enter_death()
    death.enter_button.click()
    assert death.problem.text()
    death.date.setText("2026-04")
    death.enter_button.click()
    assert death.problem.text() and room.context.desk.registry.get(number).is_living
    death.date.setText("2026-03-01")
    death.told_by.setText("女儿张红")
    death.phone.setText("13800001234")
    death.enter_button.click()
    one = room.context.desk.registry.get(number)
    assert (one["status"], one["died_on"]) == ("DECEASED", "2026-03-01")
    assert one["remark"].startswith("旧备注") and "女儿张红 13800001234" in one["remark"]
    assert not dialog.death_button.isVisible()


def test_the_next_person_of_the_list_comes_and_typing_is_saved_first(
    qtbot: QtBot, room: Office, open_dialog: Opener
) -> None:
    registry = room.context.desk.registry
    first, second = registry.add({"name": "张三"}), registry.add({"name": "李四"})
    order = [first, second]

    def neighbour(number: int, step: int) -> int | None:
        place = order.index(number) + step  # type: ignore[arg-type]
        return int(order[place]) if 0 <= place < len(order) else None

    dialog = open_dialog(first, neighbour=neighbour)
    assert not dialog.previous_button.isEnabled()
    type_into(qtbot, dialog, "remark", "abc")
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert dialog.windowTitle() == "李四"
    assert registry.get(first)["remark"] == "abc"
    assert not dialog.next_button.isEnabled()
    dialog.go(1)
    assert dialog.windowTitle() == "李四"


def test_a_half_typed_death_is_not_lost_without_a_question(
    qtbot: QtBot, room: Office, open_dialog: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ask, "confirm", lambda text, *_words: bool(asked.append(text)))
    dialog = open_dialog(room.context.desk.registry.add({"name": "张三"})).enter_death()
    qtbot.keyClicks(dialog.told_by, "abc")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert len(asked) == 2 and dialog.isVisible()
    dialog.told_by.clear()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    assert len(asked) == 2
