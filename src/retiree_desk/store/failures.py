"""What SQLite and the disk refuse, told as one sentence (RELIABILITY R3, R8).

Only what a person can act upon is translated: a full or failing disk, a file that may not be written,
one that another holds, a damaged one. Everything else is a bug and stays what it is.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlite

from retiree_desk.core.errors import DataFileError
from retiree_desk.i18n import _

# SQLite's primary result codes, the lowest byte of what the driver reports.
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
# The driver's own words for text that is no UTF-8; it gives no code with them.
_NO_TEXT = "Could not decode to UTF-8"
# A name in a damaged schema that is no UTF-8: the driver fails at its own message.
_BAD_SCHEMA = b"malformed database schema"

#: What the driver raises; `told` says which of it a person can act upon.
DRIVER_ERRORS = (sqlite.Error, UnicodeDecodeError)


def one_line(finding: object) -> str:
    """A finding of SQLite's checks as part of a sentence."""
    return " ".join(str(finding).replace("*** in database main ***", "").split())


def damaged(path: Path, reason: object) -> DataFileError:
    """The file is damaged and was not written."""
    return DataFileError(
        "damaged",
        _(
            "{file} is damaged ({reason}); nothing was written to it. Restore the newest backup, "
            "or copy the file away before anything else is tried."
        ).format(file=path.name, reason=one_line(reason)),
    )


def told(error: BaseException, path: Path) -> DataFileError | None:
    """The sentence for an error of the driver; None where it is a bug of ours."""
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(cause, UnicodeDecodeError):
        return damaged(path, _BAD_SCHEMA.decode()) if _BAD_SCHEMA in bytes(cause.object) else None
    if not isinstance(cause, sqlite.Error):
        return None
    code = (getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (_CORRUPT, _NOTADB) or str(cause).startswith(_NO_TEXT):
        return damaged(path, cause)
    if code == _FULL:
        return DataFileError(
            "disk_full",
            _(
                "The disk that holds “{folder}” is full ({free} MB free); nothing was saved and the data "
                "is as before. Make room there and save again."
            ).format(folder=path.parent, free=_free_megabytes(path.parent)),
        )
    if code in (_IOERR, _READONLY, _CANTOPEN):
        return DataFileError(
            "cannot_write",
            _(
                "{file} cannot be read or written ({reason}; {free} MB free in “{folder}”); nothing was "
                "saved and the data is as before. See to the disk and save again."
            ).format(file=path.name, reason=cause, free=_free_megabytes(path.parent), folder=path.parent),
        )
    if code in (_BUSY, _LOCKED):
        return DataFileError(
            "busy",
            _("{file} is being read by another program; nothing was saved. Try again in a moment.").format(
                file=path.name
            ),
        )
    return None


def _free_megabytes(folder: Path) -> str:
    try:
        return str(shutil.disk_usage(folder).free // 1_000_000)
    except OSError:
        return "?"


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Errors of the driver inside the block come out as `DataFileError` where a person can act upon them."""
    try:
        yield
    except (sa.exc.DBAPIError, *DRIVER_ERRORS) as error:
        sentence = told(error, path)
        if sentence is None:
            raise
        raise sentence from error
