"""The columns of the list of people on the screen, what it shows of a person, and what it masks.

Derived columns that only the list has stand here: everything else is a column of the registry.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from retiree_desk.core.ages import full_age
from retiree_desk.core.columns import Column, Kind
from retiree_desk.core.identity import mask_account, mask_id, mask_phone
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.retirees import RETIREE_COLUMNS, Retiree
from retiree_desk.i18n import N_, _

PLACE = Column("place", N_("Area and building"), Kind.TEXT, 16, derived=True)
PHONES = Column("phones", N_("Telephone"), Kind.CODE, 13, derived=True)
LAST_VISIT = Column("last_visit", N_("Last visit"), Kind.DATE, 11, derived=True)

# Columns of the list that are no field; each stands behind the field it belongs to.
_AFTER = {"building": PLACE, "other_phones": PHONES, "verified_on": LAST_VISIT}

PEOPLE_COLUMNS: tuple[Column, ...] = tuple(
    each for column in RETIREE_COLUMNS for each in (column, _AFTER.get(column.key)) if each is not None
)
DEFAULT_KEYS = ["name", "sex", "age", "category", "party_branch", "place", "phones", "status", "last_visit"]
CUSTOM = "custom_"

PHONE_KEYS = frozenset({"mobile", "phone", "other_phones", "phones", "emergency_phone", "whereabouts_place"})
ADDRESS_KEYS = frozenset(
    {"home_address", "hukou_address", "place", "area", "building", "unit_no", "room", "community"}
)
_NUMBER = re.compile(r"[0-9][0-9 -]{5,}[0-9]")


@dataclass(frozen=True, slots=True)
class Masks:
    """What the screen hides: ID numbers and accounts in the middle unless `numbers` shows them;
    with `privacy` phones and addresses too (DECISIONS 28, OFFICE 2.1)."""

    numbers: bool = False
    privacy: bool = False

    def hides(self, key: str) -> bool:
        """Whether the column is masked now."""
        if key in ("id_number", "bank_account"):
            return not self.numbers
        return self.privacy and not self.numbers and (key in PHONE_KEYS or key in ADDRESS_KEYS)

    def apply(self, key: str, text: str) -> str:
        """The text as the screen may show it."""
        if not text or not self.hides(key):
            return text
        if key == "id_number":
            return mask_id(text)
        if key == "bank_account":
            return mask_account(text)
        if key in PHONE_KEYS:
            return _NUMBER.sub(lambda found: mask_phone(found.group()), text)
        return text[:2] + "****" if len(text) > 2 else "****"


def people_columns(custom: Mapping[int, str]) -> tuple[Column, ...]:
    """All columns the list can show; `custom` are the office's own fields, id to name.

    Their titles are no message ids: they are shown as the office wrote them.
    """
    own = (Column(f"{CUSTOM}{number}", name, Kind.TEXT, 14, derived=True) for number, name in custom.items())
    return (*PEOPLE_COLUMNS, *own)


def age_text(person: Retiree, today: date) -> str:
    """Full age today or on the day of death; `80-81` where the birth date leaves it open."""
    if not person["birth"]:
        return ""
    on = today
    if person["died_on"]:
        on = min(on, PartialDate.parse(person["died_on"]).last())
    return str(full_age(PartialDate.parse(person["birth"]), on))


def place_text(person: Retiree) -> str:
    """Area and building, as far as known."""
    return f"{person['area']}{person['building']}"


def door_text(person: Retiree) -> str:
    """Area, building, entrance and door in a row; else the address as written."""
    if not (person["area"] or person["building"]):
        return person["home_address"]
    parts = [person["area"], person["building"], person["unit_no"], person["room"]]
    return " ".join(part for part in parts if part)


def phones_text(person: Retiree) -> str:
    """Mobile, else landline, else a further number."""
    return person["mobile"] or person["phone"] or person["other_phones"]


def cell_text(column: Column, person: Retiree, today: date) -> str:
    """What a column shows of a person, unmasked, in the language spoken now."""
    key = column.key
    if key == "age":
        return age_text(person, today)
    if key == "place":
        return place_text(person)
    if key == "phones":
        return phones_text(person)
    if key.startswith(CUSTOM):
        return person.custom.get(int(key.removeprefix(CUSTOM)), "")
    return column.show(person[key])


def deceased_name(person: Retiree) -> str:
    """The name; behind that of the dead the word for it, never colour alone (OFFICE 2.16)."""
    return person.name if person.is_living else _("{name} (deceased)").format(name=person.name)
