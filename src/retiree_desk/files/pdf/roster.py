"""The roster of retirees on paper (OFFICE 4.4): the basic set on A4, the standard set on A3."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from retiree_desk.files.pdf.listing import Listing, write_listing
from retiree_desk.files.pdf.page import Imprint
from retiree_desk.files.pdf.table import Align, Column
from retiree_desk.i18n import N_, _

_EMERGENCY = N_("Emergency contact")

#: Field key, title, share, alignment and group of the columns after the running number.
_BASIC: tuple[tuple[str, str, float, Align, str], ...] = (
    ("name", N_("Name"), 6, "centre", ""),
    ("sex", N_("Sex"), 3, "centre", ""),
    ("nation", N_("Nationality"), 4.5, "centre", ""),
    ("birth", N_("Born"), 5.5, "centre", ""),
    ("id_number", N_("ID number"), 12.5, "centre", ""),
    ("category", N_("Category"), 6, "centre", ""),
    ("work_started", N_("Started work"), 5.5, "centre", ""),
    ("retired_on", N_("Retired"), 5.5, "centre", ""),
    ("unit_and_post", N_("Former unit and post"), 11.5, "left", ""),
    ("politics", N_("Politics"), 5.5, "centre", ""),
    ("party_branch", N_("Own branch"), 7.5, "centre", ""),
    ("phone", N_("Telephone"), 8, "centre", ""),
    ("home_address", N_("Address"), 11.5, "left", ""),
    ("remark", N_("Remarks"), 4, "left", ""),
)
_STANDARD: tuple[tuple[str, str, float, Align, str], ...] = (
    ("name", N_("Name"), 4, "centre", ""),
    ("sex", N_("Sex"), 2, "centre", ""),
    ("nation", N_("Nationality"), 3, "centre", ""),
    ("native_place", N_("Native place"), 4, "centre", ""),
    ("birth", N_("Born"), 4, "centre", ""),
    ("id_number", N_("ID number"), 8.6, "centre", ""),
    ("category", N_("Category"), 4, "centre", ""),
    ("work_started", N_("Started work"), 4, "centre", ""),
    ("retired_on", N_("Retired"), 4, "centre", ""),
    ("former_unit", N_("Former unit"), 7.4, "left", ""),
    ("post_and_rank", N_("Former post (rank)"), 5, "centre", ""),
    ("prof_title", N_("Professional title"), 4, "centre", ""),
    ("politics", N_("Politics"), 4, "centre", ""),
    ("party_joined", N_("Joined the Party"), 4, "centre", ""),
    ("party_branch", N_("Party branch"), 5.5, "centre", ""),
    ("phone", N_("Telephone"), 5.5, "centre", ""),
    ("home_address", N_("Address"), 8, "left", ""),
    ("health", N_("Health"), 3, "centre", ""),
    ("emergency_contact", N_("Name"), 4, "centre", _EMERGENCY),
    ("emergency_relation", N_("Kin"), 2, "centre", _EMERGENCY),
    ("emergency_phone", N_("Phone"), 5.5, "centre", _EMERGENCY),
    ("remark", N_("Remarks"), 2, "left", ""),
)

#: Field keys of a row, in order, after the running number (which is drawn here).
BASIC_FIELDS = tuple(entry[0] for entry in _BASIC)
STANDARD_FIELDS = tuple(entry[0] for entry in _STANDARD)


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


def write_roster(path: str | os.PathLike[str], paper: Roster, imprint: Imprint) -> int:
    """Write the roster; the pages written (errors as `write_listing`)."""
    basic = paper.columns == "basic"
    people = f"{len(paper.rows):,}"
    total = _("Total {people} people").format(people=people)
    if paper.breakdown:
        total = _("Total {people} people, of them: {breakdown}").format(
            people=people, breakdown=paper.breakdown
        )
    title = _("Roster of retirees")
    if paper.view:
        title = _("Roster of retirees ({view})").format(view=paper.view)
    listing = Listing(
        title=title,
        columns=tuple(
            Column(_(title), share, align, _(group), key in ("name", "emergency_contact"))
            for key, title, share, align, group in (_BASIC if basic else _STANDARD)
        ),
        rows=paper.rows,
        head=(
            _("Reporting unit (seal): {unit}").format(unit=paper.unit),
            _("As of: {day}").format(day=paper.as_of),
            _("{people} people in all").format(people=people),
        ),
        ending=(total,),
        signatures=(_("Head of unit: "), _("Checked by: "), _("Filled in by: "), _("Filled in on: ")),
        paper="A4" if basic else "A3",
        rows_a_page=20 if basic else 30,
        batch=paper.batch,
        check_code=paper.check_code,
        number_share=3.5 if basic else 2.5,
    )
    return write_listing(path, listing, imprint)
