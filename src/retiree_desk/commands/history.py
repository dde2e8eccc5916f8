"""`undo` and `redo`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from retiree_desk.commands.session import Result, Session
from retiree_desk.i18n import _

if TYPE_CHECKING:
    from retiree_desk.services.history import Undone


def register(verbs: Any) -> None:
    """Adds the verbs to the parser."""
    undo = verbs.add_parser("undo", help=_("take back the newest change, or the one given"))
    undo.add_argument("change", nargs="?", type=int, metavar="CHANGE")
    undo.add_argument("--list", action="store_true", help=_("list the changes"))
    undo.add_argument("--force", action="store_true", help=_("take back what was edited since too"))
    undo.set_defaults(run=_undo)
    redo = verbs.add_parser("redo", help=_("take back the newest undo, or the one given"))
    redo.add_argument("change", nargs="?", type=int, metavar="CHANGE")
    redo.set_defaults(run=_redo)


def _undo(args: argparse.Namespace, session: Session) -> Result:
    if args.list:
        changes = session.desk(write=False).history.list()
        return Result(
            {
                "changes": [
                    {
                        "id": one.id,
                        "at": one.at,
                        "who": one.who,
                        "why": one.why[0],
                        "summary": one.summary,
                        "undone": one.undone,
                    }
                    for one in changes
                ]
            },
            [
                f"{one.id}  {one.at}  {one.who}  {one.summary}" + (_(" (undone)") if one.undone else "")
                for one in changes
            ],
        )
    return _undone(session.desk(write=True).history.undo(args.change, force=args.force))


def _redo(args: argparse.Namespace, session: Session) -> Result:
    return _undone(session.desk(write=True).history.redo(args.change))


def _undone(done: Undone) -> Result:
    left = [
        {"table": one.table, "id": one.id, "name": one.name, "fields": list(one.fields)}
        for one in done.left_alone
    ]
    lines = [_("Done.")] if done.change else [_("Nothing was taken back.")]
    lines += [
        _("Left as it is, edited since: {name}").format(name=one.name or f"{one.table} {one.id}")
        for one in done.left_alone
    ]
    return Result({"change": done.change or None, "left_alone": left}, lines, status=1 if left else 0)
