"""`roster`, and `print DOCUMENT` for every document by its code."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retiree_desk.commands.session import Result, Session, iso_day, iso_month, written
from retiree_desk.core.errors import DataFileError, UsageError
from retiree_desk.i18n import _

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk
    from retiree_desk.services.roster import RosterChoice


def register(verbs: Any) -> None:
    """Adds the verbs to the parser."""
    roster = verbs.add_parser("roster", help=_("write the roster as workbook, text or PDF"))
    roster.add_argument("file", type=Path, metavar="OUT.xlsx|.csv|.pdf")
    roster.add_argument("--view", default="", metavar="NAME", help=_("only the people of a view"))
    roster.add_argument(
        "--where", action="append", default=[], metavar="FIELD=VALUE", help=_("only these; repeated: and")
    )
    roster.add_argument("--columns", default="", metavar="a,b,c", help=_("field codes of the columns"))
    roster.add_argument("--codes", action="store_true", help=_("field codes as headers"))
    roster.add_argument("--full", action="store_true", help=_("ID numbers and accounts unmasked"))
    roster.set_defaults(run=_roster)
    paper = verbs.add_parser("print", help=_("write a document by its code"))
    paper.add_argument("document", nargs="?", metavar="DOCUMENT")
    paper.add_argument("file", nargs="?", type=Path, metavar="OUT.pdf")
    # `--list` alone names the documents there are; with a document it is the welfare list.
    paper.add_argument("--list", nargs="?", const="", default=None, metavar="LIST")
    paper.add_argument("--on", type=iso_day, metavar="DATE")
    paper.add_argument("--month", type=iso_month, metavar="YYYY-MM")
    paper.add_argument("--age", type=int, metavar="N")
    paper.add_argument("--unit", default="", metavar="UNIT")
    paper.add_argument("--person", default="", metavar="PERSON")
    paper.set_defaults(run=_print)


def _choice(args: argparse.Namespace) -> "RosterChoice":
    from retiree_desk.services.roster import RosterChoice, wheres

    columns = tuple(key.strip() for key in args.columns.replace(",", ",").split(",") if key.strip())
    if args.columns and not columns:
        raise UsageError("usage", _("--columns names no field."))
    return RosterChoice(args.view, wheres(args.where), columns, args.codes, args.full)


def _desk(session: Session) -> "Desk":
    """The office, to be written to where nobody else holds it: then it is recorded who took what out.

    Beside an open window it is read all the same (CLI.md).
    """
    try:
        return session.desk(write=True)
    except DataFileError as error:
        if error.code not in ("held", "folder_not_writable"):
            raise
        return session.desk(write=False)


def _roster(args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.services.documents import with_substitutes
    from retiree_desk.services.documents.roster_documents import write_roster_file

    desk, choice = _desk(session), _choice(args)
    (rows, pages), lacking = with_substitutes(lambda: write_roster_file(desk, args.file, choice))
    data: dict[str, Any] = {"file": str(args.file), "rows": rows}
    if pages:
        data["pages"] = pages
    return written(data, [_("{file}: {n} people").format(file=args.file, n=rows)], lacking)


def _print(args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.services.documents import DOCUMENTS, Options, with_substitutes, write_document

    if args.document is None:
        if args.list is None:
            raise UsageError("usage", _("Which document? `print --list` names them."))
        data = [
            {"code": one.code, "name": _(one.title), "needs": list(one.needs), "files": list(one.endings)}
            for one in DOCUMENTS.values()
        ]
        return Result(
            {"documents": data},
            [f"{one.code}  {_(one.title)}" for one in DOCUMENTS.values()],
        )
    if args.file is None:
        raise UsageError("usage", _("Into which file? Give its name after the document."))
    options = Options(
        on=args.on,
        month=args.month or "",
        age=args.age,
        unit=args.unit,
        list=args.list or "",
        person=args.person,
    )
    desk = _desk(session)
    pages, lacking = with_substitutes(lambda: write_document(desk, args.document, args.file, options))
    lines = [_("{file}: {n} pages").format(file=args.file, n=pages)]
    return written({"file": str(args.file), "pages": pages}, lines, lacking)
