"""The sign-for sheet with the issue summary behind it (OFFICE 4.3)."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass

from retiree_desk.files.pdf.page import Imprint


@dataclass(frozen=True, slots=True)
class Goods:
    """One kind of goods: `大米`, counted in `袋`."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SignLine:
    """One person who signs."""

    #: Runs through the whole batch and never changes once printed.
    number: int
    name: str
    age: str = ""
    category: str = ""
    #: Party branch or building; not printed where it says no more than the unit of the page.
    unit: str = ""
    amount_fen: int = 0
    #: How many of each of `SignSheet.goods`, in that order.
    goods: tuple[int, ...] = ()
    same_name: str = ""
    #: The reason where the line was stopped after printing (停发); it stays in what is due.
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """What was really handed out in a unit, for the summary page; unknown: None there, a blank on paper."""

    people: int
    amount_fen: int
    #: Not collected or stopped.
    left: int


@dataclass(frozen=True, slots=True)
class SignUnit:
    """The people of one unit; every unit starts a page and counts its own pages."""

    name: str
    lines: tuple[SignLine, ...]
    issued: Issued | None = None


@dataclass(frozen=True, slots=True)
class SignSheet:
    """One batch to be signed for."""

    #: Without the office, e.g. `2026年重阳节慰问金发放签领表`, `…(补发)`.
    title: str
    #: `2026-重阳-01`
    batch: str
    units: tuple[SignUnit, ...]
    check_code: str = ""
    #: Funding source.
    source: str = ""
    #: `2026年10月18日`
    basis_date: str = ""
    #: Empty: cash only.
    goods: tuple[Goods, ...] = ()
    #: The heading says how it is counted: `年龄(周岁)`, `当年年龄`, `虚岁` (R16); '' = 年龄(周岁).
    age_heading: str = ""


def write_sign_sheet(
    path: str | os.PathLike[str],
    paper: SignSheet,
    imprint: Imprint,
    *,
    large: bool = False,
    summary: bool = True,
    units: Collection[str] = (),
    pages: Collection[int] = (),
    substitute: bool = False,
) -> int:
    """Write the sheets unit by unit and the issue summary behind; the pages written.

    `units` and `pages` (numbers as printed within a unit) reprint only those, with the same lines and codes, and
    without the summary; say so with `Imprint.reprint` (OFFICE 2.19).
    """
    raise NotImplementedError


def write_issue_summary(
    path: str | os.PathLike[str], paper: SignSheet, imprint: Imprint, *, substitute: bool = False
) -> int:
    """Write the issue summary (发放汇总表) alone; the pages written."""
    raise NotImplementedError
