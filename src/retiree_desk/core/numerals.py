"""Chinese numerals, everyday (十二, 一九四九) and in capitals (壹拾贰), as numbers."""

from __future__ import annotations

import re

_DIGITS = {
    "〇": 0, "零": 0, "○": 0, "一": 1, "壹": 1, "二": 2, "贰": 2, "貳": 2, "两": 2, "三": 3, "叁": 3,
    "四": 4, "肆": 4, "五": 5, "伍": 5, "六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8,
    "九": 9, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

NUMERAL_CLASS = "".join((*_DIGITS, *_UNITS, *_TENS))
"""The characters of a numeral below ten thousand, for use inside a regular expression's []."""

_LONGEST = 40  # no amount and no number of a house is longer
_RUN = re.compile(f"[{NUMERAL_CLASS}]+")


def numeral_value(run: str) -> int | None:
    """The number a run of numerals means: 十二 is 12, 一九四九 is 1949; None if it is none."""
    for short, long in _TENS.items():
        run = run.replace(short, long)
    if not run or len(run) > _LONGEST:
        return None
    if not any(char in _UNITS or char in _GROUPS for char in run):
        if any(char not in _DIGITS for char in run):
            return None
        return int("".join(str(_DIGITS[char]) for char in run))
    return _positional(run)


def with_digits(text: str) -> str:
    """`text` with every run of numerals written in digits; 二〇〇五 keeps its zeros."""
    return _RUN.sub(_digits_of, text)


def _digits_of(found: re.Match[str]) -> str:
    run = found.group()
    if all(char in _DIGITS for char in run):
        return "".join(str(_DIGITS[char]) for char in run)
    value = numeral_value(run)
    return run if value is None else str(value)


def _positional(run: str) -> int | None:
    total = section = last_unit = last_group = 0
    digit: int | None = None
    last_unit = last_group = 0
    for char in run:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _UNITS:
            unit = _UNITS[char]
            if last_unit and unit >= last_unit:
                return None
            if not digit and not (unit == 10 and section == 0 and total == 0):
                return None
            section += (digit or 1) * unit
            digit, last_unit = None, unit
        else:
            group = _GROUPS.get(char)
            section += digit or 0
            if group is None or (not section and not total):
                return None
            if last_group and group > last_group:
                total = (total + section) * group
            else:
                total += section * group
            section, digit, last_unit, last_group = 0, None, 0, group
    return total + section + (digit or 0)
