"""A big office made by INSERT ... SELECT (DECISIONS 33): people who look like people to every query."""

from datetime import date
from pathlib import Path

from retiree_desk.services.desk import Desk
from retiree_desk.store import search

BASE = 400
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"


def make_crowd(path: Path, people: int, today: date = date(2026, 3, 16)) -> Desk:
    """An office of `people`, in branches of 200 and buildings of 100."""
    desk = Desk.open(path, operator="bench", today=lambda: today)
    for number in range(min(BASE, people)):
        surname = _SURNAMES[number % 20]
        given = _GIVEN[number // 20 % 24] + (_GIVEN[number * 7 % 24] if number % 3 else "")
        desk.registry.add(
            {
                "name": surname + given,
                "sex": "MF"[number % 2],
                "birth": f"19{30 + number % 35}-{1 + number % 12:02}-{1 + number % 28:02}",
                "category": ("RETIRED_WORKER", "RETIRED_CADRE", "RETIRED")[number % 3],
                "party_branch": f"第{1 + number // 20}党支部",
                "area": f"第{1 + number // 100}片区",
                "building": f"{1 + number // 10 % 10}号楼",
                "room": f"{1 + number % 6}0{1 + number % 3}",
                "mobile": f"139{number:08}",
                "employee_no": f"{number:06}",
                "home_address": f"第{1 + number // 100}片区{1 + number // 10 % 10}号楼{1 + number % 4}单元3",
                "former_unit": f"{['机修', '运输', '采油', '供水'][number % 4]}厂{1 + number % 9}车间",
                "health": ("GOOD", "CHRONIC")[number % 2],
            }
        )
    copies = people // BASE - 1
    if copies > 0:
        with desk.db.write_unlogged() as conn:
            columns = [
                row[1]
                for row in conn.exec_driver_sql("PRAGMA table_info(person)")
                if row[1] not in ("id", "spouse_id")
            ]
            changed = {
                "mobile": "substr(mobile, 1, 3) || printf('%08d', substr(mobile, 4) + n.value * 400)",
                "employee_no": "printf('%06d', employee_no + n.value * 400)",
                "birth": "substr(birth, 1, 8) || printf('%02d', 1 + (substr(birth, 9, 2) + n.value) % 28)",
            }
            picked = ", ".join(changed.get(name, name) for name in columns)
            conn.exec_driver_sql(
                f"INSERT INTO person ({', '.join(columns)}) SELECT {picked}"
                f" FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n"
                f" WHERE value < {copies}) SELECT value FROM n) AS n, person"
            )
            search.rebuild(conn)
            conn.exec_driver_sql("ANALYZE")
    return desk
