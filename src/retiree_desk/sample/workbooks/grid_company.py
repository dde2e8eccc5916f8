"""State Grid's 退休人员个人信息明细表: titles, a merged header of two levels, totals and signatures."""

from __future__ import annotations

from random import Random

from retiree_desk.sample import cells as c
from retiree_desk.sample import columns as k
from retiree_desk.sample.material import OFFICE_NAME
from retiree_desk.sample.person import Person
from retiree_desk.sample.sheets import Col, Entry, Filler, Sheet, Workbook, lay_traps

TRAPS = (
    "id:typed_number",
    "id:apostrophe",
    "id:backtick",
    "id:blanks",
    "id:fifteen_number",
    "id:check",
    "id:lower_x",
    "name:wide_blank",
    "name:zero_width",
    "name:deceased",
    "birth:other",
    "started:october",
    "started:lost_october",
    "started:words",
    "politics:unknown",
    "remark:deceased",
)
BASE, PARTY, OTHER, CONTACT = "基础信息", "党组织关系", "其他信息", "其他联系人"


def make(people: list[Person], rng: Random, year: int) -> Workbook:
    """One sheet; the group titles in its first column repeat nothing that the rows do not say."""
    workbook = Workbook("grid_company_two_level.xlsx")
    sheet = Sheet("明细表")
    workbook.sheets.append(sheet)
    filler = Filler(workbook, sheet, columns(), rng)
    filler.titles(
        "退休人员个人信息明细表", f"填报单位：{OFFICE_NAME}        填报日期：{year}年10月        单位：人、元"
    )
    filler.header()
    laid = lay_traps(rng, people, TRAPS)
    half = (len(people) + 1) // 2
    for number, (person, traps) in enumerate(zip(people, laid, strict=True)):
        if number == half:
            filler.blank_row()
            filler.repeat_header()
        row = filler.person(person, traps)
        row[0] = c.Num(float(number + 1))
        sheet.rows[-1].cells = row
    filler.line("合计", f"{len(people)}人")
    filler.line("制表人：李静", None, None, "审核人：高志远", None, None, "负责人：")
    return workbook


def columns() -> list[Col]:
    """37 columns in four groups, between 序号 and 备注."""
    return [
        Col(("序号",), k.empty(), 6),
        Col((BASE, "姓名"), k.name()),
        Col((BASE, "身份证号码"), k.id_number(), 21),
        Col((BASE, "性别"), k.sex(), 6),
        Col((BASE, "籍贯"), k.ditto("native_place"), 16),
        Col((BASE, "民族"), k.ditto("nation", "〃"), 8),
        Col((BASE, "出生年月"), k.birth()),
        Col((BASE, "政治面貌"), k.choice("politics")),
        Col((BASE, "最高学历"), k.plain_text("education")),
        Col((BASE, "资格职称"), k.plain_text("prof_title")),
        Col((BASE, "参加工作时间"), k.work_started()),
        Col((BASE, "退休年月"), k.dated("retired_on", finest="month", two_digit=True)),
        Col((BASE, "退休时单位及岗位"), _unit_and_post, 24),
        Col((BASE, "退休时职务（职级）"), k.plain_text("post"), 14),
        Col((BASE, "联系电话"), k.phones(), 28),
        Col((BASE, "社保关系所在地"), k.plain_text("pension_place"), 18),
        Col((BASE, "户口所在地址"), k.plain_text("hukou_address"), 26),
        Col((BASE, "现居住地详细地址"), k.plain_text("home_address"), 30),
        Col((BASE, "接收地"), k.plain_text("handover_place"), 14),
        Col((PARTY, "入党时间"), k.dated("party_joined")),
        Col((PARTY, "党组织关系所在地"), k.custom(f"{PARTY}/党组织关系所在地", _party_place), 18),
        Col((PARTY, "党费月缴额(元)"), k.custom_number(f"{PARTY}/党费月缴额(元)", _dues), 12),
        Col((PARTY, "党费缴至年月"), k.dated("dues_paid_until", finest="month")),
        Col((OTHER, "婚姻状况"), k.custom(f"{OTHER}/婚姻状况", lambda e: "已婚" if e["spouse_name"] else "")),
        Col(
            (OTHER, "劳模情况标识"), k.labels({"MODEL_PROVINCE": "省部级劳模", "MODEL_COMPANY": "企业级劳模"})
        ),
        Col(
            (OTHER, "特殊人群标示"),
            k.labels(
                {
                    "NO_FAMILY": "孤寡",
                    "EMPTY_NEST": "空巢",
                    "DIBAO": "低保",
                    "KOREAN_WAR": "抗美援朝",
                    "VETERAN": "退役军人",
                }
            ),
            16,
        ),
        Col((OTHER, "是否有子女在系统工作"), k.custom(f"{OTHER}/是否有子女在系统工作", _children), 12),
        Col((OTHER, "档案存放地"), k.plain_text("archive_place"), 18),
        Col((OTHER, "档案册数"), k.number_text("archive_volumes"), 8),
        Col((CONTACT, "姓名"), k.plain_text("emergency_contact")),
        Col((CONTACT, "关系"), k.plain_text("emergency_relation"), 8),
        Col((CONTACT, "电话"), k.phone("emergency_phone"), 14),
        Col(("备注",), k.remark(), 24),
    ]


def _unit_and_post(entry: Entry) -> c.Cell:
    """原单位 and post in one cell, which stays whole."""
    whole = entry["former_unit"] + entry["post"]
    if whole:
        entry.told["former_unit"] = whole
    return whole or None


def _party_place(entry: Entry) -> str:
    return "示例石油公司离退休党委" if entry.person.is_member else ""


def _dues(entry: Entry) -> str:
    return str(5 + entry.person.index % 30) + ".5" if entry.person.is_member else ""


def _children(entry: Entry) -> str:
    return "是" if entry.person.index % 5 == 0 else "否"
