"""ID numbers: what they tell, how spreadsheets ruin them, how they are masked. All made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retiree_desk.core.identity import (
    check_digit,
    id_key,
    is_masked,
    mask_account,
    mask_id,
    mask_phone,
    read_id_number,
    to18,
)


def made_up(first17: str) -> str:
    return first17 + check_digit(first17)


WOMAN = made_up("99010119491231002")
MAN = made_up("99010119550312001")
OLD = "990101491231002"


def test_published_examples_are_valid() -> None:
    assert read_id_number("11010519491231002X").state == "valid"
    assert read_id_number("440524188001010014").state == "valid"


def test_a_valid_number_tells_birth_and_sex() -> None:
    woman, man = read_id_number(WOMAN), read_id_number(MAN)
    assert (str(woman.birth), woman.sex) == ("1949-12-31", "F")
    assert (str(man.birth), man.sex) == ("1955-03-12", "M")


def test_what_clerks_put_around_it_does_not_matter() -> None:
    x = "11010519491231002X"
    wide = x.translate({ord(c): ord(c) + 0xFEE0 for c in x})
    spaced = f" {x[:6]} {x[6:14]} {x[14:]}\u3000"
    dashed = f"{x[:6]}-{x[6:14]}-{x[14:]}"
    for text in (x.lower(), "'" + x, x + "\t", spaced, dashed, wide, "\ufeff" + x, x + ",", x[:-1] + "×"):
        reading = read_id_number(text)
        assert (reading.state, reading.number, reading.as_read) == ("valid", x, text)


def test_old_numbers_match_the_new_form() -> None:
    reading = read_id_number(OLD)
    assert (reading.state, reading.number, str(reading.birth), reading.sex) == (
        "valid15",
        OLD,
        "1949-12-31",
        "F",
    )
    assert to18(OLD) == WOMAN
    assert id_key(OLD) == id_key(WOMAN) == id_key(WOMAN.lower()) == WOMAN
    assert read_id_number(OLD, numeric=True).state == "valid15"
    assert read_id_number(OLD + ".0", numeric=True).number == OLD


def test_centenarians_of_the_old_numbers_were_born_before_1900() -> None:
    assert str(read_id_number("990101880101996").birth) == "1888-01-01"


@pytest.mark.parametrize(
    ("text", "numeric", "birth"),
    [
        ("990101194912310000", True, "1949-12-31"),
        ("990101194912310016", True, "1949-12-31"),  # written by a program
        ("9.9010119491231E+17", True, "1949-12-31"),
        ("990101194912310000.0", True, "1949-12-31"),
        ("9.90101194912310E+17", False, "1949-12-31"),
        ("9.90101E+17", False, "None"),
        ("9.9E+17", False, "None"),
    ],
)
def test_numbers_kept_as_numbers_are_damaged_and_keep_the_birth(text: str, numeric: bool, birth: str) -> None:
    reading = read_id_number(text, numeric=numeric)
    assert (reading.state, str(reading.birth), reading.sex) == ("damaged", birth, "")
    assert id_key(reading.number) == "" or numeric


def test_text_that_ends_in_three_zeros_and_fails_its_check_digit_is_damaged() -> None:
    text = "990101194912310000"
    assert read_id_number(text).state == ("valid" if check_digit(text[:17]) == "0" else "damaged")
    assert id_key(text) == ""


def test_a_wrong_check_digit_is_kept_said_and_never_matched() -> None:
    wrong = WOMAN[:-1] + ("1" if WOMAN[-1] != "1" else "2")
    reading = read_id_number(wrong)
    assert (reading.state, reading.number, reading.birth, reading.sex) == ("check_digit", wrong, None, "")
    assert id_key(wrong) == ""


@pytest.mark.parametrize(
    "text", ["99010119551312001X", "9901011955", "护照E12345678", "990101995512310021", "990101551331002"]
)
def test_others_are_malformed(text: str) -> None:
    assert read_id_number(text).state == "malformed"


@pytest.mark.parametrize("text", ["", " ", "0", "无", "-", "/"])
def test_blank_words(text: str) -> None:
    assert read_id_number(text).state == "empty"


def test_masked_numbers_are_told_from_others() -> None:
    assert read_id_number("990101********0021").state == "masked"
    assert is_masked("138****5678")
    assert is_masked("990101xxxxxxxx0021")
    assert not is_masked(WOMAN)
    assert not is_masked("11010519491231002X")


def test_masks_hide_the_birth_date_and_the_account() -> None:
    assert mask_id("110105194912310021") == "110105********0021"
    assert mask_id(OLD) == "990101******002"
    assert mask_account("6222020200001234") == "************1234"
    assert mask_phone("13900005678") == "139****5678"
    assert mask_id("") == ""


@given(st.text(max_size=25))
def test_a_mask_keeps_length_and_shows_at_most_a_part(text: str) -> None:
    masked = mask_id(text)
    assert len(masked) == len(text)
    assert masked.count("*") >= min(len(text), 4)


@given(st.text(max_size=25) | st.text("0123456789X.eE+*", max_size=22), st.booleans())
def test_no_text_makes_it_fail(text: str, numeric: bool) -> None:
    reading = read_id_number(text, numeric=numeric)
    assert reading.as_read == text
    if reading.valid:
        assert id_key(reading.number) == to18(reading.number)
        assert read_id_number(to18(reading.number)).birth == reading.birth


@given(st.dates(), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(born: object, sequence: int, place: int, step: int) -> None:
    good = made_up(f"990101{born:%Y%m%d}".zfill(14) + f"{sequence:03}")
    bad = good[:place] + str((int(good[place]) + step) % 10) + good[place + 1 :]
    assert not read_id_number(bad).valid
