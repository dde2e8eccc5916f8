"""The one-writer lock: an OS lock on `<file>.lock` beside the data (DECISIONS 21).

The lock file's existence means nothing; only the operating system's lock does, and that goes
with the process, so nothing is left behind by a crash. Who holds it is written in the file.
"""

import getpass
import json
import os
import socket
import sys
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
        words = json.dumps(
            {"who": holder or getpass.getuser(), "host": socket.gethostname(), "pid": os.getpid()},
            ensure_ascii=False,
        )
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, words.encode())

    def holder(self) -> str:
        """Who holds the lock, as they wrote it: name, computer, process."""
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            return f"{data['who']} · {data['host']} · {data['pid']}"
        except (OSError, ValueError, KeyError):
            return _("unknown")

    def release(self) -> None:
        """Lets another process write; the lock file stays, empty of meaning."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
