# ruff: noqa: E501 - rows of sheets and tables of words stand whole on their lines
"""Header spellings of real HR sheets and the field each means (domain.md 2.3, DESK rank 2)."""

import pytest

from retiree_desk.core.import_headers import DERIVED, meaning, title_of

SPELLINGS = """
姓名 name|姓 名 name|姓名\u3000 name|user_name name|职工姓名 name|人员姓名 name
身份证号 id_number|身份证号码 id_number|身份号码 id_number|身份证 id_number|公民身份号码 id_number|AAC002 id_number|证件号码 id_number
工号 employee_no|警号 employee_no|职工编号 employee_no|人员编号 employee_no|ERP编号 employee_no
个人编号 si_number|退休个人编码 si_number|社会保障号码 si_number|BAC001 si_number
性别 sex|AAC004 sex|出生年月 birth|出生日期 birth|出生年月日 birth|AAC006 birth|档案出生日期 archive_birth
民族\u3000\u3000 nation|籍贯 native_place|离退休类别 category|退休类型 category|离退类别 category|人员类别 category|离休、退职 category
类别（管理、专业技术、工勤） category|身份 identity
退休时间 retired_on|离退休时间 retired_on|退休年月 retired_on|离（退）休时间 retired_on|AIC162 retired_on
参加工作时间 work_started|参加工作 work_started|AAC007 work_started|原单位 former_unit|退休时单位及岗位 former_unit|原工作单位及职务 former_unit
原职务 post|原任职务 post|退休时职务（职级） post|职级 rank|厅级 rank|职称 prof_title|资格职称 prof_title|现享受待遇级别 treatment_level
政治面貌 politics|所属支部 party_branch|目前所在党支部 party_branch|党组织关系所在支部 party_branch|入党时间 party_joined|转正日期 party_full_member
手机 mobile|社保卡手机号 mobile|固定电话\n（含区号） phone|联系电话 any_phone|AAE005 any_phone|亲属电话 emergency_phone
紧急联系人 emergency_contact|家庭住址 home_address|现居地\n（快递能送到） home_address|现居住地详细地址 home_address
户口所在地 hukou_address|分区 area|楼号 building|所属社区 community|接收地 handover_place|健康状况 health
人员状态 status|生存状态 life|AAC060 life|是否离世 life|已故时间 died_on|银行卡及卡号 bank_account|开户行 bank_name
档案存放地点 archive_place|档案册数 archive_volumes|备注 remark|国务院特贴 labels|抗美援朝 labels|是否享受低保 labels
"""


def _cases() -> list[tuple[str, str]]:
    found = []
    for chunk in SPELLINGS.strip("\n").split("|"):
        # A line ends where a field code ends; a line break inside a header is followed by a bracket.
        for part in chunk.replace("\n（", "\r（").split("\n"):
            header, field = part.replace("\r", "\n").rsplit(" ", 1)
            found.append((header, field))
    return found


@pytest.mark.parametrize(("header", "field"), _cases())
def test_a_header_seen_in_real_sheets_means_its_field(header: str, field: str) -> None:
    target = meaning((header,))
    assert target is not None and target.field == field


@pytest.mark.parametrize(
    "header", ["序号", "编次", "年龄", "身份证2026年 年龄", "身份证提取出生年", "虚岁", "问题原因"]
)
def test_what_the_program_works_out_is_not_read(header: str) -> None:
    assert meaning((header,)) is DERIVED


@pytest.mark.parametrize(
    "header",
    ["名字不一致", "特困年度", "特困原因", "校内关系", "婚姻状况", "兴趣爱好", "党费月缴额(元)", "AAE116"],
)
def test_a_header_that_fits_no_field_is_not_guessed(header: str) -> None:
    assert meaning((header,)) is None


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        (("基础信息", "姓名"), "name"),
        (("其他联系人", "姓名"), "emergency_contact"),
        (("其他联系人", "关系"), "emergency_relation"),
        (("其他联系人", "电话"), "emergency_phone"),
        (("配偶", "姓名"), "spouse_name"),
        (("户口所在地", "地址"), "hukou_address"),
        (("常住地", "电话"), "any_phone"),
        (("社会保险关系所在地", "医疗"), "medical_place"),
    ],
)
def test_a_group_above_changes_what_a_header_means(levels: tuple[str, ...], field: str) -> None:
    target = meaning(levels)
    assert target is not None and target.field == field


@pytest.mark.parametrize(
    "levels", [("配偶", "健康状况"), ("配偶", "出生年月"), ("第二联系人", "姓名"), ("第一联系人", "工作单位")]
)
def test_a_relatives_facts_never_become_the_persons(levels: tuple[str, ...]) -> None:
    assert meaning(levels) is None


def test_a_slip_of_the_pen_in_a_long_header_is_understood() -> None:
    target = meaning(("现居住地详细地止",))
    assert target is not None and target.field == "home_address"


def test_a_header_is_shown_on_one_line() -> None:
    assert title_of(("其他信息", "退休          纪念品\n领取")) == "其他信息/退休 纪念品 领取"
