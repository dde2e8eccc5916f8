"""A made-up HR roster of any size for the import's figures: 40 columns, all filled as HR fills them."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

# ruff: noqa: E501, SIM905
HEADERS = (
    "序号 工号 姓名 性别 民族 籍贯 身份证号 出生年月 政治面貌 入党时间 转正时间 学历 参加工作时间 退休时间 人员类别 身份 原工作单位 原职务 职级 职称"
    " 所属党支部 所属大组 手机 固定电话 现居住地址 片区 楼号 单元 房号 所属社区 户口所在地 健康状况 居住状况 自理能力 紧急联系人 关系 家属电话"
    " 银行卡号 开户行 备注"
).split()
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑罗梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_GIVEN = "建国华志强德福明秀英兰珍云桂玉淑芬凤春梅丽娟敏静芳军伟刚勇平波忠义恩海涛庆祥连生万山"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _id_number(born: date, number: int) -> str:
    first = f"99{number // 500 % 90 + 10:02d}{number // 45_000 % 90 + 10:02d}{born:%Y%m%d}{number % 500 * 2 + 1:03d}"
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, first, strict=True)) % 11]


def person(number: int) -> list[str]:
    """The row of person `number`; the same number gives the same row."""
    rng = Random(number)
    born = date(1930, 1, 1) + timedelta(days=rng.randrange(12_800))
    started, retired = (
        born + timedelta(days=7_300 + rng.randrange(2_000)),
        born + timedelta(days=21_000 + rng.randrange(900)),
    )
    man = True
    name = rng.choice(_SURNAMES) + rng.choice(_GIVEN) + (rng.choice(_GIVEN) if rng.random() < 0.85 else "")
    member = rng.random() < 0.4
    joined = started + timedelta(days=2_000 + rng.randrange(3_000))
    building, entrance, room = (
        rng.randrange(1, 60),
        rng.randrange(1, 5),
        f"{rng.randrange(1, 7)}0{rng.randrange(1, 4)}",
    )
    area = f"油城{rng.randrange(1, 9)}区"
    return [
        str(number + 1), f"{number:06d}", name, "男" if man else "女", "汉族", f"示例省第{rng.randrange(60)}县",
        _id_number(born, number), f"{born:%Y.%m}", "中共党员" if member else "群众",
        f"{joined:%Y-%m-%d}" if member else "", f"{joined + timedelta(days=366):%Y-%m-%d}" if member else "",
        rng.choice(("初中", "高中", "中专", "大专")), f"{started:%Y.%m}", f"{retired:%Y-%m-%d}", "退休工人", "工人",
        f"采油{rng.randrange(1, 30)}队", rng.choice(("采油工", "司机", "电工", "班长")), "科员级", "高级工",
        f"第{rng.randrange(1, 80)}党支部", f"第{rng.randrange(1, 20)}大组", f"138{number:08d}", f"0459-{5_000_000 + number}",
        f"{area}{building}号楼{entrance}单元{room}", area, f"{building}号楼", f"{entrance}单元", room, f"油城{rng.randrange(1, 30)}社区",
        f"示例省油城市第{rng.randrange(200)}派出所", rng.choice(("良好", "一般", "慢性病")), rng.choice(("与配偶", "与子女", "独居")),
        "自理", f"{name[0]}小{rng.choice(_GIVEN)}", rng.choice(("儿子", "女儿")), f"139{number:08d}",
        f"62220000{number:08d}", "示例银行油城支行", rng.choice(("", "", "高血压", "听力不好")),
    ]  # fmt: skip


def write(path: Path, count: int, *, changed_every: int = 0) -> None:
    """The workbook of the first `count` people; every n-th has another post and unit, as HR would send it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("花名册")
    for column, header in enumerate(HEADERS):
        sheet.write_string(0, column, header)
    for number in range(count):
        row = person(number)
        if changed_every and number % changed_every == 0:
            row[16], row[17] = "退休管理中心", "调研员"
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number + 1, column, text)
    book.close()
