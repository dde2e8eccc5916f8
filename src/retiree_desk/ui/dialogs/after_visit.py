"""What a result asks for next: the death dialog, the new address, a request to write down (OFFICE 3.7)."""

from typing import Any

from PySide6.QtWidgets import QWidget

from retiree_desk.services.visit_results import FollowUp
from retiree_desk.ui.context import Context


def follow_up(context: Context, one: FollowUp, parent: QWidget | None) -> Any:
    """Opens what is to be done, or says it in the status line. The dialog opened, if any."""
    context.open("say", one.words)
    if one.code == "death_to_enter":
        from retiree_desk.ui.dialogs.death import DeathDialog

        dialog = DeathDialog(context, context.desk.registry.get(one.person_id), parent)
        dialog.open()
        return dialog
    if one.code == "address_to_ask":
        return context.open("person", one.person_id)
    return None
