"""Reading building, entrance and door out of an address (OFFICE 2.4, table 8.4).

What is not understood is said to be so: the person is then 未分片 and sorted by the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from retiree_desk.core.numerals import NUMERAL_CLASS, numeral_value


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives, as far as the text says; '' for what it does not say.

    `area` is a name (阳光小区), `building` a number or letter (`7排` for a row of low houses),
    `unit_no` the entrance. `residence_kind` is proposed, a code of that field or ''.
    `understood`: at least the building is known.
    """

    area: str = ""
    building: str = ""
    unit_no: str = ""
    room: str = ""
    residence_kind: str = ""
    understood: bool = False


_STEM = "甲乙丙丁戊己庚辛壬癸"
_NUM = rf"(?:[A-Za-z]?\d{{1,4}}[A-Za-z]?|[{NUMERAL_CLASS}]{{1,4}})"
_BUILDING = rf"(?:{_NUM}|[A-Za-z{_STEM}])"
_ENTRANCE = rf"(?:\d{{1,2}}[A-Za-z]?|[{NUMERAL_CLASS}]{{1,3}}|[A-Za-z{_STEM}东西南北中])"
_ROOM = r"(?:\d{1,4}[A-Za-z]?)"
_FLOOR = rf"(?:(?:\d{{1,2}}|[{NUMERAL_CLASS}]{{1,3}})(?:层|楼))"
_SIDE = r"(?:[左右东西南北中][手边侧户门]?(?:户|门)?)"

_ENTRANCE_WORD = r"(?:号门洞|门洞|单元门|单元|号门|#门|门栋|门|号梯|梯|号口|口)"
_DOOR = rf"(?:{_FLOOR}?-?(?P<room>{_ROOM})(?:号房|房间|室|号|房|户)?|(?P<side>{_FLOOR}{_SIDE}))"
_DASHED = rf"(?P<dash_unit>{_ENTRANCE})-(?:\d{{1,2}}-)?(?P<dash_room>{_ROOM})(?:号房|室|号|房|户)?"
_AFTER_BUILDING = (
    rf"-?(?:{_DASHED}|(?:(?P<unit>{_ENTRANCE}){_ENTRANCE_WORD}-?)?(?:{_DOOR})?)"
    r"[室号户内房]?$"
)
_HOUSE = re.compile(
    rf"(?P<area>.*?)(?:第)?(?P<building>{_BUILDING})(?:号楼|号栋|号幢|#楼|栋楼|幢楼|栋|幢|座|楼|#)"
    + _AFTER_BUILDING
)
_ROW = re.compile(
    rf"(?P<area>.*?)(?:第)?(?P<building>{_NUM})排(?:-?(?P<room>{_ROOM}|[{NUMERAL_CLASS}]{{1,3}})"
    r"(?:号房|号院|号|室|户)?)?$"
)
_THREE = re.compile(
    rf"(?P<area>.*?[^\d\-A-Za-z]|)(?P<building>[A-Za-z]?\d{{1,3}}[A-Za-z]?)-"
    rf"(?P<unit>\d{{1,2}}|[{_STEM}A-Za-z])-(?P<room>{_ROOM})(?:室|号|户)?$"
)
_TWO = re.compile(
    r"(?P<area>.*?[^\d\-A-Za-z]|)(?P<building>[A-Za-z]?\d{1,3}[A-Za-z]?)-(?P<room>\d{3,4}[A-Za-z]?)"
    r"(?:室|号|户)?$"
)

_LONGEST = 200  # characters; more is a letter, not an address
_DASHES = str.maketrans({mark: "-" for mark in "‐‑‒–—―−－_~～"} | {"＃": "#", "號": "号", "樓": "楼"})
_BRACKETS = re.compile(r"\([^()]*\)|【[^】]*】")
_TAIL = re.compile(r"[,，。;；、.\s]+$")
# Province, city, county, street office, town: they lead to the place and are not its name.
_PROVINCE = r"(?:[^市县区省]{2,8}?(?:省|自治区|特别行政区))?"
_CITY = r"(?:[^市县区省路街号]{2,7}?(?:自治州|地区|盟|市))?"
_COUNTY = (
    r"(?:[^市县区省路街号小社园\d]{2,6}?(?:自治县|(?<=[左右前中后])旗|市|(?<![小社园片活矿校厂库营业发院宅])区)"
    r"|[^市县区省路街号小社园\d]{1,4}县)?"
)
_TOWN = r"(?:[^市县区省路号小社园\d]{2,8}?(?:街道办事处|街道办|街道|镇|乡|苏木))?"
_ADMINISTRATIVE = re.compile(rf"^{_PROVINCE}{_CITY}{_COUNTY}{_TOWN}")

_RURAL = re.compile(
    r"乡|苏木|嘎查|屯|(?:县|旗|镇|市|区|街道).*(?:村|庄|寨|堡|沟|营子)|"
    r"村(?:委会)?(?:.{0,4}[组队社])?(?:\d+号)?$"
)
_BASE = re.compile(r"矿区|基地|油田|矿务局|生活区|作业区|采油.厂|采油.矿")
_ELSEWHERE = re.compile(r"^[^\d]{2,8}?(?:省|自治区|市|特别行政区)|^(?:北京|上海|天津|重庆|香港|澳门|台湾)")
_ABROAD = re.compile(r"^(?:美国|加拿大|澳大利亚|新西兰|英国|日本|韩国|德国|法国|新加坡|国外|境外)")


def read_address(text: str, *, home: Collection[str] = ()) -> Address:
    """Area, building, entrance and door of an address, or a proposal where the person lives.

    `home` holds the names of the office's own province, city and county: what begins with one
    of them is never proposed as living elsewhere. Never raises.
    """
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST:
        return Address()
    for shape in (_THREE, _HOUSE, _ROW, _TWO):
        found = shape.match(plain)
        if found is not None:
            return _read(shape is _ROW, found.groupdict(), plain, home)
    return Address(residence_kind=_proposed(plain, home))


def address_text(address: Address) -> str:
    """The address written out, 阳光小区7号楼2单元301; read again it gives the same parts."""
    building = address.building
    if building:
        building += "" if building.endswith("排") else "号楼"
    unit = f"{address.unit_no}单元" if address.unit_no else ""
    room = address.room
    if building.endswith("排") and room:
        room += "号"
    return f"{address.area}{building}{unit}{room}"


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = "".join(plain.split())
    return _TAIL.sub("", _BRACKETS.sub("", plain)).strip("-,;'\"")


def _read(row: bool, parts: dict[str, str | None], plain: str, home: Collection[str]) -> Address:
    building = _number(parts["building"] or "")
    unit = parts.get("unit") or parts.get("dash_unit") or ""
    side = parts.get("side") or ""
    room = parts.get("room") or parts.get("dash_room") or _side(side)
    return Address(
        area=_area(parts["area"] or ""),
        building=f"{building}排" if row else building,
        unit_no=_number(unit),
        room=_number(room) if row else room.upper(),
        residence_kind=_understood_kind(plain, home),
        understood=True,
    )


def _number(text: str) -> str:
    value = numeral_value(text) if text and not text[0].isascii() else None
    if value is not None:
        return str(value)
    return re.sub(r"\d+", lambda found: str(int(found.group())), text).upper()


def _side(text: str) -> str:
    """三楼东户 and 3层东户 are one door."""
    found = re.match(rf"([\d{NUMERAL_CLASS}]+)[层楼](.*)", text)
    return f"{_number(found.group(1))}层{found.group(2)}" if found else text


def _area(text: str) -> str:
    """The name before the building, without the province, city, county and town before it."""
    text = text.strip("-,")
    found = _ADMINISTRATIVE.match(text)
    rest = text[found.end() :] if found else text
    return rest or text


def _proposed(plain: str, home: Collection[str]) -> str:
    if _ABROAD.match(plain):
        return "ELSEWHERE"
    if _RURAL.search(plain):
        return "RURAL"
    if _is_elsewhere(plain, home):
        return "ELSEWHERE"
    return "BASE" if _BASE.search(plain) else ""


def _understood_kind(plain: str, home: Collection[str]) -> str:
    if home and _is_elsewhere(plain, home):
        return "ELSEWHERE"
    return "BASE" if _BASE.search(plain) else ""


def _is_elsewhere(plain: str, home: Collection[str]) -> bool:
    if any(place and plain.startswith(place) for place in home):
        return False
    return _ELSEWHERE.match(plain) is not None
