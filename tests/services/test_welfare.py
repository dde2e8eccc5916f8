"""A welfare list from proposal to paper: final once, the same figures everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest
import sqlalchemy as sa

from retiree_desk.cli import main
from retiree_desk.core.conditions import LABEL, one_of
from retiree_desk.core.errors import RefusedError, UsageError
from retiree_desk.core.money import capitals_line, yuan
from retiree_desk.core.schemes import Goods, Scheme, Tier
from retiree_desk.core.welfare_words import LIST_STATES
from retiree_desk.services.desk import Desk
from retiree_desk.services.documents import Options, write_document
from retiree_desk.services.documents.welfare_documents import sign_paper

DOUBLE_NINTH = date(2026, 10, 18)
TODAY = date(2026, 10, 8)
OFFICE = "某局离退休职工第三管理站"

_PEOPLE = [
    # name, born, branch, building: 当年 70 to 100 in 2026, and others
    ("王秀英", "1946-03", "第二党支部", "7号楼"),
    ("王秀英", "1936", "第十党支部", "2号楼"),
    ("李四", "1956-12-31", "第十党支部", "10号楼"),
    ("赵六", "1926-05-05", "第二党支部", "7号楼"),
    ("欧阳建国", "1941-07-01", "第一党支部", "1号楼"),
    ("孙七", "1950", "第一党支部", ""),
    ("周八", "", "第一党支部", ""),
    ("吴九", "1930", "", ""),
]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(tmp_path / "office.rdesk", operator="李某", today=lambda: TODAY)
    opened.settings.set({"office.name": OFFICE})
    for name, born, branch, building in _PEOPLE:
        values = {"name": name, "birth": born, "party_branch": branch, "building": building, "sex": "F"}
        opened.registry.add({key: text for key, text in {**values, "category": "RETIRED"}.items() if text})
    yield opened
    opened.close()


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def rows_of(path: Path) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    found = list(book.active.iter_rows(values_only=True))
    book.close()
    return found


def test_a_list_is_numbered_by_unit_and_keeps_its_words(desk: Desk) -> None:
    proposal = desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH)
    made = desk.welfare.finalise(proposal)
    lines = desk.welfare.lines(made.id)
    assert [(line.number, line.name, line.branch, line.age) for line in lines] == [
        (1, "欧阳建国", "第一党支部", "85"),
        (2, "王秀英", "第二党支部", "80"),
        (3, "赵六", "第二党支部", "100"),
        (4, "李四", "第十党支部", "70"),
        (5, "王秀英", "第十党支部", "90"),
        (6, "吴九", "", "96"),
    ]
    assert [line.amount_fen for line in lines] == [20000, 20000, 50000, 10000, 30000, 30000]
    assert (made.code, made.total_fen, made.line_count) == ("2026-重阳-01", 160000, 6)
    assert made.frozen
    assert made.final_by == "李某"

    desk.registry.change(
        lines[1].person_id, {"name": "王改名", "birth": "1999", "party_branch": "第九党支部"}
    )
    desk.registry.die(lines[2].person_id, "2026-10-01")
    assert desk.welfare.lines(made.id) == lines
    assert desk.welfare.list_of(made.code) == made
    # What has changed since is shown beside it.
    assert {number: reason.code for number, reason in desk.welfare.since(made.id).items()} == {3: "died"}
    details = desk.welfare.details(made.id)
    assert [one.person_id for one in details.undecided] == [7]
    assert [one.person_id for one in details.excluded] == [6]


def test_a_final_list_cannot_be_changed_by_any_path(desk: Desk) -> None:
    made = desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH))
    lines = desk.welfare.lines(made.id)
    for statement in (
        "UPDATE welfare_line SET amount_fen = 1",
        "UPDATE welfare_line SET reason = 'x'",
        "UPDATE welfare_line SET line_no = line_no + 100",
        "DELETE FROM welfare_line",
        "INSERT INTO welfare_line (list_id, line_no, name) VALUES (1, 99, 'x')",
        "UPDATE welfare_list SET total_fen = 1",
        "UPDATE welfare_list SET state = 'DRAFT'",
        "DELETE FROM welfare_list",
    ):
        with pytest.raises(sa.exc.IntegrityError, match="list is final"), desk.db.write_unlogged() as conn:
            conn.exec_driver_sql(statement)
    with pytest.raises(RefusedError) as refused:
        desk.history.undo()
    assert refused.value.code == "not_undoable"
    assert made.code in refused.value.message
    assert desk.welfare.lines(made.id) == lines


def test_nobody_gets_the_scheme_twice_in_a_year(desk: Desk) -> None:
    scheme = desk.welfare.scheme("W06")
    made = desk.welfare.finalise(desk.welfare.propose(scheme, DOUBLE_NINTH))
    again = desk.welfare.propose(scheme, date(2026, 11, 1))
    assert again.lines == ()
    told = [one for one in again.excluded if one.reasons[0].code == "already_this_year"]
    assert {one.reasons[0].params["list"] for one in told} == {made.code}
    assert len(told) == made.line_count
    with pytest.raises(RefusedError, match="没有人"):
        desk.welfare.finalise(again)
    assert desk.welfare.propose(scheme, date(2027, 10, 8)).lines != ()


def test_by_hand_with_a_reason_only(desk: Desk) -> None:
    scheme = desk.welfare.scheme("W06")
    proposal = desk.welfare.propose(scheme, DOUBLE_NINTH)
    first = proposal.lines[0].person.id
    with pytest.raises(UsageError):
        desk.welfare.finalise(proposal, removed={first: " "})
    with pytest.raises(UsageError):
        desk.welfare.line_by_hand(scheme, DOUBLE_NINTH, 2026, 7, "")
    added = desk.welfare.line_by_hand(scheme, DOUBLE_NINTH, 2026, 7, "档案核实 1946 年生", amount_fen=20000)
    made = desk.welfare.finalise(proposal, removed={first: "本人自愿放弃"}, added=[added])
    by_person = {line.person_id: line for line in desk.welfare.lines(made.id)}
    assert first not in by_person
    assert by_person[7].reason == "档案核实 1946 年生"
    assert by_person[7].amount_fen == 20000
    details = desk.welfare.details(made.id)
    assert details.undecided == ()
    assert any(one.person_id == first and "本人自愿放弃" in one.reason for one in details.excluded)
    assert made.total_fen == sum(line.amount_fen for line in by_person.values())


def test_a_free_list_of_goods(desk: Desk) -> None:
    desk.registry.change(6, {"labels": "DIBAO"})
    free = Scheme(
        "",
        "高温慰问",
        "SUMMER_CARE",
        who=one_of(LABEL, "DIBAO"),
        tiers=(Tier(goods=(Goods("绿豆", 2, "袋"), Goods("毛巾", 1, "条"))),),
        form="GOODS",
        fund_source="上级拨付",
    )
    made = desk.welfare.finalise(desk.welfare.propose(free, date(2026, 7, 20)), title="高温慰问")
    (line,) = desk.welfare.lines(made.id)
    assert line.goods == (Goods("绿豆", 2, "袋"), Goods("毛巾", 1, "条"))
    assert (made.title, made.fund_source, made.total_fen) == ("高温慰问", "上级拨付", 0)
    # A free list has no limit of its own.
    assert len(desk.welfare.propose(free, date(2026, 7, 21)).lines) == 1


def test_the_same_figures_on_screen_paper_and_workbook(desk: Desk, tmp_path: Path) -> None:
    made = desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH))
    lines = desk.welfare.lines(made.id)
    total = sum(line.amount_fen for line in lines)
    assert total == made.total_fen

    sign, condolence = tmp_path / "sign.pdf", tmp_path / "condolence.pdf"
    pages = write_document(desk, "sign-sheet", sign, Options(list=made.code))
    assert len(pypdf.PdfReader(sign).pages) == pages
    write_document(desk, "condolence-list", condolence, Options(list=str(made.id)))
    for text in (text_of(sign), text_of(condolence)):
        plain = "".join(text.split())
        for line in lines:
            assert line.name in plain
            assert yuan(line.amount_fen) in plain
        assert yuan(total) in plain
        assert capitals_line(total).replace(" ", "") in plain
        assert made.code in plain
        assert made.check_code in plain
        assert OFFICE in plain
    assert "1946年·7号楼" in "".join(text_of(sign).split())  # two people of one name

    for document in ("sign-sheet", "condolence-list"):
        book = tmp_path / f"{document}.xlsx"
        write_document(desk, document, book, Options(list=made.code))
        rows = rows_of(book)
        heading = next(row for row in rows if "姓名" in row)
        money = next(place for place, word in enumerate(heading) if "元" in str(word))
        paid = {row[1]: row[money] for row in rows if isinstance(row[0], int)}
        assert len([row for row in rows if isinstance(row[0], int)]) == len(lines)
        assert round(100 * sum(float(str(row[money])) for row in rows if isinstance(row[0], int))) == total
        assert "欧阳建国" in paid
        assert any(yuan(total) in str(row[0]) for row in rows)


def test_only_printing_counts_as_printed(desk: Desk, tmp_path: Path) -> None:
    made = desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH))
    write_document(desk, "sign-sheet", tmp_path / "look.pdf", Options(list=made.code, preview=True))
    assert desk.welfare.list_of(made.code).printed_at == ""
    write_document(desk, "sign-sheet", tmp_path / "real.pdf", Options(list=made.code))
    assert desk.welfare.list_of(made.code).printed_at


def test_the_column_beside_the_unit_of_the_page_says_something(desk: Desk) -> None:
    """支部(楼栋): the branch, where there is none the building, and never the page's own unit."""
    desk.registry.change(1, {"admin_group": "机关大组"})
    desk.registry.change(4, {"admin_group": "机关大组", "party_branch": ""})
    made = desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH))
    assert made.grouping == "admin_group"
    lines = desk.welfare.lines(made.id)
    by_name = {line.name: line.unit for unit in sign_paper(made, lines).units for line in unit.lines}
    assert by_name["赵六"] == "7号楼"
    assert by_name["欧阳建国"] == "第一党支部"
    by_branch = {
        line.name: line.unit for unit in sign_paper(made, lines, "party_branch").units for line in unit.lines
    }
    assert by_branch["欧阳建国"] == "1号楼"


def test_one_unit_again(desk: Desk, tmp_path: Path) -> None:
    made = desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH))
    path = tmp_path / "again.pdf"
    assert write_document(desk, "sign-sheet", path, Options(list=made.code, unit="第二党支部")) == 1
    text = "".join(text_of(path).split())
    assert "赵六" in text
    assert "欧阳建国" not in text
    with pytest.raises(UsageError):
        write_document(desk, "sign-sheet", path, Options(list=made.code, unit="第八党支部"))


def test_the_bank_list_holds_accounts_in_full(desk: Desk, tmp_path: Path) -> None:
    made = desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH))
    desk.registry.change(
        5, {"bank_account": "6217000000000001234", "bank_name": "某银行某支行", "bank_holder": "欧阳小明"}
    )
    path = tmp_path / "bank.pdf"
    write_document(desk, "bank-list", path, Options(list=made.code))
    text = "".join(text_of(path).split())
    assert "6217000000000001234" in text
    assert "户名欧阳小明" in text
    assert yuan(made.total_fen) in text


def test_the_approval_form_adds_up(desk: Desk, tmp_path: Path) -> None:
    desk.welfare.confirm("W06", "某办〔2025〕12号")
    made = desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH))
    path = tmp_path / "approval.pdf"
    assert write_document(desk, "approval-form", path, Options(list=made.code)) == 1
    text = "".join(text_of(path).split())
    for words in (
        "慰问福利发放审批表",
        "某办〔2025〕12号",
        "当年年龄90至99岁",
        yuan(60000),  # two people of 90 to 99
        "6人",
        capitals_line(made.total_fen),
        "统筹外费用",
        made.check_code,
    ):
        assert "".join(words.split()) in text, words


def test_the_public_notice_tells_no_phone_and_no_reason(desk: Desk, tmp_path: Path) -> None:
    desk.registry.change(1, {"mobile": "13800001234", "home_address": "阳光小区7号楼"})
    made = desk.welfare.finalise(desk.welfare.propose(desk.welfare.scheme("W06"), DOUBLE_NINTH))
    path = tmp_path / "notice.pdf"
    write_document(desk, "condolence-notice", path, Options(list=made.code))
    text = "".join(text_of(path).split())
    assert "欧阳建国" in text
    assert "13800001234" not in text
    assert "阳光小区" not in text
    assert "岁档" not in text


def test_confirming_a_shipped_scheme_ends_the_reminder(desk: Desk) -> None:
    scheme = desk.welfare.scheme("w06")
    assert any("W06" in note for note in desk.welfare.notes(scheme, 2026))
    desk.welfare.confirm("W06", "某办〔2025〕12号")
    confirmed = desk.welfare.scheme("W06")
    assert confirmed.basis == "某办〔2025〕12号"
    assert not any("W06" in note for note in desk.welfare.notes(confirmed, 2026))
    assert confirmed.tiers == scheme.tiers
    desk.welfare.save_scheme(replace(confirmed, tiers=(Tier(amount_fen=1),), enabled=False))
    changed = desk.welfare.scheme("W06")
    assert (changed.tiers[0].amount_fen, changed.enabled) == (1, False)
    assert len(desk.welfare.schemes()) == 21
    desk.history.undo()
    assert desk.welfare.scheme("W06").enabled


def test_schemes_by_code_name_and_occasion(desk: Desk) -> None:
    assert desk.welfare.scheme("重阳慰问").code == "W06"
    assert desk.welfare.scheme("重阳").code == "W06"
    with pytest.raises(UsageError):
        desk.welfare.scheme("春节")  # several
    with pytest.raises(UsageError):
        desk.welfare.scheme("W99")


def test_list_codes_count_on(desk: Desk) -> None:
    free = Scheme("", "零星", "DOUBLE_NINTH", tiers=(Tier(amount_fen=100),))
    codes = [desk.welfare.finalise(desk.welfare.propose(free, DOUBLE_NINTH)).code for _again in range(2)]
    assert codes == ["2026-重阳-01", "2026-重阳-02"]


def test_every_state_has_a_word() -> None:
    assert set(LIST_STATES) == {"DRAFT", "FINAL", "ISSUING", "SETTLED", "VOID"}


# The command line


def run(capsys: pytest.CaptureFixture[str], path: Path, *words: str, status: int = 0) -> dict[str, object]:
    assert main(["--db", str(path), "--today", "2026-10-08", "--json", *words]) == status
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_command_line_to_the_letter(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.db.path
    desk.close()
    asked = ("welfare", "list", "W06", "--on", "2026-10-18")
    # Somebody is undecided: rows are left to look at.
    proposed = run(capsys, path, *asked, status=1)
    assert set(proposed) == {"list", "frozen", "code", "lines", "excluded", "undecided", "total_fen"}
    assert (proposed["list"], proposed["frozen"], proposed["total_fen"]) == (None, False, 160000)
    assert run(capsys, path, "welfare", "lists")["lists"] == []

    final = run(capsys, path, *asked, "--freeze", status=1)
    assert (final["list"], final["frozen"], final["code"]) == ("2026-重阳-01", True, proposed["code"])
    lines = final["lines"]
    assert isinstance(lines, list)
    assert {"person", "name", "amount_fen", "goods", "reason"} <= set(lines[0])
    assert lines[0]["reason"] == "当年 85 岁,85 岁档"
    assert sum(line["amount_fen"] for line in lines) == final["total_fen"]

    run(capsys, path, "set", "5", "birth=1999")
    assert run(capsys, path, *asked, status=1) == final
    assert run(capsys, path, *asked, "--freeze", status=1) == final

    (listed,) = run(capsys, path, "welfare", "lists")["lists"]  # type: ignore[misc]
    wanted = {
        "list": "2026-重阳-01",
        "scheme": "W06",
        "on": "2026-10-18",
        "frozen": True,
        "lines": 6,
        "total_fen": 160000,
    }
    assert {key: listed[key] for key in wanted} == wanted
    schemes = run(capsys, path, "welfare", "schemes")["schemes"]
    assert isinstance(schemes, list)
    assert {"code": "W06", "name": "重阳慰问"}.items() <= schemes[5].items()

    printed = run(capsys, path, "welfare", "print", "2026-重阳-01", str(tmp_path / "a.pdf"))
    assert printed["file"] == str(tmp_path / "a.pdf")
    assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) == printed["pages"]
    run(capsys, path, "print", "condolence-list", str(tmp_path / "b.pdf"), "--list", "2026-重阳-01")
    assert _audited(path)[-1] == ("print", "condolence-list")
    run(capsys, path, "welfare", "print", "2026-重阳-01", str(tmp_path / "c.doc"), status=2)
    run(capsys, path, "welfare", "print", "2026-重阳-09", str(tmp_path / "d.pdf"), status=2)
    assert not (tmp_path / "d.pdf").exists()
    run(capsys, path, "undo", str(_list_change(path)), status=1)


def _audited(path: Path) -> list[tuple[str, str]]:
    desk = Desk.open(path, write=False)
    try:
        with desk.db.read() as conn:
            rows = conn.execute(sa.text("SELECT action, detail FROM audit_log ORDER BY id")).all()
        return [(row.action, json.loads(row.detail).get("document", "")) for row in rows]
    finally:
        desk.close()


def _list_change(path: Path) -> int:
    desk = Desk.open(path, write=False)
    try:
        return next(one.id for one in desk.history.list() if one.why[0] == "list_made")
    finally:
        desk.close()


def test_a_list_can_be_seen_while_the_window_holds_the_file(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, desk.db.path, "welfare", "list", "W06", "--on", "2026-10-18", status=1)
    held = run(capsys, desk.db.path, "welfare", "list", "W06", "--on", "2026-10-18", "--freeze", status=3)
    assert "李某" in str(held["error"])
