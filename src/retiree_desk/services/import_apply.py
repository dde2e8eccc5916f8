"""Applying a plan: one change set with new people, taken values, labels, custom fields and unread text."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.import_columns import CUSTOM_PREFIX
from retiree_desk.core.import_differences import Difference
from retiree_desk.core.imports import CHANGED, CONFLICT, NEW, Accept, ImportPlan, PlanRow
from retiree_desk.core.names import sort_key
from retiree_desk.core.retirees import (
    RESIDENCE_FIELDS,
    STATE_DEFAULTS,
    STORED_FIELDS,
    death_values,
)
from retiree_desk.services.import_compare import Comparison
from retiree_desk.services.import_held import UNREAD_PREFIX, Held, Kept
from retiree_desk.services.import_source import SourceTable
from retiree_desk.services.units import TREE_OF_FIELD, UnitMaker, UnitTrees
from retiree_desk.store.changes import Change
from retiree_desk.store.database import now
from retiree_desk.store.schema import (
    custom_field,
    custom_value,
    import_batch,
    import_mapping,
    person,
    person_label,
    refused_value,
    unread_value,
)

_STORED = frozenset(STORED_FIELDS)
_sort_key = lru_cache(maxsize=65536)(sort_key)


class Work:
    """What is to be written: gathered first, so that a plan that takes nothing writes nothing."""

    def __init__(
        self,
        plan: ImportPlan,
        tables: Sequence[SourceTable],
        comparison: Comparison,
        held: Held,
        accept: Accept,
    ) -> None:
        self._tables = tables
        self._held = held
        self.new: list[tuple[dict[str, str], tuple[tuple[str, str], ...]]] = []
        self.taken: dict[int, list[Difference]] = {}
        self.refused: dict[tuple[int, str], str] = {}
        self.unread: dict[tuple[int, str], str] = {}
        self.changed = 0
        for place, row in enumerate(plan.rows):
            wanted = accept.rows.get(place, True)
            if row.kind == NEW and accept.new and wanted:
                self._add(row)
            elif row.kind == CHANGED and accept.changed and wanted:
                self._change(place, row.person or 0, row.differences, row, accept)
            elif row.kind == CONFLICT and place in accept.persons and wanted:
                meant = accept.persons[place]
                if meant:
                    self._change(place, meant, comparison.answer(row.table, row.at, meant), row, accept)
                else:
                    self._add(row)

    def _add(self, row: PlanRow) -> None:
        self.new.append((self._tables[row.table].told.of(row.at), row.unread))

    def _change(
        self, place: int, person_id: int, differences: Sequence[Difference], row: PlanRow, accept: Accept
    ) -> None:
        taken = []
        for one in differences:
            if accept.ticks.get((place, one.field), one.takes or accept.every_value):
                taken.append(one)
            else:
                self.refused[person_id, one.field] = one.said
        for key, text in row.unread:
            self.unread[person_id, key] = text
        if taken:
            self.taken[person_id] = taken
        if taken or row.unread:
            self.changed += 1

    @property
    def empty(self) -> bool:
        """Nothing to write at all."""
        return not (self.new or self.taken or self.refused or self.unread)


class Writer:
    """Writes gathered work through one change set."""

    def __init__(self, change: Change, trees: UnitTrees, held: Held, today: date, operator: str) -> None:
        self._change = change
        self._held = held
        self._today = today.isoformat()
        self._operator = operator
        self._maker = UnitMaker(change, trees)
        self._groups: dict[tuple[str, str], int] = {}
        self._places: dict[tuple[str, ...], int | None] = {}
        self._fields = dict(held.custom_ids)

    def write(self, work: Work, plan: ImportPlan, step: Callable[[str, float], None]) -> int:
        """Everything; the number of the batch. `step` tells how far it is and may raise `Cancelled`."""
        conn = self._change.conn
        counts = {"new": len(work.new), "changed": work.changed}
        files = json.dumps([Path(file).name for file in plan.files], ensure_ascii=False)
        row = import_batch.insert().values(
            change_id=self._change.id, at=now(), who=self._operator, files=files, counts=json.dumps(counts)
        )
        key = conn.execute(row).inserted_primary_key
        assert key is not None
        batch = int(key[0])
        self._new_people(work, batch)
        step("writing", 0.6)
        self._changed_people(work)
        step("writing", 0.85)
        self._unread(work, batch)
        self._refused(work.refused)
        step("writing", 0.95)
        return batch

    def _new_people(self, work: Work, batch: int) -> None:
        if not work.new:
            return
        rows = [self._person_row(values) for values, _unread in work.new]
        ids = self._change.insert(person, rows)
        labels: list[dict[str, Any]] = []
        custom: list[dict[str, Any]] = []
        unread: list[dict[str, Any]] = []
        memory: list[dict[str, Any]] = []
        for number, (values, kept) in zip(ids, work.new, strict=True):
            for key, value in values.items():
                if key == "labels":
                    labels += self._label_rows(number, value.split(","))
                elif key.startswith(CUSTOM_PREFIX):
                    custom.append(self._custom_row(number, key, value))
            for key, text in kept:
                unread.append({"person_id": number, "field": key, "text": text, "batch_id": batch})
                memory.append({"person_id": number, "field": UNREAD_PREFIX + key, "text": text})
        self._change.insert(person_label, labels)
        self._change.insert(custom_value, custom)
        self._change.insert(unread_value, unread)
        self._change.insert(refused_value, memory)

    def _person_row(self, values: Mapping[str, str]) -> dict[str, Any]:
        row: dict[str, Any] = {key: value for key, value in values.items() if key in _STORED}
        if "sort_no" in row:
            row["sort_no"] = int(row["sort_no"])
        if row.get("life") == "DECEASED":
            row |= _death(values)
        row |= self._links(values, {})
        row["created_on"] = self._today
        return {**STATE_DEFAULTS, **row}

    def _links(self, values: Mapping[str, str], old: Mapping[str, str]) -> dict[str, Any]:
        """Units by name; one not known yet is made below the unsorted place (DECISIONS 13)."""
        row: dict[str, Any] = {}
        for key, tree in TREE_OF_FIELD.items():
            name = values.get(key)
            if name:
                if (tree, name) not in self._groups:
                    self._groups[tree, name] = self._maker.group(tree, name)
                row[f"{key}_id"] = self._groups[tree, name]
        if any(values.get(key) for key in RESIDENCE_FIELDS):
            names = tuple(values.get(key) or old.get(key, "") for key in RESIDENCE_FIELDS)
            if names not in self._places:
                self._places[names] = self._maker.residence(*names)
            row["residence_id"] = self._places[names]
        return row

    def _changed_people(self, work: Work) -> None:
        held = self._held
        updates: dict[int, dict[str, Any]] = {}
        labels: list[dict[str, Any]] = []
        new_custom: list[dict[str, Any]] = []
        custom: dict[int, dict[str, Any]] = {}
        answered: list[int] = []
        for number, differences in work.taken.items():
            values = {one.field: one.new for one in differences}
            row: dict[str, Any] = {key: value for key, value in values.items() if key in _STORED}
            if "sort_no" in row:
                row["sort_no"] = int(row["sort_no"])
            if row.get("life") == "DECEASED":
                at = held.at[number]
                row |= _death({"died_on": held.column("died_on")[at], **values})
            if not values.keys().isdisjoint((*TREE_OF_FIELD, *RESIDENCE_FIELDS)):
                at = held.at[number]
                row |= self._links(values, {key: held.column(key)[at] for key in RESIDENCE_FIELDS})
            if row:
                updates[number] = row
            for one in differences:
                if one.field == "labels":
                    labels += self._label_rows(
                        number, sorted(set(one.new.split(",")) - set(one.old.split(",")))
                    )
                elif one.field.startswith(CUSTOM_PREFIX):
                    kept = self._kept_custom(one.field, number)
                    if kept is None:
                        new_custom.append(self._custom_row(number, one.field, one.new))
                    else:
                        custom[kept.row] = {"text": one.new, "sort_key": _sort_key(one.new)}
                waiting = held.unread.get((number, one.field))
                if waiting is not None:
                    answered.append(waiting.row)
        self._change.update(person, updates)
        self._change.insert(person_label, labels)
        self._change.insert(custom_value, new_custom)
        self._change.update(custom_value, custom)
        self._change.delete(unread_value, answered)

    def _unread(self, work: Work, batch: int) -> None:
        new, old = [], {}
        for (number, key), text in work.unread.items():
            kept = self._held.unread.get((number, key))
            if kept is None:
                new.append({"person_id": number, "field": key, "text": text, "batch_id": batch})
            elif kept.text != text:
                old[kept.row] = {"text": text, "batch_id": batch}
        self._change.insert(unread_value, new)
        self._change.update(unread_value, old)
        # Once the clerk has answered it, the same text in the next file is not asked again.
        self._refused({(number, UNREAD_PREFIX + key): text for (number, key), text in work.unread.items()})

    def _refused(self, refused: Mapping[tuple[int, str], str]) -> None:
        new, old = [], {}
        for (number, key), text in refused.items():
            kept = self._held.refused.get((number, key))
            if kept is None:
                new.append({"person_id": number, "field": key, "text": text})
            elif kept.text != text:
                old[kept.row] = {"text": text}
        self._change.insert(refused_value, new)
        self._change.update(refused_value, old)

    def _label_rows(self, number: int, codes: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {"person_id": number, "label": code, "set_by": self._operator, "set_on": self._today}
            for code in codes
            if code
        ]

    def _kept_custom(self, key: str, number: int) -> Kept | None:
        return self._held.custom.get(self._field(key), {}).get(number)

    def _custom_row(self, number: int, key: str, value: str) -> dict[str, Any]:
        return {
            "person_id": number,
            "field_id": self._field(key),
            "text": value,
            "sort_key": _sort_key(value),
        }

    def _field(self, key: str) -> int:
        """The custom field of that name, made where it is new."""
        label = key.removeprefix(CUSTOM_PREFIX)
        if label not in self._fields:
            self._fields[label] = self._change.insert(custom_field, [{"name": label, "kind": "text"}])[0]
        return self._fields[label]


def _death(values: Mapping[str, str]) -> dict[str, str | None]:
    """What a death sets, by the rule of the death dialog; the date may not be known."""
    return {key: value or None for key, value in death_values(values.get("died_on", "")).items()}


def remember_mapping(conn: sa.Connection, chosen: Mapping[str, Mapping[int, str]]) -> None:
    """Keeps the fates the clerk chose for sheets with the same headers; outside the change log."""
    for mark, fates in chosen.items():
        text = json.dumps({str(column): fate for column, fate in fates.items()}, ensure_ascii=False)
        conn.execute(import_mapping.delete().where(import_mapping.c.fingerprint == mark))
        conn.execute(import_mapping.insert().values(fingerprint=mark, mapping=text))
