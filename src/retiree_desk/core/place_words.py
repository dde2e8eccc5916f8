"""Where somebody lives, as it stands on working papers (OFFICE 4.1)."""

from collections.abc import Iterable, Mapping

from retiree_desk.core.units import building_key, place_key


def building_words(building: str) -> str:
    """`7号楼` for a bare number; a building with a name of its own keeps it."""
    bare = building and building_key(building) == building and not building.endswith("排")
    return f"{building}号楼" if bare and len(building) <= 4 else building


def door_words(values: Mapping[str, str], *, area: bool = True) -> str:
    """`阳光小区7号楼2单元301` from the fields of residence; the address as written where they are empty.

    `area` False leaves the area out, for a sheet whose head names it.
    """
    building = values.get("building", "")
    entrance = values.get("unit_no", "")
    room = values.get("room", "")
    if not building and not entrance:
        written = values.get("home_address", "")
        return written or (values.get("area", "") + room)
    if entrance and len(entrance) <= 2 and entrance[-1] not in "门元":
        entrance += "单元"
    return (values.get("area", "") if area else "") + building_words(building) + entrance + room


def area_words(places: Iterable[Mapping[str, str]]) -> str:
    """The areas of a sheet: `第三片区(1-9号楼)`; of more than two the names alone, for lack of room."""
    found: dict[str, set[str]] = {}
    for values in places:
        if values.get("area"):
            found.setdefault(values["area"], set()).add(values.get("building", ""))
    few = len(found) <= 2
    return "、".join(area + (_range(buildings - {""}) if few else "") for area, buildings in found.items())


def _range(buildings: set[str]) -> str:
    if not buildings:
        return ""
    keys = sorted(
        {building_key(one) for one in buildings}, key=lambda key: [str(part) for part in place_key(key)]
    )
    numbers = sorted(int(key) for key in keys if key.isascii() and key.isdecimal())
    if len(numbers) == len(keys) and len(numbers) > 1:
        return f"({numbers[0]}-{numbers[-1]}号楼)"
    return f"({building_words(keys[0])})" if len(keys) == 1 else ""
