"""The import wizard as a clerk uses it: choose, look, tick, apply, take back."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from retiree_desk.settings import LocalSettings
from retiree_desk.ui import ask, theme
from retiree_desk.ui.dialogs.import_choices import NEW_PERSON
from retiree_desk.ui.dialogs.import_preview_page import MISSING, PROBLEMS
from retiree_desk.ui.dialogs.import_wizard import FILES, FOUND, PREVIEW, RESULT, ImportWizard
from retiree_desk.ui.main_window import MainWindow
from retiree_desk.ui.widgets.import_columns import ColumnsModel, SheetsModel
from retiree_desk.ui.widgets.import_rows import FieldsModel, PlanRowsModel
from tests.services.hr_sheets import LI, WANG, ZHANG, Office, id_number
from tests.ui.office import Office as Window

Open = Callable[..., ImportWizard]
_LONG = 20_000  # milliseconds; a test that has to wait so long has failed


@pytest.fixture
def office(tmp_path: Path, today: date) -> Iterator[Office]:
    made = Office(tmp_path, today)
    yield made
    made.desk.close()


@pytest.fixture
def open_wizard(qtbot: QtBot, office: Office) -> Iterator[Open]:
    window = Window(office.desk)
    window.show()
    opened: list[ImportWizard] = []

    def make(*files: Path) -> ImportWizard:
        wizard = ImportWizard(window.context, window, files=files)
        opened.append(wizard)
        wizard.open()
        qtbot.waitExposed(wizard)
        return wizard

    yield make
    for wizard in opened:
        if shiboken6.isValid(wizard):
            wizard.close()
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, 52)


@pytest.fixture
def to(qtbot: QtBot) -> Callable[[ImportWizard, int], ImportWizard]:
    """Presses the primary button until a page is reached."""

    def go(wizard: ImportWizard, page: int) -> ImportWizard:
        while wizard.page != page:
            before = wizard.page
            qtbot.waitUntil(lambda: not wizard.busy and wizard.next_button.isEnabled(), timeout=_LONG)
            qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
            qtbot.waitUntil(
                lambda before=before: wizard.page != before and not wizard.busy,  # type: ignore[misc]
                timeout=_LONG,
            )
        return wizard

    return go


Go = Callable[[ImportWizard, int], ImportWizard]


def roster(office: Office, *, phone: str = "13800001111", post: str = "科长", name: str = "hr.csv") -> Path:
    return office.csv(
        f"""
姓名,身份证号,职务,手机,所属支部,爱好
张三,{ZHANG},{post},{phone},第一党支部,下棋
李秀英,{LI},工人,13800002222,第一党支部,
王五,{WANG},工人,,第二党支部,钓鱼
""",
        name,
    )


def shown(wizard: ImportWizard, column: int = PlanRowsModel.NAME) -> list[str]:
    model = wizard.preview_page.rows
    assert model is not None
    return [model.index(row, column).data() for row in range(model.rowCount())]


def choose_row(wizard: ImportWizard, name: str) -> int:
    line = shown(wizard).index(name)
    wizard.preview_page.view.selectRow(line)
    return line


def click_kind(qtbot: QtBot, wizard: ImportWizard, code: str) -> None:
    qtbot.mouseClick(wizard.preview_page.filters[code], Qt.MouseButton.LeftButton)


def tick(wizard: ImportWizard, line: int, on: bool) -> None:
    """Ticks a field of the chosen row."""
    fields = wizard.preview_page.detail.fields
    assert fields is not None
    state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    fields.setData(fields.index(line, FieldsModel.FIELD), state.value, Qt.ItemDataRole.CheckStateRole)


def test_from_choosing_to_taking_back(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.desk.registry.add({"name": "张三", "id_number": ZHANG, "post": "干事"})
    before = office.content()
    wizard = open_wizard()
    assert not wizard.next_button.isEnabled()
    monkeypatch.setattr(ask, "open_files", lambda _title, _pattern: [roster(office)])
    qtbot.mouseClick(wizard.files_page.choose_button, Qt.MouseButton.LeftButton)
    to(wizard, PREVIEW)
    assert "新增 2 " in wizard.preview_page.counts.text()
    assert office.content() == before, "nothing is written before the button"
    assert "3" in wizard.next_button.text()
    to(wizard, RESULT)
    assert sorted(person.name for person in office.people()) == ["张三", "李秀英", "王五"]
    assert office.one("张三")["post"] == "科长"
    assert wizard.result_page.backup.text().endswith("-import.rdesk")
    qtbot.mouseClick(wizard.result_page.undo_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not wizard.busy and wizard.result_page.undo_button.isHidden(), timeout=_LONG)
    assert office.content() == before
    qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shiboken6.isValid(wizard) or not wizard.isVisible())


def test_a_second_import_finds_nothing_new(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    office.take(roster(office))
    wizard = to(open_wizard(roster(office)), PREVIEW)
    assert not wizard.next_button.isEnabled()
    assert wizard.preview_page.choices is not None and wizard.preview_page.choices.count == 0
    assert not wizard.preview_page.filters["new"].isEnabled()
    assert wizard.preview_page.filters["unchanged"].text().endswith("3")


def test_what_the_office_decides_is_offered_unticked(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go
) -> None:
    office.take(roster(office))
    wizard = to(open_wizard(roster(office, phone="13900009999", post="处长")), PREVIEW)
    choose_row(wizard, "张三")
    fields = wizard.preview_page.detail.fields
    assert fields is not None
    states = {
        fields.index(line, 0).data(): fields.index(line, 0).data(Qt.ItemDataRole.CheckStateRole)
        for line in range(fields.rowCount())
    }
    assert list(states.values()) == [Qt.CheckState.Checked.value, Qt.CheckState.Unchecked.value]
    assert "13800001111 → 13900009999" in shown(wizard, PlanRowsModel.WHAT)[0]
    to(wizard, RESULT)
    assert office.one("张三")["post"] == "处长"
    assert office.one("张三")["mobile"] == "13800001111"
    # The refusal is remembered: the same file asks nothing any more.
    wizard.accept()
    again = to(open_wizard(roster(office, phone="13900009999", post="处长")), PREVIEW)
    assert not again.next_button.isEnabled()


def test_ticks_by_field_by_row_and_by_column(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    office.take(roster(office))
    changed = office.csv(
        f"""
姓名,身份证号,职务,手机
张三,{ZHANG},处长,13900009991
李秀英,{LI},会计,13900009992
王五,{WANG},电工,13900009993
赵六,{id_number("1951-05-05", 5)},钳工,13900009994
"""
    )
    wizard = to(open_wizard(changed), PREVIEW)
    page = wizard.preview_page
    assert page.choices is not None
    assert shown(wizard) == ["张三", "李秀英", "王五"], "the changed ones come first"
    assert page.choices.count == 4
    choose_row(wizard, "张三")
    tick(wizard, 0, False)  # the post; the phone is the office's and was not ticked
    assert page.choices.count == 3
    choose_row(wizard, "李秀英")
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    assert page.choices.count == 2
    assert "3" not in wizard.next_button.text() and "2" in wizard.next_button.text()
    # The phone of all who are shown, by its column.
    page.field.setCurrentIndex(page.field.findData("mobile"))
    page.field.activated.emit(page.field.currentIndex())
    qtbot.mouseClick(page.all_button, Qt.MouseButton.LeftButton)
    page.field.setCurrentIndex(0)
    page.field.activated.emit(0)
    assert page.choices.count == 4
    to(wizard, RESULT)
    assert (office.one("张三")["post"], office.one("张三")["mobile"]) == ("科长", "13900009991")
    assert office.one("李秀英")["mobile"] == "13900009992"
    assert office.one("王五")["post"] == "电工"
    assert office.one("赵六")["mobile"] == "13900009994"


def test_take_none_and_as_proposed(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    wizard = to(open_wizard(roster(office)), PREVIEW)
    page = wizard.preview_page
    qtbot.mouseClick(page.none_button, Qt.MouseButton.LeftButton)
    assert page.choices is not None and page.choices.count == 0
    assert not wizard.next_button.isEnabled()
    qtbot.mouseClick(page.proposed_button, Qt.MouseButton.LeftButton)
    assert page.choices.count == 3
    line = choose_row(wizard, "李秀英")
    assert page.rows is not None
    page.rows.setData(page.rows.index(line, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    to(wizard, RESULT)
    assert sorted(person.name for person in office.people()) == ["张三", "王五"]


def test_find_by_name_and_row(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    wizard = to(open_wizard(roster(office)), PREVIEW)
    page = wizard.preview_page
    qtbot.keyClicks(page.search, "4")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert shown(wizard) == ["王五"]
    page.search.setText("没有的人")
    qtbot.waitUntil(lambda: page.empty.isVisible())
    assert page.empty.text()
    assert wizard.page == PREVIEW, "Enter in the find box applies nothing"


def test_a_workbook_with_a_password(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go, tmp_path: Path
) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = office.xlsx({"名单": [["姓名", "身份证号"], ["赵六", id_number("1951-05-05", 5)]]}, "plain.xlsx")
    locked = tmp_path / "locked.xlsx"
    with open(plain, "rb") as source, open(locked, "wb") as target:
        OOXMLFile(source).encrypt("口令1", target)
    wizard = open_wizard(roster(office), locked)
    page = wizard.files_page
    qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.password.isVisible() and not wizard.busy, timeout=_LONG)
    assert "locked.xlsx" in wizard.error.text()
    assert not wizard.next_button.isEnabled()
    qtbot.keyClicks(page.password, "wrong")
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.busy)
    qtbot.waitUntil(lambda: not wizard.busy, timeout=_LONG)
    assert wizard.page == FILES and "locked.xlsx" in wizard.error.text()
    assert page.password.text() == "wrong" and len(page.files) == 2, "what was typed is kept"
    page.password.setText("口令1")
    to(wizard, PREVIEW)
    assert wizard.error.text() == ""
    assert shown(wizard) == ["张三", "李秀英", "王五", "赵六"]


@pytest.mark.parametrize(("name", "content"), [("坏了.xlsx", b"PK\x03\x04 broken"), ("空.csv", b"")])
def test_an_unreadable_file_is_one_sentence_in_the_page(
    qtbot: QtBot, office: Office, open_wizard: Open, tmp_path: Path, name: str, content: bytes
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    before = office.content()
    wizard = open_wizard(roster(office), bad)
    qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(wizard.error.text()) and not wizard.busy, timeout=_LONG)
    assert wizard.page == FILES and name in wizard.error.text()
    assert len(wizard.files_page.files) == 2
    assert office.content() == before
    # Without it the rest goes on.
    wizard.files_page.list.setCurrentItem(wizard.files_page.list.topLevelItem(1))
    qtbot.keyClick(wizard.files_page.list, Qt.Key.Key_Delete)
    qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.page == FOUND, timeout=_LONG)
    assert wizard.error.text() == ""


def test_columns_get_another_fate(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    wizard = to(open_wizard(roster(office)), FOUND)
    columns = wizard.found_page.columns
    header = [columns.index(row, ColumnsModel.HEADER).data() for row in range(columns.rowCount())]
    assert header == ["姓名", "身份证号", "职务", "手机", "所属支部", "爱好"]
    assert columns.index(5, ColumnsModel.VALUES).data() == "下棋 · 钓鱼"
    assert ZHANG not in columns.index(1, ColumnsModel.VALUES).data(), "ID numbers are masked"
    assert columns.column_at(5).fate == "custom"

    def choose(row: int, fate: str) -> None:
        view = wizard.found_page.columns_view
        view.setCurrentIndex(columns.index(row, ColumnsModel.FATE))
        view.edit(columns.index(row, ColumnsModel.FATE))
        (box,) = view.viewport().findChildren(QComboBox)
        box.setCurrentIndex(box.findData(fate))
        box.activated.emit(box.currentIndex())
        qtbot.waitUntil(lambda: not wizard.busy, timeout=_LONG)

    choose(5, "remark")
    assert columns.column_at(5).field == "remark"
    choose(2, "ignored")
    assert columns.column_at(2).fate == "ignored"
    assert columns.column_at(5).field == "remark", "the earlier choice stays"
    to(wizard, RESULT)
    assert office.one("张三")["remark"] == "下棋"
    assert office.one("张三")["post"] == ""
    wizard.accept()
    again = to(open_wizard(roster(office)), FOUND)
    assert again.found_page.columns.column_at(5).field == "remark", "remembered for sheets with these headers"


def test_enter_in_a_list_opens_and_never_leaves(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go
) -> None:
    wizard = to(open_wizard(roster(office)), FOUND)
    view = wizard.found_page.columns_view
    view.setCurrentIndex(wizard.found_page.columns.index(5, ColumnsModel.HEADER))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    (box,) = view.viewport().findChildren(QComboBox)
    assert wizard.page == FOUND and not wizard.busy
    box.lineEdit().selectAll()
    typed = QInputMethodEvent()  # as an input method hands over what was typed in pinyin
    typed.setCommitString("备注")
    QApplication.sendEvent(box.lineEdit(), typed)
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.found_page.columns.column_at(5).field == "remark", timeout=_LONG)
    qtbot.waitUntil(lambda: not wizard.busy, timeout=_LONG)
    assert wizard.page == FOUND
    to(wizard, PREVIEW)
    qtbot.keyClick(wizard.preview_page.view, Qt.Key.Key_Return)
    qtbot.keyClick(wizard.preview_page.detail.view, Qt.Key.Key_Return)
    assert wizard.page == PREVIEW and not wizard.busy and office.people() == []
    wizard.next_button.setFocus()
    qtbot.keyClick(wizard.next_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.page == RESULT, timeout=_LONG)


def test_hidden_sheets_and_rows_are_read_on_request(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go
) -> None:
    def dress(_book: object, title: str, sheet: object) -> None:
        if title == "以前":
            sheet.hide()  # type: ignore[attr-defined]
        else:
            sheet.set_row(2, None, None, {"hidden": True})  # type: ignore[attr-defined]

    book = office.xlsx(
        {
            "现在": [["姓名", "身份证号"], ["张三", ZHANG], ["李秀英", LI]],
            "以前": [["姓名", "身份证号"], ["王五", WANG]],
        },
        dress=dress,
    )
    wizard = to(open_wizard(book), FOUND)
    page = wizard.found_page
    assert [page.sheets.line_at(row).read for row in range(2)] == [True, False]
    assert page.hidden_rows.isVisible()
    page.sheets.setData(
        page.sheets.index(1, SheetsModel.SHEET), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole
    )
    qtbot.waitUntil(lambda: not wizard.busy, timeout=_LONG)
    assert page.sheets.line_at(1).read
    qtbot.mouseClick(
        page.hidden_rows, Qt.MouseButton.LeftButton, pos=QPoint(8, page.hidden_rows.height() // 2)
    )
    to(wizard, PREVIEW)
    assert sorted(shown(wizard)) == ["张三", "李秀英", "王五"]
    qtbot.mouseClick(wizard.back_button, Qt.MouseButton.LeftButton)
    page.sheets.setData(
        page.sheets.index(0, SheetsModel.SHEET), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole
    )
    to(wizard, PREVIEW)
    assert shown(wizard) == ["王五"]


def test_the_clerk_says_where_the_header_stands(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go
) -> None:
    odd = office.xlsx(
        {"表": [["某单位"], ["谁", "号", "干什么"], ["张三", ZHANG, "科长"], ["李秀英", LI, "工人"]]}
    )
    wizard = open_wizard(odd)
    qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.page == FOUND and not wizard.busy, timeout=_LONG)
    assert "hr.xlsx" in wizard.error.text() and not wizard.next_button.isEnabled()
    page = wizard.found_page
    page.header_from.setValue(2)
    page.header_to.setValue(2)
    qtbot.mouseClick(page.header_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.columns.rowCount() == 3 and not wizard.busy, timeout=_LONG)
    page.columns.setData(page.columns.index(0, ColumnsModel.FATE), "name")
    qtbot.waitUntil(lambda: not wizard.busy, timeout=_LONG)
    to(wizard, PREVIEW)
    assert shown(wizard) == ["张三", "李秀英"]


def test_what_the_file_is_can_be_changed(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    office.take(roster(office))
    part = office.csv(f"姓名,身份证号\n张三,{ZHANG}\n李秀英,{LI}", "part.csv")
    wizard = to(open_wizard(part), FOUND)
    page = wizard.found_page
    assert page.kind.currentText() == "全量名单" or page.kind.currentData() == "full"
    to(wizard, PREVIEW)
    click_kind(qtbot, wizard, MISSING)
    assert [wizard.preview_page.missing.model.index(0, 0).data()] == ["王五"]
    qtbot.mouseClick(wizard.back_button, Qt.MouseButton.LeftButton)
    page.kind.setCurrentIndex(page.kind.findData("changed"))
    page.kind.activated.emit(page.kind.currentIndex())
    to(wizard, PREVIEW)
    assert not wizard.preview_page.filters[MISSING].isEnabled()


def test_a_row_to_confirm_is_decided(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    first = office.desk.registry.add({"name": "张三", "post": "干事"})
    two = office.csv("姓名,职务\n张三,科长\n张三,处长")
    wizard = to(open_wizard(two), PREVIEW)
    page = wizard.preview_page
    assert page.choices is not None and page.choices.count == 0
    assert not wizard.next_button.isEnabled()
    person = page.detail.person

    def decide(line: int, who: int) -> None:
        page.view.selectRow(line)
        person.setCurrentIndex(person.findData(who))
        person.activated.emit(person.currentIndex())

    decide(0, first)
    assert page.choices.count == 1
    decide(1, first)
    assert page.choices.count == 1, "one person gets one row"
    decide(0, NEW_PERSON)
    assert page.choices.count == 2
    to(wizard, RESULT)
    assert sorted(one["post"] for one in office.people()) == ["处长", "科长"]
    assert office.desk.registry.load([first])[0]["post"] == "处长"


def test_problem_rows_go_back_to_hr(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retiree_desk.files.workbook_reader import cell_text, read_workbook

    bad = office.csv(f"姓名,身份证号,参加工作时间\n张三,{ZHANG},很久以前\n李秀英,{LI},1970.03.01")
    wizard = to(open_wizard(bad), PREVIEW)
    click_kind(qtbot, wizard, PROBLEMS)
    problems = wizard.preview_page.problems.model
    assert [problems.index(0, column).data() for column in (1, 2, 3)] == ["2", "参加工作时间", "很久以前"]
    told: list[str] = []
    out = tmp_path / "反馈"
    monkeypatch.setattr(ask, "save_file", lambda *_words: out)
    monkeypatch.setattr(ask, "inform", lambda text, _detail="": told.append(text))
    qtbot.mouseClick(wizard.problems_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told) and not wizard.busy, timeout=_LONG)
    (sheet,) = read_workbook(tmp_path / "反馈.xlsx").sheets
    words = [[cell_text(cell) for cell in row.cells.values()] for row in sheet.rows]
    assert len(words) == 2 and words[1][0] == "张三", "the header and the problem row"
    assert len(words[1]) == 4 and words[1][3]
    # Enter on a problem shows its row among all rows.
    wizard.preview_page.problems.view.activated.emit(problems.index(0, 0))
    assert wizard.preview_page.current_place() == 0


def test_a_registry_changed_meanwhile_is_seen(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go
) -> None:
    office.take(roster(office))
    wizard = to(open_wizard(roster(office, post="处长")), PREVIEW)
    page = wizard.preview_page
    choose_row(wizard, "张三")
    tick(wizard, 0, False)
    office.desk.registry.add({"name": "新来的"})
    assert page.choices is not None
    page.choices.take_all([0])
    wizard.apply()
    qtbot.waitUntil(lambda: wizard.again_button.isVisible(), timeout=_LONG)
    assert wizard.error.text() and wizard.page == PREVIEW
    qtbot.mouseClick(wizard.again_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not wizard.busy and not wizard.error.text(), timeout=_LONG)
    assert page.choices is not None and page.choices.edited, "the ticks are kept"
    to(wizard, RESULT)
    assert office.one("张三")["post"] == "处长"


def test_reading_can_be_stopped(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    wizard = open_wizard(roster(office))
    qtbot.mouseClick(wizard.next_button, Qt.MouseButton.LeftButton)
    assert wizard.busy
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.busy and wizard.isVisible() and wizard.page == FILES
    to(wizard, PREVIEW)
    assert len(shown(wizard)) == 3


def test_importing_can_be_stopped(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    before = office.content()
    wizard = to(open_wizard(roster(office)), PREVIEW)
    wizard.next_button.click()
    wizard.work.stop_button.click()
    qtbot.waitUntil(lambda: bool(wizard.error.text()) and not wizard.busy, timeout=_LONG)
    assert wizard.page == PREVIEW
    assert office.content() == before
    to(wizard, RESULT)
    assert len(office.people()) == 3


def test_closing_asks_before_ticks_are_lost(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(text: str, *_more: str, **_details: str) -> bool:
        asked.append(text)
        return False

    monkeypatch.setattr(ask, "confirm", no)
    wizard = to(open_wizard(roster(office)), PREVIEW)
    qtbot.mouseClick(wizard.preview_page.none_button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert asked and wizard.isVisible()
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_details: True)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not shiboken6.isValid(wizard) or not wizard.isVisible()
    assert office.people() == []


def test_files_are_dropped(qtbot: QtBot, office: Office, open_wizard: Open) -> None:
    wizard = open_wizard()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(roster(office))), QUrl.fromLocalFile(str(office.folder))])
    wizard.dropEvent(
        QDropEvent(
            QPointF(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert [path.name for path in wizard.files_page.files] == ["hr.csv"], "folders are no files"
    assert wizard.next_button.isEnabled()


def test_files_dropped_on_the_window_open_the_wizard(qtbot: QtBot, office: Office) -> None:
    window = MainWindow(office.desk, LocalSettings(), lambda *_args, **_more: None)
    window.show()
    qtbot.waitExposed(window)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(roster(office)))])
    drop = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    (wizard,) = window.findChildren(ImportWizard)
    assert [path.name for path in wizard.files_page.files] == ["hr.csv"]
    wizard.reject()
    qtbot.waitUntil(lambda: not window.tasks.busy, timeout=_LONG)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, 52)


def test_numbers_are_masked_until_asked_for(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    wizard = to(open_wizard(roster(office)), PREVIEW)
    page = wizard.preview_page
    choose_row(wizard, "张三")

    def told() -> list[str]:
        assert page.detail.fields is not None
        fields = page.detail.fields
        return [str(fields.index(row, 2).data()).replace("\u200b", "") for row in range(fields.rowCount())]

    assert ZHANG not in told()
    page.numbers.setChecked(True)
    assert ZHANG in told()
    assert page.current_place() == 0, "the chosen row stays chosen"


def test_models_keep_qts_rules(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    office.take(roster(office))
    changed = office.csv(
        f"姓名,身份证号,职务,参加工作时间\n张三,{ZHANG},处长,很久以前\n"
        f"赵六,{id_number('1951-05-05', 5)},钳工,1970\n,,,1971"
    )
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    wizard = to(open_wizard(changed), FOUND)
    found, preview = wizard.found_page, wizard.preview_page
    testers = [QAbstractItemModelTester(model, mode) for model in (found.sheets, found.columns)]
    found.columns.setData(found.columns.index(2, ColumnsModel.FATE), "ignored")
    qtbot.waitUntil(lambda: not wizard.busy, timeout=_LONG)
    to(wizard, PREVIEW)
    assert preview.rows is not None and preview.detail.fields is not None
    testers += [
        QAbstractItemModelTester(model, mode)
        for model in (preview.rows, preview.detail.fields, preview.missing.model, preview.problems.model)
    ]
    for code, button in preview.filters.items():
        if button.isEnabled():
            preview.show_kind(code)
    preview.show_kind("all")
    for line in range(preview.rows.rowCount()):
        preview.view.selectRow(line)
    assert len(testers) == 6


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_fits_the_smallest_screen_in_the_largest_type(
    qtbot: QtBot, office: Office, open_wizard: Open, to: Go, language: str
) -> None:
    from retiree_desk import i18n

    i18n.set_language(language)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        theme.apply(app, "largest", theme.font_families())
        wizard = to(open_wizard(roster(office)), PREVIEW)
        for page in (FILES, FOUND, PREVIEW, RESULT):
            wizard.stack.setCurrentIndex(page)
            hint = wizard.minimumSizeHint()
            assert hint.width() <= 1366 and hint.height() <= 700
    finally:
        theme.apply(app, "standard", theme.font_families())


def test_every_control_says_what_it_is(qtbot: QtBot, office: Office, open_wizard: Open, to: Go) -> None:
    wizard = to(open_wizard(roster(office)), PREVIEW)
    page = wizard.preview_page
    for view in (page.view, page.detail.view, page.missing.view, page.problems.view):
        assert view.accessibleName()
    for view in (wizard.found_page.sheets_view, wizard.found_page.columns_view, wizard.files_page.list):
        assert view.accessibleName()
    assert page.rows is not None
    spoken = page.rows.index(0, PlanRowsModel.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "张三" in spoken and spoken != "张三"
