"""HTML tables that call themselves .xls, as web systems of personnel departments send them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from retiree_desk.files.readers.formats import is_date_format
from retiree_desk.files.readers.limits import Budget, ReadFailure
from retiree_desk.files.readers.source import ListedSheet, PlainCell, PlainRow, SheetSource, Source

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]{0,30})((?:\"[^\"]{0,20000}+\"|'[^']{0,20000}+'|[^<>\"'])*+)>")
_SKIPPED = re.compile(
    r"<!--(?!\[if).*?-->|<!\[(?:if|endif)[^>]*>|<!--\[if[^>]*>.*?<!\[endif\]-->|<(script|title)\b.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_STYLE_BLOCK = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]*)\}")
_CLASS = re.compile(r"\.([\w-]+)")
_NUMBER_FORMAT = re.compile(
    r"""mso-number-format\s*:\s*("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^;]+)""", re.IGNORECASE
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hidden\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_CSS_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6} ?|.)")
_SHEET_NAME = re.compile(r"<x:Name>(.*?)</x:Name>", re.IGNORECASE | re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAKS = {"br", "p", "div", "li"}
_MOST_SPAN = 2_000

_NAMED_FORMATS = {
    "general": "", "text": "@", "short date": "yyyy/m/d", "medium date": "d-mmm-yy",
    "long date": 'yyyy"年"m"月"d"日"',
    "general date": "yyyy/m/d h:mm", "fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%",
}  # fmt: skip


class HtmlSource(Source):
    """All tables of a document that hold something, each as a sheet; tables inside cells belong to the
    cell's text.
    """

    def __init__(self, text: str, encoding: str, broken: bool, budget: Budget) -> None:
        super().__init__("html", budget)
        self.encoding = encoding
        self._broken = broken
        names = [html.unescape(name).strip() for name in _SHEET_NAME.findall(text[: 1 << 20])]
        formats = _class_formats(text)
        hidden = _hidden_classes(text)
        text = _STYLE_BLOCK.sub("", _SKIPPED.sub("", text))
        tables = _Tables(text, formats, hidden, budget).found
        if not tables:
            raise ReadFailure("not_a_workbook")
        self._sheets: list[SheetSource] = []
        for number, table in enumerate(tables):
            plain = f"Table {number + 1}" if len(tables) > 1 else ""
            sheet = ListedSheet(names[number] if len(names) == len(tables) else plain, table.rows)
            sheet.merges = table.merges
            sheet.hidden_ranges = [(column, column) for column in sorted(table.hidden_columns)]
            self._sheets.append(sheet)

    def sheets(self) -> Iterator[SheetSource]:
        """The tables in the order of the document."""
        return iter(self._sheets)

    def notes(self) -> list[str]:
        """ "broken_characters" where bytes were left that the encoding does not explain."""
        return ["broken_characters"] if self._broken else []


class _Table:
    def __init__(self) -> None:
        self.rows: list[PlainRow] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_columns: set[int] = set()
        self.columns = 0
        self.row = 0
        self.row_hidden = False
        self.column = 0
        self.cells: dict[int, PlainCell] = {}
        self.reserved: dict[int, int] = {}  # column -> last row that a cell from above reaches

    def open_row(self, hidden: bool) -> None:
        self.close_row()
        self.row += 1
        self.row_hidden = hidden
        self.column = 0

    def place(self, across: int, down: int) -> int:
        """The column of the next cell, past those that reach down from above; its span is reserved."""
        if not self.row:
            self.open_row(False)
        column = self.column + 1
        while self.reserved.get(column, 0) >= self.row:
            column += 1
        self.column = column + across - 1
        if across > 1 or down > 1:
            self.merges.append((self.row, column, self.row + down - 1, column + across - 1))
        if down > 1:
            for reached in range(column, column + across):
                self.reserved[reached] = self.row + down - 1
        return column

    def close_row(self) -> None:
        if self.cells:
            self.rows.append((self.row, self.row_hidden, self.cells))
            self.cells = {}


class _Tables:
    """Goes through the document tag by tag; tags that HTML lets one leave out (`</td>`, `</tr>`) may be
    missing.
    """

    def __init__(self, text: str, formats: dict[str, str], hidden: set[str], budget: Budget) -> None:
        self.found: list[_Table] = []
        self._text = text
        self._formats = formats
        self._hidden = hidden
        self._budget = budget
        self._table: _Table | None = None
        self._depth = 0
        self._cell: tuple[int, str] | None = None  # column, number attributes
        self._parts: list[str] = []
        self._walk()

    def _walk(self) -> None:
        at = 0
        for number, match in enumerate(_TAG.finditer(self._text)):
            if number % 100_000 == 0:
                self._budget.inflate(0, 0)  # looks at the clock
            if self._cell is not None and match.start() > at:
                self._parts.append(_BLANKS.sub(" ", self._text[at : match.start()]))
            at = match.end()
            closing, tag, attributes = match[1], match[2].lower(), match[3]
            if closing:
                self._end(tag)
            else:
                self._start(tag, attributes)
        self._end_table()

    def _start(self, tag: str, attributes: str) -> None:
        if tag == "table":
            if self._cell is not None:
                self._depth += 1
                return
            self._end_table()
            self._table = _Table()
        elif tag in _BREAKS and self._cell is not None:
            self._parts.append("\n")
        elif self._table is None or self._depth:
            return
        elif tag == "tr":
            self._end_cell()
            self._table.open_row(bool(_HIDDEN.search(attributes)) or 'height="0"' in attributes)
        elif tag in ("td", "th"):
            self._end_cell()
            found = _attributes(attributes) if attributes else {}
            across, down = _span(found.get("colspan")), _span(found.get("rowspan"))
            self._cell = self._table.place(across, down), self._number_of(found)
            self._parts = []
        elif tag == "col":
            found = _attributes(attributes)
            span = _span(found.get("span"))
            if (
                _HIDDEN.search(attributes)
                or found.get("class", "") in self._hidden
                or found.get("width") == "0"
            ):
                first = self._table.columns + 1
                self._table.hidden_columns.update(range(first, first + span))
            self._table.columns += span

    def _end(self, tag: str) -> None:
        if tag == "table":
            if self._depth:
                self._depth -= 1
            else:
                self._end_table()
        elif self._depth:
            return
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag in ("p", "div", "li") and self._cell is not None:
            self._parts.append("\n")

    def _end_cell(self) -> None:
        if self._cell is None or self._table is None:
            return
        (column, number), self._cell = self._cell, None
        text = html.unescape("".join(self._parts)).replace("\xa0", " ")
        lines = [line.strip() for line in text.split("\n")]
        text = "\n".join(line for line in lines if line)
        if number:
            value, _bar, code = number.partition("|")
            self._table.cells[column] = ("d" if is_date_format(code) else "n", value, code)
        elif text:
            self._table.cells[column] = text

    def _end_table(self) -> None:
        self._end_cell()
        if self._table is not None:
            self._table.close_row()
            if self._table.rows:
                self.found.append(self._table)
        self._table = None

    def _number_of(self, found: dict[str, str]) -> str:
        """ "number|format" where the cell carries its number apart from what it shows (x:num), else "".

        A cell without one stays text, whatever it looks like: an ID number in HTML still has all its digits.
        """
        value = found.get("x:num", "")
        try:
            float(value)
        except ValueError:
            return ""
        style = _NUMBER_FORMAT.search(found.get("style", ""))
        if style:
            code = _format_code(style[1])
        else:
            code = next((self._formats[c] for c in found.get("class", "").split() if c in self._formats), "")
        return "" if code == "@" else f"{value}|{code}"


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(text)}


def _span(text: str | None) -> int:
    return min(max(1, int(text)), _MOST_SPAN) if text and text.strip().isdecimal() else 1


def _class_formats(text: str) -> dict[str, str]:
    formats: dict[str, str] = {}
    for block in _STYLE_BLOCK.findall(text):
        for selector, body in _RULE.findall(block):
            match = _NUMBER_FORMAT.search(body)
            if match:
                formats.update(dict.fromkeys(_CLASS.findall(selector), _format_code(match[1])))
    return formats


def _hidden_classes(text: str) -> set[str]:
    hidden: set[str] = set()
    for block in _STYLE_BLOCK.findall(text):
        for selector, body in _RULE.findall(block):
            if _HIDDEN.search(body):
                hidden.update(_CLASS.findall(selector))
    return hidden


def _format_code(css: str) -> str:
    """A number format out of CSS: `"yyyy\\/mm\\/dd"` and names such as `"Short Date"`."""
    code = _CSS_ESCAPE.sub(_css_character, css.strip().strip("\"'"))
    return _NAMED_FORMATS.get(code.lower(), code)


def _css_character(match: re.Match[str]) -> str:
    written = match[1].strip()
    if len(written) > 1:
        number = int(written, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
    return match[1]
