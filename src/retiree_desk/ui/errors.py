"""What went wrong, as the clerk sees it: a plain sentence, or once the crash dialog with a report.

The report holds the place in the code and the kind of error, never its words: those may carry
names or numbers of people (RELIABILITY R19).
"""

import logging
import sys
from types import TracebackType

from retiree_desk.core.error_report import error_report
from retiree_desk.core.errors import Cancelled, UserError
from retiree_desk.i18n import _

log = logging.getLogger("retiree_desk")
_showing = False


def report(error: BaseException) -> str:
    """The error report with Qt's version."""
    import PySide6

    return error_report(error, f"Qt {PySide6.__version__}")


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
