"""A condition in the office's words, for forms, screens and the wall: `离休干部`, `当年年龄 80-84 岁`."""

from retiree_desk.core.conditions import (
    FULL_AGE,
    LABEL,
    NOMINAL_AGE,
    PARTY_YEARS,
    UNIT,
    YEAR_AGE,
    AllOf,
    AnyOf,
    Condition,
    Test,
)
from retiree_desk.core.retirees import COLUMN_BY_KEY, LABELS
from retiree_desk.i18n import N_, _

_NUMBERS = {
    FULL_AGE: (
        N_("Age (full)"),
        N_("{low} to {high} years"),
        N_("{low} years and above"),
        N_("up to {high} years"),
    ),
    YEAR_AGE: (
        N_("Age in the year"),
        N_("{low} to {high} years"),
        N_("{low} years and above"),
        N_("up to {high} years"),
    ),
    NOMINAL_AGE: (
        N_("Nominal age"),
        N_("{low} to {high} years"),
        N_("{low} years and above"),
        N_("up to {high} years"),
    ),
    PARTY_YEARS: (
        N_("Party years"),
        N_("{low} to {high} full years"),
        N_("{low} full years and above"),
        N_("up to {high} full years"),
    ),
}
_EXACT = N_("{low} years")


def _number_words(test: Condition) -> str:
    title, both, least, most = _NUMBERS[test.field]
    low, high = test.values
    if low and low == high:
        words = _EXACT
    elif low and high:
        words = both
    else:
        words = least if low else most
    return f"{_(title)} {_(words).format(low=low, high=high)}"


def _field_words(test: Condition) -> str:
    if test.op == "birthday_month":
        return _("birthday in the month")
    column = COLUMN_BY_KEY.get(test.field)
    title = column.heading() if column else _("Unit of the person")
    if test.op == "in_year":
        return _("{field} in the year").format(field=title)
    if test.op == "filled":
        return _("{field} entered").format(field=title)
    if test.op == "empty":
        return _("{field} not entered").format(field=title)
    if test.field == LABEL:
        words = [_(LABELS[value]) if value in LABELS else value for value in test.values]
    elif test.field == UNIT or column is None:
        words = list(test.values)
    else:
        words = [column.show(value) for value in test.values]
    said = "、".join(words)
    return _("not {words}").format(words=said) if test.op == "not_in" else said


def condition_words(test: Test) -> str:
    """The condition in the language spoken now; '' for everybody."""
    if isinstance(test, Condition):
        return _number_words(test) if test.field in _NUMBERS else _field_words(test)
    parts = [words for words in (condition_words(part) for part in test.parts) if words]
    if isinstance(test, AnyOf):
        return _(" or ").join(parts)
    assert isinstance(test, AllOf)
    return _(", and ").join(parts)
