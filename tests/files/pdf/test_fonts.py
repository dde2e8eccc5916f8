"""Every character is in a font or is told; what is printed copies out as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from retiree_desk.core.errors import UserError
from retiree_desk.files.pdf.fonts import SUBSTITUTE, font_book, missing_in, substituting, to_unicode_cmap
from retiree_desk.files.pdf.listing import Listing, write_listing
from retiree_desk.files.pdf.table import Column

from .papers import IMPRINT, NAMES, boxes, fonts, pages, squeezed

IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0),
)  # fmt: skip


def names_list(names: list[str]) -> Listing:
    return Listing(
        title="名单",
        columns=(Column("姓名", 30, name=True), Column("备注", 60)),
        rows=[(n, "") for n in names],
    )


def test_every_ideograph_of_the_national_standard_can_be_printed() -> None:
    characters = (chr(code) for first, last in IDEOGRAPHS for code in range(first, last + 1))
    assert font_book().missing(characters) == []


def test_words_of_the_forms_and_marks_have_glyphs() -> None:
    assert font_book().missing(["□本人 ①②③ ·×—…、《》℃㎡〇Ⅰ√●○〓￥（）“”,.%+-"]) == []


def test_what_no_font_has_is_told_each_once_in_order() -> None:
    texts = ["王\U0003abcd", "\ue863李", "王\U0003abcd\u200b\ufe00"]
    assert font_book().missing(texts) == ["\ue863", "\U0003abcd"]


def test_a_paper_with_a_missing_character_is_refused_by_name_and_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    target.write_bytes(b"old")
    paper = names_list(["王伟", "张\ue863"])
    assert missing_in(paper) == ["\ue863"]
    with pytest.raises(UserError) as refused:
        write_listing(target, paper, IMPRINT)
    assert refused.value.code == "glyph_missing"
    assert "U+E863" in refused.value.message
    assert target.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.pdf"]


def test_the_mark_stands_for_a_missing_character_where_the_clerk_wants_it(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    with substituting():
        assert write_listing(target, names_list(["张\ue863明"]), IMPRINT) == 1
    assert f"张{SUBSTITUTE}明" in squeezed(pages(target)[0])


def test_two_hundred_rare_names_copy_out_as_they_were(tmp_path: Path) -> None:
    rare = [
        "张" + chr(code) + "明"
        for first, last in IDEOGRAPHS[1:]
        for code in range(first, last, (last - first) // 34)
    ]
    assert len(rare) >= 200
    target = tmp_path / "rare.pdf"
    write_listing(target, names_list(rare), IMPRINT)
    text = squeezed("".join(pages(target)))
    assert [name for name in rare if name not in text] == []
    seen = {words for page in range(len(pages(target))) for _x1, _x2, _y, words in boxes(target, page)}
    assert not seen or [name for name in rare if name not in seen] == []


def test_all_fonts_are_embedded_subsets_and_unused_ones_are_not_there(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    write_listing(target, names_list(["王伟"]), IMPRINT)
    plain = fonts(target)
    assert plain and all(plain.values())
    assert not any("Rare" in name for name in plain)
    assert target.stat().st_size < 100_000
    write_listing(target, names_list(list(NAMES)), IMPRINT)
    assert all(fonts(target).values())
    assert any("Rare" in name for name in fonts(target))


def test_a_name_of_two_characters_stands_apart_but_copies_out_together(tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    write_listing(target, names_list(["王伟", "刘淑珍"]), IMPRINT)
    assert "王伟" in pages(target)[0]
    found = {words: x2 - x1 for x1, x2, _y, words in boxes(target)}
    if found:
        assert found["王伟"] == pytest.approx(found["刘淑珍"], abs=0.5)


def test_the_map_to_characters_has_blocks_of_a_hundred_and_surrogate_pairs() -> None:
    told = to_unicode_cmap("X", [0, *range(0x4E00, 0x4E00 + 150), 0x20BB7])
    assert "100 beginbfchar" in told and "51 beginbfchar" in told
    assert "<97> <D842DFB7>" in told
    assert "<00> <0000>" not in told
