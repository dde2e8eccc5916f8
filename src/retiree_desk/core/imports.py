"""The import of an HR workbook as people see it: plan, rows, differences, problems, result.

A plan is what a file would do; nothing is written until it is applied. Kinds and problem codes are
those of CLI.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from retiree_desk.core.import_columns import CUSTOM_PREFIX, SourceColumn
from retiree_desk.core.import_differences import Difference
from retiree_desk.core.retirees import COLUMN_BY_KEY
from retiree_desk.i18n import N_, _

NEW, CHANGED, UNCHANGED, CONFLICT, REJECTED, SKIPPED = (
    "new", "changed", "unchanged", "conflict", "rejected", "skipped",
)  # fmt: skip
KINDS: Mapping[str, str] = {
    NEW: N_("New"),
    CHANGED: N_("Changed"),
    UNCHANGED: N_("Unchanged"),
    CONFLICT: N_("To confirm"),
    REJECTED: N_("Cannot import"),
    SKIPPED: N_("Skipped"),
}
# What a file is (DECISIONS 18).
FILE_KINDS: Mapping[str, str] = {
    "full": N_("Full roster"),
    "new": N_("New people"),
    "changed": N_("Changes only"),
}

PROBLEMS: Mapping[str, str] = {
    "id_check_digit": N_(
        "The check digit of this ID number is wrong; it is kept and never matched on alone."
    ),
    "id_damaged": N_(
        "This ID number was stored as a number and its last digits are lost; ask for it again as text."
        " The birth date in it was kept where it could be read."
    ),
    "id_malformed": N_("This is no ID number; it is kept as text beside the field."),
    "id_used_twice": N_("This ID number stands on several rows that differ; none of them was taken."),
    "id_conflict": N_("This ID number belongs to {other} in the registry."),
    "person_twice": N_("Several rows mean this person and differ; none of them was taken."),
    "match_ambiguous": N_("This row can mean several people: {other}."),
    "same_name": N_(
        "The registry has a person of this name ({other}); whether it is the same one cannot be known."
    ),
    "birth_differs": N_("The birth date disagrees with the ID number, which counts."),
    "sex_differs": N_("The sex disagrees with the ID number, which counts."),
    "life_differs": N_("The row says living and gives a date of death; neither was taken."),
    "date_unreadable": N_("This is no date; it is kept as text beside the field."),
    "date_ambiguous": N_("This date can mean several days; it is kept as text beside the field."),
    "name_broken": N_("A character of this name was lost or cannot be shown; ask for it again."),
    "name_missing": N_("The name is missing."),
    "unit_unknown": N_("The unit “{value}” is not known; it is made below “Unsorted”."),
    "maybe_deceased": N_("The row says that the person has died; enter the death if it is so."),
    "choice_unknown": N_("This word is not known for the field; it is kept as text beside it."),
    "phone_unreadable": N_("This is no phone number; it is kept as text beside the field."),
    "number_damaged": N_(
        "This number was stored as a number and its last digits are lost; ask for it again as text."
    ),
    "number_unreadable": N_("This is no number; it is kept as text beside the field."),
    "cell_error": N_("The cell holds an error of the spreadsheet."),
    "formula_empty": N_(
        "The cell is a formula without a stored value; open the file in WPS or Excel and save it."
    ),
}

NOTES: Mapping[str, str] = {
    "hidden_rows": N_("{n} hidden rows of sheet “{sheet}” were not read."),
    "hidden_sheet": N_("Sheet “{sheet}” is hidden and was not read ({n} rows)."),
    "very_hidden_sheet": N_("Sheet “{sheet}” is hidden by a program and was not read."),
    "no_table": N_("Sheet “{sheet}” holds no table with a column of names and was not read."),
    "unit_unknown": PROBLEMS["unit_unknown"],
    "merged_cells": N_(
        "Column “{value}” of sheet “{sheet}” has merged cells; only their first row holds the value."
    ),
    "formulas": N_("Sheet “{sheet}” holds formulas; their stored results were taken."),
    "broken_characters": N_("{file} holds characters that could not be read."),
    "sheet_is_branch": N_("The sheet's name “{sheet}” was taken as the party branch of its people."),
    "group_is_unit": N_("The titles over groups of rows in sheet “{sheet}” were taken as their unit."),
}

SKIP_REASONS: Mapping[str, str] = {
    "total": N_("total"),
    "signature": N_("signature or note"),
    "repeated_header": N_("header again"),
    "group_title": N_("group title"),
    "column_numbers": N_("column numbers"),
    "numbered_only": N_("only a number"),
    "example": N_("example"),
    "identical": N_("the same as an earlier row"),
}

MATCHED_BY: Mapping[str, str] = {
    "id_number": N_("matched by ID number"),
    "employee_no": N_("matched by staff number and name"),
    "name_birth": N_("matched by name and birth date"),
    "id_text": N_("matched by name and the same wrong ID number"),
    "content": N_("matched by all it says"),
    "chosen": N_("chosen by you"),
}


class Problem(NamedTuple):
    """A cell or row to look at, named as the clerk sees it. `other` names people it is about."""

    file: str
    sheet: str
    row: int
    column: str
    code: str
    value: str
    other: str = ""

    @property
    def message(self) -> str:
        """The reason in words that can be sent to HR."""
        return _(PROBLEMS[self.code]).format(value=self.value, other=self.other)


class Note(NamedTuple):
    """Something worth knowing that asks for nothing."""

    code: str
    file: str
    sheet: str = ""
    value: str = ""
    n: int = 0

    @property
    def message(self) -> str:
        """The note in words."""
        return _(NOTES[self.code]).format(file=self.file, sheet=self.sheet, value=self.value, n=self.n)


class PlanRow(NamedTuple):
    """One row of a table and what it would do.

    `table` and `number` say where it stands, `at` its place among the table's people (-1 for rows that
    are none). `person` is the id matched. `reason` says why a row is skipped, in conflict or rejected;
    `candidates` are the people it may mean. `unread` are fields whose text is kept beside them.
    """

    table: int
    number: int
    at: int
    kind: str
    name: str
    person: int | None = None
    matched_by: str = ""
    differences: tuple[Difference, ...] = ()
    reason: str = ""
    candidates: tuple[int, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One table of a file: where it stands, the fate of its columns, how many rows of each kind."""

    file: str
    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[SourceColumn, ...]
    fingerprint: str
    counts: Mapping[str, int]

    @property
    def rows(self) -> int:
        """The rows below the header that are not blank."""
        return sum(self.counts.values())


class Missing(NamedTuple):
    """A person we hold whom the file does not list."""

    person: int
    name: str


@dataclass(frozen=True)
class ImportPlan:
    """What the files would do to the registry as it is now. All files are one batch."""

    files: tuple[str, ...]
    tables: tuple[TablePlan, ...]
    rows: tuple[PlanRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    kind: str
    guessed_kind: str
    missing: tuple[Missing, ...]
    as_of: int  # the newest change set when the plan was made

    def count(self, kind: str) -> int:
        """Rows of one kind in all tables."""
        return sum(table.counts.get(kind, 0) for table in self.tables)

    @property
    def needs_look(self) -> bool:
        """Whether problems or rows are left to look at (exit status 1)."""
        return bool(self.problems or self.count(CONFLICT) or self.count(REJECTED))


@dataclass(frozen=True, slots=True)
class Accept:
    """What of a plan is taken.

    `ticks` overrides single fields by (row of the plan, field), `rows` whole rows: False leaves a row
    out; `persons` answers conflicts by the id of the person meant, or 0 for a new one.
    """

    new: bool = True
    changed: bool = True
    every_value: bool = False
    ticks: Mapping[tuple[int, str], bool] = field(default_factory=dict)
    rows: Mapping[int, bool] = field(default_factory=dict)
    persons: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What applying did. `batch` and `change` are None where there was nothing to write."""

    batch: int | None
    change: int | None
    new: int
    changed: int
    backup: str = ""


def field_title(key: str) -> str:
    """How a field of a difference is headed: the column's title, or the custom field's own name."""
    if key.startswith(CUSTOM_PREFIX):
        return key.removeprefix(CUSTOM_PREFIX)
    column = COLUMN_BY_KEY.get(key)
    return column.heading() if column else key


def shown_value(key: str, value: str) -> str:
    """A value of a difference in words."""
    column = COLUMN_BY_KEY.get(key)
    return column.show(value) if column else value


def kinds_of(rows: Sequence[PlanRow], table: int) -> dict[str, int]:
    """How many rows of each kind a table has."""
    counts = dict.fromkeys(KINDS, 0)
    for row in rows:
        if row.table == table:
            counts[row.kind] += 1
    return counts
