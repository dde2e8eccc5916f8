"""Ages and party years: sure, or said to be open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retiree_desk.core.dates import (
    PartialDate,
    birthday_in,
    fifty_years_on_first_july,
    full_age,
    nominal_age,
    paper,
    party_since,
    party_years,
    year_age,
)

D = PartialDate.parse


def test_stored_and_printed_forms() -> None:
    assert [str(D(text)) for text in ("1955", "1955-03", "1955-03-12")] == ["1955", "1955-03", "1955-03-12"]
    assert [paper(D(text)) for text in ("1955", "1955-10")] == ["1955", "1955.10"]
    assert paper(None) == ""
    assert D("1955-02").last() == date(1955, 2, 28)
    assert [D(t).precision for t in ("1955", "1955-03", "1955-03-12")] == ["year", "month", "day"]


@pytest.mark.parametrize(
    "text", ["", "55", "1955-3", "1955-13", "1955-02-30", "1955-00", "1955-03-00", "1955.03"]
)
def test_other_texts_are_not_stored_dates(text: str) -> None:
    with pytest.raises(ValueError):
        D(text)


@given(st.lists(st.dates(date(1900, 1, 1), date(2030, 1, 1)), min_size=2), st.integers(0, 2))
def test_dates_sort_like_their_text(days: list[date], cut: int) -> None:
    values = [PartialDate(d.year, d.month if n >= cut else 0, 0) for n, d in enumerate(days)]
    assert [str(v) for v in sorted(values)] == sorted(str(v) for v in values)


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        ("1945-08-15", date(2025, 8, 14), "79"),
        ("1945-08-15", date(2025, 8, 15), "80"),
        ("1948-02-29", date(2026, 2, 27), "77"),
        ("1948-02-29", date(2026, 2, 28), "78"),
        ("1948-02-29", date(2028, 2, 28), "79"),
        ("1945-08", date(2025, 8, 1), "79-80"),
        ("1945-08", date(2025, 8, 31), "80"),
        ("1945-08", date(2025, 7, 31), "79"),
        ("1945", date(2025, 12, 31), "80"),
        ("1945", date(2025, 6, 1), "79-80"),
    ],
)
def test_full_age(birth: str, on: date, age: str) -> None:
    assert str(full_age(D(birth), on)) == age


def test_a_threshold_is_reached_not_reached_or_open() -> None:
    age = full_age(D("1945-08"), date(2025, 8, 10))
    assert (age.at_least(79), age.at_least(80), age.at_least(81)) == (True, None, False)
    assert not age.certain


def test_calendar_year_and_nominal_age() -> None:
    assert year_age(D("1945"), 2026) == 81
    assert nominal_age(D("1945-12-31"), 2026) == 82


def test_birthday_of_a_leap_day() -> None:
    assert birthday_in(D("1948-02-29"), 2026) == date(2026, 2, 28)
    assert birthday_in(D("1948-02-29"), 2028) == date(2028, 2, 29)
    assert birthday_in(D("1948-02"), 2026) is None


@pytest.mark.parametrize(
    ("joined", "full", "since", "derived", "first_list"),
    [  # OFFICE 8.2
        ("1968-09-10", "1969-09-10", "1969-09-10", False, 2020),
        ("1976-05", "", "1976-05", False, 2026),
        ("1976-09", "", "1976-09", False, 2027),
        ("1977-08-11", "", "1977-08-11", False, 2028),
        ("1978-03-15", "1979-03-15", "1979-03-15", False, 2029),
        ("1978-03-15", "", "1979-03-15", True, 2029),
        ("1978-08-20", "1979-08-20", "1979-08-20", False, 2030),
        ("1956-09-15", "", "1957-09-15", True, 2008),
        ("1969-03-31", "", "1970-03-31", True, 2020),
        ("1969-04-01", "", "1969-04-01", False, 2019),
        ("1977-08-12", "", "1978-08-12", True, 2029),
    ],
)
def test_party_years_count_from_full_membership(
    joined: str, full: str, since: str, derived: bool, first_list: int
) -> None:
    found, worked_out = party_since(D(joined), D(full) if full else None)
    assert found is not None
    assert (str(found), worked_out) == (since, derived)
    reached = [year for year in range(2000, 2040) if fifty_years_on_first_july(found, year)]
    assert reached[0] == first_list


@pytest.mark.parametrize("joined", ["1952-03", "1956", "1956-09", "1969", "1977", "1977-08"])
def test_where_the_rule_cannot_say_it_is_asked(joined: str) -> None:
    assert party_since(D(joined), None) == (None, False)


def test_only_full_membership_known_or_nothing_at_all() -> None:
    assert party_since(None, D("1980")) == (D("1980"), False)
    assert party_since(None, None) == (None, False)


def test_fifty_years_stay_open_where_the_day_decides() -> None:
    assert fifty_years_on_first_july(D("1976-07"), 2026) is None
    assert fifty_years_on_first_july(D("1976-07-01"), 2026) is True
    assert fifty_years_on_first_july(D("1976-07-02"), 2026) is False
    assert str(party_years(D("1976-05"), date(2026, 7, 1))) == "50"
