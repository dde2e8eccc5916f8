"""Why a change was made: codes and parameters, in words when shown."""

from collections.abc import Mapping

from retiree_desk.i18n import N_, _

REASONS: Mapping[str, str] = {
    "person_added": N_("Added {name}"),
    "person_changed": N_("Changed {name}"),
    "people_changed": N_("Changed {field} of {n} people"),
    "person_died": N_("Entered the death of {name}"),
    "person_binned": N_("Moved {name} to the bin"),
    "addresses_read": N_("Split the addresses of {n} people"),
    "import": N_("Import of {files}"),
    "visit_entered": N_("Visit to {name}"),
    "visits_entered": N_("{n} visit results"),
    "sheets_printed": N_("Printed {n} visit sheets"),
    "visit_taken_back": N_("Visit result taken back"),
    "sheets_made": N_("Visit sheets of {month}"),
    "list_made": N_("Welfare list {code}"),
    "scheme_changed": N_("Welfare scheme {code}"),
    "units_changed": N_("Units changed"),
    "undo": N_("Undo: {what}"),
    "redo": N_("Redo: {what}"),
    "sample": N_("Sample office"),
    "settings": N_("Office settings"),
    "request_entered": N_("Request of {name}"),
}


def reason_text(code: str, params: Mapping[str, object]) -> str:
    """The reason in the language spoken now; an unknown code is shown as it is."""
    words = REASONS.get(code)
    if words is None:
        return code
    shown = dict(params)
    what = params.get("what")
    if code in ("undo", "redo") and isinstance(what, list):
        shown["what"] = reason_text(str(what[0]), what[1])
    try:
        return _(words).format(**shown)
    except (KeyError, IndexError):
        return _(words)
