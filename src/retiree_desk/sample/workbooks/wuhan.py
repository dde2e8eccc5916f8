"""The Wuhan form's 48 columns: a line of boxes, sheets by kind of enterprise, 0 for nothing."""

from __future__ import annotations

from random import Random

from retiree_desk.sample import cells as c
from retiree_desk.sample import columns as k
from retiree_desk.sample.person import Person
from retiree_desk.sample.sheets import Col, Entry, Filler, Sheet, Workbook, Writer, lay_traps
from retiree_desk.sample.words import HR_CATEGORY, HR_CATEGORY_TELLS

TRAPS = (
    "id:program_number",
    "id:tab",
    "id:full_width",
    "id:fifteen",
    "id:check",
    "name:blank",
    "name:trailing",
    "sex:other",
    "birth:october",
    "started:unreadable",
    "started:october",
)
TITLE = "武汉市国有企业退休人员社会化管理服务基本信息表"
HUKOU, HOME, AWAY, SPOUSE, FIRST, SECOND = (
    "户口所在地",
    "常住地",
    "异地居住地",
    "配偶",
    "第一联系人",
    "第二联系人",
)
INSURANCE = "社会保险关系所在地"
_HEALTH = {"GOOD": "健康", "FAIR": "一般", "CHRONIC": "慢性病", "SERIOUS": "重病"}
_SPECIAL = {
    "NO_FAMILY": "孤寡老人",
    "MODEL_PROVINCE": "省部级劳模",
    "SPECIAL_TRADE": "特殊工种",
    "PRE1949_WORKER": "建国前参加工作",
}


def make(people: list[Person], rng: Random, year: int) -> Workbook:
    """Two sheets, 全民 and 集体; `year` stands in the title line."""
    workbook = Workbook("wuhan_form.xlsx")
    groups = {"全民": people[: (len(people) * 2 + 2) // 3], "集体": people[(len(people) * 2 + 2) // 3 :]}
    for number, (kind, members) in enumerate(groups.items(), start=1):
        if not members:
            continue
        sheet = Sheet(kind)
        workbook.sheets.append(sheet)
        filler = Filler(workbook, sheet, columns(), rng)
        filler.titles(
            f"{TITLE}（{year}）", f"（☑央企   □省企   □市企   □区企）（{kind}）          No: {number}"
        )
        filler.header()
        wanted = TRAPS if number == 1 else ("id:apostrophe", "id:none", "name:wide_blank")
        for order, (person, traps) in enumerate(
            zip(members, lay_traps(rng, members, wanted), strict=True), start=1
        ):
            row = filler.person(person, traps)
            row[0] = c.Num(float(order))
            sheet.rows[-1].cells = row
        filler.line("填表说明：每人一行，没有的内容填0。")
    return workbook


def columns() -> list[Col]:
    """48 columns."""
    return [
        Col(("序号",), k.empty(), 6),
        Col(("姓名",), k.name()),
        Col(("性别",), k.sex(), 6),
        Col(("民族",), k.plain_text("nation", blanks=False), 8),
        Col(("出生年月",), k.birth()),
        Col(("身份证号",), k.id_number(), 21),
        Col(("政治面貌",), k.choice("politics")),
        Col(("健康状况",), k.choice("health", _HEALTH), 9),
        Col(("原工作单位",), _zero("former_unit"), 16),
        Col(("原任职务",), _zero("post")),
        Col(("参加工作时间",), k.work_started(finest="month")),
        Col(("退休年月",), k.dated("retired_on", finest="month", two_digit=True)),
        Col(("档案存放地点",), _zero("archive_place"), 18),
        Col(("文化程度",), _zero("education"), 9),
        Col(("特长技能",), k.custom("特长技能", lambda e: e.person.custom.get("特长技能", ""))),
        Col(("退休类别",), k.choice("category", HR_CATEGORY, tells=HR_CATEGORY_TELLS), 9),
        Col(("兴趣及爱好",), k.custom("兴趣及爱好", lambda e: e.person.custom.get("兴趣爱好", ""))),
        Col(("特殊人员",), k.labels(_SPECIAL), 20),
        Col(("是否享受低保",), _dibao, 8),
        Col((INSURANCE, "养老"), _zero("pension_place"), 18),
        Col((INSURANCE, "医疗"), _zero("medical_place"), 18),
        Col(("工伤伤残等级",), k.custom("工伤伤残等级", _injury), 9),
        Col((HUKOU, "地址"), _zero("hukou_address"), 26),
        Col((HUKOU, "邮编"), k.empty(), 8),
        Col((HUKOU, "电话"), k.phone("phone"), 14),
        Col((HOME, "地址"), _zero("home_address"), 30),
        Col((HOME, "邮编"), k.empty(), 8),
        Col((HOME, "电话"), k.phone("mobile"), 14),
        Col((AWAY, "地址"), _nothing, 10),
        Col((AWAY, "邮编"), k.empty(), 8),
        Col((AWAY, "电话"), _nothing, 10),
        Col((SPOUSE, "姓名"), _zero("spouse_name")),
        Col((SPOUSE, "出生年月"), k.custom(f"{SPOUSE}/出生年月", lambda e: _spouse(e, "1950.03")), 10),
        Col((SPOUSE, "联系电话"), k.custom(f"{SPOUSE}/联系电话", lambda e: _spouse(e, _phone(e, "139"))), 14),
        Col((SPOUSE, "工作单位"), k.custom(f"{SPOUSE}/工作单位", lambda e: _spouse(e, "示例石油公司")), 14),
        Col((SPOUSE, "健康状况"), k.custom(f"{SPOUSE}/健康状况", lambda e: _spouse(e, "健康")), 9),
        Col((FIRST, "姓名"), _zero("emergency_contact")),
        Col((FIRST, "关系"), _zero("emergency_relation"), 8),
        Col((FIRST, "工作单位"), k.custom(f"{FIRST}/工作单位", lambda e: _first(e, "油城市第二中学")), 16),
        Col((FIRST, "联系电话"), k.phone("emergency_phone"), 14),
        Col((FIRST, "详细地址"), k.custom(f"{FIRST}/详细地址", lambda e: _first(e, "油城市解放路12号")), 20),
        Col((FIRST, "邮政编码"), k.empty(), 8),
        Col((SECOND, "姓名"), k.custom(f"{SECOND}/姓名", lambda e: _second(e, "王小军"))),
        Col((SECOND, "关系"), k.custom(f"{SECOND}/关系", lambda e: _second(e, "儿子")), 8),
        Col((SECOND, "工作单位"), k.empty(), 12),
        Col((SECOND, "联系电话"), k.custom(f"{SECOND}/联系电话", lambda e: _second(e, _phone(e, "138"))), 14),
        Col((SECOND, "详细地址"), k.empty(), 12),
        Col((SECOND, "邮政编码"), k.empty(), 8),
    ]


def _zero(key: str) -> Writer:
    """A text field; the form writes 0 where there is nothing."""

    def write(entry: Entry) -> c.Cell:
        if entry[key]:
            entry.told[key] = entry[key]
            return entry[key]
        return c.Num(0.0)

    return write


def _nothing(entry: Entry) -> c.Cell:
    return (c.Num(0.0), "无", None)[entry.person.index % 3]


def _dibao(entry: Entry) -> c.Cell:
    if "DIBAO" in entry["labels"]:
        k.add_labels(entry, ["DIBAO"])
        return "是"
    return "否"


def _spouse(entry: Entry, value: str) -> str:
    return value if entry["spouse_name"] and entry.person.index % 2 else ""


def _phone(entry: Entry, head: str) -> str:
    return f"{head}{entry.person.index:08d}"


def _injury(entry: Entry) -> str:
    return "七级" if "WORK_INJURY" in entry["labels"] else ""


def _first(entry: Entry, value: str) -> str:
    return value if entry["emergency_contact"] and entry.person.index % 3 == 0 else ""


def _second(entry: Entry, value: str) -> str:
    return value if entry["emergency_contact"] and entry.person.index % 5 == 0 else ""
