"""Who is due for a visit in a month, by which rules, and since when (DECISIONS 29, OFFICE R2-R7).

Pure: a person, what has happened, the month and today go in; open due lines come out. A rule has
one open line per person, however many periods were missed; a visit closes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from retiree_desk.core.ages import full_age
from retiree_desk.core.conditions import holds
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.retirees import Retiree
from retiree_desk.core.visit_periods import (
    Month,
    birthdays_between,
    deadline,
    first_period,
    month_of,
    period_of,
    step_span,
    window_spans,
)
from retiree_desk.core.visit_rule import Period, VisitRule
from retiree_desk.core.visit_spread import Place, Spread
from retiree_desk.core.visits import AWAY_FROM_HOME, FAILED, RESULTS, Fulfils

# The fields of a person that rules and the plan look at.
PLAN_FIELDS = (
    "birth", "celebrated_birthday", "category", "living", "ability", "health", "residence_kind", "labels",
    "politics", "party_joined", "party_full_member", "whereabouts", "whereabouts_since", "whereabouts_until",
    "received_on", "retired_on", "life", "record", "served_here",
)  # fmt: skip
_FACT_FIELDS = ("category", "living", "ability", "health", "residence_kind", "labels", "politics")

# How long what was missed stays on the list: a festival is over when it is over, a birthday or an event
# is made up for; a periodic rule stays until it is met.
FESTIVAL_LAPSES = timedelta()
BIRTHDAY_LAPSES = timedelta(days=30)
EVENT_LAPSES = timedelta(days=90)
_NEWLY_RETIRED = timedelta(days=366)
_CALLS_AFTER_DECLINED = timedelta(days=366)
# A contact that is no visit (something collected in person): only the yearly contact counts it (2.15).
CONTACT = "CONTACT"
_CONTACT_WAYS = frozenset({CONTACT})
_LONG_AGO = date(1, 1, 1)
_FAR_OFF = date(9999, 12, 31)


class Seen(NamedTuple):
    """The last visit of one way and result to a person. `away`: whereabouts on that day."""

    way: str
    result: str
    away: str
    on: date


class Event(NamedTuple):
    """Something that starts a rule; `known` is when the office learned of it."""

    kind: str
    on: date
    known: date


@dataclass(slots=True)
class Subject:
    """A person as the plan sees one. `registered`: the first day that any rule may look at."""

    person: Retiree
    registered: date
    place: Place
    seen: Sequence[Seen] = ()
    events: Sequence[Event] = ()
    agreed: date | None = None  # next visit agreed at the last one
    # Day on which a field took its present value, where known; fetched only for those overdue.
    began: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DueReason:
    """One open line of a rule. Words are made from it when it is shown (`visit_words.py`)."""

    code: str
    due_on: date
    overdue_days: int = 0
    months: int = 0  # length of the calendar period; 0 for events and windows
    at_home: bool = False  # the clause that wants a visit at home
    note: str = ""  # an age, a number of attempts


@dataclass(frozen=True, slots=True)
class Due:
    """What is open for one person. `undecided`: rules that hang on an incomplete date of birth."""

    reasons: tuple[DueReason, ...] = ()
    undecided: tuple[str, ...] = ()
    by_phone: bool = False

    @property
    def due_on(self) -> date:
        """The earliest day (the strictest rule wins)."""
        return min(reason.due_on for reason in self.reasons)

    @property
    def overdue_days(self) -> int:
        """Days since the end of the first missed period; 0 where nothing is overdue."""
        return max(reason.overdue_days for reason in self.reasons)


@lru_cache(maxsize=262144)
def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def closes(
    ways: frozenset[str],
    must_meet: bool,
    way: str,
    result: str,
    away: str = "",
    elsewhere: bool = False,
    *,
    periodic: bool = True,
) -> bool:
    """Whether a visit meets (or, declined, closes) a rule with these ways (OFFICE R5, R7, 3.7).

    `away`: the person's whereabouts that day; `elsewhere`: lives in another place. A call then stands
    for a visit at home. A visit in a care home is one at home; for a `periodic` rule one in hospital is
    too, for as long as the person lay there.
    """
    fulfils = RESULTS[result].fulfils if result in RESULTS else Fulfils.NO
    if fulfils is Fulfils.NO or (fulfils is Fulfils.UNLESS_MUST_MEET and must_meet):
        return False
    if fulfils is Fulfils.CLOSES or way in ways:
        return True
    if "HOME" in ways:
        if way == "CARE_HOME" or (periodic and way == "HOSPITAL" and away == "HOSPITAL"):
            return True
        return way in ("PHONE", "VIDEO") and (elsewhere or away in AWAY_FROM_HOME)
    return elsewhere and way in ("PHONE", "VIDEO") and "HOSPITAL" in ways


class _Clause(NamedTuple):
    rule: VisitRule
    period: Period
    ways: frozenset[str]


class Planner:
    """Works out the due lines of one month as known today. Answers are remembered by what decides them."""

    def __init__(self, rules: Iterable[VisitRule], month: Month, today: date, spread: Spread) -> None:
        self.month = month
        self.today = today
        # People are judged as they are on the first day of a month to come, else today.
        self.on = max(today, month.first)
        self._spread = spread
        self._rules = [rule for rule in rules if rule.on]
        self._clauses = [
            _Clause(
                rule,
                period,
                frozenset(period.ways or rule.ways) | (_CONTACT_WAYS if not rule.printed else frozenset()),
            )
            for rule in self._rules
            for period in rule.periods
        ]
        self._windows = [
            (rule, frozenset(rule.ways), span)
            for rule in self._rules
            if rule.window
            for span in window_spans(rule.window, month.first, month.last)
        ]
        self._ways = {rule.code: rule.ways for rule in self._rules}
        self._age_from = {rule.code: rule.age_from for rule in self._rules}
        self._ages: dict[str, tuple[int, int] | None] = {}
        self._reached: dict[tuple[str, int], date] = {}
        self._events = {rule.event: rule for rule in self._rules if rule.event}
        self._milestones = next((rule for rule in self._rules if rule.birthdays), None)
        ages = self._milestones.birthdays if self._milestones else ()
        self._milestone_years = frozenset(age + shift for age in ages for shift in (-1, 0, 1))
        self._asks_party = any("politics" in rule.fields for rule, _ways, _span in self._windows)
        # Rules that can put somebody on this month's list, asked once per kind of person.
        asked = {rule.code: rule for rule in self._rules if rule.periods}
        asked |= {rule.code: rule for rule, _ways, _span in self._windows}
        self._asked = list(asked.values())
        self._answers: dict[tuple[object, ...], tuple[frozenset[str], tuple[str, ...]]] = {}
        self._closing: dict[tuple[object, ...], bool] = {}
        self._periods: dict[tuple[object, ...], DueReason | None] = {}

    # -- whom a rule means

    def meant(self, person: Retiree) -> tuple[frozenset[str], tuple[str, ...]]:
        """Codes of the rules that mean this person on the day, and of those that cannot be decided."""
        values = person.values
        key: tuple[object, ...] = (self._age(values.get("birth", "")), *map(values.get, _FACT_FIELDS))
        if self._asks_party:
            key += (values.get("party_joined"), values.get("party_full_member"))
        found = self._answers.get(key)
        if found is None:
            certain, open_ = set(), []
            for rule in self._asked:
                answer = holds(rule.who, person, self.on)
                if answer:
                    certain.add(rule.code)
                elif answer is None:
                    open_.append(rule.code)
            found = self._answers[key] = frozenset(certain), tuple(open_)
        return found

    def _age(self, birth: str) -> tuple[int, int] | None:
        """The lowest and highest age on the day; None where nothing is known of the birth."""
        if birth not in self._ages:
            born = _date(birth)
            age = full_age(born, self.on) if born else None
            self._ages[birth] = (age.low, age.high) if age else None
        return self._ages[birth]

    def _birthday_of(self, birth: str, age: int) -> date:
        """The day by which an age is reached for certain."""
        key = (birth, age)
        if key not in self._reached:
            born = _date(birth)
            self._reached[key] = born.plus_years(age).last() if born else _LONG_AGO
        return self._reached[key]

    # -- what is open

    def spread_by(self, spread: Spread) -> None:
        """Uses these months of their own for half-yearly and yearly rules from now on."""
        self._spread = spread
        self._periods.clear()

    def due(self, subject: Subject) -> Due:
        """Everything open for the person in the month; nothing for those not served (OFFICE 2.23)."""
        person = subject.person
        if not person.is_served:
            return Due(tuple(self._after_death(subject)))
        certain, undecided = self.meant(person)
        whereabouts = self._whereabouts(person)
        elsewhere = person["residence_kind"] == "ELSEWHERE"
        in_hospital = whereabouts == "HOSPITAL"
        reasons: list[DueReason] = []
        for number, clause in enumerate(self._clauses):
            if clause.rule.code in certain and not (in_hospital and clause.rule.printed):
                reason = self._periodic(number, clause, subject, elsewhere)
                if reason:
                    reasons.append(reason)
        if not in_hospital:
            for rule, ways, span in self._windows:
                if rule.code in certain:
                    reasons += self._within(rule, ways, span, subject, elsewhere)
            if self._milestones:
                reasons += self._birthday(self._milestones, subject, elsewhere)
        reasons += self._eventful(subject, whereabouts, elsewhere)
        last = last_visit(subject.seen)
        by_phone = (
            elsewhere
            or whereabouts in AWAY_FROM_HOME
            or (last is not None and last.result == "DECLINED")
            or all(_phone_only(self._ways[reason.code]) for reason in reasons)
        )
        return Due(tuple(reasons), undecided, by_phone and not in_hospital)

    def _whereabouts(self, person: Retiree) -> str:
        """Where the person is; what has ended by its date no longer counts (OFFICE R7)."""
        until = _date(person["whereabouts_until"])
        return "" if until is not None and until.last() < self.on else person["whereabouts"]

    def _closed(self, rule: VisitRule, ways: frozenset[str], subject: Subject, elsewhere: bool) -> date:
        """The last day on which a visit met or closed the rule."""
        last = _LONG_AGO
        for visit in subject.seen:
            if visit.on > last:
                calls = elsewhere or _after_declined(visit, subject.seen)
                key = (ways, rule.must_meet, visit.way, visit.result, visit.away, calls)
                periodic = bool(rule.periods)
                answer = self._closing.get((periodic, *key))
                if answer is None:
                    answer = self._closing[(periodic, *key)] = closes(*key, periodic=periodic)
                if answer:
                    last = visit.on
        return last

    def _began(self, rule: VisitRule, subject: Subject) -> date:
        """The first day the rule may look at: arrival, the birthday that made it hold, a changed field."""
        start = subject.registered
        age = self._age_from[rule.code]
        if age:
            start = max(start, self._birthday_of(subject.person["birth"], age))
        if subject.began:
            start = max([start, *(day for key, day in subject.began.items() if key in rule.fields)])
        return start

    def _periodic(self, number: int, clause: _Clause, subject: Subject, elsewhere: bool) -> DueReason | None:
        period = clause.period
        start = self._began(clause.rule, subject)
        closed = self._closed(clause.rule, clause.ways, subject, elsewhere)
        slot = self._spread.slot(period.months, subject.place) if period.spread else 0
        key = (number, slot, start, closed)
        if key not in self._periods:
            self._periods[key] = self._open_period(clause, slot, start, closed)
        return self._periods[key]

    def _open_period(self, clause: _Clause, slot: int, start: date, closed: date) -> DueReason | None:
        period = clause.period
        due = first_period(period, slot, start)
        if closed > _LONG_AGO:
            due = max(due, period_of(period.months, closed) + 1)
        end = deadline(period, due)
        while self.today <= end < self.month.first:
            # A month to come: what is not yet missed is taken for done by then.
            due += 1
            end = deadline(period, due)
        if month_of(period.months, due, slot).first > self.month.last:
            return None
        return DueReason(
            clause.rule.code, end, max(0, (self.today - end).days), period.months, bool(period.ways)
        )

    def _span(
        self,
        rule: VisitRule,
        span: tuple[date, date],
        closed: date,
        lapses: timedelta = EVENT_LAPSES,
        note: str = "",
    ) -> list[DueReason]:
        """The line of a span of days, where it is open in the month and not closed since it opened."""
        opens, due = span
        if closed >= opens or opens > self.month.last:
            return []
        if due + lapses < self.today or self.today <= due < self.month.first:
            return []
        return [DueReason(rule.code, due, max(0, (self.today - due).days), note=note)]

    def _within(
        self,
        rule: VisitRule,
        ways: frozenset[str],
        span: tuple[date, date],
        subject: Subject,
        elsewhere: bool,
        age: int = 0,
    ) -> list[DueReason]:
        """A festival's window, or that of a milestone birthday where `age` is given."""
        if span[1] < subject.registered:
            return []
        closed = self._closed(rule, ways, subject, elsewhere)
        if age:
            return self._span(rule, span, closed, BIRTHDAY_LAPSES, str(age))
        return self._span(rule, span, closed, FESTIVAL_LAPSES)

    def _birthday(self, rule: VisitRule, subject: Subject, elsewhere: bool) -> list[DueReason]:
        birth = _date(subject.person["birth"])
        if birth is None or self.month.year - birth.year not in self._milestone_years:
            return []
        found: list[DueReason] = []
        first = self.month.first - BIRTHDAY_LAPSES
        last = self.month.last + timedelta(days=7)
        for age, day in birthdays_between(
            birth, subject.person["celebrated_birthday"], rule.birthdays, first, last
        ):
            span = day - timedelta(days=7), day
            found += self._within(rule, frozenset(rule.ways), span, subject, elsewhere, age)
        return found

    # -- events

    def _eventful(self, subject: Subject, whereabouts: str, elsewhere: bool) -> list[DueReason]:
        events = [*subject.events, *self._known_events(subject, whereabouts)]
        found: list[DueReason] = []
        for kind in dict.fromkeys(event.kind for event in events):
            rule = self._events.get(kind)
            if rule is None or kind == "DIED":
                continue
            newest = max((event for event in events if event.kind == kind), key=lambda event: event.on)
            if (kind == "ADMITTED") == (whereabouts == "HOSPITAL") or kind in ("BEREAVED", "EMERGENCY"):
                found += self._steps(rule, newest, subject, elsewhere)
        if whereabouts != "HOSPITAL":
            found += self._again(subject)
        return found + self._agreed(subject)

    def _known_events(self, subject: Subject, whereabouts: str) -> list[Event]:
        """Events that the record itself tells of: a stay in hospital, the day of being received."""
        person, events = subject.person, []
        if whereabouts == "HOSPITAL" and not any(event.kind == "ADMITTED" for event in subject.events):
            since = _date(person["whereabouts_since"])
            told = max((v.on for v in subject.seen if v.result == "IN_HOSPITAL"), default=None)
            known = told or max(since.last() if since else _LONG_AGO, subject.registered)
            events.append(Event("ADMITTED", known, known))
        received = _date(person["received_on"])
        if received is not None:
            day = received.last()
            retired = _date(person["retired_on"])
            moved = retired is not None and retired.last() + _NEWLY_RETIRED < day
            events.append(Event("MOVED_IN" if moved else "RECEIVED", received.first(), day))
        return events

    def _steps(self, rule: VisitRule, event: Event, subject: Subject, elsewhere: bool) -> list[DueReason]:
        ways = frozenset(rule.ways)
        closed = self._closed(rule, ways, subject, elsewhere)
        found: list[DueReason] = []
        for step in rule.steps:
            span = step_span(step, event.on, event.known)
            if span[1] < subject.registered:
                continue
            lapses = _FAR_OFF - span[1] if rule.repeat_from else EVENT_LAPSES
            found += self._span(rule, span, closed, lapses)
        if rule.repeat_from and not found:
            # A long stay: every month from the 30th day on, for as long as it lasts.
            start = event.known + timedelta(days=rule.repeat_from)
            if start <= self.month.last:
                clause = _Clause(rule, Period(1), ways)
                since = start.replace(day=1)
                reason = self._open_period(clause, 0, since, closed)
                found += [reason] if reason and reason.due_on >= start else []
        return found[:1]

    def _again(self, subject: Subject) -> list[DueReason]:
        """Nobody home, no answer: again within the days of that result, until somebody is found (R6)."""
        rule = self._events.get("NOT_MET")
        last = last_visit(subject.seen)
        if rule is None or last is None or last.result not in FAILED:
            return []
        due = last.on + timedelta(days=RESULTS[last.result].again_days)
        return self._span(rule, (last.on, due), _LONG_AGO, _FAR_OFF - due)

    def _agreed(self, subject: Subject) -> list[DueReason]:
        rule = self._events.get("AGREED")
        day = subject.agreed
        if rule is None or day is None:
            return []
        return self._span(rule, (day.replace(day=1), day), _LONG_AGO, _FAR_OFF - day)

    def _after_death(self, subject: Subject) -> list[DueReason]:
        """The visits to the family of somebody who was served here (E03); nothing else is due."""
        rule = self._events.get("DIED")
        deaths = [event for event in subject.events if event.kind == "DIED"]
        served = subject.person["served_here"] != "NO" and subject.person["record"] != "MOVED_OUT"
        if rule is None or not deaths or subject.person.is_living or not served:
            return []
        return self._steps(rule, max(deaths, key=lambda event: event.on), subject, False)


def last_visit(seen: Iterable[Seen]) -> Seen | None:
    """The latest visit anybody made; on one day, one that found the person counts last."""
    made = [visit for visit in seen if visit.result != "NOT_ATTEMPTED" and visit.way != CONTACT]
    return max(made, key=lambda visit: (visit.on, visit.result not in FAILED), default=None)


def _after_declined(visit: Seen, seen: Iterable[Seen]) -> bool:
    """Whether it is a call after the door was closed: then calls stand for visits for a year (R5)."""
    return visit.way in ("PHONE", "VIDEO") and any(
        other.result == "DECLINED" and other.on < visit.on <= other.on + _CALLS_AFTER_DECLINED
        for other in seen
    )


def _phone_only(ways: tuple[str, ...]) -> bool:
    return bool(ways) and set(ways) <= {"PHONE", "VIDEO"}


def worth_asking(reasons: Iterable[DueReason], rules: Mapping[str, VisitRule]) -> frozenset[str]:
    """Fields whose last change could shorten what is overdue, for `Subject.began`."""
    late = (rules[reason.code] for reason in reasons if reason.overdue_days and reason.months)
    return frozenset().union(*(rule.fields for rule in late))
