"""A welfare list before it is final: who is entitled, why, and who is not, why.

Everybody on the register is in exactly one of the three parts of a proposal: lines, excluded,
undecided. Amounts are whole fen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from retiree_desk.core.dates import PartialDate
from retiree_desk.core.entitlement import Moment, Reason, decide, printed_age
from retiree_desk.core.names import name_key, sort_key
from retiree_desk.core.retirees import CATEGORIES, Retiree
from retiree_desk.core.schemes import (
    ALIVE_AT_ISSUE,
    DECEASED,
    NO_LIMIT,
    ONCE,
    Goods,
    Scheme,
)
from retiree_desk.core.units import place_key

NO_TIER = -1


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person got from an earlier final list of the same scheme."""

    list_code: str
    year: int
    tier: int = NO_TIER


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One person who is entitled: what, and why. `tier` is the tier's place in the scheme."""

    person: Retiree
    amount_fen: int
    goods: tuple[Goods, ...]
    reasons: tuple[Reason, ...]
    age: str
    tier: int = NO_TIER
    note: str = ""  # code of core/welfare_reasons.py
    by_hand: str = ""  # the office's own words where the line was added by hand


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One person who is not on the list, or of whom it cannot be decided, and why."""

    person: Retiree
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A list as the scheme makes it on a day; nothing is stored yet."""

    scheme: Scheme
    on: date
    year: int
    lines: tuple[ProposedLine, ...]
    excluded: tuple[LeftOut, ...]
    undecided: tuple[LeftOut, ...]

    @property
    def total_fen(self) -> int:
        """The money of all lines."""
        return sum(line.amount_fen for line in self.lines)

    def goods_totals(self) -> tuple[Goods, ...]:
        """Every kind of goods with its quantity over all lines."""
        return goods_totals(line.goods for line in self.lines)


def goods_totals(each_line: Iterable[Sequence[Goods]]) -> tuple[Goods, ...]:
    """Every kind of goods with its quantity, in the order of first appearance."""
    counted: dict[tuple[str, str], int] = {}
    for goods in each_line:
        for item in goods:
            counted[item.name, item.unit] = counted.get((item.name, item.unit), 0) + item.quantity
    return tuple(Goods(name, quantity, unit) for (name, unit), quantity in counted.items())


def propose(
    scheme: Scheme,
    people: Iterable[Retiree],
    moment: Moment,
    *,
    today: date,
    granted: Mapping[int, Sequence[Grant]] | None = None,
) -> Proposal:
    """The list of a scheme on a day: every person is entitled, excluded or undecided.

    `granted` holds, by person, what earlier final lists of this scheme gave. A scheme whose names
    are added by hand proposes nobody and excludes nobody.
    """
    lines: list[ProposedLine] = []
    excluded: list[LeftOut] = []
    undecided: list[LeftOut] = []
    if not scheme.by_hand:
        for person in people:
            found = consider(scheme, person, moment, today, (granted or {}).get(person.id, ()))
            if isinstance(found, ProposedLine):
                lines.append(found)
            elif found[0] is None:
                undecided.append(LeftOut(person, found[1]))
            else:
                excluded.append(LeftOut(person, found[1]))
    lines.sort(key=lambda line: line_order(line.person))
    excluded.sort(key=lambda one: line_order(one.person))
    undecided.sort(key=lambda one: line_order(one.person))
    return Proposal(scheme, moment.on, moment.year, tuple(lines), tuple(excluded), tuple(undecided))


Outcome = tuple[bool | None, tuple[Reason, ...]]


def consider(
    scheme: Scheme, person: Retiree, moment: Moment, today: date, grants: Sequence[Grant] = ()
) -> ProposedLine | Outcome:
    """One person: the line they get, or False (excluded) or None (undecided) with the reasons."""
    life, note = _life(scheme, person, moment, today)
    if life is not None and life[0] is False:
        return life
    served = _served(scheme, person)
    if served is not None:
        return served
    who = decide(scheme.who, person, moment)
    if who.truth is False:
        return False, who.reasons
    tier_number, tier_reasons, truth = _tier(scheme, person, moment)
    if truth is False:
        return False, tier_reasons
    spent = _limit(scheme, grants, moment.year, tier_number)
    if spent is not None:
        return False, (spent,)
    if life is not None or who.truth is None or truth is None:
        open_reasons = (life[1] if life else ()) + (who.reasons if who.truth is None else ())
        return None, open_reasons + (tier_reasons if truth is None else ())
    tier = scheme.tiers[tier_number]
    return ProposedLine(
        person=person,
        amount_fen=tier.amount_fen,
        goods=tuple(item.words() for item in tier.goods),
        reasons=_distinct(who.reasons + tier_reasons) or (Reason("served"),),
        age=printed_age(person, moment, scheme.counting),
        tier=tier_number,
        note=note,
    )


def _distinct(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    kept: list[Reason] = []
    for reason in reasons:
        if reason not in kept:
            kept.append(reason)
    return tuple(kept)


def _life(scheme: Scheme, person: Retiree, moment: Moment, today: date) -> tuple[Outcome | None, str]:
    """None where life does not stand in the way; else the outcome. With it the note of the line."""
    if person.is_living:
        return ((False, (Reason("is_living"),)), "") if scheme.life == DECEASED else (None, "")
    if scheme.life == DECEASED:
        return None, "family_collects"
    died = person["died_on"]
    said = Reason("died", {"on": died})
    if scheme.life == ALIVE_AT_ISSUE:
        return (False, (said,)), ""
    # Somebody entered as dead died by today: only a basis date before that can leave it open.
    if moment.on >= today:
        return (False, (said,)), ""
    if not died:
        return (None, (Reason("death_date_unknown"),)), ""
    known = PartialDate.parse(died)
    if known.last() <= moment.on:
        return (False, (said,)), ""
    if known.first() > moment.on:
        return None, "family_collects"
    return (None, (Reason("death_date_undecided", {"on": died}),)), ""


def _served(scheme: Scheme, person: Retiree) -> Outcome | None:
    """The outcome for who is not on the register or not served by this office; None for the others."""
    if person["record"] == "MOVED_OUT":
        return False, (Reason("moved_out"),)
    # A dead person's record may be archived before the family is paid.
    if person["record"] == "ARCHIVED" and scheme.life != DECEASED:
        return False, (Reason("archived"),)
    if person["served_here"] == "NO":
        return False, (Reason("not_served"),)
    return None


def _tier(scheme: Scheme, person: Retiree, moment: Moment) -> tuple[int, tuple[Reason, ...], bool | None]:
    """The first tier that fits; undecided where one listed before it cannot be decided."""
    undecided: tuple[Reason, ...] = ()
    refused: list[Reason] = []
    for number, tier in enumerate(scheme.tiers):
        verdict = decide(tier.when, person, moment)
        if verdict.truth is False:
            refused.extend(verdict.reasons)
            continue
        if verdict.truth is None:
            undecided = undecided or verdict.reasons
            continue
        if not undecided:
            return number, verdict.reasons, True
    if undecided:
        return NO_TIER, undecided, None
    return NO_TIER, _no_tier(refused), False


def _no_tier(refused: Sequence[Reason]) -> tuple[Reason, ...]:
    """Why no tier fits, said once: the age where ages decide, else that no tier's condition is met."""
    ages = [reason for reason in refused if reason.code == "age_outside"]
    if ages and len(ages) == len(refused):
        return (Reason("age_no_tier", ages[0].params),)
    return (Reason("no_tier"),) if len(refused) != 1 else (refused[0],)


def _limit(scheme: Scheme, grants: Sequence[Grant], year: int, tier: int) -> Reason | None:
    """Why nothing more may be given; None where something may."""
    if scheme.limit == NO_LIMIT:
        return None
    if scheme.limit == ONCE:
        before = [grant for grant in grants if not scheme.each_tier or grant.tier == tier]
        code = "already_once"
    else:
        before = [grant for grant in grants if grant.year == year]
        code = "already_this_year"
    if len(before) < scheme.times:
        return None
    return Reason(code, {"list": before[-1].list_code, "year": year, "times": scheme.times})


_CATEGORY_ORDER = {code: place for place, code in enumerate(CATEGORIES)}


def line_order(person: Retiree) -> tuple[Any, ...]:
    """How people follow each other on a list: 排序号 where filled, category, unit, name (OFFICE 2.17)."""
    number = person["sort_no"]
    return (
        (0, int(float(number))) if number else (1, 0),
        _CATEGORY_ORDER.get(person["category"], len(_CATEGORY_ORDER)),
        place_key(person["party_branch"] or person["admin_group"]),
        sort_key(person.name),
        person.id,
    )


def unit_order(name: str) -> tuple[Any, ...]:
    """How the units of a grouped list follow each other: numbers as numbers, the nameless last."""
    return (not name, place_key(name))


def numbered(lines: Sequence[ProposedLine], grouping: str) -> list[ProposedLine]:
    """The lines in the order of their numbers: by the field they are grouped by, else as they are."""
    if not grouping:
        return list(lines)
    return sorted(lines, key=lambda line: unit_order(line.person[grouping]))


def default_grouping(lines: Sequence[ProposedLine]) -> str:
    """The unit that sign-for sheets are made by: 大组 where people have one, else 支部 (OFFICE 1.1)."""
    for field in ("admin_group", "party_branch"):
        if any(line.person[field] for line in lines):
            return field
    return ""


def without(proposal: Proposal, removed: Mapping[int, str]) -> Proposal:
    """The proposal without the people removed by hand; they stand among the excluded with the reason."""
    kept = tuple(line for line in proposal.lines if line.person.id not in removed)
    gone = tuple(
        LeftOut(line.person, (Reason("removed", {"why": removed[line.person.id]}),))
        for line in proposal.lines
        if line.person.id in removed
    )
    return replace(proposal, lines=kept, excluded=proposal.excluded + gone)


def with_added(proposal: Proposal, added: Sequence[ProposedLine]) -> Proposal:
    """The proposal with lines added by hand, in their place; who is added is no longer left out."""
    ids = {line.person.id for line in added}
    lines = [line for line in proposal.lines if line.person.id not in ids] + list(added)
    lines.sort(key=lambda line: line_order(line.person))
    return replace(
        proposal,
        lines=tuple(lines),
        excluded=tuple(one for one in proposal.excluded if one.person.id not in ids),
        undecided=tuple(one for one in proposal.undecided if one.person.id not in ids),
    )


def check_code(rows: Iterable[Sequence[Any]]) -> str:
    """The check code (校验码) of a list: the same for the same lines, `7F3A-91C2`.

    `rows` holds for each line its number, person, name, amount, goods and reason as printed.
    """
    text = json.dumps([list(row) for row in rows], ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def same_names(lines: Sequence[tuple[str, str, str]]) -> dict[int, str]:
    """For the names that stand more than once among (name, birth, building): the small second line.

    By the place of the line: birth year and building, `1945年·7号楼` (OFFICE 2.18).
    """
    places: dict[str, list[int]] = {}
    for place, (name, _birth, _building) in enumerate(lines):
        places.setdefault(name_key(name), []).append(place)
    marks: dict[int, str] = {}
    for found in places.values():
        if len(found) < 2:
            continue
        for place in found:
            _name, birth, building = lines[place]
            parts = [f"{birth[:4]}年"] if birth else []
            marks[place] = "·".join([*parts, building] if building else parts)
    return marks
