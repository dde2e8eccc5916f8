"""One worksheet of an .xlsx workbook as a stream of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retiree_desk.files.readers import xml
from retiree_desk.files.readers.limits import ReadFailure
from retiree_desk.files.readers.source import PlainCell, PlainRow, SheetSource
from retiree_desk.files.readers.xlsx_strings import FastPath, decode_text, unescape

_ROW = re.compile(r"\s*<row([^<>]*)>")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"([^<>]*)>'
    r'(?:<v>([^<]*)</v></c>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>'
    r"|(<f(?:[^<>]*/>|[^<>]*>[^<]*</f>))(<v>[^<]*</v>|<v ?/>)?</c>|)"
    r"|([\s\S])"
)
_CELL_ATTRIBUTES = re.compile(r'(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]{1,9})")?\s*(/?)')
_ATTRIBUTE = re.compile(r'\s+([\w:]+)="([^"<&]*)"|\s*/?$|([\s\S])')
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class _Columns(dict[str, int]):
    """Column letters to numbers from 1, each computed once."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
        self[letters] = number
        return number


_COLUMNS = _Columns()


class _Meanings(dict[str, tuple[str, str, str]]):
    """The attributes of a cell behind its reference -> (type, "n" or "d", format code).

    The type is "n" where none is given, "empty" for a closed element and "?" for attributes written
    unusually.
    """

    def __init__(self, styles: list[tuple[str, str]]) -> None:
        super().__init__()
        self._styles = styles

    def of_style(self, style: str) -> tuple[str, str]:
        """("n" or "d", format code) of a style number; the first style where none is given."""
        number = int(style) if style.isdecimal() else 0
        return self._styles[number] if number < len(self._styles) else ("n", "")

    def __missing__(self, attributes: str) -> tuple[str, str, str]:
        match = _CELL_ATTRIBUTES.fullmatch(attributes)
        if match is None:
            meaning = ("?", "n", "")
        else:
            kind = "empty" if match[3] else match[2] or "n"
            meaning = (kind, *self.of_style(match[1] or ""))
        self[attributes] = meaning
        return meaning


class XlsxSheet(SheetSource):
    """A worksheet; the size it claims for itself (`dimension`) is not looked at."""

    def __init__(
        self,
        name: str,
        state: str,
        chunks: Iterator[bytes],
        strings: list[str],
        styles: list[tuple[str, str]],
    ) -> None:
        super().__init__(name, state)
        self._chunks = chunks
        self._strings = strings
        self._meanings = _Meanings(styles)
        self._done: list[PlainRow] = []
        self._row = 0
        self._stack: list[str] = []
        self._plain_encoding = True
        self._hidden_row = False
        self._cells: dict[int, PlainCell] = {}
        self._column = 0
        self._style = self._type = ""
        self._formula = self._has_value = False
        self._phonetic = 0
        self._collect = False
        self._parts: list[str] = []

    def rows(self) -> Iterator[PlainRow]:
        """The filled rows from the top."""
        parser = xml.make_parser(self._start, self._end, self._text)
        parser.XmlDeclHandler = self._declared
        path = FastPath(
            b"<sheetData>",
            b"</row>",
            parser,
            lambda: self._stack == ["worksheet", "sheetData"] and self._plain_encoding,
            self._take,
        )
        for chunk in self._chunks:
            path.feed(chunk)
            yield from self._done
            self._done.clear()
        path.close()
        yield from self._done
        self._done.clear()

    # -- plainly written rows

    def _take(self, block: str) -> bool:
        """Read a block of whole rows; False (and nothing read) where anything is written unusually."""
        done: list[PlainRow] = []
        last, formulas = self._row, self.formulas
        for piece in block.split("</row>")[:-1]:
            begin = _ROW.match(piece)
            while begin and begin[1].endswith("/"):  # rows without cells
                place = self._place(begin[1], last)
                if place is None:
                    break
                last = place[0]
                begin = _ROW.match(piece, begin.end())
            place = self._place(begin[1], last) if begin else None
            if place is None or begin is None:
                break
            last, hidden = place
            cells = self._plain_cells(piece[begin.end() :])
            if cells is None:
                break
            if cells:
                done.append((last, hidden, cells))
        else:
            self._row = last
            self._done.extend(done)
            return True
        self.formulas = formulas
        return False

    def _place(self, attributes: str, last: int) -> tuple[int, bool] | None:
        """The number and hidden state of a row from its attributes; None where they are written unusually."""
        number, hidden = last + 1, False
        for name, value, junk in _ATTRIBUTE.findall(attributes):
            if junk:
                return None
            if name == "r":
                if not value.isdecimal():
                    return None
                number = int(value)
            elif name == "hidden":
                hidden = hidden or xml.truth(value)
            elif name == "ht":
                hidden = hidden or value in ("0", "0.0")
        return number, hidden

    def _plain_cells(self, body: str) -> dict[int, PlainCell] | None:
        """The filled cells of a row, None where a cell is written unusually."""
        cells: dict[int, PlainCell] = {}
        strings, meanings, columns = self._strings, self._meanings, _COLUMNS
        for letters, attributes, value, inline, formula, stored, junk in _CELL.findall(body):
            kind, shown, code = meanings[attributes]
            if value and kind == "s":
                try:
                    text = strings[int(value)]
                except (ValueError, IndexError):
                    raise ReadFailure("damaged", "shared string") from None
                if text:
                    cells[columns[letters]] = text
            elif value and kind == "n":
                if "&" in value:
                    return None
                cells[columns[letters]] = (shown, value, code)
            elif inline and kind == "inlineStr":
                if "&" in inline or "\r" in inline:
                    inline = unescape(inline)
                text = "" if inline.isspace() else decode_text(inline) if "_x" in inline else inline
                if text:
                    cells[columns[letters]] = text
            elif junk or kind == "?":
                return None
            elif kind == "empty":
                if value or inline or formula:
                    return None
            elif formula or value:
                text = unescape(stored[3:-4] if formula else value)
                cell = self._cell(shown, code, kind, bool(formula), bool(stored), text)
                if cell:
                    cells[columns[letters]] = cell
            else:
                return None
        return cells

    # -- the same through expat, for every other way to write it

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._plain_encoding = encoding is None or encoding.lower() in ("utf-8", "utf8", "us-ascii")

    def _start(self, tag: str, attributes: xml.Attributes) -> None:
        stack = self._stack
        depth = len(stack)
        stack.append(tag)
        if depth > 1 and stack[1] == "sheetData":
            if depth > 1_000:
                raise ReadFailure("damaged", "depth")
            self._start_in_data(tag, attributes, depth)
        elif tag == "col" and depth == 2 and stack[1] == "cols":
            if xml.truth(attributes.get("hidden")) or attributes.get("width") in ("0", "0.0"):
                first, last = attributes.get("min", ""), attributes.get("max", "")
                if first.isdecimal() and last.isdecimal():
                    self.hidden_ranges.append((int(first), int(last)))
        elif tag == "mergeCell" and depth == 2:
            first, _colon, last = attributes.get("ref", "").partition(":")
            top, low = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
            if top and low:
                self.merges.append((int(top[2]), _COLUMNS[top[1]], int(low[2]), _COLUMNS[low[1]]))

    def _start_in_data(self, tag: str, attributes: xml.Attributes, depth: int) -> None:
        if depth == 2 and tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._hidden_row = xml.truth(attributes.get("hidden")) or attributes.get("ht") in ("0", "0.0")
            self._cells = {}
            self._column = 0
        elif depth == 3 and tag == "c":
            place = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _COLUMNS[place[1]] if place else self._column + 1
            self._style, self._type = attributes.get("s", ""), attributes.get("t", "")
            self._formula = self._has_value = False
            self._parts = []
        elif tag == "f" and depth == 4:
            self._formula = True
        elif tag == "v" and depth == 4:
            self._collect = True
            self._parts = []
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "t":
            self._collect = not self._phonetic

    def _end(self, tag: str) -> None:
        stack = self._stack
        stack.pop()
        depth = len(stack)
        if depth < 2 or stack[1] != "sheetData":
            return
        if tag == "v" and depth == 4:
            self._collect = False
            self._has_value = bool(self._parts) or self._type == "str"
        elif tag == "t":
            self._collect = False
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "c" and depth == 3:
            text = "".join(self._parts)
            shown, code = self._meanings.of_style(self._style)
            cell = self._cell(shown, code, self._type or "n", self._formula, self._has_value, text)
            if cell:
                self._cells[self._column] = cell
        elif tag == "row" and depth == 2 and self._cells:
            self._done.append((self._row, self._hidden_row, self._cells))

    def _text(self, data: str) -> None:
        if self._collect:
            self._parts.append(data)

    # -- what a cell means

    def _cell(
        self, shown: str, code: str, kind: str, formula: bool, has_value: bool, text: str
    ) -> PlainCell | None:
        """The cell, None for an empty one.  `text` has its XML references resolved."""
        if formula:
            self.formulas += 1
            if not text:
                # A formula may well give the empty text; no value at all means that nobody has computed it.
                return None if kind == "str" and has_value else ("f", "", code)
        if kind in ("str", "inlineStr"):
            return decode_text(text)
        text = text.strip()
        if not text:
            return None
        if kind == "s":
            try:
                return self._strings[int(text)]
            except (ValueError, IndexError):
                raise ReadFailure("damaged", "shared string") from None
        if kind == "b":
            return ("b", "1" if text in ("1", "true") else "0", "")
        if kind == "e":
            return ("e", text, "")
        return ("d" if kind == "d" else shown, text, code)
