"""Finding tables in sheets as HR lays them out (domain.md 3, rows 9-13)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from retiree_desk.core.import_rows import Sorted, sort_rows
from retiree_desk.core.import_tables import Block, Merge, TableFinder


class Row(NamedTuple):
    number: int
    hidden: bool
    cells: dict[int, Any]


def sheet(*lines: str) -> list[Row]:
    """Rows from lines with | between cells; an empty line is an empty row."""
    return [
        Row(number, False, {column: text for column, text in enumerate(line.split("|"), 1) if text})
        for number, line in enumerate(lines, 1)
        if line.strip("|")
    ]


def blocks(rows: Sequence[Row], merges: Sequence[Merge] = ()) -> list[Block]:
    return TableFinder(rows, merges, str).blocks()


def sorted_rows(
    rows: list[Row], merges: Sequence[Merge] = (), derived: Sequence[int] = (1,), name: int = 2
) -> Sorted:
    (block,) = blocks(rows, merges)
    return sort_rows(rows, block, merges, str, name_column=name, derived=derived, take_hidden=False)


def test_title_rows_above_the_header_are_passed_over() -> None:
    (block,) = blocks(
        sheet("离退休人员花名册", "单位：某站||填表日期：2026年1月", "", "序号|姓名|性别", "1|张三|男")
    )
    assert block.header_rows == (4,)
    assert block.levels[2] == ("姓名",)


def test_a_two_level_header_with_merged_groups_is_joined() -> None:
    rows = sheet("明细表", "序号|基础信息||其他联系人||备注", "|姓名|性别|姓名|电话|", "1|张三|男|李四|138|x")
    merges = [(1, 1, 1, 6), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 5), (2, 6, 3, 6)]
    (block,) = blocks(rows, merges)
    assert block.header_rows == (2, 3)
    assert block.levels[4] == ("其他联系人", "姓名")
    assert block.levels[6] == ("备注",)


def test_a_name_merged_over_both_levels_belongs_to_the_header() -> None:
    rows = sheet("序号|姓名|身份证号|其他联系人||", "|||姓名|关系|电话", "1|张三|99|李四|子|138")
    merges = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 6)]
    (block,) = blocks(rows, merges)
    assert block.header_rows == (1, 2)
    assert block.levels[2] == ("姓名",)
    assert block.levels[6] == ("其他联系人", "电话")


def test_three_levels() -> None:
    rows = sheet(
        "序号|人员|||联系||",
        "|基本||||电话|",
        "|姓名|性别|民族|地址|手机|固定电话",
        "1|张三|男|汉|x|138|0459",
    )
    merges = [(1, 1, 3, 1), (1, 2, 1, 4), (2, 2, 2, 4), (1, 5, 1, 7), (2, 6, 2, 7)]
    (block,) = blocks(rows, merges)
    assert block.header_rows == (1, 2, 3)
    assert block.levels[7] == ("联系", "电话", "固定电话")


def test_groups_in_a_text_file_stand_over_the_columns_that_follow() -> None:
    (block,) = blocks(sheet("基础信息||其他联系人|", "姓名|性别|姓名|电话", "张三|男|李四|138"))
    assert block.levels[4] == ("其他联系人", "电话")


def test_a_second_header_with_other_columns_begins_another_table() -> None:
    rows = sheet(
        "工号|姓名|身份证号|电话", "1|张三|99|138", "工号|姓名|性别|学历|退休部门", "2|李四|男|高中|一队"
    )
    first, second = blocks(rows)
    assert (first.header_rows, second.header_rows) == ((1,), (3,))
    assert second.levels[5] == ("退休部门",)


def test_a_sheet_without_names_holds_no_table() -> None:
    assert blocks(sheet("费用|金额", "办公|100")) == []


def test_footers_totals_and_repeated_headers_are_no_people() -> None:
    rows = sheet(
        "序号|姓名|性别|电话|住址|备注|民族",
        "1|张三|男|138|x|y|z",
        "序号|姓名|性别|电话|住址|备注|民族",
        "2|李四|男|138|x|y|z",
        "|合计|2人",
        "总计|2",
        "制表人：王五||审核：赵六",
    )
    found = sorted_rows(rows)
    assert found.people == [1, 3]
    assert [why for _at, why in found.skipped] == ["repeated_header", "total", "total", "signature"]


def test_titles_over_groups_are_kept_for_what_they_say() -> None:
    rows = sheet("序号|姓名|性别", "第一党支部", "1|张三|男", "第二党支部|20人", "1|李四|女")
    found = sorted_rows(rows)
    assert list(found.groups.values()) == ["第一党支部", "第二党支部"]
    assert len(found.people) == 2


def test_a_row_of_column_numbers_is_skipped() -> None:
    found = sorted_rows(sheet("序号|姓名|性别|电话", "1|2|3|4", "1|张三|男|138"))
    assert [why for _at, why in found.skipped] == ["column_numbers"]


def test_prefilled_numbers_without_a_person_are_skipped() -> None:
    found = sorted_rows(sheet("序号|姓名|性别", "1|张三|男", "2", "3"))
    assert [why for _at, why in found.skipped] == ["numbered_only", "numbered_only"]


def test_a_list_of_names_alone_is_read() -> None:
    found = sorted_rows(sheet("姓名", "张三", "欧阳建国", "阿不力孜·买买提"), derived=(), name=1)
    assert len(found.people) == 3
