"""Headers of HR sheets: how they are compared, and which field each of them means.

The spellings are those seen in real sheets and the likely ones beside them (domain.md 2.3); code
headers are those of social-insurance exports. A header is compared without blanks, line breaks and
width; what stands in brackets is optional (domain.md 3, trap 11).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from retiree_desk.core.retirees import RETIREE_COLUMNS, SETTABLE_FIELDS
from retiree_desk.i18n import language

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_BRACKETS = re.compile(r"[(\[【〔<{].*?[)\]】〕>}]")
_EDGES = "*＊#:：;；,，.。、_-—/\\'\"`★☆▲※"


@dataclass(frozen=True, slots=True)
class Target:
    """What a column is for: a field, and how its cells are to be understood.

    `way` is empty for the field's own kind; `label` and `rank_mark` say that a mark in the cell means
    `word` (a label code, or the words of the header); `alive` and `dead` that yes means living or
    died; `derived` that the column can be worked out and is not kept. `words` are label words, a mark among
    them meaning `word`; `lunar` a month and day of the lunar calendar; `by_words` that the column is of the
    field only where its cells hold the field's words.
    """

    field: str
    way: str = ""
    word: str = ""


DERIVED = Target("", "derived")

# One line per field. Spellings are written as `normal_header` leaves them.
_SPELLINGS: dict[str, str] = {
    "name": "姓名 名字 职工姓名 人员姓名 员工姓名 退休人员姓名 离退休人员姓名 退休职工姓名 老同志姓名 本人姓名 真实姓名 user_name username aac003",
    "former_name": "曾用名 原名 别名 曾用姓名",
    "sex": "性别 男女 男/女 m/f aac004 gender",
    "nation": "民族 族别 aac005",
    "native_place": "籍贯 出生地 祖籍 原籍",
    "id_number": "身份证号 身份证号码 身份号码 身份证 身份证编号 公民身份号码 公民身份证号 公民身份证号码 居民身份证号 居民身份证号码"
    " 居民身份证 证件号码 证件号 身份证件号 身份证件号码 身份证证号 本人身份证号 有效身份证件号码 aac002 idcard id_card",
    "birth": "出生年月 出生日期 出生年月日 出生时间 出生 生日 出生日 身份证出生日期 身份证出生年月 公历生日 阳历生日 aac006 birthday",
    "archive_birth": "档案出生日期 档案出生年月 档案出生时间 档案出生年月日 档案年月 档案认定出生年月 档案生日 认定出生日期 档案年龄",
    "celebrated_birthday": "过生日日期 实际生日 生日个人意愿 过生日 庆生日期",
    "employee_no": "工号 警号 职工编号 职工号 人员编号 人员编码 员工编号 员工号 员工编码 职工工号 erp编号 erp号 人事编号 职工代码 人员代码 工作证号 staff_no",
    "si_number": "个人编号 退休个人编码 退休个人编号 社会保障号码 社会保障号 社保编号 社保号 社保个人编号 社会保障卡号 社保卡号"
    " 社会保险号 养老保险编号 养老个人编号 个人社保编号 aac001 bac001",
    "category": "离退休类别 退休类别 离退休类型 退休类型 离退类别 人员类别 类别 离休、退职 离休退职 人员性质 离退标识 人员类型 离退休性质"
    " 退休性质 离退休人员类别 离退类型 退休人员类别 离退休标识 aic161",
    "identity": "身份 原身份 干部/工人 个人身份 人员身份 退休时身份 职工身份 干部工人",
    "work_started": "参加工作时间 参加工作日期 参加工作年月 参加工作 工作时间 参工时间 参加革命时间 参加革命工作时间 工作日期 参工日期"
    " 何时参加工作 aac007",
    "retired_on": "退休时间 离退休时间 退休年月 退休日期 离退日期 离退休日期 离退时间 离退休年月 办理退休时间 退休审批时间 离休时间 离休日期"
    " 批准退休时间 正式退休时间 退休年月日 离退年月 何时退休 离(退)休时间 办理退休日期 aic162",
    "received_on": "接收日期 接收时间 报到日期 报到时间 接收(报到)日期 接收报到日期 转入日期 移交接收日期 到站日期",
    "former_unit": "原单位 原部门 退休部门 退休单位 原工作单位 退休时单位及岗位 原工作单位及职务 离退前单位 原所在单位 二级单位 工作单位 单位"
    " 所在单位 部门 退休前单位 退休前工作单位 离退休前单位 退休时单位 退休前所在单位 原单位名称 单位名称 原工作部门 所在部门 三级单位 退休前部门",
    "post": "原职务 原任职务 职务 退休时职务 原岗位 岗位 工种 退休前职务 离退休前职务 现职务 曾任职务 退休时岗位 退休前岗位 原工种",
    "rank": "职级 原职级 离退休职级 级别 行政级别 岗级 退休时职级 行政职级 干部级别 退休前职级 职务级别",
    "prof_title": "职称 资格职称 专业技术职务 技术等级 职称技术等级 技术职称 专业技术职称 职称(技术等级) 专业职称 职业资格 技能等级",
    "treatment_level": "现享受待遇 现享受待遇级别 离退干部现享受待遇 享受待遇 待遇级别 享受待遇级别 医疗待遇级别",
    "education": "学历 文化程度 最高学历 全日制学历 受教育程度 现学历",
    "politics": "政治面貌 是否党员 政治身份 面貌 党派 政治面目 党员",
    "party_branch": "所属支部 所在支部 所属党支部 目前所在党支部 党组织关系所在支部 党支部 党小组 支部 支部名称 所在党支部 党支部名称 所属党组织"
    " 所在党组织 党组织名称 组织关系所在支部 党组织 现党支部 党员所在支部",
    "party_joined": "入党时间 入党日期 入党年月 何时入党 加入党组织时间 入党年月日 加入中共时间",
    "party_full_member": "转正时间 转正日期 党员转正时间 入党转正时间 预备党员转正时间 转为正式党员时间 转正年月 党员转正日期",
    "dues_paid_until": "党费缴至年月 党费缴至 党费交至年月 党费交至 党费缴纳至",
    "admin_group": "所属大组 大组 管理组 退管组 班组 行政大组 行政组 网格 小组 所属小组 所属站 管理站 服务站 所属服务站 退管站 所属管理站 管理单位 组别",
    "mobile": "手机 手机号 手机号码 移动电话 社保卡手机号 本人手机 本人手机号 手机电话 本人手机号码 移动电话号码 联系手机 mobile",
    "phone": "固定电话 住宅电话 家庭电话 座机 宅电 固话 住宅电话号码 家庭固定电话 座机号码 家里电话",
    "any_phone": "电话 联系电话 本人电话 联系方式 本人联系方式 电话号码 联系电话号码 本人联系电话 通讯电话 现联系电话 常用电话 aae005 tel phone",
    "other_phones": "短号 其他电话 备用电话 集团短号 第二电话 备用手机 其它电话",
    "phone_owner": "手机属性 机主 电话机主 手机机主 号码归属人",
    "home_address": "家庭住址 现居地 现居住地详细地址 实际居住地 常住地 常住住址 通讯地址 居住地址 现居住地址 现住址 住址 地址 家庭地址 详细地址 现居住地"
    " 居住地 常住地址 现家庭住址 通信地址 联系地址 实际居住地址 居住详细地址 现住地址 家庭详细住址 居住住址 aae006",
    "area": "分区 片区 小区 所属片区 所属小区 居住小区 所在小区 所属网格 小区名称 网格名称 区域 生活区 住宅小区",
    "building": "楼号 楼栋 楼栋号 栋号 楼 幢号 楼房号 几号楼 楼宇",
    "unit_no": "单元 单元号 门栋 门洞 楼门",
    "room": "房号 室号 门牌 门牌号 单元门牌 房间号 户号 门号 室 房间",
    "community": "所属社区 社区 社区名称 所在社区 居委会 所属居委会 街道社区 街道(社区)",
    "hukou_address": "户口所在地 户口所在地址 户籍地 户籍地址 户籍所在地 户口地址 户籍 户口 户口地 户籍住址 户口所在地详细地址",
    "residence_kind": "居住地类型 市内外 居住类型 居住区域类型 居住地类别",
    "whereabouts": "动向 去向 人员去向 现动向",
    "health": "健康状况 健康状态 身体状况 身体健康状况 健康情况 身体情况",
    "living": "居住状况 居住情况 居住方式 与谁居住 同住人 居住状态",
    "ability": "自理能力 生活自理能力 自理情况 自理状况 生活自理情况 生活能力",
    "labels": "人员标识 特殊人员 特殊人群标示 特殊人群标识 特殊人群 重点人员 人员标签 标签 特殊情况类别 特殊身份"
    " 荣誉称号 特殊群体 重点人群",
    "contact_person": "联系人(包户) 包户人 包户联系人 包联人 责任人 联系责任人 包户干部 服务联系人 结对联系人",
    "visit_notes": "上门须知 走访须知 上门注意事项",
    "spouse_name": "配偶姓名 配偶 爱人姓名 老伴姓名 爱人",
    "emergency_contact": "紧急联系人 紧急联系人姓名 第一联系人 家属姓名 联系人姓名 联系人 其他联系人 亲属姓名 子女姓名 家属 家庭联系人",
    "emergency_relation": "与本人关系 紧急联系人关系 关系 联系人关系 亲属关系 与退休人员关系 第一联系人关系 家属关系 其他联系人关系",
    "emergency_phone": "亲属电话 家属联系方式 家属联系号码 子女电话 紧急联系电话 紧急联系人电话 家属电话 其他联系 亲属联系电话 亲属联系方式"
    " 联系人电话 第一联系人电话 家属联系电话 子女联系电话 家人电话 其他联系人电话 子女联系方式 紧急联系方式 家属手机 联系人联系方式",
    "status": "人员状态 状态 在册情况 当前状态 人员现状 管理状态",
    "life": "生存状态 生存状况 生存情况 健在情况 生死状态 aac060",
    "died_on": "已故时间 离世时间 死亡日期 去世时间 去世日期 死亡时间 病故时间 离世日期 已故日期 故去时间 逝世时间 逝世日期 死亡年月",
    "record": "在册状态 档案状态",
    "handover": "移交状态 移交情况 社会化移交状态 是否移交 社会化移交情况",
    "handover_place": "接收地 接收社区 移交接收地 移交地 移交社区 接收街道社区 接收单位",
    "contact": "联系状态 联系情况",
    "served_here": "本站服务对象 是否本站服务 是否服务对象 本站服务",
    "verified_on": "最近核实日期 核实日期 核实时间 信息核实日期 最近核实时间",
    "sort_no": "排序号 排序 显示顺序",
    "bank_account": "银行卡号 银行卡及卡号 银行账号 工资卡号 账号 银行帐号 帐号 卡号 工资账号 银行卡 养老金账号 银行卡账号 工资卡 存折账号",
    "bank_name": "开户行 开户银行 银行名称 发放银行 开户行名称 银行",
    "bank_holder": "户名 开户名 账户名 账户姓名 开户人 持卡人",
    "pension_place": "社保关系所在地 养老关系所在地 社会保险关系所在地 养老保险关系所在地 养老保险所在地 养老保险关系 参保地 社保所在地 养老金发放地",
    "medical_place": "医保关系所在地 医疗关系所在地 医疗保险关系所在地 医保所在地 医疗保险所在地 医保参保地 医疗保险关系",
    "archive_place": "档案存放地 档案存放地点 档案所在地 人事档案存放地 档案保管地 档案存放单位 人事档案所在地 档案地点 档案存放处",
    "archive_volumes": "档案册数 档案卷数 档案数量 档案本数",
    "remark": "备注 特殊情况具体说明 说明 备注说明 备注信息 特殊情况说明 其他说明 情况说明 remark",
}

_WAYS: dict[str, Target] = {
    **dict.fromkeys(("是否在世", "是否健在", "是否生存", "健在", "在世"), Target("life", "alive")),
    **dict.fromkeys(("是否离世", "是否去世", "是否死亡", "是否已故", "已故", "去世"), Target("life", "dead")),
    **dict.fromkeys(
        ("国务院特贴", "国务院特殊津贴", "政府特贴", "特贴"), Target("labels", "label", "STATE_ALLOWANCE")
    ),
    **dict.fromkeys(("抗美援朝", "是否抗美援朝"), Target("labels", "label", "KOREAN_WAR")),
    **dict.fromkeys(
        ("退役军人", "是否退役军人", "复转军人", "退伍军人"), Target("labels", "label", "VETERAN")
    ),
    **dict.fromkeys(("军转干部", "是否军转干部", "军转"), Target("labels", "label", "MILITARY_CADRE")),
    **dict.fromkeys(("低保", "是否低保", "是否享受低保", "享受低保"), Target("labels", "label", "DIBAO")),
    **dict.fromkeys(("孤寡", "孤寡老人", "是否孤寡"), Target("labels", "label", "NO_FAMILY")),
    **dict.fromkeys(("空巢", "空巢老人", "是否空巢"), Target("labels", "label", "EMPTY_NEST")),
    **dict.fromkeys(
        ("失独", "失独家庭", "是否失独", "计划生育特殊家庭"), Target("labels", "label", "LOST_ONLY_CHILD")
    ),
    **dict.fromkeys(("工伤", "是否工伤"), Target("labels", "label", "WORK_INJURY")),
    **dict.fromkeys(("特殊工种", "是否特殊工种"), Target("labels", "label", "SPECIAL_TRADE")),
    **dict.fromkeys(("建国前老工人", "建国前参加工作"), Target("labels", "label", "PRE1949_WORKER")),
    **dict.fromkeys(("困难", "困难职工", "是否困难", "困难户"), Target("labels", "label", "HARDSHIP")),
    **dict.fromkeys(("特困供养", "是否特困供养", "特困", "是否特困"), Target("labels", "label", "DESTITUTE")),
    **dict.fromkeys(
        ("劳模情况标识", "劳模情况", "劳模", "劳模级别"), Target("labels", "words", "MODEL_WORKER")
    ),
    **dict.fromkeys(("是否劳模",), Target("labels", "label", "MODEL_WORKER")),
    **dict.fromkeys(("独居", "是否独居", "独居老人"), Target("living", "mark", "ALONE")),
    **dict.fromkeys(("失能", "是否失能", "不能自理"), Target("ability", "mark", "DEPENDENT")),
    **dict.fromkeys(("半失能", "半自理", "是否半自理"), Target("ability", "mark", "PARTLY")),
    **dict.fromkeys(("自理", "能自理", "完全自理"), Target("ability", "mark", "INDEPENDENT")),
    **dict.fromkeys(("重病", "是否重病", "患重病"), Target("health", "mark", "SERIOUS")),
    # Words of health, or the names of illnesses, which are kept whole.
    **dict.fromkeys(("疾病", "重大疾病"), Target("health", "by_words")),
    **dict.fromkeys(("农历生日", "阴历生日", "农历出生日期"), Target("celebrated_birthday", "lunar")),
    **dict.fromkeys(
        ("厅级", "处级", "科级", "正厅级", "副厅级", "正处级", "副处级"), Target("rank", "rank_mark")
    ),
}

_DERIVED_WORDS_TEXT = "问题原因 problemreason 序号 序 行号 no no. № 编次 顺序号 当年年龄 虚岁 周岁 年纪 岁数 生肖 属相 星座 党龄 age 序列 页码 身份证提取出生年 出生年 出生月 生日月份"
_DERIVED_WORDS = frozenset(_DERIVED_WORDS_TEXT.split())
_DERIVED_PATTERN = re.compile(r"年龄|周岁|虚岁|提取")
# Words above a group of columns that say nothing about their meaning.
_FAMILY_GROUPS_TEXT = "其他联系人 其它联系人 紧急联系人 第一联系人 联系人 亲属 家属 亲属联系人 家庭联系人 主要联系人 联系人1 联系人一 家庭成员 子女"
_FAMILY_GROUPS = frozenset(_FAMILY_GROUPS_TEXT.split())
_SECOND_GROUPS = frozenset(["第二联系人", "联系人2", "联系人二", "第三联系人", "联系人3", "联系人三"])
_SPOUSE_GROUPS = frozenset(["配偶", "配偶情况", "配偶信息", "爱人", "老伴"])
_FAMILY_LEAVES: dict[str, str] = {
    "姓名": "emergency_contact", "名字": "emergency_contact", "关系": "emergency_relation",
    "与本人关系": "emergency_relation", "电话": "emergency_phone", "联系电话": "emergency_phone",
    "手机": "emergency_phone", "联系方式": "emergency_phone", "手机号": "emergency_phone",
    "手机号码": "emergency_phone", "电话号码": "emergency_phone",
}  # fmt: skip
# A place with the phone that rings there (the Wuhan form).
_PLACE_GROUPS: dict[str, str] = {
    "户口所在地": "hukou_address", "户籍所在地": "hukou_address", "户籍地": "hukou_address",
    "常住地": "home_address", "居住地": "home_address", "现居住地": "home_address", "现居地": "home_address",
    "家庭住址": "home_address",
}  # fmt: skip
_PLACE_LEAVES = frozenset(["地址", "详细地址", "住址", "所在地"])
_PHONE_LEAVES = frozenset(["电话", "联系电话", "手机", "手机号码", "固定电话", "电话号码"])
_INSURANCE_GROUPS = frozenset(
    ["社会保险关系所在地", "社保关系所在地", "社会保险关系", "社保关系", "保险关系所在地"]
)
_INSURANCE_LEAVES = {
    "养老": "pension_place", "养老保险": "pension_place", "医疗": "medical_place", "医疗保险": "medical_place",
    "医保": "medical_place",
}  # fmt: skip


def normal_header(text: str) -> str:
    """How a header is compared: no blanks, one width, small letters, no marks at its edges."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).strip(_EDGES).lower()


def _without_brackets(header: str) -> str:
    return _BRACKETS.sub("", header).strip(_EDGES)


def _known() -> dict[str, Target]:
    known = {normal_header(word): target for word, target in _WAYS.items()}
    for field in (*SETTABLE_FIELDS, "status"):
        known[field] = Target(field)
    for field, spellings in _SPELLINGS.items():
        for spelling in spellings.split():
            known.setdefault(normal_header(spelling), Target(field))
    for word in _DERIVED_WORDS:
        known[normal_header(word)] = DERIVED
    return known


KNOWN = _known()
# Spellings of the name's header as they stand in cells, for a quick look at every row.
NAME_HEADERS = frozenset(key for key, target in KNOWN.items() if target.field == "name")


@lru_cache(maxsize=4)
def _own_titles(_language: str) -> dict[str, Target]:
    """The titles under which this program itself writes its columns, in the language spoken and in English."""
    found: dict[str, Target] = {}
    for column in RETIREE_COLUMNS:
        target = Target(column.key) if not column.derived or column.key == "status" else DERIVED
        for title in (column.heading(), column.heading(narrow=True), column.title):
            found.setdefault(normal_header(title), target)
    return found


@lru_cache(maxsize=4096)
def known_header(text: str) -> Target | None:
    """What one header cell means by the table of known spellings, or None."""
    key = normal_header(text)
    if not key or len(key) > 40:
        return None
    target = KNOWN.get(key) or _own_titles(language()).get(key)
    if target is None:
        bare = _without_brackets(key)
        target = KNOWN.get(bare)
        if target is None and bare != key:
            target = KNOWN.get(key.replace("(", "").replace(")", ""))
        if target is None and len(key) <= 20 and _DERIVED_PATTERN.search(key) and "档案" not in key:
            return DERIVED
    return target


def meaning(levels: tuple[str, ...]) -> Target | None:
    """What a column means by its header of one to three levels, top first; None where it is unknown.

    A group such as 其他联系人 changes the meaning of 姓名 below it; a group such as 基础信息 does not.
    """
    keys = [normal_header(level) for level in levels if normal_header(level)]
    if not keys:
        return None
    leaf = keys[-1]
    bare_leaf = _without_brackets(leaf)
    for group in reversed(keys[:-1]):
        plain = _without_brackets(group)
        if plain in _FAMILY_GROUPS:
            field = _FAMILY_LEAVES.get(bare_leaf)
            if bare_leaf == "备注":  # the last column, which a text file cannot show to stand apart
                field = "remark"
            return Target(field) if field else None
        if plain in _SPOUSE_GROUPS:
            return Target("spouse_name") if bare_leaf in ("姓名", "名字") else None
        if plain in _SECOND_GROUPS:
            return None
        if plain in _PLACE_GROUPS and bare_leaf in _PLACE_LEAVES:
            return Target(_PLACE_GROUPS[plain])
        if bare_leaf in _PHONE_LEAVES and (plain in _PLACE_GROUPS or plain.startswith("异地")):
            return Target("any_phone")
        if plain in _INSURANCE_GROUPS and bare_leaf in _INSURANCE_LEAVES:
            return Target(_INSURANCE_LEAVES[bare_leaf])
        if plain.startswith("异地"):
            return None
    return known_header(levels[-1]) or _alike(bare_leaf)


@lru_cache(maxsize=4096)
def _alike(header: str) -> Target | None:
    """A long header that differs in a character or two from a known one (a slip of the pen)."""
    if len(header) < 5:
        return None
    from rapidfuzz import fuzz, process

    found = process.extractOne(header, _LONG_KEYS, scorer=fuzz.ratio, score_cutoff=85)
    return KNOWN[found[0]] if found else None


_LONG_KEYS = [key for key in KNOWN if len(key) >= 5 and not key.isascii()]


def title_of(levels: tuple[str, ...]) -> str:
    """A header as the clerk reads it: levels joined by /, line breaks and doubled blanks taken out."""
    words: list[str] = []
    for level in levels:
        word = " ".join(level.split())
        if word and (not words or words[-1] != word):
            words.append(word)
    return "/".join(words)
