"""The words of an approval form, from the frozen list it asks approval for (OFFICE 2.24, 4.3)."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from retiree_desk.core.condition_words import condition_words
from retiree_desk.core.money import capitals_line, yuan
from retiree_desk.core.schemes import Goods, Scheme, goods_text, scheme_from_json
from retiree_desk.core.welfare import goods_totals
from retiree_desk.core.welfare_words import FORMS, word
from retiree_desk.files.pdf.approval_form import MOST_STANDARDS, ApprovalForm, Standard
from retiree_desk.i18n import _
from retiree_desk.services.documents import paper_day
from retiree_desk.services.welfare_records import WelfareLine, WelfareList

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk


def _tier_names(scheme: Scheme | None, lines: Sequence[WelfareLine]) -> dict[tuple[int, str], list[str]]:
    """For each standard of the list the conditions of the scheme's tiers that give it."""
    names: dict[tuple[int, str], list[str]] = {}
    for tier in scheme.tiers if scheme else ():
        key = (tier.amount_fen, goods_text(tuple(each.words() for each in tier.goods)))
        names.setdefault(key, []).append(condition_words(tier.when))
    for line in lines:
        names.setdefault((line.amount_fen, goods_text(line.goods)), [])
    return names


def standards(scheme: Scheme | None, lines: Sequence[WelfareLine]) -> tuple[Standard, ...]:
    """档次 × 人数 × 标准 = 金额, from the dearest down; their amounts add up to the list's total."""
    counted: dict[tuple[int, str], list[WelfareLine]] = {}
    for line in lines:
        counted.setdefault((line.amount_fen, goods_text(line.goods)), []).append(line)
    names = _tier_names(scheme, lines)
    order = sorted(counted, key=lambda key: (-key[0], key[1]))
    shown, rest = order[:MOST_STANDARDS], order[MOST_STANDARDS:]
    found = [_standard("、".join(part for part in names[key] if part), counted[key], key) for key in shown]
    if rest:
        others = [line for key in rest for line in counted[key]]
        found.append(_standard(_("Other standards"), others, (0, "")))
    return tuple(found)


def _standard(name: str, lines: Sequence[WelfareLine], key: tuple[int, str]) -> Standard:
    amount = sum(line.amount_fen for line in lines)
    each = [yuan(key[0])] if key[0] else []
    totals = goods_totals(line.goods for line in lines)
    return Standard(
        tier=name or _("everybody"),
        people=f"{len(lines):,}",
        each=" ".join([*each, key[1]]).strip(),
        amount=yuan(amount) if amount else goods_text(totals),
    )


def approval_paper(desk: "Desk", made: WelfareList, lines: Sequence[WelfareLine]) -> ApprovalForm:
    """The approval form of a final list."""
    stored = desk.welfare.details(made.id).scheme
    scheme = scheme_from_json(stored) if stored else None
    goods: tuple[Goods, ...] = goods_totals(line.goods for line in lines)
    total = [_("Total {n} people").format(n=f"{len(lines):,}")]
    if made.total_fen:
        total += [_("{amount} yuan").format(amount=yuan(made.total_fen)), capitals_line(made.total_fen)]
    if goods:
        total.append(goods_text(goods))
    price = scheme.price_fen if scheme else 0
    if price and goods:
        whole = price * len(lines)
        total.append(
            _("goods worth {each} yuan each, {whole} yuan together").format(
                each=yuan(price), whole=yuan(whole)
            )
        )
    who = condition_words(scheme.who) if scheme else ""
    return ApprovalForm(
        title=_("Welfare approval form"),
        scheme=made.title,
        basis=scheme.basis if scheme else "",
        who=who or _("People served by this office, standards below"),
        standards=standards(scheme, lines),
        total="  ".join(total),
        source=made.fund_source,
        way="  ".join((word(FORMS, made.form), paper_day(date.fromisoformat(made.on)))),
        batch=made.code,
        check_code=made.check_code,
    )
