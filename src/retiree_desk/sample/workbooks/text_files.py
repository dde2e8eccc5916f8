"""HR lists that are text: a GB18030 csv, a UTF-16 table, and an HTML page that is named .xls."""

from __future__ import annotations

from random import Random

from retiree_desk.sample import cells as c
from retiree_desk.sample import columns as k
from retiree_desk.sample.person import Person
from retiree_desk.sample.sheets import Col, Entry, Filler, Sheet, Workbook, lay_traps
from retiree_desk.sample.words import words_of

GBK_TRAPS = (
    "id:exponent",
    "id:text_000",
    "id:apostrophe",
    "id:tab",
    "id:check",
    "id:fifteen",
    "name:blank",
    "started:unreadable",
    "died:year",
)
UTF16_TRAPS = ("id:backtick", "id:full_width", "name:wide_blank", "sex:other")
HTML_TRAPS = ("id:tab", "id:lower_x", "id:check", "name:zero_width", "birth:other", "remark:deceased")


def make_gbk(people: list[Person], rng: Random, year: int) -> Workbook:
    """gbk.csv: groups under title rows that the branch column repeats, an identical row twice, a total."""
    del year
    workbook = Workbook("gbk.csv")
    sheet = Sheet("gbk")
    workbook.sheets.append(sheet)
    filler = Filler(workbook, sheet, _gbk_columns(), rng, plain=True)
    filler.header()
    ordered = sorted(
        people, key=lambda person: (person["party_branch"] == "", person["party_branch"], person.index)
    )
    above = ""
    number = 0
    copied = False
    for person, traps in zip(ordered, lay_traps(rng, ordered, GBK_TRAPS), strict=True):
        branch = person["party_branch"]
        if branch and branch != above:
            filler.line(branch)
        above = branch
        number += 1
        row = filler.person(person, traps)
        row[0] = str(number)
        sheet.rows[-1].cells = row
        if not copied and not traps:
            sheet.add(row, "skipped")
            copied = True
    filler.blank_row()
    filler.line("合计", f"{number}人")
    filler.line("制表：周敏", None, None, "审核：")
    return workbook


def _gbk_columns() -> list[Col]:
    return [
        Col(("编次",), k.empty()),
        Col(("人员编号",), k.plain_text("employee_no", blanks=False)),
        Col(("职工姓名",), k.name()),
        Col(("身份证件号",), k.id_number()),
        Col(("性别",), k.sex()),
        Col(("出生年月",), k.birth()),
        Col(("人员类别",), k.choice("category")),
        Col(("参工时间",), k.work_started()),
        Col(("离退休时间",), k.dated("retired_on")),
        Col(("所属支部",), k.plain_text("party_branch", blanks=False)),
        Col(("大组",), k.plain_text("admin_group", blanks=False)),
        Col(("联系电话",), k.phones()),
        Col(("家庭住址",), k.plain_text("home_address")),
        Col(("去世时间",), _died),
        Col(("银行卡号",), k.plain_text("bank_account")),
        Col(("开户行",), k.plain_text("bank_name")),
        Col(("备注",), k.remark()),
    ]


def _died(entry: Entry) -> c.Cell:
    if entry.trap("died") == "year":
        entry.told["died_on"] = "2026-09"
        entry.told["life"] = words_of("life", "DECEASED")
        return "2026年9月"
    return None


def make_utf16(people: list[Person], rng: Random, year: int) -> Workbook:
    """utf16.txt: tabs between; at its end one valid ID number under two names, for a clerk to decide."""
    del year
    workbook = Workbook("utf16.txt")
    sheet = Sheet("utf16")
    workbook.sheets.append(sheet)
    filler = Filler(workbook, sheet, _utf16_columns(), rng, plain=True)
    filler.header()
    clear, twice = (people[:-1], people[-1]) if len(people) > 2 else (people, None)
    for person, traps in zip(clear, lay_traps(rng, clear, UTF16_TRAPS), strict=True):
        filler.person(person, traps)
    if twice is not None:
        row = filler.person(twice, kind="conflict")
        other = list(row)
        other[1] = "甲乙丙"
        sheet.add(other, "conflict")
        workbook.problems["id_used_twice"] += 2
    return workbook


def _utf16_columns() -> list[Col]:
    return [
        Col(("工号",), k.plain_text("employee_no", blanks=False)),
        Col(("姓名",), k.name()),
        Col(("身份证号",), k.id_number()),
        Col(("性别",), k.sex()),
        Col(("民族",), k.plain_text("nation", blanks=False)),
        Col(("籍贯",), k.plain_text("native_place")),
        Col(("出生日期",), k.birth(finest="day")),
        Col(("文化程度",), k.plain_text("education")),
        Col(("手机",), k.phone("mobile")),
        Col(("通讯地址",), k.plain_text("home_address")),
        Col(("曾用名",), k.plain_text("former_name")),
        Col(("职级",), k.plain_text("rank")),
        Col(("现享受待遇",), k.plain_text("treatment_level")),
        Col(("兴趣爱好",), k.custom("兴趣爱好", lambda e: e.person.custom.get("兴趣爱好", ""))),
    ]


def make_html(people: list[Person], rng: Random, year: int) -> Workbook:
    """html_table.xls: a page as web systems write it when they say Excel; GBK, a title over all columns."""
    workbook = Workbook("html_table.xls")
    sheet = Sheet("html")
    workbook.sheets.append(sheet)
    filler = Filler(workbook, sheet, _html_columns(), rng, plain=True)
    filler.titles(f"离退休人员信息（{year}年导出）")
    filler.header()
    for person, traps in zip(people, lay_traps(rng, people, HTML_TRAPS), strict=True):
        filler.person(person, traps)
    filler.line("总计", f"{len(people)}")
    return workbook


def _html_columns() -> list[Col]:
    return [
        Col(("员工编号",), k.plain_text("employee_no", blanks=False)),
        Col(("人员姓名",), k.name()),
        Col(("性别",), k.sex()),
        Col(("公民身份号码",), k.id_number()),
        Col(("出生年月日",), k.birth(finest="day")),
        Col(("离退休类别",), k.choice("category")),
        Col(("原单位",), k.plain_text("former_unit")),
        Col(("原职务",), k.plain_text("post")),
        Col(("退休日期",), k.dated("retired_on")),
        Col(("移动电话",), k.phone("mobile")),
        Col(("固定电话",), k.phone("phone")),
        Col(("所属大组",), k.plain_text("admin_group", blanks=False)),
        Col(("现居住地址",), k.plain_text("home_address")),
        Col(("备注",), k.remark()),
    ]
