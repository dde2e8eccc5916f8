"""Files that are either whole or absent (RELIABILITY R18).

Whatever the program hands out (workbooks, csv, PDF) is written beside the target under a temporary name,
forced to the disk and only then given its name.  A crash, a full disk or a pulled plug leaves the old
file as it was.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retiree_desk.core.errors import UserError
from retiree_desk.i18n import _

RETRIES = 10
RETRY_SECONDS = 0.1
_PREFIX = ".retiree-desk-"
_LEFTOVER_SECONDS = 24 * 3600
#: What the systems say when another program (WPS, a virus scanner) holds the file for a moment.
_BUSY = frozenset({errno.EBUSY, errno.EPERM, errno.EACCES, errno.ETXTBSY})


@contextmanager
def atomic_path(target: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary path in the folder of `target`; when the block ends well it becomes `target`.

    The temporary name keeps the suffix of the target.  When the block raises, nothing is left behind and
    the old file stays as it was.  Raises UserError with code `folder_missing`, `file_in_use`, `disk_full`
    or `cannot_write`.
    """
    final = Path(os.path.realpath(target))
    folder = final.parent
    if not folder.is_dir():
        raise UserError("folder_missing", _("The folder “{folder}” does not exist.").format(folder=folder))
    if final.is_dir():
        raise UserError("cannot_write", _("“{file}” is a folder; give a file name.").format(file=final.name))
    _sweep(folder)
    temp = folder / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}{final.suffix[:16]}"
    try:
        # Made by us, so that it gets the rights of a new file of this user (not 0600) and nobody else's
        # file is hit.
        os.close(os.open(temp, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        if os.name == "posix" and final.exists():
            os.chmod(temp, final.stat().st_mode & 0o777)
        yield temp
        _flush_file(temp)
        _with_patience(lambda: os.replace(temp, final))
        _flush_folder(folder)
    except OSError as error:
        raise _told(error, final) from error
    finally:
        with suppress(OSError):  # gone already when all went well
            temp.unlink()


def write_bytes(target: str | os.PathLike[str], content: bytes) -> None:
    """Write `content` as the whole of `target`, or leave the old file (errors as `atomic_path`)."""
    with atomic_path(target) as temp:
        temp.write_bytes(content)


def _flush_file(path: Path) -> None:
    """Force the file's bytes to the disk: a rename alone may reach it before they do."""
    descriptor = os.open(path, os.O_RDWR)  # Windows refuses to flush a handle opened for reading
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    """Force the new name to the disk; Windows has no such call for folders and needs none."""
    if os.name != "posix":
        return
    with suppress(OSError):  # some network folders refuse it, and the file itself is safe by now
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _with_patience(action: Callable[[], None]) -> None:
    """Run `action`; while another program holds the file, try again, ten times 100 ms in all."""
    for attempt in range(RETRIES + 1):
        try:
            action()
            return
        except OSError as error:
            if error.errno not in _BUSY or attempt == RETRIES:
                raise
            time.sleep(RETRY_SECONDS)


def _told(error: OSError, final: Path) -> UserError:
    """The sentence for a write that failed."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return UserError(
            "disk_full",
            _("The disk that holds “{folder}” is full; “{file}” was not written.").format(
                folder=final.parent, file=final.name
            ),
        )
    if error.errno in _BUSY:
        if final.exists():
            return UserError(
                "file_in_use",
                _("“{file}” is open in another program; close the file there and try again.").format(
                    file=final.name
                ),
            )
        return UserError(
            "cannot_write", _("Nothing may be written to “{folder}”.").format(folder=final.parent)
        )
    return UserError(
        "cannot_write",
        _("“{file}” could not be written ({reason}).").format(file=final.name, reason=error.strerror),
    )


def _sweep(folder: Path) -> None:
    """Remove what a killed process of ours left here more than a day ago."""
    limit = time.time() - _LEFTOVER_SECONDS
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(_PREFIX) and entry.stat().st_mtime < limit:
                with suppress(OSError):
                    os.unlink(entry.path)
