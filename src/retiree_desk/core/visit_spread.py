"""A month of their own for every person's half-yearly and yearly visits (DECISIONS 29, OFFICE 2.3).

People are put in the order of their doors and cut into equal shares, so that a month's visits lie
together and no month holds more than its share. The cuts are kept: whoever comes later falls
between them, and nobody else's month moves.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

# Where somebody stands in the order of doors: sort text of the address, then the household.
Place = tuple[str, int]

HALF_YEAR = 6
YEAR = 12


@dataclass(frozen=True, slots=True)
class Spread:
    """The places at which each next share begins; `half` has 5 cuts, `year` 11 (fewer: all in the first)."""

    half: tuple[Place, ...] = ()
    year: tuple[Place, ...] = ()
    people: int = 0  # how many there were when it was cut

    def slot(self, months: int, place: Place) -> int:
        """The month of a period of `months`, from 0, that is the person's own."""
        if months == HALF_YEAR:
            return bisect_right(self.half, place)
        return bisect_right(self.year, place) if months == YEAR else 0

    def still_fits(self, people: int) -> bool:
        """Whether the shares can still be even: the office has neither doubled nor halved since."""
        return self.people > 0 and self.people <= 2 * people and people <= 2 * self.people

    def to_data(self) -> dict[str, Any]:
        """As plain lists, for JSON."""
        return {"half": [*map(list, self.half)], "year": [*map(list, self.year)], "people": self.people}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Spread":
        """The inverse of `to_data`."""
        return cls(
            tuple((str(text), int(number)) for text, number in data["half"]),
            tuple((str(text), int(number)) for text, number in data["year"]),
            int(data["people"]),
        )


def cut(half: Collection[Place], year: Collection[Place]) -> Spread:
    """Even shares of those with a half-yearly rule, and of those with a yearly one."""
    return Spread(_cuts(half, HALF_YEAR), _cuts(year, YEAR), len(year))


def _cuts(places: Collection[Place], shares: int) -> tuple[Place, ...]:
    ordered = sorted(places)
    count = len(ordered)
    if not count:
        return ()
    # The first month takes the bigger share where they are not equal.
    starts = (-(-count * number // shares) for number in range(1, shares))
    return tuple(ordered[start] for start in starts if start < count)
