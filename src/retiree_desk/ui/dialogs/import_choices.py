"""What of a plan the clerk takes: ticks by row and by field, answers to questions, and the living count.

A row that is left out is passed over this time and comes again with the next file. A field that stays
unticked in a row that is taken is refused: HR's value is remembered and not proposed again (DECISIONS 18).
"""

from collections.abc import Callable, Iterable
from enum import Enum

from retiree_desk.core.import_differences import Difference
from retiree_desk.core.imports import CHANGED, CONFLICT, NEW, Accept, PlanRow
from retiree_desk.services.imports import Prepared

NOT_ANSWERED = -1
NEW_PERSON = 0


class Taken(Enum):
    """How much of a row is taken."""

    NOTHING = 0
    SOME = 1
    ALL = 2


class Choices:
    """The clerk's ticks over one plan. `place` is a row's position in the plan."""

    def __init__(self, plan: Prepared) -> None:
        self.plan = plan
        self.edited = False
        self._ticks: dict[tuple[int, str], bool] = {}
        self._left_out: set[int] = set()
        self._persons: dict[int, int] = {}
        self._answers: dict[int, tuple[Difference, ...]] = {}
        self._writes = bytearray(len(plan.rows))
        self._count = 0
        self._recount(range(len(plan.rows)))

    # What is so

    @property
    def count(self) -> int:
        """Rows that would write something to a person: the number on the button."""
        return self._count

    @property
    def refused(self) -> int:
        """Differences of rows that are not left out and that stay unticked: remembered when applied."""
        return sum(
            not self.ticked(place, one)
            for place, row in enumerate(self.plan.rows)
            if place not in self._left_out
            for one in self.differences(place, row)
        )

    def row(self, place: int) -> PlanRow:
        """The row of the plan."""
        return self.plan.rows[place]

    def differences(self, place: int, row: PlanRow | None = None) -> tuple[Difference, ...]:
        """What the row would change: its own, or those of the person the clerk said it means."""
        row = row or self.plan.rows[place]
        return self._answers.get(place, ()) if row.kind == CONFLICT else row.differences

    def ticked(self, place: int, one: Difference) -> bool:
        """Whether a field is taken."""
        return self._ticks.get((place, one.field), one.takes)

    def left_out(self, place: int) -> bool:
        """Whether the whole row is passed over."""
        return place in self._left_out

    def answer(self, place: int) -> int:
        """Whom a row to confirm means: a person's id, `NEW_PERSON` or `NOT_ANSWERED`."""
        return self._persons.get(place, NOT_ANSWERED)

    def can_tick(self, place: int) -> bool:
        """Whether the row has anything to take."""
        row = self.plan.rows[place]
        return row.kind in (NEW, CHANGED) or (row.kind == CONFLICT and place in self._persons)

    def taken(self, place: int) -> Taken:
        """How much of the row is taken."""
        row = self.plan.rows[place]
        if not self.can_tick(place) or place in self._left_out:
            return Taken.NOTHING
        if row.kind == NEW or self._persons.get(place) == NEW_PERSON:
            return Taken.ALL
        parts = [self.ticked(place, one) for one in self.differences(place, row)]
        if row.unread:
            parts.append(True)
        if all(parts):
            return Taken.ALL if parts else Taken.NOTHING
        return Taken.SOME if any(parts) else Taken.NOTHING

    def accept(self) -> Accept:
        """The answer for `Imports.apply`."""
        return Accept(
            ticks=dict(self._ticks), rows=dict.fromkeys(self._left_out, False), persons=dict(self._persons)
        )

    # What the clerk does

    def tick_field(self, place: int, field: str, on: bool) -> None:
        """Takes a field or refuses it; taking one takes the row in again."""
        self.edited = True
        self._ticks[place, field] = on
        if on:
            self._left_out.discard(place)
        self._recount((place,))

    def tick_row(self, place: int, on: bool) -> None:
        """Takes the row, with all its fields where none was ticked; or leaves it out."""
        self.tick_rows((place,), on)

    def tick_rows(self, places: Iterable[int], on: bool) -> None:
        """Takes rows with the fields ticked in them (all, where none is); or leaves them out."""
        self.edited = True
        touched = [place for place in places if self.can_tick(place)]
        for place in touched:
            if not on:
                self._left_out.add(place)
                continue
            self._left_out.discard(place)
            found = self.differences(place)
            if not any(self.ticked(place, one) for one in found):
                for one in found:
                    self._ticks[place, one.field] = True
        self._recount(touched)

    def take_all(self, places: Iterable[int], field: str = "") -> None:
        """Takes rows with every field of theirs; with `field` only that field of them."""
        self.edited = True
        touched = [place for place in places if self.can_tick(place)]
        for place in touched:
            self._left_out.discard(place)
            for one in self.differences(place):
                if not field or one.field == field:
                    self._ticks[place, one.field] = True
        self._recount(touched)

    def take_none(self, places: Iterable[int], field: str = "") -> None:
        """Leaves rows out; with `field` refuses that field of them."""
        if not field:
            self.tick_rows(places, False)
            return
        self.edited = True
        touched = [place for place in places if self.can_tick(place)]
        for place in touched:
            if any(one.field == field for one in self.differences(place)):
                self._ticks[place, field] = False
        self._recount(touched)

    def take_proposed(self, places: Iterable[int], field: str = "") -> None:
        """Ticks as they were proposed: HR's value where HR decides, and blanks filled."""
        touched = [place for place in places if self.can_tick(place)]
        for place in touched:
            self._left_out.discard(place)
            for one in self.differences(place):
                if not field or one.field == field:
                    self._ticks.pop((place, one.field), None)
        self._recount(touched)

    def answer_row(self, place: int, person: int) -> list[int]:
        """Says whom a row to confirm means. One person, or one ID number, gets one row: the rows whose
        answer this takes away are returned."""
        self.edited = True
        self._forget(place)
        freed: list[int] = []
        if person != NOT_ANSWERED:
            key = self._id_key(place)
            freed = [
                other
                for other, meant in self._persons.items()
                if (person and meant == person) or (key and self._id_key(other) == key)
            ]
            for other in freed:
                self._forget(other)
            self._persons[place] = person
            row = self.plan.rows[place]
            if person and self.plan.comparison is not None:
                self._answers[place] = self.plan.comparison.answer(row.table, row.at, person)
        self._recount((place, *freed))
        return freed

    def carry_over(self, old: "Choices") -> None:
        """Takes over what was ticked in an earlier plan of the same files, row by row."""
        key = _row_key(self.plan)
        here = {key(row): place for place, row in enumerate(self.plan.rows)}
        before = _row_key(old.plan)
        for place, person in old._persons.items():
            now = here.get(before(old.plan.rows[place]))
            if now is not None and self.plan.rows[now].kind == CONFLICT:
                self.answer_row(now, person)
        for (place, field), on in old._ticks.items():
            now = here.get(before(old.plan.rows[place]))
            if now is not None:
                self._ticks[now, field] = on
        self._left_out = {
            now for place in old._left_out if (now := here.get(before(old.plan.rows[place]))) is not None
        }
        self.edited = old.edited
        self._recount(range(len(self.plan.rows)))

    # Counting

    def _recount(self, places: Iterable[int]) -> None:
        writes = self._writes
        for place in places:
            now = self.taken(place) is not Taken.NOTHING
            self._count += now - writes[place]
            writes[place] = now

    def _forget(self, place: int) -> None:
        self._persons.pop(place, None)
        for one in self._answers.pop(place, ()):
            self._ticks.pop((place, one.field), None)
        self._left_out.discard(place)

    def _id_key(self, place: int) -> str:
        row = self.plan.rows[place]
        told = self.plan.understood[row.table].told
        return told.id_keys[row.at] if 0 <= row.at < len(told.id_keys) else ""


def _row_key(plan: Prepared) -> Callable[[PlanRow], tuple[str, str, int]]:
    tables = [(table.file, table.sheet) for table in plan.tables]
    return lambda row: (*tables[row.table], row.number)
