"""The Visit log tab as a clerk uses it: the plan, its sheets, results typed by keys alone, the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from retiree_desk.core.visit_periods import Month
from retiree_desk.services.desk import Desk
from retiree_desk.services.visit_results import Entry
from retiree_desk.settings import LocalSettings
from retiree_desk.ui import ask
from retiree_desk.ui.context import Announcer, Context
from retiree_desk.ui.dialogs.death import DeathDialog
from retiree_desk.ui.dialogs.pick_person import PickPersonDialog
from retiree_desk.ui.dialogs.preview import Paper
from retiree_desk.ui.dialogs.visit import VisitDialog
from retiree_desk.ui.tabs.visits import VisitsTab
from retiree_desk.ui.tasks import TaskBar, Tasks

TODAY = date(2026, 11, 12)


class Clock:
    day = date(2026, 11, 2)

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = Clock()
    opened = Desk.open(tmp_path / "office.rdesk", operator="李某", today=clock)
    home = {"area": "阳光小区", "contact_person": "王某", "living": "ALONE", "birth": "1940-01-01"}
    for number, name in enumerate(("张三", "李四", "陈五", "赵六"), start=1):
        opened.registry.add({"name": name, "building": str(number), "mobile": f"1380000000{number}", **home})
    couple = {
        "area": "阳光小区",
        "building": "9",
        "room": "301",
        "contact_person": "王某",
        "ability": "PARTLY",
    }
    opened.registry.add({"name": "周大", "sex": "M", "spouse_name": "吴二", "birth": "1950-01-01", **couple})
    opened.registry.add({"name": "吴二", "sex": "F", "spouse_name": "周大", "birth": "1951-01-01", **couple})
    opened.registry.add({"name": "年不详", "birth": "1946"})
    clock.day = TODAY
    yield opened
    opened.close()


@pytest.fixture
def context(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[Context]:
    bar = TaskBar()
    qtbot.addWidget(bar)
    tasks = Tasks(bar, qapp)
    made = Context(desk, tasks, LocalSettings(), Announcer())
    made.actions["say"] = lambda _words: None
    unsubscribe = desk.db.subscribe(made.announcer.changed.emit)
    yield made
    tasks.stop_all()
    unsubscribe()


@pytest.fixture
def tab(context: Context, qtbot: QtBot) -> VisitsTab:
    made = VisitsTab(context)
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, made, context)
    return made


def settle(qtbot: QtBot, tab: VisitsTab, context: Context) -> None:
    """Waits until the plan is worked out."""
    qtbot.waitUntil(lambda: tab.plan.plan is not None and not context.tasks.busy)


def names(tab: VisitsTab) -> list[str]:
    return [tab.plan.model.index(row, 0).data() for row in range(tab.plan.model.rowCount())]


def press(qtbot: QtBot, widget: QWidget, *keys: str | Qt.Key) -> None:
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(widget, key)
        else:
            qtbot.keyClick(widget, key)


def test_the_plan_says_who_why_and_by_when(tab: VisitsTab, context: Context, qtbot: QtBot) -> None:
    QAbstractItemModelTester(tab.plan.model)
    assert names(tab) == ["张三", "李四", "陈五", "赵六", "周大", "吴二"]
    assert tab.plan.model.index(0, 1).data() == "阳光小区1号楼"
    assert "6" in tab.plan.words.text() and "5" in tab.plan.words.text()
    tab.plan.shown.setCurrentIndex(tab.plan.shown.findData("undecided"))
    assert names(tab) == ["年不详"]
    tab.plan.shown.setCurrentIndex(tab.plan.shown.findData("overdue"))
    assert names(tab) == [] and tab.plan.stack.currentIndex() == 1
    tab.plan.shown.setCurrentIndex(0)
    tab.plan.find_box.setText("陈")
    assert names(tab) == ["陈五"]
    tab.plan.find_box.clear()
    before = tab.plan.plan
    tab.plan.month.after.click()
    qtbot.waitUntil(lambda: tab.plan.plan is not before and not context.tasks.busy)
    assert tab.plan.plan is not None and tab.plan.plan.month == Month(2026, 12)


def test_from_the_plan_to_sheets_and_back_with_keys_alone(
    tab: VisitsTab, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    shown: list[Paper] = []
    context.actions["preview"] = shown.append
    tab.plan.print_button.click()
    qtbot.waitUntil(lambda: bool(shown))
    [paper] = shown
    assert paper.write(tmp_path / "sheets.pdf") >= 1
    [sheet] = context.desk.visits.sheets.sheets(Month(2026, 11))
    assert sheet.state == "DRAFT"  # looked at, not printed
    assert paper.printed is not None
    paper.printed("printed")
    settle(qtbot, tab, context)
    tab.plan.type_button.click()
    assert tab.pages.currentWidget() is tab.entry
    entry = tab.entry
    assert entry.line is not None and entry.line.number == 1
    form = entry.form
    # Line 1: met, good, words. One key each, Enter goes to the next line.
    press(qtbot, form.result, "1")
    press(qtbot, form.condition, "1")
    form.words.setText("身体好")
    press(qtbot, form.words, Qt.Key.Key_Return)
    assert entry.line is not None and entry.line.number == 2
    # Line 2: a call that met the person counts as reached by phone.
    press(qtbot, form.way, "2")
    press(qtbot, form.result, "1")
    press(qtbot, form.result, Qt.Key.Key_Return)
    # Line 3: not attempted.
    press(qtbot, form.result, "-", Qt.Key.Key_Return)
    # Line 4: declined, by Ctrl+' it would have been as above.
    press(qtbot, form.result, "8", Qt.Key.Key_Return)
    # Line 5: the couple, one result for both.
    assert entry.line is not None and entry.line.number == 5 and entry.people.isVisibleTo(entry)
    press(qtbot, form.result, "1", Qt.Key.Key_Return)
    [sheet] = context.desk.visits.sheets.sheets(Month(2026, 11))
    assert sheet.state == "ENTERED"
    assert [line.result for line in sheet.lines] == ["MET", "REACHED", "NOT_ATTEMPTED", "DECLINED", "MET"]
    tab.pages.setCurrentWidget(tab.plan)
    settle(qtbot, tab, context)
    qtbot.waitUntil(lambda: names(tab) == ["李四", "陈五"])  # reached: the visit at home is still due
    tab.pages.setCurrentWidget(tab.log)
    assert tab.log.model.rowCount() == 5
    tab.log.find_box.setText("身体好")
    assert [tab.log.model.index(0, 1).data()] == ["张三"] and tab.log.model.rowCount() == 1


@pytest.fixture
def typing(tab: VisitsTab, desk: Desk) -> VisitsTab:
    desk.visits.sheets.freeze(Month(2026, 11))
    tab.type_sheet("2026-11-01")
    return tab


def test_what_cannot_be_taken_is_said_and_the_line_stays(typing: VisitsTab, qtbot: QtBot) -> None:
    entry = typing.entry
    press(qtbot, entry.form.words, Qt.Key.Key_Return)
    assert entry.problem.text() and entry.line is not None and entry.line.number == 1
    press(qtbot, entry.form.result, "1")
    entry.form.day.setText("2-30")
    press(qtbot, entry.form.day, Qt.Key.Key_Return)
    assert "2-30" in entry.problem.text()
    entry.form.day.setText("2026-11-13")
    press(qtbot, entry.form.day, Qt.Key.Key_Return)
    assert "2026-11-13" in entry.problem.text()
    entry.form.day.setText("11-10")
    press(qtbot, entry.form.day, Qt.Key.Key_Return)
    assert entry.line is not None and entry.line.number == 2
    # The day stays for the next line, and Ctrl+' takes the rest.
    assert entry.form.day.text() == "11-10"
    entry._as_above()
    assert entry.form.result.code == "MET"


def test_urgent_asks_for_a_request_once(typing: VisitsTab, qtbot: QtBot) -> None:
    entry = typing.entry
    press(qtbot, entry.form.result, "1")
    press(qtbot, entry.form.condition, "5")
    press(qtbot, entry.form.words, Qt.Key.Key_Return)
    assert entry.problem.text() and entry.line is not None and entry.line.number == 1
    entry.form.request.setText("医疗:急需送医")
    press(qtbot, entry.form.request, Qt.Key.Key_Return)
    assert entry.line is not None and entry.line.number == 2


def test_died_opens_the_death_dialog_and_sets_nothing_by_itself(
    typing: VisitsTab, desk: Desk, qtbot: QtBot
) -> None:
    press(qtbot, typing.entry.form.result, "0", Qt.Key.Key_Return)
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, DeathDialog)]
    assert len(dialogs) == 1
    dialogs[0].reject()
    [line] = [one for one in desk.visits.sheets.sheet("2026-11-01").lines if one.number == 1]
    assert line.result == "DIED" and desk.registry.get(line.person_id).is_living


def test_away_asks_where_and_until_when(typing: VisitsTab, desk: Desk, qtbot: QtBot) -> None:
    entry = typing.entry
    assert not entry.form.place.isVisibleTo(entry)
    press(qtbot, entry.form.result, "6")
    assert entry.form.place.isVisibleTo(entry)
    entry.form.place.setText("深圳女儿家")
    entry.form.until.setText("12-1")
    press(qtbot, entry.form.until, Qt.Key.Key_Return)
    line = desk.visits.sheets.sheet("2026-11-01").lines[0]
    person = desk.registry.get(line.person_id)
    assert (person["whereabouts"], person["whereabouts_until"]) == ("AWAY", "2026-12-01")


def test_a_line_is_taken_back_and_typed_anew(
    typing: VisitsTab, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "confirm", lambda *_words, **_more: True)
    entry = typing.entry
    press(qtbot, entry.form.result, "1", Qt.Key.Key_Return)
    entry.table.selectRow(0)
    assert not entry.form.isEnabled() and entry.again_button.isVisibleTo(entry)
    entry.again_button.click()
    assert desk.visits.list() == []
    assert entry.line is not None and entry.line.number == 1 and entry.form.isEnabled()


def test_somebody_on_no_line_is_found_by_initials(typing: VisitsTab, desk: Desk, qtbot: QtBot) -> None:
    pick = typing.entry.extra()
    assert isinstance(pick, PickPersonDialog)
    pick.find_box.setText("nbx")
    pick.accept()
    [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, VisitDialog)]
    press(qtbot, dialog.form.way, "1")
    press(qtbot, dialog.form.result, "1", Qt.Key.Key_Return)
    [row] = desk.visits.list()
    assert row["name"] == "年不详" and row["visitor"] == "王某"


def test_lines_are_added_at_the_end_when_more_are_due(
    typing: VisitsTab, desk: Desk, context: Context, qtbot: QtBot
) -> None:
    desk.registry.add(
        {
            "name": "新来",
            "birth": "1940-01-01",
            "living": "ALONE",
            "contact_person": "王某",
            "area": "阳光小区",
        }
    )
    typing.pages.setCurrentWidget(typing.plan)
    qtbot.waitUntil(lambda: typing.plan.add_button.isVisibleTo(typing.plan) and not context.tasks.busy)
    typing.plan.add_button.click()
    qtbot.waitUntil(lambda: len(desk.visits.sheets.sheet("2026-11-01").lines) == 6)
    lines = desk.visits.sheets.sheet("2026-11-01").lines
    assert len(lines) == 6
    qtbot.waitUntil(lambda: not typing.plan.add_button.isVisibleTo(typing.plan))


def test_a_months_without_sheets_says_where_they_come_from(tab: VisitsTab) -> None:
    tab.pages.setCurrentWidget(tab.entry)
    assert tab.entry.stack.currentIndex() == 1 and tab.entry._empty.text()


def test_a_change_elsewhere_leaves_the_line_as_it_was_left(
    typing: VisitsTab, desk: Desk, qtbot: QtBot
) -> None:
    entry = typing.entry
    press(qtbot, entry.form.result, "2")
    entry.form.words.setText("女儿接待")
    desk.registry.change(1, {"mobile": "13900000000"})
    assert entry.form.result.code == "FAMILY_MET" and entry.form.words.text() == "女儿接待"


def test_a_line_entered_by_another_way_is_not_entered_twice(
    typing: VisitsTab, desk: Desk, qtbot: QtBot
) -> None:
    line = desk.visits.sheets.sheet("2026-11-01").lines[0]
    press(qtbot, typing.entry.form.result, "1")
    desk.visits.results.enter(Entry(line.people, TODAY, "HOME", "MET", line=line))
    assert not typing.entry.form.isEnabled()
    typing.entry.save()
    assert len(desk.visits.list()) == 1
