"""The shared strings of an .xlsx workbook, and how its texts are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers.expat import XMLParserType

from retiree_desk.files.readers import xml
from retiree_desk.files.readers.limits import ReadFailure

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PREAMBLE = 1 << 16


def read_strings(chunks: Iterable[bytes]) -> list[str]:
    """All shared strings in order; rich text without its phonetic guides; texts of blanks only become ""."""
    reader = _Strings()
    for chunk in chunks:
        reader.take(chunk)
    reader.close()
    return reader.texts


def decode_text(text: str) -> str:
    """A text as Excel means it: `_x000D_` is a carriage return; blanks only are no text; NUL is dropped."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\0", "")
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "" if text.isspace() else text


def unescape(text: str) -> str:
    """Character data of XML as its text: references replaced, line ends made one."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def _referred(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2] or 0)
    if not (
        code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    ):
        raise ReadFailure("damaged", "xml reference")
    return chr(code)


class FastPath:
    """Feeds an expat parser, but takes long runs of plainly written elements past it.

    Nearly all of a workbook is thousands of rows (or strings) written the same way; a regular expression that
    accepts exactly that way reads them three times as fast as expat calling Python.  What comes before
    the first such element goes through expat, which proves that we stand directly inside the container;
    the first block that holds anything else, and all that follows it, goes through expat too.
    """

    def __init__(
        self,
        first: bytes,
        last: bytes,
        parser: XMLParserType,
        ready: Callable[[], bool],
        take: Callable[[str], bool],
    ) -> None:
        self._first = first  # the run begins behind (container) or at (element) these bytes
        self._last = last  # every element of the run ends so
        self._parser = parser
        self._ready = ready
        self._take = take
        self._held = b""
        self._mode = "head"

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the part."""
        if self._mode == "careful":
            xml.feed(self._parser, chunk)
            return
        self._held = self._held + chunk if self._held else chunk
        if self._mode == "head":
            self._open()
        if self._mode == "fast":
            self._run()

    def close(self) -> None:
        """The part has ended."""
        xml.feed(self._parser, self._held, True)
        self._held = b""

    def _open(self) -> None:
        at = self._held.find(self._first)
        if at < 0:
            if len(self._held) > _PREAMBLE:
                self._careful()
            return
        if not self._first.startswith(b"<si"):
            at += len(self._first)
        xml.feed(self._parser, self._held[:at])
        self._held = self._held[at:]
        if self._ready():
            self._mode = "fast"
        else:
            self._careful()

    def _run(self) -> None:
        cut = self._held.rfind(self._last) + len(self._last)
        if cut < len(self._last):
            if len(self._held) > 1 << 25:
                self._careful()
            return
        block, self._held = self._held[:cut], self._held[cut:]
        try:
            taken = self._take(block.decode("utf-8"))
        except UnicodeDecodeError:
            taken = False
        if not taken:
            self._held = block + self._held
            self._careful()

    def _careful(self) -> None:
        self._mode = "careful"
        held, self._held = self._held, b""
        xml.feed(self._parser, held)


class _Strings:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self._depth = 0
        self._phonetic = 0
        self._collect = False
        self._parts: list[str] = []
        self._plain_encoding = True
        self._any = False
        parser = xml.make_parser(self._start, self._end, self._text)
        parser.XmlDeclHandler = self._declared
        self._path = FastPath(
            b"<si>", b"</si>", parser, lambda: self._depth == 1 and self._plain_encoding, self._take
        )

    def take(self, chunk: bytes) -> None:
        self._any = True
        self._path.feed(chunk)

    def close(self) -> None:
        if self._any:
            self._path.close()

    def _take(self, block: str) -> bool:
        if "<!" in block:  # comments and CDATA: an end tag in them is none
            return False
        texts: list[str] = []
        add = texts.append
        for piece in block.split("</si>")[:-1]:
            if piece.startswith("<si><t>") and piece.endswith("</t>") and piece.count("<") == 3:
                text = piece[7:-4]
                if "&" in text or "\r" in text:
                    text = unescape(text)
                add("" if text.isspace() else decode_text(text) if "_x" in text else text)
                continue
            piece = piece.lstrip()
            while piece.startswith("<si/>"):
                add("")
                piece = piece[5:].lstrip()
            if not piece.startswith("<si>"):
                return False
            add(self._careful_item(piece + "</si>"))
        self.texts.extend(texts)
        return True

    def _careful_item(self, item: str) -> str:
        """One string that holds more than a single plain text."""
        inner = _Strings()
        parser = xml.make_parser(inner._start, inner._end, inner._text, "utf-8")
        xml.parse([item.encode()], parser)
        return inner.texts[0] if inner.texts else ""

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._plain_encoding = encoding is None or encoding.lower() in ("utf-8", "utf8", "us-ascii")

    def _start(self, tag: str, _attributes: xml.Attributes) -> None:
        self._depth += 1
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "t":
            self._collect = not self._phonetic

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag == "si":
            self.texts.append(decode_text("".join(self._parts)))
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "t":
            self._collect = False

    def _text(self, data: str) -> None:
        if self._collect:
            self._parts.append(data)
