"""The fate of each source column: a field, kept as a custom field, or ignored, always with the reason.

First by known headers, then by the values where a header can mean two things or nothing; two columns
never go into one field, except phones and labels, which a person has several of (DESK I7).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from retiree_desk.core import import_words as words
from retiree_desk.core.identity import read_id_number
from retiree_desk.core.import_cells import PHONE_FIELDS
from retiree_desk.core.import_headers import DERIVED, Target, meaning, normal_header, title_of
from retiree_desk.core.import_phones import is_mobile
from retiree_desk.core.import_raw import Raw, code_text
from retiree_desk.core.retirees import SETTABLE_FIELDS
from retiree_desk.i18n import N_

FIELD, CUSTOM, IGNORED = "field", "custom", "ignored"
MANY = frozenset((*PHONE_FIELDS, "labels"))  # fields that several columns may fill together
# Columns of ticks, each headed by one choice (自理, 半自理, 不能自理), fill their field together.
TICKS = frozenset(("mark", "rank_mark"))
# A header of one of these may truly hold the other: 身份 with 离休, 类别 with 干部.
_TWINS = {"category": "identity", "identity": "category"}
CUSTOM_PREFIX = "custom:"

_NUMBERINGS = frozenset(("编号", "号", "编码", "号码", "顺序"))
# Why a column is not a field of its own; shown beside its fate.
REASONS: Mapping[str, str] = {
    "": "",
    "empty": N_("nothing in it"),
    "derived": N_("worked out by the program"),
    "same": N_("the same as an earlier column"),
    "differs": N_("a second column of this kind, kept to check the first"),
    "unknown": N_("no field of this name"),
    "values": N_("recognised by its values"),
    "chosen": N_("chosen by you"),
    "remembered": N_("as last time"),
}


@dataclass(frozen=True, slots=True)
class ColumnData:
    """A column of a table before its fate: `values` gives its distinct cells below the header."""

    index: int
    levels: tuple[str, ...]
    hidden: bool
    values: Callable[[], Collection[Raw]]


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column of a table and its fate. `target` says how its cells are understood.

    `label` is the name of the custom field where the fate is custom. `same_as` is the index of the
    earlier column whose field a second column repeats.
    """

    index: int
    header: str
    target: Target
    fate: str
    reason: str = ""
    label: str = ""
    hidden: bool = False
    same_as: int = 0

    @property
    def field(self) -> str | None:
        """The field code, or None where the fate is not a field."""
        if self.fate != FIELD:
            return None
        return "mobile" if self.target.field == "any_phone" else self.target.field


def assign(columns: Sequence[ColumnData], chosen: Mapping[int, str] | None = None) -> list[SourceColumn]:
    """A fate for every column. `chosen` gives some by index: a field code, custom or ignored."""
    chosen = chosen or {}
    found = [_by_header(column, chosen.get(column.index)) for column in columns]
    plain = {
        column.target.field for column in found if column.fate == FIELD and column.target.field not in _TWINS
    }
    found = _grid(found)
    settled = [
        _by_values(column, source, found, plain) for column, source in zip(found, columns, strict=True)
    ]
    return _label(_one_per_field(settled))


def _by_header(column: ColumnData, choice: str | None) -> SourceColumn:
    header = title_of(column.levels)
    plain = SourceColumn(column.index, header, Target(""), CUSTOM, "unknown", hidden=column.hidden)
    if choice is not None:
        if choice == IGNORED:
            return replace(plain, fate=IGNORED, reason="chosen")
        if choice in SETTABLE_FIELDS or choice in (*PHONE_FIELDS, "status"):
            known = meaning(column.levels)
            wanted = known if known is not None and known.field == choice else Target(choice)
            return replace(plain, target=wanted, fate=FIELD, reason="chosen")
        return replace(plain, reason="chosen")
    target = meaning(column.levels)
    if target is DERIVED:
        return replace(plain, target=DERIVED, fate=IGNORED, reason="derived")
    if target is not None:
        return replace(plain, target=target, fate=FIELD, reason="")
    return plain


def _grid(columns: Sequence[SourceColumn]) -> list[SourceColumn]:
    """网格 is the group that looks after people (OFFICE 1.1); where another column names it, their area."""
    if sum(column.fate == FIELD and column.target.field == "admin_group" for column in columns) < 2:
        return list(columns)
    return [
        replace(column, target=Target("area"))
        if column.target.field == "admin_group"
        and column.reason != "chosen"
        and normal_header(column.header) == "网格"
        else column
        for column in columns
    ]


def _by_values(
    column: SourceColumn, source: ColumnData, all_columns: Sequence[SourceColumn], plain: set[str]
) -> SourceColumn:
    """Looks at the cells where the header does not decide."""
    if column.reason == "chosen" or column.fate == IGNORED:
        return column
    field = column.target.field
    if field in _TWINS and not column.target.way:
        return _twin(column, source, all_columns)
    if column.target.way == "by_words":
        column = _if_its_words(column, source)
    if column.fate == CUSTOM:
        values = [raw for raw in source.values() if not words.is_blank(raw.text)]
        if not values:
            return replace(column, fate=IGNORED, reason="empty")
        if normal_header(column.header) in _NUMBERINGS and _counts_up(values):
            return replace(column, target=DERIVED, fate=IGNORED, reason="derived")
        guess = _look(values)
        if guess and guess not in plain and (guess != "mobile" or not plain & set(PHONE_FIELDS)):
            return replace(column, target=Target(guess), fate=FIELD, reason="values")
    return column


def _if_its_words(column: SourceColumn, source: ColumnData) -> SourceColumn:
    """The field where at least half of the cells are its words; else the column is of no field."""
    field = column.target.field
    values = {raw.text for raw in source.values() if not words.is_blank(raw.text)}
    if values and sum(bool(words.choice_of(field, value)) for value in values) * 2 >= len(values):
        return replace(column, target=Target(field))
    return replace(column, target=Target(""), fate=CUSTOM, reason="unknown")


def _counts_up(values: Sequence[Raw]) -> bool:
    """Whether the distinct cells are 1, 2, 3 ... to their number: a numbering, not a number of anybody."""
    texts = {code_text(raw) for raw in values}
    return all(text.isdecimal() for text in texts) and {int(text) for text in texts} == set(
        range(1, len(texts) + 1)
    )


def _twin(column: SourceColumn, source: ColumnData, all_columns: Sequence[SourceColumn]) -> SourceColumn:
    """Category or identity, whichever the words in the column are of."""
    field = column.target.field
    other = _TWINS[field]
    values = {raw.text for raw in source.values() if not words.is_blank(raw.text)}
    own = sum(bool(words.choice_of(field, value)) for value in values)
    if not values or own * 2 >= len(values):
        return column
    foreign = sum(bool(words.choice_of(other, value)) for value in values)
    if foreign * 2 < len(values) or foreign <= own:
        return column
    if any(each.target.field == other and each.fate == FIELD for each in all_columns if each is not column):
        return replace(column, target=Target(""), fate=CUSTOM, reason="unknown")
    return replace(column, target=Target(other), reason="values")


def _look(values: Sequence[Raw]) -> str:
    """id_number or mobile where nearly every cell is one."""
    sample = values[:200]
    enough = max(1, len(sample) * 8 // 10)
    if len(sample) >= 2 and sum(read_id_number(raw.text).valid for raw in sample) >= enough:
        return "id_number"
    if len(sample) >= 3 and sum(is_mobile(code_text(raw)) for raw in sample) >= enough:
        return "mobile"
    return ""


def _one_per_field(columns: Sequence[SourceColumn]) -> list[SourceColumn]:
    """The first column of a field gets it; a later one is kept to check it. A chosen column comes first."""
    holder: dict[str, int] = {}
    first_of = sorted(
        columns, key=lambda each: (each.reason not in ("chosen", "remembered"), each.target.way in TICKS)
    )
    ticks = {column.index for column in columns if column.target.way in TICKS}
    for column in first_of:
        if column.fate == FIELD and column.target.field not in MANY:
            holder.setdefault(column.target.field, column.index)
    out: list[SourceColumn] = []
    for column in columns:
        first = holder.get(column.target.field, column.index)
        together = column.target.field in MANY or {first, column.index} <= ticks
        if column.fate == FIELD and not together and first != column.index:
            column = replace(column, fate=CUSTOM, reason="differs", same_as=first)
        out.append(column)
    return out


def _label(columns: Sequence[SourceColumn]) -> list[SourceColumn]:
    """A name of its own for each column that is kept as a custom field."""
    used: set[str] = set()
    out: list[SourceColumn] = []
    for column in columns:
        if column.fate != CUSTOM:
            out.append(column)
            continue
        stem = column.header or f"第{column.index}列"
        label, number = stem, 2
        while label in used or (column.same_as and label == stem and number == 2):
            label, number = f"{stem} ({number})", number + 1
        used.add(label)
        out.append(replace(column, label=label))
    return out


def settle_check_columns(
    columns: Sequence[SourceColumn], agrees: Callable[[SourceColumn], bool]
) -> list[SourceColumn]:
    """Second columns that never say anything else than the first are ignored: nothing is lost by it."""
    return [
        replace(column, fate=IGNORED, reason="same", label="")
        if column.same_as and agrees(column)
        else column
        for column in columns
    ]


def without_empty(columns: Sequence[SourceColumn], filled: Collection[int]) -> list[SourceColumn]:
    """Columns kept as custom fields in which no cell says anything are ignored."""
    return [
        replace(column, fate=IGNORED, reason="empty", label="")
        if column.fate == CUSTOM and column.index not in filled and column.reason != "chosen"
        else column
        for column in columns
    ]


@lru_cache(maxsize=256)
def fingerprint(headers: tuple[tuple[str, ...], ...]) -> str:
    """What sheets with the same headers have in common, whatever year or rows they hold."""
    import hashlib
    import re

    keys = ["/".join(re.sub(r"\d{4}", "", normal_header(level)) for level in levels) for levels in headers]
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:24]
