"""A table understood: for every field a list of values, one per person, with what could not be read.

Column by column, each distinct cell once; then what a row says as a whole: the ID number decides birth
and sex where it can (PRODUCT.md), phones and labels of several columns come together, 同上 takes the
value above.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import Any

from retiree_desk.core import import_cells as cells
from retiree_desk.core import import_words as words
from retiree_desk.core.dates import PartialDate
from retiree_desk.core.import_cells import PHONE_FIELDS
from retiree_desk.core.import_columns import CUSTOM, CUSTOM_PREFIX, FIELD, TICKS, SourceColumn
from retiree_desk.core.import_dates import read_again
from retiree_desk.core.import_headers import Target
from retiree_desk.core.import_phones import is_mobile
from retiree_desk.core.import_raw import Raw, Understood
from retiree_desk.core.retirees import LABELS

_LABEL_ORDER = {code: number for number, code in enumerate(LABELS)}
_OWNERS = {
    word: owner
    for owner, spellings in {
        "本人": "本人 自己",
        "配偶": "老伴 配偶 爱人 妻子 丈夫 妻 夫",
        "子女": "子女 儿子 女儿 儿 女 子 女婿 儿媳",
        "保姆": "保姆",
        "邻居": "邻居",
    }.items()
    for word in spellings.split()
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell to look at: which person of the table, which column, what is wrong, the cell as read."""

    person: int
    header: str
    code: str
    value: str


@dataclass(slots=True)
class Understanding:
    """A table's people, by position: `values[field][i]` is '' where nothing is said.

    Fields are field codes and `custom:` with the label. `id_keys[i]` is what the person is matched by;
    `unread[(i, field)]` the text that no value could be made of.
    """

    count: int
    values: dict[str, list[str]] = field(default_factory=dict)
    id_keys: list[str] = field(default_factory=list)
    unread: dict[tuple[int, str], str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def column(self, key: str) -> list[str]:
        """The values of a field, made empty where the table has none."""
        found = self.values.get(key)
        if found is None:
            found = self.values[key] = [""] * self.count
        return found

    def of(self, person: int) -> dict[str, str]:
        """What the table says of one person: the filled values."""
        return {key: column[person] for key, column in self.values.items() if column[person]}


class TableReading:
    """Reads one table. `raw` turns a reader's cell into what it shows, its number and format."""

    def __init__(
        self,
        people: Sequence[dict[int, Any]],
        columns: Sequence[SourceColumn],
        raw: Callable[[Any], Raw],
        today: date,
        above: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._people = people
        self._columns = columns
        self._raw = raw
        self._today = today
        self._above = above or {}
        self._told = Understanding(len(people))
        self._more: dict[int, list[tuple[int, str, str]]] = {}
        self._raws: dict[str, dict[int, Raw]] = {}
        self._headers: dict[str, str] = {}
        self._indexes: dict[str, int] = {}
        self._read: dict[int, list[str]] = {}
        self._settled: set[tuple[int, str, str]] = set()  # troubles that the ID number has answered

    def read(self) -> Understanding:
        """Everything the table says."""
        told = self._told
        phones: list[SourceColumn] = []
        labels: list[list[str]] = []
        repeated = {column.same_as for column in self._columns}
        for column in self._columns:
            if column.fate not in (FIELD, CUSTOM):
                continue
            key = column.target.field if column.fate == FIELD else CUSTOM_PREFIX + column.label
            values = self._column(column, key)
            # What a check column is compared with is what the cells say, before the ID number decides.
            self._read[column.index] = list(values) if column.index in repeated else values
            if column.fate == FIELD and column.target.field in PHONE_FIELDS:
                phones.append(column)
            elif key == "labels":
                labels.append(values)
            elif column.target.way in TICKS and key in told.values:
                told.values[key] = [one or other for one, other in zip(told.values[key], values, strict=True)]
            else:
                told.values[key] = values
                self._headers[key] = column.header
                self._indexes[key] = column.index
        for key, constants in self._above.items():
            if key not in told.values:
                told.values[key] = list(constants)
        self._strays(labels)
        self._labels(labels)
        self._phones(phones)
        self._identity()
        self._dates()
        self._deaths()
        told.values.pop("status", None)
        if self._settled:
            told.troubles = [
                each for each in told.troubles if (each.person, each.header, each.code) not in self._settled
            ]
        return told

    def says(self, column: SourceColumn) -> tuple[list[str], list[str], list[str]]:
        """What a second column says for the first one's field, what the first says, what was made of it."""
        first = self._read.get(column.same_as, [""] * len(self._people))
        return self._plain_column(column), first, self._told.values.get(column.target.field, first)

    def _plain_column(self, column: SourceColumn) -> list[str]:
        reader = cells.reader_for(column.target, column.header, self._today)
        table: dict[Any, str] = {None: ""}
        found = [person.get(column.index) for person in self._people]
        for cell in set(found) - {None}:
            raw = self._raw(cell)
            table[cell] = (cells.unclear(raw) or reader(raw)).value
        return [table[cell] for cell in found]

    def _column(self, column: SourceColumn, key: str) -> list[str]:
        """The understood values of one column; problems and side values are noted."""
        target = column.target if column.fate == FIELD else Target("")
        reader = cells.reader_for(target, column.header, self._today)
        found = list(map(dict.get, self._people, repeat(column.index)))
        table: dict[Any, str] = {None: ""}
        odd: dict[Any, Understood] = {}
        ditto: set[Any] = set()
        distinct = set(found) - {None}
        quick = cells.quick_reader_for(target, self._today)
        if quick is not None:
            table.update((cell, value) for cell in distinct if type(cell) is str and (value := quick(cell)))
            distinct -= table.keys()
        for cell in distinct:
            raw = self._raw(cell)
            if words.is_ditto(raw.text) and key not in ("name", "id_number"):
                ditto.add(cell)
                continue
            understood = cells.unclear(raw) or reader(raw)
            table[cell] = understood.value
            if understood.code or understood.more:
                odd[cell] = understood
        if column.fate == FIELD and column.target.field == "sex":
            self._zero_and_one(table, found)
        if not ditto:
            values = list(map(table.__getitem__, found))
        else:
            values = self._with_ditto(found, table, ditto)
            above = None
            for at, cell in enumerate(found):  # 同上 repeats what was odd about the cell above, too
                found[at] = above = above if cell in ditto else cell
        if odd:
            self._note(column, key, found, odd)
        return values

    @staticmethod
    def _with_ditto(found: Sequence[Any], table: Mapping[Any, str], ditto: set[Any]) -> list[str]:
        values: list[str] = []
        for cell in found:
            values.append((values[-1] if values else "") if cell in ditto else table[cell])
        return values

    def _note(
        self, column: SourceColumn, key: str, found: Sequence[Any], odd: Mapping[Any, Understood]
    ) -> None:
        told = self._told
        field_key = column.field or key
        for at, cell in enumerate(found):
            if cell not in odd:
                continue
            understood = odd[cell]
            for other, value in understood.more:
                self._more.setdefault(at, []).append((column.index, other, value))
            if understood.code:
                told.troubles.append(Trouble(at, column.header, understood.code, self._raw(cell).text))
                if understood.text and column.fate == FIELD:
                    told.unread[at, field_key] = understood.text
                if understood.code in ("date_ambiguous", "date_unreadable"):
                    self._raws.setdefault(key, {})[at] = self._raw(cell)

    def _zero_and_one(self, table: dict[Any, str], found: Sequence[Any]) -> None:
        """Sex as 0 and 1 has two conventions: the ID numbers of the table tell which (trap 38)."""
        texts = {cell: self._raw(cell).text.removesuffix(".0") for cell in table if cell is not None}
        if not texts or set(texts.values()) - {"0", "1"} or "0" not in texts.values():
            return
        index = next(
            (each.index for each in self._columns if each.fate == FIELD and each.target.field == "id_number"),
            0,
        )
        score = 0
        for person, cell in zip(self._people, found, strict=True):
            number = person.get(index)
            if cell is None or number is None:
                continue
            sexes = dict(cells.reader_for(Target("id_number"), "", self._today)(self._raw(number)).more)
            if sexes.get("sex"):
                score += 1 if (sexes["sex"] == "M") == (texts[cell] == "1") else -1
        for cell, text in texts.items():
            if score:
                table[cell] = "M" if (text == "1") == (score > 0) else "F"
            else:
                table[cell] = "M" if text == "1" else ""

    def _strays(self, labels: list[list[str]]) -> None:
        """Values that stood in another field's column fill their own field where it says nothing."""
        extra: list[str] | None = None
        for at, more in self._more.items():
            for _column, key, value in more:
                if key in ("id_key", "birth", "sex", "phone_words"):
                    continue
                if key == "labels":
                    if extra is None:
                        extra = [""] * self._told.count
                        labels.append(extra)
                    extra[at] = f"{extra[at]},{value}" if extra[at] else value
                    continue
                column = self._told.column(key)
                if not column[at]:
                    column[at] = value

    def _labels(self, columns: Sequence[Sequence[str]]) -> None:
        if not columns:
            return
        joined: dict[tuple[str, ...], str] = {}
        values: list[str] = []
        for parts in zip(*columns, strict=True):
            if parts not in joined:
                codes = {code for part in parts for code in part.split(",") if code}
                joined[parts] = ",".join(sorted(codes, key=lambda code: _LABEL_ORDER.get(code, 99)))
            values.append(joined[parts])
        self._told.values["labels"] = values

    def _phones(self, columns: Sequence[SourceColumn]) -> None:
        """Several phone columns fill mobile, landline and further numbers, in their order."""
        if not columns:
            return
        told = self._told
        mobile, phone, other = told.column("mobile"), told.column("phone"), told.column("other_phones")
        read = [(column.target.field == "other_phones", self._read[column.index]) for column in columns]
        for at in range(told.count):
            mobiles: list[str] = []
            landlines: list[str] = []
            rest: list[str] = []
            for further, values in read:
                if not values[at]:
                    continue
                for number in values[at].split("、"):
                    if further or (len(number) < 7 and number.isdigit()):
                        rest.append(number)
                    elif is_mobile(number):
                        mobiles.append(number)
                    else:
                        landlines.append(number)
            if mobiles:
                mobile[at] = mobiles[0]
            if landlines:
                phone[at] = landlines[0]
            if rest or len(mobiles) > 1 or len(landlines) > 1:
                first = {mobile[at], phone[at]}
                further_numbers = dict.fromkeys((*mobiles[1:], *landlines[1:], *rest))
                other[at] = "、".join(number for number in further_numbers if number not in first)
        indexes = {column.index for column in columns}
        for at, more in self._more.items():
            spoken = [value for index, key, value in more if key == "phone_words" and index in indexes]
            if spoken and not told.column("phone_owner")[at]:
                told.column("phone_owner")[at] = _OWNERS.get(spoken[0], spoken[0])

    def _identity(self) -> None:
        """Birth and sex come from a valid ID number; a sheet that says otherwise is looked at."""
        told = self._told
        told.id_keys = [""] * told.count
        birth, sex = told.column("birth"), told.column("sex")
        again = self._raws.get("birth", {})
        header = self._headers.get("birth", "birth")
        coded = {(each.person, each.header, each.code) for each in told.troubles} if again else set()
        for at, more in self._more.items():
            facts = {key: value for _column, key, value in more if key in ("id_key", "birth", "sex")}
            if "id_key" in facts:
                told.id_keys[at] = facts["id_key"]
            if facts.get("birth"):
                said = birth[at]
                if at in again:
                    said = read_again(again[at], "birth", PartialDate.parse(facts["birth"]), self._today)
                    if said:
                        self._forget(at, "birth", "date_unreadable")
                    said = said or ("?" if (at, header, "date_ambiguous") in coded else "")
                    self._forget(at, "birth", "date_ambiguous")
                if said and not (facts["birth"].startswith(said) or said == facts["birth"]):
                    written = again[at].text if at in again else self._written(at, "birth", said)
                    told.troubles.append(Trouble(at, header, "birth_differs", written))
                birth[at] = facts["birth"]
                told.unread.pop((at, "birth"), None)
            if facts.get("sex"):
                if sex[at] and sex[at] != facts["sex"]:
                    word = self._written(at, "sex", {"M": "男", "F": "女"}[sex[at]])
                    told.troubles.append(Trouble(at, self._headers.get("sex", "sex"), "sex_differs", word))
                sex[at] = facts["sex"]
                told.unread.pop((at, "sex"), None)

    def _written(self, at: int, key: str, understood: str) -> str:
        """What the cell says as HR will look for it; what was understood where it only says 同上."""
        cell = self._people[at].get(self._indexes.get(key, 0))
        text = "" if cell is None else self._raw(cell).text
        return text if text and not words.is_ditto(text) else understood

    def _forget(self, at: int, key: str, code: str) -> None:
        self._told.unread.pop((at, key), None)
        self._settled.add((at, self._headers.get(key, key), code))

    def _dates(self) -> None:
        """Dates that could mean two things, once the birth date is known (two-digit years)."""
        birth = self._told.column("birth")
        for key, raws in self._raws.items():
            if key == "birth" or key.startswith(CUSTOM_PREFIX):
                continue
            values = self._told.column(key)
            for at, raw in raws.items():
                if not birth[at] or values[at]:
                    continue
                value = read_again(raw, key, PartialDate.parse(birth[at]), self._today)
                if value:
                    values[at] = value
                    self._forget(at, key, "date_ambiguous")
                    self._forget(at, key, "date_unreadable")

    def _deaths(self) -> None:
        """A date of death says that the person has died; living and a date of death is for the clerk."""
        told = self._told
        if "died_on" not in told.values:
            return
        died, life = told.values["died_on"], told.column("life")
        for at, day in enumerate(died):
            if not day:
                continue
            if life[at] == "ALIVE":
                told.troubles.append(
                    Trouble(at, self._headers.get("died_on", "died_on"), "life_differs", day)
                )
                told.unread[at, "died_on"] = day
                died[at] = life[at] = ""
            else:
                life[at] = "DECEASED"


__all__ = ["TableReading", "Trouble", "Understanding"]
