"""The office's welfare schemes: shipped, changed, confirmed, or its own (慰问福利项目)."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from retiree_desk.core.errors import UsageError
from retiree_desk.core.schemes import Scheme, scheme_as_json, scheme_from_json
from retiree_desk.core.shipped_schemes import SHIPPED
from retiree_desk.core.topics import Topic
from retiree_desk.core.welfare_words import occasion_name, occasion_short
from retiree_desk.i18n import _
from retiree_desk.store.schema import scheme as scheme_table

if TYPE_CHECKING:
    from retiree_desk.services.office import Office


class Schemes:
    """Reads and keeps schemes; `services/welfare.py` makes lists of them."""

    def __init__(self, desk: "Office") -> None:
        self._desk = desk
        self._db = desk.db

    def schemes(self) -> list[Scheme]:
        """Every scheme: the shipped ones, as the office changed them, then the office's own."""
        found = dict(SHIPPED)
        with self._db.read() as conn:
            rows = conn.execute(sa.select(scheme_table).order_by(scheme_table.c.id)).mappings().all()
        for row in rows:
            builtin = bool(row["builtin"])
            made = scheme_from_json(
                json.loads(row["definition"]),
                enabled=bool(row["enabled"]),
                builtin=builtin,
                confirmed=bool(row["confirmed_at"]) or not builtin,
            )
            found[made.code] = made
        return list(found.values())

    def scheme(self, text: str) -> Scheme:
        """The scheme of a code (W06) or a name. Raises `UsageError` where none or several are meant."""
        wanted = text.strip()
        known = self.schemes()
        for one in known:
            if one.code.casefold() == wanted.casefold() or one.title == wanted:
                return one
        near = [one for one in known if wanted in (occasion_name(one.occasion), occasion_short(one.occasion))]
        if len(near) == 1:
            return near[0]
        if near:
            raise UsageError(
                "scheme_ambiguous",
                _("“{text}” means several schemes: {codes}. Give the code.").format(
                    text=wanted, codes="、".join(f"{one.code} {one.title}" for one in near)
                ),
            )
        raise UsageError(
            "scheme_unknown",
            _("There is no scheme “{text}”; `welfare schemes` lists them.").format(text=wanted),
        )

    def save_scheme(self, scheme: Scheme) -> None:
        """Keeps a scheme as the office wants it: a shipped one changed or confirmed, or one of its own."""
        shipped = SHIPPED.get(scheme.code)
        # A name still that of the shipped scheme stays a message id (DECISIONS 27).
        row = {
            "code": scheme.code,
            "name": None if shipped and shipped.name == scheme.name else scheme.name,
            "builtin": scheme.code if shipped else None,
            "occasion": scheme.occasion,
            "enabled": int(scheme.enabled),
            "confirmed_at": self._desk.today().isoformat() if scheme.confirmed else None,
            "definition": json.dumps(scheme_as_json(scheme), ensure_ascii=False),
        }
        with self._db.read() as conn:
            known = conn.scalar(sa.select(scheme_table.c.id).where(scheme_table.c.code == scheme.code))
        with self._db.write(Topic.WELFARE, why="scheme_changed", params={"code": scheme.code}) as change:
            if known is None:
                change.insert(scheme_table, [row])
            else:
                change.update(scheme_table, {known: row})

    def confirm(self, code: str, basis: str) -> None:
        """The office looked at a shipped scheme's amounts and names its basis (R15); '' leaves it blank."""
        self.save_scheme(replace(self.scheme(code), basis=basis.strip(), confirmed=True))
