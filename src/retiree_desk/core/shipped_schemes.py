"""The schemes that come with the program, W01 to W21 (OFFICE 5.2).

Amounts are examples: they are shown as such until the office has confirmed them (R15), and every
row can be changed or switched off. Where several tiers fit, the one listed first counts.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from retiree_desk.core.conditions import (
    LABEL,
    PARTY_YEARS,
    YEAR_AGE,
    AnyOf,
    Condition,
    Test,
    between,
    one_of,
)
from retiree_desk.core.entitlement import BIRTHDAY_MONTH, IN_YEAR
from retiree_desk.core.schemes import DECEASED, EVERYBODY, NO_LIMIT, ONCE, Goods, Scheme, Tier
from retiree_desk.i18n import N_

_YUAN = 100

_PARCEL_UNIT = N_("parcel")
_HARDSHIP = ("DESTITUTE", "DIBAO", "HARDSHIP", "HARDSHIP_1", "HARDSHIP_2", "HARDSHIP_3")
_VETERAN_CADRE = one_of("category", "VETERAN_CADRE")


def _yuan(amount: int, when: Test = EVERYBODY) -> Tier:
    return Tier(when, amount * _YUAN)


def _parcel(name: str, unit: str = _PARCEL_UNIT) -> tuple[Tier, ...]:
    return (Tier(goods=(Goods(name, 1, unit),)),)


def _year_age(low: int, high: int | None = None) -> Condition:
    return between(YEAR_AGE, low, high)


_SCHEMES = (
    Scheme(
        "W01",
        N_("Spring Festival goods for everybody"),
        "SPRING_FESTIVAL",
        tiers=(Tier(goods=(Goods(N_("Rice (10 kg)"), 1, N_("bag")),
                           Goods(N_("Cooking oil (5 l)"), 1, N_("drum")))),),
        form="GOODS",
        price_fen=160 * _YUAN,
    ),
    Scheme(
        "W02",
        N_("Two-festivals hardship condolence"),
        "TWO_FESTIVALS",
        tiers=(
            _yuan(2000, one_of(LABEL, "HARDSHIP_3", "DESTITUTE")),
            _yuan(1000, one_of(LABEL, "HARDSHIP_2", "DIBAO")),
            _yuan(500, one_of(LABEL, "HARDSHIP_1", "HARDSHIP")),
        ),
        fund_source="HARDSHIP_FUND",
        paper="condolence",
    ),
    Scheme(
        "W03",
        N_("Spring Festival condolence for veteran cadres"),
        "SPRING_FESTIVAL",
        who=_VETERAN_CADRE,
        tiers=(_yuan(1000),),
        fund_source="OUTSIDE_POOL",
        paper="condolence",
    ),
    Scheme(
        "W04",
        N_("Spring Festival condolence for survivors"),
        "SPRING_FESTIVAL",
        who=one_of("category", "SURVIVOR"),
        tiers=(_yuan(300),),
    ),
    Scheme(
        "W05",
        N_("Spring Festival condolence for model workers"),
        "SPRING_FESTIVAL",
        tiers=(
            _yuan(1000, one_of(LABEL, "MODEL_NATIONAL")),
            _yuan(800, one_of(LABEL, "MODEL_PROVINCE")),
            _yuan(500, one_of(LABEL, "MODEL_CITY", "MODEL_COMPANY", "MODEL_WORKER")),
        ),
        fund_source="SPECIAL",
        paper="condolence",
        enabled=False,
    ),
    Scheme(
        "W06",
        N_("Double Ninth condolence"),
        "DOUBLE_NINTH",
        tiers=(
            _yuan(500, _year_age(100)),
            _yuan(300, _year_age(90, 99)),
            _yuan(200, _year_age(85, 85)),
            _yuan(200, _year_age(80, 80)),
            _yuan(100, _year_age(75, 75)),
            _yuan(100, _year_age(70, 70)),
        ),
        form="CASH",
        fund_source="OUTSIDE_POOL",
        counting="YEAR",
    ),
    Scheme(
        "W07",
        N_("Dragon Boat condolence"),
        "DRAGON_BOAT",
        tiers=_parcel(N_("Festival parcel")),
        form="GOODS",
        price_fen=100 * _YUAN,
        enabled=False,
    ),
    Scheme(
        "W08",
        N_("Mid-Autumn condolence"),
        "MID_AUTUMN",
        tiers=_parcel(N_("Festival parcel")),
        form="GOODS",
        price_fen=100 * _YUAN,
        enabled=False,
    ),
    Scheme(
        "W09",
        N_("July 1st Party condolence"),
        "JULY_FIRST",
        who=one_of("politics", "CPC", "CPC_PROBATION"),
        tiers=(
            _yuan(500, one_of(LABEL, *reversed(_HARDSHIP))),
            _yuan(500, between(PARTY_YEARS, 50)),
        ),
        fund_source="PARTY_DUES",
        paper="condolence",
    ),
    Scheme(
        "W10",
        N_("Medal for 50 years in the Party"),
        "PARTY_50",
        who=between(PARTY_YEARS, 50),
        tiers=(Tier(goods=(Goods(N_("Medal “50 years in the Party”"), 1, N_("piece")),)),),
        form="TOKEN",
        fund_source="SPECIAL",
        limit=ONCE,
    ),
    Scheme(
        "W11",
        N_("Birthday condolence"),
        "BIRTHDAY",
        who=Condition("birth", BIRTHDAY_MONTH),
        tiers=_parcel(N_("Cake card"), N_("card")),
        form="GOODS",
        price_fen=100 * _YUAN,
        enabled=False,
    ),
    Scheme(
        "W12",
        N_("Milestone birthday"),
        "MILESTONE",
        tiers=(
            _yuan(1000, _year_age(100, 100)),
            _yuan(500, _year_age(90, 90)),
            _yuan(300, _year_age(80, 80)),
            _yuan(200, _year_age(70, 70)),
        ),
        fund_source="OUTSIDE_POOL",
        counting="YEAR",
        limit=ONCE,
        each_tier=True,
        paper="condolence",
    ),
    Scheme(
        "W13",
        N_("Hospital condolence"),
        "HOSPITAL",
        tiers=(_yuan(500),),
        times=2,
        by_hand=True,
    ),
    Scheme(
        "W14",
        N_("Condolence for grave illness"),
        "GRAVE_ILLNESS",
        tiers=(_yuan(2000),),
        fund_source="HARDSHIP_FUND",
        by_hand=True,
    ),
    Scheme(
        "W15",
        N_("Hardship grant"),
        "HARDSHIP",
        tiers=(_yuan(500),),
        fund_source="HARDSHIP_FUND",
        limit=NO_LIMIT,
        by_hand=True,
    ),
    Scheme(
        "W16",
        N_("Condolence to the family of a deceased retiree"),
        "DEATH",
        who=Condition("died_on", IN_YEAR),
        tiers=(Tier(amount_fen=1000 * _YUAN, goods=(Goods(N_("Wreath"), 1, N_("item")),)),),
        form="CASH",
        limit=ONCE,
        life=DECEASED,
    ),
    Scheme(
        "W17",
        N_("Bereavement condolence"),
        "BEREAVEMENT",
        tiers=(_yuan(500),),
        form="CASH",
        limit=NO_LIMIT,
        by_hand=True,
        enabled=False,
    ),
    Scheme(
        "W18",
        N_("Summer care gifts"),
        "SUMMER_CARE",
        who=AnyOf(
            (
                _VETERAN_CADRE,
                one_of("living", "ALONE"),
                one_of("ability", "DEPENDENT"),
                one_of("health", "SERIOUS"),
                one_of(LABEL, "NO_FAMILY", *_HARDSHIP),
            )
        ),
        tiers=_parcel(N_("Summer parcel")),
        form="GOODS",
        price_fen=80 * _YUAN,
        enabled=False,
    ),
    Scheme(
        "W19",
        N_("Retirement souvenir"),
        "SOUVENIR",
        who=Condition("retired_on", IN_YEAR),
        tiers=_parcel(N_("Souvenir"), _PARCEL_UNIT),
        form="TOKEN",
        fund_source="UNION",
        limit=ONCE,
        price_fen=500 * _YUAN,
    ),
    Scheme(
        "W20",
        N_("Survivor's allowance"),
        "SURVIVOR_ALLOWANCE",
        who=one_of("category", "SURVIVOR"),
        tiers=(Tier(),),
        fund_source="OUTSIDE_POOL",
        limit=NO_LIMIT,
        by_hand=True,
        enabled=False,
    ),
    Scheme(
        "W21",
        N_("Health check"),
        "HEALTH_CHECK",
        tiers=(
            Tier(one_of("sex", "M"), goods=(Goods(N_("Health check package (men)"), 1, _PARCEL_UNIT),)),
            Tier(one_of("sex", "F"), goods=(Goods(N_("Health check package (women)"), 1, _PARCEL_UNIT),)),
        ),
        form="SERVICE",
        enabled=False,
    ),
)  # fmt: skip


SHIPPED: Mapping[str, Scheme] = MappingProxyType(
    {scheme.code: replace(scheme, builtin=True) for scheme in _SCHEMES}
)
