"""One sheet per party branch, a total row under each, and a hidden sheet that nobody asked for."""

from __future__ import annotations

from random import Random

from retiree_desk.sample import cells as c
from retiree_desk.sample import columns as k
from retiree_desk.sample.person import Person
from retiree_desk.sample.sheets import Col, Entry, Filler, Sheet, Workbook, lay_traps

TRAPS = (
    "id:typed_number",
    "id:program_number",
    "id:tab",
    "id:lower_x",
    "id:check",
    "name:blank",
    "name:deceased",
    "birth:other",
    "birth:october",
    "started:unreadable",
    "started:lost_october",
    "phone:both",
)


def make(people: list[Person], rng: Random, year: int) -> Workbook:
    """People of the branches only; the last of them stand on the hidden sheet, some rows are hidden."""
    workbook = Workbook("branches.xlsx")
    by_branch: dict[str, list[Person]] = {}
    for person in people:
        by_branch.setdefault(person["party_branch"], []).append(person)
    hidden = [members.pop() for members in by_branch.values() if len(members) > 3][:2]
    shown = [person for branch in sorted(by_branch) for person in by_branch[branch]]
    laid = dict(zip((person.index for person in shown), lay_traps(rng, shown, TRAPS), strict=True))
    first = True
    for branch in sorted(by_branch):
        sheet = Sheet(branch)
        workbook.sheets.append(sheet)
        members = by_branch[branch]
        filler = Filler(workbook, sheet, columns(), rng)
        filler.titles(f"{branch}离退休党员花名册（{year}年）")
        filler.header()
        for number, person in enumerate(members, start=1):
            row = filler.person(person, laid[person.index], more={"party_branch": branch})
            row[0] = c.Num(float(number))
            sheet.rows[-1].cells = row
        filler.line(None, "合计", f"{len(members)}人")
        if first and hidden:
            # A row that was filtered away: not imported unless asked for.
            filler.person(hidden[0], kind="hidden")
            first = False
    secret = Sheet("离世人员", state="hidden")
    filler = Filler(workbook, secret, columns(), rng)
    filler.header()
    for person in hidden[1:]:
        filler.person(person, kind="hidden")
    workbook.sheets.append(secret)
    codes = Sheet("代码表", state="very_hidden")
    codes.add(["性别", "代码"], "title")
    codes.add(["男", "1"], "title")
    workbook.sheets.append(codes)
    return workbook


def columns() -> list[Col]:
    """No branch column: the sheet's name says it. The staff number is in a hidden column."""
    return [
        Col(("序号",), k.empty(), 6),
        Col(("职工编号",), k.plain_text("employee_no", blanks=False), 12, hidden=True),
        Col(("姓名",), k.name()),
        Col(("性别",), k.sex(), 6),
        Col(("身份证号码",), k.id_number(), 21),
        Col(("民族",), k.ditto("nation"), 8),
        Col(("出生日期",), k.birth(finest="day")),
        Col(("年龄",), k.derived(lambda e: c.Num(float(2026 - int(e["birth"][:4])))), 6),
        Col(("人员类别",), k.choice("category"), 14),
        Col(("参加工作时间",), k.work_started()),
        Col(("退休时间",), k.dated("retired_on", two_digit=True)),
        Col(("原工作单位及职务",), _unit_and_post, 24),
        Col(("政治面貌",), k.choice("politics"), 14),
        Col(("入党日期",), k.dated("party_joined", two_digit=True)),
        Col(("转正日期",), k.dated("party_full_member")),
        Col(("手机号码",), k.phone("mobile"), 14),
        Col(("住宅电话",), k.phone("phone"), 14),
        Col(("家庭住址",), k.plain_text("home_address"), 30),
        Col(("居住状况",), k.choice("living"), 9),
        Col(("自理能力",), k.choice("ability"), 9),
        Col(("健康状况",), k.choice("health"), 9),
        Col(("兴趣爱好",), k.custom("兴趣爱好", lambda e: e.person.custom.get("兴趣爱好", "")), 10),
        Col(("备注",), k.remark(), 20),
    ]


def _unit_and_post(entry: Entry) -> c.Cell:
    whole = entry["former_unit"] + entry["post"]
    if whole:
        entry.told["former_unit"] = whole
    return whole or None
