"""The papers of a final welfare list: 慰问名单, 签领表, 发放汇总表, 银行发放明细表, 审批表 (OFFICE 4.2, 4.3).

Every word and amount comes from the frozen lines; only bank accounts are those of today, since a
transfer must go where the account is now.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retiree_desk.core.errors import RefusedError, UsageError
from retiree_desk.core.schemes import Goods as SchemeGoods
from retiree_desk.core.schemes import goods_text
from retiree_desk.core.welfare import goods_totals, same_names
from retiree_desk.core.welfare_words import COUNTINGS, OCCASIONS, occasion_title, word
from retiree_desk.files.pdf.condolence_list import (
    CondolenceGroup,
    CondolenceLine,
    CondolenceList,
    CondolenceNotice,
    NoticeLine,
    write_condolence_list,
    write_condolence_notice,
)
from retiree_desk.files.pdf.sign_sheet import (
    Goods,
    SignLine,
    SignSheet,
    SignUnit,
    write_issue_summary,
    write_sign_sheet,
)
from retiree_desk.i18n import N_, _
from retiree_desk.services.documents import Options, imprint, paper_day, write_document
from retiree_desk.services.welfare_records import WelfareLine, WelfareList

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk

# `welfare print --kind` and the document it means.
KINDS = {
    "condolence": "condolence-list",
    "sign": "sign-sheet",
    "bank": "bank-list",
    "summary": "issue-summary",
    "approval": "approval-form",
}

_SIGN_TITLES = {
    "GOODS": N_("{year} {occasion} condolence goods: sign-for sheet"),
    "TOKEN": N_("{year} {occasion}: sign-for sheet"),
    "SERVICE": N_("{year} {occasion}: sign-for sheet"),
}
_SIGN_TITLE = N_("{year} {occasion} condolence money: sign-for sheet")
_CONDOLENCE_TITLE = N_("{year} {occasion} condolence list")
_NO_UNIT = N_("No unit entered")


def print_list(desk: "Desk", made: WelfareList, path: Path, *, kind: str = "") -> int:
    """Writes one of a list's papers; without a kind the one its scheme uses. The pages written."""
    if not kind:
        kind = "condolence" if desk.welfare.details(made.id).scheme.get("paper") == "condolence" else "sign"
    if kind not in KINDS:
        raise UsageError("kind_unknown", _("There is no paper “{kind}” of a list.").format(kind=kind))
    return write_document(desk, KINDS[kind], path, Options(list=made.code))


def _list(desk: "Desk", options: Options) -> tuple[WelfareList, list[WelfareLine]]:
    made = desk.welfare.list_of(options.list)
    if not made.frozen:
        raise RefusedError(
            "list_not_final",
            _("List {code} is not final yet; only final lists are printed.").format(code=made.code),
        )
    return made, desk.welfare.lines(made.id)


def _occasion(made: WelfareList) -> str:
    """The occasion in a title; the list's own title where the occasion says nothing."""
    return (
        made.title
        if made.occasion == "OTHER" or made.occasion not in OCCASIONS
        else occasion_title(made.occasion)
    )


def sign_title(made: WelfareList) -> str:
    """`2026年重阳节慰问金发放签领表`."""
    text = _(_SIGN_TITLES.get(made.form, _SIGN_TITLE))
    return text.format(year=made.year, occasion=_occasion(made))


def condolence_title(made: WelfareList) -> str:
    """`2026年春节走访慰问名单`."""
    return _(_CONDOLENCE_TITLE).format(year=made.year, occasion=_occasion(made))


def _marks(lines: Sequence[WelfareLine]) -> dict[int, str]:
    """By line number: the small second line of names that stand more than once (OFFICE 2.18)."""
    found = same_names([(line.name, line.birth, line.building) for line in lines])
    return {lines[place].number: mark for place, mark in found.items()}


def condolence_paper(made: WelfareList, lines: Sequence[WelfareLine]) -> CondolenceList:
    """The condolence list as the paper's plain words and figures."""
    marks = _marks(lines)
    return CondolenceList(
        title=condolence_title(made),
        groups=(
            CondolenceGroup(
                tuple(
                    CondolenceLine(
                        number=line.number,
                        name=line.name,
                        sex=line.sex,
                        age=line.age,
                        category=line.category,
                        post=" ".join(part for part in (line.former_unit, line.post) if part),
                        unit=line.branch or line.area or line.admin_group,
                        reason=line.reason,
                        address=line.address,
                        phone=line.phone,
                        amount_fen=line.amount_fen,
                        goods=goods_text(line.goods),
                        remark=line.note,
                        same_name=marks.get(line.number, ""),
                    )
                    for line in lines
                )
            ),
        ),
        period=paper_day(date.fromisoformat(made.on)),
        goods_totals=tuple(goods_total_text(each) for each in goods_totals(line.goods for line in lines)),
        batch=made.code,
        check_code=made.check_code,
    )


def goods_total_text(goods: SchemeGoods) -> str:
    """`大米 38 袋`."""
    return f"{goods.name} {goods.quantity} {goods.unit}".strip()


def sign_paper(made: WelfareList, lines: Sequence[WelfareLine], grouping: str | None = None) -> SignSheet:
    """The sign-for sheet as the paper's plain words and figures, a page's unit by the list's grouping."""
    field = made.grouping if grouping is None else grouping
    marks = _marks(lines)
    kinds = [(each.name, each.unit) for each in goods_totals(line.goods for line in lines)]
    units: dict[str, list[SignLine]] = {}
    for line in lines:
        counted = {(each.name, each.unit): each.quantity for each in line.goods}
        name = line.group(field) or (_(_NO_UNIT) if field else "")
        units.setdefault(name, []).append(
            SignLine(
                number=line.number,
                name=line.name,
                age=line.age,
                category=line.category,
                unit=(line.branch or line.building) if field != "party_branch" else line.building,
                amount_fen=line.amount_fen,
                goods=tuple(counted.get(kind, 0) for kind in kinds),
                same_name=marks.get(line.number, ""),
                stopped=line.note or _("Stopped") if line.state == "STOPPED" else "",
            )
        )
    return SignSheet(
        title=sign_title(made),
        batch=made.code,
        units=tuple(SignUnit(name, tuple(of_unit)) for name, of_unit in units.items()),
        check_code=made.check_code,
        source=made.fund_source,
        basis_date=paper_day(date.fromisoformat(made.on)),
        goods=tuple(Goods(name, unit) for name, unit in kinds),
        age_heading=word(COUNTINGS, made.counting),
    )


def condolence_list(desk: "Desk", path: Path, options: Options) -> int:
    """慰问名单."""
    made, lines = _list(desk, options)
    if path.suffix.lower() == ".xlsx":
        from retiree_desk.services.documents.welfare_workbooks import write_condolence_workbook

        return write_condolence_workbook(desk, path, condolence_paper(made, lines))
    pages = write_condolence_list(path, condolence_paper(made, lines), imprint(desk))
    if not options.preview:
        desk.welfare.mark_printed(made.id)
    return pages


def condolence_notice(desk: "Desk", path: Path, options: Options) -> int:
    """慰问名单 for the wall (公示): no phone, address, reason or goods; the period is filled in by hand."""
    made, lines = _list(desk, options)
    paper = CondolenceNotice(
        title=condolence_title(made),
        lines=tuple(
            NoticeLine(
                number=line.number,
                name=line.name,
                category=line.category,
                unit=line.branch or line.admin_group,
                kind=made.title,
                amount_fen=line.amount_fen,
            )
            for line in lines
        ),
        batch=made.code,
        check_code=made.check_code,
    )
    return write_condolence_notice(path, paper, imprint(desk))


def sign_sheet(desk: "Desk", path: Path, options: Options) -> int:
    """签领表, unit by unit, the issue summary behind; `unit` prints only that unit again."""
    made, lines = _list(desk, options)
    paper = sign_paper(made, lines)
    if path.suffix.lower() == ".xlsx":
        from retiree_desk.services.documents.welfare_workbooks import write_sign_workbook

        return write_sign_workbook(desk, path, paper)
    units = (options.unit,) if options.unit else ()
    if options.unit and options.unit not in {each.name for each in paper.units}:
        raise UsageError(
            "unit_unknown",
            _("List {code} has no unit “{unit}”.").format(code=made.code, unit=options.unit),
        )
    pages = write_sign_sheet(path, paper, imprint(desk, reprint=bool(units)), units=units, summary=not units)
    if not options.preview:
        desk.welfare.mark_printed(made.id)
    return pages


def issue_summary(desk: "Desk", path: Path, options: Options) -> int:
    """发放汇总表 alone."""
    made, lines = _list(desk, options)
    return write_issue_summary(path, sign_paper(made, lines), imprint(desk))


def bank_list(desk: "Desk", path: Path, options: Options) -> int:
    """银行发放明细表: accounts in full, the last four digits of the ID number (OFFICE 3.3)."""
    from retiree_desk.files.pdf.bank_list import BankLine, BankList, write_bank_list

    made, lines = _list(desk, options)
    paid = [line for line in lines if line.amount_fen]
    if not paid:
        raise RefusedError("nothing_to_pay", _("List {code} pays out no money.").format(code=made.code))
    people = {int(one.id): one for one in desk.registry.load([line.person_id for line in paid], extras=False)}
    marks = _marks(lines)

    def transfer(line: WelfareLine) -> BankLine:
        person = people.get(line.person_id)
        holder = (person["bank_holder"] if person else "") or line.name
        remarks = [marks.get(line.number, "")]
        if holder != line.name:
            remarks.append(_("Account of {name}").format(name=holder))
        return BankLine(
            number=line.number,
            name=line.name,
            id_end=person["id_number"][-4:] if person else "",
            holder=holder,
            bank=person["bank_name"] if person else "",
            account=person["bank_account"] if person else "",
            amount_fen=line.amount_fen,
            remark=" ".join(part for part in remarks if part),
        )

    paper = BankList(
        title=_("{year} {occasion} bank payment list").format(year=made.year, occasion=_occasion(made)),
        lines=tuple(transfer(line) for line in paid),
        batch=made.code,
        check_code=made.check_code,
        source=made.fund_source,
    )
    return write_bank_list(path, paper, imprint(desk))


def approval_form(desk: "Desk", path: Path, options: Options) -> int:
    """慰问福利发放审批表: one page, from the same frozen list."""
    from retiree_desk.files.pdf.approval_form import write_approval_form
    from retiree_desk.services.documents.approval import approval_paper

    made, lines = _list(desk, options)
    return write_approval_form(path, approval_paper(desk, made, lines), imprint(desk))
