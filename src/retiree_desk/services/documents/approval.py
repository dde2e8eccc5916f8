"""The words of an approval form, from the frozen list it asks approval for (OFFICE 2.24, 4.3)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from retiree_desk.core.condition_words import condition_words
from retiree_desk.core.money import yuan
from retiree_desk.core.schemes import Scheme, goods_text, scheme_from_json
from retiree_desk.core.welfare import goods_totals
from retiree_desk.core.welfare_words import FORMS, word
from retiree_desk.files.pdf.approval_form import ApprovalForm, ApprovalTier
from retiree_desk.i18n import _
from retiree_desk.services.documents import paper_day
from retiree_desk.services.welfare_records import WelfareLine, WelfareList

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk

Standard = tuple[int, str]


def _names(scheme: Scheme | None) -> dict[Standard, list[str]]:
    """For each standard the conditions of the scheme's tiers that give it."""
    names: dict[Standard, list[str]] = {}
    for tier in scheme.tiers if scheme else ():
        key = (tier.amount_fen, goods_text(tuple(each.words() for each in tier.goods)))
        names.setdefault(key, []).append(condition_words(tier.when))
    return names


def tiers(scheme: Scheme | None, lines: Sequence[WelfareLine]) -> tuple[ApprovalTier, ...]:
    """档次 × 人数 × 标准, from the dearest down; together they are the list's people and money."""
    counted: dict[Standard, int] = {}
    for line in lines:
        key = (line.amount_fen, goods_text(line.goods))
        counted[key] = counted.get(key, 0) + 1
    names = _names(scheme)
    return tuple(
        ApprovalTier(
            name="、".join(part for part in names.get(key, ()) if part) or _("everybody"),
            people=counted[key],
            standard_fen=key[0],
            goods=key[1],
        )
        for key in sorted(counted, key=lambda key: (-key[0], key[1]))
    )


def approval_paper(desk: "Desk", made: WelfareList, lines: Sequence[WelfareLine]) -> ApprovalForm:
    """The approval form of a final list."""
    stored = desk.welfare.details(made.id).scheme
    scheme = scheme_from_json(stored) if stored else None
    how = [word(FORMS, made.form), paper_day(date.fromisoformat(made.on))]
    goods = goods_totals(line.goods for line in lines)
    if goods:
        how.append(goods_text(goods))
    if goods and scheme and scheme.price_fen:
        how.append(
            _("goods worth {each} yuan each, {whole} yuan together").format(
                each=yuan(scheme.price_fen), whole=yuan(scheme.price_fen * len(lines))
            )
        )
    who = condition_words(scheme.who) if scheme else ""
    return ApprovalForm(
        scheme=made.title,
        tiers=tiers(scheme, lines),
        basis=scheme.basis if scheme else "",
        who=who or _("People served by this office, standards below"),
        source=made.fund_source,
        how="  ".join(how),
        batch=made.code,
        check_code=made.check_code,
    )
