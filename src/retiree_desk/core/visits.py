"""The words of visits: ways, occasions, results, conditions found, states (OFFICE 3.6, 3.7).

Way (how) and result (what came of it) are two fields: a call can fail, a visit to the hospital
can find nobody (OFFICE R3). Codes are stored, message ids are translated when shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType

from retiree_desk.core.columns import Column, Kind
from retiree_desk.i18n import N_, _


class Fulfils(Enum):
    """What a result does to the rules whose way it has (OFFICE 3.7, R5)."""

    YES = "yes"  # the person was met or reached
    UNLESS_MUST_MEET = "unless_must_meet"  # the family was met
    CLOSES = "closes"  # declined: closed for the period, not counted as visited
    NO = "no"


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody was visited. `key` is the digit that types it."""

    code: str
    name: str  # message id
    key: str
    also: tuple[str, ...] = ()  # further words people write for it


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a visit. `key` types it; `way` is the way it sets, '' leaves the way alone."""

    code: str
    name: str  # message id
    key: str
    fulfils: Fulfils = Fulfils.NO
    way: str = ""
    again_days: int = 0  # try again within so many days (OFFICE R6)
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why somebody was visited."""

    code: str
    name: str  # message id
    also: tuple[str, ...] = ()


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        row.code: row
        for row in (
            Way("HOME", N_("Home"), "1", ("上门", "入户", "上门走访")),
            Way("PHONE", N_("Phone"), "2", ("电话", "打电话")),
            Way("VIDEO", N_("Video"), "3", ("视频(微信)", "视频", "微信", "微信视频")),
            Way("HOSPITAL", N_("Hospital"), "4", ("医院探望", "医院", "住院探望")),
            Way("CARE_HOME", N_("Care home"), "5", ("养老机构", "养老院", "敬老院")),
            Way("AT_OFFICE", N_("At the office"), "6", ("来站(来访)", "来站", "来访")),
            Way("AT_EVENT", N_("At an event"), "7", ("活动中见到", "活动")),
        )
    }
)

RESULTS: Mapping[str, Result] = MappingProxyType(
    {
        row.code: row
        for row in (
            Result("MET", N_("Met"), "1", Fulfils.YES, also=("见到本人", "本人", "见到")),
            Result("FAMILY_MET", N_("Family met"), "2", Fulfils.UNLESS_MUST_MEET, also=("家属接待", "家属")),
            Result(
                "REACHED",
                N_("Reached by phone"),
                "3",
                Fulfils.YES,
                way="PHONE",
                also=("电话联系上", "联系上"),
            ),
            Result(
                "NOT_MET", N_("Nobody home"), "4", again_days=7, also=("家中无人", "无人", "未遇", "未见到")
            ),
            Result("NO_ANSWER", N_("No answer"), "5", again_days=3, also=("电话未接通", "未接通", "未接")),
            Result("AWAY", N_("Away"), "6", also=("外出",)),
            Result("IN_HOSPITAL", N_("In hospital"), "7", also=("住院",)),
            Result("DECLINED", N_("Declined"), "8", Fulfils.CLOSES, also=("谢绝走访", "谢绝", "拒访")),
            Result("MOVED", N_("Moved"), "9", also=("已搬迁", "搬迁", "搬家")),
            Result("DIED", N_("Died"), "0", also=("已去世", "去世", "已故")),
            Result("NOT_ATTEMPTED", N_("Not attempted"), "-", also=("未去", "未走访")),
        )
    }
)

OCCASIONS: Mapping[str, Occasion] = MappingProxyType(
    {
        row.code: row
        for row in (
            Occasion("REGULAR", N_("Regular"), ("日常走访",)),
            Occasion("FESTIVAL", N_("Festival"), ("节日慰问",)),
            Occasion("HOSPITAL_STAY", N_("Hospital stay"), ("住院探望",)),
            Occasion("DISCHARGE", N_("After discharge"), ("出院回访",)),
            Occasion("HARDSHIP", N_("Hardship visit"), ("困难走访",)),
            Occasion("BIRTHDAY", N_("Birthday visit"), ("生日祝寿",)),
            Occasion("BEREAVEMENT", N_("Bereavement"), ("丧事慰问",)),
            Occasion("SURVIVOR", N_("Survivor visit"), ("遗属慰问",)),
            Occasion("NEWCOMER", N_("Newly received"), ("新退休(新接收)见面", "新退休见面")),
            Occasion("WINTER_CARE", N_("Winter care visit"), ("送温暖",)),
            Occasion("SUMMER_CARE", N_("Summer care visit"), ("送清凉",)),
            Occasion("PARTY", N_("Party visit"), ("党内慰问",)),
            Occasion("HOME_SERVICE", N_("Home service"), ("上门服务",)),
            Occasion("HOME_STUDY", N_("Home study"), ("送学上门",)),
            Occasion("VERIFY", N_("Verification"), ("信息核实",)),
            Occasion("AFTER_HANDOVER", N_("After handover"), ("移交回访",)),
            Occasion("EMERGENCY", N_("Emergency"), ("突发情况",)),
        )
    }
)

# How the person was found; one key each. URGENT asks for a request (OFFICE 3.7).
CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "GOOD": N_("Good"),
        "FAIR": N_("Fair"),
        "POOR": N_("Poor"),
        "WATCH": N_("Watch"),
        "URGENT": N_("Urgent"),
    }
)
_CONDITION_WORDS = {
    "GOOD": ("良好",),
    "FAIR": ("一般",),
    "POOR": ("较差",),
    "WATCH": ("需关注",),
    "URGENT": ("紧急",),
}
CONDITION_KEYS: Mapping[str, str] = MappingProxyType(
    {str(number): code for number, code in enumerate(CONDITIONS, start=1)}
)

LINE_STATES: Mapping[str, str] = MappingProxyType(
    {
        "DUE": N_("Due"),
        "ON_SHEET": N_("On a sheet"),
        "DONE": N_("Visited"),
        "TRY_AGAIN": N_("Try again"),
        "POSTPONED": N_("Postponed"),
        "WAIVED": N_("Waived"),
    }
)

SHEET_STATES: Mapping[str, str] = MappingProxyType(
    {
        "DRAFT": N_("Draft sheet"),
        "PRINTED": N_("Printed"),
        "BEING_ENTERED": N_("Being entered"),
        "ENTERED": N_("Entered"),
    }
)

# Whereabouts at which a visit to the door cannot find anybody: a call stands for it (OFFICE R7).
AWAY_FROM_HOME = frozenset({"AWAY", "WITH_CHILDREN", "ABROAD"})
SPOKE = frozenset({"MET", "FAMILY_MET", "REACHED"})  # somebody was spoken to
FAILED = frozenset({"NOT_MET", "NO_ANSWER"})  # tried in vain


def normalise(way: str, result: str) -> tuple[str, str]:
    """Way and result as they are kept: a call that met the person is `REACHED`, and that is a call.

    OFFICE 4.1: a tick at 电话 and one at 本人 are entered as 电话联系上.
    """
    if way == "PHONE" and result == "MET":
        result = "REACHED"
    if result == "NO_ANSWER" and not way:
        way = "PHONE"
    sets = RESULTS[result].way if result in RESULTS else ""
    if sets and way != "VIDEO":
        way = sets
    return way, result


def is_visit(result: str) -> bool:
    """Whether somebody went or called at all: 未去 is no visit (OFFICE 2.12)."""
    return result != "NOT_ATTEMPTED"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one person. A couple visited together has two, of the same sheet and line."""

    person_id: int
    on: date
    way: str
    result: str
    occasion: str = "REGULAR"
    visitor: str = ""
    condition: str = ""
    words: str = ""
    next_on: date | None = None
    service_kind: str = ""
    place: str = ""

    def problems(self, today: date) -> list[str]:
        """Codes of what cannot be right about it; the words are in `PROBLEMS`."""
        found = []
        if self.way not in WAYS:
            found.append("way_unknown" if self.way else "way_missing")
        if self.result not in RESULTS:
            found.append("result_unknown" if self.result else "result_missing")
        if self.occasion not in OCCASIONS:
            found.append("occasion_unknown")
        if self.condition and self.condition not in CONDITIONS:
            found.append("condition_unknown")
        if self.on > today:
            found.append("date_in_future")
        if self.next_on is not None and self.next_on <= self.on:
            found.append("next_not_later")
        return found


# What is said about a visit that cannot be taken, or that leaves something to do.
PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "sheet_unknown": N_("There is no visit sheet {value}."),
        "line_unknown": N_("Sheet {sheet} has no line {value}."),
        "already_recorded": N_("Line {line} of sheet {sheet} has its result already: {value}."),
        "way_missing": N_("The way is missing (home, phone, hospital ...)."),
        "way_unknown": N_("“{value}” is no way of visiting."),
        "result_missing": N_("The result is missing."),
        "result_unknown": N_("“{value}” is no result of a visit."),
        "occasion_unknown": N_("“{value}” is no occasion of a visit."),
        "condition_unknown": N_("“{value}” is no condition."),
        "date_in_future": N_("The day {value} is yet to come."),
        "date_missing": N_("The day of the visit is missing."),
        "date_unreadable": N_("“{value}” is no day."),
        "next_not_later": N_("The next visit ({value}) is not after this one."),
        "person_unknown": N_("There is no person {value}."),
        "death_to_enter": N_("{name} has died: enter the death (register, papers, family visit)."),
        "address_to_ask": N_("{name} has moved: ask for the new address."),
        "request_needed": N_("{name} was found in urgent need: write down a request."),
        "whereabouts_to_ask": N_("{name} is away: ask where, and until when."),
    }
)

# Things to do after a visit that was taken, apart from what stopped one from being taken.
FOLLOW_UPS = frozenset({"death_to_enter", "address_to_ask", "request_needed", "whereabouts_to_ask"})


def follow_up(result: str, condition: str, *, has_request: bool, place_known: bool = False) -> str:
    """The code in `PROBLEMS` of what a result asks to be done next; '' where nothing (OFFICE 3.7)."""
    if result == "DIED":
        return "death_to_enter"
    if result == "MOVED" and not place_known:
        return "address_to_ask"
    if condition == "URGENT" and not has_request:
        return "request_needed"
    if result == "AWAY" and not place_known:
        return "whereabouts_to_ask"
    return ""


def _reader(rows: Iterable[tuple[str, str, Iterable[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name, words in rows:
        for word in (code, name, *words):
            found[_plain(word)] = code
    return found


def _plain(text: str) -> str:
    """Text for comparing: no blanks, half-width brackets, no case."""
    return "".join(text.split()).replace("（", "(").replace("）", ")").replace("－", "-").casefold()


_WAY_WORDS = _reader((row.code, row.name, (row.key, *row.also)) for row in WAYS.values())
_RESULT_WORDS = _reader((row.code, row.name, (row.key, *row.also)) for row in RESULTS.values())
_OCCASION_WORDS = _reader((row.code, row.name, row.also) for row in OCCASIONS.values())
_CONDITION_READ = _reader((code, name, _CONDITION_WORDS[code]) for code, name in CONDITIONS.items())


def read_way(text: str) -> str:
    """The way a code, word or key means; '' where it means none."""
    return _WAY_WORDS.get(_plain(text), "")


def read_result(text: str) -> str:
    """The result a code, word or key means; '' where it means none."""
    return _RESULT_WORDS.get(_plain(text), "")


def read_occasion(text: str) -> str:
    """The occasion a code or word means; '' where it means none."""
    return _OCCASION_WORDS.get(_plain(text), "")


def read_condition(text: str) -> str:
    """The condition a code, word or key means; '' where it means none."""
    return _CONDITION_READ.get(_plain(text), "") or CONDITION_KEYS.get(_plain(text), "")


def way_name(code: str) -> str:
    """The way's word in the language spoken now; an unknown code as it is."""
    return _(WAYS[code].name) if code in WAYS else code


def result_name(code: str) -> str:
    """The result's word in the language spoken now; an unknown code as it is."""
    return _(RESULTS[code].name) if code in RESULTS else code


def occasion_name(code: str) -> str:
    """The occasion's word in the language spoken now; an unknown code as it is."""
    return _(OCCASIONS[code].name) if code in OCCASIONS else code


def condition_name(code: str) -> str:
    """The condition's word in the language spoken now; an unknown code as it is."""
    return _(CONDITIONS[code]) if code in CONDITIONS else code


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of the visit log, already joined: the words are those of the language spoken now."""

    id: int
    person_id: int
    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """Which visits of the log: days (inclusive, None = open), a person, a visitor, words anywhere."""

    since: date | None = None
    until: date | None = None
    person_id: int | None = None
    visitor: str = ""
    text: str = ""


_WAY_CHOICES = {code: way.name for code, way in WAYS.items()}
_RESULT_CHOICES = {code: result.name for code, result in RESULTS.items()}
_OCCASION_CHOICES = {code: occasion.name for code, occasion in OCCASIONS.items()}

VISIT_COLUMNS: tuple[Column, ...] = (
    Column("on", N_("Visit date"), Kind.DATE, 12),
    Column("name", N_("Name"), Kind.TEXT, 10),
    Column("result", N_("Result"), Kind.CHOICE, 14, choices=_RESULT_CHOICES),
    Column("way", N_("Way"), Kind.CHOICE, 12, choices=_WAY_CHOICES),
    Column("condition", N_("Condition found"), Kind.CHOICE, 8, choices=CONDITIONS),
    Column("words", N_("Found and said"), Kind.TEXT, 30),
    Column("visitor", N_("Visitor"), Kind.TEXT, 10),
    Column("occasion", N_("Reason for the visit"), Kind.CHOICE, 14, choices=_OCCASION_CHOICES),
    Column("next_on", N_("Next visit"), Kind.DATE, 12),
    Column("sheet", N_("Visit sheet"), Kind.CODE, 14),
    Column("place", N_("Place of the visit"), Kind.TEXT, 20),
)
