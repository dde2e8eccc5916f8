"""What a reader hands over: workbook, sheets, rows and cells, and how a cell is understood.

A text cell is a plain `str` (most cells of a roster are).  Every other cell is a tuple `(kind, raw, format)`:

  ("n", "1955.1", "0.00")        number; raw as stored, format "" = General
  ("d", "20240", "yyyy\\-mm")     number whose format shows a date, or an ISO text where the file stores one
  ("b", "1", "")                 true or false
  ("e", "#N/A", "")              error
  ("f", "", "0.00")              formula without a stored value: its value is unknown, not empty

Cells can be dictionary keys, so that a value is understood once per distinct cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from retiree_desk.files.readers import formats

Cell = str | tuple[str, str, str]

LONGEST_TEXT = 32_767  # characters an Excel cell can hold, counted in UTF-16 units
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Row(NamedTuple):
    """A row that holds something.

    `number` is the row as the spreadsheet shows it (csv: the line where the record starts), from 1;
    `hidden` rows are read like others; `cells` holds the filled cells only, by column from 1.
    """

    number: int
    hidden: bool
    cells: dict[int, Cell]


@dataclass(slots=True)
class Sheet:
    """A sheet by its name.

    `state` is "visible", "hidden" or "very_hidden" (named, never read); `kind` is "table", or
    "chart" for a sheet without cells.  `merges` are (first row, first column, last row, last
    column) from 1. `hidden_columns` names filled columns only.  `total_rows` counts the filled
    rows, also where they were not asked for.  `formulas` counts cells whose stored result was taken
    instead of a formula.
    """

    name: str
    state: str = "visible"
    kind: str = "table"
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    total_rows: int = 0
    formulas: int = 0


@dataclass(slots=True)
class Workbook:
    """A file that was read.

    `kind` is what the content is, whatever the name says: xlsx, xlsb, xls, ods, html, mhtml, xml2003 or csv.
    `encoding` is that of text files, "" for others; `delimiter` that of csv.  `notes` are codes of
    what a person should know: "formulas" (stored results were taken), "broken_characters" (bytes no
    encoding explains).
    """

    path: str
    kind: str
    encoding: str = ""
    delimiter: str = ""
    date1904: bool = False
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def cell_kind(cell: Cell | None) -> str:
    """One of "" (empty), "s" (text), "n", "d", "b", "e", "f"."""
    if not cell:
        return ""
    return "s" if isinstance(cell, str) else cell[0]


def cell_text(cell: Cell | None, date1904: bool = False) -> str:
    """The cell as the clerk sees it: 20 for 20.0, dates as 1955-03-12 in the precision shown, "" for an
    empty one.

    A formula without a stored value and an error give "" and "#N/A"; ask `cell_kind`.
    """
    if not cell:
        return ""
    if isinstance(cell, str):
        return cell
    kind, raw, code = cell
    if kind == "n":
        return formats.number_text(raw, code)
    if kind == "d":
        number = _float(raw)
        if number is None:
            return raw.removesuffix("T00:00:00").replace("T", " ")
        return formats.date_text(number, code, date1904) or formats.number_text(raw, "")
    if kind == "b":
        return "TRUE" if raw == "1" else "FALSE"
    return raw


def cell_number(cell: Cell | None, date1904: bool = False) -> float | None:
    """The number of a number or date cell (a date as its serial number), None for every other cell."""
    if not cell or isinstance(cell, str) or cell[0] not in "nd":
        return None
    number = _float(cell[1])
    if number is None and cell[0] == "d":
        try:
            moment = datetime.fromisoformat(cell[1]).replace(tzinfo=None)
        except ValueError:
            return None
        since = moment - datetime(1904, 1, 1) if date1904 else moment - datetime(1899, 12, 30)
        return since.days + since.seconds / 86400
    return number


def cell_date(cell: Cell | None, date1904: bool = False) -> date | None:
    """The day of a date cell, whatever of it the format shows; None for every other cell."""
    if not cell_is_date(cell):
        return None
    number = cell_number(cell, date1904)
    return None if number is None else formats.serial_to_date(number, date1904)


def cell_is_date(cell: Cell | None) -> bool:
    """Whether the cell is a number that its format shows as a date."""
    return bool(cell) and not isinstance(cell, str) and cell is not None and cell[0] == "d"


def cell_format(cell: Cell | None) -> str:
    """The number format code of a cell that is not text, "" for General."""
    return "" if not cell or isinstance(cell, str) else cell[2]


def is_error(cell: Cell | None) -> bool:
    """Whether the cell holds an error such as #N/A."""
    return bool(cell) and not isinstance(cell, str) and cell is not None and cell[0] == "e"


def is_bool(cell: Cell | None) -> bool:
    """Whether the cell holds true or false."""
    return bool(cell) and not isinstance(cell, str) and cell is not None and cell[0] == "b"


def is_unknown_formula(cell: Cell | None) -> bool:
    """Whether the cell is a formula whose result the file does not hold."""
    return bool(cell) and not isinstance(cell, str) and cell is not None and cell[0] == "f"


def clean_text(text: str) -> tuple[str, str]:
    """The text as a cell can hold it, and "", "cleaned" or "cut" for what was done to it."""
    done = ""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ILLEGAL.search(text):
        text, done = _ILLEGAL.sub("", text), "cleaned"
    if len(text) * 2 > LONGEST_TEXT and len(encoded := text.encode("utf-16-le")) > LONGEST_TEXT * 2:
        text, done = encoded[: LONGEST_TEXT * 2].decode("utf-16-le", "ignore"), "cut"
    return text, done


def _float(raw: str) -> float | None:
    try:
        return float(raw)
    except ValueError:
        return None
