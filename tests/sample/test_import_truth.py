"""Importing each workbook of the sample office gives exactly its truth, once; undo takes all of it back."""

import json
from collections import Counter
from datetime import date

import pytest

from retiree_desk.core.retirees import COLUMN_BY_KEY, STATE_DEFAULTS
from retiree_desk.sample import make_sample
from retiree_desk.services.desk import Desk

HR_FILES = (
    "hr/branches.xlsx",
    "hr/code_headers.xlsx",
    "hr/gbk.csv",
    "hr/grid_company_two_level.xlsx",
    "hr/html_table.xls",
    "hr/school_52_columns.xlsx",
    "hr/utf16.txt",
    "hr/wuhan_form.xlsx",
)
TODAY = date(2026, 11, 2)


@pytest.fixture(scope="module", params=[1, 7])
def office(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    make_sample(folder, people=260, seed=request.param)
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    return folder, truth, expected


@pytest.fixture
def desk(tmp_path):
    desk = Desk.open(tmp_path / "empty.rdesk", operator="测试", today=lambda: TODAY)
    yield desk
    desk.close()


def people_by_key(desk):
    """Everybody on the register as words, under ID number, else staff number, else name."""
    names = desk.registry.custom_fields()
    found = {}
    for one in desk.registry.load():
        told = {key: COLUMN_BY_KEY[key].show(value) for key, value in one.values.items() if key != "status"}
        for key, code in STATE_DEFAULTS.items():
            if told.get(key) == COLUMN_BY_KEY[key].show(code):
                del told[key]
        told |= {names[number]: text for number, text in one.custom.items() if text}
        key = told.get("id_number") or told.get("employee_no") or told["name"]
        assert key not in found
        found[key] = told
    return found


def as_held(truth):
    """The truth without states that everybody has anyway."""
    return {
        key: {
            field: value
            for field, value in told.items()
            if field not in STATE_DEFAULTS or value != COLUMN_BY_KEY[field].show(STATE_DEFAULTS[field])
        }
        for key, told in truth.items()
    }


def differences(held, truth):
    """Person by person and field by field: what is held, what is true."""
    found = {}
    for key in held.keys() | truth.keys():
        one, other = held.get(key, {}), truth.get(key, {})
        fields = {field for field in one.keys() | other.keys() if one.get(field) != other.get(field)}
        if fields:
            found[key] = {field: (one.get(field), other.get(field)) for field in sorted(fields)}
    return found


@pytest.mark.parametrize("name", HR_FILES)
def test_importing_gives_the_truth_and_again_gives_nothing(office, desk, name):
    folder, truth, expected = office
    before = desk.backups.check().content_sha256
    plan = desk.imports.plan([folder / name])
    counts = {kind: plan.count(kind) for kind in ("new", "skipped", "rejected", "conflict")}
    want = expected[name]
    assert counts == {kind: want[kind] for kind in counts}
    assert sum(table.rows for table in plan.tables) == want["rows"]
    assert Counter(problem.code for problem in plan.problems) == want["problems"]

    done = desk.imports.apply(plan)
    assert done.new == len(truth[name])
    assert differences(people_by_key(desk), as_held(truth[name])) == {}
    assert sorted(desk.registry.custom_fields().values()) == want["custom_fields"]

    again = desk.imports.plan([folder / name])
    assert (again.count("new"), again.count("changed")) == (0, 0)
    assert again.count("unchanged") == want["new"]

    desk.history.undo(done.change)
    assert desk.backups.check().content_sha256 == before
