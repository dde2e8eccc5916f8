"""The registry tab as a clerk uses it: find, narrow, sort, copy, open, mask."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retiree_desk.services.people_list import PeopleFilter, Sort
from retiree_desk.settings import PRIVACY
from retiree_desk.ui.tabs.registry import RegistryTab
from tests.ui.office import Office, office

PEOPLE = [
    {
        "name": "张三",
        "sex": "M",
        "birth": "1945-03-16",
        "id_number": "990101194503160018",
        "mobile": "13800001234",
        "party_branch": "第一党支部",
        "home_address": "阳光小区7号楼2单元301",
        "employee_no": "000123",
        "visit_notes": "门铃坏了",
    },
    {"name": "李四", "sex": "F", "birth": "1950-02", "mobile": "13900005678", "party_branch": "第二党支部"},
    {"name": "王五", "sex": "M", "birth": "1935", "party_branch": "第一党支部", "labels": "EMPTY_NEST"},
    {"name": "赵亡", "sex": "M", "life": "DECEASED", "died_on": "2025-12"},
]


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, today: date) -> Iterator[Office]:
    with office(tmp_path / "office.rdesk", today) as window:
        yield window


@pytest.fixture
def show(qtbot: QtBot, room: Office) -> Callable[..., RegistryTab]:
    def show(people: list[dict[str, str]] = PEOPLE) -> RegistryTab:
        for values in people:
            room.context.desk.registry.add(values)
        tab = RegistryTab(room.context)
        room.setCentralWidget(tab)
        room.resize(1280, 720)
        room.show()
        qtbot.waitExposed(room)
        room.activateWindow()
        qtbot.waitUntil(room.isActiveWindow)
        return tab

    return show


def names(tab: RegistryTab) -> list[str]:
    place = tab.grid.shown_keys().index("name")
    return [tab.model.index(row, place).data() for row in range(tab.model.rowCount())]


def find(qtbot: QtBot, tab: RegistryTab, text: str, expected: list[str]) -> None:
    tab.find_box.setFocus()
    tab.find_box.selectAll()
    qtbot.keyClicks(tab.find_box, text) if text.isascii() else tab.find_box.setText(text)
    qtbot.waitUntil(lambda: names(tab) == expected)


def test_the_model_keeps_the_rules_of_models(qtbot: QtBot, show: Callable[..., RegistryTab]) -> None:
    tab = show()
    tester = QAbstractItemModelTester(tab.model, QAbstractItemModelTester.FailureReportingMode.QtTest)
    tab.sort_by(Sort("age"))
    tab.grid.show_column("id_number", True)
    tab.narrow(PeopleFilter(status="ALL"))
    tab.narrow(PeopleFilter(status="DECEASED"))
    tab.show_everybody()
    assert tester.model() is tab.model


def test_typing_finds_by_name_pinyin_initials_number_and_phone(
    qtbot: QtBot, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    assert names(tab) == ["李四", "王五", "张三"]
    find(qtbot, tab, "张", ["张三"])
    find(qtbot, tab, "lisi", ["李四"])
    find(qtbot, tab, "ww", ["王五"])
    find(qtbot, tab, "5678", ["李四"])
    find(qtbot, tab, "000123", ["张三"])
    find(qtbot, tab, "赵亡", ["赵亡(已去世)"])
    qtbot.keyClick(tab.find_box, Qt.Key.Key_Escape)
    assert tab.find_box.text() == ""
    qtbot.waitUntil(lambda: names(tab) == ["李四", "王五", "张三"])


def test_enter_in_the_find_box_opens_the_best_hit(qtbot: QtBot, show: Callable[..., RegistryTab]) -> None:
    tab = show()
    tab.find_box.setFocus()
    qtbot.keyClicks(tab.find_box, "zhangsan")
    qtbot.keyClick(tab.find_box, Qt.Key.Key_Return)
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    opened = [window for window in windows if window.windowTitle() == "张三"]
    assert len(opened) == 1
    opened[0].close()


def test_the_arrow_down_leads_into_the_list_and_enter_opens(
    qtbot: QtBot, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    tab.find_box.setFocus()
    qtbot.keyClick(tab.find_box, Qt.Key.Key_Down)
    assert tab.grid.current_id() == tab.model.id_at(0)
    with qtbot.waitSignal(tab.grid.opened) as told:
        qtbot.keyClick(tab.grid, Qt.Key.Key_Return)
    assert told.args == [tab.model.id_at(0)]
    for window in QApplication.topLevelWidgets():
        if window.windowTitle() == "李四":
            window.close()


def test_letters_typed_on_the_list_go_on_in_the_find_box(
    qtbot: QtBot, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    tab.grid.setFocus()
    tab.grid.choose_row(0)
    qtbot.keyClick(tab.grid, Qt.Key.Key_Z)
    assert tab.find_box.text() == "z"
    qtbot.waitUntil(lambda: names(tab) == ["张三", "赵亡(已去世)"])


def test_a_unit_narrows_the_list_and_its_chip_takes_it_away(
    qtbot: QtBot, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    branch = tab.people.trees.named("第一党支部")[0]
    tab.tree.choose(branch.id)
    assert names(tab) == ["王五", "张三"]
    tab.narrow(PeopleFilter(unit=branch.id, labels=("EMPTY_NEST",)))
    assert names(tab) == ["王五"]
    assert [chip.text() for chip in tab.filters.chips()] == ["第一党支部", "空巢"]
    tab.filters.chips()[1].click()
    assert names(tab) == ["王五", "张三"]
    tab.filters.chips()[0].click()
    assert names(tab) == ["李四", "王五", "张三"]
    assert tab.tree.view.currentItem().text(1) == "3"


def test_the_filter_dialog_combines_age_category_and_labels(
    qtbot: QtBot, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    dialog = tab.open_filter()
    dialog.age_from.setValue(80)
    dialog.apply_button.click()
    assert names(tab) == ["王五", "张三"]
    dialog = tab.open_filter()
    assert dialog.age_from.value() == 80
    dialog.labels["EMPTY_NEST"].click()
    dialog.apply_button.click()
    assert names(tab) == ["王五"]


def test_a_click_on_a_title_sorts_and_a_second_turns_round(
    qtbot: QtBot, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    header = tab.grid.horizontalHeader()
    place = tab.grid.shown_keys().index("age")
    title = QPoint(header.sectionViewportPosition(place) + 8, 8)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=title)
    assert names(tab) == ["李四", "张三", "王五"]
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=title)
    assert names(tab) == ["王五", "张三", "李四"]
    assert header.sortIndicatorSection() == place


def test_columns_shown_moved_and_sized_are_remembered(
    qtbot: QtBot, room: Office, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    tab.grid.show_column("id_number", True)
    tab.grid.show_column("sex", False)
    tab.grid.horizontalHeader().moveSection(tab.grid.shown_keys().index("phones"), 1)
    wide = tab.grid.shown_keys().index("category")
    logical = tab.grid.horizontalHeader().logicalIndex(wide)
    tab.grid.setColumnWidth(logical, 321)
    keys = tab.grid.shown_keys()
    assert "sex" not in keys and keys[1] == "phones"
    again = RegistryTab(room.context)
    assert again.grid.shown_keys() == keys
    assert abs(again.grid.columnWidth(again.grid.shown_keys().index("category")) - 321) <= 1
    again.grid.standard_columns()
    assert again.grid.shown_keys()[:3] == ["name", "sex", "age"]
    again.deleteLater()


def test_copied_rows_come_into_excel_as_text(qtbot: QtBot, show: Callable[..., RegistryTab]) -> None:
    tab = show()
    tab.grid.show_column("employee_no", True)
    tab.narrow(PeopleFilter(text="张三"))
    tab.grid.selectAll()
    qtbot.keyClick(tab.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    heads, row = data.text().strip("\n").split("\n")
    cells = dict(zip(heads.split("\t"), row.split("\t"), strict=True))
    assert cells["姓名"] == "张三" and cells["工号"] == "000123" and cells["联系电话"] == "13800001234"
    assert data.html().count("mso-number-format:'\\@'") == len(cells)


def test_id_numbers_are_masked_until_one_key_shows_them(
    qtbot: QtBot, room: Office, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    tab.grid.show_column("id_number", True)
    tab.narrow(PeopleFilter(text="张三"))
    cell = tab.model.index(0, [column.key for column in tab.model.columns].index("id_number"))
    phone = tab.model.index(0, [column.key for column in tab.model.columns].index("phones"))
    assert cell.data() == "990101********0018"
    assert phone.data() == "13800001234"
    tab.grid.setFocus()
    qtbot.keyClick(tab.grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert cell.data() == "990101194503160018"
    tab.show_numbers.trigger()
    room.context.settings.set(**{PRIVACY: True})
    tab.refresh()
    assert phone.data() == "138****1234"
    tab.grid.choose_row(0)
    assert "13800001234" not in tab.summary.lines.text()
    assert "301" not in tab.summary.place.text() + tab.summary.lines.text()


def test_the_summary_says_what_is_needed_at_the_door(qtbot: QtBot, show: Callable[..., RegistryTab]) -> None:
    tab = show()
    tab.narrow(PeopleFilter(text="张三"))
    tab.grid.choose_row(0)
    assert tab.summary.name.text() == "张三"
    assert "81岁" in tab.summary.facts.text()
    for words in ("13800001234", "第一党支部", "门铃坏了"):
        assert words in tab.summary.lines.text()
    assert tab.summary.open_button.isVisible()


def test_a_change_elsewhere_shows_at_once_and_the_row_stays_chosen(
    qtbot: QtBot, room: Office, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    tab.grid.choose_row(2)
    number = tab.grid.current_id()
    assert number is not None
    room.context.desk.registry.change(number, {"name": "阿三"})
    qtbot.waitUntil(lambda: names(tab) == ["阿三", "李四", "王五"])
    assert tab.grid.current_id() == number
    assert tab.summary.name.text() == "阿三"


def test_an_empty_office_is_led_to_its_first_people(
    qtbot: QtBot, room: Office, show: Callable[..., RegistryTab]
) -> None:
    tab = show([])
    assert tab.empty.isVisible() and not tab.grid.isVisible()
    tab.empty.import_button.click()
    assert [what for what, _args in room.opened] == ["import"]
    room.context.desk.registry.add({"name": "张三"})
    qtbot.waitUntil(lambda: tab.grid.isVisible() and names(tab) == ["张三"])


def test_nobody_found_says_so_and_leads_back(qtbot: QtBot, show: Callable[..., RegistryTab]) -> None:
    tab = show()
    tab.find_box.setText("没有这个人")
    qtbot.waitUntil(lambda: not tab.grid.isVisible())
    assert "没有这个人" in tab._nobody_words.text()
    tab._nobody_button.click()
    assert tab.grid.isVisible() and len(names(tab)) == 3


def test_all_the_words_are_there_in_english(
    english: None, qtbot: QtBot, show: Callable[..., RegistryTab]
) -> None:
    tab = show()
    heads = [tab.model.headerData(place, Qt.Orientation.Horizontal) for place in range(3)]
    assert heads == ["Name", "Sex", "Age"]
