"""The Welfare tab as a clerk uses it: a new list, people by hand, final, its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from retiree_desk.services.desk import Desk
from retiree_desk.settings import LocalSettings
from retiree_desk.ui import ask
from retiree_desk.ui.context import Announcer, Context
from retiree_desk.ui.dialogs.list_wizard import ListWizard
from retiree_desk.ui.dialogs.pick_person import PickPersonDialog
from retiree_desk.ui.dialogs.preview import Paper
from retiree_desk.ui.tabs.welfare import WelfareTab
from retiree_desk.ui.tasks import TaskBar, Tasks

TODAY = date(2026, 10, 8)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path / "office.rdesk", operator="李某", today=lambda: TODAY)
    for name, born, branch in (
        ("王秀英", "1946-03", "第二党支部"),
        ("张三", "1956", "第一党支部"),
        ("李四", "1950", "第一党支部"),
        ("周八", "", "第一党支部"),
    ):
        values = {"name": name, "birth": born, "party_branch": branch, "category": "RETIRED"}
        opened.registry.add({key: text for key, text in values.items() if text})
    yield opened
    opened.close()


@pytest.fixture
def context(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[Context]:
    bar = TaskBar()
    qtbot.addWidget(bar)
    tasks = Tasks(bar, qapp)
    made = Context(desk, tasks, LocalSettings(), Announcer())
    unsubscribe = desk.db.subscribe(made.announcer.changed.emit)
    yield made
    tasks.stop_all()
    unsubscribe()


@pytest.fixture
def tab(context: Context, qtbot: QtBot) -> WelfareTab:
    made = WelfareTab(context)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers to the questions that are asked, in order."""
    given: list[str] = []
    monkeypatch.setattr(ask, "text", lambda *_words: given.pop(0))
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: True)
    return given


def worked_out(qtbot: QtBot, wizard: ListWizard, change: Callable[[], object] | None = None) -> None:
    """Waits until the list of the present choice is shown."""
    before = wizard.proposal
    if change:
        change()
    qtbot.waitUntil(lambda: wizard.proposal is not None and (change is None or wizard.proposal is not before))
    qtbot.waitUntil(lambda: not wizard._context.tasks.busy)


def names(wizard: ListWizard) -> list[str]:
    return [str(wizard.tables.lines.index(row, 0).data()) for row in range(wizard.tables.lines.rowCount())]


def test_from_an_empty_tab_to_a_printed_sheet(
    tab: WelfareTab, context: Context, qtbot: QtBot, answers: list[str], tmp_path: Path
) -> None:
    assert tab.lists.stack.currentIndex() == 0  # says why it is empty, offers the one next step
    wizard = tab.lists.new_list("W06")
    worked_out(qtbot, wizard)
    assert wizard.day() == date(2026, 10, 18)
    assert names(wizard) == ["张三", "王秀英"]
    assert [wizard.tables.tabText(place)[-1] for place in range(3)] == ["2", "1", "1"]

    wizard.tables.setCurrentIndex(2)
    wizard.tables.undecided_table.selectRow(0)
    answers += ["档案核实 1946 年生", "200"]
    wizard.put_on()
    assert names(wizard) == ["张三", "周八", "王秀英"]
    wizard.tables.line_table.selectRow(0)
    answers += ["本人自愿放弃"]
    wizard.take_out()
    assert names(wizard) == ["周八", "王秀英"]
    assert "400.00" in wizard.total.text()
    worked_out(qtbot, wizard, lambda: wizard.on.setDate(wizard.on.date().addDays(1)))
    assert names(wizard) == ["周八", "王秀英"]  # another day keeps what was done by hand

    answers += ["某办〔2025〕12号"]  # the first final list of a shipped scheme asks for its basis
    with qtbot.waitSignal(wizard.accepted):
        wizard.make_final()
    assert context.desk.welfare.scheme("W06").basis == "某办〔2025〕12号"
    (made,) = context.desk.welfare.lists()
    assert (made.line_count, made.total_fen) == (2, 40000)
    assert tab.lists.stack.currentIndex() == 1
    assert tab.lists.page.shown == made
    assert tab.lists.page.model.rowCount() == 2

    shown: list[Paper] = []
    context.actions["preview"] = shown.append
    tab.lists.page.sign_button.click()
    tab.lists.page.condolence_button.click()
    for number, paper in enumerate(shown):
        assert paper.write(tmp_path / f"{number}.pdf") >= 1
    assert context.desk.welfare.lists()[0].printed_at == ""
    assert shown[0].printed is not None
    shown[0].printed("printed")
    assert context.desk.welfare.lists()[0].printed_at


def test_another_choice_makes_the_list_anew(tab: WelfareTab, qtbot: QtBot) -> None:
    wizard = tab.lists.new_list("W06")
    worked_out(qtbot, wizard)
    worked_out(qtbot, wizard, lambda: wizard.year.setValue(2030))
    assert names(wizard) == ["李四"]
    worked_out(qtbot, wizard, lambda: wizard.scheme.setCurrentIndex(wizard.scheme.findData("W01")))
    assert wizard.tables.lines.rowCount() == 4
    assert wizard.day() == date(2027, 2, 6)
    wizard.reject()


def test_a_free_list(tab: WelfareTab, context: Context, qtbot: QtBot, answers: list[str]) -> None:
    wizard = tab.lists.new_list("W06")
    worked_out(qtbot, wizard)
    wizard.scheme.setCurrentIndex(wizard.scheme.findData(""))
    qtbot.waitUntil(lambda: wizard.proposal is None)  # it says that the amount is missing
    assert wizard.hint.text()
    assert not wizard.final_button.isEnabled()
    free = wizard.free
    free.title.setText("困难退休职工")
    free.fields["unit"].setCurrentIndex(free.fields["unit"].findData("第一党支部"))
    free.amount.setText("300")
    worked_out(qtbot, wizard, free.amount.editingFinished.emit)
    assert sorted(names(wizard)) == ["周八", "张三", "李四"]
    assert wizard.tables.lines.index(0, 6).data() == "300.00"
    with qtbot.waitSignal(wizard.accepted):
        wizard.make_final()
    (made,) = context.desk.welfare.lists()
    assert (made.title, made.total_fen, made.scheme) == ("困难退休职工", 90000, "")


def test_a_scheme_of_events_is_filled_by_hand(
    tab: WelfareTab, qtbot: QtBot, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = tab.lists.new_list("W13")
    worked_out(qtbot, wizard)
    assert wizard.tables.lines.rowCount() == 0

    def choose(dialog: PickPersonDialog) -> int:
        dialog.find_box.setText("lisi")
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(PickPersonDialog, "exec", choose)
    answers += ["10月5日住院", "500"]
    wizard.add_button.click()
    assert names(wizard) == ["李四"]
    assert wizard.tables.lines.index(0, 5).data() == "10月5日住院"
    wizard.reject()


def test_schemes_are_switched_and_confirmed(tab: WelfareTab, context: Context, answers: list[str]) -> None:
    page = tab.schemes
    page.choose("W06")
    answers += ["某文件"]
    page.confirm_button.click()
    assert context.desk.welfare.scheme("W06").confirmed
    page.choose("W06")
    page.switch_button.click()
    assert not context.desk.welfare.scheme("W06").enabled
    context.desk.history.undo()
    assert context.desk.welfare.scheme("W06").enabled


def test_every_word_is_seen_whole_in_the_largest_type(
    tab: WelfareTab, context: Context, qapp: QApplication, qtbot: QtBot
) -> None:
    from retiree_desk.ui import theme

    desk = context.desk
    desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), date(2026, 10, 18)))
    before = (qapp.font(), qapp.styleSheet(), qapp.palette())
    theme.apply(qapp, "largest", qapp.font().families())
    try:
        tab.resize(1366, 700)
        table = tab.lists.page.table
        for column in range(table.model().columnCount()):
            if not table.isColumnHidden(column):
                assert table.columnWidth(column) >= table.sizeHintForColumn(column)
        assert tab.minimumSizeHint().width() <= 1366
        wizard = ListWizard(context)
        qtbot.addWidget(wizard)
        wizard.show()
        assert wizard.minimumSizeHint().width() <= 1366
        assert wizard.minimumSizeHint().height() <= 768
        worked_out(qtbot, wizard)
        wizard.reject()
    finally:
        qapp.setFont(before[0])
        qapp.setStyleSheet(before[1])
        qapp.setPalette(before[2])
