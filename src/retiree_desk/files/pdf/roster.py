"""The roster of retirees on paper (OFFICE 4.4): the basic set on A4, the standard set on A3."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retiree_desk.files.pdf.page import Imprint

#: Field keys of a row, in order, after the running number (which is drawn here).
BASIC_FIELDS = (
    "name", "sex", "nation", "birth", "id_number", "category", "work_started", "retired_on", "unit_and_post",
    "politics", "party_branch", "phone", "home_address", "remark",
)  # fmt: skip
STANDARD_FIELDS = (
    "name", "sex", "nation", "native_place", "birth", "id_number", "category", "work_started", "retired_on",
    "former_unit", "post_and_rank", "prof_title", "politics", "party_joined", "party_branch", "phone",
    "home_address", "health", "emergency_contact", "emergency_relation", "emergency_phone", "remark",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster; every row holds the words of the set's fields, in order."""

    rows: Sequence[Sequence[str]]
    #: basic: A4 across; standard: A3 across.
    columns: Literal["basic", "standard"] = "basic"
    #: What a view adds to the title, e.g. `80岁以上`; '' = everyone.
    view: str = ""
    #: The reporting unit, '' = left blank for the seal.
    unit: str = ""
    #: `2026年10月31日`
    as_of: str = ""
    #: Of whom …, without the count: `离休 1 人、退休 2,825 人;男 1,500、女 1,730;党员 820`.
    breakdown: str = ""
    batch: str = ""
    check_code: str = ""


def write_roster(
    path: str | os.PathLike[str], paper: Roster, imprint: Imprint, *, substitute: bool = False
) -> int:
    """Write the roster; the pages written (errors as `write_visit_sheets`)."""
    raise NotImplementedError
