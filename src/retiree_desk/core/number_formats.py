"""What a spreadsheet's number format shows: which parts of a date, how many decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Quoted text, escaped, padding and filling characters, colours, locales and conditions show no
# part of the value. [h] [m] [s] do, but only of a duration, which is no date.
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_DECIMALS = re.compile(r"\.([0#?]+)")
_PLAIN = frozenset({"", "general", "@", "standard", "常规", "g/通用格式"})


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of a date that a number format shows."""

    year: bool
    month: bool
    day: bool
    time: bool

    @property
    def any_date(self) -> bool:
        """Whether it is a date format at all (a time of the day alone is not)."""
        return self.year or self.month or self.day


@lru_cache(maxsize=2048)
def shown_parts(number_format: str) -> Shown:
    """The parts of a date the format shows; none at all for General and for number formats."""
    if number_format.strip().lower() in _PLAIN:
        return Shown(False, False, False, False)
    section = number_format.split(";")[0]
    text = _NOT_SHOWN.sub("", section).lower().replace("am/pm", "h").replace("上午/下午", "h")
    if "general" in text or "e+" in text or "e-0" in text:
        return Shown(False, False, False, False)
    time = "h" in text or "s" in text
    year = any(mark in text for mark in "yeg") or "年" in text
    day = "d" in text or "日" in text
    month = _shows_month(text)
    return Shown(year, month, day, time)


@lru_cache(maxsize=2048)
def shown_decimals(number_format: str) -> int | None:
    """How many decimals a number format always shows; None where it leaves that to the value."""
    if number_format.strip().lower() in _PLAIN:
        return None
    text = _NOT_SHOWN.sub("", number_format.split(";")[0])
    found = _DECIMALS.search(text)
    if found is None:
        return 0 if "0" in text else None
    return found.group(1).count("0") or None


def _shows_month(text: str) -> bool:
    """Whether an m means months: beside hours or seconds it means minutes."""
    for found in re.finditer("m+", text):
        before = re.sub("[^hsdyeg]", "", text[: found.start()])
        after = re.sub("[^hsdyeg]", "", text[found.end() :])
        if not before.endswith("h") and not after.startswith("s"):
            return True
    return "月" in text
