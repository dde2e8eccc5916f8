"""What every reader offers to the child: a source with sheets, a sheet with rows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from retiree_desk.files.readers.limits import Budget

PlainCell = str | tuple[str, str, str]
#: Row number from 1, hidden, filled cells by column from 1: exact tuples, because only those cross to
#: the parent.
PlainRow = tuple[int, bool, dict[int, PlainCell]]


class SheetSource(ABC):
    """A sheet; `merges`, `formulas` and the hidden columns are known after its rows were read."""

    def __init__(self, name: str, state: str = "visible", kind: str = "table") -> None:
        self.name = name
        self.state = state
        self.kind = kind
        self.merges: list[tuple[int, int, int, int]] = []
        self.formulas = 0
        self.hidden_ranges: list[tuple[int, int]] = []

    @abstractmethod
    def rows(self) -> Iterator[PlainRow]:
        """The filled rows from the top."""

    def hidden_among(self, columns: set[int]) -> set[int]:
        """Which of `columns` are hidden."""
        return {c for c in columns if any(first <= c <= last for first, last in self.hidden_ranges)}


class ListedSheet(SheetSource):
    """A sheet whose rows are known already."""

    def __init__(self, name: str, rows: list[PlainRow], state: str = "visible", kind: str = "table") -> None:
        super().__init__(name, state, kind)
        self._rows = rows

    def rows(self) -> Iterator[PlainRow]:
        """The filled rows from the top."""
        return iter(self._rows)


class Source(ABC):
    """An opened file."""

    encoding = ""
    delimiter = ""
    date1904 = False

    def __init__(self, kind: str, budget: Budget) -> None:
        self.kind = kind
        self.budget = budget

    @abstractmethod
    def sheets(self) -> Iterator[SheetSource]:
        """The sheets in the order of the file; each is read before the next one is asked for."""

    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return 0.0

    def notes(self) -> list[str]:
        """Codes of what a person should know about this file."""
        return []
