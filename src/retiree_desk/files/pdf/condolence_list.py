"""The condolence list and its public notice (OFFICE 4.2)."""

from __future__ import annotations

import os
from dataclasses import dataclass

from retiree_desk.files.pdf.page import Imprint


@dataclass(frozen=True, slots=True)
class CondolenceLine:
    """One person to be visited with a gift."""

    number: int
    name: str
    sex: str = ""
    age: str = ""
    category: str = ""
    #: Former unit and post.
    post: str = ""
    #: Party branch or area.
    unit: str = ""
    reason: str = ""
    address: str = ""
    phone: str = ""
    amount_fen: int = 0
    #: `大米1袋、油1桶`
    goods: str = ""
    #: The remark, or who brings it (see `CondolenceList.by_visitor`).
    remark: str = ""
    same_name: str = ""


@dataclass(frozen=True, slots=True)
class CondolenceGroup:
    """The people of one visiting team; without a name there is neither bar nor subtotal."""

    lines: tuple[CondolenceLine, ...]
    #: `第一组`
    name: str = ""
    leader: str = ""
    members: str = ""
    households: int | None = None


@dataclass(frozen=True, slots=True)
class CondolenceList:
    """A condolence list of one occasion."""

    #: Without the office, e.g. `2026年春节走访慰问名单`.
    title: str
    groups: tuple[CondolenceGroup, ...]
    #: The unit it is for; '' = 全站.
    unit: str = ""
    #: `2026年1月26日至2月10日`
    period: str = ""
    #: `大米 38 袋`, `食用油 38 桶`: what the last line adds up.
    goods_totals: tuple[str, ...] = ()
    batch: str = ""
    check_code: str = ""
    #: Head the last column 慰问人 instead of 备注.
    by_visitor: bool = False


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the public notice: no phone, no address, no reason."""

    number: int
    name: str
    category: str = ""
    unit: str = ""
    #: Kind of condolence, e.g. `困难慰问`.
    kind: str = ""
    amount_fen: int = 0


@dataclass(frozen=True, slots=True)
class CondolenceNotice:
    """The variant that hangs on the wall (公示)."""

    title: str
    lines: tuple[NoticeLine, ...]
    unit: str = ""
    #: How long it hangs, e.g. `2026年1月19日至1月23日`.
    notice_period: str = ""
    #: Where objections go.
    phone: str = ""
    batch: str = ""
    check_code: str = ""


def write_condolence_list(
    path: str | os.PathLike[str], paper: CondolenceList, imprint: Imprint, *, substitute: bool = False
) -> int:
    """Write the working list; the pages written (errors as `write_visit_sheets`)."""
    raise NotImplementedError


def write_condolence_notice(
    path: str | os.PathLike[str], paper: CondolenceNotice, imprint: Imprint, *, substitute: bool = False
) -> int:
    """Write the public notice; the pages written."""
    raise NotImplementedError
