"""A planned sheet: columns that write a person's cells, rows with their traps, and the truth that follows.

The truth of a row is put together from what its cells tell (see `cells`), by the rules that the office set
for imports: an ID number that is valid decides birth and sex, one damaged by Excel still tells the birth
date, a sheet's own words count for the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from retiree_desk.sample import cells as c
from retiree_desk.sample.identity_numbers import check_digit
from retiree_desk.sample.person import Person
from retiree_desk.sample.words import words_of

Told = dict[str, str]
# What a column tells that fits no field is noted under its header with this before it; truth.json leaves it
# away, as the roster does.
CUSTOM = "custom:"


@dataclass(slots=True)
class Entry:
    """One person on one sheet, with the traps laid for this row."""

    person: Person
    traps: frozenset[str]
    rng: Random
    plain: bool
    told: Told = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        return self.person[key]

    def trap(self, kind: str) -> str:
        """The trap of a kind: `id:tab` gives `tab` for `id`; '' where there is none."""
        for trap in self.traps:
            if trap.startswith(kind + ":"):
                return trap[len(kind) + 1 :]
        return ""


Writer = Callable[[Entry], c.Cell]


@dataclass(frozen=True, slots=True)
class Col:
    """A column: its header (one text per level) and how it writes its cell, noting what that tells."""

    header: tuple[str, ...]
    write: Writer
    width: float = 12
    hidden: bool = False


@dataclass(slots=True)
class Row:
    """A finished row. `kind`: title, header, person, rejected, skipped, blank, hidden or conflict."""

    cells: list[c.Cell]
    kind: str


@dataclass(slots=True)
class Sheet:
    """A finished sheet. Merges are (first row, first column, last row, last column) from 0."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    state: str = "visible"

    def add(self, cells: Iterable[c.Cell], kind: str) -> int:
        """Append a row; returns its index from 0."""
        self.rows.append(Row(list(cells), kind))
        return len(self.rows) - 1


@dataclass(slots=True)
class Workbook:
    """A planned workbook: its sheets, the truth by person, the rows and problems to be expected."""

    name: str
    sheets: list[Sheet] = field(default_factory=list)
    truth: dict[str, Told] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)
    units: set[tuple[str, str]] = field(default_factory=set)
    custom_fields: set[str] = field(default_factory=set)

    def expected(self) -> dict[str, object]:
        """Row counts by kind over all visible sheets, and problems by code.

        Rows that the sheet hides are not counted. Notes about units that are not known yet are not
        problems and are left out; `units` are the units that the file names, by tree.
        """
        kinds = Counter(row.kind for sheet in self.sheets if sheet.state == "visible" for row in sheet.rows)
        shown = ("person", "rejected", "skipped", "conflict")
        return {
            "rows": sum(kinds[kind] for kind in shown),
            "new": kinds["person"],
            "skipped": kinds["skipped"],
            "rejected": kinds["rejected"],
            "conflict": kinds["conflict"],
            "problems": dict(sorted(self.problems.items())),
            "units": sorted(f"{tree}:{unit}" for tree, unit in self.units),
            "custom_fields": sorted(self.custom_fields),
        }

    def enter(self, told: Told) -> None:
        """Note what a right import holds for one person, under ID number, else staff number, else name."""
        held = {key.removeprefix(CUSTOM): told[key] for key in sorted(told) if told[key]}
        self.custom_fields.update(key.removeprefix(CUSTOM) for key in told if key.startswith(CUSTOM))
        key = held.get("id_number") or held.get("employee_no") or held["name"]
        if key in self.truth:
            raise ValueError(f"two people of {self.name} have the key {key}")
        self.truth[key] = held
        for unit_field in ("party_branch", "admin_group", "area", "building", "unit_no"):
            if unit_field in held:
                self.units.add((unit_field, held[unit_field]))


class Filler:
    """Writes people into a sheet, row by row, with blank rows and repeated headers where asked."""

    def __init__(
        self, workbook: Workbook, sheet: Sheet, columns: list[Col], rng: Random, *, plain: bool = False
    ) -> None:
        self.workbook = workbook
        self.sheet = sheet
        self.columns = columns
        self._rng = rng
        self._plain = plain
        self._above: tuple[Told, list[Told]] | None = None

    def titles(self, *lines: str) -> None:
        """Title lines above the header, each merged over all columns."""
        for line in lines:
            row = self.sheet.add([line] + [None] * (len(self.columns) - 1), "title")
            self.sheet.merges.append((row, 0, row, len(self.columns) - 1))

    def header(self) -> None:
        """The header rows; equal neighbours of an upper level are merged, single ones downwards."""
        levels = max(len(column.header) for column in self.columns)
        first = len(self.sheet.rows)
        grid: list[list[c.Cell]] = [[None] * len(self.columns) for _level in range(levels)]
        for place, column in enumerate(self.columns):
            before = self.columns[place - 1].header if place else ()
            for level, words in enumerate(column.header):
                spans = len(column.header) > 1 and level < len(column.header) - 1
                if not (spans and before[: level + 1] == column.header[: level + 1]):
                    grid[level][place] = words
            if len(column.header) < levels:
                self.sheet.merges.append((first + len(column.header) - 1, place, first + levels - 1, place))
        for cells in grid:
            self.sheet.add(cells, "header")
        self._merge_groups(first)
        self.sheet.widths = [column.width for column in self.columns]
        self.sheet.hidden_columns = [place for place, column in enumerate(self.columns) if column.hidden]

    def _merge_groups(self, first: int) -> None:
        start = 0
        while start < len(self.columns):
            group = self.columns[start].header
            end = start
            while (
                len(group) > 1
                and end + 1 < len(self.columns)
                and len(self.columns[end + 1].header) > 1
                and self.columns[end + 1].header[0] == group[0]
            ):
                end += 1
            if end > start:
                self.sheet.merges.append((first, start, first, end))
            start = end + 1

    def person(
        self,
        person: Person,
        traps: frozenset[str] = frozenset(),
        *,
        kind: str = "person",
        more: Told | None = None,
    ) -> list[c.Cell]:
        """Write a person; `more` is what the sheet tells beside its cells (its name). Returns the cells."""
        entry = Entry(person, traps, self._rng, self._plain)
        row = [column.write(entry) for column in self.columns]
        told = self._settle(entry)
        told.update(more or {})
        if kind == "person":
            self.workbook.enter(told)
        self.sheet.add(row, kind)
        return row

    def blank_row(self) -> None:
        """An empty row between people."""
        self.sheet.add([None] * len(self.columns), "blank")

    def repeat_header(self) -> None:
        """The header again, as it is left over from printed pages."""
        self.sheet.add([column.header[-1] for column in self.columns], "skipped")

    def line(self, *cells: c.Cell) -> None:
        """A group title, total or signature: a row to be skipped."""
        self.sheet.add(list(cells) + [None] * (len(self.columns) - len(cells)), "skipped")

    def _settle(self, entry: Entry) -> Told:
        """What the row as a whole tells: the ID number decides birth and sex where it can."""
        told = entry.told
        problems = self.workbook.problems
        state = told.pop("_id", "")
        if state == "valid":
            for key in ("birth", "sex"):
                right = entry.person[key]
                right = words_of(key, right)
                seen = told.get(key, "")
                if seen and not right.startswith(seen):
                    problems[f"{key}_differs"] += 1
                told[key] = right
        elif state == "check":
            problems["id_check_digit"] += 1
        elif state.startswith("damaged"):
            problems["id_damaged"] += 1
            if state == "damaged_birth":
                told["birth"] = entry.person["birth"]
        for code in told.pop("_problems", "").split():
            problems[code] += 1
        return told


def lay_traps(rng: Random, people: list[Person], wanted: Iterable[str]) -> list[frozenset[str]]:
    """Give each wanted trap to one person who can bear it, no two of one kind to the same person.

    Kinds are the part before the colon. A trap nobody can bear (a small office) is left out.
    """
    laid: list[set[str]] = [set() for _person in people]
    names = Counter(person["name"] for person in people)
    for trap in wanted:
        kind = trap.split(":")[0]
        # Traps of ID number and of birth and sex would hide one another.
        rivals = {"id", "birth", "sex"} if kind in ("id", "birth", "sex") else {kind}
        places = [
            place
            for place, person in enumerate(people)
            if not any(held.split(":")[0] in rivals for held in laid[place])
            and can_bear(person, trap)
            # Who loses the ID number must be told apart by name alone, in lists without staff numbers.
            and (kind != "id" or names[person["name"]] == 1)
        ]
        if places:
            laid[rng.choice(places)].add(trap)
    return [frozenset(traps) for traps in laid]


def can_bear(person: Person, trap: str) -> bool:
    """Whether the person's values allow the trap."""
    number, name = person["id_number"], person["name"]
    kind, _colon, what = trap.partition(":")
    if kind == "id":
        if len(number) != 18:
            return False
        if what == "lower_x":
            return number.endswith("X")
        if what in ("typed_number", "program_number", "text_000", "exponent"):
            # Damaged digits that happen to pass the check would read as a valid number, and rightly.
            passes = check_digit(number[:15] + "00") == "0"
            return number[17] != "X" and number[15:] != "000" and not passes
        return not number.endswith("X") if what == "check" else True
    if kind in ("birth", "sex"):
        if what == "october":
            return person["birth"][5:7] == "10"
        return True
    if kind == "name":
        return len(name) == 2 if what in ("blank", "wide_blank") else "·" not in name
    if trap in ("started:october", "started:lost_october"):
        return person["work_started"][5:7] == "10"
    if kind == "started":
        return len(person["work_started"]) >= 7
    if kind == "phone":
        return bool(person["mobile"] and person["phone"])
    return True
