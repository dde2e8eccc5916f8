"""The import's speed against its floor, in one run (DECISIONS 32-33)."""

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from retiree_desk.services.desk import Desk
from tests.bench import floors, hr_workbook

ROWS = 20_000
BAR = 5.0


@pytest.mark.bench
def test_importing_20000_rows_of_40_columns(
    tmp_path: Path, today: date, capsys: pytest.CaptureFixture[str]
) -> None:
    """Plan and apply into a registry that holds nine tenths of the rows, one in twenty of them changed.

    Everything counts: starting the child, comparing, backup, change log, search index, commit.
    """
    held, file = tmp_path / "held.xlsx", tmp_path / "file.xlsx"
    hr_workbook.write(held, ROWS * 9 // 10)
    hr_workbook.write(file, ROWS, changed_every=20)
    desk = Desk.open(tmp_path / "office.rdesk", operator="bench", today=lambda: today)
    try:
        started = perf_counter()
        desk.imports.apply(desk.imports.plan([held]))
        first = perf_counter() - started

        # Both are judged by their best of three turns, so that what else the machine does counts for neither.
        floor = planned = ours = float("inf")
        for turn in range(3):
            if turn:
                desk.history.undo()
            floor = min(floor, floors.import_floor(file, tmp_path / f"floor{turn}.db"))
            started = perf_counter()
            plan = desk.imports.plan([file])
            turn_planned = perf_counter() - started
            result = desk.imports.apply(plan)
            turn_ours = perf_counter() - started
            if turn_ours < ours:
                planned, ours = turn_planned, turn_ours
    finally:
        desk.close()
    with capsys.disabled():
        print(
            f"\nimport {ROWS:,} x {len(hr_workbook.HEADERS)}: plan {planned:.2f} s,"
            f" apply {ours - planned:.2f} s, floor {floor:.2f} s, ratio {ours / floor:.2f} (bar {BAR});"
            f" first import of nine tenths {first:.2f} s"
        )
    assert (result.new, result.changed) == (ROWS // 10, ROWS * 9 // 10 // 20)
    assert plan.count("unchanged") == ROWS * 9 // 10 - result.changed
    assert ours <= BAR * floor
