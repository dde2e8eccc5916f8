"""Workbooks of the .xlsx kind: what a clerk sees in them is what is read."""

from __future__ import annotations

import random
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles.numbers import is_date_format as openpyxl_is_date
from python_calamine import CalamineWorkbook

from retiree_desk.files.workbook_reader import (
    Cell,
    Sheet,
    cell_date,
    cell_format,
    cell_is_date,
    cell_kind,
    cell_number,
    cell_text,
    is_bool,
    is_error,
    is_unknown_formula,
    read_workbook,
)
from tests.files.makers import STRICT_MAIN, STRICT_RELS, data, make_xlsx


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {(row.number, column): cell_text(cell) for row in sheet.rows for column, cell in row.cells.items()}


def one_row(path: Path, *cells: str, **more: Any) -> dict[int, Cell]:
    book = read_workbook(make_xlsx(path, {"表": data(f'<row r="1">{"".join(cells)}</row>')}, **more))
    return book.sheets[0].rows[0].cells


def _sample(path: Path) -> Path:
    """A few hundred cells of every kind, as openpyxl writes them."""
    chance = random.Random(7)
    book = openpyxl.Workbook()
    for number in range(3):
        sheet = book.active if number == 0 else book.create_sheet(f"支部{number}")
        sheet.cell(1, 1, "花名册")
        sheet.merge_cells("A1:E1")
        for row in range(3, 60):
            if row % 11 == 0:
                continue
            for column in range(1, 9):
                kind = chance.randrange(9)
                cell = sheet.cell(row, column)
                if kind == 0:
                    cell.value = chance.choice(
                        ["张三", "欧阳 娜", " 前后空 ", "a&b<c>\"d'", "多\n行", "𪛗字", "=1+1 文本"]
                    )
                    cell.data_type = "s"
                elif kind == 1:
                    cell.value = chance.randrange(-5000, 5000)
                elif kind == 2:
                    cell.value = chance.random() * 1000
                elif kind == 3:
                    cell.value = date(
                        chance.randrange(1901, 2030), chance.randrange(1, 13), chance.randrange(1, 29)
                    )
                    cell.number_format = chance.choice(
                        ["yyyy-mm-dd", "yyyy.mm", 'yyyy"年"m"月"', "yyyy/m/d;@"]
                    )
                elif kind == 4:
                    cell.value = f"9901{chance.randrange(10**13, 10**14)}"
                    cell.number_format = "@"
                elif kind == 5:
                    cell.value = chance.choice([True, False])
                elif kind == 6:
                    cell.value = chance.choice(["#N/A", "#REF!"])
                elif kind == 7:
                    cell.value = datetime(2024, 5, 6, 8, 30)
    book.save(path)
    return path


def test_values_equal_those_of_two_other_readers(tmp_path: Path) -> None:
    """Every cell that openpyxl and calamine find is found, with the same value, and no other."""
    path = _sample(tmp_path / "样本.xlsx")
    book = read_workbook(path)
    others = openpyxl.load_workbook(path, data_only=True)
    fast = CalamineWorkbook.from_path(str(path))
    assert [sheet.name for sheet in book.sheets] == others.sheetnames == fast.sheet_names
    for sheet in book.sheets:
        theirs = {
            (cell.row, cell.column): cell
            for row in others[sheet.name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        ours = {(row.number, column): cell for row in sheet.rows for column, cell in row.cells.items()}
        assert ours.keys() == theirs.keys()
        rows = fast.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        for place, cell in ours.items():
            value, quick = theirs[place].value, rows[place[0] - 1][place[1] - 1]
            if isinstance(value, bool):
                assert is_bool(cell) and cell_text(cell) == str(value).upper() and quick is value
            elif isinstance(value, datetime | date):
                assert cell_is_date(cell) and openpyxl_is_date(cell_format(cell))
                assert cell_date(cell) == (value.date() if isinstance(value, datetime) else value)
                assert (quick.date() if isinstance(quick, datetime) else quick) == cell_date(cell)
            elif isinstance(value, int | float):
                assert cell_number(cell) == pytest.approx(value, abs=0) == quick
            elif theirs[place].data_type == "e":
                assert is_error(cell) and cell_text(cell) == value
            else:
                assert cell == value == quick


def test_number_formats_tell_october_from_january_and_months_from_days(tmp_path: Path) -> None:
    """1955.10 typed as a number is 1955.1; only its format still shows October (domain.md 3, rows 5 and
    6).
    """
    cells = one_row(
        tmp_path / "a.xlsx",
        '<c r="A1" s="1"><v>1955.1</v></c><c r="B1" s="2"><v>20149</v></c><c r="C1" s="3"><v>20149</v></c>',
        '<c r="D1" s="4"><v>20149</v></c><c r="E1" s="5"><v>42</v></c><c r="F1" s="6"><v>0.35416666</v></c>',
        '<c r="G1" s="7"><v>20149</v></c><c r="H1"><v>1955.1</v></c>',
        formats=["0.00", "yyyy\\.mm", "id:27", "id:31", "000000", "h:mm", "[$-804]yyyy&quot;年&quot;;@"],
    )
    assert [cell_text(cell) for cell in cells.values()] == [
        "1955.10", "1955-03", "1955-03", "1955-03-01", "000042", "08:30", "1955", "1955.1",
    ]  # fmt: skip
    assert [cell_is_date(cell) for cell in cells.values()] == [
        False,
        True,
        True,
        True,
        False,
        False,
        True,
        False,
    ]
    assert cell_format(cells[1]) == "0.00" and cell_number(cells[1]) == 1955.1


def test_a_long_number_keeps_every_digit_the_file_holds(tmp_path: Path) -> None:
    """An ID number stored as a number is shown in full, never as 9.9E+17, so that it can be called
    damaged.
    """
    cells = one_row(
        tmp_path / "a.xlsx",
        '<c r="A1"><v>990105195503120020</v></c><c r="B1"><v>9.9010519550312E+17</v></c>',
        '<c r="C1"><v>20.0</v></c>',
        '<c r="D1"><v>0.10000000000000001</v></c><c r="E1" t="s"><v>0</v></c>',
        strings="<si><t>99010519550312002X</t></si>",
    )
    shown = [cell_text(cell) for cell in cells.values()]
    assert shown == ["990105195503120020", "990105195503120000", "20", "0.1", "99010519550312002X"]
    assert [cell_kind(cell) for cell in cells.values()] == ["n", "n", "n", "n", "s"]


def test_the_year_1904_flag(tmp_path: Path) -> None:
    path = make_xlsx(
        tmp_path / "a.xlsx",
        {"表": data('<row r="1"><c r="A1" s="1"><v>18687</v></c></row>')},
        formats=["yyyy-mm-dd"],
        book_attributes='date1904="1"',
    )
    book = read_workbook(path)
    cell = book.sheets[0].rows[0].cells[1]
    assert book.date1904
    assert cell_text(cell, book.date1904) == "1955-03-01"
    assert cell_date(cell, book.date1904) == date(1955, 3, 1)
    assert cell_text(cell) == "1951-02-28"


def test_hidden_rows_columns_and_sheets_are_read_and_marked(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>张三</t></is></c><c r="B1"><v>1</v></c></row>'
    path = make_xlsx(
        tmp_path / "a.xlsx",
        {
            "看得见": '<cols><col min="2" max="16384" hidden="1" width="9"/></cols>'
            + data(row, row.replace('r="1"', 'r="2" hidden="1"').replace("A1", "A2").replace("B1", "B2")),
            "藏起": data(row),
            "深藏": data(row),
        },
        states={"藏起": "hidden", "深藏": "veryHidden"},
    )
    book = read_workbook(path)
    seen, hidden, buried = book.sheets
    assert [(r.number, r.hidden) for r in seen.rows] == [(1, False), (2, True)]
    assert seen.hidden_columns == {2}
    assert (hidden.state, hidden.total_rows, len(hidden.rows)) == ("hidden", 1, 1)
    assert (buried.state, buried.total_rows, buried.rows) == ("very_hidden", 0, [])
    left_out = read_workbook(path, hidden=False).sheets[1]
    assert (left_out.total_rows, left_out.rows) == (1, [])


def test_rich_text_is_joined_and_phonetic_guides_are_left_out(tmp_path: Path) -> None:
    cells = one_row(
        tmp_path / "a.xlsx",
        *(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCDE")),
        '<c r="F1" t="inlineStr"><is><r><t>王</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 五</t></r>'
        "</is></c>",
        strings="<si><t>平</t></si><si><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r></si>"
        '<si><t>渡边</t><rPh sb="0" eb="2"><t>ワタナベ</t></rPh><phoneticPr fontId="1"/></si>'
        "<si><t>一_x000D_\n二_x005F_x0041_</t></si><si><t>   </t></si>",
    )
    assert cells == {1: "平", 2: "张三", 3: "渡边", 4: "一\r\n二_x0041_", 6: "王 五"}


def test_errors_booleans_and_formulas_without_a_value(tmp_path: Path) -> None:
    """A formula nobody has computed is unknown, not empty; one that gives the empty text is empty."""
    path = make_xlsx(
        tmp_path / "a.xlsx",
        {
            "表": data(
                '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c><c r="B1" t="b"><v>1</v></c>',
                '<c r="C1"><f>A2+1</f></c><c r="D1"><f>B2</f><v></v></c><c r="E1"><f>1+1</f><v>2</v></c>',
                '<c r="F1" t="str"><f>G1&amp;"x"</f><v>张&amp;三</v></c>',
                '<c r="G1" t="str"><f>""</f><v></v></c></row>',
            )
        },
    )
    book = read_workbook(path)
    cells = book.sheets[0].rows[0].cells
    assert is_error(cells[1]) and cell_text(cells[1]) == "#DIV/0!"
    assert is_bool(cells[2]) and cell_text(cells[2]) == "TRUE"
    assert is_unknown_formula(cells[3]) and is_unknown_formula(cells[4]) and cell_text(cells[3]) == ""
    assert cell_number(cells[5]) == 2 and cells[6] == "张&三" and 7 not in cells
    assert book.notes == ["formulas"] and book.sheets[0].formulas == 5


def test_merged_areas_and_a_lying_dimension(tmp_path: Path) -> None:
    path = make_xlsx(
        tmp_path / "a.xlsx",
        {
            "表": '<dimension ref="A1:B2"/>'
            + data(*(f'<row r="{n}"><c r="C{n}"><v>{n}</v></c></row>' for n in range(1, 40)))
            + '<mergeCells count="2"><mergeCell ref="A1:C2"/><mergeCell ref="AA7:AB9"/></mergeCells>'
        },
    )
    sheet = read_workbook(path).sheets[0]
    assert len(sheet.rows) == 39
    assert sheet.merges == [(1, 1, 2, 3), (7, 27, 9, 28)]


def test_two_cells_a_billion_apart_cost_nothing(tmp_path: Path) -> None:
    """The file that makes other readers ask for 512 GiB (RELIABILITY finding 1)."""
    path = tmp_path / "far.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "姓名", 7
    book.save(path)
    rows = read_workbook(path).sheets[0].rows
    assert [(row.number, list(row.cells)) for row in rows] == [(1, [1]), (1048576, [16384])]


@pytest.mark.parametrize(
    "written",
    [
        '<row r="2"><c r="A2" s="0" t="s"><v>0</v></c><c r="C2"><v>5</v></c></row>',
        '<row r="2" spans="1:3">\n  <c t="s" r="A2"><v>0</v></c>\n <c r="C2"><v> 5 </v></c>\n</row>\n',
        "<row r='2'><c r='A2' t='s'><v>0</v></c><c/><c><v>5</v></c></row>",
        '<row/><row><c t="s"><v>0</v></c><c r="C2"><v><![CDATA[5]]></v></c></row>',
        '<!-- <row r="9"><c r="A9"><v>1</v></c></row> --><row r="2"><c r="A2" t="s"><v>0</v></c>'
        '<c r="C2" cm="1">'
        "<v>&#53;</v><extLst><ext><v>9</v></ext></extLst></c></row>",
        '<row r="1"/><row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c><c r="B2" s="0"/>'
        '<c r="C2" s="0" t="n"><v>5</v></c></row>',
    ],
)
def test_the_same_row_written_in_six_ways(tmp_path: Path, written: str) -> None:
    """Programs write XML each in its own way; what it says is the same."""
    path = make_xlsx(tmp_path / "a.xlsx", {"表": data(written)}, strings="<si><t>张三</t></si>")
    assert texts(read_workbook(path).sheets[0]) == {(2, 1): "张三", (2, 3): "5"}


def test_strict_namespace_prefixes_and_a_folder_of_another_name(tmp_path: Path) -> None:
    """Sheets are found through the relationships, tags by what they mean."""
    path = make_xlsx(
        tmp_path / "a.xlsx",
        {"表": data('<row r="1"><c r="A1" s="1"><v>20149</v></c></row>')},
        main=STRICT_MAIN,
        rels=STRICT_RELS,
        folder="book",
        formats=["yyyy-mm-dd"],
    )
    assert texts(read_workbook(path).sheets[0]) == {(1, 1): "1955-03-01"}
    prefixed = (
        f'<x:worksheet xmlns:x="{STRICT_MAIN}"><x:sheetData><x:row r="3"><x:c r="B3" t="inlineStr"><x:is>'
        "<x:t>李四</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    path = make_xlsx(tmp_path / "b.xlsx", {"表": ""}, replace={"xl/tabs/t0.xml": prefixed.encode("utf-16")})
    assert texts(read_workbook(path).sheets[0]) == {(3, 2): "李四"}


def test_styled_empty_rows_to_the_end_of_the_sheet_are_no_rows(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}" ht="15"><c r="A{n}" s="0"/></row>' for n in range(2, 30_000))
    path = make_xlsx(tmp_path / "a.xlsx", {"表": data('<row r="1"><c r="A1"><v>1</v></c></row>', rows)})
    sheet = read_workbook(path).sheets[0]
    assert (len(sheet.rows), sheet.total_rows) == (1, 1)


def test_a_chart_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.create_chartsheet("图表")
    book.save(path)
    assert [(sheet.name, sheet.kind) for sheet in read_workbook(path).sheets] == [
        ("Sheet", "table"),
        ("图表", "chart"),
    ]


def test_the_suffix_does_not_matter(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "名册.xls", {"表": data('<row r="1"><c r="A1"><v>1</v></c></row>')})
    assert read_workbook(path).kind == "xlsx"
