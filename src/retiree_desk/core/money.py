"""Money in fen: written, read, and in capitals for vouchers (OFFICE R20, table 8.3)."""

from __future__ import annotations

import re
import unicodedata

from retiree_desk.core.numerals import numeral_value

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_LARGEST = 10**18  # fen; one more digit would have no name here

_LONGEST = 100  # characters

_NOISE = re.compile(r"[\s,'￥¥$]|人民币|RMB|CNY|元整$|圆整$|元正$|[元圆整正]$", re.IGNORECASE)
_PLAIN = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?\Z", re.ASCII)
_CAPITALS = re.compile(
    r"(?:人民币)?(?:\(大写\))?[::]?(负?)(?:([零一-龥〇]*?)[元圆块])?零?"
    r"(?:([零一二两三四五六七八九壹贰叁肆伍陆柒捌玖])角)?零?"
    r"(?:([一二两三四五六七八九壹贰叁肆伍陆柒捌玖])分)?[整正]?\Z"
)


def yuan(fen: int) -> str:
    """38,000.00 for 3,800,000 fen."""
    sign = "-" if fen < 0 else ""
    whole, part = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{part:02}"


def parse_yuan(text: str) -> int:
    """Fen for 1,200.00元, ￥1200, １２００ or 壹仟贰佰元整.

    ValueError for anything else; a third decimal that is not 0 is refused, not cut off.
    """
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) > _LONGEST:
        raise ValueError("too long for an amount")
    bare = plain
    for _again in range(2):
        bare = _NOISE.sub("", bare)
    found = _PLAIN.match(bare)
    if found is not None and (found.group(2) or found.group(3)):
        sign, whole, part = found.groups()
        part = (part or "").rstrip("0")
        if len(part) > 2:
            raise ValueError(f"more than two decimals: {text!r}")
        fen = int(whole or 0) * 100 + int(part.ljust(2, "0") or 0)
        return _within(-fen if sign == "-" else fen, text)
    return _within(_parse_capitals(plain, text), text)


def in_capitals(fen: int) -> str:
    """叁万捌仟元整 for 3,800,000 fen.

    整 after 元 and after 角, none after 分. One 零 for every run of zeros before a figure, also
    where the law lets it be left out (叁拾万零陆仟元整). ValueError from ten thousand million
    million yuan on.
    """
    _within(fen, str(fen))
    if fen == 0:
        return "零元整"
    whole, part = divmod(abs(fen), 100)
    jiao, cents = divmod(part, 10)
    text = "负" if fen < 0 else ""
    if whole:
        text += _whole(whole) + "元"
    if jiao:
        text += ("零" if whole and whole % 10 == 0 else "") + _DIGITS[jiao] + "角"
    if cents:
        text += ("零" if whole and not jiao else "") + _DIGITS[cents] + "分"
    else:
        text += "整"
    return text


def capitals_line(fen: int) -> str:
    """人民币(大写)叁万捌仟元整, as it stands on a voucher."""
    return "人民币(大写)" + in_capitals(fen)


def _whole(number: int) -> str:
    """A number of yuan above zero: a 零 stands before a figure that follows zeros."""
    digits = str(number)
    text = ""
    zeros = False
    group_has_figure = False
    for index, char in enumerate(digits):
        place = len(digits) - 1 - index
        if char == "0":
            zeros = True
        else:
            text += ("零" if zeros else "") + _DIGITS[int(char)] + _PLACES[place % 4]
            zeros = False
            group_has_figure = True
        if place % 4 == 0 and place:
            if place % 8 == 0:
                text += "亿"
            elif group_has_figure:
                text += "万"
            group_has_figure = False
    return text


def _parse_capitals(plain: str, text: str) -> int:
    found = _CAPITALS.match(re.sub(r"[\s,]", "", plain))
    if found is None or not found.group().strip("整正零"):
        whole = numeral_value(re.sub(r"[\s整正]", "", plain))
        if whole is None:
            raise ValueError(f"not an amount: {text!r}")
        return whole * 100
    sign, whole_text, jiao, cents = found.groups()
    whole = 0
    if whole_text:
        value = numeral_value(whole_text)
        if value is None:
            raise ValueError(f"not an amount: {text!r}")
        whole = value
    elif not jiao and not cents:
        raise ValueError(f"not an amount: {text!r}")
    fen = whole * 100 + (numeral_value(jiao or "零") or 0) * 10 + (numeral_value(cents or "零") or 0)
    return -fen if sign else fen


def _within(fen: int, text: str) -> int:
    if abs(fen) >= _LARGEST:
        raise ValueError(f"too large an amount: {text!r}")
    return fen
