"""What went wrong, as the clerk sees it: a plain sentence, or once the crash dialog with a report.

The report holds the place in the code and the kind of error, never its words: those may carry
names or numbers of people (RELIABILITY R19).
"""

import logging
import platform
import sys
import traceback
from types import TracebackType

from retiree_desk.core.errors import Cancelled, UserError
from retiree_desk.i18n import _

log = logging.getLogger("retiree_desk")
_showing = False


def report(error: BaseException) -> str:
    """The error report: kinds of errors and places in the code, without any value."""
    import PySide6

    lines = [f"Python {platform.python_version()} · Qt {PySide6.__version__} · {platform.system()}"]
    current: BaseException | None = error
    while current is not None:
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _place(filename: str) -> str:
    """The file within its package: the folders above may name a person."""
    path = filename.replace("\\", "/")
    for root in ("/retiree_desk/", "/site-packages/", "/lib/"):
        path = path.rsplit(root, 1)[-1]
    return path.rsplit("/", 2)[-1] if path.startswith("/") or ":" in path else path


def show(error: BaseException) -> None:
    """Tells the clerk: the sentence of a `UserError`, else the crash dialog (one at a time)."""
    global _showing
    from retiree_desk.ui import ask

    if isinstance(error, Cancelled):
        return
    if isinstance(error, UserError):
        ask.warn(error.message)
        return
    text = report(error)
    log.error("%s", text)
    if _showing:
        return
    _showing = True
    try:
        ask.crashed(text)
    finally:
        _showing = False


def install() -> None:
    """Every error that nobody caught comes here, from slots too."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(error)

    sys.excepthook = hook


def sentence(error: Exception) -> str:
    """An error as one line beside a field."""
    return error.message if isinstance(error, UserError) else _("This did not work; the data is as before.")
