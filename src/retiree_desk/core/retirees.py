"""The person of the registry: fields, columns, choices and derived facts.

Field codes are fixed (PRODUCT.md "Field codes", OFFICE 3.10); words are those of OFFICE 3.5,
3.10 and 3.11. Age and status are derived and never stored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NewType

from retiree_desk.core.columns import Authority, Column, Kind
from retiree_desk.i18n import N_

PersonId = NewType("PersonId", int)

SEXES = {"M": N_("Male"), "F": N_("Female")}
CATEGORIES = {
    "VETERAN_CADRE": N_("Veteran cadre"),
    "RETIRED_CADRE": N_("Retired cadre"),
    "RETIRED_WORKER": N_("Retired worker"),
    "RETIRED": N_("Retired (not told apart)"),
    "RESIGNED_DISABLED": N_("Separated for incapacity"),
    "INTERNAL_LEAVE": N_("Early leave"),
    "SURVIVOR": N_("Survivor"),
    "MAY7_WORKER": N_("May-7 worker"),
    "FAMILY_WORKER": N_("Family worker"),
    "OTHER": N_("Other category"),
}
IDENTITIES = {"CADRE": N_("Cadre"), "WORKER": N_("Worker"), "NOT_TOLD": N_("Not told apart")}
LIFE = {"ALIVE": N_("Alive"), "DECEASED": N_("Died")}
RECORD = {
    "ON_REGISTER": N_("On the register"),
    "MOVED_OUT": N_("Moved out"),
    "ARCHIVED": N_("Archived"),
}
HANDOVER = {
    "NOT_YET": N_("Not handed over"),
    "IN_PROGRESS": N_("Being handed over"),
    "HANDED_OVER": N_("Handed over"),
    "STAYS": N_("Stays here"),
}
CONTACT = {
    "NORMAL": N_("In contact"),
    "UNREACHABLE": N_("Not reached for now"),
    "LOST": N_("Out of contact"),
}
YES_NO = {"YES": N_("Yes"), "NO": N_("No")}
STATUS = {
    "DECEASED": N_("Deceased"),
    "ARCHIVED": N_("Archived (status)"),
    "MOVED_OUT": N_("Moved out (status)"),
    "HANDED_OVER": N_("Handed over"),
    "LOST": N_("Out of contact"),
    "ON_REGISTER": N_("On the register"),
}
POLITICS = {
    "CPC": N_("Party member"),
    "CPC_PROBATION": N_("Probationary Party member"),
    "DEMOCRATIC": N_("Democratic party"),
    "NON_PARTY": N_("No party"),
    "MASSES": N_("Masses"),
}
RESIDENCE_KINDS = {
    "URBAN": N_("Town"),
    "BASE": N_("Mine or base"),
    "RURAL": N_("Countryside"),
    "REMOTE": N_("Remote"),
    "ELSEWHERE": N_("Elsewhere"),
}
WHEREABOUTS = {
    "HOME": N_("At home"),
    "AWAY": N_("Away (family, travel)"),
    "WITH_CHILDREN": N_("Living with children"),
    "HOSPITAL": N_("In hospital"),
    "CARE_HOME": N_("Care home"),
    "ABROAD": N_("Abroad"),
    "UNKNOWN": N_("Whereabouts unknown"),
}
HEALTH = {
    "GOOD": N_("Good"),
    "FAIR": N_("Fair"),
    "CHRONIC": N_("Chronic illness"),
    "SERIOUS": N_("Serious illness"),
    "UNKNOWN": N_("Unknown"),
}
LIVING = {
    "SPOUSE": N_("With spouse"),
    "CHILDREN": N_("With children"),
    "ALONE": N_("Lives alone"),
    "NANNY": N_("With a helper"),
    "CARE_HOME": N_("Care home"),
    "OTHER": N_("Other"),
}
ABILITY = {
    "INDEPENDENT": N_("Independent"),
    "PARTLY": N_("Partly"),
    "DEPENDENT": N_("Dependent"),
    "UNKNOWN": N_("Unknown"),
}
LABELS = {
    "NO_FAMILY": N_("No family"),
    "EMPTY_NEST": N_("Empty nest"),
    "LOST_ONLY_CHILD": N_("Lost only child"),
    "DESTITUTE": N_("Destitute"),
    "DIBAO": N_("Dibao"),
    "HARDSHIP": N_("Hardship"),
    "HARDSHIP_1": N_("Hardship (ordinary)"),
    "HARDSHIP_2": N_("Hardship (heavier)"),
    "HARDSHIP_3": N_("Hardship (heaviest)"),
    "MODEL_WORKER": N_("Model worker"),
    "MODEL_NATIONAL": N_("Model worker (national)"),
    "MODEL_PROVINCE": N_("Model worker (province or ministry)"),
    "MODEL_CITY": N_("Model worker (city or bureau)"),
    "MODEL_COMPANY": N_("Model worker (company)"),
    "PRE1949_WORKER": N_("Worker since before 1949"),
    "KOREAN_WAR": N_("Korean War"),
    "VETERAN": N_("Ex-serviceman"),
    "MILITARY_CADRE": N_("Officer moved to civil work"),
    "WORK_INJURY": N_("Injured at work"),
    "SPECIAL_TRADE": N_("Special trade"),
    "STATE_ALLOWANCE": N_("State Council allowance"),
}

_BASIC = N_("Basics")
_STATE = N_("States")
_WORK = N_("Work and retirement")
_PARTY = N_("Party and unit")
_HOME = N_("Phone and address")
_CARE = N_("Health and care")
_FAMILY = N_("Family and contacts")
_MONEY = N_("Insurance, bank, archive")
GROUPS = (_BASIC, _WORK, _PARTY, _HOME, _CARE, _FAMILY, _STATE, _MONEY)

_OFFICE = Authority.OFFICE

RETIREE_COLUMNS: tuple[Column, ...] = (
    Column("name", N_("Name"), Kind.TEXT, 10, group=_BASIC),
    Column("former_name", N_("Former name"), Kind.TEXT, 10, group=_BASIC),
    Column("sex", N_("Sex"), Kind.CHOICE, 6, group=_BASIC, choices=SEXES),
    Column("nation", N_("Nationality"), Kind.TEXT, 8, group=_BASIC),
    Column("native_place", N_("Native place"), Kind.TEXT, 12, group=_BASIC),
    Column("id_number", N_("ID number"), Kind.CODE, 21, group=_BASIC),
    Column("birth", N_("Born"), Kind.DATE, 12, group=_BASIC),
    Column("age", N_("Age (full)"), Kind.NUMBER, 6, N_("Age"), group=_BASIC, derived=True),
    Column("archive_birth", N_("Birth date in the archive"), Kind.DATE, 12, group=_BASIC),
    Column("celebrated_birthday", N_("Celebrated birthday"), Kind.CODE, 10, group=_BASIC, authority=_OFFICE),
    Column("employee_no", N_("Staff no."), Kind.CODE, 12, group=_BASIC),
    Column("si_number", N_("SI no."), Kind.CODE, 20, group=_BASIC),
    Column("education", N_("Education"), Kind.TEXT, 10, group=_BASIC),
    Column("category", N_("Category"), Kind.CHOICE, 16, group=_WORK, choices=CATEGORIES),
    Column("identity", N_("Identity"), Kind.CHOICE, 8, group=_WORK, choices=IDENTITIES),
    Column("work_started", N_("Started work"), Kind.DATE, 12, N_("Started"), group=_WORK),
    Column("retired_on", N_("Retired on"), Kind.DATE, 12, N_("Retired"), group=_WORK),
    Column("received_on", N_("Received here on"), Kind.DATE, 12, group=_WORK, authority=_OFFICE),
    Column("former_unit", N_("Former unit"), Kind.TEXT, 24, N_("Unit"), group=_WORK),
    Column("post", N_("Post"), Kind.TEXT, 14, group=_WORK),
    Column("rank", N_("Rank"), Kind.TEXT, 10, group=_WORK),
    Column("prof_title", N_("Title"), Kind.TEXT, 14, group=_WORK),
    Column("treatment_level", N_("Treatment"), Kind.TEXT, 12, group=_WORK),
    Column("politics", N_("Politics"), Kind.CHOICE, 12, group=_PARTY, choices=POLITICS),
    Column("party_branch", N_("Party branch"), Kind.UNIT, 16, N_("Branch"), group=_PARTY, authority=_OFFICE),
    Column("party_joined", N_("Joined the Party"), Kind.DATE, 12, group=_PARTY),
    Column("party_full_member", N_("Full member"), Kind.DATE, 12, group=_PARTY),
    Column("dues_paid_until", N_("Dues paid until"), Kind.DATE, 12, group=_PARTY, authority=_OFFICE),
    Column(
        "admin_group", N_("Management group"), Kind.UNIT, 16, N_("Group"), group=_PARTY, authority=_OFFICE
    ),
    Column("mobile", N_("Mobile"), Kind.CODE, 14, group=_HOME, authority=_OFFICE),
    Column("phone", N_("Landline"), Kind.CODE, 14, group=_HOME, authority=_OFFICE),
    Column("other_phones", N_("Further phones"), Kind.CODE, 18, group=_HOME, authority=_OFFICE),
    Column("phone_owner", N_("Phone owner"), Kind.TEXT, 8, group=_HOME, authority=_OFFICE),
    Column("home_address", N_("Address"), Kind.TEXT, 30, group=_HOME, authority=_OFFICE),
    Column("area", N_("Area"), Kind.UNIT, 14, group=_HOME, authority=_OFFICE),
    Column("building", N_("Building"), Kind.UNIT, 10, group=_HOME, authority=_OFFICE),
    Column("unit_no", N_("Entrance"), Kind.UNIT, 8, group=_HOME, authority=_OFFICE),
    Column("room", N_("Door"), Kind.CODE, 8, group=_HOME, authority=_OFFICE),
    Column("community", N_("Community"), Kind.TEXT, 14, group=_HOME, authority=_OFFICE),
    Column("hukou_address", N_("Registered address"), Kind.TEXT, 26, group=_HOME),
    Column(
        "residence_kind",
        N_("Kind of place"),
        Kind.CHOICE,
        10,
        group=_HOME,
        authority=_OFFICE,
        choices=RESIDENCE_KINDS,
    ),
    Column(
        "whereabouts",
        N_("Whereabouts"),
        Kind.CHOICE,
        12,
        group=_CARE,
        authority=_OFFICE,
        choices=WHEREABOUTS,
    ),
    Column("whereabouts_since", N_("Whereabouts since"), Kind.DATE, 12, group=_CARE, authority=_OFFICE),
    Column("whereabouts_until", N_("Whereabouts until"), Kind.DATE, 12, group=_CARE, authority=_OFFICE),
    Column("whereabouts_place", N_("Place and phone there"), Kind.TEXT, 20, group=_CARE, authority=_OFFICE),
    Column("health", N_("Health"), Kind.CHOICE, 10, group=_CARE, authority=_OFFICE, choices=HEALTH),
    Column("living", N_("Living"), Kind.CHOICE, 10, group=_CARE, authority=_OFFICE, choices=LIVING),
    Column("ability", N_("Ability"), Kind.CHOICE, 10, group=_CARE, authority=_OFFICE, choices=ABILITY),
    Column("labels", N_("Labels"), Kind.LABELS, 18, group=_CARE, authority=_OFFICE, choices=LABELS),
    Column("contact_person", N_("Contact in charge"), Kind.TEXT, 10, group=_CARE, authority=_OFFICE),
    Column("visit_notes", N_("Door notes"), Kind.TEXT, 24, group=_CARE, authority=_OFFICE),
    Column("spouse_name", N_("Spouse"), Kind.TEXT, 10, group=_FAMILY, authority=_OFFICE),
    Column("emergency_contact", N_("Emergency contact"), Kind.TEXT, 10, group=_FAMILY, authority=_OFFICE),
    Column("emergency_relation", N_("Relation"), Kind.TEXT, 8, group=_FAMILY, authority=_OFFICE),
    Column("emergency_phone", N_("Contact's phone"), Kind.CODE, 14, group=_FAMILY, authority=_OFFICE),
    Column("status", N_("Status"), Kind.CHOICE, 10, group=_STATE, choices=STATUS, derived=True),
    Column("life", N_("Life"), Kind.CHOICE, 8, group=_STATE, choices=LIFE),
    Column("died_on", N_("Died on"), Kind.DATE, 12, group=_STATE),
    Column("record", N_("Record"), Kind.CHOICE, 10, group=_STATE, choices=RECORD),
    Column("handover", N_("Handover state"), Kind.CHOICE, 10, group=_STATE, choices=HANDOVER),
    Column("handover_place", N_("Received by"), Kind.TEXT, 16, group=_STATE),
    Column("contact", N_("Contact state"), Kind.CHOICE, 12, group=_STATE, authority=_OFFICE, choices=CONTACT),
    Column("served_here", N_("Served here"), Kind.CHOICE, 8, group=_STATE, authority=_OFFICE, choices=YES_NO),
    Column("verified_on", N_("Last verified"), Kind.DATE, 12, group=_STATE, authority=_OFFICE),
    Column("sort_no", N_("Sort no."), Kind.NUMBER, 8, group=_STATE, authority=_OFFICE),
    Column("bank_account", N_("Account"), Kind.CODE, 22, group=_MONEY),
    Column("bank_name", N_("Bank"), Kind.TEXT, 20, group=_MONEY),
    Column("bank_holder", N_("Account name"), Kind.TEXT, 10, group=_MONEY),
    Column("pension_place", N_("Pension at"), Kind.TEXT, 16, group=_MONEY),
    Column("medical_place", N_("Medical insurance at"), Kind.TEXT, 16, group=_MONEY),
    Column("archive_place", N_("Archive at"), Kind.TEXT, 16, group=_MONEY),
    Column("archive_volumes", N_("Archive volumes"), Kind.CODE, 8, group=_MONEY),
    Column("remark", N_("Remarks"), Kind.TEXT, 24, group=_MONEY),
)

COLUMN_BY_KEY: Mapping[str, Column] = {column.key: column for column in RETIREE_COLUMNS}

UNIT_FIELDS = ("party_branch", "admin_group", "area", "building", "unit_no")
RESIDENCE_FIELDS = ("area", "building", "unit_no")

# What a person is until told otherwise; these are never blank in the data.
STATE_DEFAULTS: Mapping[str, str] = {
    "life": "ALIVE",
    "record": "ON_REGISTER",
    "handover": "NOT_YET",
    "contact": "NORMAL",
    "served_here": "YES",
}

# Fields kept as they are in table `person`: everything but what is derived or kept in other tables.
STORED_FIELDS: tuple[str, ...] = tuple(
    column.key
    for column in RETIREE_COLUMNS
    if not column.derived and column.kind not in (Kind.UNIT, Kind.LABELS)
)
SETTABLE_FIELDS: tuple[str, ...] = tuple(column.key for column in RETIREE_COLUMNS if not column.derived)


@dataclass(frozen=True, slots=True)
class Retiree:
    """One person as people see the record: values by field code, only the filled ones.

    `spouse_id` is the spouse who is on the register too. `since` is the day the record was made
    (ISO), before which no visit rule looks. `unread` holds text that could not be understood, by field.
    """

    id: PersonId
    values: Mapping[str, str]
    spouse_id: PersonId | None = None
    since: str = ""
    custom: Mapping[int, str] = field(default_factory=dict)
    unread: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    @property
    def name(self) -> str:
        """The person's name as written."""
        return self.values.get("name", "")

    @property
    def labels(self) -> frozenset[str]:
        """Label codes in force."""
        text = self.values.get("labels", "")
        return frozenset(text.split(",")) if text else frozenset()

    @property
    def is_living(self) -> bool:
        """Not entered as deceased."""
        return self.values.get("life", "ALIVE") != "DECEASED"

    @property
    def is_served(self) -> bool:
        """Living, on the register and served by this office (OFFICE 2.23)."""
        return (
            self.is_living
            and self.values.get("record", "ON_REGISTER") == "ON_REGISTER"
            and self.values.get("served_here", "YES") != "NO"
        )


def status_of(values: Mapping[str, str]) -> str:
    """The one-word summary of the four states: 已故 > 归档 > 转出 > 已移交 > 失联 > 在册 (DECISIONS 10)."""
    if values.get("life") == "DECEASED":
        return "DECEASED"
    record = values.get("record")
    if record in ("ARCHIVED", "MOVED_OUT"):
        return record
    if values.get("handover") == "HANDED_OVER":
        return "HANDED_OVER"
    if values.get("contact") == "LOST":
        return "LOST"
    return "ON_REGISTER"


def death_values(died_on: str) -> dict[str, str]:
    """The fields a death sets, wherever it is entered (dialog, `die`, import)."""
    return {"life": "DECEASED", "died_on": died_on}
