"""Why somebody is on a welfare list, is not, or cannot be decided, in words (OFFICE R21).

A reason is kept as code and parameters; here it becomes a sentence in the language spoken now.
An age reason names the way of counting, the date and the tier.
"""

from collections.abc import Iterable, Mapping

from retiree_desk.core.entitlement import Reason
from retiree_desk.core.retirees import COLUMN_BY_KEY
from retiree_desk.i18n import N_, _

REASONS: Mapping[str, str] = {
    "served": N_("served by this office"),
    "age_YEAR": N_("age in the year {age}, {tier}"),
    "age_NOMINAL": N_("nominal age {age} in {year}, {tier}"),
    "age_FULL": N_("{age} full years on {on}, {tier}"),
    "age_no_tier_YEAR": N_("{age} years old in {year}: no tier"),
    "age_no_tier_NOMINAL": N_("nominal age {age} in {year}: no tier"),
    "age_no_tier_FULL": N_("{age} full years on {on}: no tier"),
    "age_undecided": N_("born {birth}: {age} or {most} full years on {on}, the day or month is needed"),
    "birth_unknown": N_("birth date not known"),
    "birth_month_unknown": N_("born {birth}, the month is not known"),
    "birthday_month": N_("birthday in month {month}"),
    "birthday_other_month": N_("birthday in another month ({month})"),
    "party_years": N_("{years} party years (since {since})"),
    "party_years_derived": N_("{years} party years (since {since}, worked out)"),
    "party_years_outside": N_("{years} party years (since {since}): not reached"),
    "party_years_undecided": N_("{years} or {most} party years on {on}: full membership date needed"),
    "party_date_unknown": N_("party member, dates not known"),
    "no_party_years": N_("no party years"),
    "in_year": N_("{field} {value}"),
    "not_in_year": N_("{field} {value}: not in {year}"),
    "date_undecided": N_("{field} {value}: the day is needed"),
    "field_empty": N_("{field} not entered"),
    "field": N_("{value}"),
    "field_fits": N_("{field} fits"),
    "field_other": N_("{field} does not fit: {value}"),
    "field_none": N_("{field} does not fit"),
    "no_condition": N_("meets none of the conditions"),
    "no_tier": N_("meets no tier"),
    "is_living": N_("alive"),
    "died": N_("died {on}"),
    "died_no_date": N_("died"),
    "death_date_unknown": N_("died, date not known: to be checked"),
    "death_date_undecided": N_("died {on}: before or after the basis date is to be checked"),
    "moved_out": N_("moved out"),
    "archived": N_("record archived"),
    "not_served": N_("not served by this office"),
    "already_this_year": N_("already received in {year} (list {list})"),
    "already_once": N_("already received (list {list}), once only"),
    "removed": N_("taken out: {why}"),
    "added": N_("{why}"),
}

# Remarks of a line, by code.
NOTES: Mapping[str, str] = {
    "family_collects": N_("collected by the family"),
}

_TIERS: Mapping[tuple[bool, bool], str] = {
    (True, True): N_("tier {low} to {high}"),
    (True, False): N_("tier {low} and above"),
    (False, True): N_("tier up to {high}"),
    (False, False): N_("all ages"),
}
_EXACT = N_("tier {low}")


def _tier_text(low: str, high: str) -> str:
    if low and low == high:
        return _(_EXACT).format(low=low)
    return _(_TIERS[bool(low), bool(high)]).format(low=low, high=high)


def _dotted(text: str) -> str:
    """A stored date as it stands on paper."""
    return text.replace("-", ".")


def reason_text(reason: Reason) -> str:
    """One reason in the language spoken now; an unknown code is shown as it is."""
    params = {key: str(value) for key, value in reason.params.items()}
    code = reason.code
    if code in ("age", "age_no_tier", "age_outside"):
        code = f"{'age' if code == 'age' else 'age_no_tier'}_{params['counting']}"
        params["tier"] = _tier_text(params["low"], params["high"])
    if code == "died" and not params["on"]:
        code = "died_no_date"
    if "field" in params:
        column = COLUMN_BY_KEY.get(params["field"])
        if column is None:  # a condition on units in general
            params["field"] = _("Unit of the person")
        else:
            params["value"] = column.show(params["value"])
            params["field"] = column.heading()
        if code == "field_other" and not params["value"]:
            code = "field_none"
        if code in ("in_year", "not_in_year", "date_undecided"):
            params["value"] = _dotted(params["value"])
    for key in ("on", "since", "birth"):
        if key in params:
            params[key] = _dotted(params[key])
    words = REASONS.get(code)
    return _(words).format(**params) if words else code


def reasons_text(reasons: Iterable[Reason]) -> str:
    """Several reasons as one text."""
    return _(", ").join(text for text in (reason_text(reason) for reason in reasons) if text)


def note_text(code: str) -> str:
    """A remark in the language spoken now; '' for none."""
    return _(NOTES[code]) if code in NOTES else code
