"""Cells as HR departments write them: for one known value a written form, and what that form still tells.

Every function here starts from the made-up person and returns the cell together with the value that a right
import gives back for it (choices as words, dates as 1955, 1955-03 or 1955-03-12). Nothing is read back.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from retiree_desk.sample.identity_numbers import FULL_WIDTH, as_15, with_wrong_check


class Num(NamedTuple):
    """A number cell."""

    value: float
    format: str = "General"


class Day(NamedTuple):
    """A real date cell."""

    value: date
    format: str


Cell = str | Num | Day | None


class Given(NamedTuple):
    """A written cell and what it tells: `told` is '' where it tells nothing."""

    cell: Cell
    told: str = ""


NOTHING = Given(None)
BLANK_WORDS = ("", "", "", "0", "无", "-", "/", "—")
_DIGITS = "〇一二三四五六七八九"
_EPOCH = date(1899, 12, 30)


def text(value: str) -> Given:
    """The value as text, as it is."""
    return Given(value, value) if value else NOTHING


def blank(rng: Random) -> Given:
    """Nothing known: an empty cell, or one of the words and marks that clerks write for it."""
    word = rng.choice(BLANK_WORDS)
    return Given(word) if word else NOTHING


def text_or_blank(rng: Random, value: str) -> Given:
    """The value as text, else a blank in one of its written forms."""
    return text(value) if value else blank(rng)


# -- names ------------------------------------------------------------------------------------------


def name(value: str, trap: str = "") -> Given:
    """A name; `trap` adds what is often found around it."""
    if trap == "blank" and len(value) == 2:
        return Given(f"{value[0]} {value[1]}", value)
    if trap == "wide_blank" and len(value) == 2:
        return Given(f"{value[0]}\u3000{value[1]}", value)
    if trap == "trailing":
        return Given(f"{value}  ", value)
    if trap == "zero_width":
        return Given(f"\u200b{value}", value)
    if trap == "deceased":
        return Given(f"{value}（已故）", value)
    if trap == "other_dot" and "·" in value:
        # The dot of minority names has several code points; which one is stored is the sheet's own.
        return Given(value, value)
    return Given(value, value)


# -- ID numbers -------------------------------------------------------------------------------------


class IdGiven(NamedTuple):
    """A written ID number. `number`: what is kept; `valid`: can be matched on; `birth`: its digits tell."""

    cell: Cell
    number: str
    valid: bool
    birth: bool


def id_number(number: str, trap: str = "") -> IdGiven:
    """The number written with a trap. Numbers that end in X are text for Excel and cannot be damaged."""
    plain = IdGiven(number, number, True, True)
    if not number:
        return IdGiven(None, "", False, False)
    if trap == "apostrophe":
        return plain._replace(cell="'" + number)
    if trap == "backtick":
        return plain._replace(cell="`" + number + " ")
    if trap == "tab":
        return plain._replace(cell=number + "\t")
    if trap == "blanks":
        return plain._replace(cell=f" {number[:6]} {number[6:14]} {number[14:]}")
    if trap == "full_width":
        return plain._replace(cell=number.translate(FULL_WIDTH))
    if trap == "lower_x":
        return plain._replace(cell=number.lower())
    if trap == "check":
        wrong = with_wrong_check(number)
        return IdGiven(wrong, wrong, False, False)
    if trap == "fifteen":
        return IdGiven(as_15(number), as_15(number), True, True)
    if trap == "fifteen_number":
        return IdGiven(Num(float(as_15(number)), "0"), as_15(number), True, True)
    if trap == "typed_number":
        return IdGiven(Num(float(number[:15] + "000"), "0"), "", False, True)
    if trap == "program_number":
        return IdGiven(Num(float(number)), "", False, True)
    if trap == "text_000":
        return IdGiven(number[:15] + "000", "", False, True)
    if trap == "exponent":
        return IdGiven(f"{number[0]}.{number[1:6]}E+17", "", False, False)
    if trap == "none":
        return IdGiven(None, "", False, False)
    return plain


# -- dates ------------------------------------------------------------------------------------------


def chinese_year(year: int) -> str:
    """1955 as 一九五五."""
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def _chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


def year_form(rng: Random, iso: str, *, plain: bool) -> Given:
    """Only the year is written."""
    year = iso[:4]
    forms: list[Cell] = [year, f"{year}年"]
    if not plain:
        forms.append(Num(float(year)))
    return Given(rng.choice(forms), year)


def month_form(rng: Random, iso: str, *, plain: bool, two_digit: bool = False) -> Given:
    """Year and month in one of the forms that occur. `plain`: text only (csv, html)."""
    year, month = int(iso[:4]), int(iso[5:7])
    forms: list[Cell] = [
        f"{year}.{month:02d}",
        f"{year}.{month:02d}",
        f"{year}.{month:02d}",
        f"{year}{month:02d}",
        f"{year}-{month}",
        f"{year}-{month:02d}",
        f"{year}/{month:02d}",
        f"{year}年{month}月",
        f"{year}年{month:02d}月",
        f"{year}.{month:02d}.",
        f"{chinese_year(year)}年{_chinese_number(month)}月",
    ]
    if month != 1:
        forms.append(f"{year}.{month}")  # as text 1955.10 is October and 1955.3 March; 1955.1 might be either
    if two_digit and 1931 <= year <= 1999 and month != 1:
        forms.append(f"{year % 100}.{month}")
    if not plain:
        first = date(year, month, 1)
        forms += [
            Num(round(year + month / 100, 2), "0.00"),
            Num(round(year + month / 100, 2), "0.00"),
            Num(float(f"{year}{month:02d}")),
            Day(first, "yyyy.mm"),
            Day(first, 'yyyy"年"m"月"'),
            Day(first, "yyyy-mm"),
        ]
    return Given(rng.choice(forms), f"{year:04d}-{month:02d}")


def day_form(rng: Random, iso: str, *, plain: bool) -> Given:
    """A full date in one of the forms that occur."""
    year, month, day = (int(part) for part in iso.split("-"))
    forms: list[Cell] = [
        f"{year}.{month:02d}.{day:02d}",
        f"{year}{month:02d}{day:02d}",
        f"{year}-{month:02d}-{day:02d}",
        f"{year}/{month}/{day}",
        f"{year}年{month}月{day}日",
        f"{year}.{month}.{day}.",
        f"{year}-{month:02d}-{day:02d} 00:00:00",
        f"{chinese_year(year)}年{_chinese_number(month)}月{_chinese_number(day)}日",
    ]
    if not plain:
        real = date(year, month, day)
        forms += [
            Day(real, "yyyy-mm-dd"),
            Day(real, "yyyy.mm.dd"),
            Day(real, "yyyy/m/d"),
            Day(real, 'yyyy"年"m"月"d"日"'),
            Num(float(f"{year}{month:02d}{day:02d}")),
            Num(float((real - _EPOCH) // timedelta(days=1))),
        ]
    return Given(rng.choice(forms), iso)


def written_date(
    rng: Random, iso: str, *, plain: bool, finest: str = "day", two_digit: bool = False
) -> Given:
    """A date of any precision. `finest` is `month` under headers like 年月."""
    if not iso:
        return blank(rng)
    if len(iso) == 4:
        return year_form(rng, iso, plain=plain)
    if len(iso) == 7 or finest == "month" or rng.random() < 0.15:
        return month_form(rng, iso, plain=plain, two_digit=two_digit)
    return day_form(rng, iso, plain=plain)


def lost_october(iso: str) -> Given:
    """1955.10 typed as a number under the format General: 1955.1 is left, which might be January."""
    return Given(Num(round(int(iso[:4]) + 0.1, 1)), "")


def kept_october(iso: str) -> Given:
    """1955.10 typed as a number under the format 0.00: it shows, and is, October."""
    return Given(Num(round(int(iso[:4]) + 0.1, 1), "0.00"), f"{iso[:4]}-10")


# -- phones -----------------------------------------------------------------------------------------


class PhonesGiven(NamedTuple):
    """A cell with one or more phones; `told` by field code (mobile, phone, other_phones)."""

    cell: Cell
    told: dict[str, str]


def phones(rng: Random, mobile: str, phone: str, other: str, *, plain: bool) -> PhonesGiven:
    """All numbers of a person in one cell 联系电话.

    The first of its kind is the mobile or the landline, the next is a further one (DECISIONS 12).
    """
    numbers = [number for number in (mobile, other if mobile else "", phone) if number]
    if not numbers:
        return PhonesGiven(blank(rng).cell, {})
    told = {"mobile": mobile, "phone": phone, "other_phones": other if mobile else ""}
    told = {key: value for key, value in told.items() if value}
    if len(numbers) == 1:
        return PhonesGiven(_one_phone(rng, numbers[0], plain=plain), told)
    return PhonesGiven(rng.choice(("/", "、", ";", " ", "，", "；")).join(numbers), told)


def _one_phone(rng: Random, number: str, *, plain: bool) -> Cell:
    if "-" in number or rng.random() < 0.6:
        return number
    forms: list[Cell] = [number + ".0", f"{number} ", number]
    if not plain:
        forms = [Num(float(number)), Num(float(number), "0"), number + ".0"]
    return rng.choice(forms)


def one_phone(rng: Random, number: str, *, plain: bool) -> Given:
    """One number in a column of its own kind."""
    if not number:
        return blank(rng)
    return Given(_one_phone(rng, number, plain=plain), number)
