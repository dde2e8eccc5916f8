"""Who is on a roster and what stands in its columns (CLI.md `roster`, OFFICE 4.4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from retiree_desk.core.ages import full_age
from retiree_desk.core.columns import Column, Kind
from retiree_desk.core.conditions import FULL_AGE, AllOf, between, holds, one_of
from retiree_desk.core.errors import UsageError
from retiree_desk.core.identity import mask_account, mask_id
from retiree_desk.core.partial_date import PartialDate
from retiree_desk.core.retirees import COLUMN_BY_KEY, RETIREE_COLUMNS, UNIT_FIELDS, Retiree
from retiree_desk.core.views import VIEWS, View, view_named
from retiree_desk.core.welfare import line_order
from retiree_desk.i18n import N_, _

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk

# Columns put together from several fields, only on rosters.
JOINED: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    # code: (title, what stands between, fields)
    "unit_and_post": (N_("Former unit and post"), " ", ("former_unit", "post")),
    "post_and_rank": (N_("Former post (rank)"), "/", ("post", "rank")),
    "phone_any": (N_("Contact phone"), "", ("mobile", "phone", "other_phones")),
}

BASIC_SET = (
    "name", "sex", "nation", "birth", "id_number", "category", "work_started", "retired_on",
    "unit_and_post", "politics", "party_branch", "phone_any", "home_address", "remark",
)  # fmt: skip
STANDARD_SET = (
    "name", "sex", "nation", "native_place", "birth", "id_number", "category", "work_started",
    "retired_on", "former_unit", "post_and_rank", "prof_title", "politics", "party_joined",
    "party_branch", "phone_any", "home_address", "health", "emergency_contact", "emergency_relation",
    "emergency_phone", "remark",
)  # fmt: skip
FULL_SET_REST = (
    "employee_no", "si_number", "identity", "treatment_level", "education", "party_full_member",
    "admin_group", "area", "building", "hukou_address", "living", "ability", "labels", "handover",
    "handover_place", "pension_place", "medical_place", "archive_place", "verified_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """A column of a roster: `custom` is the id of an office's own field, 0 for the others."""

    key: str
    heading: str
    kind: Kind
    custom: int = 0


@dataclass(frozen=True, slots=True)
class RosterChoice:
    """Whom a roster holds and what it shows.

    `columns` empty: the set of the kind of file. `people`: these, in this order (a selection on the
    screen). `least_age`: who is at least that old, in full years, on the day `on` (default: today).
    """

    view: str = ""
    where: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    codes: bool = False
    full: bool = False
    people: tuple[int, ...] | None = None
    least_age: int | None = None
    on: date | None = None


def wheres(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """`FIELD=VALUE` as typed. Raises `UsageError`."""
    found = []
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise UsageError("usage", _("“{pair}” is not FIELD=VALUE.").format(pair=text))
        found.append((key.strip(), value.strip()))
    return tuple(found)


def view_of(name: str) -> View | None:
    """The view asked for; None for everybody. Raises `UsageError` naming those there are."""
    if not name:
        return None
    found = view_named(name)
    if found is None:
        raise UsageError(
            "view_unknown",
            _("There is no view “{name}”; there are: {names}.").format(
                name=name, names="、".join(view.title for view in VIEWS.values())
            ),
        )
    return found


class Roster:
    """Chooses people and words for one roster."""

    def __init__(self, desk: "Desk", choice: RosterChoice) -> None:
        self._desk = desk
        self._choice = choice
        self._today = choice.on or desk.today()
        self._custom = {name: number for number, name in desk.registry.custom_fields().items()}

    def people(self) -> list[Retiree]:
        """The people, in the order of a roster: 排序号, category, unit, name."""
        view = view_of(self._choice.view)
        tests = [self._test(key, value) for key, value in self._choice.where]
        if self._choice.least_age is not None:
            tests.append(self._old_enough(self._choice.least_age))
        chosen = None if self._choice.people is None else list(self._choice.people)
        found = [
            one
            for one in self._desk.registry.load(chosen, extras=True)
            if (view is None or holds(view.test, one, self._today)) and all(test(one) for test in tests)
        ]
        return found if chosen is not None else sorted(found, key=line_order)

    def _test(self, key: str, value: str) -> Callable[[Retiree], bool]:
        if key in self._custom:
            number = self._custom[key]
            return lambda one: one.custom.get(number, "") == value
        if key == "unit":
            units = [self._unit_test(COLUMN_BY_KEY[each], value) for each in UNIT_FIELDS]
            return lambda one: any(test(one) for test in units)
        column = _column(key)
        if key == "age":
            return lambda one: self._age(one) == value
        if key in UNIT_FIELDS:
            return self._unit_test(column, value)
        if column.kind is Kind.DATE:
            wanted = value.replace(".", "-")
            # A partial date matches as a prefix; the day 1955-1 is not a prefix of 1955-10.
            return lambda one: one[key] == wanted or (bool(wanted) and one[key].startswith(wanted + "-"))
        if column.kind is Kind.LABELS:
            code = _code(column, value)
            return lambda one: code in one.labels if code else not one.labels
        if column.kind is Kind.CHOICE:
            code = _code(column, value)
            return lambda one: one[key] == code
        return lambda one: one[key] == value

    def _old_enough(self, years: int) -> Callable[[Retiree], bool]:
        """Who is surely that old and alive; an incomplete birth date does not count as reached."""
        reached = AllOf((one_of("life", "ALIVE"), between(FULL_AGE, years)))
        return lambda one: holds(reached, one, self._today) is True

    def _unit_test(self, column: Column, value: str) -> Callable[[Retiree], bool]:
        """A unit includes what lies below it. Units of one name in two places are both meant; those of
        another name below them are told apart by where they hang, not by their name."""
        if not value:
            return lambda one: not one[column.key]
        people = self._desk.units.people_in(column.key, value)
        return lambda one: one.id in people

    def columns(self, default: Sequence[str]) -> list[RosterColumn]:
        """The columns asked for, else those of the set. Raises `UsageError` for an unknown field."""
        wanted = list(self._choice.columns)
        if not wanted:
            wanted = list(default)
            if self._choice.codes:
                wanted = [column.key for column in RETIREE_COLUMNS] + list(self._custom)
        return [self._roster_column(key) for key in wanted]

    def _roster_column(self, key: str) -> RosterColumn:
        if key in self._custom:
            return RosterColumn(key, key, Kind.TEXT, self._custom[key])
        if key in JOINED:
            heading = key if self._choice.codes else _(JOINED[key][0])
            return RosterColumn(key, heading, Kind.CODE if key == "phone_any" else Kind.TEXT)
        column = _column(key)
        return RosterColumn(key, key if self._choice.codes else column.heading(), column.kind)

    def value(self, one: Retiree, column: RosterColumn) -> str:
        """What stands in a column: words for codes, dates as stored, ID number and account masked."""
        if column.custom:
            return one.custom.get(column.custom, "")
        if column.key in JOINED:
            return self._joined(one, column.key)
        if column.key == "age":
            return self._age(one)
        text = one[column.key]
        if text and not self._choice.full:
            if column.key == "id_number":
                return mask_id(text)
            if column.key == "bank_account":
                return mask_account(text)
        return COLUMN_BY_KEY[column.key].show(text)

    def _joined(self, one: Retiree, key: str) -> str:
        _title, between, fields = JOINED[key]
        parts = [one[each] for each in fields if one[each]]
        if key == "phone_any":
            return parts[0] if parts else ""
        return between.join(parts)

    def _age(self, one: Retiree) -> str:
        """Full age today, or on the day of death; `80-81` where the birth date leaves it open."""
        if not one["birth"]:
            return ""
        on: date = self._today
        if one["died_on"]:
            on = min(on, PartialDate.parse(one["died_on"]).last())
        return str(full_age(PartialDate.parse(one["birth"]), on))


def _column(key: str) -> Column:
    column = COLUMN_BY_KEY.get(key)
    if column is None:
        raise UsageError("field_unknown", _("There is no field “{key}”.").format(key=key))
    return column


def _code(column: Column, value: str) -> str:
    """The code a word or code means; '' for an empty value. Raises `UsageError` for an unknown word."""
    from retiree_desk.core.import_words import choice_of

    if not value or value in column.choices:
        return value
    for code in column.choices:
        if column.show(code) == value:
            return code
    found = choice_of(column.key, value)
    if found:
        return found
    raise UsageError(
        "choice_unknown",
        _("{field}: “{text}” is not one of {choices}.").format(
            field=column.heading(),
            text=value,
            choices="、".join(column.show(code) for code in column.choices),
        ),
    )


def breakdown(people: Sequence[Retiree]) -> str:
    """Of whom how many: `离休干部 1 人、退休干部 820 人;男 …、女 …;党员 …`."""
    counted: dict[str, int] = {}
    for code in COLUMN_BY_KEY["category"].choices:
        number = sum(1 for one in people if one["category"] == code)
        if number:
            counted[COLUMN_BY_KEY["category"].show(code)] = number
    kinds = "、".join(_("{word} {n} people").format(word=word, n=n) for word, n in counted.items())
    sexes = "、".join(
        f"{COLUMN_BY_KEY['sex'].show(code)} {sum(1 for one in people if one['sex'] == code):,}"
        for code in "MF"
    )
    party = sum(1 for one in people if one["politics"] in ("CPC", "CPC_PROBATION"))
    members = _("Party members {n}").format(n=f"{party:,}")
    return ";".join(part for part in (kinds, sexes, members) if part)
