"""Who is due in a month: checked against a slow count of every day, and by what must always hold."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from retiree_desk.core.retirees import PersonId, Retiree
from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visit_plan import Due, Event, Planner, Seen, Subject
from retiree_desk.core.visit_rules import rules_in_force
from retiree_desk.core.visit_spread import Spread, cut
from retiree_desk.core.visit_words import by_rule, from_data, on_paper, to_data

RULES = rules_in_force()
TODAY = date(2026, 11, 12)
ARRIVED = date(2024, 1, 1)
ALL_IN_ONE = Spread()


def subject(
    *seen: Seen, registered: date = ARRIVED, number: int = 1, events: tuple[Event, ...] = (), **values: str
) -> Subject:
    values.setdefault("birth", "1961-05-05")
    return Subject(Retiree(PersonId(number), values), registered, ("", number), seen, events)


def due(one: Subject, month: Month | None = None, today: date = TODAY, spread: Spread = ALL_IN_ONE) -> Due:
    return Planner(RULES, month or Month.of(today), today, spread).due(one)


def codes(one: Due) -> set[str]:
    return {reason.code for reason in one.reasons} - {"V13"}


def met(day: date, way: str = "HOME", result: str = "MET", away: str = "") -> Seen:
    return Seen(way, result, away, day)


# -- the slow count


def slow_due(
    start: date, months: int, slot: int, visits: list[date], month: Month, today: date
) -> date | None:
    """The deadline of the open line of a rule once in `months`, found by walking over all periods."""
    spread = months >= 6
    last = max(visits, default=None)
    first = (start.year * 12 + start.month - 1) // months * months
    while True:
        months_of = [divmod(first + shift, 12) for shift in range(months)]
        begins = date(months_of[0][0], months_of[0][1] + 1, 1)
        end_year, end_month = months_of[-1][0], months_of[-1][1] + 1
        ends = date(end_year, end_month, monthrange(end_year, end_month)[1])
        own_year, own_month = months_of[slot if spread else 0][0], months_of[slot if spread else 0][1] + 1
        own_first = date(own_year, own_month, 1)
        own_last = date(own_year, own_month, monthrange(own_year, own_month)[1])
        first += months
        if (ends - start).days < 15 or (spread and own_last < start):
            continue  # too late in the period, or the person's own month of it was over
        if last is not None and last >= begins:
            continue  # visited in it, or after it
        if ends < today:
            return ends
        if ends < month.first:
            continue  # a month to come: taken for done by then
        return ends if own_first <= month.last else None


DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 30))


@settings(max_examples=300, deadline=None)
@given(
    start=DAYS,
    visits=st.lists(DAYS, max_size=4),
    today=st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    ahead=st.integers(0, 14),
    slot=st.integers(0, 11),
)
def test_open_periods_are_those_of_the_slow_count(
    start: date, visits: list[date], today: date, ahead: int, slot: int
) -> None:
    start = min(start, today)
    visits = [day for day in visits if day <= today]
    month = Month.of(today).plus(ahead)
    # A place that falls into the share wanted.
    spread = Spread(
        tuple(("", n) for n in (11, 21, 31, 41, 51)), tuple(("", n * 10 + 1) for n in range(1, 12))
    )
    half, year = slot % 6, slot
    for months, values, code, number in (
        (1, {"ability": "DEPENDENT"}, "V02", 1),
        (3, {"ability": "PARTLY"}, "V06", 1),
        (6, {"labels": "HARDSHIP"}, "V08", half * 10 + 5),
        (12, {}, "V13", year * 10 + 5),
    ):
        one = subject(*(met(day) for day in visits), registered=start, number=number, **values)
        found = {
            reason.due_on
            for reason in due(one, month, today, spread).reasons
            if reason.code == code and not reason.at_home
        }
        wanted = slow_due(start, months, half if months == 6 else year, visits, month, today)
        assert found == ({wanted} if wanted else set()), (months, code)


# -- what must always hold


@settings(max_examples=100, deadline=None)
@given(
    visits=st.lists(
        st.tuples(DAYS, st.sampled_from(["HOME", "PHONE"]), st.sampled_from(["MET", "NOT_MET"])), max_size=5
    ),
    today=st.dates(date(2025, 1, 1), date(2027, 12, 30)),
    living=st.sampled_from(["ALONE", "SPOUSE"]),
    birth=st.sampled_from(["1930-02-03", "1944-08-09", "1960-01-01"]),
)
def test_one_line_per_rule_and_a_day_more_is_a_day_more(
    visits: list[tuple[date, str, str]], today: date, living: str, birth: str
) -> None:
    seen = [met(day, way, result) for day, way, result in visits if day <= today]
    one = subject(*seen, living=living, birth=birth)
    now = due(one, today=today)
    lines = [(reason.code, reason.at_home) for reason in now.reasons]
    assert len(lines) == len(set(lines))
    tomorrow = {(r.code, r.at_home): r for r in due(one, today=today + timedelta(days=1)).reasons}
    for reason in now.reasons:
        assert reason.overdue_days == max(0, (today - reason.due_on).days)
        if reason.overdue_days and reason.months:
            later = tomorrow[(reason.code, reason.at_home)]
            assert later.due_on == reason.due_on and later.overdue_days == reason.overdue_days + 1


def test_nobody_is_forgotten_in_a_year_and_nobody_is_due_twice_for_one_rule() -> None:
    people = [
        subject(number=n, registered=date(2026, 1, 1), birth=f"{1935 + n % 30}-03-04") for n in range(1, 241)
    ]
    places = [one.place for one in people]
    half = [one.place for one in people if codes_meant(one) & {"V07"}]
    spread = cut(half, places)
    yearly: dict[int, int] = {}
    for ahead in range(12):
        month = Month(2026, 1).plus(ahead)
        planner = Planner(RULES, month, month.first, spread)
        for one in people:
            found = [r for r in planner.due(one).reasons if r.code == "V13"]
            assert len(found) <= 1
            if found:
                yearly.setdefault(int(one.person.id), ahead)
    assert len(yearly) == len(people)
    loads = [list(yearly.values()).count(ahead) for ahead in range(12)]
    assert max(loads) == 20 == min(loads)


def codes_meant(one: Subject) -> frozenset[str]:
    return Planner(RULES, Month(2026, 1), date(2026, 1, 1), Spread()).meant(one.person)[0]


def test_after_a_first_import_nothing_is_overdue_and_the_month_holds_its_share() -> None:
    people = [
        subject(number=n, registered=TODAY, birth="1943-01-01", labels="HARDSHIP" if n % 3 == 0 else "")
        for n in range(1, 601)
    ]
    spread = cut([one.place for one in people], [one.place for one in people])
    found = [due(one, spread=spread) for one in people]
    assert all(reason.overdue_days == 0 for one in found for reason in one.reasons)
    assert sum("V07" in codes(one) for one in found) == 100
    assert sum("V08" in codes(one) for one in found) <= 34


# -- what follows from results and whereabouts


def test_declined_closes_the_period_and_is_a_call_next_time() -> None:
    one = subject(met(date(2026, 10, 20), "HOME", "DECLINED"), category="VETERAN_CADRE")
    assert codes(due(one)) == set()
    later = due(one, today=date(2027, 1, 20))
    assert "V03" in codes(later) and later.by_phone
    one.seen = (*one.seen, met(date(2027, 1, 21), "PHONE", "REACHED"))
    assert "V03" not in codes(due(one, today=date(2027, 1, 25)))


def test_nobody_home_comes_again_within_seven_days_and_an_agreed_day_counts() -> None:
    one = subject(met(date(2026, 11, 10), "HOME", "NOT_MET"))
    again = [reason for reason in due(one).reasons if reason.code == "E09"]
    assert [reason.due_on for reason in again] == [date(2026, 11, 17)]
    call = subject(met(date(2026, 11, 10), "PHONE", "NO_ANSWER"))
    assert [r.due_on for r in due(call).reasons if r.code == "E09"] == [date(2026, 11, 13)]
    one.seen = (*one.seen, met(date(2026, 11, 11)))
    assert codes(due(one)) == set()
    one.agreed = date(2026, 11, 20)
    assert codes(due(one)) == {"NEXT"}
    assert codes(due(one, Month(2026, 10))) == set()


def test_a_stay_in_hospital_asks_for_hospital_visits_instead() -> None:
    one = subject(met(date(2026, 11, 10), "HOME", "IN_HOSPITAL"), whereabouts="HOSPITAL", ability="DEPENDENT")
    found = due(one)
    assert [r.due_on for r in found.reasons if r.code == "E01"] == [date(2026, 11, 13)]
    assert codes(found) == {"E01"} and not found.by_phone
    one.seen = (*one.seen, met(date(2026, 11, 11), "HOSPITAL"))
    assert codes(due(one)) == set()
    assert codes(due(one, today=date(2026, 12, 20))) == {"E01"}


def test_after_discharge_there_is_a_visit_within_seven_days() -> None:
    left = Event("DISCHARGED", date(2026, 11, 9), date(2026, 11, 9))
    one = subject(events=(left,))
    assert [r.due_on for r in due(one).reasons if r.code == "E02"] == [date(2026, 11, 16)]
    one.seen = (met(date(2026, 11, 10), "PHONE", "REACHED"),)
    assert codes(due(one)) == set()


def test_away_means_by_phone_until_the_day_it_ends() -> None:
    one = subject(whereabouts="ABROAD", whereabouts_until="2026-11-30", category="VETERAN_CADRE")
    assert due(one).by_phone
    assert not due(one, today=date(2026, 12, 1)).by_phone
    one.seen = (met(date(2026, 10, 20), "PHONE", "REACHED", away="ABROAD"),)
    assert "V03" not in codes(due(one))


def test_the_newly_retired_are_met_within_thirty_days_and_others_received_too() -> None:
    new = subject(registered=date(2026, 11, 5), received_on="2026-11-03", retired_on="2026-10")
    assert [(r.code, r.due_on) for r in due(new).reasons if r.code[0] == "E"] == [("E05", date(2026, 12, 3))]
    moved = subject(registered=date(2026, 11, 5), received_on="2026-11-03", retired_on="2001-10")
    assert codes(due(moved)) == {"E06"}
    old = subject(registered=date(2026, 11, 5), received_on="2020-11-03", retired_on="2020-10")
    assert codes(due(old)) == set()
    new.seen = (met(date(2026, 11, 6), "AT_OFFICE"),)
    assert codes(due(new)) == set()


def test_the_dead_are_not_due_but_their_family_is() -> None:
    died = Event("DIED", date(2026, 11, 8), date(2026, 11, 9))
    one = subject(events=(died,), life="DECEASED", ability="DEPENDENT")
    assert [(r.code, r.due_on) for r in due(one).reasons] == [("E03", date(2026, 11, 12))]
    one.seen = (met(date(2026, 11, 10), "HOME", "FAMILY_MET"),)
    assert due(one).reasons == ()
    assert codes(due(one, today=date(2026, 12, 12))) == {"E03"}
    assert due(subject(life="DECEASED")).reasons == ()
    assert due(subject(record="MOVED_OUT", ability="DEPENDENT")).reasons == ()
    assert due(subject(served_here="NO", ability="DEPENDENT")).reasons == ()
    assert codes(due(subject(handover="HANDED_OVER", ability="DEPENDENT"))) == {"V02"}


def test_the_bereaved_and_emergencies() -> None:
    lost = Event("BEREAVED", date(2026, 11, 8), date(2026, 11, 9))
    assert [(r.code, r.due_on) for r in due(subject(events=(lost,))).reasons if r.code == "E04"] == [
        ("E04", date(2026, 11, 16))
    ]
    urgent = Event("EMERGENCY", TODAY, TODAY)
    assert codes(due(subject(events=(urgent,)))) == {"E07"}


def test_milestone_birthdays_and_festivals_have_their_days() -> None:
    one = subject(birth="1946-11-20", registered=date(2026, 11, 1))
    found = [r for r in due(one).reasons if r.code == "E08"]
    assert [(r.due_on, r.note) for r in found] == [(date(2026, 11, 20), "80")]
    one.seen = (met(date(2026, 11, 14)),)
    assert "E08" not in codes(due(one, today=date(2026, 11, 21)))
    veteran = subject(category="VETERAN_CADRE", registered=date(2026, 1, 1))
    assert "F02" in codes(due(veteran, today=date(2026, 10, 12)))
    assert "F02" not in codes(due(veteran, today=date(2026, 10, 26)))
    assert "F01" in codes(due(veteran, Month(2027, 1), date(2026, 12, 20)))


def test_a_new_label_does_not_look_back() -> None:
    one = subject(registered=date(2024, 1, 1), living="ALONE", birth="1940-01-01")
    assert due(one).overdue_days > 300
    one.began = {"living": date(2026, 11, 1)}
    late = [r for r in due(one).reasons if r.code == "V01"]
    assert late and all(reason.overdue_days == 0 for reason in late)


def test_an_open_age_is_listed_apart() -> None:
    one = subject(birth="1946", registered=date(2026, 1, 1))
    found = due(one, today=date(2026, 6, 1))
    assert found.undecided == ("V07",) and "V07" not in codes(found)
    assert due(subject(birth="")).undecided[:1] == ("V04",)


def test_reasons_are_words_in_the_office_language_and_come_back_from_the_file() -> None:
    one = subject(met(date(2026, 9, 3)), living="ALONE", birth="1940-01-01")
    reasons = due(one).reasons
    assert from_data(to_data(reasons)) == list(reasons)
    assert set(by_rule(reasons, TODAY)) == {reason.code for reason in reasons}
    assert len(on_paper(reasons)) == len({reason.code for reason in reasons} - {"V13"})
