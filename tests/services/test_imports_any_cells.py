# ruff: noqa: E501 - the odd cells stand together
"""Whatever stands in the cells: nothing crashes, rows add up, again changes nothing, undo is exact."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from retiree_desk.core.imports import Accept
from tests.bench.hr_workbook import HEADERS, person
from tests.services.hr_sheets import Office

_ODD: tuple[object, ...] = (
    "", "0", "无", "同上", "〃", "-", "/", "字" * 3000, "😀", "=1+1", "-5", "1e400", "1.1E+17", "9" * 40, "0000-00-00",
    "1900-01-00", "2099.13", "99.99.99", "农历八月十五", "NULL", "\t", "\u200b", "张三（已故）", "*", "***", "110***", "二〇〇八年",
    "√", "是", "否", "1", "2", "3.7", "#REF!", "%s {x}", "'; DROP TABLE person;--", "男女", "合计", "第一党支部", "𠮷", "?",
    "13800001111,13900001111", "电话", "姓名", "1955.1", "55.3", "12345678901234567", "1950-02-30", "2050-01-01", "'", "“”",
    "；；", "、", 20163, 1955.1, 1e17, -3, 0, 1.38e10, 990102195003120000, 0.5,
)  # fmt: skip


def _spoiled(rng: Random, row: list[str], share: float) -> list[object]:
    return [rng.choice(_ODD) if rng.random() < share else cell for cell in row]


@pytest.mark.parametrize("seed", range(6))
def test_any_cells(seed: int, tmp_path: Path, today: date) -> None:
    rng = Random(seed)
    office = Office(tmp_path, today)
    people = [person(rng.randrange(300)) for _turn in range(40)]
    rows: list[list[object]] = [list(HEADERS), *(_spoiled(rng, row, 0.15) for row in people)]
    for _turn in range(3):
        rows.insert(rng.randrange(1, len(rows)), [rng.choice(_ODD) for _cell in range(rng.randrange(1, 8))])
    empty = office.content()
    _import_and_again(office, office.xlsx({"一": rows}), Accept())
    first = office.content()
    later = [list(HEADERS), *(_spoiled(rng, row, 0.1) for row in people)]
    if _import_and_again(
        office, office.xlsx({"二": later}, "later.xlsx"), Accept(every_value=bool(seed % 2))
    ):
        office.desk.history.undo()
    assert office.content() == first
    office.desk.history.undo()
    assert office.content() == empty
    assert office.desk.backups.check().ok
    office.desk.close()


def _import_and_again(office: Office, path: Path, accept: Accept) -> bool:
    """Whether the import wrote anything."""
    plan = office.plan(path)
    assert all(table.rows == sum(table.counts.values()) for table in plan.tables)
    wrote = office.desk.imports.apply(plan, accept).batch is not None
    again = office.plan(path)
    assert [row for row in again.rows if row.kind in ("new", "changed")] == []
    return wrote
