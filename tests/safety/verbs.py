"""Verbs of the command line in a process of their own, many to one process: what each answered and said.

A crash of the interpreter ends the process and is seen; an exception that nobody caught is reported as
a traceback, which no clerk may ever meet.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_RUNNER = """
import contextlib, io, json, sys, traceback
from retiree_desk.cli import main
for line in sys.stdin:
    words, limit = json.loads(line)
    if limit is not None:
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    out, err, status, trace = io.StringIO(), io.StringIO(), None, ""
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(words)
        except BaseException:
            trace = traceback.format_exc()
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(json.dumps([status, out.getvalue(), err.getvalue(), trace]), flush=True)
"""


@dataclass(frozen=True)
class Answer:
    """What one verb answered: exit status, standard output and error, and a traceback if there was one."""

    status: int | None
    out: str
    err: str
    trace: str

    @property
    def code(self) -> str:
        """The error code of a refusal under `--json`, else ''."""
        data = json.loads(self.out)
        return str(data["error"]["code"]) if "error" in data else ""

    def check(self, *statuses: int) -> None:
        """No traceback, one of these statuses; status 3 comes with one sentence."""
        assert not self.trace, self.trace
        assert self.status in statuses, (self.status, self.out, self.err)
        if self.status == 3:
            said = self.err.strip()
            assert said and "\n" not in said and "Traceback" not in said, said


def answers(
    commands: Sequence[Sequence[object]],
    *,
    largest_files: Sequence[int | None] = (),
    environment: dict[str, str] | None = None,
    timeout: float = 300,
) -> list[Answer]:
    """Runs the commands one after the other in one child.

    `largest_files`: how many bytes a file may have while each command runs (Linux): what a full disk does
    to the write that goes beyond.
    """
    limits = largest_files or [None] * len(commands)
    lines = [
        json.dumps([[str(word) for word in words], limit])
        for words, limit in zip(commands, limits, strict=True)
    ]
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _RUNNER],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **(environment or {})},
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-2000:])
    found = [Answer(*json.loads(line)) for line in done.stdout.splitlines()]
    assert len(found) == len(commands)
    return found


def clean_folder(folder: Path) -> set[str]:
    """The names in a folder, without lock files (their existence means nothing)."""
    return {item.name for item in folder.iterdir() if not item.name.endswith(".lock")}
