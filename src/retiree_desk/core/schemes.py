"""Welfare schemes: who gets what, on which occasion, out of which fund (慰问福利项目).

The shipped ones stand in `core/shipped_schemes.py`; an office that changes one keeps the changed
definition in its data file, as the JSON that `scheme_as_json` writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from retiree_desk.core.conditions import AllOf, Test, from_data, to_data
from retiree_desk.core.welfare_words import OCCASIONS
from retiree_desk.i18n import _

EVERYBODY = AllOf()

# Who may stand on a list, by life (OFFICE 2.21, R10).
ALIVE_ON_BASIS = "ALIVE_ON_BASIS"  # 以基准日健在为准: who died after the day keeps the line
ALIVE_AT_ISSUE = "ALIVE_AT_ISSUE"  # 以领取时健在为准
DECEASED = "DECEASED"  # for the family of the dead

# How often (OFFICE 3.5 次数上限).
PER_YEAR = "YEAR"  # `times` in the stated year
ONCE = "ONCE"  # once in a lifetime; schemes with `each_tier` once for each tier (R12)
NO_LIMIT = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods that one person gets: what, how many, counted in what. A shipped name is a message id."""

    name: str
    quantity: int = 1
    unit: str = ""

    def words(self) -> "Goods":
        """The same in the language spoken now."""
        return Goods(_(self.name), self.quantity, _(self.unit) if self.unit else "")

    def as_json(self) -> dict[str, Any]:
        """The stored form."""
        return {"name": self.name, "quantity": self.quantity, "unit": self.unit}


def goods_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Goods, ...]:
    """Goods from their stored form."""
    return tuple(
        Goods(str(each["name"]), int(each["quantity"]), str(each.get("unit", ""))) for each in stored
    )


def goods_text(goods: Sequence[Goods]) -> str:
    """`大米1袋、油1桶`, as it stands on a condolence list."""
    pattern = _("{name} {quantity} {unit}")
    words = (pattern.format(name=each.name, quantity=each.quantity, unit=each.unit) for each in goods)
    return _(", ").join(text.strip() for text in words)


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier (档次): who meets `when` gets `amount_fen` and `goods`. The first tier that fits counts."""

    when: Test = EVERYBODY
    amount_fen: int = 0
    goods: tuple[Goods, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A welfare scheme.

    `code` is W01 … for shipped ones, the office's own otherwise, '' for a list without a scheme.
    `name` is a message id of a shipped scheme or the office's words. `times` per period `limit`.
    `by_hand`: the occasion is an event that the registry does not hold (in hospital, widowed …), so
    nobody is proposed and names are added by hand. `price_fen` is what goods for one person cost.
    """

    code: str
    name: str
    occasion: str
    who: Test = EVERYBODY
    tiers: tuple[Tier, ...] = (Tier(),)
    form: str = "TRANSFER"
    fund_source: str = "OFFICE_FUND"
    counting: str = "FULL"
    limit: str = PER_YEAR
    times: int = 1
    each_tier: bool = False
    life: str = ALIVE_ON_BASIS
    by_hand: bool = False
    price_fen: int = 0
    paper: str = "sign"  # the paper offered first: sign or condolence
    enabled: bool = True
    basis: str = ""  # 依据: name, number, date, item of the document
    builtin: bool = False
    confirmed: bool = False  # amounts and basis looked at by the office (R15)

    @property
    def title(self) -> str:
        """The scheme's name in the language spoken now."""
        return _(self.name)

    @property
    def in_kind(self) -> bool:
        """Goods, services or tokens: nothing is paid out."""
        return self.form in ("GOODS", "SERVICE", "TOKEN")


def scheme_as_json(scheme: Scheme) -> dict[str, Any]:
    """The stored form of a scheme; `scheme_from_json` reads it."""
    return {
        "code": scheme.code,
        "name": scheme.name,
        "occasion": scheme.occasion,
        "who": to_data(scheme.who),
        "tiers": [
            {
                "when": to_data(tier.when),
                "amount_fen": tier.amount_fen,
                "goods": [each.as_json() for each in tier.goods],
            }
            for tier in scheme.tiers
        ],
        "form": scheme.form,
        "fund_source": scheme.fund_source,
        "counting": scheme.counting,
        "limit": scheme.limit,
        "times": scheme.times,
        "each_tier": scheme.each_tier,
        "life": scheme.life,
        "by_hand": scheme.by_hand,
        "price_fen": scheme.price_fen,
        "paper": scheme.paper,
        "basis": scheme.basis,
    }


def scheme_from_json(
    stored: Mapping[str, Any], *, enabled: bool = True, builtin: bool = False, confirmed: bool = False
) -> Scheme:
    """A scheme from its stored form."""
    return Scheme(
        code=str(stored["code"]),
        name=str(stored["name"]),
        occasion=str(stored["occasion"]),
        who=from_data(stored["who"]),
        tiers=tuple(
            Tier(from_data(tier["when"]), int(tier["amount_fen"]), goods_from_json(tier["goods"]))
            for tier in stored["tiers"]
        ),
        form=str(stored["form"]),
        fund_source=str(stored["fund_source"]),
        counting=str(stored["counting"]),
        limit=str(stored["limit"]),
        times=int(stored["times"]),
        each_tier=bool(stored["each_tier"]),
        life=str(stored["life"]),
        by_hand=bool(stored["by_hand"]),
        price_fen=int(stored["price_fen"]),
        paper=str(stored["paper"]),
        basis=str(stored["basis"]),
        enabled=enabled,
        builtin=builtin,
        confirmed=confirmed,
    )


def occasion_day(occasion: str, year: int) -> date | None:
    """The day of the occasion's festival in a year; None where it has no day of its own."""
    from retiree_desk.core.lunar import festival

    known = OCCASIONS.get(occasion)
    return festival(known.festival, year) if known and known.festival else None
