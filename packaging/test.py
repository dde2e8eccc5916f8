"""Sets everything up on a fresh machine and runs all that CI runs: ``python3 packaging/test.py``.

``--whole`` runs the tests at full size, which takes long; other arguments go to pytest. The first step that
fails ends the run; the tests come last, so that their closing line is the last line. Standard library only.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# First of ours: ends the run with a sentence where Python is too old for the rest.
import check_python  # noqa: F401
import machine
from machine import SetupError, say

# Programs that some tests look with, and the Debian package of each; without them those tests are skipped.
TOOLS = {"pdftoppm": "poppler-utils", "pdftotext": "poppler-utils", "pdffonts": "poppler-utils"}


def ensure_tools() -> None:
    """Install the programs that tests look with, where we may; else say which tests will be skipped."""
    absent = machine.in_order(package for tool, package in TOOLS.items() if shutil.which(tool) is None)
    if not absent:
        return
    if not machine.may_install():
        say(
            f"本机没有 {' '.join(absent)},用到它们的测试将跳过。",
            f"Without {' '.join(absent)} the tests that use them are skipped.",
        )
        return
    machine.apt_install(absent, "测试需要看 PDF 的工具", "the tests look at PDF files with tools")


def steps(python: Path, whole: bool, rest: Sequence[str]) -> list[tuple[str, list[str]]]:
    """What CI runs, in order: each step's name and command."""
    run = [str(python), "-m"]
    tests = [*run, "pytest", "-q", *(["--whole"] if whole else []), *rest]
    return [
        ("ruff check", [*run, "ruff", "check", "."]),
        ("ruff format", [*run, "ruff", "format", "--check", "."]),
        ("mypy", [*run, "mypy"]),
        ("import contracts", [str(python.parent / "lint-imports")]),
        ("catalogues", [str(python), str(machine.ROOT / "packaging" / "words.py"), "check"]),
        ("tests", tests),
    ]


def main(arguments: Sequence[str]) -> int:
    """Set up and run the steps; returns the exit status of the first that fails."""
    parser = argparse.ArgumentParser(description="Sets up Retiree Desk and runs all its checks.")
    parser.add_argument("--whole", action="store_true", help="full sizes and counts, slow tests too")
    options, rest = parser.parse_known_args(arguments)
    try:
        python = machine.prepare(["dev"])
        machine.ensure_libraries(machine.libraries_for(""))
        ensure_tools()
    except SetupError as stop:
        print(stop, file=sys.stderr)
        return 1
    environment = machine.child_environment()
    environment["QT_QPA_PLATFORM"] = "offscreen"
    for name, command in steps(python, options.whole, rest):
        print(f"== {name}", flush=True)
        status = subprocess.run(
            command, cwd=machine.ROOT, env=environment, stdin=subprocess.DEVNULL
        ).returncode
        if status != 0:
            # The last words are the runner's own.
            print(f"{name}: exit status {status}", file=sys.stderr, flush=True)
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
