"""One look for all paper: titles, the lines under them, the bottom line, page x of y (OFFICE 4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who prints, where and when: the words every document carries."""

    #: The office's full name, first in every title.
    office: str
    operator: str
    #: `2026-10-30 14:05`
    printed_at: str
    #: The same lines and codes printed once more: marked 重印.
    reprint: bool = False
