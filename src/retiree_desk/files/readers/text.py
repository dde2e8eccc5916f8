"""The characters of a text file: encodings as Chinese offices meet them."""

from __future__ import annotations

import codecs
import re

from retiree_desk.files.readers.limits import ReadFailure

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
#: Control characters that no text has, but a few slip in (NUL from databases); 0x1a ended files under DOS.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")
_SAMPLE = 1 << 16
_BROKEN_SHARE = 0.01


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes may be text: hardly any control characters, NULs only as UTF-16."""
    if any(head.startswith(bom) for bom, _name in _BOMS) or utf16_without_bom(head):
        return True
    return len(_BINARY.findall(head)) <= max(2, len(head) // 500)


def utf16_without_bom(head: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" where NULs stand nearly all on one side of the byte pairs, else ""."""
    sample = head[: len(head) & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 8 * even:  # not all: 一 is U+4E00
        order = "utf-16-le"
    elif even > 8 * odd:
        order = "utf-16-be"
    else:
        return ""
    try:
        text = codecs.getincrementaldecoder(order)().decode(sample)
    except UnicodeDecodeError:
        return ""
    # Any two bytes make a character: only text has line ends or separators, and hardly anything unassigned.
    usual = sum(c in "\r\n\t,; " or "\u4e00" <= c <= "\u9fff" or " " < c < "\x7f" for c in text)
    return order if usual * 10 >= len(text) * 7 else ""


def declared(head: bytes) -> str:
    """The encoding that HTML or XML declares for itself, as Python names it; "" where none is declared or
    known.
    """
    match = _DECLARED.search(head[:4096])
    if match is None:
        return ""
    name = match[1].decode("ascii").lower()
    if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030"):
        return "gb18030"  # files that say GB2312 hold GBK and more; GB 18030 reads all of it the same
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def decode(content: bytes, preferred: str = "") -> tuple[str, str, bool]:
    """The text, the encoding it is in, and whether bytes were left that it does not explain.

    Order: byte order mark, UTF-16 by its NULs, `preferred` (declared in the file), UTF-8, GB 18030.
    Where none fits throughout, the one with fewer broken characters counts, as long as they stay below
    one in a hundred.
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            return _lenient(content, [name])
    if order := utf16_without_bom(content[:_SAMPLE]):
        return _lenient(content, [order])
    candidates = ["utf-8", "gb18030"]
    if preferred and preferred not in ("utf-16", "utf-16-le", "utf-16-be"):  # has no NULs: it is none
        candidates = [preferred, *(name for name in candidates if name != preferred)]
    for name in candidates:
        try:
            return content.decode(name), name, False
        except UnicodeDecodeError:
            continue
    return _lenient(content, candidates)


def _lenient(content: bytes, names: list[str]) -> tuple[str, str, bool]:
    best: tuple[int, str, str] | None = None
    for name in names:
        text = content.decode(name, "replace")
        broken = text.count("\ufffd")
        if best is None or broken < best[0]:
            best = broken, text, name
    if best is None or best[0] > len(best[1]) * _BROKEN_SHARE:
        raise ReadFailure("not_a_workbook")
    return best[1], best[2], best[0] > 0
