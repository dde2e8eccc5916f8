"""慰问名单 and 签领表 as workbooks: the same words, figures and order as on paper (OFFICE 4.2, 4.3)."""

from pathlib import Path
from typing import TYPE_CHECKING

from retiree_desk.core.columns import Kind
from retiree_desk.core.money import capitals_line, yuan
from retiree_desk.files.pdf.condolence_list import CondolenceList
from retiree_desk.files.pdf.sign_sheet import SignSheet
from retiree_desk.files.workbook_writer import TableColumn, TableSheet, write_table
from retiree_desk.i18n import _
from retiree_desk.services.documents import imprint

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk


def _title(desk: "Desk", title: str) -> str:
    return f"{desk.settings.office_name} {title}".strip()


def _made_by(desk: "Desk") -> str:
    mark = imprint(desk)
    return _("Made by: {operator} {time}").format(operator=mark.operator, time=mark.printed_at)


def write_condolence_workbook(desk: "Desk", path: Path, paper: CondolenceList) -> int:
    """The condolence list as a workbook; 1, for its one sheet."""
    lines = [line for group in paper.groups for line in group.lines]
    money = any(line.amount_fen for line in lines)
    goods = any(line.goods for line in lines)
    columns = [
        TableColumn(_("No."), Kind.NUMBER, 5, align="center"),
        TableColumn(_("Name"), Kind.TEXT, 10, align="distributed"),
        TableColumn(_("Sex"), Kind.TEXT, 5, align="center"),
        TableColumn(_("Age"), Kind.TEXT, 6, align="center"),
        TableColumn(_("Category"), Kind.TEXT, 12, align="center"),
        TableColumn(_("Former unit and post"), Kind.TEXT, 22),
        TableColumn(_("Party branch"), Kind.TEXT, 16),
        TableColumn(_("Reason (main circumstances)"), Kind.TEXT, 26),
        TableColumn(_("Address"), Kind.TEXT, 26),
        TableColumn(_("Contact phone"), Kind.CODE, 15, align="center"),
        *([TableColumn(_("Condolence money (yuan)"), Kind.MONEY, 12, align="right")] if money else []),
        *([TableColumn(_("Condolence goods"), Kind.TEXT, 18)] if goods else []),
        TableColumn(_("Remarks"), Kind.TEXT, 16),
    ]
    rows = [
        [
            str(line.number),
            line.name,
            line.sex,
            line.age,
            line.category,
            line.post,
            line.unit,
            line.reason,
            line.address,
            line.phone,
            *([str(line.amount_fen)] if money else []),
            *([line.goods] if goods else []),
            " ".join(part for part in (line.remark, line.same_name) if part),
        ]
        for line in lines
    ]
    total = sum(line.amount_fen for line in lines)
    parts = [_("Total {n} people").format(n=f"{len(lines):,}")]
    if money:
        parts += [_("{amount} yuan").format(amount=yuan(total)), capitals_line(total)]
    sheet = TableSheet(
        columns,
        rows,
        name=_("Condolence list"),
        title=_title(desk, paper.title),
        left=_("Batch: {code}").format(code=paper.batch),
        centre=paper.period,
        right=_("Amounts in yuan"),
        total="  ".join((*parts, *paper.goods_totals)),
        signatures="        ".join((_("Prepared by: "), _("Checked by: "), _("Head of unit: "))),
        footer_left=f"{paper.batch} · {paper.check_code}",
        footer_right=_made_by(desk),
    )
    write_table(path, sheet)
    return 1


def write_sign_workbook(desk: "Desk", path: Path, paper: SignSheet) -> int:
    """The sign-for sheet as a workbook, all units one below the other; 1, for its one sheet."""
    lines = [(unit.name, line) for unit in paper.units for line in unit.lines]
    money = any(line.amount_fen for _unit, line in lines)
    columns = [
        TableColumn(_("No."), Kind.NUMBER, 6, align="center"),
        TableColumn(_("Name"), Kind.TEXT, 11, align="distributed"),
        TableColumn(paper.age_heading or _("Age (full)"), Kind.TEXT, 9, align="center"),
        TableColumn(_("Category"), Kind.TEXT, 12, align="center"),
        TableColumn(_("Issued by unit"), Kind.TEXT, 18),
        *([TableColumn(_("Amount (yuan)"), Kind.MONEY, 12, align="right")] if money else []),
        *(
            TableColumn(f"{each.name} {each.unit}".strip(), Kind.NUMBER, 8, align="center")
            for each in paper.goods
        ),
        TableColumn(_("Signature of recipient"), Kind.TEXT, 16),
        TableColumn(_("Proxy's signature and relation"), Kind.TEXT, 14),
        TableColumn(_("Received on"), Kind.TEXT, 11),
        TableColumn(_("Remarks"), Kind.TEXT, 16),
    ]
    rows = [
        [
            str(line.number),
            line.name,
            line.age,
            line.category,
            unit,
            *([str(line.amount_fen)] if money else []),
            *(str(quantity) for quantity in line.goods),
            "",
            "",
            "",
            " ".join(part for part in (line.same_name, line.stopped) if part),
        ]
        for unit, line in lines
    ]
    total = sum(line.amount_fen for _unit, line in lines)
    counted = [
        f"{each.name} {sum(line.goods[place] for _unit, line in lines)} {each.unit}".strip()
        for place, each in enumerate(paper.goods)
    ]
    parts = [_("Total {n} people").format(n=f"{len(lines):,}")]
    if money:
        parts += [_("{amount} yuan").format(amount=yuan(total)), capitals_line(total)]
    sheet = TableSheet(
        columns,
        rows,
        name=_("Sign-for sheet"),
        title=_title(desk, paper.title),
        left=_("Funding source: {source}").format(source=paper.source),
        centre=_("Batch: {code}").format(code=paper.batch),
        right=_("Basis date: {date}").format(date=paper.basis_date),
        total="  ".join((*parts, *counted)),
        signatures="        ".join(
            (_("Issued by: "), _("Witness: "), _("Checked by: "), _("Person in charge: "))
        ),
        landscape=len(columns) > 9,
        footer_left=f"{paper.batch} · {paper.check_code}",
        footer_right=_made_by(desk),
    )
    write_table(path, sheet)
    return 1
