"""`welfare schemes`, `welfare lists`, `welfare list`, `welfare print`."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retiree_desk.commands.session import Result, Session, iso_day, written
from retiree_desk.core.errors import UsageError
from retiree_desk.i18n import _

if TYPE_CHECKING:
    from retiree_desk.core.schemes import Goods
    from retiree_desk.core.welfare import LeftOut, Proposal
    from retiree_desk.services.desk import Desk
    from retiree_desk.services.welfare_records import WelfareList

KINDS = ("condolence", "sign", "bank", "summary", "approval")


def register(verbs: Any) -> None:
    """Adds the verbs to the parser."""
    welfare = verbs.add_parser("welfare", help=_("schemes, lists of who is entitled, their papers"))
    parts = welfare.add_subparsers(dest="part", metavar="PART", required=True)
    schemes = parts.add_parser("schemes", help=_("the schemes in force"))
    schemes.set_defaults(run=_schemes)
    lists = parts.add_parser("lists", help=_("the lists made"))
    lists.set_defaults(run=_lists)
    one = parts.add_parser("list", help=_("who is entitled, why, and who is not, why"))
    one.add_argument("scheme", metavar="SCHEME")
    one.add_argument("--on", type=iso_day, required=True, metavar="DATE", help=_("the basis date"))
    one.add_argument("--year", type=int, metavar="Y", help=_("the year that limits count in"))
    one.add_argument("--freeze", action="store_true", help=_("make the list final"))
    one.set_defaults(run=_list)
    paper = parts.add_parser("print", help=_("papers of a final list"))
    paper.add_argument("list", metavar="LIST")
    paper.add_argument("file", type=Path, metavar="OUT.pdf|.xlsx")
    paper.add_argument("--kind", choices=KINDS, help=_("which paper; without it the one the scheme uses"))
    paper.set_defaults(run=_print)


def _schemes(_args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.core.welfare_words import FORMS, FUND_SOURCES, occasion_name, word

    found = session.desk(write=False).welfare.schemes()
    data = [
        {
            "code": one.code,
            "name": one.title,
            "occasion": one.occasion,
            "form": one.form,
            "fund_source": word(FUND_SOURCES, one.fund_source),
            "enabled": one.enabled,
            "confirmed": one.confirmed,
            "basis": one.basis,
        }
        for one in found
    ]
    lines = [
        "  ".join(
            (
                one.code,
                one.title,
                occasion_name(one.occasion),
                word(FORMS, one.form),
                word(FUND_SOURCES, one.fund_source),
                "" if one.enabled else _("switched off"),
            )
        ).rstrip()
        for one in found
    ]
    return Result({"schemes": data}, lines)


def _lists(_args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.core.money import yuan

    found = session.desk(write=False).welfare.lists()
    data = [
        {
            "list": one.code,
            "scheme": one.scheme or None,
            "on": one.on,
            "year": one.year,
            "frozen": one.frozen,
            "state": one.state,
            "code": one.check_code,
            "lines": one.line_count,
            "total_fen": one.total_fen,
        }
        for one in found
    ]
    lines = [
        _("{code}  {title}  {on}  {n} people  {amount} yuan").format(
            code=one.code, title=one.title, on=one.on, n=one.line_count, amount=yuan(one.total_fen)
        )
        for one in found
    ]
    return Result({"lists": data}, lines or [_("No list has been made yet.")])


def _list(args: argparse.Namespace, session: Session) -> Result:
    year = args.on.year if args.year is None else args.year
    if abs(year - args.on.year) > 1:
        raise UsageError("usage", _("--year must be the year of the date, or the one before or after."))
    desk = session.desk(write=args.freeze)
    scheme = desk.welfare.scheme(args.scheme)
    made = desk.welfare.final_list(scheme, args.on, year)
    if made is not None:
        # Once final, the list is what was made final, whatever changed since.
        return _final(desk, made)
    proposal = desk.welfare.propose(scheme, args.on, year)
    if not args.freeze:
        return _proposed(proposal)
    notes = desk.welfare.notes(scheme, year)
    return _final(desk, desk.welfare.finalise(proposal), notes)


def _goods(goods: Iterable["Goods"]) -> list[dict[str, Any]]:
    return [each.as_json() for each in goods]


def _left(people: Sequence["LeftOut"]) -> list[dict[str, Any]]:
    from retiree_desk.core.welfare_reasons import reasons_text

    return [
        {"person": one.person.id, "name": one.person.name, "reason": reasons_text(one.reasons)}
        for one in people
    ]


def _proposed(proposal: "Proposal") -> Result:
    from retiree_desk.core.welfare import default_grouping, numbered
    from retiree_desk.services.welfare_records import code_of_rows, line_row

    grouping = default_grouping(proposal.lines)
    rows = [
        line_row(line, place, grouping) for place, line in enumerate(numbered(proposal.lines, grouping), 1)
    ]
    lines = [
        {
            "person": line.person.id,
            "name": line.person.name,
            "amount_fen": line.amount_fen,
            "goods": _goods(line.goods),
            "reason": row["reason"],
        }
        for line, row in zip(numbered(proposal.lines, grouping), rows, strict=True)
    ]
    data = {
        "list": None,
        "frozen": False,
        "code": code_of_rows(rows),
        "lines": lines,
        "excluded": _left(proposal.excluded),
        "undecided": _left(proposal.undecided),
        "total_fen": proposal.total_fen,
    }
    notes = [_("Names are added by hand to this scheme.")] if proposal.scheme.by_hand else []
    return _answer(data, notes)


def _final(desk: "Desk", made: "WelfareList", notes: Sequence[str] = ()) -> Result:
    details = desk.welfare.details(made.id)
    numbers = [one.person_id for one in (*details.excluded, *details.undecided)]
    names = {one.id: one.name for one in desk.registry.load(numbers, extras=False)}

    def left(part: Iterable[Any]) -> list[dict[str, Any]]:
        return [
            {"person": one.person_id, "name": names.get(one.person_id, ""), "reason": one.reason}
            for one in part
        ]

    data = {
        "list": made.code,
        "frozen": made.frozen,
        "code": made.check_code,
        "lines": [
            {
                "person": line.person_id,
                "name": line.name,
                "amount_fen": line.amount_fen,
                "goods": _goods(line.goods),
                "reason": line.reason,
                "line": line.number,
            }
            for line in desk.welfare.lines(made.id)
        ],
        "excluded": left(details.excluded),
        "undecided": left(details.undecided),
        "total_fen": made.total_fen,
    }
    return _answer(data, notes)


def _answer(data: dict[str, Any], notes: Sequence[str]) -> Result:
    """Exit status 1 where somebody is left to be decided."""
    from retiree_desk.core.money import yuan
    from retiree_desk.core.schemes import goods_from_json, goods_text

    lines = [
        "  ".join(
            part
            for part in (
                str(place),
                line["name"],
                yuan(line["amount_fen"]) if line["amount_fen"] else "",
                goods_text(goods_from_json(line["goods"])),
                line["reason"],
            )
            if part
        )
        for place, line in enumerate(data["lines"], 1)
    ]
    lines += [f"?  {one['name']}  {one['reason']}" for one in data["undecided"]]
    if data["frozen"]:
        lines.append(
            _("List {list} is final, check code {code}.").format(list=data["list"], code=data["code"])
        )
    lines.append(
        _("{n} people, {amount} yuan; {out} not entitled, {open} undecided.").format(
            n=len(data["lines"]),
            amount=yuan(data["total_fen"]),
            out=len(data["excluded"]),
            open=len(data["undecided"]),
        )
    )
    return Result(data, lines, notes, status=1 if data["undecided"] else 0)


def _print(args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.services.documents import with_substitutes
    from retiree_desk.services.documents.welfare_documents import print_list

    desk = session.desk(write=True)
    made = desk.welfare.list_of(args.list)
    pages, lacking = with_substitutes(lambda: print_list(desk, made, args.file, kind=args.kind or ""))
    lines = [_("{file}: {n} pages").format(file=args.file, n=pages)]
    return written({"file": str(args.file), "pages": pages}, lines, lacking)
