"""Who is entitled, why, and who is not: schemes against plain tables and an independent calculation."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retiree_desk.core.conditions import FULL_AGE, AllOf, between, one_of
from retiree_desk.core.entitlement import Moment, Reason
from retiree_desk.core.retirees import CATEGORIES, LABELS, PersonId, Retiree
from retiree_desk.core.schemes import (
    ALIVE_AT_ISSUE,
    Goods,
    Scheme,
    Tier,
    goods_text,
    occasion_day,
    scheme_as_json,
    scheme_from_json,
)
from retiree_desk.core.shipped_schemes import SHIPPED
from retiree_desk.core.welfare import (
    Grant,
    Proposal,
    check_code,
    default_grouping,
    numbered,
    propose,
    same_names,
    without,
)
from retiree_desk.core.welfare_reasons import REASONS, reason_text, reasons_text

DOUBLE_NINTH = date(2026, 10, 18)
TODAY = date(2026, 10, 8)


def person(number: int = 1, **values: str) -> Retiree:
    return Retiree(PersonId(number), {"name": "张三", "category": "RETIRED", **values})


def made(
    code: str,
    *people: Retiree,
    on: date = DOUBLE_NINTH,
    year: int | None = None,
    today: date = TODAY,
    granted: dict[int, list[Grant]] | None = None,
) -> Proposal:
    return propose(SHIPPED[code], people, Moment(on, year or on.year), today=today, granted=granted)


def where(proposal: Proposal) -> str:
    """In which part the only person is."""
    parts = {
        "in": proposal.lines,
        "out": proposal.excluded,
        "open": proposal.undecided,
    }
    (found,) = [name for name, part in parts.items() if part]
    return found


@pytest.mark.parametrize(
    ("born", "fen"),
    [
        ("1957", None),
        ("1956", 10000),
        ("1955", None),
        ("1951-12", 10000),
        ("1946-12-31", 20000),
        ("1945", None),
        ("1941-01-01", 20000),
        ("1937", None),
        ("1936", 30000),
        ("1930", 30000),
        ("1927", 30000),
        ("1926", 50000),
        ("1920", 50000),
    ],
)
def test_double_ninth_pays_by_age_in_the_year(born: str, fen: int | None) -> None:
    proposal = made("W06", person(birth=born))
    assert [line.amount_fen for line in proposal.lines] == ([fen] if fen else [])
    assert len(proposal.excluded) == (0 if fen else 1)


def test_without_a_birth_date_nobody_is_forgotten() -> None:
    proposal = made("W06", person())
    assert where(proposal) == "open"
    assert proposal.undecided[0].reasons == (Reason("birth_unknown"),)


def test_stated_year_counts_not_the_day() -> None:
    born = person(birth="1946-05-01")
    december = date(2025, 12, 28)
    assert where(made("W06", born, on=december)) == "out"
    assert where(made("W06", born, on=december, year=2026)) == "in"


@pytest.mark.parametrize(
    ("joined", "full", "first"),
    [
        ("1968-09-10", "1969-09-10", 2020),
        ("1976-05", "", 2026),
        ("1976-09", "", 2027),
        ("1977-08-11", "", 2028),
        ("1978-03-15", "1979-03-15", 2029),
        ("1978-03-15", "", 2029),
        ("1978-08-20", "1979-08-20", 2030),
    ],
)
def test_fifty_years_medal(joined: str, full: str, first: int) -> None:
    """The cases of OFFICE 8.2: in the list of the first year, not in the one before."""
    one = person(politics="CPC", party_joined=joined, party_full_member=full)
    assert where(made("W10", one, on=date(first - 1, 7, 1))) == "out"
    assert where(made("W10", one, on=date(first, 7, 1))) == "in"


def test_medal_says_when_the_day_was_worked_out() -> None:
    one = person(politics="CPC", party_joined="1978-03-15")
    line = made("W10", one, on=date(2029, 7, 1)).lines[0]
    assert line.reasons[0].code == "party_years_derived"
    assert line.reasons[0].params["since"] == "1979-03-15"


@pytest.mark.parametrize(
    ("politics", "joined", "part"),
    [
        ("CPC", "", "open"),  # a member whose dates are not known
        ("CPC", "1976", "open"),  # before or after 1 July decides
        ("CPC", "1952", "in"),  # however long the probation was
        ("", "1970", "in"),
        ("CPC_PROBATION", "1970", "out"),
        ("MASSES", "", "out"),
    ],
)
def test_medal_where_dates_are_incomplete(politics: str, joined: str, part: str) -> None:
    one = person(politics=politics, party_joined=joined)
    assert where(made("W10", one, on=date(2026, 7, 1))) == part


@pytest.mark.parametrize(
    ("labels", "fen"),
    [
        ("HARDSHIP_1", 50000),
        ("HARDSHIP", 50000),
        ("DIBAO", 100000),
        ("HARDSHIP_2", 100000),
        ("HARDSHIP_3", 200000),
        ("DESTITUTE", 200000),
        ("HARDSHIP_1,DESTITUTE", 200000),
        ("DIBAO,HARDSHIP_1", 100000),
    ],
)
def test_highest_hardship_tier_counts(labels: str, fen: int) -> None:
    assert [line.amount_fen for line in made("W02", person(labels=labels)).lines] == [fen]


def test_a_couple_gets_two_lines() -> None:
    couple = [
        Retiree(PersonId(1), {"name": "张三", "birth": "1946", "sex": "M"}, spouse_id=PersonId(2)),
        Retiree(PersonId(2), {"name": "李四", "birth": "1946", "sex": "F"}, spouse_id=PersonId(1)),
    ]
    assert {line.person.id for line in made("W06", *couple).lines} == {1, 2}


@pytest.mark.parametrize(
    ("died", "on", "today", "part"),
    [
        ("2026-10-17", DOUBLE_NINTH, date(2026, 11, 1), "out"),
        ("2026-10-18", DOUBLE_NINTH, date(2026, 11, 1), "out"),
        ("2026-10-19", DOUBLE_NINTH, date(2026, 11, 1), "in"),
        ("2026-10", DOUBLE_NINTH, date(2026, 11, 1), "open"),
        ("2026", DOUBLE_NINTH, date(2026, 11, 1), "open"),
        ("", DOUBLE_NINTH, date(2026, 11, 1), "open"),
        ("2025", DOUBLE_NINTH, date(2026, 11, 1), "out"),
        # Made before the day: who is entered as dead has died before it.
        ("2026-10", DOUBLE_NINTH, TODAY, "out"),
        ("", DOUBLE_NINTH, TODAY, "out"),
    ],
)
def test_the_dead_by_the_basis_date(died: str, on: date, today: date, part: str) -> None:
    one = person(birth="1946", life="DECEASED", died_on=died)
    proposal = made("W06", one, on=on, today=today)
    assert where(proposal) == part
    if part == "in":
        assert proposal.lines[0].note == "family_collects"


def test_alive_at_issue_leaves_out_who_died_since() -> None:
    scheme = Scheme("X", "x", "OTHER", life=ALIVE_AT_ISSUE)
    one = person(life="DECEASED", died_on="2026-10-19")
    found = propose(scheme, [one], Moment(DOUBLE_NINTH, 2026), today=date(2026, 11, 1))
    assert where(found) == "out"


@pytest.mark.parametrize(
    "values",
    [{"record": "MOVED_OUT"}, {"record": "ARCHIVED"}, {"served_here": "NO"}],
)
def test_only_who_is_served_here(values: dict[str, str]) -> None:
    assert where(made("W01", person(**values))) == "out"


def test_handed_over_but_served_here_gets_the_parcel() -> None:
    """OFFICE 2.23: schemes look at 本站服务对象, never at the handover state."""
    line = made("W01", person(handover="HANDED_OVER")).lines[0]
    assert line.amount_fen == 0
    assert [each.quantity for each in line.goods] == [1, 1]


def test_nobody_twice_in_a_year() -> None:
    before = {1: [Grant("2026-重阳-01", 2026)]}
    proposal = made("W06", person(birth="1946"), granted=before)
    assert where(proposal) == "out"
    assert "2026-重阳-01" in reasons_text(proposal.excluded[0].reasons)
    assert where(made("W06", person(birth="1946"), granted={1: [Grant("2025-重阳-01", 2025)]})) == "in"


def test_milestones_once_each() -> None:
    at_80 = {1: [Grant("2016-整寿-01", 2016, 3)]}  # the tier of 70
    assert where(made("W12", person(birth="1946"), granted=at_80)) == "in"
    again = {1: [Grant("2026-整寿-01", 2026, 2)]}
    assert where(made("W12", person(birth="1946"), granted=again)) == "out"


def test_full_age_left_open_by_the_missing_day() -> None:
    scheme = Scheme("X", "x", "OTHER", tiers=(Tier(between(FULL_AGE, 80), 100),))
    moment = Moment(DOUBLE_NINTH, 2026)

    def part(birth: str) -> str:
        return where(propose(scheme, [person(birth=birth)], moment, today=TODAY))

    assert [part(born) for born in ("1946-10-18", "1946-10-19", "1946-10", "1946", "1946-11", "1945")] == [
        "in",
        "out",
        "open",
        "open",
        "out",
        "in",
    ]


def test_conditions_on_units_include_what_lies_below() -> None:
    scheme = Scheme("X", "x", "OTHER", who=one_of("unit", "机关党总支"))
    moment = Moment(DOUBLE_NINTH, 2026, {"第一党支部": frozenset({"机关党总支"})})
    below, other = person(1, party_branch="第一党支部"), person(2, party_branch="第二党支部")
    found = propose(scheme, [below, other], moment, today=TODAY)
    assert [line.person.id for line in found.lines] == [1]


def _slow_double_ninth(birth_year: int, year: int) -> int:
    """The table of OFFICE 5.2 W06 written out, in yuan."""
    age = year - birth_year
    if age >= 100:
        return 500
    if age >= 90:
        return 300
    return {70: 100, 75: 100, 80: 200, 85: 200}.get(age, 0)


_people = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["王秀英", "张伟", "欧阳修", "李娜"])},
        optional={
            "birth": st.builds(
                lambda year, month: f"{year}-{month:02d}" if month else str(year),
                st.integers(1915, 1975),
                st.integers(0, 12),
            ),
            "life": st.sampled_from(["ALIVE", "DECEASED"]),
            "died_on": st.sampled_from(["2026", "2026-10", "2026-10-20", "2025-01-01"]),
            "record": st.sampled_from(["ON_REGISTER", "MOVED_OUT"]),
            "category": st.sampled_from(sorted(CATEGORIES)),
            "labels": st.lists(st.sampled_from(sorted(LABELS)), max_size=3, unique=True).map(",".join),
            "politics": st.sampled_from(["CPC", "CPC_PROBATION", "MASSES"]),
            "party_joined": st.sampled_from(["1950", "1969", "1976-05", "1978-03-15"]),
            "sort_no": st.integers(1, 99).map(str),
            "party_branch": st.sampled_from(["第一党支部", "第十党支部", "第二党支部"]),
        },
    ).map(lambda values: {key: value for key, value in values.items() if value}),
    max_size=12,
).map(lambda rows: [Retiree(PersonId(place), row) for place, row in enumerate(rows, 1)])


@given(_people, st.sampled_from(sorted(SHIPPED)), st.integers(2025, 2028))
def test_everybody_is_in_exactly_one_part(people: list[Retiree], code: str, year: int) -> None:
    scheme = SHIPPED[code]
    proposal = made(code, *people, on=date(year, 10, 1), today=date(2026, 11, 1))
    parts = [proposal.lines, proposal.excluded, proposal.undecided]
    numbers = sorted(one.person.id for part in parts for one in part)
    assert numbers == ([] if scheme.by_hand else [one.id for one in people])
    assert proposal.total_fen == sum(line.amount_fen for line in proposal.lines)
    for one in itertools.chain(proposal.lines, proposal.excluded, proposal.undecided):
        assert one.reasons
        assert reasons_text(one.reasons)
        assert "{" not in reasons_text(one.reasons)


@given(_people, st.integers(2026, 2030))
def test_double_ninth_against_the_written_table(people: list[Retiree], year: int) -> None:
    proposal = made("W06", *people, on=date(year, 10, 1), today=date(2026, 11, 1))
    got = {line.person.id: line.amount_fen for line in proposal.lines}
    for one in people:
        alive = one["life"] != "DECEASED" and one["record"] != "MOVED_OUT"
        if alive and one["birth"]:
            yuan = _slow_double_ninth(int(one["birth"][:4]), year)
            assert got.get(one.id, 0) == yuan * 100


@given(_people)
def test_taking_out_and_numbering_lose_nobody(people: list[Retiree]) -> None:
    proposal = made("W01", *people)
    gone = {line.person.id: "重复" for line in proposal.lines[::2]}
    rest = without(proposal, gone)
    assert len(rest.lines) + len(gone) == len(proposal.lines)
    assert len(rest.excluded) == len(proposal.excluded) + len(gone)
    field = default_grouping(rest.lines)
    order = numbered(rest.lines, field)
    assert sorted(line.person.id for line in order) == sorted(line.person.id for line in rest.lines)
    units = [key for key, _lines in itertools.groupby(line.person[field] for line in order if field)]
    assert len(units) == len(set(units))  # each unit stands together
    assert [unit for unit in units if unit] == sorted(
        (unit for unit in units if unit), key=["第一党支部", "第二党支部", "第十党支部"].index
    )


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_a_scheme_survives_being_stored(code: str) -> None:
    scheme = SHIPPED[code]
    again = scheme_from_json(scheme_as_json(scheme), enabled=scheme.enabled, builtin=True)
    assert again == scheme


def test_shipped_schemes_are_those_of_the_office_book() -> None:
    assert list(SHIPPED) == [f"W{number:02d}" for number in range(1, 22)]
    off = {"W05", "W07", "W08", "W11", "W17", "W18", "W20", "W21"}
    assert {code for code, scheme in SHIPPED.items() if not scheme.enabled} == off


def test_check_code_follows_every_figure() -> None:
    rows = [[1, 7, "张三", 10000, "[]", "当年 70 岁"], [2, 8, "李四", 20000, "[]", "当年 80 岁"]]
    code = check_code(rows)
    assert code == check_code([list(row) for row in rows])
    for line, place in itertools.product(range(2), range(6)):
        other = [list(row) for row in rows]
        other[line][place] = "x"
        assert check_code(other) != code


def test_same_names_get_birth_year_and_building() -> None:
    lines = [
        ("王秀英", "1945-03", "7号楼"),
        ("张三", "1950", "1号楼"),
        ("王秀英", "1938", ""),
        ("王 秀英", "", "2号楼"),
    ]
    assert same_names(lines) == {0: "1945年·7号楼", 2: "1938年", 3: "2号楼"}


def test_festivals_find_their_day() -> None:
    assert occasion_day("DOUBLE_NINTH", 2026) == date(2026, 10, 18)
    assert occasion_day("TWO_FESTIVALS", 2026) == date(2026, 2, 17)
    assert occasion_day("JULY_FIRST", 2026) == date(2026, 7, 1)
    assert occasion_day("HOSPITAL", 2026) is None


def test_goods_as_words() -> None:
    assert goods_text((Goods("大米", 1, "袋"), Goods("食用油", 2, "桶"))) == "大米1袋、食用油2桶"


def test_an_unknown_reason_is_shown_as_it_is() -> None:
    assert reason_text(Reason("from_a_newer_version")) == "from_a_newer_version"
    assert all(reason for reason in REASONS.values())


def test_everybody_is_a_condition_that_holds() -> None:
    scheme = Scheme("X", "x", "OTHER", who=AllOf())
    assert where(propose(scheme, [person()], Moment(DOUBLE_NINTH, 2026), today=TODAY)) == "in"
