"""What argparse says, in the language spoken: its own sentences are English and cannot be given in."""

import re

from retiree_desk.i18n import N_, _

# The sentences of argparse that a wrong command line can bring about, and ours for them.
_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (?P<names>.+)", N_("What is missing: {names}")),
    (r"unrecognized arguments: (?P<names>.+)", N_("Not understood: {names}")),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<names>.+)\)",
        N_("{name}: {value} is none of {names}"),
    ),
    (r"argument (?P<name>.+?): invalid \w+ value: (?P<value>.+)", N_("{name}: {value} is no number")),
    (r"argument (?P<name>.+?): expected (at least )?\w+ arguments?", N_("{name} needs a value")),
    (r"argument (?P<name>.+?): ignored explicit argument .+", N_("{name} takes no value")),
    (
        r"ambiguous option: (?P<name>.+?) could match (?P<names>.+)",
        N_("{name} can mean several options: {names}"),
    ),
    (r"argument (?P<name>.+?): (?P<message>.+)", N_("{name}: {message}")),  # our own words for a value
)
_HEADINGS = (
    ("usage:", N_("usage:")),
    ("positional arguments:", N_("what to give:")),
    ("options:", N_("options:")),
    ("show this help message and exit", N_("show this help")),
)


def sentence(message: str) -> str:
    """An error of argparse in the language spoken; one that is not known stays as it is."""
    for pattern, words in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _(words).format(**found.groupdict())
    return message


def help_page(text: str) -> str:
    """A help page with its headings in the language spoken."""
    for heading, words in _HEADINGS:
        start = r"^(\s*-h, --help\s+)" if heading.startswith("show") else "^()"
        text = re.sub(start + heading, r"\g<1>" + _(words), text, flags=re.MULTILINE)
    return text
