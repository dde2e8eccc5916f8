"""Finding tables in a sheet: title rows, headers of one to three levels, several header blocks.

A sheet is what a reader hands over: rows with their number and filled cells, and merged areas. The
header is looked for in the first twenty rows by counting known headers (domain.md 3, traps 9-12);
a later row of headers either repeats the one above or begins another table.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from retiree_desk.core.import_headers import NAME_HEADERS, known_header, normal_header

SEARCHED_ROWS = 20
MAX_LEVELS = 3
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column


class SheetRow(Protocol):
    """A row that holds something; only filled cells, by column from 1."""

    @property
    def number(self) -> int: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def cells(self) -> Mapping[int, Any]: ...


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a sheet: where its header stands, what each column is headed, which rows follow.

    `start` and `end` are positions in the sheet's list of rows; `repeated` holds the positions
    within them that repeat the header (printed on every page).
    """

    header_rows: tuple[int, ...]
    levels: Mapping[int, tuple[str, ...]]
    start: int
    end: int
    repeated: frozenset[int]


_DATA = re.compile(r"\d{5,}|^\d+([./\-]\d+)*$|^\d{4}年")
_RAW_NAMES = frozenset(
    spelling
    for word in NAME_HEADERS
    for spelling in (
        word,
        word + " ",
        " " + word,
        *(blank.join(word) for blank in ("\n", "\u3000", "\u3000\u3000")),
    )
) | frozenset(f"姓{' ' * n}名{tail}" for n in range(9) for tail in ("", " "))


def side_by_side(rows: Sequence[SheetRow], block: Block, text: Callable[[Any], str]) -> list[tuple[int, int]]:
    """The column ranges of lists that stand beside one another under one header (a phone book).

    A second column of names that mostly agrees with the first checks it and belongs to the same table.
    """
    columns = sorted(block.levels)
    leaves = {column: normal_header(words[-1]) if words else "" for column, words in block.levels.items()}
    names = [
        column for column in columns if leaves[column] in NAME_HEADERS and len(block.levels[column]) == 1
    ]
    if len(names) < 2:
        return []
    before = columns.index(names[0])  # columns that stand before the name, such as 序号
    starts = [columns[0]]
    for name in names[1:]:
        if not _other_people(rows, block, names[0], name, text):
            continue
        place = columns.index(name)
        same = place >= before and [leaves[each] for each in columns[place - before : place]] == [
            leaves[each] for each in columns[:before]
        ]
        starts.append(columns[place - before] if same else name)
    if len(starts) < 2:
        return []
    return list(zip(starts, [*(start - 1 for start in starts[1:]), max(columns) + 300], strict=True))


def _other_people(
    rows: Sequence[SheetRow], block: Block, first: int, second: int, text: Callable[[Any], str]
) -> bool:
    both = same = alone = 0
    for at in range(block.start, block.end):
        cells = rows[at].cells
        if second not in cells or at in block.repeated:
            continue
        if first not in cells:
            alone += 1
            continue
        both += 1
        same += "".join(text(cells[first]).split()) == "".join(text(cells[second]).split())
    return same * 2 < both or (both == 0 and alone > 0)


class TableFinder:
    """Finds the tables of one sheet. `text` turns a cell into what the clerk sees."""

    def __init__(self, rows: Sequence[SheetRow], merges: Iterable[Merge], text: Callable[[Any], str]) -> None:
        self._rows = rows
        self._text = text
        # A small roster has few merged cells; a merged body of thousands must not slow the search.
        self._merges = sorted(merge for merge in merges if merge[2] - merge[0] < MAX_LEVELS + 1)
        self._merged_origin: dict[tuple[int, int], tuple[int, int]] = {}
        self._merge_of: dict[tuple[int, int], Merge] = {}
        for merge in self._merges:
            self._merge_of[merge[0], merge[1]] = merge

    def blocks(self, header_rows: Sequence[int] | None = None) -> list[Block]:
        """The tables, top to bottom; none where no row looks like a header with a name column.

        `header_rows` (numbers as the spreadsheet shows them) says where the first header stands.
        """
        if header_rows:
            wanted = set(header_rows)
            header = [at for at, row in enumerate(self._rows) if row.number in wanted]
        else:
            header = self._first_header()
        if not header:
            return []
        found: list[Block] = []
        while header:
            levels = self._levels(header)
            start = header[-1] + 1
            repeated, following = self._later_headers(start, header, levels)
            end = following[0] if following else len(self._rows)
            numbers = tuple(self._rows[at].number for at in header)
            if end > start or not following:
                found.append(Block(numbers, levels, start, end, frozenset(repeated)))
            header = following
        return found

    def _texts(self, at: int) -> dict[int, str]:
        return {
            column: word
            for column, cell in self._rows[at].cells.items()
            if (word := self._text(cell)).strip()
        }

    def _score(self, at: int) -> tuple[int, bool]:
        """How many cells are known headers, and whether one of them heads the names."""
        count, named = 0, False
        for word in self._texts(at).values():
            target = known_header(word)
            if target is None:
                continue
            count += 1
            named = named or target.field == "name"
        return count, named

    def _first_header(self) -> list[int]:
        scores: list[tuple[int, bool]] = []
        for at in range(min(SEARCHED_ROWS, len(self._rows))):
            if self._rows[at].number > SEARCHED_ROWS * 3:
                break
            scores.append(self._score(at))
        most = max((count for count, named in scores if named), default=0)
        # The first good row, not the best: a later one may head a second table with more columns.
        best = next((at for at, (count, named) in enumerate(scores) if named and count * 2 >= most), -1)
        if best < 0:
            return []
        header = self._with_levels(best)
        # The best row may be the lower of two, with the names headed above it (or not headed at all).
        levels = self._levels(header)
        named = any(
            (target := known_header(level)) is not None and target.field == "name"
            for column in levels.values()
            for level in column[-1:]
        )
        return header if named else []

    def _with_levels(self, best: int) -> list[int]:
        """The positions of all header rows around the best one, top first."""
        top = bottom = best
        while bottom - top + 1 < MAX_LEVELS and bottom + 1 < len(self._rows) and self._is_below(bottom):
            bottom += 1
        while bottom - top + 1 < MAX_LEVELS and top > 0 and self._is_above(top):
            top -= 1
        return list(range(top, bottom + 1))

    def _is_below(self, at: int) -> bool:
        """Whether the row after `at` is a further level of the header."""
        upper, lower = self._rows[at], self._rows[at + 1]
        if lower.number != upper.number + 1:
            return False
        texts = self._texts(at + 1)
        if not texts or any(_DATA.search(word) for word in texts.values()):
            return False
        if any(merge[0] <= upper.number < merge[2] for merge in self._merges_in(upper.number)):
            return True
        above = self._texts(at)
        if any(
            (target := known_header(above[column])) is not None and target.field == "name" and column in texts
            for column in above
        ):
            return False
        known = sum(known_header(word) is not None for word in texts.values())
        return known * 2 >= len(texts) and known >= 2

    def _merges_in(self, number: int) -> list[Merge]:
        return [merge for merge in self._merges if merge[0] <= number <= merge[2]]

    def _is_above(self, at: int) -> bool:
        """Whether the row before `at` is a level of the header above it, and not a title."""
        upper, lower = self._rows[at - 1], self._rows[at]
        if lower.number != upper.number + 1:
            return False
        texts = self._texts(at - 1)
        if len(texts) < 2 or any(
            _DATA.search(word) or len(normal_header(word)) > 24 or re.search(r"[:：]\s*\S", word)
            for word in texts.values()
        ):
            return False
        if any(merge[0] == upper.number and merge[2] > upper.number for merge in self._merges):
            return True
        spanning = [merge for merge in self._merges if merge[0] == merge[2] == upper.number]
        if spanning:
            width = max(lower.cells) - min(lower.cells) + 1
            return all(merge[3] - merge[1] + 1 < width for merge in spanning)
        # Without merged cells (text files): groups stand over columns that are headed below.
        return set(texts) <= set(lower.cells) and all(
            known_header(word) is None or known_header(word) != known_header(self._text(lower.cells[column]))
            for column, word in texts.items()
        )

    def _levels(self, header: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The words over each column, top first; merged areas say theirs in all their columns."""
        by_row: list[dict[int, str]] = []
        for at in header:
            texts = self._texts(at)
            for first_row, first, last_row, last in self._merges_in(self._rows[at].number):
                origin = next((i for i in header if self._rows[i].number == first_row), None)
                if origin is None or last_row < self._rows[at].number:
                    continue
                word = self._texts(origin).get(first)
                if word:
                    for column in range(first, min(last, first + 300) + 1):
                        texts.setdefault(column, word)
            by_row.append(texts)
        if not any(self._merges_in(self._rows[at].number) for at in header):
            self._spread_groups(by_row)
        columns = sorted({column for texts in by_row for column in texts})
        levels: dict[int, tuple[str, ...]] = {}
        for column in columns:
            words: list[str] = []
            for texts in by_row:
                word = texts.get(column, "")
                if word and (not words or words[-1] != word):
                    words.append(word)
            levels[column] = tuple(words)
        return levels

    @staticmethod
    def _spread_groups(by_row: list[dict[int, str]]) -> None:
        """Without merged cells a group stands only over its first column; the next ones are below it."""
        bottom = by_row[-1]
        for upper in by_row[:-1]:
            group = ""
            for column in sorted(bottom.keys() | upper.keys()):
                if column in upper:
                    group = upper[column] if column in bottom else ""
                elif group and column in bottom:
                    upper[column] = group

    def _later_headers(
        self, start: int, header: Sequence[int], levels: Mapping[int, tuple[str, ...]]
    ) -> tuple[list[int], list[int]]:
        """Positions that repeat the header, and the rows of the next, different header if there is one."""
        leaves = {column: normal_header(words[-1]) for column, words in levels.items() if words}
        names = set(_RAW_NAMES)
        names.update(
            words[-1] for words in levels.values() if words and normal_header(words[-1]) in NAME_HEADERS
        )
        own_rows = [self._texts(at) for at in header]
        repeated: list[int] = []
        for at in range(start, len(self._rows)):
            if names.isdisjoint(self._rows[at].cells.values()):
                continue
            texts = self._texts(at)
            known = sum(known_header(word) is not None for word in texts.values())
            if known * 2 < len(texts) or (known < 2 and len(texts) > 1) or (known == 1 and len(leaves) > 1):
                continue
            same = sum(leaves.get(column) == normal_header(word) for column, word in texts.items())
            if same * 10 >= len(texts) * 6:
                repeated.append(at)
                repeated.extend(
                    near
                    for near in range(max(start, at - len(header)), min(len(self._rows), at + len(header)))
                    if near != at and self._texts(near) in own_rows
                )
                continue
            following = [each for each in self._with_levels(at) if each >= start]
            return repeated, following
        return repeated, []
