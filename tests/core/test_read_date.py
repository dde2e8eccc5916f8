"""Dates as they stand in real sheets: what is read, what is asked, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retiree_desk.core.dates import DateReading, PartialDate, read_date

TODAY = date(2026, 11, 22)


def birth(text: str, born: str = "", **cell: object) -> DateReading:
    known = PartialDate.parse(born) if born else None
    return read_date(text, use="birth", birth=known, today=TODAY, **cell)  # type: ignore[arg-type]


def shown(reading: DateReading) -> str:
    """The date, or the reason with what it could be."""
    if reading.code:
        return " ".join([reading.code, *map(str, reading.choices)])
    return str(reading.value or "")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1955", "1955"),
        ("1955年", "1955"),
        ("1955.0", "1955"),
        ("1955.00", "1955"),
        ("1955-00-00", "1955"),
        ("1955.03", "1955-03"),
        ("1955.3", "1955-03"),
        ("1955.3.", "1955-03"),
        ("1955.10", "1955-10"),
        ("1955-3", "1955-03"),
        ("1955/3", "1955-03"),
        ("1955年3月", "1955-03"),
        ("1955年03月", "1955-03"),
        ("1955年3月份", "1955-03"),
        ("1955年3月底", "1955-03"),
        ("1955 年 3 月", "1955-03"),
        ("1955-03-00", "1955-03"),
        ("195503", "1955-03"),
        ("195500", "1955"),
        ("03/1955", "1955-03"),
        ("Mar-55", "1955-03"),
        ("1955。3", "1955-03"),
        ("1955、03", "1955-03"),
        ("１９５５．０３", "1955-03"),
        ("1955.3.12", "1955-03-12"),
        ("1955.3.12.", "1955-03-12"),
        ("1955..3.12", "1955-03-12"),
        ("1955-03-12", "1955-03-12"),
        ("1955—3—12", "1955-03-12"),
        ("1955/3/1", "1955-03-01"),
        ("1955\\3\\1", "1955-03-01"),
        ("1955 3 12", "1955-03-12"),
        ("1955年3月12日", "1955-03-12"),
        ("1955年3月12号", "1955-03-12"),
        ("1955年3月12日出生", "1955-03-12"),
        ("1955.03(档案)", "1955-03"),
        ("'1955.03\u200b", "1955-03"),
        ("\u30001955.03 ", "1955-03"),
        ("19550312", "1955-03-12"),
        ("19550300", "1955-03"),
        ("1955.0312", "1955-03-12"),
        ("19550312000000", "1955-03-12"),
        ("1955-03-12 00:00:00", "1955-03-12"),
        ("1955-03-12T00:00:00", "1955-03-12"),
        ("1955/3/12 0:00", "1955-03-12"),
        ("1955年3月12日上午10:30", "1955-03-12"),
        ("12-Mar-1955", "1955-03-12"),
        ("March 12, 1955", "1955-03-12"),
        ("25/3/1955", "1955-03-25"),
        ("3/25/1955", "1955-03-25"),
        ("1956.2.29", "1956-02-29"),
    ],
)
def test_forms_with_a_whole_year(text: str, iso: str) -> None:
    assert shown(birth(text)) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("一九四九年十月", "1949-10"),
        ("一九四九年十月一日", "1949-10-01"),
        ("公元1949年10月1日", "1949-10-01"),
        ("一九五五年十二月二十三日", "1955-12-23"),
        ("一九五五年三月廿三日", "1955-03-23"),
        ("四九年", "1949"),
        ("四九年十月", "1949-10"),
        ("二〇〇五年三月", "2005-03"),
        ("二○○五年三月", "2005-03"),
        ("二OO五年三月", "2005-03"),
        ("二零零五年", "2005"),
        ("1955年元月", "1955-01"),
        ("1955年三月", "1955-03"),
        ("民国三十四年八月", "1945-08"),
        ("民国34年", "1945"),
    ],
)
def test_chinese_numerals_and_eras(text: str, iso: str) -> None:
    assert shown(read_date(text, use="past", today=TODAY)) == iso


@pytest.mark.parametrize(
    "text",
    ["", "  ", "0", "0.0", "0000-00-00", "00000000", "0000.00", "1900-01-00", "无", "-", "/", "不详", "NULL"],
)
def test_blank_words_are_an_empty_cell(text: str) -> None:
    assert birth(text) == DateReading(None)


@pytest.mark.parametrize(
    "text",
    [
        "1999.13",
        "1955.3.32",
        "1955-02-30",
        "1957.2.29",
        "1955-00-12",
        "2055.3",
        "2027-01-01",
        "1749.10",
        "19553",
        "55",
        "3月12日",
        "三月",
        "12",
        "五十岁",
        "约1955年",
        "60年代",
        "解放前",
        "农历1945年八月十五",
        "1945年正月初三",
        "1955年3月12日(农历)",
        "同上",
        "1955.03.12.05",
        "20240",
        "#N/A",
    ],
)
def test_what_is_no_date_is_never_guessed(text: str) -> None:
    assert shown(birth(text)) == "date_unreadable"


def test_a_range_asks_which_end_is_meant() -> None:
    assert shown(read_date("1968.3-1971.5", use="past", today=TODAY)) == "date_ambiguous 1968-03 1971-05"
    assert shown(read_date("1968年至1971年", use="past", today=TODAY)) == "date_ambiguous 1968 1971"


# ---- 1955.10 typed as a number


def test_october_typed_as_a_number_shows_in_its_format() -> None:
    assert shown(birth("1990.1", number=1990.1, number_format="0.00")) == "1990-10"
    assert shown(birth("1990.1", number=1990.1, number_format="0.00_ ")) == "1990-10"


def test_without_that_format_january_and_october_are_both_offered() -> None:
    for number_format in ("General", "", "0.0", "@", "常规"):
        reading = birth("1990.1", number=1990.1, number_format=number_format)
        assert shown(reading) == "date_ambiguous 1990-01 1990-10"


def test_the_id_number_decides_between_january_and_october() -> None:
    assert shown(birth("1990.1", "1990-10-03", number=1990.1)) == "1990-10"
    assert shown(birth("1990.1", "1990-01-03", number=1990.1)) == "1990-01"
    assert shown(birth("1990.1", "1990-07-03", number=1990.1)) == "date_ambiguous 1990-01 1990-10"
    assert shown(birth("1990.1", "1990-10-03")) == "1990-10"  # text, once saved from such a number


def test_the_id_number_does_not_decide_other_dates() -> None:
    reading = read_date("2015.1", number=2015.1, use="past", birth=PartialDate(1955, 10, 3), today=TODAY)
    assert shown(reading) == "date_ambiguous 2015-01 2015-10"


@pytest.mark.parametrize(
    ("number", "number_format", "iso"),
    [
        (1955.03, "General", "1955-03"),
        (1955.11, "General", "1955-11"),
        (1955.3, "General", "1955-03"),
        (1955.3, "0.00", "1955-03"),
        (1955.09999999, "0.00", "1955-10"),
        (1955.0, "0.00", "1955"),
        (1955.0, "General", "1955"),
        (195503.0, "General", "1955-03"),
        (19550312.0, "General", "1955-03-12"),
        (19550312.0, "0000-00-00", "1955-03-12"),
        (1955.0312, "General", "1955-03-12"),
        (1955.13, "0.00", "date_unreadable"),
        (0.0, "General", ""),
        (71.0, "General", "date_unreadable"),
        (20240.0, "General", "date_unreadable"),
        (-3.0, "General", "date_unreadable"),
        (1e300, "General", "date_unreadable"),
    ],
)
def test_other_numbers(number: float, number_format: str, iso: str) -> None:
    assert shown(birth(str(number), number=number, number_format=number_format)) == iso


# ---- real dates


def serial(day: date, epoch: date = date(1899, 12, 30)) -> float:
    return float((day - epoch).days)


@pytest.mark.parametrize(
    ("number_format", "iso"),
    [
        ("yyyy-mm-dd", "1955-03-12"),
        ("yyyy/m/d", "1955-03-12"),
        ('[$-804]yyyy"年"m"月"d"日";@', "1955-03-12"),
        ("yyyy\\-mm\\-dd;@", "1955-03-12"),
        ("yyyy-mm-dd hh:mm:ss", "1955-03-12"),
        ("m/d/yy h:mm", "1955-03-12"),
        ("General", "1955-03-12"),
        ("", "1955-03-12"),
        ("yyyy.mm", "1955-03"),
        ("yyyy\\.mm", "1955-03"),
        ('yyyy"年"m"月"', "1955-03"),
        ('[DBNum1][$-804]yyyy"年"m"月"', "1955-03"),
        ("mmm-yy", "1955-03"),
        ("yyyy", "1955"),
        ('yyyy"年"', "1955"),
        ('m"月"d"日"', "date_ambiguous 1955-03-12"),
        ("h:mm", "date_unreadable"),
    ],
)
def test_a_real_date_is_as_exact_as_its_format_shows(number_format: str, iso: str) -> None:
    number = serial(date(1955, 3, 12))
    assert shown(birth("", number=number, number_format=number_format, is_date=True)) == iso


def test_a_date_format_makes_a_number_a_date() -> None:
    assert shown(birth("20160", number=20160.0, number_format="yyyy-mm-dd")) == "1955-03-12"


def test_workbooks_that_count_from_1904() -> None:
    number = serial(date(1955, 3, 12), date(1904, 1, 1))
    reading = birth("", number=number, number_format="yyyy-mm-dd", is_date=True, date1904=True)
    assert shown(reading) == "1955-03-12"


def test_a_year_typed_into_a_date_cell_is_asked_about() -> None:
    reading = birth("1905-05-08", number=1955.0, number_format="yyyy-mm-dd", is_date=True)
    assert shown(reading) == "date_ambiguous 1905-05-08 1955"
    born = birth("", "1955-03-12", number=1955.0, number_format="yyyy-mm-dd", is_date=True)
    assert shown(born) == "1955"


@pytest.mark.parametrize("number", [0.5, 1.0, 59.0, 366.0, 2958466.0, -1.0])
def test_days_before_1901_and_times_are_no_dates(number: float) -> None:
    reading = read_date("", number=number, number_format="yyyy-mm-dd", is_date=True, today=TODAY)
    assert shown(reading) == "date_unreadable"


def test_zero_in_a_date_cell_is_empty() -> None:
    assert birth("1900-01-00", number=0.0, number_format="yyyy-mm-dd", is_date=True) == DateReading(None)


@given(st.dates(date(1906, 1, 1), date(2026, 11, 22)), st.booleans())
def test_every_day_comes_back_from_its_serial(day: date, from_1904: bool) -> None:
    epoch = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    number = serial(day, epoch)
    if number < 2100:  # these days look like years
        return
    reading = birth("", number=number, number_format="yyyy-mm-dd", is_date=True, date1904=from_1904)
    assert reading.value == PartialDate.of(day)


# ---- two-digit years


@pytest.mark.parametrize(
    ("text", "born", "iso"),
    [
        ("55.3", "", "1955-03"),
        ("55-3-12", "", "1955-03-12"),
        ("55年3月", "", "1955-03"),
        ("550312", "", "1955-03-12"),
        ("31.12", "", "1931-12"),
        ("30.5", "", "date_ambiguous 1930-05"),
        ("05.3", "", "date_ambiguous 1905-03 2005-03"),
        ("28.3", "1928-03-01", "1928-03"),
        ("28.3", "1928-04-01", "1928-03"),
        ("25/3/55", "", "1955-03-25"),
    ],
)
def test_two_digit_birth_years(text: str, born: str, iso: str) -> None:
    assert shown(birth(text, born)) == iso


@pytest.mark.parametrize(
    ("text", "born", "iso"),
    [
        ("05.3", "1945-03-12", "2005-03"),
        ("15.3", "1955-03-12", "2015-03"),
        ("75.3", "1955-03-12", "1975-03"),
        ("98.12", "", "1998-12"),
        ("20.6", "1899-01-01", "1920-06"),
        ("12/3/05", "1950-01-01", "date_ambiguous 2005-03-12 2005-12-03 2012-03-05"),
    ],
)
def test_two_digit_years_of_a_life(text: str, born: str, iso: str) -> None:
    known = PartialDate.parse(born) if born else None
    assert shown(read_date(text, use="past", birth=known, today=TODAY)) == iso


def test_slashes_with_the_year_last_ask_or_follow_the_id_number() -> None:
    assert shown(birth("3/12/1955")) == "date_ambiguous 1955-03-12 1955-12-03"
    assert shown(birth("3/12/1955", "1955-12-03")) == "1955-12-03"


def test_dates_ahead_only_where_they_may_be() -> None:
    assert shown(read_date("2027.3", use="past", today=TODAY)) == "date_unreadable"
    assert shown(read_date("2027.3", use="any", today=TODAY)) == "2027-03"
    assert shown(read_date("2026", use="birth", today=TODAY)) == "2026"  # the year has begun


# ---- whatever is in the cell


@given(
    st.text(max_size=30),
    st.none() | st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=12),
    st.booleans(),
    st.sampled_from(["birth", "past", "any"]),
)
def test_no_cell_makes_it_fail(
    text: str, number: float | None, number_format: str, is_date: bool, use: str
) -> None:
    reading = read_date(
        text, number=number, number_format=number_format, is_date=is_date, use=use, today=TODAY
    )
    assert (reading.value is None) or not reading.code


@given(st.text("0123456789.-/年月日号一二三十〇 :T至", max_size=16), st.sampled_from(["birth", "past"]))
def test_almost_dates_do_not_fail_and_never_lie_ahead(text: str, use: str) -> None:
    reading = read_date(text, use=use, today=TODAY)
    assert reading.value is None or reading.value.first() <= TODAY


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from("ymd"))
def test_what_is_stored_and_printed_reads_back(day: date, precision: str) -> None:
    value = PartialDate(day.year, day.month if precision != "y" else 0, day.day if precision == "d" else 0)
    for text in (str(value), str(value).replace("-", ".")):
        assert read_date(text, use="past", today=TODAY).value == value


def test_hundreds_of_thousands_of_values_take_seconds() -> None:
    import time

    day = date(1930, 1, 1)
    texts = [f"{d.year}年{d.month}月{d.day}日" for d in (day + timedelta(days=n) for n in range(20_000))]
    started = time.process_time()
    for text in texts:
        read_date(text, use="birth", today=TODAY)
    assert time.process_time() - started < 1.5
