"""Reading a date out of a spreadsheet's cell: its text, number and number format (domain.md 3 rows 4-8).

Never guesses: what can mean two dates comes back `date_ambiguous` with both, what means none
`date_unreadable`, and the caller keeps the text.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from retiree_desk.core.date_choice import NOT_READ, NOTHING, Asked, DateReading, checked, settle
from retiree_desk.core.date_text import read_text
from retiree_desk.core.number_formats import Shown, shown_decimals, shown_parts
from retiree_desk.core.partial_date import PartialDate

_NUMBER = re.compile(r"\d+(?:\.\d+)?$")
_ONE_DECIMAL = re.compile(r"(\d{4})\.1$")


def read_date(
    text: str,
    *,
    number: float | None = None,
    number_format: str = "",
    is_date: bool = False,
    date1904: bool = False,
    use: str = "any",
    birth: PartialDate | None = None,
    today: date,
) -> DateReading:
    """The date a cell means, as exact as it was written.

    `text` is what the cell shows; `number` its stored number where it holds one, with its
    `number_format`; `is_date` says that the number counts days (from 1904 with `date1904`).
    `use` is "birth" (must not lie ahead; `birth`, from the ID number, settles what is open),
    "past" (an event of a life already lived; `birth` settles two-digit years) or "any"
    (the same, but it may lie ahead).
    """
    asked = Asked(use, birth, today)
    if is_date or number is not None:
        shown = shown_parts(number_format)
        if number is None and _NUMBER.match(text.strip()) and len(text.strip()) != 8:
            number = float(text)
        if number is not None and (is_date or shown.any_date):
            return _read_serial(number, shown, date1904, asked)
        if number is not None:
            return _read_number(number, number_format, asked)
        reading = read_text(text, asked)
        return reading if reading.value is None else _as_shown(reading.value, shown, asked)
    return read_text(text, asked)


def _read_serial(number: float, shown: Shown, date1904: bool, asked: Asked) -> DateReading:
    """A count of days. Only a real day after 1900 is believed; a typed year is not made one."""
    if number == 0:
        return NOTHING
    if number >= 10_000_000:  # 19550312 in a cell that is formatted as a date
        return _read_number(number, "", asked)
    if not 367 <= number < 150_000:
        return NOT_READ
    days = int(number + 1e-7)
    start = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    day = PartialDate.of(start + timedelta(days=days))
    if shown.time and not shown.any_date:
        return NOT_READ
    if 1900 <= number < asked.today.year + 1 and not date1904:
        # 1955 typed into a cell formatted as a date shows 1905-05-08.
        typed = PartialDate(days)
        return settle([day, typed] if number == days else [day], asked, open_anyway=True)
    return _as_shown(day, shown, asked)


def _as_shown(value: PartialDate, shown: Shown, asked: Asked) -> DateReading:
    """Takes the precision from the format: a day that is not shown was never meant."""
    if not shown.any_date or (shown.day and shown.year):
        return checked(value, asked)
    if not shown.year:
        # "3-12" typed: the spreadsheet has put in the year of that day, nobody wrote it.
        return settle([value], asked, open_anyway=True)
    return checked(PartialDate(value.year, value.month if shown.month else 0), asked)


def _read_number(number: float, number_format: str, asked: Asked) -> DateReading:
    """A typed number: 1955, 1955.03, 195503, 19550312. Never a count of days."""
    if number == 0:
        return NOTHING
    if not 0 < number < 1e14:
        return NOT_READ
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    if _ONE_DECIMAL.match(text):
        if shown_decimals(number_format) == 2:  # 1955.10 is stored as 1955.1, and shown with its zero
            return read_text(text + "0", asked)
        year = int(text[:4])
        return settle([PartialDate(year, 1), PartialDate(year, 10)], asked)
    return read_text(text, asked)
