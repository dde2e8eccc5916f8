"""The monthly visit sheet and its summary page (OFFICE 4.1)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retiree_desk.files.pdf.page import Imprint

Layout = Literal["standard", "compact", "large"]


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One person of a line."""

    name: str
    #: Sex and age in one word group, e.g. `男 81岁`.
    facts: str = ""
    #: Only where the name stands twice on the sheet (OFFICE 2.18), e.g. `1945年·7号楼`.
    same_name: str = ""


@dataclass(frozen=True, slots=True)
class VisitSheetLine:
    """One household: a person, or a couple visited together (two people)."""

    #: Printed number; never changes once the sheet is printed.
    number: int
    people: tuple[SheetPerson, ...]
    #: `7号楼2单元301`; the area only where it differs from the head of the sheet.
    place: str = ""
    #: `13800000000`, `13900000000(女儿)`: full, with the owner where it is not the person.
    phones: tuple[str, ...] = ()
    #: Reasons and notices, most important first; five printed lines at most, the rest is `…见卡`.
    reasons: tuple[str, ...] = ()
    #: Elsewhere or away: stands last, under the bar 电话联系.
    by_phone: bool = False
    #: What is brought this month, e.g. `春节慰问金 500`; the column stands where any line has one.
    gift: str = ""


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """The sheet of one visitor (or, without one, of an area: 未分配)."""

    #: `2026-11-03`
    code: str
    visitor: str
    #: `第三片区(1-9号楼)`
    area: str
    lines: tuple[VisitSheetLine, ...]
    visitor_phone: str = ""
    check_code: str = ""
    #: Figures of the summary page.
    over_80: int = 0
    living_alone: int = 0
    dependent_or_ill: int = 0
    #: Households, where they are fewer than the lines.
    households: int | None = None

    @property
    def household_count(self) -> int:
        """Households to visit: the lines, unless the caller counted fewer."""
        return len(self.lines) if self.households is None else self.households

    @property
    def people_count(self) -> int:
        """People to visit; a couple counts twice."""
        return sum(len(line.people) for line in self.lines)


def write_visit_sheets(
    path: str | os.PathLike[str],
    sheets: Sequence[VisitSheet],
    imprint: Imprint,
    *,
    year: int,
    month: int,
    summary: bool = True,
    layout: Layout = "standard",
    substitute: bool = False,
) -> int:
    """Write the sheets of a month, the summary page first; the pages written.

    Page numbers start anew with every visitor. `substitute`: print 〓 for characters that no font has, else
    they raise UserError `glyph_missing` before anything is written.
    """
    raise NotImplementedError
