"""The one-writer lock: an OS lock on `<file>.lock` beside the data (DECISIONS 21).

The lock file's existence means nothing; only the operating system's lock does, and that goes
with the process, so nothing is left behind by a crash. Who holds it is written in the file.
"""

import getpass
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from retiree_desk.core.errors import DataFileError
from retiree_desk.i18n import _

if sys.platform == "win32":
    import msvcrt

    # Far behind the text, so that the holder's name can be read while the byte is locked.
    _BYTE = 1 << 20

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class FileLock:
    """Held from construction to `release()`; raises `DataFileError` "held" naming the holder."""

    def __init__(self, database: Path, holder: str = "") -> None:
        self.path = database.with_name(database.name + ".lock")
        try:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise DataFileError(
                "folder_not_writable",
                _("The folder of {file} cannot be written ({reason}); nothing was changed.").format(
                    file=database, reason=error.strerror
                ),
            ) from error
        if not _try_lock(self._handle):
            os.close(self._handle)
            raise DataFileError(
                "held",
                _(
                    "{file} is open in another window ({holder}); nothing was changed. "
                    "Close that window and try again."
                ).format(file=database.name, holder=self.holder()),
            )
        self._database = database
        # Whether the data file is to the byte (as far as the system tells) what we left at the last close.
        left = self._left()
        self.was_left_so = left is not None and left == self._state()
        self._write({"who": holder or getpass.getuser(), "host": socket.gethostname(), "pid": os.getpid()})

    def _write(self, words: dict[str, object]) -> None:
        """Replaces what the lock file says. A full disk only costs the words: the lock is held without."""
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, json.dumps(words, ensure_ascii=False).encode())

    def _left(self) -> list[int] | None:
        """What the last orderly close noted of the data file; None after a crash."""
        try:
            found = json.loads(os.read(self._handle, 4096).decode())
            return list(found["left"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        finally:
            os.lseek(self._handle, 0, os.SEEK_SET)

    def _state(self) -> list[int] | None:
        """Inode, size and time of the data file; only asked for, never opened (RELIABILITY 0.3)."""
        try:
            told = self._database.stat()
        except OSError:
            return None
        return [told.st_ino, told.st_size, told.st_mtime_ns]

    def holder(self) -> str:
        """Who holds the lock, as they wrote it: name, computer, process."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            return f"{data['who']} · {data['host']} · {data['pid']}"
        except (OSError, ValueError, KeyError):
            return _("unknown")

    def release(self, *, left: bool = False) -> None:
        """Lets another process write; the lock file stays, and its existence means nothing.

        `left`: the data file is sound and closed; how it is left is noted, so that the next start can tell
        whether it must be checked.
        """
        if self._handle >= 0:
            state = self._state() if left else None
            self._write({"left": state} if state else {})
            os.close(self._handle)
            self._handle = -1
