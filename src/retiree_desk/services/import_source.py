"""From files to understood tables: reading in the child process, finding tables, the fate of columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from retiree_desk.core.errors import Cancelled, InputError, UsageError
from retiree_desk.core.identity import to18
from retiree_desk.core.import_columns import (
    CUSTOM,
    CUSTOM_PREFIX,
    FIELD,
    ColumnData,
    SourceColumn,
    assign,
    fingerprint,
    settle_check_columns,
    without_empty,
)
from retiree_desk.core.import_headers import DERIVED, meaning, normal_header
from retiree_desk.core.import_raw import Raw
from retiree_desk.core.import_reading import TableReading, Understanding
from retiree_desk.core.import_rows import Sorted, sort_rows, unit_of_titles
from retiree_desk.core.import_tables import Block, TableFinder, side_by_side
from retiree_desk.core.import_words import choice_of
from retiree_desk.core.imports import Note
from retiree_desk.core.names import name_key
from retiree_desk.files.workbook_reader import (
    Cell,
    Row,
    Sheet,
    Workbook,
    cell_number,
    cell_text,
    read_workbook,
)
from retiree_desk.i18n import _

Progress = Callable[[str, float], None]  # what is being done, and how much of it (0 to 1)


@dataclass(frozen=True, slots=True)
class Options:
    """What the clerk says about the files. `mapping` gives fates by table fingerprint and column index
    (a field code, custom or ignored); `header_rows` where a header stands, by file and sheet."""

    sheets: tuple[str, ...] = ()
    hidden: bool = False
    kind: str = ""
    mapping: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    header_rows: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    fill_merged: bool = False
    every_value: bool = False  # what was refused before is proposed again


@dataclass(slots=True)
class SourceTable:
    """One table, understood. `numbers` are the rows of its people as the spreadsheet shows them."""

    file: str
    sheet: str
    header_rows: tuple[int, ...]
    columns: list[SourceColumn]
    fingerprint: str
    numbers: list[int]
    told: Understanding
    skipped: list[tuple[int, str]]
    branch_from_sheet: bool = False

    def header_of(self, key: str) -> str:
        """The header under which a field stands in the sheet."""
        for column in self.columns:
            if column.field == key or (column.fate == CUSTOM and CUSTOM_PREFIX + column.label == key):
                return column.header
        return ""


@dataclass(slots=True)
class Source:
    """The files as read, kept so that another mapping need not read them again."""

    files: tuple[str, ...]
    books: list[Workbook]


def read_files(
    files: Sequence[Path | str],
    *,
    password: str | None,
    hidden: bool,
    on_progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> Source:
    """Reads every file; one that cannot be read raises `InputError`, and nothing was done."""
    books = []
    for number, file in enumerate(files):

        def step(_rows: int, share: float, number: int = number) -> None:
            if on_progress:
                on_progress("reading", (number + share) / len(files))

        books.append(
            read_workbook(
                file,
                password=password,
                hidden=hidden,
                cancelled=cancelled,
                on_progress=step if on_progress else None,
            )
        )
    return Source(tuple(str(file) for file in files), books)


def tables_of(
    source: Source,
    options: Options,
    today: date,
    remembered: Mapping[str, Mapping[int, str]],
    *,
    on_progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[list[SourceTable], list[Note]]:
    """The tables of all files. Raises `InputError` for a file without any table of people."""
    tables: list[SourceTable] = []
    notes: list[Note] = []
    if options.sheets:
        every = {sheet.name for book in source.books for sheet in book.sheets}
        lacking = [name for name in options.sheets if name not in every]
        if lacking:
            raise UsageError(
                "sheet_unknown",
                _("There is no sheet “{name}”; there are: {names}.").format(
                    name=lacking[0], names="、".join(sorted(every))
                ),
            )
    for file, book in zip(source.files, source.books, strict=True):
        found = _Book(file, book, options, today, remembered, notes).tables(on_progress, cancelled)
        if not found and not (
            options.sheets and not {sheet.name for sheet in book.sheets} & set(options.sheets)
        ):
            raise InputError(
                "no_table",
                _("“{file}” holds no table with a column of names; nothing was changed.").format(
                    file=Path(file).name
                ),
            )
        tables += found
    return tables, notes


class _Book:
    """The tables of one file."""

    def __init__(
        self,
        file: str,
        book: Workbook,
        options: Options,
        today: date,
        remembered: Mapping[str, Mapping[int, str]],
        notes: list[Note],
    ) -> None:
        self._file = file
        self._book = book
        self._options = options
        self._today = today
        self._remembered = remembered
        self._notes = notes
        date1904 = book.date1904

        def text(cell: Cell) -> str:
            return cell if type(cell) is str else cell_text(cell, date1904)

        def raw(cell: Cell) -> Raw:
            if isinstance(cell, str):
                return Raw(cell)
            return Raw(cell_text(cell, date1904), cell[0], cell_number(cell, date1904), cell[2], date1904)

        self._text = text
        self._raw = raw

    def tables(self, on_progress: Progress | None, cancelled: Callable[[], bool] | None) -> list[SourceTable]:
        """Every table of every sheet that is to be read."""
        if "broken_characters" in self._book.notes:
            self._notes.append(Note("broken_characters", self._file))
        sheets = [sheet for sheet in self._book.sheets if self._wanted(sheet)]
        kinds = {sheet.name for sheet in sheets if choice_of("category", sheet.name)}
        found: list[SourceTable] = []
        for number, sheet in enumerate(sheets):
            finder = TableFinder(sheet.rows, sheet.merges, self._text)
            blocks = finder.blocks(self._options.header_rows.get((self._file, sheet.name)))
            if not blocks:
                if sheet.rows or sheet.kind != "table":
                    self._notes.append(Note("no_table", self._file, sheet.name))
                continue
            if sheet.formulas:
                self._notes.append(Note("formulas", self._file, sheet.name, n=sheet.formulas))
            for block in blocks:
                if cancelled and cancelled():
                    raise Cancelled()
                for part, rows in self._parts(sheet, block):
                    found.append(self._table(sheet, part, rows, by_kind=len(kinds) > 1))
            if on_progress:
                on_progress("understanding", (number + 1) / len(sheets))
        return found

    def _wanted(self, sheet: Sheet) -> bool:
        if self._options.sheets:
            return sheet.name in self._options.sheets
        if sheet.state == "very_hidden":
            self._notes.append(Note("very_hidden_sheet", self._file, sheet.name))
            return False
        if sheet.state == "hidden" and not self._options.hidden:
            self._notes.append(Note("hidden_sheet", self._file, sheet.name, n=sheet.total_rows))
            return False
        return True

    def _parts(self, sheet: Sheet, block: Block) -> list[tuple[Block, list[Row]]]:
        """The tables that stand beside one another in a block; nearly always it is one."""
        ranges = side_by_side(sheet.rows, block, self._text)
        if not ranges:
            return [(block, sheet.rows)]
        parts = []
        for first, last in ranges:
            levels = {column: words for column, words in block.levels.items() if first <= column <= last}
            rows = [
                Row(
                    row.number,
                    row.hidden,
                    {at: cell for at, cell in row.cells.items() if first <= at <= last},
                )
                for row in sheet.rows
            ]
            parts.append((replace(block, levels=levels), rows))
        return parts

    def _table(self, sheet: Sheet, block: Block, rows: list[Row], *, by_kind: bool) -> SourceTable:
        levels = dict(block.levels)
        seen: set[int] = set().union(*(rows[at].cells for at in range(block.start, block.end)))
        for column in sorted(seen - levels.keys()):
            levels[column] = ()
        mark = fingerprint(tuple(levels[column] for column in sorted(levels)))
        chosen = self._options.mapping.get(mark) or self._remembered.get(mark) or {}
        name_column, derived = self._name_column(levels, chosen)
        kept = sort_rows(
            rows, block, sheet.merges, self._text, name_column=name_column, derived=derived,
            take_hidden=self._options.hidden,
        )  # fmt: skip
        if kept.hidden:
            self._notes.append(Note("hidden_rows", self._file, sheet.name, n=kept.hidden))
        people = [rows[at].cells for at in kept.people]
        people = self._merged(sheet, block, kept, people, levels)
        data = [
            ColumnData(column, levels[column], column in sheet.hidden_columns, self._distinct(people, column))
            for column in sorted(levels)
        ]
        columns = assign(data, chosen)
        above, from_sheet = self._above(sheet, columns, kept, by_kind=by_kind)
        reading = TableReading(people, columns, self._raw, self._today, above)
        told = reading.read()
        columns = self._settle(columns, reading, told)
        return SourceTable(
            self._file,
            sheet.name,
            block.header_rows,
            columns,
            mark,
            [rows[at].number for at in kept.people],
            told,
            [(rows[at].number, why) for at, why in kept.skipped],
            from_sheet,
        )

    @staticmethod
    def _name_column(
        levels: Mapping[int, tuple[str, ...]], chosen: Mapping[int, str]
    ) -> tuple[int, set[int]]:
        name = next((column for column, fate in chosen.items() if fate == "name"), 0)
        derived = set()
        for column in sorted(levels):
            target = meaning(levels[column]) if levels[column] else None
            if target is DERIVED:
                derived.add(column)
            elif (
                target is not None
                and target.field == "name"
                and not name
                and chosen.get(column, "name") == "name"
            ):
                name = column
        return name, derived

    def _distinct(self, people: Sequence[Mapping[int, Any]], column: int) -> Callable[[], list[Raw]]:
        def values() -> list[Raw]:
            seen = {cells.get(column) for cells in people}
            return [self._raw(cell) for cell in seen if cell is not None]

        return values

    def _merged(
        self,
        sheet: Sheet,
        block: Block,
        kept: Sorted,
        people: list[dict[int, Cell]],
        levels: Mapping[int, tuple[str, ...]],
    ) -> list[dict[int, Cell]]:
        """Cells merged over several people: said, and filled down where the clerk asked for it (DESK I3)."""
        first = sheet.rows[block.start].number if block.start < len(sheet.rows) else 0
        merges = [
            merge
            for merge in sheet.merges
            if merge[0] >= first and merge[2] > merge[0] and merge[1] == merge[3]
        ]
        if not merges:
            return people
        if not self._options.fill_merged:
            for column in sorted({merge[1] for merge in merges} & levels.keys()):
                self._notes.append(Note("merged_cells", self._file, sheet.name, "/".join(levels[column])))
            return people
        by_number = {sheet.rows[at].number: place for place, at in enumerate(kept.people)}
        cells = {row.number: row.cells for row in sheet.rows}
        filled = list(people)
        for top, column, bottom, _last in merges:
            value = cells.get(top, {}).get(column)
            for number in range(top + 1, bottom + 1):
                place = by_number.get(number)
                if value is not None and place is not None and column not in filled[place]:
                    filled[place] = {**filled[place], column: value}
        return filled

    def _above(
        self, sheet: Sheet, columns: Sequence[SourceColumn], kept: Sorted, *, by_kind: bool
    ) -> tuple[dict[str, list[str]], bool]:
        """What the sheet's name and the titles over groups say of the people below, where no column does."""
        has = {column.field for column in columns}
        count = len(kept.people)
        field = unit_of_titles(kept.groups.values())
        if field and field not in has:
            values, current, titles = [], "", sorted(kept.groups)
            place = 0
            for at in kept.people:
                while place < len(titles) and titles[place] < at:
                    current, place = "".join(kept.groups[titles[place]].split()), place + 1
                values.append(current)
            self._notes.append(Note("group_is_unit", self._file, sheet.name))
            return {field: values}, False
        name = "".join(sheet.name.split())
        if (
            "party_branch" not in has
            and ("支部" in name or "党小组" in name)
            and normal_header(name) not in ("支部", "党支部")
        ):
            self._notes.append(Note("sheet_is_branch", self._file, sheet.name))
            return {"party_branch": [name] * count}, True
        if "category" not in has and by_kind and (code := choice_of("category", name)):
            return {"category": [code] * count}, False
        return {}, False

    def _settle(
        self, columns: list[SourceColumn], reading: TableReading, told: Understanding
    ) -> list[SourceColumn]:
        """Of a second column only what disagrees is kept; columns that say nothing are not kept at all."""
        for column in columns:
            if column.same_as and column.fate == CUSTOM:
                kept = told.values[CUSTOM_PREFIX + column.label]
                for at, (second, first, final) in enumerate(zip(*reading.says(column), strict=True)):
                    if _agrees(column.target.field, second, first) or _agrees(
                        column.target.field, second, final
                    ):
                        kept[at] = ""

        def says_something(column: SourceColumn) -> bool:
            return any(told.values.get(CUSTOM_PREFIX + column.label, ()))

        settled = settle_check_columns(columns, lambda column: not says_something(column))
        filled = {column.index for column in settled if column.fate == CUSTOM and says_something(column)}
        settled = without_empty(settled, filled)
        for before, after in zip(columns, settled, strict=True):
            if before.fate == CUSTOM and after.fate != CUSTOM:
                told.values.pop(CUSTOM_PREFIX + before.label, None)
        return settled


def _agrees(key: str, second: str, first: str) -> bool:
    """Whether a second column of the same field says nothing that the first does not."""
    if not second or second == first:
        return True
    if key == "name":
        return name_key(second) == name_key(first)
    if key == "id_number":
        return to18(second) == to18(first)
    return first.startswith(second) and len(second) in (4, 7) and second[:4].isdigit()


__all__ = ["FIELD", "Options", "Progress", "Source", "SourceTable", "read_files", "tables_of"]
