"""One made-up person."""

from __future__ import annotations

from dataclasses import dataclass, field

MEMBERS = frozenset({"CPC", "CPC_PROBATION"})


@dataclass(slots=True)
class Person:
    """One made-up person: `values` by field code (choices as codes), `custom` by header.

    `index` is the place in the office, `spouse` the index of the husband or wife who is on the register too.
    `newcomer`: known to HR only, retired after the office's register was last brought up to date.
    """

    index: int
    values: dict[str, str]
    custom: dict[str, str] = field(default_factory=dict)
    spouse: int | None = None
    newcomer: bool = False

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")

    @property
    def is_member(self) -> bool:
        """In the Communist Party, a probationary member included."""
        return self["politics"] in MEMBERS

    @property
    def is_on_hr_list(self) -> bool:
        """HR still lists the person: living and neither moved out nor archived."""
        return self["life"] != "DECEASED" and not self["record"]


def drop_label(values: dict[str, str], label: str) -> None:
    """Take one label away."""
    left = [code for code in values.get("labels", "").split(",") if code and code != label]
    values.pop("labels", None)
    if left:
        values["labels"] = ",".join(left)
