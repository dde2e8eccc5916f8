"""The Chinese words of choices, as workbooks and truth.json print them."""

from __future__ import annotations

# The Chinese words in which choices stand in workbooks and in truth.json. They are written out here again,
# and not taken from the catalogue, so that the truth does not depend on the code that it checks.
WORDS: dict[str, dict[str, str]] = {
    "sex": {"M": "男", "F": "女"},
    "category": {
        "VETERAN_CADRE": "离休干部",
        "RETIRED_CADRE": "退休干部",
        "RETIRED_WORKER": "退休工人",
        "RETIRED": "退休(身份未分)",
        "RESIGNED_DISABLED": "退职人员",
        "INTERNAL_LEAVE": "内退人员",
        "SURVIVOR": "遗属",
        "MAY7_WORKER": "五七工",
        "FAMILY_WORKER": "家属工",
        "OTHER": "其他",
    },
    "identity": {"CADRE": "干部", "WORKER": "工人", "NOT_TOLD": "未分"},
    "life": {"ALIVE": "健在", "DECEASED": "已去世"},
    "record": {"ON_REGISTER": "在册", "MOVED_OUT": "已转出", "ARCHIVED": "已归档"},
    "handover": {"NOT_YET": "未移交", "IN_PROGRESS": "移交中", "HANDED_OVER": "已移交", "STAYS": "留企管理"},
    "contact": {"NORMAL": "正常", "UNREACHABLE": "暂未联系上", "LOST": "失联"},
    "served_here": {"YES": "是", "NO": "否"},
    "politics": {
        "CPC": "中共党员",
        "CPC_PROBATION": "中共预备党员",
        "DEMOCRATIC": "民主党派",
        "NON_PARTY": "无党派",
        "MASSES": "群众",
    },
    "residence_kind": {
        "URBAN": "城区",
        "BASE": "矿区/基地",
        "RURAL": "农村",
        "REMOTE": "偏远",
        "ELSEWHERE": "异地",
    },
    "whereabouts": {
        "HOME": "在家",
        "AWAY": "外出(探亲旅居)",
        "WITH_CHILDREN": "随子女居住",
        "HOSPITAL": "住院",
        "CARE_HOME": "养老机构",
        "ABROAD": "国(境)外",
        "UNKNOWN": "不详",
    },
    "health": {"GOOD": "良好", "FAIR": "一般", "CHRONIC": "慢性病", "SERIOUS": "重病", "UNKNOWN": "未知"},
    "living": {
        "SPOUSE": "与配偶",
        "CHILDREN": "与子女",
        "ALONE": "独居",
        "NANNY": "与保姆",
        "CARE_HOME": "养老机构",
        "OTHER": "其他",
    },
    "ability": {"INDEPENDENT": "自理", "PARTLY": "半自理", "DEPENDENT": "不能自理", "UNKNOWN": "未知"},
    "labels": {
        "NO_FAMILY": "孤寡",
        "EMPTY_NEST": "空巢",
        "LOST_ONLY_CHILD": "失独",
        "DESTITUTE": "特困供养",
        "DIBAO": "低保",
        "HARDSHIP": "困难",
        "HARDSHIP_1": "困难(一般)",
        "HARDSHIP_2": "困难(较重)",
        "HARDSHIP_3": "困难(特重)",
        "MODEL_WORKER": "劳模",
        "MODEL_NATIONAL": "劳模(全国)",
        "MODEL_PROVINCE": "劳模(省部级)",
        "MODEL_CITY": "劳模(市局级)",
        "MODEL_COMPANY": "劳模(企业级)",
        "PRE1949_WORKER": "建国前老工人",
        "KOREAN_WAR": "抗美援朝",
        "VETERAN": "退役军人",
        "MILITARY_CADRE": "军转干部",
        "WORK_INJURY": "工伤",
        "SPECIAL_TRADE": "特殊工种",
        "STATE_ALLOWANCE": "国务院特贴",
    },
}


# HR writes one word for every way of being retired; it tells no more than that (OFFICE 3.5).
HR_CATEGORY = {
    "VETERAN_CADRE": "离休",
    "RETIRED_CADRE": "退休",
    "RETIRED_WORKER": "退休",
    "RETIRED": "退休",
    "RESIGNED_DISABLED": "退职",
    "INTERNAL_LEAVE": "内退",
    "SURVIVOR": "遗属",
    "MAY7_WORKER": "五七工",
    "FAMILY_WORKER": "家属工",
}
HR_CATEGORY_TELLS = {"RETIRED_CADRE": "RETIRED", "RETIRED_WORKER": "RETIRED"}


def words_of(field: str, value: str) -> str:
    """The value as a workbook prints it: its word for a choice code, words joined by 、 for label codes."""
    table = WORDS.get(field)
    if table is None or not value:
        return value
    if field == "labels":
        return "、".join(table[code] for code in value.split(","))
    return table[value]
