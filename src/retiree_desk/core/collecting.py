"""Holding the garbage collector back while much is built at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Holds the garbage collector back while a big office or file is loaded: nothing of it is garbage yet.

    It would walk all of it again and again, for a fifth of the time. Calls may be nested.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
