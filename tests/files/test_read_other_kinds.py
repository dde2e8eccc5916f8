"""Everything else that offices call a workbook: .xls, HTML, XML 2003, csv, .ods, files with a password."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlrd
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from retiree_desk.core.errors import InputError
from retiree_desk.files.workbook_reader import Sheet, cell_format, cell_is_date, cell_text, read_workbook


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {(row.number, column): cell_text(cell) for row in sheet.rows for column, cell in row.cells.items()}


# -- real .xls


def _xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("花名册")
    sheet.write_merge(0, 0, 0, 3, "某某公司花名册")
    for column, title in enumerate(["姓名", "出生年月", "工号", "在册"]):
        sheet.write(1, column, title)
    sheet.write(2, 0, "张三")
    sheet.write(2, 1, 20149, xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    sheet.write(2, 2, 42, xlwt.easyxf(num_format_str="00000"))
    sheet.write(2, 3, True)
    sheet.write(3, 0, "李四")
    sheet.write(3, 1, 1955.1, xlwt.easyxf(num_format_str="0.00"))
    sheet.row(3).hidden = True
    sheet.col(3).hidden = True
    other = book.add_sheet("另一支部")
    other.visibility = 1
    other.write(5, 1, 2.5)
    book.add_sheet("深藏").visibility = 2
    book.save(str(path))
    return path


def test_a_real_xls_keeps_formats_merges_and_what_is_hidden(tmp_path: Path) -> None:
    book = read_workbook(_xls(tmp_path / "a.et"))
    assert book.kind == "xls"
    first, second, third = book.sheets
    assert texts(first) == {
        (1, 1): "某某公司花名册",
        (2, 1): "姓名", (2, 2): "出生年月", (2, 3): "工号", (2, 4): "在册",
        (3, 1): "张三", (3, 2): "1955-03", (3, 3): "00042", (3, 4): "TRUE",
        (4, 1): "李四", (4, 2): "1955.10",
    }  # fmt: skip
    assert [row.hidden for row in first.rows] == [False, False, False, True]
    assert (first.merges, first.hidden_columns) == ([(1, 1, 1, 4)], {4})
    assert (second.state, texts(second)) == ("hidden", {(6, 2): "2.5"})
    assert (third.state, third.rows) == ("very_hidden", [])


def test_a_real_xls_of_1904_and_one_cut_short(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("表").write(0, 0, 18687, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(str(tmp_path / "a.xls"))
    read = read_workbook(tmp_path / "a.xls")
    assert cell_text(read.sheets[0].rows[0].cells[1], read.date1904) == "1955-03-01"
    whole = (tmp_path / "a.xls").read_bytes()
    with pytest.raises(InputError) as told:
        read_workbook(write(tmp_path / "半截.xls", whole[:700]))
    assert told.value.code in ("damaged", "not_a_workbook") and "半截.xls" in str(told.value)


# -- HTML and XML named .xls

_PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>导出</title>
<style>td{color:black} .t{mso-number-format:"\\@";} .m{mso-number-format:"yyyy\\.mm";}</style></head><body>
<table border=1><col><col style="display:none"><col>
<tr><td colspan=3>离退休人员花名册</td></tr>
<tr><td rowspan=2>姓名<td>身份证号<td>生日
<tr><td class=t>990105195503120019<td class=m x:num="20149">1955.03</tr>
<!-- <tr><td>注释</td></tr> -->
<tr style="display:none"><td>欧阳&nbsp;娜<br>备注&amp;二</td><td></td><td>1955.10</td></tr>
<tr><td><table><tr><td>内层</td></tr></table></td></tr>
</table><p>说明</p><table><tr><th>朱镕</th></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_html_named_xls(tmp_path: Path, encoding: str) -> None:
    """GBK that calls itself GB2312, and pages whose declaration is wrong: the bytes decide."""
    book = read_workbook(write(tmp_path / "导出.xls", _PAGE.encode(encoding)))
    assert book.kind == "html"
    first, second = book.sheets
    assert texts(first) == {
        (1, 1): "离退休人员花名册",
        (2, 1): "姓名", (2, 2): "身份证号", (2, 3): "生日",
        (3, 2): "990105195503120019", (3, 3): "1955-03",
        (4, 1): "欧阳 娜\n备注&二", (4, 3): "1955.10",
        (5, 1): "内层",
    }  # fmt: skip
    assert cell_is_date(first.rows[2].cells[3]) and cell_format(first.rows[2].cells[3]) == "yyyy.mm"
    assert first.merges == [(1, 1, 1, 3), (2, 1, 3, 1)]
    assert first.hidden_columns == {2} and [row.hidden for row in first.rows] == [
        False,
        False,
        False,
        True,
        False,
    ]
    assert texts(second) == {(1, 1): "朱镕"}


def test_html_with_rare_characters_of_gb18030(tmp_path: Path) -> None:
    page = "<table><tr><td>赵昇</td><td>㙍𪛗</td></tr></table>"
    book = read_workbook(write(tmp_path / "a.xls", page.encode("gb18030")))
    assert book.encoding == "gb18030" and texts(book.sheets[0]) == {(1, 1): "赵昇", (1, 2): "㙍𪛗"}


_XML = """<?xml version="1.0" encoding="GBK"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="d"><NumberFormat ss:Format="yyyy\\-mm"/></Style></Styles>
<Worksheet ss:Name="名册"><Table><Column ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">花名册</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:MergeDown="1"><Data ss:Type="String">张三</Data></Cell>
<Cell ss:StyleID="d"><Data ss:Type="DateTime">1955-03-01T00:00:00.000</Data></Cell>
<Cell ss:Formula="=1"><Data ss:Type="Number">5</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">990105195503120019</Data>
<Comment><Data>批注</Data></Comment></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="藏"><Table/><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">
<Visible>SheetVeryHidden</Visible></WorksheetOptions></Worksheet></Workbook>"""


def test_spreadsheetml_2003_named_xls(tmp_path: Path) -> None:
    book = read_workbook(write(tmp_path / "a.xls", _XML.encode("gbk")))
    first, second = book.sheets
    assert (book.kind, first.name, second.state) == ("xml2003", "名册", "very_hidden")
    assert texts(first) == {
        (1, 1): "花名册", (4, 1): "张三", (4, 2): "1955-03-01", (4, 3): "5", (5, 2): "990105195503120019",
    }  # fmt: skip
    assert cell_format(first.rows[1].cells[2]) == "yyyy\\-mm"
    assert first.merges == [(1, 1, 1, 3), (4, 1, 5, 1)] and first.hidden_columns == {1}
    assert [row.hidden for row in first.rows] == [False, False, True]


def test_a_single_file_web_page_named_xls(tmp_path: Path) -> None:
    page = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        "<table><tr><td>张三</td></tr></table>\r\n--b--\r\n"
    )
    book = read_workbook(write(tmp_path / "a.xls", page.encode("gbk")))
    assert book.kind == "mhtml" and texts(book.sheets[0]) == {(1, 1): "张三"}


# -- text

_TABLE = (
    "花名册{d}{d}\r\n姓名{d}身份证号{d}备注\r\n"
    '张三{d}990105195503120019{d}"第一行\r\n第二行"\r\n\r\n李四{d}{d}"说""好"""\r\n'
)


@pytest.mark.parametrize(
    "encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_text(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Row numbers are the lines where records start, as an editor shows them."""
    book = read_workbook(write(tmp_path / "a.csv", _TABLE.format(d=delimiter).encode(encoding)))
    assert (book.kind, book.delimiter) == ("csv", delimiter)
    assert texts(book.sheets[0]) == {
        (1, 1): "花名册",
        (2, 1): "姓名", (2, 2): "身份证号", (2, 3): "备注",
        (3, 1): "张三", (3, 2): "990105195503120019", (3, 3): "第一行\n第二行",
        (6, 1): "李四", (6, 3): '说"好"',
    }  # fmt: skip


def test_one_stray_quotation_mark_does_not_swallow_the_rest(tmp_path: Path) -> None:
    lines = ["姓名,备注", '张三,"未闭合', *(f"王{n},好" for n in range(50))]
    sheet = read_workbook(write(tmp_path / "a.csv", "\n".join(lines).encode())).sheets[0]
    assert len(sheet.rows) == 52 and sheet.rows[1].cells == {1: "张三", 2: '"未闭合'}


def test_text_made_safe_from_excel_by_a_formula_is_that_text(tmp_path: Path) -> None:
    sheet = read_workbook(write(tmp_path / "a.xls", '姓名\t工号\r\n张三\t="007"\r\n'.encode("gbk"))).sheets[0]
    assert sheet.rows[1].cells == {1: "张三", 2: "007"}


def test_stray_nul_characters_are_dropped(tmp_path: Path) -> None:
    sheet = read_workbook(write(tmp_path / "a.csv", "姓名,工号\n张三\0,007\n".encode())).sheets[0]
    assert texts(sheet) == {(1, 1): "姓名", (1, 2): "工号", (2, 1): "张三", (2, 2): "007"}


def test_a_few_broken_bytes_are_noted_and_the_rest_is_read(tmp_path: Path) -> None:
    content = "\n".join(f"张三{n},某某小区{n}号楼" for n in range(200)).encode("gbk")
    book = read_workbook(write(tmp_path / "a.csv", content.replace("张三7,".encode("gbk"), b"\xff\xff7,", 1)))
    assert book.notes == ["broken_characters"] and len(book.sheets[0].rows) == 200


# -- .ods


def test_an_ods_workbook(tmp_path: Path) -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="名册">'
        "<table:table-row/><table:table-row><table:table-cell/>"
        '<table:table-cell office:value-type="string"><text:p>张三</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="1955-03-12"><text:p>x</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="20"><text:p>20</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    book = read_workbook(path)
    assert (book.kind, book.sheets[0].name) == ("ods", "名册")
    assert texts(book.sheets[0]) == {(2, 2): "张三", (2, 3): "1955-03-12", (2, 4): "20"}


# -- passwords


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    plain, locked = tmp_path / "a.xlsx", tmp_path / "有密码.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "张三"
    book.save(plain)
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("口令1", target)
    for password, code in ((None, "encrypted"), ("口令2", "wrong_password")):
        with pytest.raises(InputError) as told:
            read_workbook(locked, password=password)
        assert told.value.code == code and "有密码.xlsx" in str(told.value)
    assert texts(read_workbook(locked, password="口令1").sheets[0]) == {(1, 1): "张三"}


def test_xls_values_equal_those_of_xlrd(tmp_path: Path) -> None:
    path = _xls(tmp_path / "a.xls")
    with xlrd.open_workbook(str(path)) as theirs:
        for sheet in read_workbook(path).sheets[:2]:
            other = theirs.sheet_by_name(sheet.name)
            filled = {
                (r + 1, c + 1)
                for r in range(other.nrows)
                for c in range(other.ncols)
                if other.cell_value(r, c) != ""
            }
            assert texts(sheet).keys() == filled
