"""Any plain list on paper: title, columns with shares, rows, a last line, signatures (OFFICE 4, 7)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retiree_desk.files.pdf.page import Imprint


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its words are already in the language of the paper."""

    title: str
    #: Of the usable width; the shares of a list are scaled to 100 together.
    share: float
    align: Literal["left", "centre", "right"] = "centre"
    #: A heading above this and its neighbours of the same group.
    group: str = ""
    #: Names: two characters are drawn apart, and never cut (R22).
    name: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of any kind (visit register, birthdays, bank list …)."""

    #: Without the office, which stands before it unless `office_in_title` is off.
    title: str
    columns: tuple[ListColumn, ...]
    rows: Sequence[Sequence[str]]
    #: The line under the title: left, centre, right.
    head: tuple[str, str, str] = ("", "", "")
    #: Lines after the last row, e.g. totals.
    ending: tuple[str, ...] = ()
    #: `审核人`, `填表人` …: drawn as `审核人:    ` at the end.
    signatures: tuple[str, ...] = ()
    paper: Literal["A4", "A3"] = "A4"
    across: bool = True
    size: float = 9.0
    row_mm: float = 7.5
    batch: str = ""
    check_code: str = ""
    #: Put a running number before every row, under 序号.
    numbered: bool = True
    office_in_title: bool = True


def write_listing(
    path: str | os.PathLike[str], paper: Listing, imprint: Imprint, *, substitute: bool = False
) -> int:
    """Write the list; the pages written (errors as `write_visit_sheets`)."""
    raise NotImplementedError
