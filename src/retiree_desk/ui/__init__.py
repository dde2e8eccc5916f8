"""The window. Importing it makes PySide6 6.12 safe on Python 3.11 (see `_keep_singletons`)."""

import ctypes
import sys

_ENOUGH = 1 << 50 if sys.maxsize > 1 << 32 else 1 << 28


def _keep_singletons() -> None:
    """Gives None, True and False so many references that they cannot be used up.

    PySide6 6.12 is built for Pythons in which these are immortal (3.12 and later) and hands them out
    without counting: on 3.11 every call that answers nothing, like `widget.resize(...)`, takes one
    reference of None away, and after some five thousand the interpreter ends with "none_dealloc".
    """
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for value in (None, True, False, NotImplemented):
        count = ctypes.c_ssize_t.from_address(id(value))
        # Only where the count stands where it is expected, as in every release build.
        if abs(count.value - sys.getrefcount(value)) < 16:
            count.value += _ENOUGH


_keep_singletons()
