"""The month's visit sheets on paper (OFFICE 4.1): frozen lines, with what to know before ringing.

Numbers, people and reasons are those of the frozen lines. Phones, addresses, open requests and the
last visit are those of today: the visitor needs what is true now. No ID numbers, and nothing of a
confidential request (OFFICE 1.11, 3.3).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from retiree_desk.core.dates import PartialDate, full_age
from retiree_desk.core.place_words import area_words, building_words, door_words
from retiree_desk.core.requests import CONFIDENTIAL_KINDS, OPEN_STATES
from retiree_desk.core.retirees import COLUMN_BY_KEY, Retiree
from retiree_desk.core.visit_periods import Month
from retiree_desk.core.visit_plan import Seen, last_visit
from retiree_desk.core.visit_words import on_paper
from retiree_desk.core.visits import result_name
from retiree_desk.core.welfare_words import occasion_short
from retiree_desk.files.pdf.visit_sheets import SheetPerson, VisitSheet, VisitSheetLine, write_visit_sheets
from retiree_desk.i18n import _
from retiree_desk.services.documents import Options, imprint, paper_day
from retiree_desk.services.visit_facts import seen_of
from retiree_desk.services.visit_sheets import Sheet, SheetLine
from retiree_desk.store.changes import id_list
from retiree_desk.store.schema import request, welfare_line, welfare_list

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk

_NOT_GIVEN = ("NOT_COLLECTED", "STOPPED", "RETURNED", "BOUNCED")


def visit_sheets(desk: "Desk", path: Path, options: Options) -> int:
    """The document `visit-sheets`: the month's sheets, made if there are none. The pages written.

    `options.person` names a visitor, whose sheets alone are wanted.
    """
    month = Month.parse(options.month)
    sheets = desk.visits.sheets.freeze(month, visitor=options.person)
    return _write(desk, path, month, sheets, large=False, mark=not options.preview)


def write_sheets(
    desk: "Desk", path: Path, month: Month, sheets: Sequence[Sheet], *, large: bool = False
) -> int:
    """Writes frozen sheets of a month and marks them as printed. The pages written."""
    pages = _write(desk, path, month, sheets, large=large)
    desk.db.record("print", {"document": "visit-sheets", "file": path.name, "pages": pages})
    return pages


def _write(
    desk: "Desk", path: Path, month: Month, sheets: Sequence[Sheet], *, large: bool, mark: bool = True
) -> int:
    paper = _Paper(desk, sheets)
    pages = write_visit_sheets(
        path,
        [paper.sheet(sheet) for sheet in sheets],
        imprint(desk, reprint=all(sheet.state != "DRAFT" for sheet in sheets)),
        year=month.year,
        month=month.month,
        layout="large" if large else "standard",
    )
    if mark:
        desk.visits.sheets.printed(sheets)
    return pages


class _Paper:
    """What is printed of people, loaded once for all sheets."""

    def __init__(self, desk: "Desk", sheets: Sequence[Sheet]) -> None:
        self.today = desk.today()
        ids = [number for sheet in sheets for line in sheet.lines for number in line.people]
        self._people = {int(one.id): one for one in desk.registry.load(ids, extras=False)}
        with desk.db.read() as conn:
            self._seen = seen_of(conn, self.today, ids)
            self._requests = _open_requests(conn, ids)
            self._gifts = _gifts(conn, ids, self.today.year)
        self._phones = _contact_phones(desk, {sheet.contact for sheet in sheets if sheet.contact})

    def sheet(self, sheet: Sheet) -> VisitSheet:
        """One visitor's sheet as the paper wants it."""
        people = [self._people[n] for line in sheet.lines for n in line.people if n in self._people]
        areas = {one["area"] for one in people}
        names = Counter(one.name for one in people)
        twice = {name for name, count in names.items() if count > 1}
        return VisitSheet(
            sheet.code,
            sheet.visitor,
            area_words([one.values for one in people]),
            tuple(self._line(line, only_area=len(areas) == 1, twice=twice) for line in sheet.lines),
            visitor_phone=self._phones.get(sheet.contact, ""),
            check_code=_check_code(sheet),
            over_80=sum(self._age_at_least(one, 80) for one in people),
            living_alone=sum(one["living"] == "ALONE" for one in people),
            dependent_or_ill=sum(
                one["ability"] == "DEPENDENT" or one["health"] == "SERIOUS" for one in people
            ),
        )

    def _line(self, line: SheetLine, *, only_area: bool, twice: Collection[str]) -> VisitSheetLine:
        people = [self._people[number] for number in line.people if number in self._people]
        first = people[0]
        phones = dict.fromkeys(phone for one in people for phone in _phones(one))
        return VisitSheetLine(
            line.number,
            tuple(self._person(one, twice) for one in people),
            place=door_words(first.values, area=not only_area),
            phones=tuple(phones),
            reasons=tuple(self._reasons(line, people)),
            by_phone=line.by_phone,
        )

    def _person(self, one: Retiree, twice: Collection[str]) -> SheetPerson:
        sex = COLUMN_BY_KEY["sex"].show(one["sex"])
        age = self._age(one)
        words = [sex, _("aged {age}").format(age=age) if age else ""]
        facts = " ".join(word for word in words if word)
        if not one.is_living:
            facts = _("died, visit the family")
        same = ""
        if one.name in twice:
            born = _("born {year}").format(year=one["birth"][:4]) if one["birth"] else ""
            same = "·".join(part for part in (born, building_words(one["building"])) if part)
        return SheetPerson(one.name, facts, same)

    def _reasons(self, line: SheetLine, people: Sequence[Retiree]) -> list[str]:
        """Why, and what to know before ringing; the most important first, the rest stands on the card."""
        by_person = {
            number: "、".join(on_paper(reasons)) for number, reasons in line.reasons.items() if reasons
        }
        if len(by_person) > 1 and len(set(by_person.values())) > 1:
            names = {int(one.id): one.name for one in people}
            found = [f"{names.get(number, '')}:{words}" for number, words in by_person.items()]
        else:
            found = list(dict.fromkeys(by_person.values()))
        labels = dict.fromkeys(word for one in people for word in _labels(one))
        found.append("、".join(labels))
        found += dict.fromkeys(_away(one, self.today) for one in people)
        found += dict.fromkeys(self._last(self._seen.get(int(one.id), ())) for one in people)
        found += [
            _("Open: {words}").format(words=words)
            for one in people
            for words in self._requests.get(int(one.id), ())
        ]
        gifts = dict.fromkeys(gift for one in people for gift in self._gifts.get(int(one.id), ()))
        if gifts:
            found.append(_("Given this year: {gifts}").format(gifts="、".join(gifts)))
        found += dict.fromkeys(one["visit_notes"] for one in people)
        return [words for words in found if words]

    def _last(self, seen: Sequence[Seen]) -> str:
        last = last_visit(seen)
        if last is None:
            return ""
        day = _short_day(last.on, self.today)
        return _("Last: {day} {result}").format(day=day, result=result_name(last.result))

    def _age(self, one: Retiree) -> str:
        birth = one["birth"]
        return str(full_age(PartialDate.parse(birth), self.today)) if birth else ""

    def _age_at_least(self, one: Retiree, years: int) -> bool:
        birth = one["birth"]
        return bool(birth) and full_age(PartialDate.parse(birth), self.today).at_least(years) is True


def _phones(one: Retiree) -> list[str]:
    owner = one["phone_owner"]
    mobile = one["mobile"]
    if mobile and owner and owner not in ("本人", "自己"):
        mobile = f"{mobile}({owner})"
    found = [mobile, one["phone"]]
    if not any(found):
        found.append(one["other_phones"])
    return [phone for phone in found if phone]


def _labels(one: Retiree) -> list[str]:
    words = [COLUMN_BY_KEY["labels"].show(one["labels"])] if one["labels"] else []
    for key, codes in (("living", {"ALONE"}), ("ability", {"PARTLY", "DEPENDENT"}), ("health", {"SERIOUS"})):
        if one[key] in codes:
            words.append(COLUMN_BY_KEY[key].show(one[key]))
    return words


def _away(one: Retiree, today: date) -> str:
    """Where somebody is who is not at home, until when, and the phone there (OFFICE 1.2)."""
    where, until = one["whereabouts"], one["whereabouts_until"]
    if where in ("", "HOME", "UNKNOWN"):
        return ""
    if until and PartialDate.parse(until).last() < today:
        return _("{where} until {day}: ask again").format(
            where=COLUMN_BY_KEY["whereabouts"].show(where), day=until
        )
    words = [COLUMN_BY_KEY["whereabouts"].show(where), one["whereabouts_place"]]
    if until:
        words.append(_("until {day}").format(day=until))
    return " ".join(word for word in words if word)


def _short_day(day: date, today: date) -> str:
    if day.year == today.year:
        return _("{month}-{day}").format(month=day.month, day=day.day)
    return paper_day(day)


def _open_requests(conn: sa.Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    query = (
        sa.select(request.c.person_id, request.c.words, request.c.on_date, request.c.who_acts)
        .where(
            request.c.person_id.in_(id_list(ids)),
            request.c.state.in_(OPEN_STATES),
            request.c.kind.not_in(CONFIDENTIAL_KINDS),
        )
        .order_by(request.c.on_date, request.c.id)
    )
    found: dict[int, list[str]] = {}
    for number, words, on, who in conn.execute(query):
        detail = " ".join(part for part in (on[5:], who) if part)
        found.setdefault(number, []).append(f"{words or ''}({detail})")
    return found


def _gifts(conn: sa.Connection, ids: Sequence[int], year: int) -> dict[int, list[str]]:
    """What people got this year: the occasion with the amount."""
    query = (
        sa.select(welfare_line.c.person_id, welfare_list.c.occasion, welfare_line.c.amount_fen)
        .join(welfare_list, welfare_list.c.id == welfare_line.c.list_id)
        .where(
            welfare_line.c.person_id.in_(id_list(ids)),
            welfare_list.c.year == year,
            welfare_list.c.state.not_in(("DRAFT", "VOID")),
            sa.or_(welfare_line.c.state.is_(None), welfare_line.c.state != "STOPPED"),
            sa.or_(welfare_line.c.how.is_(None), welfare_line.c.how.not_in(_NOT_GIVEN)),
        )
        .order_by(welfare_list.c.on_date, welfare_line.c.id)
    )
    found: dict[int, list[str]] = {}
    for number, occasion, fen in conn.execute(query):
        amount = f"{fen / 100:g}" if fen else ""
        found.setdefault(number, []).append(
            " ".join(part for part in (occasion_short(occasion), amount) if part)
        )
    return found


def _contact_phones(desk: "Desk", contacts: Collection[str]) -> Mapping[str, str]:
    """The phones of heads of units who go visiting; of others the paper leaves a blank."""
    found: dict[str, str] = {}
    for one in desk.units.trees().by_id.values():
        if one.head in contacts and one.head_phone:
            found.setdefault(one.head, one.head_phone)
    return found


def _check_code(sheet: Sheet) -> str:
    """Four signs over number, people and reasons of the lines: the same list has the same code."""
    rows = [
        [line.number, line.people, [[n, [r.code for r in rs]] for n, rs in sorted(line.reasons.items())]]
        for line in sheet.lines
    ]
    text = json.dumps([sheet.code, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:4].upper()
