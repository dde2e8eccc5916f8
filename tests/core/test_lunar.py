"""The lunar calendar against a second library, and the office's rules on top of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from lunar_python import Lunar, LunarYear, Solar

from retiree_desk.core.lunar import (
    FESTIVALS,
    Celebrated,
    LunarDate,
    celebrated_between,
    celebrated_on,
    festival,
    lunar_nominal_age,
    lunar_to_solar,
    solar_to_lunar,
)

LUNAR = {
    "SPRING_FESTIVAL": (1, 1),
    "LANTERN": (1, 15),
    "DRAGON_BOAT": (5, 5),
    "MID_AUTUMN": (8, 15),
    "DOUBLE_NINTH": (9, 9),
}


def theirs(year: int, month: int, day: int) -> date:
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def test_every_festival_of_150_years_agrees_with_another_library() -> None:
    for year in range(1950, 2101):
        for code, (month, day) in LUNAR.items():
            assert festival(code, year) == theirs(year, month, day), (code, year)
        assert festival("NEW_YEARS_EVE", year) + timedelta(days=1) == theirs(year, 1, 1)
        if year > 1950:
            assert festival("LABA", year) == theirs(year - 1, 12, 8)


def test_every_month_of_150_years_begins_on_the_same_day() -> None:
    for year in range(1950, 2101):
        for month in LunarYear.fromYear(year).getMonths():
            if month.getYear() != year:
                continue
            number = month.getMonth()
            ours = lunar_to_solar(year, abs(number), 1, number < 0)
            assert ours == theirs(year, number, 1), (year, number)


def test_days_read_back_and_agree_with_another_library() -> None:
    day = date(1950, 1, 1)
    while day < date(2100, 12, 31):
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        month = lunar.getMonth()
        assert solar_to_lunar(day) == LunarDate(lunar.getYear(), abs(month), lunar.getDay(), month < 0)
        found = solar_to_lunar(day)
        assert lunar_to_solar(found.year, found.month, found.day, found.leap) == day
        day += timedelta(days=53)


@pytest.mark.parametrize(("year", "month"), [(2057, 9), (2089, 8), (2097, 7)])
def test_new_moons_close_to_midnight(year: int, month: int) -> None:
    first = theirs(year, month, 1)
    for day in (first + timedelta(days=n) for n in range(-32, 62)):
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        found = solar_to_lunar(day)
        assert (found.month, found.day, found.leap) == (lunar.getMonth(), lunar.getDay(), False)
        assert lunar_to_solar(found.year, found.month, found.day) == day


def test_known_festivals() -> None:
    assert festival("SPRING_FESTIVAL", 2026) == date(2026, 2, 17)
    assert festival("NEW_YEARS_EVE", 2026) == date(2026, 2, 16)
    assert festival("DOUBLE_NINTH", 2026) == date(2026, 10, 18)
    assert festival("JULY_FIRST", 2026) == date(2026, 7, 1)
    assert festival("NATIONAL_DAY", 2026) == date(2026, 10, 1)
    assert festival("QINGMING", 2026) == date(2026, 4, 5)
    assert all(festival(code, 2030).year == 2030 for code in FESTIVALS)
    with pytest.raises(KeyError):
        festival("CHRISTMAS", 2026)


def test_a_leap_month_birthday_in_an_ordinary_year_is_in_the_ordinary_month() -> None:
    assert lunar_to_solar(2020, 4, 15, leap=True) == theirs(2020, -4, 15)
    assert lunar_to_solar(2021, 4, 15, leap=True) == theirs(2021, 4, 15)


def test_the_thirtieth_of_a_short_month_is_the_twenty_ninth() -> None:
    short = next(y for y in range(2020, 2040) if LunarYear.fromYear(y).getMonth(8).getDayCount() == 29)
    assert lunar_to_solar(short, 8, 30) == lunar_to_solar(short, 8, 29)


@pytest.mark.parametrize(
    "year, month, day", [(1899, 1, 1), (2101, 1, 1), (2026, 13, 1), (2026, 0, 1), (2026, 1, 31)]
)
def test_days_that_no_lunar_calendar_has(year: int, month: int, day: int) -> None:
    with pytest.raises(ValueError):
        lunar_to_solar(year, month, day)


@pytest.mark.parametrize("code", ["08-15", "L08-15", "L+04-15", "02-29", "L12-30"])
def test_celebrated_birthdays_keep_their_code(code: str) -> None:
    assert str(Celebrated.parse(code)) == code


@pytest.mark.parametrize("code", ["", "8-15", "13-01", "02-30", "L08-31", "L+4-15", "+08-15", "1945-08-15"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(ValueError):
        Celebrated.parse(code)


def test_the_day_it_is_kept_in_a_year() -> None:
    assert celebrated_on("08-15", 2026) == date(2026, 8, 15)
    assert celebrated_on("02-29", 2026) == date(2026, 2, 28)
    assert celebrated_on("L08-15", 2026) == date(2026, 9, 25)
    assert celebrated_on("L+04-15", 2020) == theirs(2020, -4, 15)
    # The last month of the lunar year 2025 lies in 2026: January's list must have it.
    assert celebrated_on("L12-20", 2026) == theirs(2025, 12, 20) == date(2026, 2, 7)


def test_no_lunar_birthday_of_a_decade_is_lost() -> None:
    for month in range(1, 13):
        for day in (1, 15, 30):
            code = f"L{month:02}-{day:02}"
            kept = celebrated_between(code, date(2020, 1, 1), date(2029, 12, 31))
            assert kept == sorted(kept)
            assert 9 <= len(kept) <= 11
            steps = [(b - a).days for a, b in pairwise(kept)]
            assert all(353 <= step <= 385 for step in steps)


def test_nominal_age_by_lunar_years() -> None:
    # Born on New Year's Eve: two years old the next day, as grandmothers count.
    eve = festival("NEW_YEARS_EVE", 1950)
    assert lunar_nominal_age(eve, eve + timedelta(days=1)) == 2
