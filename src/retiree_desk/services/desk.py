"""One open office with every service on it.

`app.py` and `cli.py` build a `Desk`; screens and commands reach everything through it.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from retiree_desk.services.office import Office

if TYPE_CHECKING:
    from retiree_desk.services.imports import Imports
    from retiree_desk.services.visits import VisitLog
    from retiree_desk.services.welfare import Welfare


class Desk(Office):
    """An `Office` and the services of each kind of work; their modules load when first asked for."""

    @cached_property
    def imports(self) -> "Imports":
        """Importing HR workbooks."""
        from retiree_desk.services.imports import Imports

        return Imports(self)

    @cached_property
    def visits(self) -> "VisitLog":
        """Due visits, sheets, results."""
        from retiree_desk.services.visits import VisitLog

        return VisitLog(self)

    @cached_property
    def welfare(self) -> "Welfare":
        """Schemes and lists."""
        from retiree_desk.services.welfare import Welfare

        return Welfare(self)
