"""Files that cannot be read: one sentence each, in bounded time and memory, whatever is inside
(RELIABILITY R17).
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retiree_desk.core.errors import Cancelled, InputError
from retiree_desk.files import child_process
from retiree_desk.files.readers.limits import Limits, ReadFailure
from retiree_desk.files.watchdog import resident_bytes
from retiree_desk.files.workbook_reader import read_workbook
from tests.files.makers import data, make_xlsx

ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>张三</t></is></c></row>'
NOISE = random.Random(3).randbytes(4000)


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as told:
        read_workbook(path, limits=limits or Limits())
    sentence = str(told.value)
    assert path.name in sentence and "\n" not in sentence and told.value.exit_status == 3
    return told.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + NOISE, "not_a_workbook"),
        (b"\xff\xd8\xff\xe0" + NOISE, "not_a_workbook"),
        (b"%PDF-1.7\n1 0 obj\n", "not_a_workbook"),
        (NOISE, "not_a_workbook"),
        (b"PK\x03\x04" + NOISE, "damaged"),
        (b"PK\x05\x06" + bytes(18), "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "damaged"),
        (b"<html><body><p>" + "您的登录已超时".encode() + b"</p></body></html>", "not_a_workbook"),
        (b'<?xml version="1.0"?><config><a/></config>', "not_a_workbook"),
        (b"ID;PWXL;N;E\r\nC;X1;Y1;K1\r\n", "unsupported"),
    ],
)
def test_what_is_no_workbook_is_called_so(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.xlsx") == "file_missing"
    assert refused(tmp_path) == "file_missing"


def test_a_letter_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "信.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        package.writestr("word/document.xml", "<document><body/></document>")
    assert refused(path) == "not_a_workbook"


def test_truncated_anywhere(tmp_path: Path) -> None:
    whole = make_xlsx(tmp_path / "a.xlsx", {"表": data(ROW)}).read_bytes()
    for length in (30, len(whole) // 2, len(whole) - 10):
        path = tmp_path / "半截.xlsx"
        path.write_bytes(whole[:length])
        assert refused(path) == "damaged"


def test_xml_cut_off_inside_a_whole_zip(tmp_path: Path) -> None:
    """The package is fine, the sheet in it ends in the middle of a row: no half of it counts."""
    path = make_xlsx(
        tmp_path / "a.xlsx",
        {"表": ""},
        replace={"xl/tabs/t0.xml": f"<worksheet><sheetData>{ROW}<row r='2'><c>".encode()},
    )
    assert refused(path) == "damaged"


def test_entities_and_document_types_are_refused(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    )
    cell = "<c t='inlineStr'><is><t>&b;</t></is></c>"
    sheet = f"{bomb}<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"
    for part in ("xl/tabs/t0.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"):
        path = make_xlsx(tmp_path / "a.xlsx", {"表": data(ROW)}, replace={part: sheet.encode()})
        assert refused(path) == "damaged"
    path = tmp_path / "b.xls"
    path.write_text(f'{bomb}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>')
    assert refused(path) == "damaged"


def test_a_shared_string_that_is_not_there(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", {"表": data('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')})
    assert refused(path) == "damaged"


def _bomb(path: Path, parts: int, megabytes: int) -> Path:
    """Sheets that pack some hundred bytes but unpack to the given size each."""
    blank = b" " * (1 << 20)
    make_xlsx(path, {f"表{n}": data(ROW) for n in range(parts)})
    with zipfile.ZipFile(path) as old:
        content = {name: old.read(name) for name in old.namelist() if "tabs/" not in name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, body in content.items():
            package.writestr(name, body)
        for number in range(parts):
            with package.open(f"xl/tabs/t{number}.xml", "w", force_zip64=True) as part:
                part.write(b"<worksheet><sheetData>")
                for _ in range(megabytes):
                    part.write(blank)
                part.write(b"</sheetData></worksheet>")
    return path


def test_zip_bombs_in_one_part_and_in_many(tmp_path: Path) -> None:
    """The limits are in unpacked bytes; a small file beside large limits is read as usual."""
    small = Limits(inflated_bytes=40 << 20, part_bytes=16 << 20)
    assert refused(_bomb(tmp_path / "a.xlsx", 1, 20), small) == "too_large"
    assert refused(_bomb(tmp_path / "b.xlsx", 5, 10), small) == "too_large"
    assert len(read_workbook(_bomb(tmp_path / "c.xlsx", 2, 10), limits=small).sheets) == 2


def test_a_zip_that_lies_about_its_sizes(tmp_path: Path) -> None:
    path = _bomb(tmp_path / "a.xlsx", 1, 20)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"xl/tabs/t0.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    content[at + 24 : at + 28] = (500).to_bytes(4, "little")
    path.write_bytes(content)
    assert refused(path) == "damaged"


def test_too_many_rows_columns_and_parts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in range(1, 60):
        for column in range(1, 6):
            book.active.cell(row, column, row)
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx", Limits(rows=50)) == "too_many_rows"
    assert refused(tmp_path / "a.xlsx", Limits(columns=4)) == "too_many_columns"
    assert refused(tmp_path / "a.xlsx", Limits(parts=5)) == "too_large"
    assert len(read_workbook(tmp_path / "a.xlsx", limits=Limits(rows=59, columns=5)).sheets[0].rows) == 59


def _many_rows(path: Path, rows: int) -> Path:
    cells = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>某某小区{letter}</t></is></c>' for letter in "ABCDEFGH"
    )
    return make_xlsx(path, {"表": data(*(f'<row r="{n}">{cells}</row>' for n in range(1, rows + 1)))})


def test_more_memory_than_allowed(tmp_path: Path) -> None:
    """The child, not the program, runs out of memory."""
    strings = "".join(f"<si><t>{n:0>200}</t></si>" for n in range(400_000))
    path = make_xlsx(tmp_path / "a.xlsx", {"表": data(ROW)}, strings=strings)
    assert refused(path, Limits(memory_bytes=120 << 20)) in ("too_large", "child_died")


def test_too_slow_and_cancelled_within_a_second(tmp_path: Path) -> None:
    path = _many_rows(tmp_path / "a.xlsx", 30_000)
    began = time.monotonic()
    assert refused(path, Limits(seconds=0.05)) == "too_slow"
    assert time.monotonic() - began < 1
    stop = threading.Event()

    def seen(_rows: int, _share: float) -> None:
        nonlocal began
        if not stop.is_set():
            began = time.monotonic()
            stop.set()

    with pytest.raises(Cancelled):
        read_workbook(path, cancelled=stop.is_set, on_progress=seen)
    assert time.monotonic() - began < 1


def test_progress_tells_rows_and_share(tmp_path: Path) -> None:
    told: list[tuple[int, float]] = []
    read_workbook(
        _many_rows(tmp_path / "a.xlsx", 3_500), on_progress=lambda rows, share: told.append((rows, share))
    )
    assert [rows for rows, _share in told] == [1000, 2000, 3000, 3500]
    assert all(0 < share <= 1 for _rows, share in told)


# -- children that die, hang or talk


def _abort(_connection: object) -> None:
    import os

    os.abort()


def _panic(connection: object) -> None:
    from retiree_desk.files.readers import child, sniff

    class PanicException(BaseException):
        """What a Rust reader raises: no Exception."""

    def panic(*_: object) -> None:
        raise PanicException("张三 990105195503120019")

    sniff.open_source = panic  # type: ignore[assignment]
    child.read(connection, "x", None, Limits().plain(), True)  # type: ignore[arg-type]


def _leave(_connection: object) -> None:
    return


@pytest.mark.parametrize(
    ("work", "code"), [(_abort, "child_died"), (_panic, "damaged"), (_leave, "child_died")]
)
def test_a_child_that_breaks_is_one_code_and_never_takes_us_along(
    work: Callable[..., None], code: str
) -> None:
    with pytest.raises(ReadFailure) as told:
        list(child_process.messages(work, (), Limits()))
    assert told.value.code == code and "张三" not in told.value.detail


def test_the_watchdog_sees_memory() -> None:
    assert (resident_bytes(__import__("os").getpid()) or 0) > 10 << 20
    assert resident_bytes(2**22 - 1) is None


def test_reading_works_from_a_script_without_a_main_guard(tmp_path: Path) -> None:
    """Spawn would run such a script again in the child, and in the child's child."""
    make_xlsx(tmp_path / "a.xlsx", {"表": data(ROW)})
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            """
            import sys
            print("started")
            from retiree_desk.files.workbook_reader import read_workbook
            print(read_workbook(sys.argv[1]).sheets[0].rows[0].cells[1].encode("unicode_escape").decode())
            """
        )
    )
    ran = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "a.xlsx")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout.split(), ran.stderr) == (0, ["started", "\\u5f20\\u4e09"], "")


def test_the_child_loads_nothing_it_does_not_need(tmp_path: Path) -> None:
    """Its start is part of every import: no libraries, no words, no core."""
    code = (
        "import sys, retiree_desk.files.readers.child, retiree_desk.files.readers.sniff, "
        "retiree_desk.files.readers.xlsx; "
        "print([m for m in sys.modules if m.startswith('retiree_desk') and '.files' not in m and '.' in m "
        "or m in ('openpyxl', 'xlrd', 'PySide6', 'sqlalchemy', 'msoffcrypto', 'python_calamine', 'gettext')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"


# -- mutants


def _seeds() -> list[bytes]:
    made = openpyxl.Workbook()
    for row in range(1, 8):
        for column, value in enumerate(["张三", 1955.1, "=A1", True, "990105195503120019"], 1):
            made.active.cell(row, column, value)
    first, second = io.BytesIO(), io.BytesIO()
    made.save(first)
    old = xlwt.Workbook()
    for row in range(8):
        old.add_sheet(f"表{row}").write(row, 0, "张三")
    old.save(second)
    html = "<html><table><tr><td rowspan=2>姓名<td>张三</tr><tr><td x:num='5'>5</table></html>".encode("gbk")
    xml = (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        b'<Worksheet Name="a">'
        b'<Table><Row><Cell><Data Type="Number">5</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    return [first.getvalue(), second.getvalue(), html, xml, "姓名,工号\r\n张三,7\r\n".encode("gbk")]


SEEDS = _seeds()


def _survives(folder: Path, content: bytes) -> None:
    """Read, or refused in one sentence with a code: nothing else may happen."""
    path = folder / "mutant.xls"
    path.write_bytes(content)
    try:
        read_workbook(path, limits=Limits(seconds=20))
    except InputError as error:
        assert "mutant.xls" in str(error) and error.code != "child_died"


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, len(SEEDS) - 1),
    edits=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=8),
    cut=st.floats(0.2, 1),
)
def test_mutants_are_read_or_refused(
    tmp_path: Path, seed: int, edits: list[tuple[float, bytes]], cut: float
) -> None:
    content = bytearray(SEEDS[seed])
    for place, written in edits:
        at = int(place * len(content))
        content[at : at + len(written)] = written
    _survives(tmp_path, bytes(content[: max(1, int(cut * len(content)))]))


@pytest.mark.slow
def test_ten_thousand_mutants_are_read_or_refused(tmp_path: Path) -> None:
    """The bar of RELIABILITY R17, with flipped bytes, cuts and repeated pieces; also inside the parts of
    a zip.
    """
    chance = random.Random(11)
    for number in range(10_000):
        content = bytearray(SEEDS[number % len(SEEDS)])
        if content.startswith(b"PK") and chance.random() < 0.7:
            content = bytearray(_mutated_part(bytes(content), chance))
        else:
            _mutate(content, chance)
        _survives(tmp_path, bytes(content) or b"x")


def _mutate(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 9)):
        at = chance.randrange(len(content) + 1)
        how = chance.randrange(4)
        if how == 0:
            content[at : at + 1] = bytes([chance.randrange(256)])
        elif how == 1:
            del content[at : at + chance.randrange(1, 60)]
        elif how == 2:
            content[at:at] = content[at : at + chance.randrange(1, 400)]
        else:
            content[at : at + 8] = chance.choice(
                [b"</row>", b"<c>", b"99999999", b"&#0;", b"]]>", b"\0\0\0\0", b'"']
            )


def _mutated_part(content: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            body = bytearray(old.read(name))
            if name == chosen:
                _mutate(body, chance)
            new.writestr(name, bytes(body))
    return made.getvalue()
