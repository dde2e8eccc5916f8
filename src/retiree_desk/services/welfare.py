"""Welfare: schemes, proposals, and lists that are made final once (定稿)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.entitlement import Moment, Reason, printed_age
from retiree_desk.core.errors import RefusedError, UsageError
from retiree_desk.core.schemes import Goods, Scheme, Tier
from retiree_desk.core.topics import Topic
from retiree_desk.core.welfare import (
    Grant,
    Proposal,
    ProposedLine,
    default_grouping,
    numbered,
    propose,
    with_added,
    without,
)
from retiree_desk.core.welfare_words import FUND_SOURCES, OCCASIONS, occasion_short, word
from retiree_desk.i18n import _
from retiree_desk.services.schemes import Schemes
from retiree_desk.services.welfare_records import (
    ListDetails,
    WelfareLine,
    WelfareList,
    code_of_rows,
    definition_json,
    line_row,
    read_details,
    read_line,
    read_list,
)
from retiree_desk.store.database import now
from retiree_desk.store.schema import welfare_line, welfare_list

_LIST_COLUMNS = [column for column in welfare_list.c if column.name != "definition"]


class Welfare(Schemes):
    """Schemes and lists of one office."""

    # Proposals

    def propose(self, scheme: Scheme, on: date, year: int | None = None) -> Proposal:
        """The list of a scheme on a day, for a stated year (default: the day's). Nothing is stored.

        A scheme without a code is a free list: it is not limited by what was given before.
        """
        stated = on.year if year is None else year
        people = [] if scheme.by_hand else self._desk.registry.load(extras=False)
        return propose(
            scheme, people, self._moment(on, stated), today=self._desk.today(), granted=self._granted(scheme)
        )

    def _moment(self, on: date, year: int) -> Moment:
        return Moment(on, year, self._desk.units.trees().names_above)

    def line_by_hand(
        self,
        scheme: Scheme,
        on: date,
        year: int,
        person_id: int,
        why: str,
        *,
        amount_fen: int | None = None,
        goods: Sequence[Goods] | None = None,
    ) -> ProposedLine:
        """A line added by hand, with what the scheme's first tier gives unless told otherwise."""
        if not why.strip():
            raise UsageError("why_missing", _("A person added by hand needs a reason."))
        tier = scheme.tiers[0] if scheme.tiers else Tier()
        person = self._desk.registry.get(person_id)
        given = tuple(item.words() for item in tier.goods) if goods is None else tuple(goods)
        return ProposedLine(
            person=person,
            amount_fen=tier.amount_fen if amount_fen is None else amount_fen,
            goods=given,
            reasons=(Reason("added", {"why": why.strip()}),),
            age=printed_age(person, self._moment(on, year), scheme.counting),
            by_hand=why.strip(),
        )

    def _granted(self, scheme: Scheme) -> dict[int, list[Grant]]:
        """What earlier final lists of this scheme gave, by person; stopped or returned lines do not count."""
        if not scheme.code:
            return {}
        query = (
            sa.select(
                welfare_line.c.person_id,
                welfare_line.c.reason_params,
                welfare_list.c.code,
                welfare_list.c.year,
            )
            .join(welfare_list, welfare_list.c.id == welfare_line.c.list_id)
            .where(
                welfare_list.c.scheme == scheme.code,
                welfare_list.c.state.not_in(("DRAFT", "VOID")),
                welfare_line.c.person_id.is_not(None),
                sa.func.coalesce(welfare_line.c.state, "").not_in(("STOPPED", "RETURNED")),
            )
            .order_by(welfare_list.c.id, welfare_line.c.id)
        )
        found: dict[int, list[Grant]] = {}
        with self._db.read() as conn:
            for number, params, code, year in conn.execute(query):
                tier = int(json.loads(params or "{}").get("tier", -1))
                found.setdefault(number, []).append(Grant(code, year, tier))
        return found

    # Final lists

    def finalise(
        self,
        proposal: Proposal,
        *,
        removed: Mapping[int, str] | None = None,
        added: Sequence[ProposedLine] = (),
        grouping: str | None = None,
        title: str = "",
    ) -> WelfareList:
        """Makes a list final (定稿): lines numbered, words as printed, not undoable.

        `removed` are people taken out by hand with the reason, `added` lines made by hand;
        `grouping` is the field sign-for sheets are made by (default: 大组, else 支部). Raises
        `RefusedError` where nobody is on the list, or a reason for taking out is missing.
        """
        if any(not why.strip() for why in (removed or {}).values()):
            raise UsageError("why_missing", _("A person taken out by hand needs a reason."))
        complete = with_added(without(proposal, removed or {}), added)
        if not complete.lines:
            raise RefusedError("list_empty", _("Nobody is on the list; nothing was made final."))
        field = default_grouping(complete.lines) if grouping is None else grouping
        rows = [line_row(line, place, field) for place, line in enumerate(numbered(complete.lines, field), 1)]
        scheme, moment = complete.scheme, now()
        code = self._next_code(scheme.occasion, complete.year)
        header: dict[str, Any] = {
            "code": code,
            "scheme": scheme.code or None,
            "occasion": scheme.occasion,
            "title": title or scheme.title,
            "on_date": complete.on.isoformat(),
            "year": complete.year,
            "state": "DRAFT",
            "form": scheme.form,
            "fund_source": word(FUND_SOURCES, scheme.fund_source),
            "check_code": code_of_rows(rows),
            "grouping": field,
            "counting": scheme.counting,
            "total_fen": complete.total_fen,
            "line_count": len(rows),
            "made_at": moment,
            "final_at": moment,
            "final_by": self._db.operator,
            "definition": definition_json(scheme, complete.excluded, complete.undecided),
        }
        with self._db.write(Topic.WELFARE, why="list_made", params={"code": code}, undoable=False) as change:
            # The guards of the data file let lines in only while the list is a draft.
            list_id = change.insert(welfare_list, [header])[0]
            change.insert(welfare_line, [{**row, "list_id": list_id} for row in rows])
            change.update(welfare_list, {list_id: {"state": "FINAL"}})
        return self.list_of(str(list_id))

    def _next_code(self, occasion: str, year: int) -> str:
        """`2026-重阳-01`: the year, the occasion's short word, a number of its own."""
        word_said = occasion_short(occasion) if occasion in OCCASIONS else occasion
        # A code is typed on the command line and stands in file names: it has no blanks.
        name = "".join(word_said.split())
        prefix = f"{year}-{name}-"
        query = sa.select(welfare_list.c.code).where(welfare_list.c.code.startswith(prefix, autoescape=True))
        with self._db.read() as conn:
            numbers = [code.removeprefix(prefix) for code in conn.scalars(query)]
        used = max((int(number) for number in numbers if number.isdecimal()), default=0)
        return f"{prefix}{used + 1:02d}"

    def lists(self, year: int | None = None) -> list[WelfareList]:
        """Every list, newest first; of one stated year where asked."""
        query = sa.select(*_LIST_COLUMNS).order_by(welfare_list.c.id.desc())
        if year is not None:
            query = query.where(welfare_list.c.year == year)
        with self._db.read() as conn:
            return [read_list(dict(row)) for row in conn.execute(query).mappings()]

    def list_of(self, text: str) -> WelfareList:
        """The list of a code (2026-重阳-01) or id. Raises `UsageError` where there is none."""
        wanted = text.strip()
        test = welfare_list.c.code == wanted
        if wanted.isascii() and wanted.isdecimal() and len(wanted) < 12:
            test = sa.or_(test, welfare_list.c.id == int(wanted))
        with self._db.read() as conn:
            row = conn.execute(sa.select(*_LIST_COLUMNS).where(test)).mappings().first()
        if row is None:
            raise UsageError("list_unknown", _("There is no list “{text}”.").format(text=wanted))
        return read_list(dict(row))

    def final_list(self, scheme: Scheme, on: date, year: int) -> WelfareList | None:
        """The newest list in force that was made of this scheme for this day and year, if there is one."""
        query = (
            sa.select(*_LIST_COLUMNS)
            .where(
                welfare_list.c.scheme == scheme.code,
                welfare_list.c.on_date == on.isoformat(),
                welfare_list.c.year == year,
                welfare_list.c.state.not_in(("DRAFT", "VOID")),
            )
            .order_by(welfare_list.c.id.desc())
        )
        with self._db.read() as conn:
            row = conn.execute(query).mappings().first()
        return read_list(dict(row)) if row else None

    def lines(self, list_id: int) -> list[WelfareLine]:
        """The lines of a list in the order of their numbers."""
        query = (
            sa.select(welfare_line).where(welfare_line.c.list_id == list_id).order_by(welfare_line.c.line_no)
        )
        with self._db.read() as conn:
            return [read_line(dict(row)) for row in conn.execute(query).mappings()]

    def details(self, list_id: int) -> ListDetails:
        """What a final list keeps beside its lines: the scheme as it was, who was left out and why."""
        with self._db.read() as conn:
            text = conn.scalar(sa.select(welfare_list.c.definition).where(welfare_list.c.id == list_id))
        return read_details(text or "")

    def since(self, list_id: int) -> dict[int, Reason]:
        """What has become of people since the list was made final, by line number; the list itself stays.

        Who has died (with the date as known), moved out, been archived, or is served elsewhere now.
        """
        query = sa.select(welfare_line.c.line_no, welfare_line.c.person_id, welfare_line.c.note).where(
            welfare_line.c.list_id == list_id, welfare_line.c.person_id.is_not(None)
        )
        with self._db.read() as conn:
            rows = conn.execute(query).all()
        people = {
            int(one.id): one for one in self._desk.registry.load([row[1] for row in rows], extras=False)
        }
        found: dict[int, Reason] = {}
        for number, person_id, note in rows:
            one = people.get(person_id)
            if one is None:
                continue
            # Who was dead already when the list was made carries the remark that the family collects.
            if not one.is_living and not note:
                found[number] = Reason("died", {"on": one["died_on"]})
            elif one["record"] in ("MOVED_OUT", "ARCHIVED"):
                found[number] = Reason(one["record"].lower())
            elif one["served_here"] == "NO":
                found[number] = Reason("not_served")
        return found

    def mark_printed(self, list_id: int) -> None:
        """The list was printed: from now its line numbers are out of the house. Keeps the first time."""
        if not self._db.writable:
            return  # A reader beside the window prints from the file as it is.
        with self._db.write_unlogged() as conn:
            conn.execute(
                welfare_list.update()
                .where(welfare_list.c.id == list_id, welfare_list.c.printed_at.is_(None))
                .values(printed_at=now())
            )

    def notes(self, scheme: Scheme, year: int) -> list[str]:
        """What the office should know before a list of this scheme becomes final; it does not forbid."""
        said: list[str] = []
        if scheme.builtin and not scheme.confirmed:
            said.append(
                _(
                    "Scheme {code} is a shipped example: its amounts and basis have not been confirmed by"
                    " this office yet. Confirm them on the Welfare tab."
                ).format(code=scheme.code)
            )
        if scheme.fund_source == "OUTSIDE_POOL":
            said.append(self._last_year(scheme, year))
        return said

    def _last_year(self, scheme: Scheme, year: int) -> str:
        """Outside-pool money: no new items and no higher standards in principle (R13): last year's figure."""
        from retiree_desk.core.money import yuan

        before = [
            one
            for one in self.lists(year - 1)
            if one.scheme == scheme.code and one.state not in ("DRAFT", "VOID")
        ]
        if not before:
            return _("Paid from outside-pool costs; there is no list of this scheme in {year}.").format(
                year=year - 1
            )
        return _("Paid from outside-pool costs; in {year} it was {n} people, {amount} yuan.").format(
            year=year - 1,
            n=sum(one.line_count for one in before),
            amount=yuan(sum(one.total_fen for one in before)),
        )
