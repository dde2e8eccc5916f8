"""Words in HR cells: what means blank, yes, the same as above, and each choice of a field.

A word is compared without blanks and width; its brackets are optional.
"""

import re
import unicodedata
from functools import lru_cache

from retiree_desk.core.import_word_tables import (
    BLANKS,
    CHOICES,
    DERIVED_LABELS,
    LABELS,
    NATION_NAMES,
    NO,
    STATUSES,
    UNKNOWNS,
    YES,
)
from retiree_desk.core.retirees import COLUMN_BY_KEY, STATUS
from retiree_desk.i18n import _

_SPACES = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")

BLANK_WORDS = frozenset(BLANKS.split())
UNKNOWN_WORDS = frozenset(UNKNOWNS.split())
DITTO_WORDS = frozenset(("同上", "〃", "″", '"', "''", "”", "“", "々", "同前", "同上行"))
YES_WORDS = frozenset(YES.split())
NO_WORDS = frozenset(NO.split())
_DERIVED_LABELS = frozenset(DERIVED_LABELS.split())
_NATIONS = NATION_NAMES.split()
_NATION_INDEX = {
    **{name: f"{name}族" for name in _NATIONS},
    **{f"{number:02d}": f"{name}族" for number, name in enumerate(_NATIONS, 1)},
    **{str(number): f"{name}族" for number, name in enumerate(_NATIONS[:9], 1)},
}

# Words that belong to another field than the column's: (column, word) -> that field and code.
_STRAYS: dict[str, tuple[str, ...]] = {
    "health": ("ability", "living"),
    "living": ("labels",),
    "category": ("identity",),
    "identity": ("category",),
    "status": ("category",),
    "labels": ("ability", "living", "health"),
    "whereabouts": ("living",),
    "handover": (),
}


def normal_word(text: str) -> str:
    """How a word is compared: one width, no blanks, small letters."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).lower()


def _index(words: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, spellings in words.items():
        found.setdefault(code.lower(), code)
        for spelling in spellings.split():
            found.setdefault(normal_word(spelling), code)
    return found


_CHOICE_INDEX: dict[str, dict[str, str]] = {field: _index(words) for field, words in CHOICES.items()}
_CHOICE_INDEX["labels"] = _index(LABELS)
_STATUS_INDEX: dict[str, tuple[str, str]] = {
    normal_word(spelling): state for state, spellings in STATUSES.items() for spelling in spellings.split()
}


def own_words_too(field: str) -> dict[str, str]:
    """The words in which this program itself writes a choice, in the language spoken now and in English."""
    choices = COLUMN_BY_KEY[field].choices
    english = {normal_word(word): code for code, word in choices.items()}
    return english | {normal_word(_(word)): code for code, word in choices.items()}


@lru_cache(maxsize=8192)
def choice_of(field: str, text: str) -> str:
    """The code of a choice word of `field`, or '' where the word is not known."""
    index = _CHOICE_INDEX.get(field, {})
    word = normal_word(text)
    found = index.get(word)
    if found is None and field in COLUMN_BY_KEY and COLUMN_BY_KEY[field].choices:
        found = own_words_too(field).get(word)
    if found is None:
        found = index.get(_BRACKETED.sub("", word).strip("。.,;、")) or index.get(word.strip("。.,;、"))
    return found or ""


@lru_cache(maxsize=2048)
def status_words(text: str) -> tuple[str, str] | None:
    """The state, and its code, that a one-word status means; None where it is not known."""
    word = normal_word(text)
    found = _STATUS_INDEX.get(word) or _STATUS_INDEX.get(_BRACKETED.sub("", word))
    if found is None:
        code = own_words_too("status").get(word, word.upper() if word.upper() in STATUS else "")
        found = {
            "DECEASED": ("life", "DECEASED"),
            "ARCHIVED": ("record", "ARCHIVED"),
            "MOVED_OUT": ("record", "MOVED_OUT"),
            "HANDED_OVER": ("handover", "HANDED_OVER"),
            "LOST": ("contact", "LOST"),
            "ON_REGISTER": ("record", "ON_REGISTER"),
        }.get(code)
    return found


def stray(field: str, text: str) -> tuple[str, str] | None:
    """Another field, and its code, that a word in the column of `field` truly belongs to."""
    for other in _STRAYS.get(field, ()):
        code = choice_of(other, text)
        if code:
            return other, code
    return None


def is_derived_label(word: str) -> bool:
    """Whether a label only says how old somebody is."""
    return normal_word(word) in _DERIVED_LABELS


def nation_of(text: str) -> str:
    """A nation's name in its usual form: 汉 and 01 are 汉族; what is not known stays as it is."""
    return _NATION_INDEX.get(normal_word(text), text)


_SPLIT = re.compile(r"[、,;/|\n]+")
_SPLIT_FURTHER = re.compile(r"[\s+和及]+")


@lru_cache(maxsize=4096)
def split_words(field: str, text: str) -> tuple[str, ...]:
    """The single words of a cell that lists several; a known word of several parts stays whole."""
    words: list[str] = []
    for part in _SPLIT.split(unicodedata.normalize("NFKC", text)):
        words += [part] if choice_of(field, part) else _SPLIT_FURTHER.split(part)
    return tuple(word for word in words if word.strip())


LONGEST_BLANK = max(len(word) for word in BLANK_WORDS if word.isalnum())


def is_blank(text: str) -> bool:
    """Whether a cell's text stands for nothing. A masked number counts as blank too (DECISIONS 19)."""
    if text.isalnum():  # nearly every cell, and asked of every distinct one
        return len(text) <= LONGEST_BLANK and normal_word(text) in BLANK_WORDS
    return _is_blank(text)


@lru_cache(maxsize=16384)
def _is_blank(text: str) -> bool:
    word = normal_word(text)
    if not word or word in BLANK_WORDS:
        return True
    return word.count("*") >= 3 or not word.strip("-—_/\\.…*")


def is_ditto(text: str) -> bool:
    """Whether a cell says that the value above holds here too."""
    return text.strip() in DITTO_WORDS


def mark_of(text: str) -> bool | None:
    """True for a mark that means yes, False for one that means no, None for other words."""
    word = normal_word(text)
    if word in YES_WORDS:
        return True
    return False if word in NO_WORDS else None
