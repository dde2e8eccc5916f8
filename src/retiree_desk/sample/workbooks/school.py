"""The 52 columns of a school's retirement office, header texts as found (domain.md 2.3).

Two header blocks: on the sheet of all people a second block of check columns stands to the right, in which
six header names occur again; on the sheet of the newly retired the header of 23 columns is on row 3.
"""

from __future__ import annotations

from random import Random

from retiree_desk.sample import cells as c
from retiree_desk.sample import columns as k
from retiree_desk.sample.person import Person
from retiree_desk.sample.sheets import Col, Entry, Filler, Sheet, Workbook, Writer, lay_traps
from retiree_desk.sample.words import words_of

KIND_OF_POST = "类别（管理、专业技术、工勤）"
TRAPS = (
    "id:typed_number",
    "id:program_number",
    "id:apostrophe",
    "id:tab",
    "id:full_width",
    "id:lower_x",
    "id:check",
    "id:fifteen",
    "name:blank",
    "name:wide_blank",
    "name:trailing",
    "birth:other",
    "sex:other",
    "birth:october",
    "started:unreadable",
    "started:lost_october",
    "started:october",
    "state:dead",
)


def make(people: list[Person], rng: Random, year: int) -> Workbook:
    """The workbook of these people; `year` is baked into the header of the age column."""
    workbook = Workbook("school_52_columns.xlsx")
    old = [person for person in people if not person.newcomer]
    new = [person for person in people if person.newcomer]
    sheet = Sheet("离退休人员")
    workbook.sheets.append(sheet)
    filler = Filler(workbook, sheet, columns(year), rng)
    filler.header()
    for person, traps in zip(old, lay_traps(rng, old, TRAPS), strict=True):
        filler.person(person, traps)
        if person.index % 23 == 3:
            filler.blank_row()
    if old:
        _add_nameless(workbook, filler, old[0])
    if new:
        _add_new_people(workbook, new, rng, year)
    return workbook


def _add_nameless(workbook: Workbook, filler: Filler, person: Person) -> None:
    """A row that holds somebody's data but nobody's name."""
    cells = filler.person(person, kind="rejected")
    for place in (2, 3, 32, 33):
        cells[place] = None
    filler.sheet.rows[-1].cells = cells
    workbook.problems["name_missing"] += 1


def _add_new_people(workbook: Workbook, people: list[Person], rng: Random, year: int) -> None:
    sheet = Sheet(f"{year}年新退休")
    workbook.sheets.append(sheet)
    filler = Filler(workbook, sheet, new_columns(), rng)
    filler.titles(f"{year}年新办理退休人员登记表")
    filler.sheet.add([None] * len(filler.columns), "title")
    filler.header()
    for person in people:
        filler.person(person)


def columns(year: int) -> list[Col]:
    """The 52 columns."""
    return [
        Col(("bi",), k.empty(), 4),
        Col(("工号",), k.plain_text("employee_no", blanks=False)),
        Col(("姓名",), k.name()),
        Col(("身份证号",), k.id_number(), 21),
        Col(("性别",), k.sex(), 6),
        Col(("民族           ",), k.ditto("nation"), 9),
        Col(("身份证提取出生年",), k.derived(lambda e: c.Num(float(e["birth"][:4]))), 9),
        Col((f"身份证{year}年 年龄",), k.derived(lambda e: c.Num(float(year - int(e["birth"][:4])))), 9),
        Col(("现居地\n（快递能送到）",), k.plain_text("home_address"), 30),
        Col(("分区",), k.plain_text("area"), 10),
        Col(("楼号",), k.plain_text("building"), 8),
        Col(("市内外",), _in_or_out, 8),
        Col(("社保卡手机号",), _card_phone, 14),
        Col(("手机",), k.phone("mobile"), 14),
        Col(("手机属性",), _phone_owner, 8),
        Col(("固定电话\n（含区号）",), k.phone("phone"), 14),
        Col(
            ("校内关系 ",),
            k.custom("校内关系", lambda e: "女儿在附属幼儿园工作" if e.person.index % 11 == 2 else ""),
            14,
        ),
        Col(("其他联系",), k.phone("emergency_phone"), 14),
        Col(("其他联系",), k.empty(), 14),
        Col(("出生年月",), k.birth()),
        Col(("参加工作时间",), k.work_started(finest="month")),
        Col(("离退休时间",), k.dated("retired_on", two_digit=True)),
        Col(
            ("退休          纪念品 领取",),
            k.custom("退休 纪念品 领取", lambda e: "已领" if e.person.index % 4 else ""),
            9,
        ),
        Col((KIND_OF_POST,), k.custom(KIND_OF_POST, _kind_of_post), 12),
        Col(("职称",), k.plain_text("prof_title")),
        Col(("职务",), k.plain_text("post")),
        Col(("政治面貌",), k.choice("politics", _POLITICS)),
        Col(("所属支部",), k.plain_text("party_branch"), 16),
        Col(("身份",), k.choice("identity")),
        Col(("原部门",), k.ditto("former_unit", "〃"), 16),
        Col(("名字不一致",), k.empty(), 9),
        Col(("备注",), k.remark(), 20),
        # The second block: the pay office's own columns, kept beside the first to check it.
        Col(("姓 名",), _again("name")),
        Col(("身份证号",), _again_id, 21),
        Col(("性别",), _again("sex"), 6),
        Col(("出生日期",), k.empty()),
        Col(("参加工作日期",), k.empty()),
        Col(("民族",), _again("nation"), 8),
        Col(("政治面貌",), _again("politics")),
        Col(("人员状态",), _state, 9),
        Col(("转正日期",), k.dated("party_full_member")),
        Col(("现岗位",), k.empty()),
        Col(("现学历",), k.plain_text("education")),
        Col(("现考核",), k.empty()),
        Col(("现执行工资",), k.custom_number("现执行工资", lambda e: e.person.custom.get("养老金", ""))),
        Col(("离休、退职",), _veteran_or_disabled, 9),
        Col(("厅级",), k.empty(), 6),
        Col(("国务院特贴",), k.mark("STATE_ALLOWANCE"), 9),
        Col(("抗美援朝",), k.mark("KOREAN_WAR"), 9),
        Col(("退役军人",), k.mark("VETERAN"), 9),
        Col(
            ("特困年度",),
            k.custom_number("特困年度", lambda e: str(year - 1) if "HARDSHIP" in e["labels"] else ""),
        ),
        Col(("特困原因",), k.custom("特困原因", lambda e: "长期患病" if "HARDSHIP" in e["labels"] else "")),
    ]


def new_columns() -> list[Col]:
    """The second header block: 23 columns and one without a header."""
    return [
        Col(("工号",), k.plain_text("employee_no", blanks=False)),
        Col(("姓名 ",), k.name()),
        Col(("身份证号",), k.id_number(), 21),
        Col(("性别",), k.sex(), 6),
        Col(("民族",), k.plain_text("nation"), 8),
        Col(("学历",), k.plain_text("education")),
        Col(("学位",), k.custom("学位", lambda e: "学士" if e["education"] == "大学本科" else ""), 8),
        Col(("职称",), k.plain_text("prof_title")),
        Col(("职务",), k.plain_text("post")),
        Col(("出生年月",), k.birth()),
        Col(("参加工作时间",), k.dated("work_started", finest="month")),
        Col(("退休时间",), k.dated("retired_on", finest="month")),
        Col(("退休部门",), k.plain_text("former_unit"), 16),
        Col(("政治面貌",), k.choice("politics", _POLITICS)),
        Col(("所在支部",), k.plain_text("party_branch"), 16),
        Col(("入党时间",), k.dated("party_joined")),
        Col(("转正时间",), k.dated("party_full_member")),
        Col(("籍贯",), k.plain_text("native_place"), 14),
        Col(("电话",), k.phones(), 26),
        Col(("亲属电话",), k.phone("emergency_phone"), 14),
        Col(("身份",), k.choice("identity"), 8),
        Col(("家庭住址",), k.plain_text("home_address"), 30),
        Col(("",), k.empty(), 4),
        Col(("备注",), k.remark(), 20),
    ]


_POLITICS = {
    "CPC": "党员",
    "CPC_PROBATION": "预备党员",
    "DEMOCRATIC": "民主党派",
    "NON_PARTY": "无党派",
    "MASSES": "群众",
}


def _in_or_out(entry: Entry) -> c.Cell:
    kind = entry["residence_kind"]
    if kind == "ELSEWHERE":
        entry.told["residence_kind"] = words_of("residence_kind", kind)
        return "市外"
    return None


def _card_phone(entry: Entry) -> c.Cell:
    """The same number as the mobile's, where the social-insurance card knows it at all."""
    return entry["mobile"] if entry["mobile"] and entry.person.index % 3 else None


def _phone_owner(entry: Entry) -> c.Cell:
    if not entry["mobile"]:
        return None
    owner = "子女" if entry.person.index % 6 == 1 else "本人"
    entry.told["phone_owner"] = owner
    return owner


def _kind_of_post(entry: Entry) -> str:
    """The header sounds like a category, the words are none; 干部 or 工人 has its own column 身份."""
    return {"CADRE": "专业技术" if entry["prof_title"] else "管理", "WORKER": "工勤"}.get(
        entry["identity"], ""
    )


def _again(key: str) -> Writer:
    """The pay office's copy of what the first block says, right or wrong."""

    def write(entry: Entry) -> c.Cell:
        if entry.person.index % 4 == 0 or key not in entry.told:
            return None
        if key == "politics":
            return _POLITICS[entry["politics"]]
        return entry.told[key]

    return write


def _again_id(entry: Entry) -> c.Cell:
    # Whole only where the first block has it whole: a second reading must not mend the first unseen.
    return entry["id_number"] if entry.person.index % 4 and not entry.trap("id") else None


def _state(entry: Entry) -> c.Cell:
    if entry.trap("state") == "dead":
        entry.told["life"] = words_of("life", "DECEASED")
        return "已故"
    if entry.person.index % 4:
        entry.told["life"] = words_of("life", "ALIVE")
        return "健在"
    return None


def _veteran_or_disabled(entry: Entry) -> c.Cell:
    code = entry["category"]
    word = {"VETERAN_CADRE": "离休", "RESIGNED_DISABLED": "退职"}.get(code)
    if word:
        entry.told["category"] = words_of("category", code)
    return word
