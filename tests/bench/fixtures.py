"""An office of any size in seconds: 400 people written once, the rest by INSERT ... SELECT (DECISIONS 33)."""

from datetime import date
from pathlib import Path

from retiree_desk.core.retirees import STATE_DEFAULTS
from retiree_desk.core.topics import Topic
from retiree_desk.services.desk import Desk
from retiree_desk.services.registry import unit_links
from retiree_desk.services.units import UnitMaker
from retiree_desk.store import search
from retiree_desk.store.schema import person

_BASE = 400
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"
_UNITS = ("party_branch", "area", "building", "unit_no")


def _values(number: int) -> dict[str, str]:
    given = _GIVEN[number // 20 % 24] + (_GIVEN[number * 7 % 24] if number % 3 else "")
    area, building = f"第{1 + number // 100}片区", f"{1 + number // 10 % 10}号楼"
    return {
        "name": _SURNAMES[number % 20] + given,
        "sex": "MF"[number % 2],
        "birth": f"19{30 + number % 35}-{1 + number % 12:02}-{1 + number % 28:02}",
        "id_number": f"990105{number:012d}",
        "category": ("RETIRED_WORKER", "RETIRED_CADRE", "RETIRED")[number % 3],
        "politics": ("CPC", "MASSES")[number % 2],
        "party_branch": f"第{1 + number // 20}党支部",
        "area": area,
        "building": building,
        "unit_no": str(1 + number % 4),
        "room": f"{1 + number % 6}0{1 + number % 3}",
        "mobile": f"139{number:08}",
        "employee_no": f"{number:06}",
        "home_address": f"{area}{building}{1 + number % 4}单元3",
        "former_unit": f"{('机修', '运输', '采油', '供水')[number % 4]}厂{1 + number % 9}车间",
        "post": "班长",
        "retired_on": "2001-05",
        "work_started": "1968-09",
        "health": ("GOOD", "CHRONIC")[number % 2],
        "emergency_contact": _SURNAMES[number % 20] + "小明",
        "emergency_phone": f"138{number:08}",
    }


def make_office(path: Path, people: int, today: date, *, visits: int = 0, payments: int = 0) -> None:
    """Makes the data file of an office of `people` (400, 800, ...), closed and searchable.

    `visits` and `payments`: how many of them it looks back on (RELIABILITY A2: 200,000 each).
    """
    desk = Desk.open(path, operator="bench", today=lambda: today)
    with desk.db.write(Topic.REGISTRY, why="person_added") as change:
        maker = UnitMaker(change, desk.units.trees(change.conn))
        rows = []
        for number in range(_BASE):
            values = _values(number)
            row = {key: value for key, value in values.items() if key not in _UNITS}
            rows.append({**STATE_DEFAULTS, **row, **unit_links(maker, values, {})})
        change.insert(person, rows)
    with desk.db.write_unlogged() as conn:
        names = [row[1] for row in conn.exec_driver_sql("PRAGMA table_info(person)")]
        changed = {
            "mobile": "substr(mobile, 1, 3) || printf('%08d', substr(mobile, 4) + n.value * 400)",
            "employee_no": "printf('%06d', employee_no + n.value * 400)",
            "id_number": "printf('990105%012d', substr(id_number, 7) + n.value * 400)",
        }
        columns = [name for name in names if name not in ("id", "spouse_id")]
        conn.exec_driver_sql(
            f"INSERT INTO person ({', '.join(columns)})"
            f" SELECT {', '.join(changed.get(name, name) for name in columns)}"
            " FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n"
            f" LIMIT {people // _BASE - 1}) SELECT value FROM n) AS n, person"
        )
        count = "WITH RECURSIVE n(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM n LIMIT {0})"
        if visits:
            conn.exec_driver_sql(
                "INSERT INTO visit (person_id, on_date, way, result, visitor, words)"
                f" {count.format(visits)} SELECT 1 + value % {people},"
                " date('2016-01-01', (value / 60) || ' days'), 'HOME', 'SEEN', '李走访', '身体尚可' FROM n"
            )
        if payments:
            conn.exec_driver_sql(
                "INSERT INTO welfare_list (id, code, title, state) VALUES (1, 'W-1', '春节慰问', 'DRAFT')"
            )
            conn.exec_driver_sql(
                "INSERT INTO welfare_line (list_id, line_no, person_id, name, unit, reason, amount_fen)"
                f" {count.format(payments)} SELECT 1, value + 1, 1 + value % {people}, '张伟', '第一党支部',"
                " '春节慰问:困难', 50000 FROM n"
            )
        search.rebuild(conn)
        conn.exec_driver_sql("ANALYZE")
    desk.close()
