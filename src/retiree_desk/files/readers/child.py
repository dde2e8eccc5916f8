"""The work of the child process: limits on itself, the right reader, rows in batches through the pipe."""

from __future__ import annotations

import gc
import marshal
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from retiree_desk.files.readers.limits import Budget, Limits, ReadFailure

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from retiree_desk.files.readers.source import PlainRow, Source

_BATCH_ROWS = 1000
_BATCH_CELLS = 40_000


def read(
    connection: Connection, path: str, password: str | None, limits: tuple[Any, ...], hidden: bool
) -> None:
    """Read `path` and send ("book"...), then per sheet ("sheet"...), ("rows"...)*, ("end"...), then
    ("done"...).

    Every way a reader can fail ends in one ("error", code, detail); `detail` is the kind of the
    exception, never a text that could hold someone's data.
    """
    allowed = Limits(*limits)
    confine(allowed)
    try:
        from retiree_desk.files.readers.sniff import open_source

        _send_all(connection, open_source(path, password, Budget(allowed)), hidden)
    except BrokenPipeError:
        os._exit(1)  # the parent has gone: nobody wants the rest
    except ReadFailure as failure:
        _send_error(connection, failure.code, failure.detail)
    except MemoryError:
        gc.collect()
        _send_error(connection, "too_large", "MemoryError")
    except BaseException as error:  # PanicException of a Rust reader is no Exception
        _send_error(connection, "damaged", type(error).__name__)


def confine(limits: Limits) -> None:
    """Limit this process: memory and processor time, no output, no interrupt of its own, no life after
    the parent.
    """
    import signal

    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the parent, which ends us
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        with suppress(OSError):  # a windowed program has no standard streams
            os.dup2(nowhere, stream)
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        seconds = int(limits.seconds) + 10
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _end_with_parent()


def _end_with_parent() -> None:
    """End this process when the parent dies, even in the middle of a computation that sends nothing."""
    import threading
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.stack_size(256 << 10)  # the usual 8 MB would count against our memory
    threading.Thread(target=wait, daemon=True).start()


def _send_all(connection: Connection, source: Source, hidden: bool) -> None:
    def send(*message: Any) -> None:
        connection.send_bytes(marshal.dumps(message))

    send("book", source.kind, source.encoding, source.delimiter, source.date1904)
    for sheet in source.sheets():
        send("sheet", sheet.name, sheet.state, sheet.kind)
        wanted = hidden or sheet.state == "visible"
        total = size = 0
        batch: list[PlainRow] = []
        columns: set[int] = set()
        if sheet.state != "very_hidden":
            for row in sheet.rows():
                batch.append(row)
                size += len(row[2])
                if size >= _BATCH_CELLS or len(batch) >= _BATCH_ROWS:
                    total += _close(batch, columns, source.budget)
                    if wanted:
                        send("rows", batch, source.share())
                    batch, size = [], 0
            if batch:
                total += _close(batch, columns, source.budget)
                if wanted:
                    send("rows", batch, source.share())
        send("end", sheet.merges, sorted(sheet.hidden_among(columns)), total, sheet.formulas)
    send("done", source.notes())


def _close(batch: list[PlainRow], columns: set[int], budget: Budget) -> int:
    """Account for a batch; returns its rows."""
    for row in batch:
        columns.update(row[2])
    budget.check_columns(columns)
    budget.add_rows(len(batch))
    return len(batch)


def _send_error(connection: Connection, code: str, detail: str) -> None:
    with suppress(OSError):  # the parent may have gone first
        connection.send_bytes(marshal.dumps(("error", code, detail)))
