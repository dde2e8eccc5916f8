"""Words in a box: whole where they can be, smaller where they must be, never lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from retiree_desk.files.pdf.fitting import FLOOR, balanced, fit, squeezed, wrap
from retiree_desk.files.pdf.fonts import font_book

ANYTHING = st.text(
    st.sampled_from("王伟建国阿不都·热合曼,。、()（）:12389-#A Zf 号楼单元𠮷㐱\n"), max_size=60
)


def width(text: str, size: float) -> float:
    return font_book().width(text, size)


@settings(deadline=None)  # the first example reads the fonts
@given(ANYTHING, st.floats(2, 20))
def test_no_character_is_lost_and_no_line_too_long(text: str, ems: float) -> None:
    lines = wrap(text, ems)
    assert "".join("".join(lines).split()) == "".join(text.split())
    # A mark that may not begin a line goes with the character before it, two or three together at most.
    assert all(width(line, 1) <= max(ems, 2) + 3 for line in lines)


@settings(deadline=None)  # the first example reads the fonts
@given(ANYTHING, st.floats(20, 120), st.floats(12, 40))
def test_a_box_that_cannot_grow_holds_all_words(text: str, room: float, height: float) -> None:
    fitted = squeezed(text, room, height, 10.5)
    assert fitted.height <= height + 0.01
    assert "".join("".join(fitted.lines).split()) == "".join(text.split())


def test_a_phone_shrinks_before_it_is_torn() -> None:
    fitted = fit("13800001234(女儿)", 50, 30, 10)
    assert fitted.lines == ("13800001234", "(女儿)")
    assert width("13800001234", fitted.size) <= 50


def test_a_short_name_shrinks_a_little_before_it_breaks() -> None:
    assert fit("欧阳建国", 40, 30, 10.5).lines == ("欧阳建国",)


def test_a_long_name_breaks_after_its_dots() -> None:
    assert fit("买买提·吐尔逊·阿不都热合曼", 50, 24, 10.5).lines == ("买买提·吐尔逊·", "阿不都热合曼")


def test_no_line_begins_with_a_closing_mark() -> None:
    for ems in range(3, 12):
        lines = wrap("独居,困难(较重);上次、家属接待。今年已慰问:春节", ems)
        assert not [line for line in lines if line[0] in ",;、。:)"]


def test_a_long_reason_grows_the_row_at_a_size_that_can_be_read() -> None:
    fitted = fit("本人患病" * 30, 110, 20, 9.5)
    assert fitted.size >= FLOOR
    assert fitted.height > 20


def test_lines_of_a_heading_are_about_equal() -> None:
    assert balanced(fit("被走访人(家属)签字", 62, 30, 9)).lines == ("被走访人", "(家属)签字")
