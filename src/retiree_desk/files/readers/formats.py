"""Number formats of spreadsheets: which of them show a date, and with what precision.

A workbook stores 1955.10 and a date alike as plain numbers; only the format tells them apart (domain.md
3, rows 5-7). Used by the readers in the child and by the parent.  Numbers of built-in formats as in
ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are those of the simplified Chinese edition, which openpyxl and
calamine do not know.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_YM, _MD, _YMD = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_HM, _HMS = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
_APM, _APMS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
#: Format codes by their built-in number; 0 (General) is the empty code.
BUILTIN: dict[int, str] = {
    0: "", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;[Red]¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;[Red]¥-#,##0.00", 9: "0%",
    10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy",
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: _YM, 28: _MD, 29: _MD, 30: "m-d-yy", 31: _YMD, 32: _HM, 33: _HMS,
    34: _APM, 35: _APMS, 36: _YM, 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
    43: "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: _YM, 51: _MD, 52: _YM, 53: _MD, 54: _MD, 55: _APM,
    56: _APMS, 57: _YM, 58: _MD,
}  # fmt: skip

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|AM/PM|A/P|上午/下午', re.IGNORECASE)
_PLAIN_DECIMALS = re.compile(r"(0+)(?:\.(0+))?(%?)")
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2958466  # 9999-12-31 in the 1900 system


@lru_cache(maxsize=4096)
def shown_parts(code: str) -> str:
    """What a format shows of a moment: a subset of "ymdht" (t = minutes and seconds), "" for a plain number.

    The first section decides.  `m` is minutes beside hours or seconds and months otherwise; a time that
    has run on (`[h]:mm`) is a time as well.
    """
    section = _LITERAL.sub(_elapsed, code).split(";", 1)[0].lower()
    if not section or "general" in section or "通用格式" in section:
        return ""
    if "#" in section or "?" in section or ("0" in section and "s.0" not in section.replace(" ", "")):
        return ""
    tokens = re.findall(r"y+|e+|m+|d+|a{3,}|h+|s+", section)
    shown: set[str] = set()
    for at, token in enumerate(tokens):
        letter = token[0]
        if letter == "m":
            before = tokens[at - 1][0] if at else ""
            after = tokens[at + 1][0] if at + 1 < len(tokens) else ""
            shown.add("t" if len(token) < 3 and (before == "h" or after == "s") else "m")
        elif letter == "d":
            shown.add("d" if len(token) < 3 else "w")  # ddd is a weekday, which is no precision
        else:
            shown.add({"y": "y", "e": "y", "h": "h", "s": "t", "a": "w"}[letter])
    if shown == {"w"}:
        shown.update("ymd")  # a date shown as its weekday only
    return "".join(part for part in "ymdht" if part in shown)


def _elapsed(match: re.Match[str]) -> str:
    """A literal is dropped, but leaves a blank so that the letters on its two sides do not join."""
    return " "


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Whether the format shows a day, month or year (a time alone is not a date)."""
    return any(part in "ymd" for part in shown_parts(code))


def serial_to_date(serial: float, date1904: bool = False) -> date | None:
    """The day of a serial number; None for a time without a day and for numbers outside 1900-9999.

    Excel believes in 29 February 1900 (serial 60), so the days before it count from one day later.
    """
    days = int(serial) if serial >= 0 else -1
    if date1904:
        return _EPOCH_1904 + timedelta(days) if 0 <= days < _LAST_SERIAL - 1462 else None
    if days < 1 or days >= _LAST_SERIAL or days == 60:
        return None
    return _EPOCH + timedelta(days if days > 60 else days + 1)


def date_text(serial: float, code: str, date1904: bool = False) -> str:
    """A date as precisely as its format shows it: 1955, 1955-03, 1955-03-12, with 08:30 where hours are
    shown.

    A real date shown as 1955年3月 holds a false day, so it is left out (domain.md 3, row 6).  ""
    where the number is no day at all.
    """
    day = serial_to_date(serial, date1904)
    if day is None:
        return ""
    shown = shown_parts(code)
    if "d" in shown or ("m" not in shown and "y" not in shown):
        text = day.isoformat()
    elif "m" in shown:
        text = day.isoformat()[:7] if "y" in shown else day.isoformat()
    else:
        text = day.isoformat()[:4]
    return f"{text} {time_text(serial)}" if "h" in shown and len(text) == 10 and serial % 1 else text


def time_text(serial: float) -> str:
    """The time of day of a serial number, 08:30 or 08:30:15."""
    seconds = round(serial % 1 * 86400) % 86400
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}" if rest else f"{hours:02}:{minutes:02}"


def number_text(raw: str, code: str) -> str:
    """A stored number as the clerk sees it: 20 for 20.0, leading zeros and decimals where the format
    writes them.

    All digits of a long number are written out (never 1.1E+17); separators, colours and currency are left
    away.
    """
    try:
        number = float(raw)
    except ValueError:
        return raw
    if number != number or number in (float("inf"), float("-inf")):
        return raw
    plain = _PLAIN_DECIMALS.fullmatch(_section_skeleton(code))
    if plain:
        decimals = len(plain[2] or "")
        scaled = number * 100 if plain[3] else number
        if abs(scaled) < 1e15 and (decimals or plain[3] or scaled == int(scaled)):
            width = len(plain[1]) + (decimals + 1 if decimals else 0) + (scaled < 0)
            return f"{scaled:0{width}.{decimals}f}" + plain[3]
    if code and not plain and "h" in shown_parts(code) and not is_date_format(code):
        return time_text(number)
    return _digits(raw.strip(), number)


@lru_cache(maxsize=4096)
def _section_skeleton(code: str) -> str:
    return _LITERAL.sub("", code.split(";", 1)[0]).strip()


def _digits(raw: str, number: float) -> str:
    """The shortest decimal writing that gives the number back, without an exponent."""
    if raw.isdecimal() and raw.isascii() and (len(raw) == 1 or raw[0] != "0"):
        return raw
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = repr(number)
    if "e" not in text:
        return text[:-2] if text.endswith(".0") else text
    from decimal import Decimal

    return format(Decimal(text), "f")
