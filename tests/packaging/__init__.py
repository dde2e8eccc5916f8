"""The set-up scripts are no package: they are loaded from their files."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).resolve().parents[2] / "packaging"


def load_script(name: str) -> ModuleType:
    """The script ``packaging/<name>.py`` as a module of a name that clashes with no library."""
    known = f"retiree_desk_packaging_{name}"
    if known in sys.modules:
        return sys.modules[known]
    if str(FOLDER) not in sys.path:
        # The scripts import one another as Python does for a script: from their own folder, looked in last.
        sys.path.append(str(FOLDER))
    spec = importlib.util.spec_from_file_location(known, FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[known] = module
    spec.loader.exec_module(module)
    return module
