"""One short-lived process for work on files that strangers made (DECISIONS 17).

A reader can run out of memory, abort without an exception or never end.  All of that happens in a child:
the parent polls its pipe, looks at the clock, at the memory and at the clerk's wish to stop, and kills
the child within a tenth of a second.
"""

from __future__ import annotations

import marshal
import multiprocessing
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

from retiree_desk.core.errors import Cancelled
from retiree_desk.files.readers.limits import Limits, ReadFailure
from retiree_desk.files.watchdog import resident_bytes

_POLL_SECONDS = 0.1
_WATCH_SECONDS = 0.5
_starting = threading.Lock()


def messages(
    work: Callable[..., None],
    arguments: tuple[Any, ...],
    limits: Limits,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Run `work(connection, *arguments)` in a child and yield the plain tuples that it sends, up to
    ("done", ...).

    Raises ReadFailure with the code the child sent, or `too_slow`, `too_large`, `child_died`; Cancelled where
    `cancelled()` turned true.  However this ends, the child is gone afterwards.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(sender, *arguments), name="retiree-desk-reader", daemon=True)
    with receiver:
        with sender:
            _start(process)
        deadline = time.monotonic() + limits.seconds
        watched = time.monotonic()
        try:
            while True:
                now = time.monotonic()
                if cancelled is not None and cancelled():
                    raise Cancelled
                if now > deadline:
                    raise ReadFailure("too_slow")
                if sys.platform != "linux" and now - watched > _WATCH_SECONDS:
                    watched = now
                    if (resident_bytes(process.pid or 0) or 0) > limits.memory_bytes:
                        raise ReadFailure("too_large")
                if not receiver.poll(_POLL_SECONDS):
                    continue
                try:
                    message = marshal.loads(receiver.recv_bytes())
                except (EOFError, OSError) as error:
                    raise ReadFailure("child_died") from error
                if message[0] == "error":
                    raise ReadFailure(message[1], message[2])
                yield message
                if message[0] == "done":
                    return
        finally:
            process.kill()
            process.join()
            process.close()


def _start(process: multiprocessing.process.BaseProcess) -> None:
    """Start the child without the caller's main module.

    Spawn would import `__main__` again in the child: the window and all of Qt, or the whole of a script
    that has no `if __name__ == "__main__"`.  The child needs none of it, so for this moment the main
    module is an empty one.
    """
    with _starting:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = main
