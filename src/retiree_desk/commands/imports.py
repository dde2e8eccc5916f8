"""`import`: plan and apply HR workbooks; the JSON of CLI.md."""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from retiree_desk.commands import read_secret
from retiree_desk.commands.session import Result, Session
from retiree_desk.core.errors import UsageError
from retiree_desk.i18n import _

if TYPE_CHECKING:
    from retiree_desk.core.imports import Accept, ImportPlan, ImportResult
    from retiree_desk.services.desk import Desk

_SHOWN_NOTES = 30
_SHOWN = 200  # problems said as lines; all of them are in the JSON and the workbook


def register(verbs: Any) -> None:
    """Adds the verb to the parser."""
    verb = verbs.add_parser("import", help=_("import HR workbooks"))
    verb.add_argument("files", nargs="+", type=Path, metavar="FILE")
    verb.add_argument(
        "--sheet", action="append", default=[], metavar="NAME", help=_("only this sheet; repeatable")
    )
    verb.add_argument("--hidden", action="store_true", help=_("hidden rows and sheets too"))
    verb.add_argument(
        "--kind", choices=("full", "new", "changed"), help=_("what the files are; guessed without it")
    )
    verb.add_argument("--dry-run", action="store_true", help=_("only say what would change"))
    verb.add_argument("--accept", default="new,changed", metavar="new,changed|all", help=_("what is taken"))
    verb.add_argument(
        "--workbook-password-file", type=Path, metavar="F", help=_("file with the workbooks' password")
    )
    verb.add_argument(
        "--problems", type=Path, metavar="OUT.xlsx", help=_("write the problem rows as a workbook")
    )
    verb.set_defaults(run=run)


def run(args: argparse.Namespace, session: Session) -> Result:
    """Plans, and unless it is a dry run applies. One unreadable file: nothing is applied."""
    accept = _accept(args.accept)
    password = read_secret(args.workbook_password_file) if args.workbook_password_file else None
    if args.dry_run and not session.path.exists():
        # A dry run makes no data file: it is compared with an empty office that is thrown away.
        from retiree_desk.services.desk import Desk

        with TemporaryDirectory(prefix="retiree-desk-") as folder:
            desk = Desk.open(Path(folder) / "empty.rdesk", operator=session.operator, today=session.today)
            try:
                return _import(args, desk, accept, password)
            finally:
                desk.close()
    return _import(args, session.desk(write=not args.dry_run), accept, password)


def _accept(words: str) -> "Accept":
    from retiree_desk.core.imports import Accept

    parts = {word.strip() for word in words.split(",") if word.strip()}
    if not parts or parts - {"new", "changed", "all"}:
        raise UsageError("usage", _("--accept takes new, changed or all."))
    every = "all" in parts
    return Accept(new=every or "new" in parts, changed=every or "changed" in parts, every_value=every)


def _import(args: argparse.Namespace, desk: "Desk", accept: "Accept", password: str | None) -> Result:
    from retiree_desk.core.imports import ImportResult

    files = list(dict.fromkeys(args.files))  # one named twice is one file
    plan = desk.imports.plan(
        files, args.sheet, args.hidden, args.kind, password, every_value=accept.every_value
    )
    if args.problems:
        from retiree_desk.services.import_problems import write_problem_rows

        written = write_problem_rows(plan, args.problems, password)
    else:
        written = []
    result = ImportResult(None, None, 0, 0) if args.dry_run else desk.imports.apply(plan, accept)
    data = as_json(plan, result)
    if args.problems:
        data["problem_files"] = [str(path) for path in written]
    notes = [note.message for note in plan.notes[:_SHOWN_NOTES]]
    if len(plan.notes) > _SHOWN_NOTES:
        notes.append(_("... and {n} more").format(n=len(plan.notes) - _SHOWN_NOTES))
    return Result(data, _lines(plan, result, dry=args.dry_run), notes, 1 if plan.needs_look else 0)


def as_json(plan: "ImportPlan", result: "ImportResult") -> dict[str, Any]:
    """The object of CLI.md; `change`, `kind`, `missing`, `notes` and `totals` are added."""
    from retiree_desk.core.imports import KINDS

    files: list[dict[str, Any]] = []
    for name in plan.files:
        tables = [
            {
                "sheet": table.sheet,
                "header_rows": list(table.header_rows),
                "columns": [
                    {
                        "header": column.header,
                        "field": column.field,
                        "fate": column.fate,
                        "reason": column.reason,
                    }
                    for column in table.columns
                ],
                "rows": table.rows,
                **table.counts,
            }
            for table in plan.tables
            if table.file == name
        ]
        files.append({"file": name, "tables": tables})
    return {
        "batch": result.batch,
        "change": result.change,
        "applied": {"new": result.new, "changed": result.changed},
        "kind": plan.kind,
        "missing_from_file": len(plan.missing),
        "missing": [{"person": one.person, "name": one.name} for one in plan.missing],
        "totals": {
            "rows": sum(table.rows for table in plan.tables),
            **{kind: plan.count(kind) for kind in KINDS},
        },
        "files": files,
        "problems": [
            {
                "file": one.file,
                "sheet": one.sheet,
                "row": one.row,
                "column": one.column,
                "code": one.code,
                "value": one.value,
                "message": one.message,
            }
            for one in plan.problems
        ],
        "notes": [
            {
                "code": note.code,
                "file": note.file,
                "sheet": note.sheet,
                "value": note.value,
                "message": note.message,
            }
            for note in plan.notes
        ],
    }


def _lines(plan: "ImportPlan", result: "ImportResult", *, dry: bool) -> list[str]:
    from retiree_desk.core.imports import KINDS

    lines = []
    for table in plan.tables:
        counts = " · ".join(
            f"{_(word)} {table.counts[kind]}" for kind, word in KINDS.items() if table.counts[kind]
        )
        place = Path(table.file).name + (f" · {table.sheet}" if table.sheet else "")
        lines.append(_("{place}: {n} rows; {counts}").format(place=place, n=table.rows, counts=counts))
    if plan.missing:
        lines.append(_("Not in the file: {n} people").format(n=len(plan.missing)))
    for one in plan.problems[:_SHOWN]:
        place = one.sheet or Path(one.file).name
        lines.append(
            _("{place} row {row} “{column}” {value}: {message}").format(
                place=place, row=one.row, column=one.column, value=one.value, message=one.message
            )
        )
    if len(plan.problems) > _SHOWN:
        lines.append(_("... and {n} more").format(n=len(plan.problems) - _SHOWN))
    if dry:
        lines.append(_("Nothing was changed (dry run)."))
    elif result.batch is None:
        lines.append(_("Nothing to change."))
    else:
        lines.append(
            _("Imported: {new} new, {changed} changed. Undo with: retiree-desk undo {n}").format(
                new=result.new, changed=result.changed, n=result.change
            )
        )
    return lines
