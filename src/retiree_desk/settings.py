"""This computer's settings, in a small JSON file; the office's own are in the data file.

A file that cannot be read counts as empty: settings never keep the program from starting.
"""

import json
import os
from pathlib import Path
from typing import Any

from retiree_desk.paths import settings_file

LANGUAGE = "language"  # "" follows the system
TYPE_SIZE = "type_size"  # standard, large, largest
LAST_FILE = "last_file"
OPERATOR = "operator"
PRIVACY = "privacy"  # all numbers and addresses masked on the screen


class LocalSettings:
    """Key to value; `set` saves at once, whole or not at all."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or settings_file()
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            data = {}
        self._data: dict[str, Any] = data if isinstance(data, dict) else {}

    def get(self, key: str, default: Any = "") -> Any:
        """The value of a setting, or the default."""
        return self._data.get(key, default)

    def set(self, **values: Any) -> None:
        """Changes settings and saves them; a folder that cannot be written is passed over."""
        self._data.update(values)
        temporary = self._path.with_name(self._path.name + ".part")
        try:
            temporary.write_text(json.dumps(self._data, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(temporary, self._path)
        except OSError:
            return
