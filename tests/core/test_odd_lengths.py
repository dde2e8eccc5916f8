"""Cells of absurd length: read as nothing, quickly, and without failing."""

from __future__ import annotations

import time
from datetime import date

import pytest

from retiree_desk.core.dates import read_date
from retiree_desk.core.identity import read_id_number
from retiree_desk.core.money import parse_yuan
from retiree_desk.core.names import clean_name, name_key, pinyin_of, says_deceased, sort_key, strip_deceased
from retiree_desk.core.units import building_key, place_key, read_address

PIECES = (
    "9",
    "一",
    "1-",
    "(1",
    "年 ",
    "市区",
    "县",
    "1号",
    "父亲已故",
    "零元",
    "1.",
    "Mar 9",
    "张 ",
    "已故(",
)


@pytest.mark.parametrize("piece", PIECES)
def test_five_thousand_times_the_same_piece(piece: str) -> None:
    text = piece * 5000
    started = time.process_time()
    assert read_date(text, use="any", today=date(2026, 1, 1)).value is None
    assert read_id_number(text).state == "malformed"
    assert read_id_number(text, numeric=True).state == "malformed"
    assert not read_address(text).understood
    with pytest.raises(ValueError):
        parse_yuan(text)
    for read in (place_key, building_key, clean_name, name_key, sort_key, pinyin_of):
        read(text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("text", ["nan", "NaN", "Infinity", "-1", "1E-999999", "1E+999999", "sNaN"])
def test_numbers_that_are_none(text: str) -> None:
    assert read_id_number(text, numeric=True).state == "malformed"


def test_long_remarks_about_deaths() -> None:
    started = time.process_time()
    for text in ("父亲已故" * 500, "(" * 2000 + "已故", "已故(" * 700, " -" * 2000):
        says_deceased(text)
        strip_deceased(text)
    assert time.process_time() - started < 5
