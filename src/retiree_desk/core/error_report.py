"""The report of a program error: kinds of errors and places in the code, never a value.

An error's own words may carry names or numbers of people (RELIABILITY R19); they stay out.
"""

import platform
import traceback


def error_report(error: BaseException, *parts: str) -> str:
    """The kinds of the error and its causes, and where in the code; `parts` name versions beside Python's."""
    lines = [" · ".join((f"Python {platform.python_version()}", *parts, platform.system()))]
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
