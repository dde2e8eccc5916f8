"""The command line: `CLI.md` is the contract. Each verb lives in `commands/` by its noun.

Only standard modules are imported here; a verb's module loads what it needs when it runs, so that
`--help` and a wrong usage answer at once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from retiree_desk.commands.session import Result, Session, iso_day
from retiree_desk.core.errors import UsageError, UserError
from retiree_desk.i18n import _, set_language
from retiree_desk.paths import default_database


class _Parser(argparse.ArgumentParser):
    """Wrong usage is a `UsageError`, so that `--json` answers it as JSON too."""

    def error(self, message: str) -> NoReturn:
        from retiree_desk.commands.usage_words import sentence

        raise UsageError("usage", _("{message}. See --help.").format(message=sentence(message)))

    def format_help(self) -> str:
        """The help page in the language spoken."""
        from retiree_desk.commands.usage_words import help_page

        return help_page(super().format_help())


def build_parser() -> argparse.ArgumentParser:
    """Every verb with its options."""
    from retiree_desk import commands

    parser = _Parser(
        prog="retiree-desk",
        description=_("Retiree Desk: the office's people, visits and welfare lists in one file."),
    )
    parser.add_argument("--db", type=Path, metavar="FILE", help=_("the data file"))
    parser.add_argument("--lang", choices=("zh", "en"), help=_("language of words and papers"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object on standard output"))
    parser.add_argument("--today", type=iso_day, metavar="YYYY-MM-DD", help=_("the day that counts as today"))
    parser.add_argument("--operator", default="", metavar="NAME", help=_("in whose name changes are made"))
    parser.add_argument("--key-file", type=Path, metavar="FILE", help=_("file with the data file's password"))
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", parser_class=_Parser)
    for register in commands.registers():
        register(verbs)
    return parser


# Global options that may stand behind the verb as well (CLI.md says so of --json).
_FLAGS = {"--json"}
_WITH_VALUE = {"--db", "--lang", "--today", "--operator", "--key-file"}


def _globals_first(argv: Sequence[str]) -> list[str]:
    """Moves the global options in front of the verb, wherever they were typed."""
    front, rest = [], []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in _FLAGS or (word.startswith("--") and word.split("=")[0] in _WITH_VALUE and "=" in word):
            front.append(word)
        elif word in _WITH_VALUE:
            front.append(word)
            value = next(words, None)
            if value is not None:
                front.append(value)
        else:
            rest.append(word)
    return front + rest


def _operator(named: str) -> str:
    import getpass

    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"


def _answer(result: Result, as_json: bool) -> int:
    for note in result.notes:
        print(note, file=sys.stderr)
    if as_json:
        print(json.dumps(result.data, ensure_ascii=False))
    else:
        for line in result.lines:
            print(line)
    return result.status


def _failure(code: str, message: str, status: int, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False))
    print(message, file=sys.stderr)
    return status


def _speak_utf8() -> None:
    """C and POSIX locales count as Chinese: words must come out whatever the terminal says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (stream.encoding or "").lower().replace("-", "") not in ("utf8", "gb18030"):
            reconfigure(encoding="utf-8", errors="replace")
        elif reconfigure:
            reconfigure(errors="replace")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; without one the window opens. Returns the exit status."""
    _speak_utf8()
    words = _globals_first(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in words
    named = next((words[i + 1] for i, w in enumerate(words[:-1]) if w == "--lang"), "")
    named = named or next((w.split("=", 1)[1] for w in words if w.startswith("--lang=")), "")
    # The command line speaks Chinese unless told otherwise; the window asks the settings.
    set_language(named or "zh")
    session: Session | None = None
    failed = True
    try:
        args = build_parser().parse_args(words)
        key = ""
        if args.key_file:
            from retiree_desk.commands import read_secret

            key = read_secret(args.key_file)
        path = args.db or default_database()
        if args.verb is None:
            from retiree_desk.app import run

            return run(args.db, language=args.lang, operator=args.operator, key=key, today=args.today)
        session = Session(path, _operator(args.operator), key, args.today)
        with session.damage_told():
            result = args.run(args, session)
        failed = False
    except UserError as error:
        return _failure(error.code, error.message, error.exit_status, as_json)
    except Exception as error:
        # A bug. Its words may hold names and numbers of people, so only its kind and place are told.
        from retiree_desk.core.error_report import error_report

        status = _failure("bug", _("The program made a mistake; nothing was changed."), 3, as_json)
        print(error_report(error), file=sys.stderr)
        return status
    finally:
        if session is not None:
            session.close(failed=failed)
    return _answer(result, as_json)
