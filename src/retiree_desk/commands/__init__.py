"""The verbs of the command line, by noun. Adding a module: one line in `_MODULES`."""

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from retiree_desk.core.errors import InputError
from retiree_desk.i18n import _

_MODULES = ("imports", "history", "registry", "documents", "visits", "welfare", "files", "sample")


def registers() -> Iterator[Callable[[Any], None]]:
    """The `register(verbs)` of every module, in the order that help shows."""
    for name in _MODULES:
        if importlib.util.find_spec(f"{__name__}.{name}") is None:
            continue
        module = importlib.import_module(f"{__name__}.{name}")
        yield module.register


def read_secret(path: Path) -> str:
    """A password from a file: its first line. Raises `InputError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "password_file", _("The password file {file} cannot be read.").format(file=path)
        ) from error
    return text.splitlines()[0] if text else ""
