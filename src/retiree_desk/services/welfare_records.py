"""Final welfare lists as they are read from the data file, and how their lines are kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from retiree_desk.core.retirees import COLUMN_BY_KEY, Retiree
from retiree_desk.core.schemes import Goods, Scheme, goods_from_json, scheme_as_json
from retiree_desk.core.welfare import LeftOut, ProposedLine, check_code
from retiree_desk.core.welfare_reasons import note_text, reasons_text

# Words of the person that a final line keeps as printed: column of welfare_line -> field code.
_KEPT_WORDS: Mapping[str, str] = {
    "name": "name",
    "sex": "sex",
    "birth": "birth",
    "category": "category",
    "admin_group": "admin_group",
    "branch": "party_branch",
    "building": "building",
    "area": "area",
    "former_unit": "former_unit",
    "post": "post",
    "address": "home_address",
}
# The field people are grouped by and the column of a line that keeps it.
GROUP_COLUMN: Mapping[str, str] = {
    "admin_group": "admin_group",
    "party_branch": "branch",
    "building": "building",
    "former_unit": "former_unit",
}


@dataclass(frozen=True, slots=True)
class WelfareList:
    """A list as it was made final. `form` and `state` are codes; `fund_source` is as printed."""

    id: int
    code: str
    scheme: str
    occasion: str
    title: str
    on: str
    year: int
    state: str
    form: str
    fund_source: str
    check_code: str
    grouping: str
    counting: str
    total_fen: int
    line_count: int
    final_at: str
    final_by: str
    printed_at: str

    @property
    def frozen(self) -> bool:
        """Final: names, amounts and reasons do not change any more."""
        return self.state != "DRAFT"


@dataclass(frozen=True, slots=True)
class WelfareLine:
    """One line of a final list, every word as printed."""

    number: int
    person_id: int
    name: str
    sex: str
    age: str
    birth: str
    category: str
    unit: str
    admin_group: str
    branch: str
    building: str
    area: str
    former_unit: str
    post: str
    address: str
    phone: str
    reason: str
    amount_fen: int
    goods: tuple[Goods, ...]
    note: str
    state: str

    def group(self, grouping: str) -> str:
        """The unit the line stands under when a list is grouped by that field."""
        column = GROUP_COLUMN.get(grouping)
        return str(getattr(self, column)) if column else ""


@dataclass(frozen=True, slots=True)
class NotOnList:
    """Who was left out when the list was made, and why, in words."""

    person_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class ListDetails:
    """What else is kept of a final list: the scheme as it was, who was left out."""

    scheme: Mapping[str, Any] = field(default_factory=dict)
    excluded: tuple[NotOnList, ...] = ()
    undecided: tuple[NotOnList, ...] = ()


def read_list(row: Mapping[str, Any]) -> WelfareList:
    """A list from its row."""
    return WelfareList(
        id=row["id"],
        code=row["code"],
        scheme=row["scheme"] or "",
        occasion=row["occasion"] or "",
        title=row["title"] or "",
        on=row["on_date"] or "",
        year=row["year"] or 0,
        state=row["state"],
        form=row["form"] or "",
        fund_source=row["fund_source"] or "",
        check_code=row["check_code"] or "",
        grouping=row["grouping"] or "",
        counting=row["counting"] or "FULL",
        total_fen=row["total_fen"],
        line_count=row["line_count"],
        final_at=row["final_at"] or "",
        final_by=row["final_by"] or "",
        printed_at=row["printed_at"] or "",
    )


def read_line(row: Mapping[str, Any]) -> WelfareLine:
    """A line from its row."""
    words: dict[str, Any] = {key: row[key] or "" for key in WelfareLine.__dataclass_fields__ if key in row}
    return WelfareLine(
        **words
        | {
            "number": row["line_no"],
            "person_id": row["person_id"] or 0,
            "amount_fen": row["amount_fen"],
            "goods": goods_from_json(json.loads(row["goods"] or "[]")),
        }
    )


def _phone(person: Retiree) -> str:
    """The phone as printed: mobile, else landline, else a further one; whose it is where not the person's."""
    number = person["mobile"] or person["phone"] or person["other_phones"]
    owner = person["phone_owner"]
    own = ("", "本人", "SELF")
    return f"{number}({owner})" if number and owner not in own else number


def line_row(line: ProposedLine, number: int, grouping: str) -> dict[str, Any]:
    """The row of table `welfare_line` for a proposed line, without its list."""
    person = line.person
    row: dict[str, Any] = {
        column: COLUMN_BY_KEY[key].show(person[key]) for column, key in _KEPT_WORDS.items()
    }
    row |= {
        "line_no": number,
        "person_id": person.id,
        "age": line.age,
        "unit": row[GROUP_COLUMN[grouping]] if grouping else "",
        "phone": _phone(person),
        "reason": line.by_hand or reasons_text(line.reasons),
        "reason_code": line.reasons[0].code if line.reasons else "",
        "reason_params": json.dumps(
            {"tier": line.tier, "reasons": [reason.as_json() for reason in line.reasons]}, ensure_ascii=False
        ),
        "amount_fen": line.amount_fen,
        "goods": json.dumps([each.as_json() for each in line.goods], ensure_ascii=False),
        "note": note_text(line.note),
        "state": "",
    }
    return row


def code_of_rows(rows: list[dict[str, Any]]) -> str:
    """The check code over line rows, stored or about to be."""
    keys = ("line_no", "person_id", "name", "amount_fen", "goods", "reason")
    return check_code([row[key] for key in keys] for row in rows)


def _grouped(left: tuple[LeftOut, ...]) -> list[list[Any]]:
    """People left out by the words of the reason: a big office has many people and few reasons."""
    found: dict[str, list[int]] = {}
    for one in left:
        found.setdefault(reasons_text(one.reasons), []).append(one.person.id)
    return [[reason, ids] for reason, ids in found.items()]


def definition_json(scheme: Scheme, excluded: tuple[LeftOut, ...], undecided: tuple[LeftOut, ...]) -> str:
    """What a list keeps beside its lines, as JSON; `read_details` reads it."""
    stored = {
        "scheme": {**scheme_as_json(scheme), "name": scheme.title},
        "excluded": _grouped(excluded),
        "undecided": _grouped(undecided),
    }
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def read_details(text: str) -> ListDetails:
    """The details of a list from its JSON."""
    stored = json.loads(text or "{}")

    def people(part: str) -> tuple[NotOnList, ...]:
        return tuple(NotOnList(number, reason) for reason, ids in stored.get(part, ()) for number in ids)

    return ListDetails(stored.get("scheme", {}), people("excluded"), people("undecided"))
