"""Comparing tables with what the registry holds: who is meant, what would change, who is missing."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from retiree_desk.core.errors import Cancelled
from retiree_desk.core.import_differences import NUMBER_FIELDS, SAME, Difference, compare, compare_phones
from retiree_desk.core.import_matching import Facts, Match, Matcher, groups
from retiree_desk.core.import_reading import Understanding
from retiree_desk.core.imports import (
    CHANGED,
    CONFLICT,
    NEW,
    REJECTED,
    SKIPPED,
    UNCHANGED,
    Missing,
    Note,
    PlanRow,
    Problem,
)
from retiree_desk.core.names import name_key
from retiree_desk.services.import_held import UNREAD_PREFIX, Held
from retiree_desk.services.import_source import SourceTable
from retiree_desk.services.units import RESIDENCE_KIND_OF_FIELD, UnitTrees, unit_match_key

# Below this share of the people in its units a file is a list of some, not the roster of all.
_FULL_SHARE = 0.3


class Comparison:
    """One batch of tables against the registry."""

    def __init__(
        self, tables: Sequence[SourceTable], held: Held, cancelled: Callable[[], bool] | None = None
    ) -> None:
        self._tables = tables
        self._held = held
        self._cancelled = cancelled
        self._matches: list[list[Match]] = []
        self._facts: list[list[Facts]] = []
        self.problems: list[Problem] = []
        self.rows: list[PlanRow] = []

    def run(self) -> None:
        """Fills `rows` and `problems`."""
        matcher = self._held.matcher
        for table in self._tables:
            self._check()
            facts = _facts(table.told)
            self._facts.append(facts)
            self._matches.append(self._match(table.told, facts, matcher))
        verdicts = self._same_person_twice()
        for number, table in enumerate(self._tables):
            self._check()
            self._plan_table(number, table, verdicts)
        self.problems.sort(key=lambda each: (self._order[each.file, each.sheet], each.row))

    @property
    def _order(self) -> dict[tuple[str, str], int]:
        return {
            (table.file, table.sheet): number for number, table in reversed(list(enumerate(self._tables)))
        }

    def _check(self) -> None:
        if self._cancelled and self._cancelled():
            raise Cancelled()

    def _match(self, told: Understanding, facts: Sequence[Facts], matcher: Matcher) -> list[Match]:
        names = told.column("name")
        found = []
        for at, row in enumerate(facts):
            if not names[at]:
                found.append(Match())
                continue
            found.append(matcher.match(row, partial(self._says_nothing_new, told, at)))
        return found

    def _says_nothing_new(self, told: Understanding, at: int, person: int) -> bool:
        held = self._held
        said = told.of(at)
        for key, new in said.items():
            old = held.column(key)[person]
            if new == old or key in NUMBER_FIELDS:
                continue
            if compare(key, old, new, lambda other: held.column(other)[person]) is not SAME:
                return False
        return not compare_phones(said, lambda key: held.column(key)[person])

    def _same_person_twice(self) -> dict[tuple[int, int], str]:
        """Rows that mean one person: the second of two identical ones is skipped, differing ones all ask."""
        places = [(number, at) for number, table in enumerate(self._tables) for at in range(table.told.count)]

        def rows() -> Iterator[tuple[int, Facts, int | None, str]]:
            for row, (number, at) in enumerate(places):
                told = self._tables[number].told
                if not told.values["name"][at]:
                    continue
                facts, match = self._facts[number][at], self._matches[number][at]
                known = facts.id_key or facts.employee_no or len(facts.birth) == 10
                yield row, facts, match.person, "" if known else repr(sorted(told.of(at).items()))

        verdicts: dict[tuple[int, int], str] = {}
        for members in groups(rows()):
            said = []
            for row in members:
                number, at = places[row]
                told = self._tables[number].told
                unread = (
                    {key: text for (person, key), text in told.unread.items() if person == at}
                    if told.unread
                    else {}
                )
                said.append((told.of(at), unread))
            if all(each == said[0] for each in said):
                for row in members[1:]:
                    verdicts[places[row]] = "identical"
                continue
            ids = {self._facts[number][at].id_key for number, at in (places[row] for row in members)}
            code = "id_used_twice" if len(ids) == 1 and "" not in ids else "person_twice"
            for row in members:
                verdicts[places[row]] = code
        return verdicts

    def _plan_table(self, number: int, table: SourceTable, verdicts: dict[tuple[int, int], str]) -> None:
        told, held = table.told, self._held
        names = told.column("name")
        matches = self._matches[number]
        pairs = [
            (at, match.person)
            for at, match in enumerate(matches)
            if match.person is not None and (number, at) not in verdicts and names[at]
        ]
        differences = self._differences(table, pairs)
        unread_of: dict[int, list[tuple[str, str]]] = {}
        for (at, key), text in told.unread.items():
            unread_of.setdefault(at, []).append((key, text))
        header = table.header_of("name")
        ids_header = table.header_of("id_number") or header
        rows: list[PlanRow] = []
        silent: set[int] = set()  # rows whose cells are no problem of their own
        dead: set[int] = set()
        ids, unread_held, refused = held.ids, held.unread, held.answers
        for at, (row_number, name, match) in enumerate(zip(table.numbers, names, matches, strict=True)):
            verdict = verdicts.get((number, at), "")
            if not name:
                rows.append(PlanRow(number, row_number, at, REJECTED, "", reason="name_missing"))
                self.problems.append(Problem(table.file, table.sheet, row_number, header, "name_missing", ""))
                silent.add(at)
            elif verdict == "identical":
                rows.append(PlanRow(number, row_number, at, SKIPPED, name, reason="identical"))
                silent.add(at)
            elif verdict or match.code:
                code = verdict or match.code
                candidates = match.candidates or ((match.person,) if match.person is not None else ())
                rows.append(
                    PlanRow(
                        number,
                        row_number,
                        at,
                        CONFLICT,
                        name,
                        reason=code,
                        candidates=tuple(ids[one] for one in candidates),
                        unread=tuple(unread_of.get(at, ())),
                    )
                )
                value = told.values["id_number"][at] if code.startswith("id_") else name
                other = "、".join(f"{held.column('name')[one]}({ids[one]})" for one in candidates[:5])
                column = ids_header if code.startswith("id_") else header
                self.problems.append(Problem(table.file, table.sheet, row_number, column, code, value, other))
            elif match.person is None:
                rows.append(PlanRow(number, row_number, at, NEW, name, unread=tuple(unread_of.get(at, ()))))
            else:
                person = ids[match.person]
                unread = tuple(
                    (key, text)
                    for key, text in unread_of.get(at, ())
                    if not (key == "id_number" and _rest_of(held.column(key)[match.person], text))
                    and not _known(unread_held.get((person, key)), text)
                    and not _known(refused.get((person, UNREAD_PREFIX + key)), text)
                )
                found = differences.get(at)
                kind = CHANGED if found or unread else UNCHANGED
                if held.column("life")[match.person] == "DECEASED":
                    dead.add(at)
                rows.append(
                    PlanRow(
                        number,
                        row_number,
                        at,
                        kind,
                        name,
                        person,
                        match.by,
                        tuple(found or ()),
                        unread=unread,
                    )
                )
        for row_number, why in table.skipped:
            rows.append(PlanRow(number, row_number, -1, SKIPPED, "", reason=why))
        rows.sort(key=lambda row: row.number)
        self.rows += rows
        for trouble in told.troubles:
            if trouble.person in silent or (
                trouble.code == "maybe_deceased" and self._died(told, trouble.person, dead)
            ):
                continue
            self.problems.append(
                Problem(
                    table.file,
                    table.sheet,
                    table.numbers[trouble.person],
                    trouble.header,
                    trouble.code,
                    trouble.value,
                )
            )

    @staticmethod
    def _died(told: Understanding, at: int, dead: set[int]) -> bool:
        """The death is entered already, or the row itself enters it."""
        life = told.values.get("life")
        return at in dead or bool(life and life[at] == "DECEASED")

    def _differences(
        self, table: SourceTable, pairs: Sequence[tuple[int, int]]
    ) -> dict[int, list[Difference]]:
        """Field by field over all matched people: only what differs is looked at closely."""
        told, held = table.told, self._held
        found: dict[int, list[Difference]] = {}
        if not pairs:
            return found
        phones: dict[int, int] = {}
        for key, new in told.values.items():
            old = held.column(key)
            if key in NUMBER_FIELDS:
                phones.update(_unequal(new, old, pairs))
                continue
            for at, person in _unequal(new, old, pairs):
                difference = self._difference(table, key, at, person)
                if difference is not None:
                    found.setdefault(at, []).append(difference)
        for at, person in phones.items():
            if differences := self._phone_differences(told, at, person):
                found.setdefault(at, []).extend(differences)
        return found

    def _phone_differences(self, told: Understanding, at: int, person: int) -> list[Difference]:
        held = self._held
        said = {key: told.values[key][at] for key in NUMBER_FIELDS if key in told.values}
        return [
            one
            for one in compare_phones(said, lambda key: held.column(key)[person])
            if not _known(held.answers.get((held.ids[person], one.field)), one.said)
        ]

    def _difference(self, table: SourceTable, key: str, at: int, person: int) -> Difference | None:
        held = self._held
        new, old = table.told.values[key][at], held.column(key)[person]
        outcome = compare(key, old, new, lambda other: held.column(other)[person])
        if outcome.code:
            self.problems.append(
                Problem(
                    table.file, table.sheet, table.numbers[at], table.header_of(key) or key, outcome.code, new
                )
            )
            return None
        if outcome is SAME or _known(held.answers.get((held.ids[person], key)), new):
            return None
        return Difference(key, old, outcome.new, outcome.takes, new)

    def answer(self, number: int, at: int, person_id: int) -> tuple[Difference, ...]:
        """The differences of a row when the clerk says whom it means."""
        told, held = self._tables[number].told, self._held
        person = held.at[person_id]
        found = []
        for key, new in told.of(at).items():
            if new != held.column(key)[person] and key not in NUMBER_FIELDS:
                difference = self._difference(self._tables[number], key, at, person)
                if difference is not None:
                    found.append(difference)
        return (*found, *self._phone_differences(told, at, person))

    def coverage(self, trees: UnitTrees) -> tuple[str, list[Missing]]:
        """What the files are (full, new, changed), judged by their units' people, and whom they lack."""
        held = self._held
        scope = self._scope(trees)
        listed: set[int] = set()
        new = 0
        for matches, table in zip(self._matches, self._tables, strict=True):
            for at, match in enumerate(matches):
                if match.person is not None:
                    listed.add(match.person)
                elif match.candidates:
                    listed.update(match.candidates)
                elif table.told.values["name"][at]:
                    new += 1
        missing = [at for at in scope if at not in listed]
        inside = len(scope) - len(missing)
        if not scope or inside >= _FULL_SHARE * len(scope):
            kind = "full"
        else:
            # Everybody matched counts here: the units named may hold only some of those listed.
            kind = "new" if new >= len(listed) else "changed"
        names = held.column("name")
        return kind, [Missing(held.ids[at], names[at]) for at in missing]

    def _scope(self, trees: UnitTrees) -> list[int]:
        """Living people on the register, not handed over, in the units and categories that the files name."""
        held = self._held
        named = {
            "PARTY": self._said("party_branch"),
            "MANAGEMENT": self._said("admin_group"),
            "RESIDENCE": self._said("area"),
        }
        inside: list[bool] | None = None
        for tree, names in named.items():
            if not names:
                continue
            keys = {name_key(name) for name in names}
            known = {
                unit.name
                for unit in trees.by_id.values()
                if unit.tree == tree and name_key(unit.name) in keys
            }
            here = [not known.isdisjoint(chain) for chain in held.units_above(tree)]
            inside = (
                here if inside is None else [one or other for one, other in zip(inside, here, strict=True)]
            )
        categories = self._said("category")
        life, record, handover, category = (
            held.column(key) for key in ("life", "record", "handover", "category")
        )
        return [
            at
            for at in range(held.count)
            if life[at] != "DECEASED"
            and record[at] == "ON_REGISTER"
            and handover[at] != "HANDED_OVER"
            and (inside is None or inside[at])
            and (not categories or not category[at] or category[at] in categories)
        ]

    def _said(self, key: str) -> set[str]:
        return {value for table in self._tables for value in table.told.values.get(key, ()) if value}

    def unknown_units(self, trees: UnitTrees) -> list[Note]:
        """Units that the files name and the office does not have, each once."""
        notes: list[Note] = []
        for key, tree in (("party_branch", "PARTY"), ("admin_group", "MANAGEMENT"), *_PLACES):
            kind = RESIDENCE_KIND_OF_FIELD.get(key, "")
            known = {
                unit.match_key or unit_match_key(kind, unit.name)
                for unit in trees.by_id.values()
                if unit.tree == tree and (tree != "RESIDENCE" or unit.kind == kind)
            }
            for table in self._tables:
                for name in dict.fromkeys(table.told.values.get(key, ())):
                    if name and (match := unit_match_key(kind, name)) not in known:
                        known.add(match)
                        notes.append(Note("unit_unknown", table.file, table.sheet, name))
        return notes


_PLACES = (("area", "RESIDENCE"), ("building", "RESIDENCE"))


def _unequal(
    new: Sequence[str], old: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs whose value is said and is not the one held; asked of every field of every person."""
    return [(at, person) for at, person in pairs if (value := new[at]) and value != old[person]]


def _facts(told: Understanding) -> list[Facts]:
    columns = (told.column(key) for key in ("name", "id_number", "employee_no", "birth"))
    return [
        Facts(name_key(name) if name else "", key, number, staff, birth)
        for key, name, number, staff, birth in zip(told.id_keys, *columns, strict=True)
    ]


def _rest_of(number: str, damaged: str) -> bool:
    """Whether a damaged number is what a spreadsheet has left of the whole one that is held."""
    kept = "".join(char for char in damaged.upper().partition("E")[0] if char.isdigit())[:14]
    return len(kept) >= 6 and number.startswith(kept)


def _known(kept: object, text: str) -> bool:
    return kept is not None and kept.text == text  # type: ignore[attr-defined]
