"""The catalogues of words: gather them from the code, fill in the Chinese, compile, and check.

    words.py update [--merge FILE.json ...] [--replace]    gather, merge, write the .pot, .po and .mo files
    words.py check                                         exit 1 and list what is missing, broken or stale

A merge file is ``{"English of the code": "中文"}``. Needs Babel (the ``dev`` extra).
"""

from __future__ import annotations

import argparse
import io
import json
import string
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "retiree_desk"
LANGUAGES = ("zh_CN", "en")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
# Dates in the headers would make every run a change.
UNSTABLE_HEADERS = ("POT-Creation-Date", "PO-Revision-Date")

Text = str | Sequence[str]


def locale_folder(root: Path) -> Path:
    """Where the catalogues of the source tree ``root`` lie."""
    return root / "resources" / "locale"


def po_path(root: Path, language: str) -> Path:
    """The catalogue that people edit."""
    return locale_folder(root) / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def new_catalog(language: str | None) -> Catalog:
    """An empty catalogue with our header."""
    people = "The Retiree Desk authors"
    return Catalog(
        locale=language,
        domain=DOMAIN,
        header_comment="# Words of Retiree Desk.",
        project="Retiree Desk",
        version="",
        msgid_bugs_address="-",
        last_translator=people,
        language_team=people,
        fuzzy=False,
    )


def gather(root: Path) -> Catalog:
    """Every message id that the sources of ``root`` mention, with the files that do."""
    catalog = new_catalog(None)
    found = extract_from_dir(
        root / "src", method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("words:",)
    )
    for name, _line, message, comments, _context in found:
        if message:
            catalog.add(message, None, [(Path(name).as_posix(), 0)], auto_comments=comments)
    return catalog


def load(path: Path, language: str) -> Catalog:
    """The catalogue in a file; an empty one where there is none yet."""
    if not path.exists():
        return new_catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalog if message.id)


def key_of(message: Message) -> str:
    """What names the message in the code: the id, or the singular of a plural pair."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(text: Text) -> tuple[str, ...]:
    """The one or several forms of a text."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> frozenset[str]:
    """The names in braces of a format string; ``ValueError`` where the braces do not match."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def fresh_catalog(
    language: str, template: Catalog, old: Catalog, merged: Mapping[str, str], replace: bool
) -> Catalog:
    """The template with its words in ``language``: the old ones, filled up (or replaced) from ``merged``.

    English is its own translation. Messages that the code no longer has fall away.
    """
    catalog = new_catalog(language)
    for message in messages(template):
        known = old.get(message.id)
        words: Text = known.string if known is not None and not known.fuzzy else ""
        if language == "en":
            words = message.id
        else:
            offered = merged.get(key_of(message), "")
            if offered and (replace or not any(forms(words))):
                words = (offered,) * catalog.num_plurals if message.pluralizable else offered
        catalog.add(message.id, words, message.locations, auto_comments=message.auto_comments)
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """The catalogue as a ``.po`` file without dates and line numbers, in a stable order."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_output=True, include_lineno=False)
    lines = out.getvalue().decode("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in UNSTABLE_HEADERS))]
    return "".join(kept).encode("utf-8")


def mo_bytes(catalog: Catalog) -> bytes:
    """The compiled catalogue."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def translations(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What a catalogue says, without where and how."""
    return {forms(message.id): forms(message.string or "") for message in messages(catalog)}


def write_if_changed(path: Path, content: bytes) -> None:
    """Write a file unless it already holds just that."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def read_merge_files(files: Iterable[Path]) -> tuple[dict[str, str], list[str]]:
    """The words of all merge files, and a line for each id that two of them translate differently."""
    merged: dict[str, str] = {}
    quarrels = []
    for file in files:
        for key, words in json.loads(file.read_text(encoding="utf-8")).items():
            if merged.setdefault(key, words) != words:
                quarrels.append(f"{file.name}: {key!r}: {words!r}, but before {merged[key]!r}")
    return merged, quarrels


def update(root: Path, files: Iterable[Path] = (), replace: bool = False) -> list[str]:
    """Bring the catalogues up to date with the sources; returns remarks about the merge files."""
    merged, remarks = read_merge_files(files)
    template = gather(root)
    write_if_changed(locale_folder(root) / f"{DOMAIN}.pot", po_bytes(template))
    for language in LANGUAGES:
        path = po_path(root, language)
        old = load(path, language)
        catalog = fresh_catalog(language, template, old, merged, replace)
        write_if_changed(path, po_bytes(catalog))
        # What is compiled is what was written: the file is read back.
        write_if_changed(path.with_suffix(".mo"), mo_bytes(load(path, language)))
    return remarks


def message_problems(message: Message) -> Iterator[str]:
    """What is wrong with one translated message."""
    key = key_of(message)
    words = forms(message.string or "")
    if message.fuzzy:
        yield f"uncertain: {key!r}"
    if not all(words):
        yield f"not translated: {key!r}"
        return
    try:
        allowed = {placeholders(form) for form in forms(message.id)}
        for form in words:
            if placeholders(form) not in allowed:
                yield f"other placeholders: {key!r} -> {form!r}"
    except ValueError:
        yield f"braces that do not match: {key!r} -> {words!r}"


def problems(root: Path) -> Iterator[str]:
    """What keeps the catalogues of ``root`` from being complete, correct and fresh."""
    wanted = set(translations(gather(root)))
    for language in LANGUAGES:
        path = po_path(root, language)
        catalog = load(path, language)
        there = set(translations(catalog))
        for text in sorted(wanted - there):
            yield f"{language}: not in the catalogue: {text[0]!r}"
        for text in sorted(there - wanted):
            yield f"{language}: no longer in the code: {text[0]!r}"
        for message in messages(catalog):
            if forms(message.id) in wanted:
                yield from (f"{language}: {problem}" for problem in message_problems(message))
        compiled = path.with_suffix(".mo")
        if not compiled.exists():
            yield f"{language}: {compiled.name} is missing"
            continue
        with compiled.open("rb") as file:
            spoken = translations(read_mo(file))
        written = translations(read_mo(io.BytesIO(mo_bytes(catalog))))
        if spoken != written:
            yield f"{language}: {compiled.name} is older than {path.name}"


def main(arguments: list[str] | None = None) -> int:
    """Run one of the two commands; returns the exit status."""
    parser = argparse.ArgumentParser(description="Keeps the catalogues of words.")
    commands = parser.add_subparsers(dest="command", required=True)
    updating = commands.add_parser("update", help="gather, merge, write and compile")
    updating.add_argument("--merge", nargs="+", type=Path, default=[], metavar="FILE.json")
    updating.add_argument("--replace", action="store_true", help="merge files win over words already there")
    commands.add_parser("check", help="list what is missing, broken or stale; exit 1 if anything is")
    options = parser.parse_args(arguments)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    if options.command == "update":
        for remark in update(ROOT, options.merge, options.replace):
            print(remark)
        return 0
    found = list(problems(ROOT))
    for problem in found:
        print(problem)
    count = sum(1 for _ in messages(load(po_path(ROOT, "zh_CN"), "zh_CN")))
    print(f"{len(found)} problems" if found else f"{count} messages, complete in {' and '.join(LANGUAGES)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
