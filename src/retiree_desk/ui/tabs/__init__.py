"""The tabs of the window. Adding one: a file here and a line in `TABS`."""

import importlib
from dataclasses import dataclass
from typing import Any

from retiree_desk.i18n import N_
from retiree_desk.ui.context import Context


@dataclass(frozen=True)
class TabEntry:
    """A tab's code, its title (message id), and the class in `ui/tabs/<module>.py`."""

    code: str
    title: str
    module: str
    widget: str

    def make(self, context: Context) -> Any:
        """The tab's widget."""
        module = importlib.import_module(f"{__name__}.{self.module}")
        return getattr(module, self.widget)(context)


TABS = (
    TabEntry("registry", N_("Registry"), "registry", "RegistryTab"),
    TabEntry("visits", N_("Visit log"), "visits", "VisitsTab"),
    TabEntry("welfare", N_("Welfare"), "welfare", "WelfareTab"),
)
