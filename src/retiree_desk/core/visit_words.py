"""Due lines in words: why somebody is due, on screen and on paper (DECISIONS 27, OFFICE R21)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from retiree_desk.core.visit_plan import DueReason
from retiree_desk.core.visit_rules import VISIT_RULES, rule_name, rule_short
from retiree_desk.core.visits import way_name
from retiree_desk.i18n import N_, _

_EVERY: Mapping[int, str] = {
    1: N_("every month"),
    3: N_("every quarter"),
    6: N_("every half-year"),
    12: N_("every year"),
}
_THIS: Mapping[int, str] = {
    1: N_("this month"),
    3: N_("this quarter"),
    6: N_("this half-year"),
    12: N_("this year"),
}


def every(months: int) -> str:
    """`every month` ... for a calendar period of so many months."""
    return _(_EVERY[months]) if months in _EVERY else ""


def when(reason: DueReason, today: date) -> str:
    """How a due line stands today: `this quarter, 41 days left`, `by 2026-12-05`, `12 days overdue`."""
    late = (today - reason.due_on).days
    if late > 0:
        return _("{n} days overdue").format(n=late)
    if reason.months in _THIS and -late <= reason.months * 31:
        return _("{period}, {n} days left").format(period=_(_THIS[reason.months]), n=-late)
    return _("by {day}").format(day=reason.due_on.isoformat())


def what(reason: DueReason) -> str:
    """What the line asks for: the rule, how often, and the clause where it is one of several."""
    rule = VISIT_RULES.get(reason.code)
    if rule is None:
        return reason.code
    if reason.code == "E08":
        return _("{rule} ({age})").format(rule=rule_name(reason.code), age=reason.note)
    often = every(reason.months) if reason.months else _(rule.often)
    if reason.at_home:
        often = _("at home {often}").format(often=often)
    return _("{rule} ({often})").format(rule=rule_name(reason.code), often=often)


def in_words(reason: DueReason, today: date) -> str:
    """One line of the due list in words."""
    return _("{what}: {when}").format(what=what(reason), when=when(reason, today))


def by_rule(reasons: Iterable[DueReason], today: date) -> dict[str, str]:
    """The words of each rule that is open; a rule with several clauses has them in one sentence."""
    words: dict[str, list[str]] = {}
    for reason in reasons:
        words.setdefault(reason.code, []).append(in_words(reason, today))
    return {code: "; ".join(parts) for code, parts in words.items()}


def on_paper(reasons: Sequence[DueReason]) -> list[str]:
    """The few words a visit sheet has room for, the most urgent rule first: `独居80+(每月)`."""
    found: dict[str, str] = {}
    ordered = sorted(reasons, key=lambda reason: (_priority(reason.code), reason.code, reason.at_home))
    for reason in ordered:
        if reason.code in VISIT_RULES and not VISIT_RULES[reason.code].printed:
            continue
        word = rule_short(reason.code)
        if reason.months in _EVERY:
            detail = every(reason.months)
            if reason.at_home:
                detail = _("at home {often}").format(often=detail)
            word = _("{rule} ({often})").format(rule=word, often=detail)
        elif reason.code == "E08":
            word = _("{rule} ({age})").format(rule=word, age=reason.note)
        if reason.code not in found:
            found[reason.code] = word
    return list(found.values())


def _priority(code: str) -> int:
    return VISIT_RULES[code].priority if code in VISIT_RULES else 9


def ways_words(ways: Iterable[str]) -> str:
    """The names of ways, joined."""
    return "、".join(way_name(way) for way in ways)


def to_data(reasons: Iterable[DueReason]) -> list[list[Any]]:
    """Due lines as plain lists, for the frozen line of a sheet."""
    return [
        [
            reason.code,
            reason.due_on.isoformat(),
            reason.overdue_days,
            reason.months,
            reason.at_home,
            reason.note,
        ]
        for reason in reasons
    ]


def from_data(rows: Iterable[Sequence[Any]]) -> list[DueReason]:
    """The inverse of `to_data`."""
    return [
        DueReason(str(code), date.fromisoformat(due), int(late), int(months), bool(at_home), str(note))
        for code, due, late, months, at_home, note in rows
    ]
