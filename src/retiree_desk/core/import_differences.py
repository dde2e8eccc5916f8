"""What a row would change in a person's record, and what is taken without asking (DECISIONS 12, 18).

Where HR has authority its value is taken; elsewhere it fills blanks and the rest is offered. A blank
cell never wipes, a coarser date that agrees is no difference, known phones and labels are never removed.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from retiree_desk.core.columns import Authority, Kind
from retiree_desk.core.identity import id_key
from retiree_desk.core.import_columns import CUSTOM_PREFIX
from retiree_desk.core.import_words import nation_of
from retiree_desk.core.names import name_key
from retiree_desk.core.retirees import COLUMN_BY_KEY, LABELS, STATE_DEFAULTS
from retiree_desk.core.units import building_key

# Numbers of a person that are compared together: one known in another field is no news.
NUMBER_FIELDS = ("mobile", "phone", "other_phones")
_LABEL_ORDER = {code: number for number, code in enumerate(LABELS)}


class Difference(NamedTuple):
    """One field of one person: what is held, what HR's sheet says, what taking it would write.

    `takes` is whether it is taken by default. `said` is the sheet's own value, by which a refusal is
    remembered; it differs from `new` where values are added to those held.
    """

    field: str
    old: str
    new: str
    takes: bool
    said: str


class Outcome(NamedTuple):
    """What comparing gives: the value to write and whether it is taken; or a `code` to look at."""

    new: str = ""
    takes: bool = False
    code: str = ""


SAME = Outcome()
_GENERAL_LABELS = {"HARDSHIP": "HARDSHIP_", "MODEL_WORKER": "MODEL_"}
Held = Callable[[str], str]  # a field of the person as held


def compare(field: str, old: str, new: str, held: Held) -> Outcome:
    """How HR's `new` stands to the held `old`, unequal and not empty; phones by `compare_phones`."""
    special = _SPECIAL.get(field)
    if special is not None:
        return special(old, new, held)
    if field.startswith(CUSTOM_PREFIX):
        return SAME if old == new else Outcome(new, True)
    column = COLUMN_BY_KEY[field]
    if column.kind is Kind.DATE and old and old.startswith(new):
        return SAME
    if column.kind is Kind.UNIT and old and _same_unit(field, old, new):
        return SAME
    return Outcome(new, not old or column.authority is Authority.HR)


@lru_cache(maxsize=16384)
def _same_unit(field: str, old: str, new: str) -> bool:
    if field in ("building", "unit_no"):
        return building_key(old) == building_key(new)
    return name_key(old) == name_key(new)


def _name(old: str, new: str, held: Held) -> Outcome:
    key = name_key(new)
    return SAME if key in (name_key(old), name_key(held("former_name"))) else Outcome(new, True)


def _id_number(old: str, new: str, _held: Held) -> Outcome:
    key = id_key(new)
    if old and key and key == id_key(old) and len(old) == 18:
        return SAME  # the old form of the same number
    # A number that fails its check digit does not replace one that is right unasked.
    return Outcome(new, bool(key) or not id_key(old))


def _by_id_number(code: str) -> Callable[[str, str, Held], Outcome]:
    """Birth and sex follow from a valid ID number; a sheet that says otherwise is a problem, no change."""

    def compare_fact(old: str, new: str, held: Held) -> Outcome:
        if code == "birth_differs" and old.startswith(new):
            return SAME
        if old and id_key(held("id_number")):
            return Outcome("", False, code)
        return Outcome(new, True)

    return compare_fact


def _former_unit(old: str, new: str, held: Held) -> Outcome:
    """原单位及职务 in one column, as rosters have it, says no more than the two fields together."""
    plain = "".join(new.split())
    both = "".join((old + held("post")).split())
    return SAME if plain in ("".join(old.split()), both) else Outcome(new, True)


def compare_phones(said: Mapping[str, str], held: Held) -> list[Difference]:
    """How the numbers of a row stand to those held, all fields of `NUMBER_FIELDS` together.

    A number known in any field is no news. A first number that the row still lists is not replaced: the
    new one is added behind it. What is not known yet is added to the further numbers, none is removed.
    """
    listed = [number for key in NUMBER_FIELDS for number in said.get(key, "").split("、") if number]
    old_further = held("other_phones")
    known = {held("mobile"), held("phone"), *old_further.split("、")}
    found: list[Difference] = []
    further = [number for number in said.get("other_phones", "").split("、") if number]
    for key in ("mobile", "phone"):
        new, old = said.get(key, ""), held(key)
        if not new or new in known:
            continue
        if old in listed:
            further.append(new)
        else:
            found.append(Difference(key, old, new, not old, new))
    added = [number for number in dict.fromkeys(further) if number not in known]
    if added:
        joined = "、".join((*((old_further,) if old_further else ()), *added))
        found.append(Difference("other_phones", old_further, joined, True, "、".join(added)))
    return found


def _nation(old: str, new: str, _held: Held) -> Outcome:
    return SAME if nation_of(old) == new else Outcome(new, True)


def _labels(old: str, new: str, _held: Held) -> Outcome:
    have = {code for code in old.split(",") if code}
    every = have | set(new.split(","))
    for general, special in _GENERAL_LABELS.items():
        if general not in have and any(code.startswith(special) and code != general for code in every):
            every.discard(general)  # 劳模 says no more than 省部级劳模
    if every == have:
        return SAME
    return Outcome(",".join(sorted(every, key=lambda code: _LABEL_ORDER.get(code, 99))), True)


def _state(field: str) -> Callable[[str, str, Held], Outcome]:
    """A list that still calls a person living, or on the register, does not take back what was entered."""

    def compare_state(old: str, new: str, _held: Held) -> Outcome:
        usual = STATE_DEFAULTS[field]
        if (old or usual) == new:
            return SAME
        office = COLUMN_BY_KEY[field].authority is Authority.OFFICE
        return Outcome(new, new != usual and not office)

    return compare_state


_SPECIAL: dict[str, Callable[[str, str, Held], Outcome]] = {
    "name": _name,
    "id_number": _id_number,
    "birth": _by_id_number("birth_differs"),
    "sex": _by_id_number("sex_differs"),
    "labels": _labels,
    "former_unit": _former_unit,
    "nation": _nation,
    **{field: _state(field) for field in STATE_DEFAULTS},
}
