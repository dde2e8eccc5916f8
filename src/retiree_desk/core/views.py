"""Shipped views of the registry: a name for a choice of people (PRODUCT.md "saved views", OFFICE 1.15).

A view without a name of its own carries a message id; its conditions are those of rules and
schemes (DECISIONS 11).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from retiree_desk.core.conditions import FULL_AGE, LABEL, AllOf, AnyOf, Test, between, one_of
from retiree_desk.i18n import N_, _

_LIVING = one_of("life", "ALIVE")
_ON_REGISTER = one_of("record", "ON_REGISTER")


@dataclass(frozen=True, slots=True)
class View:
    """A view: its code, name (message id) and whom it shows."""

    code: str
    name: str
    test: Test

    @property
    def title(self) -> str:
        """The name in the language spoken now."""
        return _(self.name)


def _living(*tests: Test) -> AllOf:
    return AllOf((_LIVING, _ON_REGISTER, *tests))


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        view.code: view
        for view in (
            View("ON_REGISTER", N_("People on the register"), _living()),
            View(
                "CADRES",
                N_("Retired and veteran cadres"),
                _living(
                    AnyOf((one_of("category", "VETERAN_CADRE", "RETIRED_CADRE"), one_of("identity", "CADRE")))
                ),
            ),
            View("VETERAN_CADRES", N_("Veteran cadres"), _living(one_of("category", "VETERAN_CADRE"))),
            View("PARTY_MEMBERS", N_("Party members"), _living(one_of("politics", "CPC", "CPC_PROBATION"))),
            View("AGE_80", N_("80 and above"), _living(between(FULL_AGE, 80))),
            View("ALONE", N_("Living alone"), _living(one_of("living", "ALONE"))),
            View(
                "HARDSHIP",
                N_("In hardship"),
                _living(
                    one_of(LABEL, "DESTITUTE", "DIBAO", "HARDSHIP", "HARDSHIP_1", "HARDSHIP_2", "HARDSHIP_3")
                ),
            ),
            View("SURVIVORS", N_("Survivors"), _living(one_of("category", "SURVIVOR"))),
            View("DECEASED", N_("The deceased"), one_of("life", "DECEASED")),
        )
    }
)


def view_named(text: str) -> View | None:
    """The view of a code or a name; None where there is none."""
    wanted = text.strip()
    for view in VIEWS.values():
        if wanted.upper() == view.code or wanted in (view.title, view.name):
            return view
    return None
