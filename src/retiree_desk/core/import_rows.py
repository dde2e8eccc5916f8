"""What a row below the header is: a person, or a total, signature, group title, repeated header.

The second kind is skipped and counted (CLI.md `skipped`); a person's data without a name is rejected.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from retiree_desk.core import import_words as words
from retiree_desk.core.identity import read_id_number
from retiree_desk.core.import_tables import Block, Merge, SheetRow

# Why a row was skipped; words for them stand in core/imports.py.
TOTAL, SIGNATURE, REPEATED, GROUP, COLUMN_NUMBERS, NUMBERED, EXAMPLE = (
    "total", "signature", "repeated_header", "group_title", "column_numbers", "numbered_only", "example",
)  # fmt: skip

_TOTAL = re.compile(
    r"^[(（]?(合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|总人数|人数合计|本页合计|合计人数)|^(共|总共)\s*\d+\s*人"
    r"|^\S{1,12}(合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)\s*[:：(（]?\s*(\d+\s*[人名户]?)?\s*[)）]?$"
)
_SIGNATURE = re.compile(
    r"^(制\s*表|填\s*表|填\s*报|审\s*核|复\s*核|审\s*批|负责人|单位负责人|部门负责人|经\s*办|单位盖章|盖\s*章|说\s*明|注|备\s*注|打印|统\s*计|联系人"
    r"|联系电话|日\s*期|领\s*导|主\s*管|批\s*准|编\s*制|报\s*送|签\s*字|制单|校对|录入|单位|附注|填写说明|填表说明)[^:：]{0,8}[:：]"
    r"|^(注|说明|备注)\s*[:：\d①]|^[(（](盖章|公章)"
)
# What stands alone below a list, or where a name would: the day it was made, the page, that nothing follows.
_FOOT = re.compile(
    r"^(\d{4}|\s*)\s*年\s*\d{0,2}\s*月\s*\d{0,2}\s*[日号]$|^\d{4}[-./]\d{1,2}[-./]\d{1,2}$"
    r"|^第\s*\d+\s*页|^共\s*\d+\s*页|^[(（]?(以下空白|以下无正文|此页空白)[)）]?$"
)
_PLACE_END = re.compile(
    r"(支部|总支|党委|小组|大组|组|站|部|室|公司|单位|人员|名单|小区|社区|车间|厂|队|科|处|院|校|片区|分区|中心|局|所|名|人|类|情况|干部|职工|工人"
    r"|村|楼|栋|号)$|[:：]|^第?[一二三四五六七八九十\d]+[、.．]"
)
_DIGITS = re.compile(r"^\d+$")
_COUNT = re.compile(r"^(共)?\d+\s*[人名户]?$")
# 第二党支部（3人）
_COUNT_BEHIND = re.compile(r"\s*[(（,，:：]?\s*(共|合计|计)?\s*\d+\s*[人名户]\s*[)）]?\s*$")


@dataclass(slots=True)
class Sorted:
    """The rows of a table by kind, as positions in the sheet's list of rows."""

    people: list[int] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    hidden: int = 0
    groups: dict[int, str] = field(default_factory=dict)  # position of a group title -> its words


def sort_rows(
    rows: Sequence[SheetRow],
    block: Block,
    merges: Iterable[Merge],
    text: Callable[[Any], str],
    *,
    name_column: int,
    derived: Collection[int],
    take_hidden: bool,
) -> Sorted:
    """Sorts the rows of a block. `derived` are columns (序号, 年龄) that say nothing about a person."""
    found = Sorted()
    wide = {merge[0] for merge in merges if merge[0] == merge[2] and merge[3] - merge[1] >= 2}
    for at in range(block.start, block.end):
        row = rows[at]
        if row.hidden and not take_hidden:
            found.hidden += 1
            continue
        if at in block.repeated:
            found.skipped.append((at, REPEATED))
            continue
        name = row.cells.get(name_column)
        # Nearly every row: a plain name among other cells.
        if (
            type(name) is str and 2 <= len(name) <= 4 and len(row.cells) > 6 and row.number not in wide
            and not _TOTAL.match(name) and not name.isascii() and name not in words.BLANK_WORDS
        ):  # fmt: skip
            found.people.append(at)
            continue
        _sort_one(found, at, row, text, name_column, derived, row.number in wide)
    return found


def _sort_one(
    found: Sorted,
    at: int,
    row: SheetRow,
    text: Callable[[Any], str],
    name_column: int,
    derived: Collection[int],
    wide: bool,
) -> None:
    filled = {column: word.strip() for column, cell in row.cells.items() if (word := text(cell)).strip()}
    if not filled:
        return
    first = filled[min(filled)]
    name = filled.get(name_column, "")
    has_id = any(len(word) >= 15 and read_id_number(word).valid for word in filled.values())
    if not has_id:
        if _TOTAL.match(first) or _TOTAL.match(name):
            found.skipped.append((at, TOTAL))
            return
        if (
            _SIGNATURE.match(first)
            or (len(filled) <= 4 and any(_SIGNATURE.match(word) for word in filled.values()))
            or _FOOT.match(name or (first if len(filled) == 1 else ""))
        ):
            found.skipped.append((at, SIGNATURE))
            return
        if _is_column_numbers(filled):
            found.skipped.append((at, COLUMN_NUMBERS))
            return
        title = _group_title(filled, name_column, wide)
        if title:
            found.skipped.append((at, GROUP))
            found.groups[at] = title
            return
    if name in ("例", "示例", "样例", "例如", "范例"):
        found.skipped.append((at, EXAMPLE))
        return
    told = {column for column, word in filled.items() if column not in derived and not words.is_blank(word)}
    if not told:
        found.skipped.append((at, NUMBERED))
        return
    found.people.append(at)  # whether it has a name is told once the name is understood


def _is_column_numbers(filled: Mapping[int, str]) -> bool:
    """The row 1 2 3 4 ... (or 甲 乙 1 2 ...) below the header of a form."""
    digits = [int(word) for word in filled.values() if _DIGITS.match(word) and len(word) <= 3]
    if len(digits) < 3 or len(digits) + 3 < len(filled):
        return False
    rest = [word for word in filled.values() if not _DIGITS.match(word)]
    return digits == list(range(digits[0], digits[0] + len(digits))) and all(
        word in "甲乙丙丁" for word in rest
    )


def _group_title(filled: Mapping[int, str], name_column: int, wide: bool) -> str:
    """The words of a title that stands over a group of rows, or ''."""
    distinct = set(filled.values())
    column = min(filled)
    written = filled[column]
    first = _COUNT_BEHIND.sub("", written).rstrip(":：") or written
    others = [word for at, word in filled.items() if at != column and word != written]
    if _DIGITS.match(first) or (len(distinct) > 1 and not all(_COUNT.match(word) for word in others)):
        return ""
    if len(distinct) > 2 or not re.search(r"[^\W\d_]", first):
        return ""
    if wide:
        return first
    if name_column in filled and column == name_column:
        plain = "".join(first.split())
        looks_like_name = len(plain) <= 4 or "·" in plain or not _PLACE_END.search(plain)
        return "" if looks_like_name and not (len(plain) > 2 and _PLACE_END.search(plain)) else first
    return (
        ""
        if name_column in filled and filled[name_column] != written and not _COUNT.match(filled[name_column])
        else first
    )


def unit_of_titles(titles: Collection[str]) -> str:
    """The field whose units the titles over groups of rows name: branches, or groups looking after people."""
    words = ["".join(title.split()) for title in titles]
    if words and all("支部" in word or "党小组" in word for word in words):
        return "party_branch"
    groups = words and all(word.endswith(("大组", "行政组", "服务站", "管理站")) for word in words)
    return "admin_group" if groups else ""
