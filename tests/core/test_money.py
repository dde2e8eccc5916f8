"""Amounts: printed, read, and in capitals as a bank accepts them."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retiree_desk.core.money import capitals_line, in_capitals, parse_yuan, yuan


@pytest.mark.parametrize(
    ("amount", "text"),
    [  # OFFICE 8.3
        ("0.50", "人民币(大写)伍角整"),
        ("100.00", "人民币(大写)壹佰元整"),
        ("1,001.00", "人民币(大写)壹仟零壹元整"),
        ("38,000.00", "人民币(大写)叁万捌仟元整"),
        ("100,000.00", "人民币(大写)壹拾万元整"),
        ("240,968.00", "人民币(大写)贰拾肆万零玖佰陆拾捌元整"),
        ("306,000.00", "人民币(大写)叁拾万零陆仟元整"),
        ("107,000.53", "人民币(大写)壹拾万零柒仟元零伍角叁分"),
        ("325.04", "人民币(大写)叁佰贰拾伍元零肆分"),
    ],
)
def test_amounts_of_the_office_table(amount: str, text: str) -> None:
    assert capitals_line(parse_yuan(amount)) == text
    assert yuan(parse_yuan(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.00", "零元整"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("10.50", "壹拾元零伍角整"),
        ("1,680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("10,005,000.00", "壹仟万零伍仟元整"),
        ("100,005,000.00", "壹亿零伍仟元整"),
        ("1,050,000,000.00", "壹拾亿零伍仟万元整"),
        ("1,000,000,000,000.00", "壹万亿元整"),
        ("-20.00", "负贰拾元整"),
    ],
)
def test_other_amounts(amount: str, text: str) -> None:
    assert in_capitals(parse_yuan(amount)) == text


def slowly(fen: int) -> str:
    """The same by another road: every figure with its place, then what may not stand so struck out."""
    digits = "零壹贰叁肆伍陆柒捌玖"
    places = [
        "分",
        "角",
        "元",
        "拾",
        "佰",
        "仟",
        "万",
        "拾",
        "佰",
        "仟",
        "亿",
        "拾",
        "佰",
        "仟",
        "万",
        "拾",
        "佰",
        "仟",
    ]
    text = "".join(digits[int(c)] + places[n] for n, c in reversed(list(enumerate(reversed(str(fen))))))
    text = re.sub("零[拾佰仟角]", "零", text)
    text = re.sub("零+", "零", text)
    text = text.removesuffix("零分")
    while re.search("零[万亿元]", text):
        text = re.sub("零+([万亿元])", r"\1零", text)
        text = re.sub("零+", "零", text)
        text = re.sub("亿零?万", "亿零", text)
    text = re.sub("零+", "零", text).rstrip("零")
    text = re.sub("^零", "", text.lstrip("元零"))
    return text if text.endswith("分") else text + "整"


def test_capitals_agree_with_a_slow_calculation() -> None:
    chance = random.Random(7)
    amounts = list(range(1, 3000)) + [chance.randrange(1, 10**k) for k in range(3, 18) for _ in range(400)]
    amounts += [
        int("".join(chance.choice("000159") for _ in range(length)) or "1") or 1
        for length in range(3, 18)
        for _ in range(400)
    ]
    wrong = [(yuan(fen), in_capitals(fen), slowly(fen)) for fen in amounts if in_capitals(fen) != slowly(fen)]
    assert wrong == []


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_capitals_and_figures_read_back(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(capitals_line(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,200.00元", 120_000),
        ("￥1200", 120_000),
        ("¥ 1 200.5", 120_050),
        ("１２００", 120_000),
        ("人民币1200元整", 120_000),
        ("壹仟贰佰", 120_000),
        ("五百元", 50_000),
        ("三元五角", 350),
        ("1.50000", 150),
        (".5", 50),
        ("0", 0),
    ],
)
def test_amounts_as_people_write_them(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text", ["", "元", "abc", "1.5%", "1.234", "1.2.3", "一百或二百", "--5", "1e3", "9" * 30]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_yuan(text)


def test_amounts_without_a_name_are_refused() -> None:
    with pytest.raises(ValueError):
        in_capitals(10**18)


@given(st.text(max_size=20) | st.text("0123456789.,元角分整零壹贰拾佰万亿", max_size=14))
def test_reading_refuses_in_one_way_only(text: str) -> None:
    try:
        fen = parse_yuan(text)
    except ValueError:
        return
    assert isinstance(fen, int)
