"""Sets everything up on a fresh machine and opens the window: ``python3 packaging/run.py``.

``--sample`` opens a made-up office instead of one's own. Where there is no display, the main job is done
without a window: a made-up office in ``sample-office/``, its HR workbooks imported, the month planned and its
papers written. Standard library only; Python 3.11.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

# First of ours: ends the run with a sentence where Python is too old for the rest.
import check_python  # noqa: F401
import machine
from machine import SetupError, say

SAMPLE = machine.ROOT / "sample-office"
PEOPLE = 300
OCCASION = "W06"
# Platforms of Qt that draw where nobody looks.
UNSEEN = {"offscreen", "minimal", "minimalegl", "vnc"}


class CommandFailed(Exception):
    """The program cannot be imported a command; carries its sentence and its exit status."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


class Program:
    """The installed command line, spoken to in JSON."""

    def __init__(self, python: Path, today: date) -> None:
        self.python = python
        self.today = today

    def ask(self, *arguments: object, database: Path | None = None) -> dict[str, Any]:
        """Run one command and return its JSON; raises `CommandFailed` for exit statuses 2 and 3."""
        command = [str(self.python), "-m", "retiree_desk", "--json", "--today", self.today.isoformat()]
        if database is not None:
            command += ["--db", str(database)]
        command += [str(argument) for argument in arguments]
        done = subprocess.run(
            command,
            cwd=machine.ROOT,
            env=machine.child_environment(),
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            raise CommandFailed(" ".join(command[2:]), done.returncode or 3) from None
        if done.returncode not in (0, 1) or "error" in answer:
            raise CommandFailed(answer.get("error", {}).get("message", ""), done.returncode)
        return dict(answer)


# -- with a window --


def screen(environment: Mapping[str, str], system: str) -> str:
    """The kind of screen there is: ``x11``, ``wayland``, ``native`` (not Linux), or the empty string."""
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in UNSEEN:
        return ""
    if not system.startswith("linux"):
        return "native"
    if environment.get("DISPLAY"):
        return "x11"
    return "wayland" if environment.get("WAYLAND_DISPLAY") else ""


def window_trouble(python: Path) -> str:
    """Why no window can be opened, in Qt's own words; empty when one can."""
    ask = (
        "from PySide6 import QtPdf, QtPrintSupport, QtSvg, QtWidgets; "
        "QtWidgets.QApplication([]); print('window')"
    )
    probe = subprocess.run(
        [str(python), "-c", ask],
        env=machine.child_environment(),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if probe.returncode == 0 and "window" in probe.stdout:
        return ""
    lines = [line.strip() for line in probe.stderr.splitlines() if line.strip()]
    return lines[-1] if lines else f"exit status {probe.returncode}"


def open_window(python: Path, database: Path | None) -> int:
    """Open the window and wait until it is closed; returns its exit status."""
    say("正在打开窗口……", "Opening the window ...")
    command = [str(python), "-m", "retiree_desk"]
    if database is not None:
        command += ["--db", str(database)]
    return subprocess.run(command, cwd=machine.ROOT, env=machine.child_environment()).returncode


# -- without a window --


def make_sample(program: Program, people: int) -> Path:
    """The office file of the made-up office; made now unless it is there."""
    office = SAMPLE / "office.rdesk"
    if not office.exists():
        say(f"正在生成示例单位({people} 人)……", f"Making an office of {people} made-up people ...")
        program.ask("sample", SAMPLE, "--people", people)
    return office


def fresh_office(folder: Path) -> Path:
    """The path of a new office file in the sample folder; that of an earlier run is removed."""
    for old in (folder / "from-hr.rdesk", folder / "from-hr.rdesk.lock"):
        old.unlink(missing_ok=True)
    return folder / "from-hr.rdesk"


def import_line(file: str, answer: Mapping[str, Any]) -> tuple[str, str]:
    """What one imported workbook brought, as a Chinese and an English line."""
    tables = [table for entry in answer["files"] for table in entry["tables"]]
    total = {
        kind: sum(table[kind] for table in tables) for kind in ("new", "changed", "conflict", "rejected")
    }
    problems = len(answer["problems"])
    return (
        f"  {file}:新增 {total['new']} 人,变更 {total['changed']} 人,"
        f"需确认 {total['conflict']} 行,不能导入 {total['rejected']} 行,提示 {problems} 条",
        f"  {total['new']} new, {total['changed']} changed, {total['conflict']} to confirm, "
        f"{total['rejected']} cannot be imported, {problems} problems",
    )


def import_workbooks(program: Program, office: Path, workbooks: Iterable[Path]) -> int:
    """Import one workbook after the other, as a clerk would; returns how many could be read."""
    read = 0
    for workbook in workbooks:
        try:
            answer = program.ask("import", workbook, database=office)
        except CommandFailed as refusal:
            print(f"  {workbook.name}: {refusal}", flush=True)
            continue
        read += 1
        print(*import_line(workbook.name, answer), sep="\n  ", flush=True)
    return read


def double_ninth(python: Path, year: int) -> str:
    """The day of the Double Ninth Festival, as the program reckons it."""
    ask = f"from retiree_desk.core.lunar import festival; print(festival('DOUBLE_NINTH', {year}).isoformat())"
    done = subprocess.run(
        [str(python), "-c", ask],
        env=machine.child_environment(),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def write_papers(program: Program, office: Path, folder: Path) -> list[tuple[Path, str, str]]:
    """Plan the month and write its papers; returns each file with what it is, in Chinese and English."""
    month = program.today.strftime("%Y-%m")
    plan = program.ask("visits", "plan", "--month", month, database=office)
    say(f"{month} 应走访 {len(plan['due'])} 人", f"{len(plan['due'])} people are due for a visit in {month}")
    day = double_ninth(program.python, program.today.year)
    listed = program.ask("welfare", "list", OCCASION, "--on", day, "--freeze", database=office)
    number = listed["list"]
    yuan = listed["total_fen"] / 100
    say(
        f"重阳慰问({day})已定稿:{len(listed['lines'])} 人,{yuan:,.2f} 元",
        f"Double Ninth list ({day}) finalised: {len(listed['lines'])} people, {yuan:,.2f} yuan",
    )
    papers: list[tuple[str, str, str, Sequence[object]]] = [
        (
            f"visit-sheets-{month}.pdf",
            "月度走访表",
            "visit sheets",
            ("visits", "sheet", ..., "--month", month),
        ),
        (
            "condolence-list.pdf",
            "慰问名单",
            "condolence list",
            ("welfare", "print", number, ..., "--kind", "condolence"),
        ),
        (
            "sign-for-sheet.pdf",
            "签领表",
            "sign-for sheet",
            ("welfare", "print", number, ..., "--kind", "sign"),
        ),
        ("roster.xlsx", "花名册(Excel)", "roster as a workbook", ("roster", ...)),
        ("roster.pdf", "花名册(PDF)", "roster as PDF", ("print", "roster", ...)),
    ]
    written = []
    for name, chinese, english, command in papers:
        file = folder / name
        program.ask(*(file if part is ... else part for part in command), database=office)
        written.append((file, chinese, english))
    return written


def without_window(program: Program, people: int) -> int:
    """The main job through the command line; returns the exit status."""
    made_up = make_sample(program, people)
    office = fresh_office(SAMPLE)
    workbooks = sorted(file for file in (SAMPLE / "hr").iterdir() if file.is_file())
    say("正在导入人事花名册:", "Importing the HR workbooks:")
    if not import_workbooks(program, office, workbooks):
        raise SetupError("没有一个花名册能读。\n  None of the workbooks could be read.")
    papers = write_papers(program, office, SAMPLE)
    say("完成。文件在这里:", "Done. What lies where:")
    rows = [
        (made_up, "示例单位(两年走访记录)", "the made-up office with two years of visits"),
        (SAMPLE / "hr", "示例人事表格", "its HR workbooks"),
        (SAMPLE / "truth.json", "正确导入后应有的内容", "what a right import holds"),
        (office, "由花名册导入的单位", "the office imported from the workbooks"),
        *papers,
    ]
    for file, chinese, english in rows:
        print(f"  {os.path.relpath(file, machine.ROOT):<42} {chinese} / {english}")
    return 0


def main(arguments: Sequence[str]) -> int:
    """Set up, then open the window or do the job without one; returns the exit status."""
    parser = argparse.ArgumentParser(description="Sets up Retiree Desk and opens its window.")
    parser.add_argument("--sample", action="store_true", help="open a made-up office")
    parser.add_argument("--no-window", action="store_true", help="make the sample papers without a window")
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="N", help="size of the made-up office")
    options = parser.parse_args(arguments)
    try:
        python = machine.prepare([])
        program = Program(python, date.today())
        kind = "" if options.no_window else screen(os.environ, sys.platform)
        trouble = ""
        if kind:
            machine.ensure_libraries(machine.libraries_for(kind))
            trouble = window_trouble(python)
            if not trouble:
                return open_window(python, make_sample(program, options.people) if options.sample else None)
            print(trouble)
        say(
            "打不开窗口,改用命令行完成主要工作。" if trouble else "没有显示器,改用命令行完成主要工作。",
            "No window can be opened here: the main job is done on the command line."
            if trouble
            else "There is no display here: the main job is done on the command line.",
        )
        return without_window(program, options.people)
    except SetupError as stop:
        print(stop, file=sys.stderr)
        return 1
    except CommandFailed as stop:
        print(stop, file=sys.stderr)
        return stop.status
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
