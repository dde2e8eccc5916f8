"""Error reports and logs hold no name and no number of anybody (RELIABILITY R19)."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retiree_desk.core.names import name_key
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.retirees import COLUMN_BY_KEY
from retiree_desk.core.topics import Topic
from retiree_desk.files.workbook_reader import read_workbook
from retiree_desk.services.desk import Desk
from retiree_desk.store.schema import custom_field, person
from retiree_desk.ui import ask, errors
from tests.safety.verbs import answers

PLANTED = (
    ("诸葛探微", "990105195503127718", "13911112222", "6222000012345678901"),
    ("Plantedname", "990105194901010027", "13933334444", "6217000098765432109"),
    ("欧阳𠮷验", "990105193207048823", "022-25911234", "6228480098765432100"),
)


@pytest.fixture
def desk(office: Path) -> Iterator[Desk]:
    opened = Desk.open(office, operator="x", today=lambda: date(2026, 11, 2))
    yield opened
    opened.close()


def provocations(desk: Desk, folder: Path, values: tuple[str, ...]) -> list[Callable[[], Any]]:
    """Failures of every kind that carry values of people in their words, causes or notes."""
    name, number, phone, account = values

    def twice() -> None:
        with desk.db.write(Topic.REGISTRY, why="person_added") as change:
            change.insert(custom_field, [{"name": name}, {"name": name}])

    def bad_statement() -> None:
        with desk.db.write(Topic.REGISTRY, why="person_added") as change:
            change.insert(
                person, [{"name": name, "id_number": number, "mobile": object(), "remark": account}]
            )

    def caused() -> None:
        try:
            int(number + name)
        except ValueError as error:
            raise RuntimeError(f"{name} {number} {phone}") from error

    def noted() -> None:
        error = KeyError(account)
        error.add_note(f"{name} {phone}")
        raise error

    def file_named_after() -> None:
        (folder / f"{name}{number}" / "名册.xlsx").read_bytes()

    def in_a_group() -> None:
        raise ExceptionGroup(name, [ValueError(number), KeyError(phone)])

    return [
        twice, bad_statement, caused, noted, file_named_after, in_a_group,
        lambda: PartialDate.parse(number),
        lambda: COLUMN_BY_KEY[name],
        lambda: json.loads(f'{{"{name}": {phone}'),
        lambda: name_key(None if name else name),  # type: ignore[arg-type]
        lambda: getattr(desk.registry, name),
        lambda: (name + "\udc80").encode(),
    ]  # fmt: skip


def holds(text: str) -> list[str]:
    """The planted values in a text, whole or as their telling parts."""
    parts = [value for values in PLANTED for value in values]
    parts += [value[6:14] for _name, value, _phone, _account in PLANTED]
    return [part for part in parts if part in text]


def test_reports_and_log_hold_no_values(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    log_file = tmp_path / "retiree-desk.log"
    handler = logging.FileHandler(log_file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logging.getLogger().addHandler(handler)
    shown: list[str] = []
    monkeypatch.setattr(ask, "crashed", shown.append)
    provoked = 0
    try:
        for values in PLANTED:
            for provoke in provocations(desk, tmp_path, values):
                try:
                    provoke()
                except Exception as error:
                    errors.show(error)
                    assert not holds(errors.report(error)), errors.report(error)
                    provoked += 1
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()
    assert provoked == len(shown) == 36
    assert not holds("\n".join(shown))
    assert not holds(log_file.read_text(encoding="utf-8"))
    assert not holds(caplog.text)
    # A report still says what went wrong and where.
    assert all("Error" in report or "Exception" in report for report in shown)
    assert all("test_error_reports.py" in report for report in shown)


def test_statement_that_fails_shows_no_parameters(desk: Desk) -> None:
    name, number, *_rest = PLANTED[0]
    with pytest.raises(Exception) as caught, desk.db.write(Topic.REGISTRY, why="person_added") as change:
        change.insert(custom_field, [{"name": name, "kind": number}, {"name": name, "kind": number}])
    assert not holds(str(caught.value))


def test_audit_log_holds_no_values(office: Path, tmp_path: Path) -> None:
    table = tmp_path / "名册.csv"
    rows = "".join(f"{name},{number},{phone},{account}\n" for name, number, phone, account in PLANTED)
    table.write_text("姓名,身份证号,手机,银行卡号\n" + rows, encoding="utf-8")
    name, number, *_rest = PLANTED[0]
    verbs = [
        ("import", table), ("set", number, f"remark={name}"), ("die", number, "--on", "2026-10"), ("undo",),
        ("find", name), ("roster", tmp_path / "花名册.csv", "--full", "--where", f"name={name}"), ("backup",),
    ]  # fmt: skip
    for answer in answers([("--json", "--today", "2026-11-02", "--db", office, *verb) for verb in verbs]):
        answer.check(0, 1)
    desk = Desk.open(office, write=False)
    with desk.db.read() as conn:
        lines = (
            conn.exec_driver_sql("SELECT action || ' ' || coalesce(detail, '') FROM audit_log")
            .scalars()
            .all()
        )
    desk.close()
    assert len(lines) >= 3
    assert not holds("\n".join(lines))


def test_reader_of_workbooks_says_nothing_of_what_it_read(tmp_path: Path) -> None:
    name, number, *_rest = PLANTED[0]
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"PK\x03\x04" + f"{name}{number}".encode() * 50)
    with pytest.raises(Exception) as caught:
        read_workbook(path)
    assert not holds(str(caught.value))
