"""`visits plan`, `visits rules`, `visits sheet`, `visits record`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retiree_desk.commands.session import Result, Session, iso_month, written
from retiree_desk.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from retiree_desk.services.visit_plans import PlanLine


def register(verbs: Any) -> None:
    """Adds the verbs to the parser."""
    visits = verbs.add_parser("visits", help=_("who is due for a visit, visit sheets, results"))
    parts = visits.add_subparsers(dest="part", metavar="PART", required=True)
    plan = parts.add_parser("plan", help=_("the due list of a month"))
    plan.add_argument("--month", type=iso_month, required=True, metavar="YYYY-MM")
    plan.set_defaults(run=_plan)
    rules = parts.add_parser("rules", help=_("the visit rules in force"))
    rules.set_defaults(run=_rules)
    sheet = parts.add_parser("sheet", help=_("the month's visit sheets as PDF"))
    sheet.add_argument("file", type=Path, metavar="OUT.pdf")
    sheet.add_argument("--month", type=iso_month, required=True, metavar="YYYY-MM")
    sheet.add_argument("--visitor", default="", metavar="NAME", help=_("only the sheets of one visitor"))
    sheet.add_argument("--replan", action="store_true", help=_("add who is due by now, at the end"))
    sheet.add_argument("--large", action="store_true", help=_("large type"))
    sheet.set_defaults(run=_sheet)
    record = parts.add_parser("record", help=_("record results typed elsewhere"))
    record.add_argument("file", type=Path, metavar="FILE.csv")
    record.set_defaults(run=_record)


def _line(line: "PlanLine", today: "date") -> dict[str, Any]:
    from retiree_desk.core.visit_words import by_rule

    words = by_rule(line.reasons, today)
    return {
        "person": line.person_id,
        "name": line.person.name,
        "rules": [{"code": code, "reason": text} for code, text in words.items()],
        "due_on": line.due.due_on.isoformat(),
        "overdue_days": line.due.overdue_days,
        "last_visit": line.last.on.isoformat() if line.last else None,
        "visitor": line.visitor,
        "household": line.household,
        "by_phone": line.due.by_phone,
        "on_sheet": line.on_sheet,
    }


def _plan(args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.core.visit_periods import Month
    from retiree_desk.core.visit_rules import rule_name

    plan = session.desk(write=False).visits.plan(Month.parse(args.month))
    due = [_line(line, plan.today) for line in plan.due]
    undecided = [
        {"person": int(person.id), "name": person.name, "rules": list(codes)}
        for person, codes in plan.undecided
    ]
    data = {
        "month": args.month,
        "due": due,
        "families": [_line(line, plan.today) for line in plan.families],
        "undecided": undecided,
    }
    lines = [
        "  ".join(
            (
                str(one["person"]),
                one["name"],
                one["due_on"],
                "; ".join(rule["reason"] for rule in one["rules"]),
                one["visitor"],
            )
        )
        for one in (*due, *data["families"])
        if one["on_sheet"]
    ]
    lines.append(
        _(
            "{n} people are due in {month}, {late} of them overdue; {rest} for the yearly contact only."
        ).format(
            n=sum(one["on_sheet"] for one in due),
            month=args.month,
            late=sum(one["on_sheet"] and one["overdue_days"] > 0 for one in due),
            rest=sum(not one["on_sheet"] for one in due),
        )
    )
    notes = []
    if undecided:
        names = "、".join(
            dict.fromkeys(rule_name(code) for _person, codes in plan.undecided for code in codes)
        )
        notes.append(
            _(
                "{n} people have an incomplete date of birth, so that it is open whether these apply: {rules}"
            ).format(n=len(undecided), rules=names)
        )
    return Result(data, lines, notes)


def _rules(_args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.core.visit_words import ways_words

    rules = session.desk(write=False).visits.rules()
    data = [
        {
            "code": rule.code,
            "name": _(rule.name),
            "who": _(rule.who_words),
            "often": _(rule.often),
            "ways": list(rule.ways),
            "must_meet": rule.must_meet,
            "printed": rule.printed,
            "source": _(rule.source),
        }
        for rule in rules
    ]
    lines = [
        "  ".join((rule.code, _(rule.name), _(rule.who_words), _(rule.often), ways_words(rule.ways)))
        for rule in rules
    ]
    return Result({"rules": data}, [*lines, _("Examples: change them to your office's own rules.")])


def _sheet(args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.core.visit_periods import Month
    from retiree_desk.services.documents import with_substitutes
    from retiree_desk.services.documents.visit_documents import write_sheets

    desk, month = session.desk(write=True), Month.parse(args.month)
    sheets = desk.visits.sheets.freeze(month, replan=args.replan, visitor=args.visitor)
    pages, lacking = with_substitutes(lambda: write_sheets(desk, args.file, month, sheets, large=args.large))
    data = {
        "file": str(args.file),
        "pages": pages,
        "sheets": [{"code": one.code, "visitor": one.visitor, "lines": len(one.lines)} for one in sheets],
    }
    lines = [
        _("{code}  {visitor}  {n} lines").format(code=one.code, visitor=one.visitor, n=len(one.lines))
        for one in sheets
    ]
    lines.append(_("{file}: {n} pages").format(file=args.file, n=pages))
    return written(data, lines, lacking)


def _record(args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.services.visit_result_files import record_file

    done = record_file(session.desk(write=True), args.file)
    problems = [
        {"row": one.row, "sheet": one.sheet, "line": one.line, "code": one.code, "message": one.message}
        for one in done.problems
    ]
    lines = [_("line {row}: {message}").format(row=one.row, message=one.message) for one in done.problems]
    return Result(
        {"recorded": done.recorded, "problems": problems},
        [*lines, _("{n} results recorded.").format(n=done.recorded)],
        status=1 if problems else 0,
    )
