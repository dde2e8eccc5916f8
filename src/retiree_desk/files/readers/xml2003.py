"""SpreadsheetML 2003: the XML that calls itself .xls (Freemarker templates of personnel systems, "XML
Spreadsheet").
"""

from __future__ import annotations

from collections.abc import Iterator

from retiree_desk.files.readers import xml
from retiree_desk.files.readers.formats import is_date_format
from retiree_desk.files.readers.limits import Budget, ReadFailure
from retiree_desk.files.readers.source import ListedSheet, PlainCell, PlainRow, SheetSource, Source

_STATES = {"SheetHidden": "hidden", "SheetVeryHidden": "very_hidden"}
_NAMED_FORMATS = {
    "General": "", "General Date": "yyyy/m/d h:mm", "Short Date": "yyyy/m/d", "Medium Date": "d-mmm-yy",
    "Long Date": 'yyyy"年"m"月"d"日"', "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%",
    "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm",
}  # fmt: skip


class Xml2003Source(Source):
    """A workbook in one XML document."""

    def __init__(self, content: bytes, encoding: str, budget: Budget) -> None:
        super().__init__("xml2003", budget)
        self.encoding = encoding
        self._budget = budget
        self._styles: dict[str, str] = {"": ""}
        self._style = ""
        self._sheets: list[ListedSheet] = []
        self._sheet: ListedSheet | None = None
        self._rows: list[PlainRow] = []
        self._cells: dict[int, PlainCell] = {}
        self._row = self._column = self._table_column = 0
        self._reserved: dict[int, int] = {}
        self._hidden_row = False
        self._repeat = 1
        self._cell_style = self._type = ""
        self._formula = False
        self._inside: list[str] = []
        self._parts: list[str] = []
        self._seen = False
        parser = xml.make_parser(self._start, self._end, self._text, "utf-8")
        xml.parse((content[at : at + (1 << 20)] for at in range(0, len(content), 1 << 20)), parser)
        if not self._seen:
            raise ReadFailure("not_a_workbook")

    def sheets(self) -> Iterator[SheetSource]:
        """The worksheets in the order of the document."""
        return iter(self._sheets)

    def notes(self) -> list[str]:
        """ "formulas" where stored results were taken."""
        return ["formulas"] if any(sheet.formulas for sheet in self._sheets) else []

    def _start(self, tag: str, attributes: xml.Attributes) -> None:
        self._inside.append(tag)
        if tag == "Workbook" and len(self._inside) == 1:
            self._seen = True
        elif tag == "Style":
            self._style = xml.attribute(attributes, "ID")
        elif tag == "NumberFormat" and self._style:
            code = xml.attribute(attributes, "Format")
            self._styles[self._style] = _NAMED_FORMATS.get(code, code)
        elif tag == "Worksheet":
            self._rows = []
            self._sheet = ListedSheet(xml.attribute(attributes, "Name"), self._rows)
            self._sheets.append(self._sheet)
            self._row = self._table_column = 0
            self._reserved = {}
        elif self._sheet is None:
            return
        elif tag == "Column":
            self._open_column(self._sheet, attributes)
        elif tag == "Row":
            self._row = _number(attributes, "Index") or self._row + 1
            self._repeat = _number(attributes, "Span") + 1
            self._hidden_row = xml.attribute(attributes, "Hidden") == "1"
            self._cells = {}
            self._column = 0
            self._budget.inflate(0, 0)  # looks at the clock
        elif tag == "Cell":
            self._open_cell(self._sheet, attributes)
        elif tag == "Data" and self._inside[-2] == "Cell":  # comments hold data, too
            self._type = xml.attribute(attributes, "Type")
            self._parts = []

    def _open_column(self, sheet: ListedSheet, attributes: xml.Attributes) -> None:
        first = _number(attributes, "Index") or self._table_column + 1
        self._table_column = first + _number(attributes, "Span")
        if xml.attribute(attributes, "Hidden") == "1" or xml.attribute(attributes, "Width") == "0":
            sheet.hidden_ranges.append((first, self._table_column))

    def _open_cell(self, sheet: ListedSheet, attributes: xml.Attributes) -> None:
        column = _number(attributes, "Index")
        if not column:
            column = self._column + 1
            while self._reserved.get(column, 0) >= self._row:
                column += 1
        across, down = _number(attributes, "MergeAcross"), _number(attributes, "MergeDown")
        if across or down:
            sheet.merges.append((self._row, column, self._row + down, column + across))
        if down:
            for reached in range(column, min(column + across, column + 16_384) + 1):
                self._reserved[reached] = self._row + down
        self._here = column
        self._column = column + across
        self._cell_style = xml.attribute(attributes, "StyleID")
        self._formula = bool(xml.attribute(attributes, "Formula"))
        self._type = ""
        self._parts = []

    def _end(self, tag: str) -> None:
        self._inside.pop()
        if tag in ("Style", "Styles"):
            self._style = ""
        elif self._sheet is None:
            return
        elif tag == "Cell":
            cell = self._cell(self._sheet)
            if cell:
                self._cells[self._here] = cell
        elif tag == "Row":
            if self._cells:
                self._rows.append((self._row, self._hidden_row, self._cells))
            self._row += self._repeat - 1
        elif tag == "Visible":
            self._sheet.state = _STATES.get("".join(self._parts).strip(), "visible")
        elif tag == "Worksheet":
            self._sheet = None

    def _text(self, data: str) -> None:
        if "Data" in self._inside[-8:] and "Comment" not in self._inside[-8:]:
            self._parts.append(data)
        elif self._inside and self._inside[-1] == "Visible":
            self._parts = [data]

    def _cell(self, sheet: ListedSheet) -> PlainCell | None:
        text = "".join(self._parts)
        code = self._styles.get(self._cell_style, "")
        if self._formula:
            sheet.formulas += 1
            if not text:
                return None if self._type == "String" else ("f", "", code)
        if self._type == "Number":
            return ("d" if is_date_format(code) else "n", text.strip(), code) if text.strip() else None
        if self._type == "DateTime":
            return ("d", text.strip().removesuffix(".000"), code or "yyyy/m/d")
        if self._type == "Boolean":
            return ("b", "1" if text.strip() == "1" else "0", "")
        if self._type == "Error":
            return ("e", text.strip(), "")
        return None if text.isspace() else text or None


def _number(attributes: xml.Attributes, name: str) -> int:
    text = xml.attribute(attributes, name)
    return int(text) if text.isdecimal() and len(text) < 8 else 0
