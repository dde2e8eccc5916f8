"""What every verb gets and gives: the session of one run, and the result it answers with."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retiree_desk.core.errors import UserError
from retiree_desk.i18n import _

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk


@dataclass(frozen=True)
class Result:
    """What a verb answers: the JSON object, lines for people, messages beside them, exit status."""

    data: dict[str, Any]
    lines: Sequence[str] = ()
    notes: Sequence[str] = ()
    status: int = 0


@dataclass
class Session:
    """One run of the command line: where the data is, who works, which day it is."""

    path: Path
    operator: str
    key: str = ""
    fixed_today: date | None = None
    _desk: Desk | None = field(default=None, repr=False)
    _made: bool = False

    def today(self) -> date:
        """The day that everything depends on: `--today`, else the computer's."""
        return self.fixed_today or date.today()

    def desk(self, *, write: bool) -> Desk:
        """Opens the data file: for reading beside an open window, or for writing as the only one."""
        from retiree_desk.services.desk import Desk

        if self._desk is None:
            self._made = not self.path.exists()
            self._desk = Desk.open(
                self.path, write=write, operator=self.operator, key=self.key, today=self.today
            )
        return self._desk

    @contextmanager
    def damage_told(self) -> Iterator[None]:
        """What fails unforeseen because the data file is damaged is told as that, not as a bug."""
        try:
            yield
        except UserError:
            raise
        except Exception:
            if self._desk is not None:
                self._desk.backups.refuse_damaged()
            raise

    def close(self, *, failed: bool) -> None:
        """Ends the session; a file made by a command that failed is taken away again."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        if failed and self._made:
            for path in (self.path, self.path.with_name(self.path.name + ".lock")):
                path.unlink(missing_ok=True)


Handler = Callable[[argparse.Namespace, Session], Result]


def written(data: dict[str, Any], lines: Sequence[str], lacking: str) -> Result:
    """The answer of a verb that wrote a paper; `lacking` names characters that print as 〓 (exit 1)."""
    return Result(data, lines, [lacking] if lacking else [], 1 if lacking else 0)


def iso_day(text: str) -> date:
    """A day given as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("“{text}” is no day (YYYY-MM-DD)").format(text=text)) from error


def iso_month(text: str) -> str:
    """A month given as YYYY-MM."""
    try:
        date.fromisoformat(text + "-01")
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("“{text}” is no month (YYYY-MM)").format(text=text)) from error
    return text
