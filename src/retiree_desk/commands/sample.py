"""`sample`: a made-up office for trying out and for tests."""

import argparse
from pathlib import Path
from typing import Any

from retiree_desk.commands.session import Result, Session
from retiree_desk.core.errors import InputError, UsageError
from retiree_desk.i18n import _


def register(verbs: Any) -> None:
    """Adds the verb to the parser."""
    sample = verbs.add_parser("sample", help=_("make a made-up office in a folder"))
    sample.add_argument("folder", type=Path, metavar="DIR")
    sample.add_argument("--people", type=int, default=300, metavar="N", help=_("how many people"))
    sample.add_argument("--seed", type=int, default=1, metavar="S", help=_("another seed, other people"))
    sample.set_defaults(run=run)


def run(args: argparse.Namespace, session: Session) -> Result:
    """Makes the office. Nothing is overwritten: a folder that holds one already is refused."""
    from retiree_desk.sample import FIXED_TODAY, make_sample

    if not 1 <= args.people <= 200_000:
        raise UsageError("people_out_of_range", _("The sample office has 1 to 200,000 people."))
    try:
        made = make_sample(args.folder, args.people, args.seed, session.fixed_today or FIXED_TODAY)
    except FileExistsError as error:
        raise UsageError(
            "sample_exists",
            _("{folder} holds an office.rdesk already; nothing was changed. Choose another folder.").format(
                folder=args.folder
            ),
        ) from error
    except OSError as error:
        raise InputError(
            "folder_not_writable",
            _("The sample office cannot be written to {folder} ({reason}).").format(
                folder=args.folder, reason=error.strerror
            ),
        ) from error
    return Result(
        {"people": made.people, "files": list(made.files)},
        [_("{n} made-up people, in {folder}:").format(n=made.people, folder=args.folder), *made.files],
    )
