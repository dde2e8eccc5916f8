"""Splitting addresses into area, building, entrance and door, for the whole office (OFFICE 2.4)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from retiree_desk.core.units import Address, read_address
from retiree_desk.services.desk import Desk
from retiree_desk.store.schema import person

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class AddressProposal:
    """One person's address and what it was read as; `values` are the fields that would be set."""

    person_id: int
    name: str
    text: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AddressProposals:
    """`understood`: at least the building is known. `unclear` stay without a building (未分片) and are
    sorted by the text; for some a kind of place is proposed all the same."""

    understood: tuple[AddressProposal, ...]
    unclear: tuple[AddressProposal, ...]


def _values(address: Address, room: str | None, kind: str | None) -> dict[str, str]:
    """The fields to set, in the words units are named by; what is filled stays."""
    building = address.building
    if building and not building.endswith("排"):
        building += "号楼"
    values = {
        "area": address.area,
        "building": building,
        "unit_no": f"{address.unit_no}单元" if address.unit_no else "",
    }
    if not room:
        values["room"] = address.room
    if not kind:
        values["residence_kind"] = address.residence_kind
    return {key: value for key, value in values.items() if value}


class Addresses:
    """Proposes and accepts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def proposals(self, progress: Progress | None = None) -> AddressProposals:
        """Everybody with an address as text and no place in the residence tree, by address."""
        query = (
            sa.select(
                person.c.id, person.c.name, person.c.home_address, person.c.room, person.c.residence_kind
            )
            .where(
                person.c.binned_at.is_(None),
                person.c.residence_id.is_(None),
                person.c.home_address.is_not(None),
            )
            .order_by(person.c.address_sort, person.c.name_sort, person.c.id)
        )
        with self._desk.db.read() as conn:
            rows = conn.execute(query).all()
        understood: list[AddressProposal] = []
        unclear: list[AddressProposal] = []
        for done, row in enumerate(rows):
            if progress and done % 500 == 0:
                progress(done, len(rows), "")
            address = read_address(row.home_address)
            values = _values(address, row.room, row.residence_kind)
            proposal = AddressProposal(row.id, row.name, row.home_address, values)
            (understood if address.understood else unclear).append(proposal)
        return AddressProposals(tuple(understood), tuple(unclear))

    def accept(self, proposals: Iterable[AddressProposal]) -> int:
        """Sets the fields of all of them in one change set; returns it (0: nothing to set)."""
        changes = {one.person_id: one.values for one in proposals if one.values}
        if not changes:
            return 0
        return self._desk.registry.change_many(changes, why="addresses_read", params={"n": len(changes)})
