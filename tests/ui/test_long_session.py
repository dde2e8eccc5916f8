"""A window that stays open all day: nothing is used up by using it."""

import subprocess
import sys


def test_many_calls_into_qt_do_not_end_the_program() -> None:
    """PySide6 6.12 on Python 3.11 loses a reference of None at each call that answers nothing."""
    program = (
        "import retiree_desk.ui\n"
        "from PySide6.QtCore import QObject\n"
        "thing = QObject()\n"
        "for number in range(50_000):\n"
        "    thing.setObjectName('name')\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
