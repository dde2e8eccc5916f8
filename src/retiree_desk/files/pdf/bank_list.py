"""The list for the bank where welfare money is transferred (银行发放明细表, OFFICE 4.3)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from retiree_desk.core.money import capitals_line, yuan
from retiree_desk.files.pdf.listing import Listing, write_listing
from retiree_desk.files.pdf.page import Imprint
from retiree_desk.files.pdf.table import Column
from retiree_desk.i18n import _


@dataclass(frozen=True, slots=True)
class BankLine:
    """One transfer."""

    number: int
    name: str
    #: The last four characters of the ID number.
    id_end: str = ""
    #: Where the account is in another name, the remark says the relation.
    holder: str = ""
    #: The bank down to the branch.
    bank: str = ""
    #: In full: it is what the bank pays to.
    account: str = ""
    amount_fen: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class BankList:
    """The transfers of one batch."""

    #: Without the office, e.g. `2026年重阳节慰问金银行发放明细表`.
    title: str
    lines: Sequence[BankLine]
    batch: str = ""
    check_code: str = ""
    #: Funding source.
    source: str = ""


def write_bank_list(path: str | os.PathLike[str], paper: BankList, imprint: Imprint) -> int:
    """Write the list; the pages written (errors as `write_listing`)."""
    fen = sum(line.amount_fen for line in paper.lines)
    total = [
        _("Total {people} people").format(people=f"{len(paper.lines):,}"),
        _("{amount} yuan").format(amount=yuan(fen)),
        capitals_line(fen),
    ]
    listing = Listing(
        title=paper.title,
        columns=(
            Column(_("No."), 5),
            Column(_("Name"), 10, name=True),
            Column(_("ID number (last 4)"), 9),
            Column(_("Account name"), 10, name=True),
            Column(_("Bank (down to the branch)"), 26, "left"),
            Column(_("Account"), 22),
            Column(_("Amount (yuan)"), 11, "right"),
            Column(_("Remarks"), 7),
        ),
        rows=[
            (
                str(line.number),
                line.name,
                line.id_end,
                line.holder,
                line.bank,
                line.account,
                yuan(line.amount_fen),
                line.remark,
            )
            for line in paper.lines
        ],
        head=(
            _("Source of funds: {source}").format(source=paper.source),
            _("Batch: {batch}").format(batch=paper.batch),
            _("Amounts in yuan"),
        ),
        ending=("  ".join(total),),
        signatures=(_("Prepared by: "), _("Checked by: "), _("Person in charge: ")),
        across=False,
        binding=True,
        row_mm=8,
        batch=paper.batch,
        check_code=paper.check_code,
        numbered=False,
    )
    return write_listing(path, listing, imprint)
