"""Workbooks made to hurt, through the command line: refused in one sentence within the limits, the data
byte for byte as before (RELIABILITY R17). The reader's own tests are in tests/files.
"""

import os
import time
import zipfile
from pathlib import Path

import pytest

from tests.files.makers import data, make_xlsx
from tests.safety.verbs import answers, clean_folder


def _row(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip("AB", texts, strict=True)
    )
    return f'<row r="{number}">{cells}</row>'


HEAD = _row(1, "姓名", "手机") + _row(2, "张三", "13800001234")
# R17: a refusal within a minute and a gigabyte.
SECONDS, KILOBYTES = 60, 1_200_000


def xml_bomb(path: Path) -> Path:
    """Entities of entities: a thousand million times the name."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "张三">{levels}]>'
    cell = '<c r="A1" t="inlineStr"><is><t>&a9;</t></is></c>'
    sheet = f"{bomb}<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"
    return make_xlsx(path, {"表": ""}, replace={"xl/tabs/t0.xml": sheet.encode()})


def zip_bomb(path: Path) -> Path:
    """Half a megabyte that wants to be 650."""
    whole = make_xlsx(path.with_suffix(".small"), {"表": data(HEAD)})
    with (
        zipfile.ZipFile(whole) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out,
    ):
        for name in source.namelist():
            if name != "xl/tabs/t0.xml":
                out.writestr(name, source.read(name))
        with out.open("xl/tabs/t0.xml", "w", force_zip64=True) as part:
            part.write(source.read("xl/tabs/t0.xml").replace(b"</worksheet>", b""))
            for _megabyte in range(650):
                part.write(b" " * 1_000_000)
            part.write(b"</worksheet>")
    whole.unlink()
    return path


def far_cell(path: Path) -> Path:
    """Two rows and one cell in the last column of the last row."""
    last = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return make_xlsx(path, {"表": data(HEAD, last)})


def too_many_rows(path: Path) -> Path:
    """More people than any office has."""
    with path.open("w", encoding="utf-8") as out:
        out.write("姓名,工号\n")
        for number in range(260_000):
            out.write(f"张三,{number}\n")
    return path


def protected(path: Path) -> Path:
    """A workbook with a password that nobody gave."""
    from msoffcrypto.format.ooxml import OOXMLFile

    whole = make_xlsx(path.with_suffix(".small"), {"表": data(HEAD)})
    with whole.open("rb") as source, path.open("wb") as out:
        OOXMLFile(source).encrypt("秘密", out)
    whole.unlink()
    return path


def truncated(path: Path) -> Path:
    """What a broken download leaves."""
    path.write_bytes(make_xlsx(path, {"表": data(HEAD)}).read_bytes()[:-400])
    return path


def empty(path: Path) -> Path:
    """0 bytes."""
    path.write_bytes(b"")
    return path


def login_page(path: Path) -> Path:
    """What a web system sends when nobody is logged in any more."""
    path.write_text("<html><body><p>您的登录已超时,请重新登录</p></body></html>", encoding="utf-8")
    return path


CASES = {
    "xml-bomb.xlsx": xml_bomb,
    "zip-bomb.xlsx": zip_bomb,
    "rows.csv": too_many_rows,
    "protected.xlsx": protected,
    "truncated.xlsx": truncated,
    "empty.xlsx": empty,
    "login.xls": login_page,
}


def greatest_process() -> int:
    """Kilobytes of the greatest process of this run so far."""
    if os.name == "nt":
        return 0
    import resource

    return int(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


@pytest.mark.parametrize("name", CASES)
def test_refused_in_one_sentence(office: Path, tmp_path: Path, name: str) -> None:
    file = CASES[name](tmp_path / name)
    good = make_xlsx(tmp_path / "good.xlsx", {"表": data(HEAD)})
    before = office.read_bytes()
    started = time.monotonic()
    # The good one beside it is not imported either: all files are one batch.
    (answer,) = answers([("--json", "--db", office, "import", good, file)], timeout=300)
    took = time.monotonic() - started
    answer.check(3)
    assert name in answer.err
    assert office.read_bytes() == before
    assert clean_folder(office.parent) == {office.name}
    assert took < SECONDS
    assert greatest_process() < KILOBYTES
    print(f"{name}: {answer.code} after {took:.1f} s")


def test_a_cell_at_the_end_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    """calamine asks for 549 GB here and takes the process along; the people in the sheet come in."""
    file = far_cell(tmp_path / "far-cell.xlsx")
    db = tmp_path / "new.rdesk"
    imported, found = answers(
        [("--json", "--db", db, "import", file), ("--json", "--db", db, "find", "张三")]
    )
    imported.check(0, 1)
    assert '"total": 1' in found.out
    assert greatest_process() < KILOBYTES
