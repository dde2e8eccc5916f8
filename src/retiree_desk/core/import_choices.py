"""Choices, states, labels and marks in HR cells: words to codes, and to the field they truly belong to."""

from datetime import date

from retiree_desk.core import import_words as words
from retiree_desk.core.import_dates import date_reader
from retiree_desk.core.import_headers import normal_header
from retiree_desk.core.import_raw import BLANK, Raw, Reader, Understood, code_text, plain_text


def choice_reader(field: str) -> Reader:
    """Words of one choice field; a word of another field goes there."""

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


def life_reader() -> Reader:
    """生存状态; words of other states are taken as such."""
    choice = choice_reader("life")

    def read(raw: Raw) -> Understood:
        found = choice(raw)
        if found.code:
            status = words.status_words(raw.text)
            if status:
                return Understood("", "", "", (status,))
        return found

    return read


def status_word(raw: Raw) -> Understood:
    """人员状态: each word goes to the state, or the category, it belongs to (DECISIONS 10)."""
    if words.is_blank(raw.text):
        return BLANK
    state = words.status_words(raw.text) or words.stray("status", raw.text)
    if state:
        return Understood("", "", "", (state,))
    if normal_header(raw.text) in ("退休状态", "在职"):
        return BLANK
    return Understood("", "choice_unknown", plain_text(raw.text))


def life_answer(alive: bool, today: date) -> Reader:
    """是否在世 and 是否离世; a date below the latter is the date of death."""
    died = date_reader("past", today)

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


def label_words(raw: Raw) -> Understood:
    """Several labels in one cell; what is no label is said and kept as text."""
    if words.is_blank(raw.text) or words.mark_of(raw.text) is False:
        return BLANK
    found: list[str] = []
    more: list[tuple[str, str]] = []
    unknown = False
    whole = words.choice_of("labels", raw.text)
    for word in (raw.text,) if whole else words.split_words("labels", raw.text):
        code = words.choice_of("labels", word)
        other = None if code else words.stray("labels", word)
        if code:
            found.append(code)
        elif other:
            more.append(other)
        elif not words.is_blank(word) and not words.is_derived_label(word):
            unknown = True
    value = ",".join(dict.fromkeys(found))
    if unknown:
        return Understood(value, "choice_unknown", plain_text(raw.text), tuple(more))
    return Understood(value, "", "", tuple(more))


def label_mark(label: str) -> Reader:
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


def label_words_or_mark(label: str) -> Reader:
    """A column of one kind of label (劳模情况标识): its words, or a mark that says no more than yes."""

    def read(raw: Raw) -> Understood:
        return Understood(label) if words.mark_of(raw.text) else label_words(raw)

    return read


def header_mark(header: str) -> Reader:
    """A column headed by a rank (厅级): a mark means the header's words."""

    def read(raw: Raw) -> Understood:
        mark = words.mark_of(raw.text)
        if mark is not None:
            return Understood(plain_text(header)) if mark else BLANK
        return BLANK if words.is_blank(raw.text) else Understood(plain_text(raw.text))

    return read


def field_mark(field: str, code: str) -> Reader:
    """A column headed by one choice (独居): a mark means that choice."""
    choice = choice_reader(field)

    def read(raw: Raw) -> Understood:
        mark = words.mark_of(raw.text)
        if mark is not None:
            return Understood(code) if mark else BLANK
        return choice(raw)

    return read
