"""A cell as it was found, and what was understood of it."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

_NOISE = re.compile(r"[\s'`’‘\"“”\u200b-\u200f\u2028-\u202f\u2060\ufeff\x00-\x1f]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


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
