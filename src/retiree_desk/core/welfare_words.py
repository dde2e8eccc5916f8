"""The words of welfare: occasions, forms, ways of receipt, list states, funding sources (OFFICE 3.9).

Codes are stored, message ids are translated when shown. A frozen list keeps its words as
printed, whatever the language was (DECISIONS 27).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from retiree_desk.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion of welfare: its name, the word in list codes and titles, and its festival."""

    code: str
    name: str  # message id, as OFFICE 3.9
    short: str  # message id: the word inside list codes (2026-重阳-01)
    title: str  # message id: the words of a paper's title (2026年重阳节慰问金发放签领表)
    festival: str = ""  # code of core.lunar.festival; '' = no date of its own


def _occasions(*rows: Occasion) -> Mapping[str, Occasion]:
    return MappingProxyType({row.code: row for row in rows})


OCCASIONS: Mapping[str, Occasion] = _occasions(
    Occasion(
        "SPRING_FESTIVAL",
        N_("Spring Festival condolence"),
        N_("Spring Festival"),
        N_("Spring Festival"),
        "SPRING_FESTIVAL",
    ),
    Occasion(
        "TWO_FESTIVALS",
        N_("Two-festivals care"),
        N_("Two festivals"),
        N_("New Year and Spring Festival"),
        "SPRING_FESTIVAL",
    ),
    Occasion("DRAGON_BOAT", N_("Dragon Boat"), N_("Dragon Boat"), N_("Dragon Boat Festival"), "DRAGON_BOAT"),
    Occasion("MID_AUTUMN", N_("Mid-Autumn"), N_("Mid-Autumn"), N_("Mid-Autumn Festival"), "MID_AUTUMN"),
    Occasion(
        "NATIONAL_DAY", N_("National Day"), N_("National Day"), N_("National Day holiday"), "NATIONAL_DAY"
    ),
    Occasion(
        "DOUBLE_NINTH",
        N_("Double Ninth (Seniors' Day)"),
        N_("Double Ninth"),
        N_("Double Ninth Festival"),
        "DOUBLE_NINTH",
    ),
    Occasion(
        "JULY_FIRST", N_("July 1st Party condolence"), N_("July 1st"), N_("July 1st (Party)"), "JULY_FIRST"
    ),
    Occasion(
        "PARTY_50",
        N_("50 years in the Party"),
        N_("50 Party years"),
        N_("Medals for 50 years in the Party"),
        "JULY_FIRST",
    ),
    Occasion("BIRTHDAY", N_("Birthday condolence"), N_("Birthdays"), N_("Birthdays"), ""),
    Occasion("MILESTONE", N_("Milestone birthday"), N_("Milestone"), N_("Milestone birthday"), ""),
    Occasion("HOSPITAL", N_("Hospital condolence"), N_("In hospital"), N_("In hospital"), ""),
    Occasion("GRAVE_ILLNESS", N_("Condolence for grave illness"), N_("Illness"), N_("Grave illness"), ""),
    Occasion("HARDSHIP", N_("Hardship grant"), N_("Hardship"), N_("Hardship aid"), ""),
    Occasion("EMERGENCY_AID", N_("Emergency aid"), N_("Emergency aid"), N_("Emergency aid"), ""),
    Occasion("DEATH", N_("Condolence on a death"), N_("Deaths"), N_("Deaths"), ""),
    Occasion("BEREAVEMENT", N_("Bereavement condolence"), N_("Widowed"), N_("Widowed"), ""),
    Occasion("SURVIVOR", N_("Survivor condolence"), N_("Survivor"), N_("Survivor"), ""),
    Occasion(
        "SURVIVOR_ALLOWANCE",
        N_("Survivor's allowance (regular)"),
        N_("Allowance"),
        N_("Survivor's allowance"),
        "",
    ),
    Occasion("SUMMER_CARE", N_("Summer care gifts"), N_("Summer care gifts"), N_("Summer care gifts"), ""),
    Occasion("WINTER_CARE", N_("Winter care gifts"), N_("Winter care gifts"), N_("Winter care gifts"), ""),
    Occasion("SOUVENIR", N_("Retirement souvenir"), N_("Souvenir"), N_("Retirement souvenir"), ""),
    Occasion("HEALTH_CHECK", N_("Health check"), N_("Check-up"), N_("Health check"), ""),
    Occasion("OTHER", N_("Other"), N_("Other"), N_("Other"), ""),
)

FORMS: Mapping[str, str] = MappingProxyType(
    {
        "CASH": N_("Cash"),
        "TRANSFER": N_("Transfer"),
        "GOODS": N_("Goods"),
        "SERVICE": N_("Service"),
        "TOKEN": N_("Token"),
    }
)

MONEY_FORMS = ("CASH", "TRANSFER")

WAYS_OF_RECEIPT: Mapping[str, str] = MappingProxyType(
    {
        "IN_PERSON": N_("In person"),
        "PROXY": N_("By proxy"),
        "DELIVERED": N_("Delivered"),
        "POST": N_("By post"),
        "COMMUNITY": N_("Through the community"),
        "PAID": N_("Paid"),
        "BOUNCED": N_("Bounced"),
        "NOT_COLLECTED": N_("Not collected"),
        "STOPPED": N_("Stopped"),
        "RETURNED": N_("Returned"),
    }
)

LIST_STATES: Mapping[str, str] = MappingProxyType(
    {
        "DRAFT": N_("Drafted"),
        "FINAL": N_("Final"),
        "ISSUING": N_("Being issued"),
        "SETTLED": N_("Settled"),
        "VOID": N_("Void"),
    }
)

FUND_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "OUTSIDE_POOL": N_("Outside-pool costs"),
        "OFFICE_FUND": N_("Retiree management funds"),
        "STAFF_WELFARE": N_("Staff welfare fund"),
        "HARDSHIP_FUND": N_("Hardship aid fund"),
        "PARTY_DUES": N_("Party dues (party care fund)"),
        "UNION": N_("Trade-union funds"),
        "SPECIAL": N_("Special funds from above"),
        "SOCIAL_INSURANCE": N_("Social insurance fund (recorded only)"),
        "GOVERNMENT": N_("Government subsidy (recorded only)"),
        "OTHER": N_("Other"),
    }
)

COUNTINGS: Mapping[str, str] = MappingProxyType(
    {
        "FULL": N_("Age (full)"),
        "YEAR": N_("Age in the year"),
        "NOMINAL": N_("Nominal age"),
    }
)

GROUPINGS: Mapping[str, str] = MappingProxyType(
    {
        "admin_group": N_("Group"),
        "party_branch": N_("Branch"),
        "building": N_("Building"),
        "former_unit": N_("Former unit"),
        "": N_("Not grouped"),
    }
)


def word(words: Mapping[str, str], code: str) -> str:
    """The translated word of a code; a text that is no code is the office's own word."""
    return _(words[code]) if code in words else code


def occasion_name(code: str) -> str:
    """The occasion's name as shown on screen."""
    return _(OCCASIONS[code].name) if code in OCCASIONS else code


def occasion_short(code: str) -> str:
    """The word of the occasion inside a list's code."""
    return _(OCCASIONS[code].short) if code in OCCASIONS else code


def occasion_title(code: str) -> str:
    """The words of the occasion inside a paper's title."""
    return _(OCCASIONS[code].title) if code in OCCASIONS else code
