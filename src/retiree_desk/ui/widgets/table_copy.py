"""A table on the clipboard as Excel and WPS take it: digits stay text (DESK rank 9)."""

import html
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

_CELL = "mso-number-format:'\\@'"


def _plain(text: str) -> str:
    """One cell of tab-separated text; a line break inside keeps it one cell by quoting."""
    if any(char in text for char in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def copy_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Puts headings and rows on the clipboard as text and as HTML. Returns the rows."""
    kept = list(rows)
    lines = ["\t".join(_plain(cell) for cell in row) for row in (headings, *kept)]
    out = ["<html><head><meta charset='utf-8'></head><body><table border='1'>"]
    out.append("<tr>" + "".join(f"<th>{html.escape(text)}</th>" for text in headings) + "</tr>")
    for row in kept:
        cells = (f'<td style="{_CELL}">{html.escape(cell).replace(chr(10), "<br>")}</td>' for cell in row)
        out.append("<tr>" + "".join(cells) + "</tr>")
    out.append("</table></body></html>")
    data = QMimeData()
    data.setText("\n".join(lines) + "\n")
    data.setHtml("".join(out))
    QGuiApplication.clipboard().setMimeData(data)
    return len(kept)
