"""The fonts of the paper: which font has which character, how wide words are, and that they copy out right.

Every face is a chain of shipped fonts (resources/fonts/README.md); a text is split into runs by the first
font of the chain that has the character. What no font has is told by `missing()` before a page is made; drawn
all the same, it becomes the mark 〓, never a box.
"""

from __future__ import annotations

import dataclasses
import gzip
import io
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal

from retiree_desk.core.errors import UserError
from retiree_desk.i18n import _
from retiree_desk.paths import resource

Face = Literal["serif", "sans"]

_SUBSTITUTING: ContextVar[bool] = ContextVar("substituting", default=False)

_FILES = {
    "serif": "NotoSerifSC-Regular.ttf",
    "sans": "NotoSansSC-Regular.ttf",
    "rare": "RetireeRareHan-Regular.ttf.gz",
}
_CHAINS: Mapping[str, tuple[str, ...]] = {
    "serif": ("serif", "sans", "rare"),
    "sans": ("sans", "serif", "rare"),
}
#: What reportlab calls our fonts, before the key.
FONT_NAME = "retiree-desk-"
#: Stands where no font has the character: the printer's mark for a sort that is lacking.
SUBSTITUTE = "〓"
#: Characters that draw nothing: joiners, marks of direction, variation selectors, byte order marks.
_INVISIBLE = frozenset(
    chr(code)
    for span in (
        range(0x00, 0x20), range(0x7F, 0xA0), (0xAD,), range(0x200B, 0x2010), range(0x2028, 0x202F),
        range(0x2060, 0x2070), range(0xFE00, 0xFE10), (0xFEFF,), range(0xE0100, 0xE01F0),
    )
    for code in span
)  # fmt: skip
#: Written with another code point but drawn as the blank of the font.
_BLANKS = {0xA0: " ", 0x2002: " ", 0x2003: "　", 0x2009: " ", 0x202F: " "}
_DRAWN_AS: dict[int, str | None] = {**{ord(character): None for character in _INVISIBLE}, **_BLANKS}
_CACHED_WIDTHS = 50_000


def drawable(text: str) -> str:
    """The text without what draws nothing (line breaks included: break lines before)."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_DRAWN_AS)


def to_unicode_cmap(font_name: str, subset: Sequence[int]) -> str:
    """The map from the codes of an embedded subset to characters, for searching and copying.

    In place of reportlab's, which writes characters beyond U+FFFF with five hex digits and over 100 lines
    a block, so that rare characters copy out wrong (LIBRARIES.md, what bites 4).
    """
    entries = [
        f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(subset)
        if character
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class _Widths(dict[str, float]):
    """Character → width in ems of one face; asks the book once for each character."""

    def __init__(self, book: FontBook, face: Face) -> None:
        super().__init__()
        self._book = book
        self._face = face

    def __missing__(self, character: str) -> float:
        key, drawn = self._book.font_of(character, self._face)
        width = float(self._book.font(key).face.getCharWidth(ord(drawn))) / 1000
        self[character] = width
        return width


class FontBook:
    """The shipped fonts, each read once and only when a character needs it."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._fonts: dict[str, Any] = {}
        self._of: dict[str, dict[str, tuple[str, str]]] = {"serif": {}, "sans": {}}
        self._ems: dict[str, _Widths] = {"serif": _Widths(self, "serif"), "sans": _Widths(self, "sans")}
        self._widths: dict[tuple[str, str], float] = {}

    def font(self, key: str) -> Any:
        """The reportlab font `serif`, `sans` or `rare`."""
        found = self._fonts.get(key)
        if found is None:
            with self._lock:
                found = self._fonts.get(key)
                if found is None:
                    found = self._fonts[key] = _read_font(key)
        return found

    def font_of(self, character: str, face: Face) -> tuple[str, str]:
        """Which font draws the character, and what it draws (the mark 〓 where no font has it)."""
        known = self._of[face]
        found = known.get(character)
        if found is None:
            found = known[character] = (
                self._search(character, face) or self._search(SUBSTITUTE, face) or (face, " ")
            )
        return found

    def _search(self, character: str, face: Face) -> tuple[str, str] | None:
        code = ord(character)
        for key in _CHAINS[face]:
            if code in self.font(key).face.charToGlyph:
                return key, character
        return None

    def runs(self, text: str, face: Face) -> list[tuple[str, str]]:
        """The text as (font, part) pairs, in order."""
        result: list[tuple[str, str]] = []
        last, part = "", ""
        for character in drawable(text):
            key, drawn = self.font_of(character, face)
            if key == last:
                part += drawn
            else:
                if part:
                    result.append((last, part))
                last, part = key, drawn
        if part:
            result.append((last, part))
        return result

    def ems(self, face: Face) -> Mapping[str, float]:
        """Character → width in ems; answers for every character."""
        return self._ems[face]

    def width(self, text: str, size: float, face: Face = "serif") -> float:
        """How wide the text is drawn, in points."""
        key = (face, text)
        ems = self._widths.get(key)
        if ems is None:
            if len(self._widths) > _CACHED_WIDTHS:
                self._widths.clear()
            ems = self._widths[key] = sum(map(self._ems[face].__getitem__, drawable(text)))
        return ems * size

    def missing(self, texts: Iterable[str]) -> list[str]:
        """The characters of the texts that no shipped font has, each once, in order of their code."""
        found: set[str] = set()
        for text in texts:
            if not text.isascii():
                found.update(text)
        found = {
            character for character in found if character not in _INVISIBLE and ord(character) not in _BLANKS
        }
        return sorted(character for character in found if self._search(character, "serif") is None)


def font_data(key: str) -> bytes:
    """A shipped font as TrueType bytes (`serif`, `sans`, `rare`): for the screen, which needs them too."""
    path = resource("fonts") / _FILES[key]
    packed = path.read_bytes()
    return gzip.decompress(packed) if path.suffix == ".gz" else packed


def _read_font(key: str) -> Any:
    """Read one shipped font, with reportlab set up for it (imported here: it costs a tenth of a second)."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts

    rl_config.useA85 = 0  # text armour for the page streams: a fifth larger and slower
    ttfonts.makeToUnicodeCMap = to_unicode_cmap
    font = ttfonts.TTFont(FONT_NAME + key, io.BytesIO(font_data(key)), asciiReadable=False)
    pdfmetrics.registerFont(font)
    return font


_book = FontBook()


def font_book() -> FontBook:
    """The fonts of this process."""
    return _book


def words_of(thing: object) -> Iterator[str]:
    """Every text in a paper: strings in dataclasses, tuples, lists and dicts, at any depth."""
    if isinstance(thing, str):
        yield thing
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from words_of(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from words_of(value)
    elif isinstance(thing, Iterable):
        for item in thing:
            yield from words_of(item)


def missing_in(*papers: object) -> list[str]:
    """The characters of whole papers that no font has: to be told before they are written."""
    return _book.missing(text for paper in papers for text in words_of(paper))


@contextmanager
def substituting() -> Iterator[None]:
    """Within it papers print 〓 for what no font has: the person was told and chose so."""
    token = _SUBSTITUTING.set(True)
    try:
        yield
    finally:
        _SUBSTITUTING.reset(token)


def refuse_missing(*papers: object) -> None:
    """Raise UserError `glyph_missing` that names what no font has; nothing is written."""
    if _SUBSTITUTING.get():
        return
    lacking = missing_in(*papers)
    if lacking:
        named = " ".join(f"{character} (U+{ord(character):04X})" for character in lacking[:10])
        raise UserError(
            "glyph_missing",
            _("No font has these characters: {characters}. Correct them, or print 〓 in their place.").format(
                characters=named
            ),
        )
