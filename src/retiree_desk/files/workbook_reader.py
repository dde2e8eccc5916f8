"""Read any workbook or table file a clerk may receive, in a child process, as plain rows.

What a file is follows from its content, never from its name (domain.md 3, row 16).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import starmap
from pathlib import Path
from typing import Any

from retiree_desk.core.errors import InputError
from retiree_desk.files import child_process
from retiree_desk.files.cells import (
    Cell,
    Row,
    Sheet,
    Workbook,
    cell_date,
    cell_format,
    cell_is_date,
    cell_kind,
    cell_number,
    cell_text,
    is_bool,
    is_error,
    is_unknown_formula,
)
from retiree_desk.files.readers.child import read
from retiree_desk.files.readers.limits import Limits, ReadFailure
from retiree_desk.i18n import N_, _

__all__ = [
    "Cell",
    "Limits",
    "Row",
    "Sheet",
    "Workbook",
    "cell_date",
    "cell_format",
    "cell_is_date",
    "cell_kind",
    "cell_number",
    "cell_text",
    "is_bool",
    "is_error",
    "is_unknown_formula",
    "read_workbook",
]

_SENTENCES = {
    "file_missing": N_("“{file}” does not exist or may not be read."),
    "empty": N_("“{file}” is empty."),
    "not_a_workbook": N_("“{file}” is not a workbook or table."),
    "encrypted": N_("“{file}” has a password; give the password, or save it without one in WPS or Excel."),
    "wrong_password": N_("The password of “{file}” is wrong."),
    "damaged": N_(
        "“{file}” is damaged and cannot be read; open it in WPS or Excel and save it again as .xlsx."
    ),
    "too_large": N_(
        "“{file}” needs more memory than a workbook may; split it, or save only the sheets needed."
    ),
    "too_many_rows": N_("“{file}” has more than {rows} filled rows; split it."),
    "too_many_columns": N_(
        "A sheet of “{file}” has more than {columns} filled columns; remove those not needed."
    ),
    "too_slow": N_("Reading “{file}” took longer than {seconds} seconds and was stopped; split the file."),
    "child_died": N_("“{file}” broke off the reading; open it in WPS or Excel and save it again as .xlsx."),
    "unsupported": N_(
        "“{file}” is of a kind that cannot be read; open it in WPS or Excel and save it as .xlsx."
    ),
}


def read_workbook(
    path: str | os.PathLike[str],
    *,
    password: str | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    cancelled: Callable[[], bool] | None = None,
    hidden: bool = True,
    on_progress: Callable[[int, float], None] | None = None,
) -> Workbook:
    """Read the whole file.

    Hidden rows, columns and sheets are read and marked; with `hidden=False` the rows of hidden sheets are
    counted but left out.  Very hidden sheets are named only.  `on_progress(rows so far, share done 0..1)`
    is called after each batch of about 1,000 rows.  `cancelled` is asked ten times a second.

    Raises InputError (codes: the keys of `_SENTENCES`), each one sentence that names the file, and Cancelled.
    """
    path = Path(path)
    try:
        with open(path, "rb") as file:
            if not file.read(1):
                raise ReadFailure("empty")
    except OSError as error:
        raise _told(ReadFailure("file_missing"), path, limits) from error
    except ReadFailure as failure:
        raise _told(failure, path, limits) from None
    book = Workbook(path=str(path), kind="")
    done = 0
    try:
        arguments = (str(path.resolve()), password, limits.plain(), hidden)
        for message in child_process.messages(read, arguments, limits, cancelled):
            done += _take(message, book)
            if on_progress is not None and message[0] == "rows":
                on_progress(done, message[2])
    except ReadFailure as failure:
        raise _told(failure, path, limits) from failure
    return book


def _take(message: tuple[Any, ...], book: Workbook) -> int:
    """Put one message of the child into the book; returns how many rows it brought."""
    what = message[0]
    if what == "rows":
        book.sheets[-1].rows.extend(starmap(Row, message[1]))
        return len(message[1])
    if what == "book":
        _what, book.kind, book.encoding, book.delimiter, book.date1904 = message
    elif what == "sheet":
        book.sheets.append(Sheet(name=message[1], state=message[2], kind=message[3]))
    elif what == "end":
        sheet = book.sheets[-1]
        sheet.merges = message[1]
        sheet.hidden_columns = set(message[2])
        sheet.total_rows, sheet.formulas = message[3], message[4]
    elif what == "done":
        book.notes = message[1]
    return 0


def _told(failure: ReadFailure, path: Path, limits: Limits) -> InputError:
    """The sentence for a failure."""
    code = failure.code if failure.code in _SENTENCES else "damaged"
    sentence = _(_SENTENCES[code]).format(
        file=path.name, rows=f"{limits.rows:,}", columns=limits.columns, seconds=round(limits.seconds)
    )
    return InputError(code, sentence)
