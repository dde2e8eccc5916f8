"""Condolence list, sign-for sheet, roster: what stands on every page, and that the sums are right."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from retiree_desk.core.errors import UsageError
from retiree_desk.files.pdf.approval_form import ApprovalForm, ApprovalTier, write_approval_form
from retiree_desk.files.pdf.bank_list import BankLine, BankList, write_bank_list
from retiree_desk.files.pdf.condolence_list import (
    CondolenceGroup,
    CondolenceLine,
    CondolenceList,
    CondolenceNotice,
    NoticeLine,
    write_condolence_list,
    write_condolence_notice,
)
from retiree_desk.files.pdf.page import Imprint
from retiree_desk.files.pdf.roster import BASIC_FIELDS, STANDARD_FIELDS, Roster, write_roster
from retiree_desk.files.pdf.sign_sheet import (
    Goods,
    Issued,
    SignLine,
    SignSheet,
    SignUnit,
    write_issue_summary,
    write_sign_sheet,
)
from retiree_desk.i18n import _

from .papers import IMPRINT, NAMES, fonts, overlaps, pages, squeezed


def said(message: str, **values: object) -> str:
    return squeezed(_(message).format(**values))


def unit(name: str, count: int, first: int = 1, **more: object) -> SignUnit:
    lines = tuple(
        SignLine(number, NAMES[number % len(NAMES)], "81", "退休工人", name, 50_000, (1, 2))
        for number in range(first, first + count)
    )
    return SignUnit(name, lines, **more)  # type: ignore[arg-type]


def batch(*units: SignUnit, **more: object) -> SignSheet:
    given: dict[str, object] = {
        "title": "2026年重阳节慰问金发放签领表",
        "batch": "2026-重阳-01",
        "check_code": "9C41",
        "source": "统筹外费用",
        "basis_date": "2026年10月18日",
    }
    return SignSheet(units=units, **(given | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (13, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_twenty_lines_a_page_the_last_too(tmp_path: Path, count: int, expected: int) -> None:
    target = tmp_path / "sign.pdf"
    assert write_sign_sheet(target, batch(unit("第一党支部", count)), IMPRINT, summary=False) == expected
    found = pages(target)
    assert len(found) == expected
    for number, page in enumerate(found, start=1):
        text = squeezed(page)
        on_page = min(20, count - 20 * (number - 1))
        total = f"{500 * on_page:,}.00"
        assert said("Page {page} of {pages}", page=number, pages=expected) in text
        assert said("{n} people", n=on_page) + said("{amount} yuan", amount=total) in text
        assert said("Witness: ") in text and said("Signature of the recipient") in text
        assert "2026-重阳-01·9C41" in text
        assert text.count("500.00") >= on_page
    last = squeezed(found[-1])
    due = said("{n} people", n=count) + said("{amount} yuan", amount=f"{500 * count:,}.00")
    assert due in last and "人民币(大写)" in last
    assert all("人民币(大写)" not in page for page in map(squeezed, found[:-1]))


def test_every_unit_starts_a_page_and_the_summary_stands_behind(tmp_path: Path) -> None:
    target = tmp_path / "sign.pdf"
    paper = batch(
        unit("第一党支部", 21, issued=Issued(20, 1_000_000, 1)),
        unit("第二党支部", 3, 22, issued=Issued(3, 150_000, 0)),
    )
    assert write_sign_sheet(target, paper, IMPRINT) == 4
    first, second, third, summary = map(squeezed, pages(target))
    assert said("Issued to: {unit}", unit="第一党支部") in first and "第二党支部" not in first
    assert said("Page {page} of {pages}", page=2, pages=2) in second
    assert said("Page {page} of {pages}", page=1, pages=1) in third and "壹仟伍佰元整" in third
    assert "1第一党支部2110,500.002010,000.001" in summary
    assert "2第二党支部31,500.0031,500.000" in summary
    assert said("Total") + "2412,000.002311,500.001" in summary
    assert "壹万贰仟元整" in summary
    alone = tmp_path / "summary.pdf"
    assert write_issue_summary(alone, paper, IMPRINT) == 1
    assert "壹万贰仟元整" in squeezed(pages(alone)[0])


def test_a_page_is_printed_once_more_with_the_same_lines_and_says_so(tmp_path: Path) -> None:
    paper = batch(unit("第一党支部", 45), unit("第二党支部", 3, 46))
    whole, again = tmp_path / "whole.pdf", tmp_path / "again.pdf"
    write_sign_sheet(whole, paper, IMPRINT)
    imprint = Imprint(IMPRINT.office, "赵某", "2026-11-02 09:00", reprint=True)
    assert write_sign_sheet(again, paper, imprint, units=("第一党支部",), pages=(2,)) == 1
    text = squeezed(pages(again)[0])
    assert said("Page {page} of {pages}", page=2, pages=3) in text
    assert "2026-重阳-01·9C41·" + said("Reprint") in text
    before, after = squeezed(pages(whole)[1]), text
    cut = said("Witness: ")
    assert before[: before.index(cut)] == after[: after.index(cut)]
    with pytest.raises(UsageError):
        write_sign_sheet(again, paper, imprint, units=("第三党支部",))
    with pytest.raises(UsageError):
        write_sign_sheet(again, paper, imprint, pages=(9,))


def test_goods_have_a_column_each_and_add_up(tmp_path: Path) -> None:
    target = tmp_path / "sign.pdf"
    bare = tuple(
        SignLine(line.number, line.name, line.age, line.category, line.unit, 0, line.goods)
        for line in unit("第一党支部", 5).lines
    )
    paper = batch(SignUnit("第一党支部", bare), goods=(Goods("大米", "袋"), Goods("油", "桶")))
    write_sign_sheet(target, paper, IMPRINT)
    text = squeezed(pages(target)[0])
    assert "大米5袋" in text and "油10桶" in text
    assert "人民币" not in text and said("Amount (yuan)") not in text
    five = tuple(Goods(name, "件") for name in ("米", "油", "面", "奶", "果"))
    write_sign_sheet(target, batch(unit("第一党支部", 2), goods=five), IMPRINT)
    page = PdfReader(target).pages[0]
    assert page.mediabox.width > page.mediabox.height


def test_the_unit_is_a_column_only_where_it_says_more_than_the_heading(tmp_path: Path) -> None:
    target = tmp_path / "sign.pdf"
    write_sign_sheet(target, batch(unit("第一党支部", 2)), IMPRINT)
    assert said("Branch (building)") not in squeezed(pages(target)[0])
    write_sign_sheet(target, batch(SignUnit("第一大组", unit("第一党支部", 2).lines)), IMPRINT)
    assert said("Branch (building)") in squeezed(pages(target)[0])


def test_a_stopped_line_keeps_its_number_and_says_why(tmp_path: Path) -> None:
    target = tmp_path / "sign.pdf"
    lines = (
        SignLine(1, "王伟", amount_fen=50_000),
        SignLine(2, "刘淑珍", amount_fen=50_000, stopped="去世", same_name="1945年·7号楼"),
    )
    write_sign_sheet(target, batch(SignUnit("第一党支部", lines)), IMPRINT)
    text = squeezed(pages(target)[0])
    assert said("Stopped ({reason})", reason="去世") in text
    assert "1945年·7号楼" in text
    assert said("{n} people", n=2) + said("{amount} yuan", amount="1,000.00") in text


def test_an_empty_batch_is_a_page_that_says_so(tmp_path: Path) -> None:
    target = tmp_path / "sign.pdf"
    write_sign_sheet(target, batch(), IMPRINT, summary=False)
    assert said("Nobody on this list.") in squeezed(pages(target)[0])


def grants(count: int, first: int = 1, reason: str = "独居,困难(较重)") -> tuple[CondolenceLine, ...]:
    return tuple(
        CondolenceLine(
            number, NAMES[number % len(NAMES)], "男", "81", "退休干部", "采油一厂 副队长", "第一党支部",
            reason, f"7号楼2单元{number}01", f"139000{number:05}", 100_000,
        )
        for number in range(first, first + count)
    )  # fmt: skip


def test_the_condolence_list_has_bars_subtotals_and_the_sum_in_capitals(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    paper = CondolenceList(
        "2026年春节走访慰问名单",
        (
            CondolenceGroup(grants(20), "第一组", "张某", "李某、王某", 19),
            CondolenceGroup(grants(18, 21), "第二组", "孙某"),
        ),
        period="2026年1月26日至2月10日",
        goods_totals=("大米 38 袋", "食用油 38 桶"),
        batch="2026-春节-01",
        check_code="77AA",
    )
    count = write_condolence_list(target, paper, IMPRINT)
    found = [squeezed(page) for page in pages(target)]
    assert len(found) == count >= 3
    whole = "".join(found)
    assert (
        "第一组" + said("Led by: {name}", name="张某") + said("Members: {names}", names="李某、王某") in whole
    )
    assert said("{n} households", n=19) in whole and said("{n} households", n=18) in whole
    assert said("Subtotal {people} people", people=20) + said("{amount} yuan", amount="20,000.00") in whole
    end = said("Total {people} people", people=38) + said(
        "Condolence money {amount} yuan", amount="38,000.00"
    )
    assert end + "人民币(大写)叁万捌仟元整" in found[-1]
    assert said("Condolence goods: {goods}", goods=_(", ").join(paper.goods_totals)) in found[-1]
    assert said("Head of unit: ") in found[-1] and said("Head of unit: ") not in found[0]
    for number, page in enumerate(found, start=1):
        assert said("Time of condolence: {period}", period=paper.period) in page
        assert said("Reason for condolence (main facts)") in page
        assert said("Page {page} of {pages}", page=number, pages=count) in page
        # A bar never ends a page, a subtotal never begins one.
        assert not page.split("2026-春节-01")[0].endswith(said("{n} households", n=18))
    assert all(f"139000{number:05}" in whole for number in range(1, 39))


def test_a_long_reason_is_printed_whole(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    reason = "本人患尿毒症每周透析三次,配偶瘫痪在床,子女均下岗,家庭人均月收入低于最低生活保障标准" * 4
    write_condolence_list(
        target, CondolenceList("名单", (CondolenceGroup(grants(14, reason=reason)),)), IMPRINT
    )
    assert squeezed("".join(pages(target))).count(reason) == 14
    assert all(fonts(target).values())


def test_the_public_notice_shows_no_phone_address_or_reason(tmp_path: Path) -> None:
    target = tmp_path / "notice.pdf"
    lines = tuple(NoticeLine(n, "王伟", "退休干部", "第一党支部", "困难慰问", 100_000) for n in range(1, 41))
    notice = CondolenceNotice("2026年春节慰问名单公示", lines, "", "2026年1月19日至1月23日", "0317-2700000")
    assert write_condolence_notice(target, notice, IMPRINT) == 2
    text = squeezed("".join(pages(target)))
    assert "0317-2700000" in text and "2026年1月19日至1月23日" in text
    assert said("Telephone") + said("Present address") not in text
    assert text.count("1,000.00") == 40


def roster_row(number: int, fields: tuple[str, ...]) -> tuple[str, ...]:
    values = {
        "name": NAMES[number % len(NAMES)], "sex": "女", "birth": "1945.03.12", "phone": f"139000{number:05}",
        "id_number": "990105********0021", "category": "退休工人", "home_address": "7号楼2单元301",
    }  # fmt: skip
    return tuple(values.get(field, "") for field in fields)


def test_the_roster_on_a4_and_a3(tmp_path: Path) -> None:
    target = tmp_path / "roster.pdf"
    rows = [roster_row(number, BASIC_FIELDS) for number in range(1, 43)]
    paper = Roster(rows, as_of="2026年10月31日", breakdown="离休 1 人、退休 41 人;男 20、女 22;党员 8")
    count = write_roster(target, paper, IMPRINT)
    found = [squeezed(page) for page in pages(target)]
    assert len(found) == count
    assert all(said("ID number") in page for page in found)
    assert all(said("{people} people in all", people=42) in page for page in found)
    assert "离休1人、退休41人;男20、女22;党员8" in found[-1]
    assert said("Filled in on: ") in found[-1] and said("Filled in on: ") not in found[0]
    assert all(f"139000{number:05}" in "".join(found) for number in range(1, 43))
    width = float(PdfReader(target).pages[0].mediabox.width)
    standard = Roster(
        [roster_row(number, STANDARD_FIELDS) for number in range(1, 31)], "standard", "80岁以上"
    )
    assert write_roster(target, standard, IMPRINT) == 1
    page = PdfReader(target).pages[0]
    assert float(page.mediabox.width) == pytest.approx(width * 2**0.5, rel=0.01)
    text = squeezed(pages(target)[0])
    assert said("Emergency contact") in text and said("Kin") in text
    assert said("Roster of retirees ({view})", view="80岁以上") in text


def test_the_approval_form_multiplies_and_adds(tmp_path: Path) -> None:
    target = tmp_path / "approval.pdf"
    tiers = (ApprovalTier("80-84岁", 120, 50_000), ApprovalTier("90岁及以上", 12, 100_000, "大米1袋"))
    form = ApprovalForm(
        "2026年重阳节慰问", tiers, "离退字〔2026〕12号", "年满80周岁", "统筹外费用", "本人签领"
    )
    assert write_approval_form(target, form, IMPRINT) == 1
    text = squeezed(pages(target)[0])
    assert "80-84岁120500.0060,000.00" in text
    assert "132" in text and "人民币(大写)柒万贰仟元整" in text and "72,000.00" in text
    assert said("Opinion of finance") in text and "离退字〔2026〕12号" in text
    many = ApprovalForm("慰问", tuple(ApprovalTier(f"第{n}档", 1, 100) for n in range(30)))
    assert write_approval_form(target, many, IMPRINT) == 1
    assert overlaps(target) == []


def test_the_bank_list_shows_whole_accounts_and_only_the_end_of_the_id_number(tmp_path: Path) -> None:
    target = tmp_path / "bank.pdf"
    account = "6222020405000123456"
    lines = [
        BankLine(n, "王伟", "002X", "李桂英", "工商银行任丘支行", account, 50_000, "配偶")
        for n in range(1, 41)
    ]
    count = write_bank_list(target, BankList("银行发放明细表", lines, "2026-重阳-01", "9C41"), IMPRINT)
    found = [squeezed(page) for page in pages(target)]
    assert len(found) == count
    assert "".join(found).count(account) == 40
    assert "20,000.00" in found[-1] and "人民币(大写)贰万元整" in found[-1]


def test_no_words_lie_over_others_and_none_leave_the_paper(tmp_path: Path) -> None:
    long = "机关第一离退休职工党支部(原机修厂、总务处、汽车队)"
    row = (
        "买买提·吐尔逊·阿不都热合曼", "男", "维吾尔族", "1945.03.12", "990105194503120021", "退休(身份未分)",
        "1965.10", "2005.03", long * 2, "中共预备党员", long, "010-60001234、13900001234", long * 2, long,
    )  # fmt: skip
    sheet = tmp_path / "sign.pdf"
    lines = tuple(
        SignLine(n, row[0], "99", row[5], long, 123_456_789, (), "1945年·7号楼", long if n == 2 else "")
        for n in (1, 2, 3)
    )
    write_sign_sheet(sheet, batch(SignUnit(long, lines), source=long, title=long * 2), IMPRINT)
    roster = tmp_path / "roster.pdf"
    write_roster(roster, Roster([row] * 15, view=long, unit=long, as_of="2026年10月31日"), IMPRINT)
    grant = CondolenceLine(
        1, row[0], "男", "99", row[5], long * 2, long, long * 3, long * 2, row[11], 100_000, long
    )
    condolence = tmp_path / "list.pdf"
    group = CondolenceGroup((grant,) * 9, long, long, long * 3)
    write_condolence_list(condolence, CondolenceList(long, (group,), long, long), IMPRINT)
    for target in (sheet, roster, condolence):
        for number in range(len(pages(target))):
            assert overlaps(target, number) == []


def test_twenty_one_line_rows_fit_a_page_with_total_and_signatures(tmp_path: Path) -> None:
    target = tmp_path / "roster.pdf"
    plain = tuple("王珍" if field == "name" else "" for field in BASIC_FIELDS)
    assert write_roster(target, Roster([plain] * 20), IMPRINT) == 1
    assert write_roster(target, Roster([plain] * 21), IMPRINT) == 2
