"""Visit sheets and rosters against the same words straight on the canvas and in the workbook."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from retiree_desk.files.pdf.page import Imprint, Pen
from retiree_desk.files.pdf.visit_sheets import SheetPerson, VisitSheet, VisitSheetLine, write_visit_sheets
from retiree_desk.paths import resource
from retiree_desk.services.desk import Desk
from retiree_desk.services.documents.roster_documents import write_roster_file
from retiree_desk.services.roster import BASIC_SET, Roster, RosterChoice
from tests.bench import floors

pytestmark = pytest.mark.bench

PEOPLE = 1_000
SHEETS_BAR = 2.0
ROSTER_BAR = 4.0
IMPRINT = Imprint("某某石油机械有限公司离退休职工管理站", "李秀兰", "2026-10-30 14:05")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙欧", "建国华志强德福明秀英兰珍云桂"


def sheets() -> list[VisitSheet]:
    """The month of 1,000 people: 25 visitors with 40 households each."""
    made = []
    for visitor in range(PEOPLE // 40):
        lines = []
        for at in range(40):
            number = visitor * 40 + at
            name = SURNAMES[number % 13] + GIVEN[number % 14] + GIVEN[number // 14 % 14]
            lines.append(
                VisitSheetLine(
                    at + 1,
                    (SheetPerson(name, f"{'男女'[number % 2]} {70 + number % 25}岁"),),
                    place=f"{1 + number % 30}号楼{1 + number % 4}单元{1 + number % 6}0{1 + number % 3}",
                    phones=(f"138{number:08d}", f"0459-{5_000_000 + number}"),
                    reasons=(
                        f"{80 + number % 9}岁以上每月走访",
                        ("独居、困难", "慢性病", "与配偶同住")[number % 3],
                        f"上次:{1 + number % 9}月{1 + number % 28}日 见到本人",
                        f"未办结:{('暖气不热', '医药费报销', '想换轮椅')[number % 3]}({1 + number % 28}日)",
                    ),
                    by_phone=at > 36,
                )
            )
        made.append(
            VisitSheet(
                f"2026-11-{visitor + 1:02d}", f"{SURNAMES[visitor % 13]}走访", "第三片区", tuple(lines)
            )
        )
    return made


@contextmanager
def recording() -> Iterator[list[tuple[Any, ...]]]:
    """What the pen is asked to draw inside the block, as the operations of the floor."""
    operations: list[tuple[Any, ...]] = []
    kept = {name: getattr(Pen, name) for name in ("text", "apart", "across", "down", "end_page")}

    def flipped(pen: Pen, y: float) -> float:
        return round(pen.frame.height - y, 2)

    def text(pen: Pen, x: float, y: float, words: str, size: float, face: str = "serif") -> None:
        if words:
            operations.append(("t", round(x, 2), flipped(pen, y), words, size, face))

    def apart(pen: Pen, x: float, y: float, words: str, size: float, gap: float, face: str = "serif") -> None:
        text(pen, x, y, words, size, face)

    def across(pen: Pen, x1: float, x2: float, y: float) -> None:
        operations.append(("l", round(x1, 2), flipped(pen, y), round(x2, 2), flipped(pen, y)))

    def down(pen: Pen, x: float, y1: float, y2: float) -> None:
        operations.append(("l", round(x, 2), flipped(pen, y1), round(x, 2), flipped(pen, y2)))

    def end_page(pen: Pen) -> None:
        operations.append(("p",))
        kept["end_page"](pen)

    try:
        for name, method in {
            "text": text,
            "apart": apart,
            "across": across,
            "down": down,
            "end_page": end_page,
        }.items():
            setattr(Pen, name, method)
        yield operations
    finally:
        for name, method in kept.items():
            setattr(Pen, name, method)


def test_visit_sheets_of_1000_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Layout, line breaks, font check, drawing and the safe write, against drawing alone."""
    month = sheets()

    def write(path: Path) -> float:
        started = perf_counter()
        assert write_visit_sheets(path, month, IMPRINT, year=2026, month=11) > PEOPLE // 8
        return perf_counter() - started

    cold = write(tmp_path / "first.pdf")
    with recording() as operations:
        write(tmp_path / "recorded.pdf")
    floors.load_fonts(resource("fonts"))
    floors.pdf_floor(operations[:2000], tmp_path / "warm.pdf")
    ours, floor = [], []
    for turn in range(3):
        floor.append(floors.pdf_floor(operations, tmp_path / f"floor{turn}.pdf"))
        ours.append(write(tmp_path / f"ours{turn}.pdf"))
    ratio = min(ours) / min(floor)
    with capsys.disabled():
        print(
            f"\nvisit sheets of {PEOPLE:,} people: {min(ours):.2f} s, floor {min(floor):.2f} s,"
            f" ratio {ratio:.2f} (bar {SHEETS_BAR}); the first of a process {cold:.2f} s"
        )
    assert ratio <= SHEETS_BAR


def test_roster_as_workbook(
    tmp_path: Path,
    office_of: Callable[[int], Path],
    count: Callable[[int], int],
    whole: bool,
    today: date,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """20,000 people with `--whole`, 4,000 otherwise: from the data file to the laid out workbook."""
    people = 20_000 if whole else 4_000
    desk = Desk.open(office_of(people), operator="bench", today=lambda: today)
    try:
        roster = Roster(desk, RosterChoice())
        columns = roster.columns(BASIC_SET)
        rows = [
            [str(number), *(roster.value(one, column) for column in columns)]
            for number, one in enumerate(roster.people(), 1)
        ]
        ours, floor = [], []
        for turn in range(2):
            floor.append(floors.workbook_floor(rows, tmp_path / f"floor{turn}.xlsx"))
            started = perf_counter()
            written, _pages = write_roster_file(desk, tmp_path / f"ours{turn}.xlsx", RosterChoice())
            ours.append(perf_counter() - started)
            assert written == people
    finally:
        desk.close()
    ratio = min(ours) / min(floor)
    with capsys.disabled():
        print(
            f"\nroster of {people:,} x {len(rows[0])}: {min(ours):.2f} s, floor {min(floor):.2f} s,"
            f" ratio {ratio:.2f} (bar {ROSTER_BAR})"
        )
    assert ratio <= ROSTER_BAR
