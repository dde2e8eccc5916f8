"""A value as a clerk types it, turned into the form it is stored in, or a plain sentence why not."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from retiree_desk.core.columns import Column, Kind
from retiree_desk.core.dates import read_date
from retiree_desk.core.errors import UsageError
from retiree_desk.core.identity import clean_id, read_id_number
from retiree_desk.core.import_words import choice_of
from retiree_desk.core.names import clean_name
from retiree_desk.core.retirees import COLUMN_BY_KEY
from retiree_desk.i18n import _

MAX_LENGTH = 500
_MAY_LIE_AHEAD = ("retired_on", "whereabouts_until", "dues_paid_until", "party_full_member")
_BIRTHDAY = re.compile(r"(L\+?)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def typed_value(column: Column, text: str, today: date) -> str:
    """The stored form of what was typed into a field; '' empties it. Raises `UsageError`."""
    text = _clean(column, text)
    if not text:
        return ""
    if len(text) > (100 if column.key in ("name", "former_name") else MAX_LENGTH):
        raise UsageError("too_long", _("{field}: the text is too long.").format(field=column.heading()))
    if column.kind is Kind.CHOICE:
        return _choice(column, text)
    if column.kind is Kind.LABELS:
        words = [word for word in re.split(r"[,,、;;\s]+", text) if word]
        return ",".join(dict.fromkeys(_choice(column, word) for word in words))
    if column.kind is Kind.DATE:
        return _date(column, text, today)
    if column.kind is Kind.NUMBER:
        if not re.fullmatch(r"\d{1,9}", text):
            raise UsageError(
                "number_unreadable",
                _("{field}: “{text}” is no number.").format(field=column.heading(), text=text),
            )
        return str(int(text))
    if column.key == "id_number":
        return clean_id(text)
    if column.key in ("name", "former_name"):
        return clean_name(text)
    if column.key == "celebrated_birthday" and not _BIRTHDAY.fullmatch(text.upper()):
        raise UsageError(
            "date_unreadable",
            _("{field}: write 08-15, or L08-15 for a lunar day (L+04-15 in a leap month).").format(
                field=column.heading()
            ),
        )
    return text.upper() if column.key == "celebrated_birthday" else text


def _clean(column: Column, text: str) -> str:
    # Control and formatting characters come along with copied text and print as nothing or boxes.
    kept = "".join(
        " " if char in "\t\r\n" else char for char in text if char in "\t\r\n" or not _hidden(char)
    )
    return unicodedata.normalize("NFC", kept).strip()


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs")


def _choice(column: Column, word: str) -> str:
    if word in column.choices:
        return word
    for code in column.choices:
        if column.show(code) == word:
            return code
    found = choice_of(column.key, word)
    if found:
        return found
    raise UsageError(
        "choice_unknown",
        _("{field}: “{text}” is not one of {choices}.").format(
            field=column.heading(), text=word, choices="、".join(column.show(code) for code in column.choices)
        ),
    )


def _date(column: Column, text: str, today: date) -> str:
    # A retirement or the end of a stay may lie ahead; a birth or a death may not.
    use = "birth" if "birth" in column.key else ("any" if column.key in _MAY_LIE_AHEAD else "past")
    reading = read_date(text, use=use, today=today)
    if reading.value is None:
        raise UsageError(
            "date_unreadable",
            _("{field}: “{text}” is no date that can be; write 1955, 1955-03 or 1955-03-12.").format(
                field=column.heading(), text=text
            ),
        )
    return str(reading.value)


def with_id_facts(values: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """The values, with birth date and sex filled from a valid ID number where they are empty."""
    done = dict(values)
    number = values.get("id_number", "")
    reading = read_id_number(number) if number else None
    if reading and reading.state in ("valid", "valid15"):
        if reading.birth and not done.get("birth", now.get("birth", "")):
            done["birth"] = str(reading.birth)
        if reading.sex and not done.get("sex", now.get("sex", "")):
            done["sex"] = reading.sex
    return done


def field_named(key: str) -> Column:
    """The column of a field code. Raises `UsageError` naming the unknown code."""
    column = COLUMN_BY_KEY.get(key)
    if column is None:
        raise UsageError("field_unknown", _("There is no field “{key}”.").format(key=key))
    return column
