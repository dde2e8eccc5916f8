"""Expat with the doors shut: no document type, so no entities; names without their namespace prefix."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from retiree_desk.files.readers.limits import ReadFailure

Attributes = dict[str, str]


def make_parser(
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
    encoding: str | None = None,
) -> expat.XMLParserType:
    """A parser that calls `start` and `end` with local names.

    The same reader serves the transitional and the strict namespace of OOXML, with whatever prefixes.  A
    DOCTYPE is refused: no spreadsheet needs one, and entities are how small files grow without bound.
    `encoding` overrides the declaration in the document.
    """
    parser = expat.ParserCreate(encoding)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    local: dict[str, str] = {}

    def name_of(name: str) -> str:
        known = local.get(name)
        if known is None:
            known = name.rpartition(":")[2]
            if len(local) < 10_000:
                local[name] = known
        return known

    def on_start(name: str, attributes: Attributes) -> None:
        start(name_of(name), attributes)

    def on_end(name: str) -> None:
        end(name_of(name))

    def on_doctype(*_: object) -> None:
        raise ReadFailure("damaged", "doctype")

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.StartDoctypeDeclHandler = on_doctype
    if text is not None:
        parser.CharacterDataHandler = text
    return parser


def parse(chunks: Iterable[bytes], parser: expat.XMLParserType) -> None:
    """Feed the chunks and close the document; malformed XML is a ReadFailure."""
    for chunk in chunks:
        feed(parser, chunk)
    feed(parser, b"", True)


def feed(parser: expat.XMLParserType, chunk: bytes, final: bool = False) -> None:
    """Feed one chunk; malformed XML is a ReadFailure."""
    try:
        parser.Parse(chunk, final)
    except expat.ExpatError as error:
        raise ReadFailure("damaged", f"xml {error.code}") from error
    except LookupError as error:  # an encoding that Python does not know
        raise ReadFailure("damaged", "encoding") from error


def attribute(attributes: Attributes, local_name: str) -> str:
    """The value of an attribute that carries a prefix of the file's choice, such as `r:id`."""
    for name, value in attributes.items():
        if name == local_name or name.endswith(":" + local_name):
            return value
    return ""


def truth(value: str | None) -> bool:
    """The boolean of an XML attribute."""
    return value in ("1", "true", "on")
