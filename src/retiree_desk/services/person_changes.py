"""Every change of one record: when, by whom, why, which field from what to what (DESK rank 26)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from retiree_desk.core.history import reason_text
from retiree_desk.core.retirees import COLUMN_BY_KEY, RESIDENCE_FIELDS
from retiree_desk.i18n import _
from retiree_desk.services.desk import Desk
from retiree_desk.services.units import UnitTrees
from retiree_desk.store.schema import change_row, change_set


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field from one value to another, in words; numbers are as stored (masking is the screen's)."""

    key: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What one change set did to the record. `at` is UTC, ISO."""

    id: int
    at: str
    who: str
    summary: str
    undone: bool
    fields: tuple[FieldChange, ...]


def changes_of(desk: Desk, person_id: int, limit: int = 200) -> list[PersonChange]:
    """The changes of a person's own fields, newest first."""
    query = (
        sa.select(
            change_set.c.id,
            change_set.c.at,
            change_set.c.who,
            change_set.c.why,
            change_set.c.undone_by,
            change_row.c.op,
            change_row.c.data,
        )
        .join(change_set, change_set.c.id == change_row.c.change_id)
        .where(change_row.c.table_name == "person", change_row.c.row_id == person_id)
        .order_by(change_row.c.id.desc())
        .limit(limit)
    )
    with desk.db.read() as conn:
        rows = conn.execute(query).mappings().all()
        trees = desk.units.trees(conn)
    found: list[PersonChange] = []
    for row in rows:
        code, params = json.loads(row["why"])
        # A row without data was erased (DECISIONS 3) or only says that the record was made.
        data = json.loads(row["data"]) if row["op"] == "U" and row["data"] else {}
        fields = tuple(_field_changes(data, trees))
        found.append(
            PersonChange(
                row["id"],
                row["at"],
                row["who"],
                reason_text(code, params),
                row["undone_by"] is not None,
                fields,
            )
        )
    return found


def _field_changes(data: Mapping[str, list[object]], trees: UnitTrees) -> list[FieldChange]:
    found: list[FieldChange] = []
    for key, (old, new) in data.items():
        if key in ("party_branch_id", "admin_group_id"):
            field = key.removesuffix("_id")
            title = COLUMN_BY_KEY[field].heading()
            found.append(FieldChange(field, title, _unit(trees, old), _unit(trees, new)))
        elif key == "residence_id":
            found.append(FieldChange("place", _("Area and building"), _place(trees, old), _place(trees, new)))
        elif key in COLUMN_BY_KEY:
            column = COLUMN_BY_KEY[key]
            found.append(FieldChange(key, column.heading(), column.show(_text(old)), column.show(_text(new))))
    return found


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _unit(trees: UnitTrees, number: object) -> str:
    return trees.by_id[number].name if isinstance(number, int) and number in trees.by_id else ""


def _place(trees: UnitTrees, number: object) -> str:
    names = trees.residence_names.get(number, {}) if isinstance(number, int) else {}
    return " ".join(names[key] for key in RESIDENCE_FIELDS if key in names)
