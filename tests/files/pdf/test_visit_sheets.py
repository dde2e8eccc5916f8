"""The monthly visit sheet as a visitor takes it along (OFFICE 4.1)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from retiree_desk.files.pdf.visit_sheets import SheetPerson, VisitSheet, VisitSheetLine, write_visit_sheets
from retiree_desk.i18n import _

from .papers import IMPRINT, NAMES, boxes, overlaps, pages, squeezed


def line(number: int, **more: object) -> VisitSheetLine:
    given: dict[str, object] = {
        "people": (SheetPerson(NAMES[number % len(NAMES)], "女 81岁"),),
        "place": f"7号楼2单元{number}01",
        "phones": (f"139000{number:05}", "010-60001234(女儿)"),
        "reasons": ("独居80+(每月)", "上次 9月3日 家属接待"),
    }
    return VisitSheetLine(number, **(given | more))  # type: ignore[arg-type]


def sheet(count: int, code: str = "2026-11-03", **more: object) -> VisitSheet:
    lines = tuple(line(number) for number in range(1, count + 1))
    given: dict[str, object] = {
        "visitor": "王某",
        "area": "第三片区(1-9号楼)",
        "lines": lines,
        "check_code": "7F3A",
    }
    return VisitSheet(code=code, **(given | more))  # type: ignore[arg-type]


def written(path: Path, *sheets: VisitSheet, **more: object) -> list[str]:
    target = path / "sheets.pdf"
    count = write_visit_sheets(target, sheets, IMPRINT, year=2026, month=11, **more)  # type: ignore[arg-type]
    found = pages(target)
    assert count == len(found)
    return found


@pytest.mark.parametrize(("people", "expected"), [(1, 1), (5, 1), (6, 2), (8, 2), (13, 2), (14, 3), (24, 4)])
def test_eight_blocks_a_page_with_three_blank_ones_at_the_end(
    tmp_path: Path, people: int, expected: int
) -> None:
    found = written(tmp_path, sheet(people), summary=False)
    assert len(found) == expected
    text = squeezed("".join(found))
    for number in range(1, people + 1):
        assert f"7号楼2单元{number}01" in text
        assert f"139000{number:05}" in text
    assert all(squeezed(_("Added {n}").format(n=n)) in squeezed(found[-1]) or expected > 1 for n in (1, 2, 3))


def test_every_page_says_which_sheet_whose_and_which_page(tmp_path: Path) -> None:
    found = written(tmp_path, sheet(9), sheet(3, "2026-11-04", visitor="赵某"))
    assert len(found) == 4
    assert all(squeezed(_("Name")) in squeezed(page) for page in found[1:])
    for page, number, total, code, visitor in (
        (found[1], 1, 2, "2026-11-03", "王某"),
        (found[2], 2, 2, "2026-11-03", "王某"),
        (found[3], 1, 1, "2026-11-04", "赵某"),
    ):
        text = squeezed(page)
        assert squeezed(_("Page {page} of {pages}").format(page=number, pages=total)) in text
        assert squeezed(_("Sheet no.: {code}").format(code=code)) in text
        assert f"{code}·7F3A" in text
        assert visitor in text
        assert "李秀兰2026-10-3014:05" in text
    assert squeezed(_("Requests: {blank}").format(blank="______")) not in squeezed(found[1])
    assert squeezed(_("Requests: {blank}").format(blank="______")) in squeezed(found[2])


def test_the_summary_stands_first_and_adds_up(tmp_path: Path) -> None:
    first = sheet(9, over_80=4, living_alone=2, dependent_or_ill=1)
    second = sheet(3, "2026-11-04", visitor="", over_80=1)
    text = squeezed(written(tmp_path, first, second)[0])
    assert squeezed(_("Summary of visit tasks {year}-{month}").format(year=2026, month=11)) in text
    assert "第三片区(1-9号楼)2026-11-03299421" in text
    assert squeezed(_("Not assigned")) in text
    assert squeezed(_("Total")) + "31212521" in text


def test_a_couple_is_one_block_and_two_people(tmp_path: Path) -> None:
    couple = line(1, people=(SheetPerson("王伟", "男 82岁"), SheetPerson("李桂英", "女 80岁")))
    found = written(tmp_path, sheet(1, lines=(couple,)), summary=False)
    text = squeezed(found[0])
    assert "王伟" in text and "李桂英" in text
    assert squeezed(_("Couple, one visit")) in text
    expected = _("Area: {area}  {households} households, {people} people")
    assert squeezed(expected.format(area="第三片区(1-9号楼)", households=1, people=2)) in text


def test_people_to_ring_up_come_under_a_bar_of_their_own(tmp_path: Path) -> None:
    lines = (line(1), line(2, by_phone=True), line(3, by_phone=True))
    text = squeezed(written(tmp_path, sheet(3, lines=lines), summary=False)[0])
    bar = squeezed(_("Contact by phone"))
    assert text.count(bar) == 1
    assert text.index("7号楼2单元101") < text.index(bar) < text.index("7号楼2单元201")


def test_reasons_take_five_lines_at_most_and_then_point_to_the_card(tmp_path: Path) -> None:
    many = tuple(f"第{n}条:耳背,请大声敲门,院内有犬,先打电话再去" for n in range(1, 12))
    text = squeezed(written(tmp_path, sheet(1, lines=(line(1, reasons=many),)), summary=False)[0])
    assert "第1条" in text and "第11条" not in text
    assert squeezed(_("…see card")).strip("…") in text


@pytest.mark.parametrize("layout", ["standard", "compact", "large"])
def test_long_names_addresses_and_phones_stay_whole_in_their_block(tmp_path: Path, layout: str) -> None:
    address = "静海县大邱庄镇满井子村三区十二排四号平房(村委会西侧第二个路口进去)"
    name = "买买提·吐尔逊·阿不都热合曼·玉素甫江"
    long = line(1, people=(SheetPerson(name, "男 82岁", "1945年·7号楼"),), place=address)
    found = written(tmp_path, sheet(1, lines=(long, line(2))), summary=False, layout=layout)
    text = squeezed(found[0])
    assert name in text and address in text
    assert "010-60001234(女儿)" in text
    assert overlaps(tmp_path / "sheets.pdf") == []


@pytest.mark.parametrize(("layout", "a_page"), [("standard", 8), ("compact", 14), ("large", 6)])
def test_nothing_leaves_the_paper_or_lies_over_the_foot(tmp_path: Path, layout: str, a_page: int) -> None:
    lines = tuple(line(number, by_phone=number > a_page - 4) for number in range(1, a_page - 2))
    found = written(tmp_path, sheet(1, lines=lines), summary=False, layout=layout)
    assert len(found) == 1  # the fullest last page: a bar, all blocks, the signatures
    page = PdfReader(tmp_path / "sheets.pdf").pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    for x1, x2, y, _words in boxes(tmp_path / "sheets.pdf"):
        assert x1 >= 12 / 25.4 * 72 - 1 and x2 <= width - 12 / 25.4 * 72 + 1
        assert y <= height - 4 / 25.4 * 72
    foot = [y for _x1, _x2, y, words in boxes(tmp_path / "sheets.pdf") if words == "2026-10-30"]
    signed = [y for _x1, _x2, y, words in boxes(tmp_path / "sheets.pdf") if "____" in words]
    assert not foot or max(signed) < foot[0] - 5


def test_a_gift_planned_gives_the_column(tmp_path: Path) -> None:
    heading = squeezed(_("Gift (money, goods)"))
    assert heading not in squeezed(written(tmp_path, sheet(1), summary=False)[0])
    text = squeezed(written(tmp_path, sheet(1, lines=(line(1, gift="春节慰问金 500"),)), summary=False)[0])
    assert heading in text and "500" in text


def test_a_month_without_visits_is_one_page(tmp_path: Path) -> None:
    assert len(written(tmp_path)) == 1


def test_in_english_the_words_fit_too(tmp_path: Path, english: None) -> None:
    text = squeezed(written(tmp_path, sheet(3), summary=False)[0])
    assert "Healthlivingdifficulties" in text.replace(",", "")
    assert "Page1of1" in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_the_end_of_a_long_name_is_not_drawn_apart(tmp_path: Path) -> None:
    """阿依古丽·依明 wraps; its last two characters are no name of two characters (they stood far apart)."""
    long = line(1, people=(SheetPerson("阿依古丽·依明", "女 83岁"),))
    target = tmp_path / "sheets.pdf"
    write_visit_sheets(target, (sheet(0, lines=(long,)),), IMPRINT, year=2026, month=11, summary=False)
    left, right = next((x1, x2) for x1, x2, _base, text in boxes(target) if text.endswith("依明"))
    assert right - left < 3 * 12  # two characters of the name's 12 pt, and no blank between them
