"""Last year's welfare list of the sample office, made final as the office itself would have made it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

SCHEME = "W06"  # 重阳慰问


def make_past_list(path: Path, operator: str, today: date) -> None:
    """Make last year's Double Ninth list; where nobody was entitled (a tiny office) there is none."""
    from retiree_desk import i18n
    from retiree_desk.core.lunar import festival
    from retiree_desk.services.desk import Desk

    on = festival("DOUBLE_NINTH", today.year - 1)
    # A final list keeps its words as printed: those of a made-up Chinese office, whoever makes it.
    spoken = i18n.language()
    i18n.set_language("zh")
    desk = Desk.open(path, operator=operator, today=lambda: on - timedelta(days=10))
    try:
        proposal = desk.welfare.propose(desk.welfare.scheme(SCHEME), on)
        if proposal.lines:
            made = desk.welfare.finalise(proposal)
            desk.welfare.mark_printed(made.id)
    finally:
        desk.close()
        i18n.set_language(spoken)
