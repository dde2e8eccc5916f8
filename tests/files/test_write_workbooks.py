"""Workbooks and csv handed out: laid out as OFFICE 4.4, and nothing in them is anything but what it says."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retiree_desk.core.columns import Kind
from retiree_desk.core.errors import UserError
from retiree_desk.files.workbook_reader import cell_text, read_workbook
from retiree_desk.files.workbook_writer import TableColumn, TableSheet, clean_text, write_csv, write_table

COLUMNS = (
    TableColumn("姓名", width=7.8, align="distributed"),
    TableColumn("身份证号", Kind.CODE, 16),
    TableColumn("出生年月", Kind.DATE, 8, align="center"),
    TableColumn("姓名", width=5, group="紧急联系人"),
    TableColumn("电话", Kind.CODE, 8, group="紧急联系人"),
    TableColumn("金额", Kind.MONEY, 9),
    TableColumn("备注", width=3),
)
ROWS = (
    ("张三", "990105195503120019", "1955-03-12", "李四", "013900000000", "3800050", ""),
    ("欧阳娜", "99010519550312002X", "1955-10", "", "", "", "无"),
    ("王五", "", "1955", "", "", "0", "=1+1"),
    ("赵六", "", "1899-05-06", "", "", "x", "+86 139"),
)

PAYLOADS = [
    "=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "\n=1+1", "＝1+1",
    "＋1", "－1", "＠SUM(1)", '=HYPERLINK("http://example.invalid","x")', "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "\ufeff=1+1", "\u200b=1", "=A1", "+cmd", "-cmd", "@", "=", "+", "-", "http://example.invalid/",
    "mailto:a@example.invalid",
    "internal:Sheet1!A1", "file:///etc/passwd", "1955.10", "007", "1E5", "990105195503120019", "TRUE", "#N/A",
    "'=1+1", "{=1+1}", "=;", "\x00=1+1", '","=1+1', "a\n=1+1",
]  # fmt: skip


def _sheet(**more: str) -> TableSheet:
    return TableSheet(columns=COLUMNS, rows=iter(ROWS), name="花名册", **more)


def test_the_layout_of_the_roster(tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"
    report = write_table(
        path,
        _sheet(
            title="某某公司 离退休职工花名册",
            left="填报单位(盖章):",
            centre="截止日期:2026年10月31日",
            right="共 4 人",
            total="合计 4 人",
            paper="A3",
            footer_left="A&B",
        ),
    )
    assert report.rows == 4 and not report.notes
    sheet = openpyxl.load_workbook(path)["花名册"]
    assert sheet["A1"].value == "某某公司 离退休职工花名册" and sheet["A1"].font.size == 18
    assert [sheet.cell(2, column).value for column in (1, 3, 6)] == [
        "填报单位(盖章):", "截止日期:2026年10月31日", "共 4 人",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3]] == [
        "姓名", "身份证号", "出生年月", "紧急联系人", None, "金额", "备注",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[4]] == [None, None, None, "姓名", "电话", None, None]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:G1", "D3:E3", "A3:A4", "G3:G4"} <= merged
    assert all(area.min_row <= 4 for area in sheet.merged_cells.ranges)
    assert sheet.freeze_panes == "A5" and sheet.auto_filter.ref == "A4:G8"
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 8
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert [cell.value for cell in sheet[9]] == [None] * 7
    assert sheet["A10"].value == "合计 4 人" and sheet.max_row == 10
    assert sheet.column_dimensions["B"].width >= 16 and sheet.column_dimensions["G"].width >= 4


def test_codes_are_text_and_only_full_dates_are_dates(tmp_path: Path) -> None:
    """A real date would invent a day, 1955.10 as a number would become January (OFFICE R23)."""
    path = tmp_path / "a.xlsx"
    write_table(path, _sheet())
    sheet = openpyxl.load_workbook(path)["花名册"]
    assert sheet["B3"].value == "990105195503120019" and sheet["B3"].number_format == "@"
    assert sheet["E3"].value == "013900000000"
    assert sheet["B5"].number_format == "@"  # empty cells, too: what is typed there stays text
    assert sheet["C3"].value == datetime(1955, 3, 12) and sheet["C3"].number_format == "yyyy.mm.dd"
    assert [sheet.cell(row, 3).value for row in (4, 5, 6)] == ["1955.10", "1955", "1899.05.06"]
    assert sheet["F3"].value == 38000.5 and sheet["F3"].number_format == "#,##0.00"
    assert sheet["F6"].value == "x"
    assert sheet["A3"].alignment.horizontal == "distributed" and sheet["A3"].value == "张三"
    assert sheet["G5"].value == "=1+1" and sheet["G5"].data_type == "s" and sheet["G5"].quotePrefix


def test_what_was_written_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, _sheet(title="花名册", total="合计"))
    sheet = read_workbook(path).sheets[0]
    assert [cell_text(cell) for cell in sheet.rows[3].cells.values()] == [
        "张三", "990105195503120019", "1955-03-12", "李四", "013900000000", "38000.5",
    ]  # fmt: skip
    assert sheet.rows[-1].number == 9 and sheet.rows[-1].cells == {1: "合计"}


def test_no_payload_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(
        path, TableSheet((TableColumn("备注"), TableColumn("工号", Kind.CODE)), [(p, p) for p in PAYLOADS])
    )
    with zipfile.ZipFile(path) as package:
        body = b"".join(package.read(name) for name in package.namelist())
    assert not re.search(rb"<f[ />]|<hyperlink", body)
    rows = read_workbook(path).sheets[0].rows[1:]
    for payload, row in zip(PAYLOADS, rows, strict=True):
        assert row.cells[1] == row.cells[2] == clean_text(payload)[0]
    styled = openpyxl.load_workbook(path).active
    for number, payload in enumerate(PAYLOADS, 2):
        if payload.strip("\t\r\n \ufeff\u200b")[:1] in tuple("=+-@＝＋－＠"):
            assert styled.cell(number, 1).quotePrefix


def test_csv_payloads_and_phone_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(
        path,
        TableSheet(
            (TableColumn("备注", group="组"), TableColumn("月", Kind.DATE)),
            [(p, "1955-10") for p in PAYLOADS],
        ),
    )
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    header, *rows = csv.reader(io.StringIO(content[3:].decode(), newline=""))
    assert header == ["组/备注", "月"] and {row[1] for row in rows} == {"1955-10"}
    for row in rows:
        bare = row[0].lstrip(" \t\r\n\ufeff\u200b")
        assert not bare.startswith(tuple("=@＝＠")) and not (bare[:1] in "+-" and bare[1:2].isalpha())
    write_csv(path, TableSheet((TableColumn("电话"),), [("+86 139-0000-0000",), ("-",), ("-5.5",)]))
    assert path.read_text("utf-8-sig").split() == ["电话", "+86", "139-0000-0000", "-", "-5.5"]


def test_what_no_cell_can_hold_is_cut_or_cleaned_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [("长" * 40_000,), ("𪛗" * 20_000,), ("甲\x00\x0b乙\ud800\uffff",), ("好",)]
    report = write_table(path, TableSheet((TableColumn("备注"),), rows, name="表"))
    assert [(note.row, note.column, note.code) for note in report.notes] == [
        (2, "备注", "cut"), (3, "备注", "cut"), (4, "备注", "cleaned"),
    ]  # fmt: skip
    cells = [row.cells[1] for row in read_workbook(path).sheets[0].rows[1:]]
    assert cells == ["长" * 32_767, "𪛗" * 16_383, "甲乙", "好"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=30))
def test_any_text_can_be_written_and_comes_back(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, TableSheet((TableColumn("备注"),), [(text,) for text in texts]))
    found = {row: sheet_row[0] for row, sheet_row in enumerate(openpyxl.load_workbook(path).active.values, 1)}
    for number, text in enumerate(texts, 2):
        expected = clean_text(text)[0]
        if "_x" not in expected:  # openpyxl leaves Excel's own escapes in the text
            assert (found.get(number) or "") == expected
    write_csv(tmp_path / "a.csv", TableSheet((TableColumn("备注"),), [(text,) for text in texts]))


def test_sheet_names_are_made_valid_and_different(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    column = (TableColumn("姓名"),)
    names = ["一[支]部:*?/\\", "一[支]部:*?/\\", "很长" * 30, ""]
    write_table(path, *(TableSheet(column, [], name=name) for name in names))
    made = openpyxl.load_workbook(path).sheetnames
    assert len(set(made)) == 4 and all(0 < len(name) <= 31 for name in made)


def test_a_failing_row_leaves_the_old_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, _sheet())
    before = path.read_bytes()
    with pytest.raises(ValueError):
        write_table(path, TableSheet(COLUMNS, [("只有一列",)]))
    assert path.read_bytes() == before and [entry.name for entry in tmp_path.iterdir()] == ["a.xlsx"]
    with pytest.raises(UserError):
        write_table(tmp_path / "没有" / "a.xlsx", _sheet())


def test_a_date_that_does_not_exist_stays_as_it_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(
        path,
        TableSheet((TableColumn("出生", Kind.DATE),), [("1955-02-30",), ("不详",), (str(date(1900, 1, 1)),)]),
    )
    values = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True)]
    assert values[:2] == ["1955-02-30", "不详"] and isinstance(values[2], datetime)
