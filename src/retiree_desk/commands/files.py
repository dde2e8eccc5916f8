"""`backup`, `restore`, `check`."""

import argparse
from pathlib import Path
from typing import Any

from retiree_desk.commands.session import Result, Session
from retiree_desk.i18n import _


def register(verbs: Any) -> None:
    """Adds the verbs to the parser."""
    backup = verbs.add_parser("backup", help=_("make a checked copy of the data file"))
    backup.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    backup.set_defaults(run=_backup)
    restore = verbs.add_parser("restore", help=_("put a backup in the place of the data file"))
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(run=_restore)
    check = verbs.add_parser("check", help=_("verify file, references, search index and change log"))
    check.set_defaults(run=_check)


def _backup(args: argparse.Namespace, session: Session) -> Result:
    path, people = session.desk(write=False).backups.make("manual", args.folder)
    return Result(
        {"file": str(path), "people": people},
        [_("Backup of {n} people: {file}").format(n=people, file=path)],
    )


def _restore(args: argparse.Namespace, session: Session) -> Result:
    from retiree_desk.services.backups import restore

    people, kept = restore(session.path, args.file, operator=session.operator, key=session.key)
    lines = [_("Restored: {n} people.").format(n=people)]
    if kept:
        lines.append(_("The file before it is kept as {file}.").format(file=kept))
    return Result({"people": people, "kept": str(kept) if kept else None}, lines)


def _check(args: argparse.Namespace, session: Session) -> Result:
    found = session.desk(write=False).backups.check()
    lines = [_("{n} people; content {hash}").format(n=found.people, hash=found.content_sha256)]
    lines += found.problems or [_("No problems.")]
    return Result(
        {
            "ok": found.ok,
            "people": found.people,
            "content_sha256": found.content_sha256,
            "problems": list(found.problems),
        },
        lines,
        status=0 if found.ok else 1,
    )
