"""Where things lie: shipped resources, the office's own file, this computer's settings."""

import os
import sys
from pathlib import Path

APP = "RetireeDesk"


def resource_root() -> Path:
    """The folder of shipped resources: beside the code in a wheel or frozen build, else the source tree's."""
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen) / "resources"] if frozen else []
    here = Path(__file__).resolve().parent
    candidates += [here / "resources", here.parent.parent / "resources"]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    return candidates[-1]


def resource(name: str) -> Path:
    """One shipped file or folder, e.g. `resource("fonts/NotoSerifSC.ttf")`."""
    return resource_root() / name


def user_data() -> Path:
    """The user's data folder of this program (made if absent). `RETIREE_DESK_HOME` overrides it."""
    home = os.environ.get("RETIREE_DESK_HOME")
    if home:
        folder = Path(home)
    else:
        import platformdirs

        folder = Path(platformdirs.user_data_dir(APP, appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def default_database() -> Path:
    """The office's own file where none is named."""
    return user_data() / "office.rdesk"


def settings_file() -> Path:
    """This computer's settings (language, type size, last file)."""
    return user_data() / "settings.json"


def log_file() -> Path:
    """The program's log; it holds no personal data."""
    return user_data() / "retiree-desk.log"
