"""`find`, `show`, `set`, `die`."""

import argparse
from typing import Any

from retiree_desk.commands.session import Result, Session
from retiree_desk.core.errors import UsageError
from retiree_desk.core.retirees import COLUMN_BY_KEY, RETIREE_COLUMNS, Retiree
from retiree_desk.core.values import field_named, typed_value, with_id_facts
from retiree_desk.i18n import _


def register(verbs: Any) -> None:
    """Adds the verbs to the parser."""
    find = verbs.add_parser("find", help=_("find people by name, pinyin, number, phone or address"))
    find.add_argument("text", metavar="TEXT")
    find.add_argument("--limit", type=int, default=50, metavar="N")
    find.set_defaults(run=_find)
    show = verbs.add_parser("show", help=_("everything about one person"))
    show.add_argument("person", metavar="PERSON")
    show.set_defaults(run=_show)
    change = verbs.add_parser("set", help=_("change fields of one person"))
    change.add_argument("person", metavar="PERSON")
    change.add_argument("values", nargs="+", metavar="FIELD=VALUE")
    change.set_defaults(run=_set)
    die = verbs.add_parser("die", help=_("enter a death"))
    die.add_argument("person", metavar="PERSON")
    die.add_argument("--on", required=True, metavar="DATE")
    die.set_defaults(run=_die)


_BRIEF = [
    "name", "sex", "birth", "id_number", "employee_no", "category", "status", "party_branch",
    "admin_group", "area", "building", "unit_no", "room", "mobile", "phone", "home_address",
]  # fmt: skip


def shown(person: Retiree, keys: list[str] | None = None) -> dict[str, Any]:
    """A person's values in words, by field code."""
    wanted = keys or [column.key for column in RETIREE_COLUMNS]
    values = {key: COLUMN_BY_KEY[key].show(person[key]) for key in wanted if key != "age"}
    return {"id": person.id, **values}


def _find(args: argparse.Namespace, session: Session) -> Result:
    if args.limit < 1:
        raise UsageError("usage", _("--limit must be 1 or more."))
    found = session.desk(write=False).registry.find(args.text, args.limit)
    people = [shown(one, list(_BRIEF)) for one in found.people]
    lines = [
        "  ".join(
            str(one[key])
            for key in ("id", "name", "sex", "birth", "status", "mobile", "home_address")
            if one[key]
        )
        for one in people
    ]
    return Result({"total": found.total, "people": people}, [*lines, _("{n} found").format(n=found.total)])


def _show(args: argparse.Namespace, session: Session) -> Result:
    desk = session.desk(write=False)
    person = desk.registry.get(desk.registry.resolve(args.person))
    names = desk.registry.custom_fields()
    custom = {names[number]: text for number, text in person.custom.items() if number in names}
    history = [
        {"id": one.id, "at": one.at, "who": one.who, "summary": one.summary}
        for one in desk.history.list(50, person_id=person.id)
    ]
    data = {
        **shown(person),
        "spouse_id": person.spouse_id,
        "custom": custom,
        "unread": dict(person.unread),
        "history": history,
    }
    lines = [
        f"{column.heading()}: {column.show(person[column.key])}"
        for column in RETIREE_COLUMNS
        if person[column.key]
    ]
    lines += [f"{name}: {text}" for name, text in custom.items()]
    lines += [
        _("{field} as read: {text}").format(
            field=COLUMN_BY_KEY[key].heading() if key in COLUMN_BY_KEY else key, text=text
        )
        for key, text in person.unread.items()
    ]
    return Result(data, lines)


def _set(args: argparse.Namespace, session: Session) -> Result:
    values: dict[str, str] = {}
    for pair in args.values:
        key, equals, text = pair.partition("=")
        if not equals:
            raise UsageError("usage", _("“{pair}” is not FIELD=VALUE.").format(pair=pair))
        column = field_named(key.strip())
        if column.derived:
            raise UsageError(
                "field_derived",
                _("{field} follows from other fields and cannot be set.").format(field=column.heading()),
            )
        values[column.key] = typed_value(column, text, session.today())
    desk = session.desk(write=True)
    number = desk.registry.resolve(args.person)
    now = desk.registry.get(number)
    change = desk.registry.change(number, with_id_facts(values, now.values))
    return Result({"change": change or None}, [_("Done.") if change else _("Nothing changed.")])


def _die(args: argparse.Namespace, session: Session) -> Result:
    died_on = typed_value(COLUMN_BY_KEY["died_on"], args.on, session.today())
    if not died_on:
        raise UsageError("usage", _("--on needs a date."))
    desk = session.desk(write=True)
    change = desk.registry.die(desk.registry.resolve(args.person), died_on)
    return Result({"change": change or None}, [_("Done.") if change else _("Nothing changed.")])
