"""The shipped visit rules V01-V13, E01-E11, F01-F05 as data (OFFICE 5.1).

Every rule can be switched off by the office; its words are message ids. A rule is *once per
calendar period*, *within so many days of an event*, or *within a window* of days around a
festival or birthday (DECISIONS 29).
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from retiree_desk.core.conditions import (
    FULL_AGE,
    LABEL,
    PARTY_YEARS,
    AllOf,
    AnyOf,
    Condition,
    Test,
    between,
    one_of,
)
from retiree_desk.core.visit_rule import Period, Step, VisitRule, Window
from retiree_desk.i18n import N_, _

MODEL_WORKERS = ("MODEL_NATIONAL", "MODEL_PROVINCE")
IN_HARDSHIP = ("DESTITUTE", "DIBAO", "HARDSHIP", "HARDSHIP_1", "HARDSHIP_2", "HARDSHIP_3")
EVERYBODY = AllOf()

ANY_WAY: tuple[str, ...] = ("HOME", "PHONE", "VIDEO", "HOSPITAL", "CARE_HOME", "AT_OFFICE", "AT_EVENT")


def _all(*parts: Test) -> AllOf:
    return AllOf(parts)


def _any(*parts: Test) -> AnyOf:
    return AnyOf(parts)


def _aged(low: int | None = None, high: int | None = None) -> Condition:
    return between(FULL_AGE, low, high)


_HOME_PHONE = ("HOME", "PHONE")
_KEY_PEOPLE = N_("special-difficulty elders every month (national target); every quarter at a university")
_PRACTICE = N_("office practice")
_ALONE = _any(one_of("living", "ALONE"), one_of(LABEL, "NO_FAMILY"))
_HELPLESS_OR_ILL = _any(one_of("ability", "DEPENDENT"), one_of("health", "SERIOUS"))
_VETERAN_CADRE = one_of("category", "VETERAN_CADRE")
_HARDSHIP = one_of(LABEL, *IN_HARDSHIP)
_HALF_YEARLY = N_("once in a half-year")
_QUARTERLY = N_("once a quarter")

_RULES = (
    VisitRule(
        "V01",
        N_("Alone or no family, 80 and over"),
        N_("Alone 80+"),
        _all(_ALONE, _aged(80)),
        N_("lives alone or no family, 80 and over"),
        N_("once a month, at home at least once a quarter"),
        ("HOME", "PHONE", "VIDEO"),
        _KEY_PEOPLE,
        1,
        must_meet=True,
        periods=(Period(1), Period(3, ways=("HOME",))),
    ),
    VisitRule(
        "V02",
        N_("Dependent or seriously ill"),
        N_("Dependent/ill"),
        _HELPLESS_OR_ILL,
        N_("dependent, or seriously ill this year"),
        N_("once a month, at home at least once a quarter"),
        ("HOME", "PHONE", "HOSPITAL"),
        N_("community standard: every month"),
        1,
        periods=(Period(1), Period(3, ways=("HOME",))),
    ),
    VisitRule(
        "V03",
        N_("Veteran cadres"),
        N_("Veteran cadre"),
        _VETERAN_CADRE,
        N_("veteran cadres"),
        _QUARTERLY,
        ("HOME", "HOSPITAL"),
        _PRACTICE,
        1,
        must_meet=True,
        periods=(Period(3),),
    ),
    VisitRule(
        "V04",
        N_("90 and over"),
        N_("90+"),
        _aged(90),
        N_("90 and over"),
        _QUARTERLY,
        _HOME_PHONE,
        N_("80 and over every quarter at a university"),
        2,
        periods=(Period(3),),
    ),
    VisitRule(
        "V05",
        N_("Alone, no family or lost only child, under 80"),
        N_("Alone"),
        _all(_any(one_of("living", "ALONE"), one_of(LABEL, "NO_FAMILY", "LOST_ONLY_CHILD")), _aged(None, 79)),
        N_("lives alone, no family or lost only child, under 80"),
        _QUARTERLY,
        _HOME_PHONE,
        N_("widowed and alone every quarter"),
        2,
        periods=(Period(3),),
    ),
    VisitRule(
        "V06",
        N_("Partly dependent"),
        N_("Partly dependent"),
        one_of("ability", "PARTLY"),
        N_("partly dependent"),
        _QUARTERLY,
        _HOME_PHONE,
        _PRACTICE,
        2,
        periods=(Period(3),),
    ),
    VisitRule(
        "V07",
        N_("80 and over"),
        N_("80+"),
        _aged(80, 89),
        N_("80 to 89"),
        _HALF_YEARLY,
        _HOME_PHONE,
        N_("80 and over at least every half-year"),
        3,
        periods=(Period(6),),
    ),
    VisitRule(
        "V08",
        N_("In hardship"),
        N_("In hardship"),
        _HARDSHIP,
        N_("destitute, dibao, hardship"),
        _HALF_YEARLY,
        ("HOME",),
        _PRACTICE,
        2,
        periods=(Period(6),),
        occasion="HARDSHIP",
    ),
    VisitRule(
        "V09",
        N_("Countryside and remote"),
        N_("Countryside"),
        one_of("residence_kind", "RURAL", "REMOTE"),
        N_("lives in the countryside or far off"),
        N_("once in a half-year, and the community is asked once in a half-year"),
        _HOME_PHONE,
        N_("source paper §2"),
        3,
        periods=(Period(6),),
    ),
    VisitRule(
        "V10",
        N_("Lives elsewhere"),
        N_("Elsewhere"),
        one_of("residence_kind", "ELSEWHERE"),
        N_("lives elsewhere"),
        _HALF_YEARLY,
        ("PHONE", "VIDEO"),
        N_("keep phone contact"),
        3,
        periods=(Period(6),),
    ),
    VisitRule(
        "V11",
        N_("Model workers and men of merit"),
        N_("Model worker"),
        one_of(LABEL, *MODEL_WORKERS, "KOREAN_WAR"),
        N_("model workers (province and above), Korean War"),
        N_("once a year, before Spring Festival"),
        ("HOME",),
        _PRACTICE,
        3,
        periods=(Period(12, before="SPRING_FESTIVAL"),),
        occasion="FESTIVAL",
    ),
    VisitRule(
        "V12",
        N_("70 to 79"),
        N_("70+"),
        _aged(70, 79),
        N_("70 to 79"),
        N_("once a year"),
        ANY_WAY,
        N_("70 and over at least once a year"),
        4,
        on=False,
        periods=(Period(12),),
    ),
    VisitRule(
        "V13",
        N_("Yearly contact with everybody"),
        N_("Yearly contact"),
        EVERYBODY,
        N_("everybody"),
        N_("in contact once a year"),
        ANY_WAY,
        N_("source paper §5"),
        5,
        printed=False,
        periods=(Period(12),),
    ),
    VisitRule(
        "E01",
        N_("Hospital visit"),
        N_("In hospital"),
        EVERYBODY,
        N_("admitted to hospital"),
        N_("within 3 working days of knowing; after 30 days every month"),
        ("HOSPITAL",),
        N_("promptly, and again during the stay"),
        1,
        event="ADMITTED",
        steps=(Step(3, working_days=True),),
        repeat_from=30,
        occasion="HOSPITAL_STAY",
    ),
    VisitRule(
        "E02",
        N_("After discharge"),
        N_("Discharged"),
        EVERYBODY,
        N_("discharged from hospital"),
        N_("within 7 days"),
        _HOME_PHONE,
        N_("visit or call within a week"),
        1,
        event="DISCHARGED",
        steps=(Step(7),),
        occasion="DISCHARGE",
    ),
    VisitRule(
        "E03",
        N_("Condolence visit to the family"),
        N_("Family of the dead"),
        EVERYBODY,
        N_("died: the family"),
        N_("within 3 days of knowing; again after 30 days"),
        _HOME_PHONE,
        N_("visit the family of the dead"),
        1,
        event="DIED",
        steps=(Step(3), Step(37, opens=30)),
        occasion="BEREAVEMENT",
    ),
    VisitRule(
        "E04",
        N_("Bereaved"),
        N_("Bereaved"),
        EVERYBODY,
        N_("bereaved (close family)"),
        N_("within 7 days"),
        _HOME_PHONE,
        _PRACTICE,
        1,
        event="BEREAVED",
        steps=(Step(7),),
        occasion="BEREAVEMENT",
    ),
    VisitRule(
        "E05",
        N_("Newly retired: first meeting"),
        N_("Newly retired"),
        EVERYBODY,
        N_("newly retired"),
        N_("within 30 days"),
        ("HOME", "AT_OFFICE", "PHONE"),
        N_("10 days at a school; 30 where HR's list comes monthly"),
        2,
        must_meet=True,
        event="RECEIVED",
        steps=(Step(30),),
        occasion="NEWCOMER",
    ),
    VisitRule(
        "E06",
        N_("Moved in or newly received"),
        N_("Moved in"),
        EVERYBODY,
        N_("moved in"),
        N_("within 30 days"),
        ("HOME", "AT_OFFICE"),
        _PRACTICE,
        2,
        must_meet=True,
        event="MOVED_IN",
        steps=(Step(30),),
        occasion="NEWCOMER",
    ),
    VisitRule(
        "E07",
        N_("Emergency"),
        N_("Emergency"),
        EVERYBODY,
        N_("emergency entered"),
        N_("the same day"),
        ANY_WAY,
        N_("source paper §2"),
        1,
        event="EMERGENCY",
        steps=(Step(0),),
        occasion="EMERGENCY",
    ),
    VisitRule(
        "E08",
        N_("Milestone birthday visit"),
        N_("Milestone birthday"),
        EVERYBODY,
        N_("80, 90, 100 by the celebrated birthday"),
        N_("from 7 days before to the day"),
        ("HOME",),
        N_("birthdays are congratulated"),
        2,
        must_meet=True,
        birthdays=(80, 90, 100),
        occasion="BIRTHDAY",
    ),
    VisitRule(
        "E09",
        N_("Not met: try again"),
        N_("Not met last time"),
        EVERYBODY,
        N_("nobody home, or no answer, last time"),
        N_("within 7 days; a call within 3"),
        _HOME_PHONE,
        N_("rule of this office"),
        1,
        event="NOT_MET",
    ),
    VisitRule(
        "E10",
        N_("Help with proof of life"),
        N_("Proof of life"),
        EVERYBODY,
        N_("proof of life due, cannot do it alone"),
        N_("before it is due"),
        ("HOME",),
        N_("help those who cannot do it"),
        2,
        must_meet=True,
        on=False,
        event="PROOF_DUE",
        steps=(Step(30),),
        occasion="VERIFY",
    ),
    VisitRule(
        "E11",
        N_("After handover"),
        N_("After handover"),
        EVERYBODY,
        N_("handed over"),
        N_("after 1, 6 and 12 months"),
        ("PHONE",),
        N_("source paper §1"),
        3,
        on=False,
        event="HANDED_OVER",
        steps=(Step(15, -15, months=1), Step(15, -15, months=6), Step(15, -15, months=12)),
        occasion="AFTER_HANDOVER",
    ),
    VisitRule(
        "NEXT",
        N_("Visit agreed upon"),
        N_("Agreed visit"),
        EVERYBODY,
        N_("a next visit was agreed"),
        N_("on the day agreed"),
        ANY_WAY,
        N_("rule of this office"),
        2,
        event="AGREED",
    ),
    VisitRule(
        "F01",
        N_("Spring Festival visits"),
        N_("Spring Festival visit"),
        _any(
            _VETERAN_CADRE,
            _HARDSHIP,
            _HELPLESS_OR_ILL,
            one_of("living", "ALONE"),
            _aged(90),
            one_of("category", "SURVIVOR"),
            one_of(LABEL, *MODEL_WORKERS),
        ),
        N_(
            "veteran cadres, hardship, seriously ill, dependent, alone, 90 and over, survivors, model workers"
        ),
        N_("from 20 days before to New Year's Eve"),
        ("HOME",),
        N_("key people in January; spouses of the dead at New Year"),
        1,
        window=Window("SPRING_FESTIVAL", 20, -1),
        occasion="FESTIVAL",
    ),
    VisitRule(
        "F02",
        N_("Double Ninth visits"),
        N_("Double Ninth visit"),
        _any(_VETERAN_CADRE, _aged(80)),
        N_("veteran cadres, 80 and over"),
        N_("from 10 days before to 7 days after"),
        ("HOME",),
        N_("day of respect for the old"),
        3,
        window=Window("DOUBLE_NINTH", 10, 7),
        occasion="FESTIVAL",
    ),
    VisitRule(
        "F03",
        N_("July 1st visits"),
        N_("July 1st visit"),
        _any(between(PARTY_YEARS, 50), _all(one_of("politics", "CPC", "CPC_PROBATION"), _HARDSHIP)),
        N_("50 years in the Party, members in hardship"),
        N_("15 June to 5 July"),
        ("HOME",),
        N_("Party care"),
        3,
        window=Window(first="06-15", last="07-05"),
        occasion="PARTY",
    ),
    VisitRule(
        "F04",
        N_("Summer care visits"),
        N_("Summer care visit"),
        _any(_VETERAN_CADRE, one_of("living", "ALONE"), _HELPLESS_OR_ILL),
        N_("veteran cadres, alone, dependent or seriously ill"),
        N_("1 July to 15 August"),
        ("HOME",),
        N_("key people in July"),
        3,
        window=Window(first="07-01", last="08-15"),
        occasion="SUMMER_CARE",
    ),
    VisitRule(
        "F05",
        N_("Winter care visits"),
        N_("Winter care visit"),
        _any(one_of("living", "ALONE"), _HELPLESS_OR_ILL),
        N_("alone, dependent or seriously ill"),
        N_("1 December to 31 January"),
        _HOME_PHONE,
        _PRACTICE,
        3,
        on=False,
        window=Window(first="12-01", last="01-31"),
        occasion="WINTER_CARE",
    ),
)

VISIT_RULES: Mapping[str, VisitRule] = MappingProxyType({rule.code: rule for rule in _RULES})


def rules_in_force(switched: Mapping[str, bool] | None = None) -> tuple[VisitRule, ...]:
    """The rules that are on, in their order; `switched` is what the office turned on or off."""
    chosen = switched or {}
    return tuple(replace(rule, on=True) for rule in _RULES if chosen.get(rule.code, rule.on))


def rule_name(code: str) -> str:
    """The rule's name in the language spoken now; an unknown code as it is."""
    return _(VISIT_RULES[code].name) if code in VISIT_RULES else code


def rule_short(code: str) -> str:
    """The few words printed on a sheet, in the language spoken now."""
    return _(VISIT_RULES[code].short) if code in VISIT_RULES else code


def occasion_for(codes: Collection[str]) -> str:
    """The occasion a visit for these rules has: that of the most urgent rule that names one."""
    named = sorted(
        (VISIT_RULES[code].priority, code)
        for code in codes
        if code in VISIT_RULES and VISIT_RULES[code].occasion != "REGULAR"
    )
    return VISIT_RULES[named[0][1]].occasion if named else "REGULAR"
