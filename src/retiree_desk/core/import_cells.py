"""Understanding a cell for the field its column means, once per distinct cell.

What cannot be known is said with a code and kept as text, never guessed (PRODUCT.md). A value and a
code may come together: the value is kept and the clerk is told.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from retiree_desk.core import import_words as words
from retiree_desk.core.columns import Kind
from retiree_desk.core.dates import DateReading, PartialDate, read_date
from retiree_desk.core.identity import check_digit, is_masked, read_id_number, to18
from retiree_desk.core.import_headers import Target, normal_header
from retiree_desk.core.import_phones import is_plain_number, read_phones
from retiree_desk.core.names import clean_name, says_deceased, strip_deceased
from retiree_desk.core.numerals import with_digits
from retiree_desk.core.retirees import COLUMN_BY_KEY


class Raw(NamedTuple):
    """A cell as a reader found it: what it shows, its number and number format where it has one.

    `kind`: s text, n number, d date, b true or false, e error, f formula without a stored value.
    """

    text: str
    kind: str = "s"
    number: float | None = None
    format: str = ""
    date1904: bool = False


class Understood(NamedTuple):
    """What a cell says for its field.

    `code` names a problem; `text` is then the cell as read where no value could be made of it.
    `more` are values of other fields that the cell tells too.
    """

    value: str = ""
    code: str = ""
    text: str = ""
    more: tuple[tuple[str, str], ...] = ()


BLANK = Understood()
Reader = Callable[[Raw], Understood]
Quick = Callable[[str], str]

PHONE_FIELDS = ("any_phone", "mobile", "phone", "other_phones")
_USES = {"birth": "birth", "archive_birth": "birth", "died_on": "past", "work_started": "past", "party_joined": "past"}
_NOISE = re.compile(r"[\s'`’‘\"“”\u200b-\u200f\u2028-\u202f\u2060\ufeff\x00-\x1f]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_LOST_DIGITS = re.compile(r"^\d(\.\d+)?e\+\d{2}$", re.IGNORECASE)
_PLAIN_DATE = re.compile(r"(?:19|20)\d\d[.-](?:0[1-9]|1[0-2])(?:[.-](?:0[1-9]|1\d|2[0-8]))?\Z", re.ASCII)
# A name of ordinary characters without any that could belong to a mark that the person has died.
_PLAIN_NAME = re.compile(r"[^\W\d_故逝亡去死病离世殁身\uf900-\ufaff]{2,4}\Z")
_LETTER = re.compile(r"[^\W\d_]")
_LAST_BIRTH_YEAR = 2010  # later ones take the full reader, which knows what lies ahead
_FIRST_SERIAL = 2_101  # 1905-10-02; up to here a number can be a year


def plain_text(text: str) -> str:
    """A text as it is kept: no invisible signs, one blank where there were several or a line break."""
    if text.isalnum():
        return text
    return " ".join(_INVISIBLE.sub("", text).split())


def code_text(raw: Raw) -> str:
    """A number that is a name, as its digits: no quotes, blanks or .0 around them, full width to ASCII."""
    text = raw.text
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _NOISE.sub("", text)
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    if raw.kind == "n" and raw.format and set(raw.format) == {"0"} and text.isdigit():
        text = text.zfill(len(raw.format))  # 00123 shown by the format 00000
    return text


def reader_for(target: Target, header: str, today: date) -> Reader:
    """The function that understands cells of a column with this meaning; '' in `field` is custom text."""
    field, way = target.field, target.way
    if way == "label":
        return _label_mark(target.word)
    if way == "rank_mark":
        return _header_mark(header)
    if way == "mark":
        return _field_mark(field, target.word)
    if way in ("alive", "dead"):
        return _life_answer(way == "alive", today)
    special: dict[str, Reader] = {
        "name": _name, "former_name": _plain_name, "spouse_name": _plain_name, "id_number": _id_number,
        "labels": _labels, "status": _status, "celebrated_birthday": _celebrated, "remark": _remark,
        "life": _life(today),
    }  # fmt: skip
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
        return _date(_USES.get(field, "any"), today)
    if column.kind is Kind.CHOICE:
        return _choice(field)
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
        return lambda text: text if _PLAIN_NAME.match(text) and text not in words.BLANK_WORDS else ""
    if field in PHONE_FIELDS or field == "emergency_phone":
        return lambda text: text if is_plain_number(text) else ""
    column = COLUMN_BY_KEY.get(field)
    kind = column.kind if column else Kind.TEXT
    if kind is Kind.DATE:
        this_year = str(today.year)
        return lambda text: text.replace(".", "-") if _PLAIN_DATE.match(text) and text[:4] < this_year else ""
    if kind is Kind.CODE and field not in ("id_number", "celebrated_birthday", "room"):
        return lambda text: text if len(text) > 5 and text.isascii() and text.isdigit() else ""
    if kind in (Kind.TEXT, Kind.UNIT) and field not in ("former_name", "spouse_name", "remark"):
        return lambda text: text if len(text) > words.LONGEST_BLANK and text.isalnum() else ""
    return None


def read_again(raw: Raw, field: str, birth: PartialDate, today: date) -> str:
    """A date that could mean two things, now that the birth date of the person is known; '' if it still does."""
    reading = _reading(raw, _USES.get(field, "any"), today, birth)
    if reading.value:
        return str(reading.value)
    if field == "birth" and raw.kind == "n" and raw.number is not None:
        day = birth.first() if birth.precision == "day" else None
        if day is not None and raw.number == (day - date(1899, 12, 30)).days:
            return str(birth)
    return ""


def unclear(raw: Raw) -> Understood | None:
    """What is nobody's value: errors, formulas without a result; None for ordinary cells."""
    if raw.kind == "e":
        return Understood("", "cell_error", raw.text)
    return Understood("", "formula_empty", "") if raw.kind == "f" else None


def _text(raw: Raw) -> Understood:
    if words.is_blank(raw.text):
        return BLANK
    return Understood(plain_text(raw.text))


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
    return Understood(name)


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
        return Understood(reading.number, "", "", (("id_key", to18(reading.number)), ("birth", str(reading.birth)), ("sex", reading.sex)))
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
    return Understood(str(int(text))) if text.isdigit() else Understood("", "number_unreadable", plain_text(raw.text))


def _reading(raw: Raw, use: str, today: date, birth: PartialDate | None = None) -> DateReading:
    is_date, shown = raw.kind == "d", raw.format
    if raw.kind == "n" and _is_serial(raw.number, today):
        is_date, shown = True, "yyyy-mm-dd"
    return read_date(
        raw.text, number=raw.number, number_format=shown, is_date=is_date, date1904=raw.date1904, use=use,
        birth=birth, today=today,
    )  # fmt: skip


def _is_serial(number: float | None, today: date) -> bool:
    """A day that lost its date format (trap 7): a number that can be nothing else. 5503 may be 1955-03."""
    if number is None or not number.is_integer():
        return False
    last = (today - date(1899, 12, 30)).days + 366
    return _FIRST_SERIAL <= number <= last and (number >= 10_000 or not 1 <= number % 100 <= 12)


def _date(use: str, today: date) -> Reader:
    def read(raw: Raw) -> Understood:
        text = raw.text
        if words.is_blank(text) or text.strip() in words.UNKNOWN_WORDS:
            return BLANK
        reading = _reading(raw, use, today)
        if reading.value is not None:
            return Understood(str(reading.value))
        return Understood("", reading.code, plain_text(text)) if reading.code else BLANK

    return read


def _choice(field: str) -> Reader:
    def read(raw: Raw) -> Understood:
        text = code_text(raw) if raw.kind in "nb" else raw.text
        code = words.choice_of(field, text)
        if code:
            return Understood(code)
        if words.is_blank(text) or (text.strip() in words.UNKNOWN_WORDS):
            return BLANK
        other = words.stray(field, text)
        if other:
            return Understood("", "", "", (other,))
        return Understood("", "choice_unknown", plain_text(text))

    return read


def _life(today: date) -> Reader:
    choice = _choice("life")

    def read(raw: Raw) -> Understood:
        found = choice(raw)
        if found.code:
            status = words.status_words(raw.text)
            if status:
                return Understood("", "", "", (status,))
        return found

    return read


def _status(raw: Raw) -> Understood:
    if words.is_blank(raw.text):
        return BLANK
    state = words.status_words(raw.text) or words.stray("status", raw.text)
    if state:
        return Understood("", "", "", (state,))
    if normal_header(raw.text) in ("退休状态", "在职"):
        return BLANK
    return Understood("", "choice_unknown", plain_text(raw.text))


def _life_answer(alive: bool, today: date) -> Reader:
    """是否在世 and 是否离世; a date below the latter is the date of death."""
    died = _date("past", today)

    def read(raw: Raw) -> Understood:
        mark = words.mark_of(raw.text)
        if mark is not None:
            return Understood("ALIVE" if mark == alive else "DECEASED")
        if words.is_blank(raw.text):
            return BLANK
        code = words.choice_of("life", raw.text)
        if code:
            return Understood(code)
        day = died(raw)
        if day.value and not alive:
            return Understood("DECEASED", "", "", (("died_on", day.value),))
        return Understood("", "choice_unknown", plain_text(raw.text))

    return read


def _labels(raw: Raw) -> Understood:
    if words.is_blank(raw.text) or words.mark_of(raw.text) is False:
        return BLANK
    found: list[str] = []
    more: list[tuple[str, str]] = []
    unknown = False
    whole = words.choice_of("labels", raw.text)
    for word in (raw.text,) if whole else words.split_words(raw.text):
        code = words.choice_of("labels", word)
        other = None if code else words.stray("labels", word)
        if code:
            found.append(code)
        elif other:
            more.append(other)
        elif not words.is_blank(word):
            unknown = True
    value = ",".join(dict.fromkeys(found))
    if unknown:
        return Understood(value, "choice_unknown", plain_text(raw.text), tuple(more))
    return Understood(value, "", "", tuple(more))


def _label_mark(label: str) -> Reader:
    """A column headed by a label: a mark, or the label's own words, mean yes; empty is unknown, not no."""

    def read(raw: Raw) -> Understood:
        mark = words.mark_of(raw.text)
        if mark is not None:
            return Understood(label) if mark else BLANK
        if words.is_blank(raw.text):
            return BLANK
        code = words.choice_of("labels", raw.text)
        return Understood(code or label)

    return read


def _header_mark(header: str) -> Reader:
    def read(raw: Raw) -> Understood:
        mark = words.mark_of(raw.text)
        if mark is not None:
            return Understood(plain_text(header)) if mark else BLANK
        return _text(raw)

    return read


def _field_mark(field: str, code: str) -> Reader:
    choice = _choice(field)

    def read(raw: Raw) -> Understood:
        mark = words.mark_of(raw.text)
        if mark is not None:
            return Understood(code) if mark else BLANK
        return choice(raw)

    return read


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


_BIRTHDAY = re.compile(r"(\d{1,2})[月./\-](\d{1,2})[日号]?$")


def _celebrated(raw: Raw) -> Understood:
    """08-15, lunar L08-15, leap L+04-15 (DECISIONS 9), from 农历八月十五 and the like."""
    if words.is_blank(raw.text):
        return BLANK
    text = unicodedata.normalize("NFKC", plain_text(raw.text)).replace(" ", "")
    if re.match(r"^L?\+?\d\d-\d\d$", text):
        return Understood(text)
    lunar = bool(re.search(r"农历|阴历|旧历|农|阴|初|廿|正月|腊月|冬月|闰", text))
    leap = "闰" in text
    text = re.sub(r"农历|阴历|旧历|公历|阳历|新历|农|阴|阳|公|闰|初|[()]", "", text)
    text = text.replace("正月", "1月").replace("冬月", "11月").replace("腊月", "12月").replace("廿", "二十")
    text = re.sub(r"^\d{4}[年./\-]", "", with_digits(text))
    text = re.sub(r"月(\d)十(\d?)", r"月\1\2", text)
    found = _BIRTHDAY.match(text)
    if found:
        month, day = int(found.group(1)), int(found.group(2))
        if 1 <= month <= 12 and 1 <= day <= (30 if lunar else 31):
            return Understood(f"{'L' if lunar else ''}{'+' if leap else ''}{month:02d}-{day:02d}")
    return Understood("", "date_unreadable", plain_text(raw.text))
