"""Tables as text: csv with comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from retiree_desk.files.readers.limits import Budget
from retiree_desk.files.readers.source import PlainCell, PlainRow, SheetSource, Source

_DELIMITERS = (",", "\t", ";")
_SAMPLE_RECORDS = 60
# The apostrophe that our own csv (and others) set before what a spreadsheet would take for a formula.
_ARMOURED = re.compile(r"'[ \n\r\ufeff\u200b\u3000\xa0]*[=+\-@\t\r＝＋－＠]")
_FIELD_LIMIT = 1 << 20


class DelimitedSource(Source):
    """A text file as one sheet without a name."""

    def __init__(self, text: str, encoding: str, broken: bool, budget: Budget) -> None:
        super().__init__("csv", budget)
        self.encoding = encoding
        self._text = text
        self._broken = broken
        self.delimiter = guess_delimiter(self._text)
        self._sheet = _DelimitedSheet(self._text, self.delimiter)

    def sheets(self) -> Iterator[SheetSource]:
        """The one sheet."""
        yield self._sheet

    def share(self) -> float:
        """Characters read of all characters."""
        return self._sheet.position() / max(1, len(self._text))

    def notes(self) -> list[str]:
        """ "broken_characters" where bytes were left that the encoding does not explain."""
        return ["broken_characters"] if self._broken else []


class _DelimitedSheet(SheetSource):
    def __init__(self, text: str, delimiter: str) -> None:
        super().__init__("")
        self._text = text
        self._stream = io.StringIO(text, newline="")
        self._delimiter = delimiter

    def position(self) -> int:
        return self._stream.tell()

    def rows(self) -> Iterator[PlainRow]:
        """The filled rows; a number is the line where the record starts (records may hold line ends)."""
        lines = _lines(self._stream)
        if _quotes_end(self._text, self._delimiter):
            csv.field_size_limit(_FIELD_LIMIT)
            reader = csv.reader(lines, delimiter=self._delimiter)
        else:
            csv.field_size_limit(len(self._text) + 1)
            reader = csv.reader(lines, delimiter=self._delimiter, quoting=csv.QUOTE_NONE)
        before = 0
        for record in reader:
            cells: dict[int, PlainCell] = {
                column: _plain(value)
                for column, value in enumerate(record, 1)
                if value and value != "\x1a" and not value.isspace()
            }
            if cells:
                yield before + 1, False, cells
            before = reader.line_num


def _plain(value: str) -> str:
    """A field as a spreadsheet shows it; `="007"` is how exporters keep Excel from making it a number."""
    if value.startswith('="') and value.endswith('"') and len(value) > 3:
        value = value[2:-1].replace('""', '"')
    elif value.startswith("'") and _ARMOURED.match(value):
        value = value[1:]
    return value.removesuffix("\x1a").replace("\r\n", "\n")


def guess_delimiter(text: str) -> str:
    """The delimiter that cuts the first records into the most columns alike; the comma where nothing is
    cut.
    """
    best, best_score = ",", 0.0
    sample = text[: 1 << 18]
    for delimiter in _DELIMITERS:
        widths: list[int] = []
        try:
            for record in csv.reader(_lines(io.StringIO(sample, newline="")), delimiter=delimiter):
                if any(record):
                    widths.append(len(record))
                if len(widths) >= _SAMPLE_RECORDS:
                    break
        except csv.Error:
            continue
        if not widths or max(widths) < 2:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        # A title row above the table is one field: what counts is how many records have the usual width.
        score = (
            widths.count(usual) / len(widths) * min(usual, 20) if usual > 1 else sum(widths) / len(widths) - 1
        )
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _lines(stream: io.StringIO) -> Iterator[str]:
    """Lines as the csv reader counts them; a form feed or other odd separators end none."""
    return iter(stream.readline, "")


def _quotes_end(text: str, delimiter: str) -> bool:
    """Whether every quoted field ends: one stray quotation mark would otherwise swallow the rest of the
    file.
    """
    if '"' not in text:
        return True
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        for _record in csv.reader(_lines(io.StringIO(text, newline="")), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" not in str(error) and "field larger" not in str(error)
    return True
