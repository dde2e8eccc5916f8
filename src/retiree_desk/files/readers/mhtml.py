"""Workbooks saved as a "single file web page" (.mht, often named .xls): HTML inside a mail message."""

from __future__ import annotations

import email
from email.message import Message

from retiree_desk.files.readers import text as texts
from retiree_desk.files.readers.html import HtmlSource
from retiree_desk.files.readers.limits import Budget, ReadFailure


def open_mhtml(content: bytes, budget: Budget) -> HtmlSource:
    """The tables of all its HTML parts, with the formats of its style sheets."""
    styles: list[str] = []
    pages: list[str] = []
    encoding, broken = "", False
    for part in email.message_from_bytes(content).walk():
        kind = part.get_content_type()
        if kind not in ("text/html", "text/css"):
            continue
        body = _body(part)
        decoded, encoding, lost = texts.decode(body, texts.declared(body) or _charset(part))
        broken = broken or lost
        if kind == "text/css":
            styles.append(f"<style>{decoded}</style>")
        elif "<table" in decoded.lower():
            pages.append(decoded)
    if not pages:
        raise ReadFailure("not_a_workbook")
    source = HtmlSource("".join(styles + pages), encoding, broken, budget)
    source.kind = "mhtml"
    return source


def _body(part: Message) -> bytes:
    body = part.get_payload(decode=True)
    return body if isinstance(body, bytes) else b""


def _charset(part: Message) -> str:
    return texts.declared(f"charset={part.get_content_charset() or ''}".encode("ascii", "replace"))
