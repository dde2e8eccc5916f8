"""Problem rows go back to the personnel department in their own layout, with the reasons beside them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import xlwt
from openpyxl.styles import Font

from retiree_desk.files.problem_rows import RowProblem, mark_problems
from retiree_desk.files.workbook_reader import cell_format, cell_text, read_workbook
from retiree_desk.i18n import _


def _source(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet["A1"] = "某某公司花名册"
    sheet.merge_cells("A1:C1")
    sheet.append(["姓名", "身份证号", "出生年月"])
    for number in range(20):
        sheet.append([f"王{number}", f"9901051955031200{number:02}", 1955.1])
        sheet.cell(number + 3, 3).number_format = "0.00"
    sheet["A5"].font = Font(italic=True)
    sheet["A5"].value, sheet["A5"].data_type = "=1+1", "s"
    sheet.column_dimensions["B"].width = 33
    book.create_sheet("无关")["A1"] = "x"
    book.save(path)
    return path


PROBLEMS = [
    RowProblem("花名册", 5, "身份证号校验码不对", 2),
    RowProblem("花名册", 9, "退休时间不是月份", 3),
    RowProblem("花名册", 5, "姓名缺失", 1),
]


def test_an_xlsx_keeps_its_layout(tmp_path: Path) -> None:
    source, out = _source(tmp_path / "a.xlsx"), tmp_path / "问题数据反馈表.xlsx"
    before = source.read_bytes()
    assert mark_problems(source, out, PROBLEMS, header_rows={"花名册": [2]}) == 2
    assert source.read_bytes() == before
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["花名册"]
    sheet = book["花名册"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["某某公司花名册", None, None, None],
        ["姓名", "身份证号", "出生年月", _("Problem reason")],
        ["=1+1", "990105195503120002", 1955.1, "身份证号校验码不对；姓名缺失"],
        ["王6", "990105195503120006", 1955.1, "退休时间不是月份"],
    ]
    assert sheet["D3"].font.color.rgb == "FFC00000"
    assert sheet["A3"].font.italic and sheet["A3"].data_type == "s" and sheet["C3"].number_format == "0.00"
    assert sheet["B3"].fill.fgColor.rgb == "FFFFE0E0" and sheet["B4"].fill.fgColor.rgb != "FFFFE0E0"
    assert sheet.column_dimensions["B"].width == 33
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:C1"]
    again = read_workbook(out).sheets[0].rows
    assert [cell_text(again[3].cells[3]), cell_format(again[3].cells[3])] == ["1955.10", "0.00"]


def test_without_header_rows_the_sheet_is_kept_whole(tmp_path: Path) -> None:
    mark_problems(_source(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", PROBLEMS)
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["花名册"]
    assert sheet.max_row == 22 and sheet["D5"].value and sheet["D6"].value is None


def test_other_kinds_keep_their_cells(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("花名册")
    for column, title in enumerate(["姓名", "出生年月", "工号"]):
        sheet.write(0, column, title)
    for row in range(1, 6):
        sheet.write(row, 0, f"=王{row}")
        sheet.write(row, 1, 20149, xlwt.easyxf(num_format_str="yyyy.mm"))
        sheet.write(row, 2, "007")
    book.save(str(tmp_path / "a.xls"))
    out = tmp_path / "b.xlsx"
    mark_problems(tmp_path / "a.xls", out, [RowProblem("花名册", 4, "不对", 2)], header_rows={"花名册": [1]})
    rows = read_workbook(out).sheets[0].rows
    assert [cell_text(cell) for cell in rows[1].cells.values()] == ["=王3", "1955-03", "007", "不对"]
    assert len(rows) == 2


def test_a_csv_becomes_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("姓名,工号\n张三,007\n李四,008\n".encode("gbk"))
    out = tmp_path / "b.xlsx"
    mark_problems(tmp_path / "a.csv", out, [RowProblem("", 3, "工号用过两次")], header_rows={"": [1]})
    rows = read_workbook(out).sheets[0].rows
    assert [list(row.cells.values()) for row in rows] == [
        ["姓名", "工号", _("Problem reason")], ["李四", "008", "工号用过两次"],
    ]  # fmt: skip
