# ruff: noqa: E501 - the spellings of one code stand on one line
"""The spellings of choices, labels, states and nations as HR departments write them.

Sources: the code tables and forms of domain.md 2.1, 2.2 and 2.3, the words of OFFICE 3.5 and 3.10.
Spellings are separated by blanks; `import_words` compares them without blanks and width.
"""

CHOICES: dict[str, dict[str, str]] = {
    "sex": {"M": "男 男性 m male 1 先生 man 男士", "F": "女 女性 f female 2 女士 woman"},
    "category": {
        "VETERAN_CADRE": "离休 离休干部 离休人员 离休老干部 离休职工",
        "RETIRED_CADRE": "退休干部 干部退休 退休(干部) 退休管理人员 干部退休人员 退休专业技术人员",
        "RETIRED_WORKER": "退休工人 工人退休 退休(工人) 退休职工(工人) 工人退休人员",
        "RETIRED": "退休(身份未分) 退休 退休人员 退休职工 正常退休 病退 提前退休 特殊工种退休 离退休 离退休人员 已退休 政策性提前退休"
        " 特殊工种提前退休 因病退休 特殊政策提前 正常 特殊工种 病退人员 到龄退休 法定退休 提前退休人员",
        "RESIGNED_DISABLED": "退职人员 退职 退职职工 因病退职",
        "INTERNAL_LEAVE": "内退人员 内退 内部退养 内养 离岗 内部退养人员 离岗退养 内退职工",
        "SURVIVOR": "遗属 供养遗属 遗属人员 供养直系亲属 遗属补助人员 供养人员",
        "MAY7_WORKER": "五七工 五七人员 57工 五七 五七工人员",
        "FAMILY_WORKER": "家属工 家属工人员",
        "OTHER": "其他 其它 其他人员 其他类别",
    },
    "identity": {
        "CADRE": "干部 管理 专业技术 专业技术人员 管理人员 专技 技术干部 干部身份 国家干部 聘用制干部 管理岗 专业技术岗 专业",
        "WORKER": "工人 工勤 工勤人员 工人身份 工勤技能 操作人员 操作 技能操作 全民工人 工勤岗",
        "NOT_TOLD": "未分 未区分 职工",
    },
    "politics": {
        "CPC": "中共党员 党员 共产党员 中国共产党员 中共正式党员 中国共产党党员 正式党员 中共 是 √ cpc 中共党员(正式)",
        "CPC_PROBATION": "中共预备党员 预备党员 中国共产党预备党员 中共党员(预备)",
        "DEMOCRATIC": "民主党派 民革 民盟 民建 民进 农工党 致公党 九三学社 台盟 民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员"
        " 九三学社社员 台盟盟员 民革会员",
        "NON_PARTY": "无党派 无党派人士 无党派民主人士",
        "MASSES": "群众 非党员 否 普通群众 普通公民 群 非党",
    },
    "life": {
        "ALIVE": "健在 在世 生存 正常 存活 活着 1 是否健在 生 存 健康",
        "DECEASED": "已去世 去世 死亡 已故 已死亡 亡故 病故 离世 已离世 故去 身故 2 亡 逝世 已逝 故 过世 已过世 已身故 已病故 已亡故",
    },
    "record": {
        "ON_REGISTER": "在册 在册人员 正常 在档",
        "MOVED_OUT": "已转出 转出 调出 转走 迁出 已调出 已迁出",
        "ARCHIVED": "已归档 归档 注销 已注销",
    },
    "handover": {
        "NOT_YET": "未移交 否 没有移交 待移交 未",
        "IN_PROGRESS": "移交中 正在移交 办理中",
        "HANDED_OVER": "已移交 移交 是 已社会化 社会化 移交社区 已移交社区 已移交街道 社会化管理",
        "STAYS": "留企管理 不移交 留企 不予移交 企业管理 继续留企",
    },
    "contact": {
        "NORMAL": "正常 有联系 联系正常 能联系",
        "UNREACHABLE": "暂未联系上 未联系上 暂时联系不上 联系不上",
        "LOST": "失联 失去联系 长期失联 下落不明",
    },
    "served_here": {"YES": "是 服务 y yes 1 √ 在", "NO": "否 不是 n no 不服务 ×"},
    "residence_kind": {
        "URBAN": "城区 市内 市区 城镇 城市 本市 区内 市里",
        "BASE": "矿区/基地 矿区 基地 油区 厂区 家属区 生活基地",
        "RURAL": "农村 乡村 乡下 乡镇",
        "REMOTE": "偏远 偏远地区 边远",
        "ELSEWHERE": "异地 市外 外地 外市 外省 省外 市外省内 区外市内 异地安置 易地居住 异地居住 国外 易地",
    },
    "whereabouts": {
        "HOME": "在家 居家 本地 家中 在家居住",
        "AWAY": "外出(探亲旅居) 外出 探亲 旅居 外地探亲",
        "WITH_CHILDREN": "随子女居住 随子女 跟子女 投靠子女",
        "HOSPITAL": "住院 医院 住院中 在院",
        "CARE_HOME": "养老机构 养老院 敬老院 福利院 护理院 老年公寓",
        "ABROAD": "国(境)外 国外 境外 出国 国境外",
        "UNKNOWN": "不详 未知 不清楚",
    },
    "health": {
        "GOOD": "良好 健康 好 很好 身体好 身体健康 尚好 较好 健 正常",
        "FAIR": "一般 尚可 中等 还可以 一般化",
        "CHRONIC": "慢性病 长年有病 有病 体弱 患慢性病 体弱多病 常年有病 多病 有慢性病",
        "SERIOUS": "重病 大病 较差 差 病重 重大疾病 患重病 很差 癌症",
        "UNKNOWN": "未知 不详 不清楚",
    },
    "living": {
        "SPOUSE": "与配偶 与配偶同住 与老伴 夫妻 与配偶居住 夫妻同住 配偶 老伴 与老伴同住 与爱人 和老伴 二老同住 双居",
        "CHILDREN": "与子女 与子女同住 与儿子 与女儿 子女 与子女居住 和子女 随子女",
        "ALONE": "独居 独自居住 一人居住 单独居住 单身 一个人 独自",
        "NANNY": "与保姆 保姆 与保姆同住",
        "CARE_HOME": "养老机构 养老院 敬老院 福利院 护理院 老年公寓 住养老院",
        "OTHER": "其他 其它",
    },
    "ability": {
        "INDEPENDENT": "自理 能自理 完全自理 生活自理 生活能自理 能力完好 可自理 完好 全自理 能够自理",
        "PARTLY": "半自理 部分自理 半失能 轻度失能 中度失能 基本自理 半护理",
        "DEPENDENT": "不能自理 失能 生活不能自理 完全不能自理 重度失能 完全失能 卧床 全失能 瘫痪 失智 全护理 不能",
        "UNKNOWN": "未知 不详 不清楚",
    },
}

LABELS: dict[str, str] = {
    "NO_FAMILY": "孤寡 孤寡老人 孤老 鳏寡孤独",
    "EMPTY_NEST": "空巢 空巢老人",
    "LOST_ONLY_CHILD": "失独 失独家庭 失独老人 计划生育特殊家庭 计生特殊家庭",
    "DESTITUTE": "特困供养 特困 特困人员",
    "DIBAO": "低保 低保户 享受低保",
    "HARDSHIP": "困难 困难户 困难职工 生活困难",
    "HARDSHIP_1": "困难(一般) 一般困难",
    "HARDSHIP_2": "困难(较重) 较重困难",
    "HARDSHIP_3": "困难(特重) 特重困难 特别困难",
    "MODEL_WORKER": "劳模 劳动模范",
    "MODEL_NATIONAL": "劳模(全国) 全国劳模 全国劳动模范 国家级劳模 劳模(国家级)",
    "MODEL_PROVINCE": "劳模(省部级) 省部级劳模 省劳模 部劳模 省级劳模 部级劳模 省部级劳动模范 省部级",
    "MODEL_CITY": "劳模(市局级) 市(局)级劳模 市级劳模 局级劳模 市局级劳模 市劳模 局劳模 劳模(市(局)级) 市局级",
    "MODEL_COMPANY": "劳模(企业级) 企业级劳模 公司劳模 厂级劳模 企业劳模 公司级劳模",
    "PRE1949_WORKER": "建国前老工人 建国前参加工作 建国前参加工作的老工人 建国前参加工作老工人",
    "KOREAN_WAR": "抗美援朝 抗美援朝老战士 抗美援朝老兵",
    "VETERAN": "退役军人 复转军人 退伍军人 复员军人 转业军人",
    "MILITARY_CADRE": "军转干部 企业军转干部 军队转业干部",
    "WORK_INJURY": "工伤 工伤人员 工残 因工伤残",
    "SPECIAL_TRADE": "特殊工种",
    "STATE_ALLOWANCE": "国务院特贴 国务院特殊津贴 政府特殊津贴 享受国务院特殊津贴 国务院政府特殊津贴",
}

# A status word goes to the state it belongs to (DECISIONS 10); 退休 and the like are categories.
STATUSES: dict[tuple[str, str], str] = {
    (
        "life",
        "DECEASED",
    ): "已故 已去世 去世 死亡 已死亡 亡故 病故 离世 已离世 故去 身故 逝世 过世 已过世 死亡人员 已故人员 亡",
    ("life", "ALIVE"): "健在 在世 生存",
    ("record", "ARCHIVED"): "归档 已归档 注销 已注销",
    ("record", "MOVED_OUT"): "转出 已转出 调出 已调出 迁出 已迁出",
    ("record", "ON_REGISTER"): "在册 正常 在册人员 正常在册 有效 在管",
    ("handover", "HANDED_OVER"): "已移交 移交 移交社区 社会化 已社会化",
    ("handover", "NOT_YET"): "未移交",
    ("handover", "IN_PROGRESS"): "移交中",
    ("handover", "STAYS"): "留企管理 不移交 留企",
    ("contact", "LOST"): "失联 失去联系 下落不明 长期失联",
    ("contact", "UNREACHABLE"): "暂未联系上 未联系上 联系不上",
}

# GB/T 3304: the nations of China in the order of their codes, 01 to 56.
NATION_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌"
    " 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)

# Labels that follow from the birth date and are never stored (domain.md 2.2).
DERIVED_LABELS = "高龄 高龄老人 八十岁以上高龄 80岁以上高龄 八十岁以上 80岁以上 80岁及以上 老年人 老人"

# Words that stand for nothing (domain.md 3, trap 23). A zero is one where no count is meant.
BLANKS = "0 0.0 无 空 暂无 没有 未填 未填写 待补 待补充 - -- --- — —— ———— ― － _ / // \\ 、 . 。 … …… * null none nan n/a na #n/a nil (空) (无) (空白) 无此项 〇 ○"

UNKNOWNS = "不详 未知 不清楚 不明 不清 ? ?? ???"

# Marks (trap 24).
YES = "是 有 √ ✓ ✔ ☑ ■ ● y yes true t 1 v 对 已 享受 属于 符合 ★ ☆ ◆ 1.0 在 是的 ✅ ⊙ △ ▲"

NO = "否 不是 × ✗ ✘ ☐ □ n no false f 0 不享受 不 未 非 不属于 无 没有 0.0 不符合"
