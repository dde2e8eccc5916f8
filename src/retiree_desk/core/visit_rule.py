"""What a visit rule is: whom, how often or after what, by which ways (DECISIONS 29, OFFICE 5.1)."""

from collections.abc import Iterator
from dataclasses import dataclass

from retiree_desk.core.conditions import FULL_AGE, PARTY_YEARS, AllOf, Condition, Test


@dataclass(frozen=True, slots=True)
class Period:
    """Once in every calendar period of `months`. Half-years and years are spread (DECISIONS 29).

    `before`: the festival on whose eve the time for it ends (V11); `ways`: narrower than the
    rule's, for a clause like "of these, at home once a quarter".
    """

    months: int
    before: str = ""
    ways: tuple[str, ...] = ()

    @property
    def spread(self) -> bool:
        """Whether each person has a month of the period of their own."""
        return self.months >= 6 and not self.before


@dataclass(frozen=True, slots=True)
class Step:
    """One visit that an event asks for: from `opens` to `due` days after it."""

    due: int
    opens: int = 0
    working_days: bool = False
    months: int = 0  # calendar months after the event, before the days are counted


@dataclass(frozen=True, slots=True)
class Window:
    """Days of a year: around a festival, or fixed (`06-15` to `07-05`; across New Year is fine)."""

    festival: str = ""
    before: int = 0  # days before the festival on which it opens
    after: int = 0  # days after it on which it closes; -1 = the eve
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class VisitRule:
    """One rule: whom, how often or when, by which ways, and where it comes from."""

    code: str
    name: str  # message id
    short: str  # message id: the few words printed on a visit sheet
    who: Test
    who_words: str  # message id
    often: str  # message id
    ways: tuple[str, ...]
    source: str  # message id
    priority: int
    must_meet: bool = False
    on: bool = True
    printed: bool = True  # whether it puts people on the month's sheets
    periods: tuple[Period, ...] = ()
    event: str = ""  # kind of event that starts the steps
    steps: tuple[Step, ...] = ()
    repeat_from: int = 0  # days after the event from which it comes round every month while it lasts
    window: Window | None = None
    birthdays: tuple[int, ...] = ()
    occasion: str = "REGULAR"

    @property
    def age_from(self) -> int:
        """The full age at which the rule begins to hold for a person; 0 where age does not begin it."""
        parts = self.who.parts if isinstance(self.who, AllOf) else (self.who,)
        return max(
            (
                int(part.values[0] or 0)
                for part in parts
                if isinstance(part, Condition) and part.field == FULL_AGE
            ),
            default=0,
        )

    @property
    def fields(self) -> frozenset[str]:
        """Stored fields on which it depends who is meant (`label` for labels), ages apart."""
        return frozenset(_fields(self.who)) - {FULL_AGE, PARTY_YEARS}


def _fields(test: Test) -> Iterator[str]:
    if isinstance(test, Condition):
        yield test.field
    else:
        for part in test.parts:
            yield from _fields(part)
