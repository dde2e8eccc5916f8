"""What a file may cost, counted while it is read, and the one exception readers raise.

Readers run in a child process and speak in codes; the parent turns a code into a sentence in the clerk's
language.
"""

from __future__ import annotations

import time
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The budget of one file (DECISIONS 16).

    `inflated_bytes` in all and `part_bytes` of one part of a zip, both of unpacked content; `columns`
    filled in one sheet; `rows` filled in the whole file; `seconds` from start to end; `memory_bytes` of
    the child; `parts` of a zip.
    """

    inflated_bytes: int = 1 << 30
    part_bytes: int = 600 << 20
    columns: int = 300
    rows: int = 250_000
    seconds: float = 120.0
    memory_bytes: int = 1 << 30
    parts: int = 2_000

    def plain(self) -> tuple[int, int, int, int, float, int, int]:
        """The limits as a tuple that crosses to the child."""
        return astuple(self)


class ReadFailure(Exception):
    """The file cannot be read; `code` says why, `detail` names a place in the file (never its content)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class Budget:
    """Counts bytes, rows and time against the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._inflated = 0
        self._rows = 0
        self._deadline = time.monotonic() + limits.seconds

    def inflate(self, count: int, of_part: int) -> None:
        """Account for `count` more unpacked bytes, `of_part` so far in this part."""
        self._inflated += count
        if self._inflated > self.limits.inflated_bytes or of_part > self.limits.part_bytes:
            raise ReadFailure("too_large")
        if time.monotonic() > self._deadline:
            raise ReadFailure("too_slow")

    def add_rows(self, count: int) -> None:
        """Account for `count` more filled rows."""
        self._rows += count
        if self._rows > self.limits.rows:
            raise ReadFailure("too_many_rows")

    def check_columns(self, columns: set[int]) -> None:
        """Refuse a sheet with too many filled columns."""
        if len(columns) > self.limits.columns:
            raise ReadFailure("too_many_columns")
