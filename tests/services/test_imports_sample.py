"""Importing each HR workbook of the sample office gives its truth; again nothing; undo the same data."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retiree_desk.core.retirees import COLUMN_BY_KEY
from retiree_desk.sample import FIXED_TODAY, make_sample
from tests.services.hr_sheets import Office

# What every person has, whether a sheet says it or not.
_ALWAYS = {"status", "life", "record", "handover", "contact", "served_here"}
_KINDS = ("new", "skipped", "rejected", "conflict")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder, people=300, seed=1)
    return folder


def _files() -> list[str]:
    return [
        "branches.xlsx",
        "code_headers.xlsx",
        "gbk.csv",
        "grid_company_two_level.xlsx",
        "html_table.xls",
        "school_52_columns.xlsx",
        "utf16.txt",
        "wuhan_form.xlsx",
    ]


def test_every_workbook_of_the_sample_is_tried(sample: Path) -> None:
    assert sorted(path.name for path in (sample / "hr").iterdir()) == _files()


@pytest.mark.parametrize("name", _files())
def test_the_truth_of_a_workbook(sample: Path, name: str, tmp_path: Path) -> None:
    office = Office(tmp_path, FIXED_TODAY)
    truth: dict[str, dict[str, str]] = _json(sample / "truth.json")[f"hr/{name}"]
    expected = _json(sample / "expected.json")[f"hr/{name}"]
    before = office.content()

    plan = office.plan(sample / "hr" / name)
    found: dict[str, Any] = {kind: plan.count(kind) for kind in _KINDS}
    found["rows"] = sum(table.rows for table in plan.tables)
    found["problems"] = dict(sorted(Counter(problem.code for problem in plan.problems).items()))
    assert found == {key: expected[key] for key in found}

    office.desk.imports.apply(plan)
    assert _held(office, truth) == truth

    again = office.plan(sample / "hr" / name)
    assert (again.count("new"), again.count("changed"), again.missing) == (0, 0, ())
    office.desk.history.undo()
    assert office.content() == before
    office.desk.close()


def test_the_whole_office_is_known_to_its_own_workbooks(sample: Path, tmp_path: Path) -> None:
    """All files are one batch, and none of them makes a second person of one who is there."""
    office = Office(tmp_path, date(2026, 11, 2))
    files = [sample / "hr" / name for name in _files()]
    office.take(*files)
    plan = office.plan(*files)
    assert (plan.count("new"), plan.count("changed")) == (0, 0)
    office.desk.close()


def _held(office: Office, truth: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The registry as truth writes it: words for codes, only what the sheet could tell."""
    names = office.desk.registry.custom_fields()
    held: dict[str, dict[str, str]] = {}
    for person in office.people():
        values = {key: COLUMN_BY_KEY[key].show(person[key]) for key in person.values}
        values |= {names[number]: text for number, text in person.custom.items()}
        key = person["id_number"] or person["employee_no"] or person.name
        told = truth.get(key, {})
        held[key] = {field: text for field, text in values.items() if field not in _ALWAYS or field in told}
    return held


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
