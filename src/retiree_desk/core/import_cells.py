"""Understanding a cell for the field its column means, once per distinct cell.

What cannot be known is said with a code and kept as text, never guessed (PRODUCT.md). A value and a
code may come together: the value is kept and the clerk is told.
"""

import re
from datetime import date

from retiree_desk.core import import_words as words
from retiree_desk.core.columns import Kind
from retiree_desk.core.identity import check_digit, is_masked, read_id_number, to18
from retiree_desk.core.import_choices import (
    choice_reader,
    field_mark,
    header_mark,
    label_mark,
    label_words,
    label_words_or_mark,
    life_answer,
    life_reader,
    status_word,
)
from retiree_desk.core.import_dates import (
    USES,
    celebrated_birthday,
    date_reader,
    lunar_birthday,
    quick_date,
)
from retiree_desk.core.import_headers import Target
from retiree_desk.core.import_phones import is_plain_number, read_phones
from retiree_desk.core.import_raw import BLANK, Quick, Raw, Reader, Understood, code_text, plain_text
from retiree_desk.core.names import clean_name, says_deceased, strip_deceased
from retiree_desk.core.retirees import COLUMN_BY_KEY

PHONE_FIELDS = ("any_phone", "mobile", "phone", "other_phones")
_LOST_DIGITS = re.compile(r"^\d(\.\d+)?e\+\d{2}$", re.IGNORECASE)
# A name of ordinary characters without any that could belong to a mark that the person has died.
_PLAIN_NAME = re.compile(r"[^\W\d_故逝亡去死病离世殁身\ue000-\ufaff]{2,4}\Z")
# What is left of a rare character that was lost, or stands in a private place of somebody's input method.
_BROKEN = re.compile("[?？□\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LETTER = re.compile(r"[^\W\d_]")
_LAST_BIRTH_YEAR = 2010  # later ones take the full reader, which knows what lies ahead


def reader_for(target: Target, header: str, today: date) -> Reader:
    """The function that understands cells of a column with this meaning; '' in `field` is custom text."""
    field, way = target.field, target.way
    if way == "label":
        return label_mark(target.word)
    if way == "rank_mark":
        return header_mark(header)
    if way == "mark":
        return field_mark(field, target.word)
    if way == "words":
        return label_words_or_mark(target.word)
    if way == "lunar":
        return lunar_birthday
    if way in ("alive", "dead"):
        return life_answer(way == "alive", today)
    special: dict[str, Reader] = {
        "name": _name,
        "former_name": _plain_name,
        "spouse_name": _plain_name,
        "id_number": _id_number,
        "labels": label_words,
        "status": status_word,
        "life": life_reader(),
        "celebrated_birthday": celebrated_birthday,
        "remark": _remark,
        "nation": _nation,
    }
    if field in special:
        return special[field]
    if field in PHONE_FIELDS:
        return _phones
    if field == "emergency_phone":
        return _family_phone
    column = COLUMN_BY_KEY.get(field)
    if column is None:
        return _text
    if column.kind is Kind.DATE:
        return date_reader(USES.get(field, "any"), today)
    if column.kind is Kind.CHOICE:
        return choice_reader(field)
    if column.kind is Kind.CODE:
        return _number_text if field == "room" else _code
    return _whole_number if column.kind is Kind.NUMBER else _text


def quick_reader_for(target: Target, today: date) -> Quick | None:
    """For a field whose cells mostly stand for themselves: the value of such a text, '' for any other.

    Hundreds of thousands of distinct cells are plain numbers, names and dates; only the rest is worth
    the full reader, which gives the same value.
    """
    field = target.field
    if target.way:
        return None
    if field == "name":
        return lambda text: text if _PLAIN_NAME.match(text) and text.lower() not in words.BLANK_WORDS else ""
    if field in PHONE_FIELDS or field == "emergency_phone":
        return lambda text: text if is_plain_number(text) else ""
    column = COLUMN_BY_KEY.get(field)
    kind = column.kind if column else Kind.TEXT
    if kind is Kind.DATE:
        return quick_date(today)
    if kind is Kind.CODE and field not in ("id_number", "celebrated_birthday", "room"):
        return lambda text: text if len(text) > 5 and text.isascii() and text.isdigit() else ""
    if kind in (Kind.TEXT, Kind.UNIT) and field not in ("former_name", "spouse_name", "remark"):
        return lambda text: text if len(text) > words.LONGEST_BLANK and text.isalnum() else ""
    return None


def unclear(raw: Raw) -> Understood | None:
    """What is nobody's value: errors, formulas without a result; None for ordinary cells."""
    if raw.kind == "e":
        return Understood("", "cell_error", raw.text)
    return Understood("", "formula_empty", "") if raw.kind == "f" else None


def _text(raw: Raw) -> Understood:
    if words.is_blank(raw.text):
        return BLANK
    return Understood(plain_text(raw.text))


def _nation(raw: Raw) -> Understood:
    text = code_text(raw)
    known = words.nation_of(text)
    return Understood(known) if known != text else _text(raw)


def _remark(raw: Raw) -> Understood:
    if words.is_blank(raw.text):
        return BLANK
    text = plain_text(raw.text)
    return Understood(text, "maybe_deceased" if says_deceased(text) else "")


def _name(raw: Raw) -> Understood:
    name = clean_name(raw.text)
    if not name or words.is_blank(name) or "*" in name or not _LETTER.search(name):
        return BLANK
    if says_deceased(name):
        return Understood(clean_name(strip_deceased(name)), "maybe_deceased")
    return Understood(name, "name_broken" if _BROKEN.search(name) else "")


def _plain_name(raw: Raw) -> Understood:
    name = clean_name(raw.text)
    return BLANK if words.is_blank(name) or "*" in name else Understood(name)


_PLAIN_ID = re.compile(r"\d{6}((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d\d(\d)[\dX]\Z", re.ASCII)
_SEX_OF_DIGIT = {str(digit): "M" if digit % 2 else "F" for digit in range(10)}


def _id_number(raw: Raw) -> Understood:
    number = raw.text
    plain = _PLAIN_ID.match(number) if raw.kind == "s" else None
    if plain is not None and check_digit(number[:17]) == number[17]:
        # Every row has another one: the plain form is understood here as `read_id_number` would.
        year, month, day, order = plain.groups()
        facts = (("id_key", number), ("birth", f"{year}-{month}-{day}"), ("sex", _SEX_OF_DIGIT[order]))
        if int(year) < _LAST_BIRTH_YEAR:
            return Understood(number, "", "", facts)
    reading = read_id_number(raw.text, numeric=raw.kind == "n")
    if reading.state in ("empty", "masked"):
        return BLANK
    if reading.state in ("valid", "valid15"):
        return Understood(
            reading.number,
            "",
            "",
            (("id_key", to18(reading.number)), ("birth", str(reading.birth)), ("sex", reading.sex)),
        )
    if reading.state == "check_digit":
        return Understood(reading.number, "id_check_digit")
    if words.is_blank(raw.text):
        return BLANK
    if reading.state == "damaged":
        more = (("birth", str(reading.birth)),) if reading.birth else ()
        return Understood("", "id_damaged", plain_text(raw.text), more)
    return Understood("", "id_malformed", plain_text(raw.text))


def _code(raw: Raw) -> Understood:
    if words.is_blank(raw.text) or is_masked(raw.text):
        return BLANK
    text = code_text(raw)
    # Typed into a spreadsheet, sixteen digits end in 0; a program can store them whole up to 2^53.
    big = raw.kind == "n" and raw.number is not None and abs(raw.number) >= 1e15
    lost = big and (text.endswith("0") or abs(raw.number or 0) > 2**53)
    if lost or _LOST_DIGITS.match(text):
        return Understood("", "number_damaged", plain_text(raw.text))
    return Understood(text)


def _number_text(raw: Raw) -> Understood:
    return BLANK if words.is_blank(raw.text) else Understood(code_text(raw))


def _whole_number(raw: Raw) -> Understood:
    if words.is_blank(raw.text):
        return BLANK
    text = code_text(raw)
    return (
        Understood(str(int(text)))
        if text.isdigit()
        else Understood("", "number_unreadable", plain_text(raw.text))
    )


def _phones(raw: Raw) -> Understood:
    """Numbers joined by 、 in their order; words beside them go along in `more` as phone_words."""
    if words.is_blank(raw.text) or is_masked(raw.text):
        return BLANK
    found = read_phones(code_text(raw) if raw.kind == "n" else raw.text)
    if found.lost or not found.numbers:
        return Understood("", "phone_unreadable", plain_text(raw.text))
    more = (("phone_words", found.words),) if found.words else ()
    return Understood("、".join(found.numbers), "", plain_text(raw.text), more)


def _family_phone(raw: Raw) -> Understood:
    """A relative's number; with a name or a relation beside it the cell is kept whole (trap 25)."""
    found = _phones(raw)
    if found.more:
        return Understood(plain_text(raw.text))
    return Understood(found.value, found.code, found.text)
