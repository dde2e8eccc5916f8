"""Results of visits typed elsewhere, as a csv file (CLI `visits record`)."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retiree_desk.core.dates import read_date
from retiree_desk.core.errors import InputError, UsageError
from retiree_desk.core.visits import (
    PROBLEMS,
    RESULTS,
    normalise,
    read_condition,
    read_result,
    read_way,
    result_name,
)
from retiree_desk.i18n import _
from retiree_desk.services.visit_results import Entry, problem_words
from retiree_desk.services.visit_sheets import Sheet, SheetLine

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk

_LARGEST = 20 * 1024 * 1024
_NEEDED = ("sheet", "line", "way", "result", "on")
# `person` is beyond the contract: an id, ID number or staff number, where a couple's results differ.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "sheet": ("表号",),
    "line": ("序号", "行号"),
    "way": ("方式", "走访方式"),
    "result": ("结果", "走访结果"),
    "on": ("日期", "走访日期"),
    "condition": ("状况", "身体状况"),
    "words": ("主要情况", "情况"),
    "request": ("诉求",),
    "next_on": ("下次走访", "下次"),
    "person": ("人员", "姓名"),
}
_MONTH_DAY = re.compile(r"(\d{1,2})\s*(?:[-./月])\s*(\d{1,2})\s*[日号]?")


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What cannot be taken, or is left to do, about one line of the file (`row`: as an editor counts)."""

    row: int
    sheet: str
    line: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many lines were recorded, and what is to be looked at."""

    recorded: int
    problems: tuple[LineProblem, ...]


class _Problem(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def record_file(desk: "Desk", path: Path) -> Recorded:
    """Records what a csv file (UTF-8, UTF-16 or GB18030) says, all good lines as one change set.

    A line that cannot be taken is a problem and stops no other. Raises `InputError` where the file
    cannot be read or lacks a column.
    """
    problems: list[LineProblem] = []
    entries: list[Entry] = []
    rows: dict[int, tuple[int, str, str]] = {}  # person of an entry -> where it stands
    lines = _Lines(desk)
    for number, row in _rows(path):
        try:
            entry = _entry(desk, lines, row)
        except _Problem as problem:
            problems.append(LineProblem(number, row["sheet"], row["line"], problem.code, problem.message))
            continue
        entries.append(entry)
        rows[entry.people[0]] = number, row["sheet"], row["line"]
    done = desk.visits.results.enter_many(entries)
    problems += [LineProblem(*rows[one.person_id], one.code, one.words) for one in done.follow_ups]
    problems.sort(key=lambda one: one.row)
    return Recorded(len(entries), tuple(problems))


class _Lines:
    """Sheets by code and their lines, as they stand with what the file has said so far."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._sheets: dict[str, Sheet | None] = {}
        self._lines: dict[tuple[str, int], SheetLine] = {}

    def sheet(self, code: str) -> Sheet:
        if code not in self._sheets:
            try:
                found = self._desk.visits.sheets.sheet(code)
            except UsageError:
                self._sheets[code] = None
            else:
                self._sheets[code] = found
                self._lines |= {(code, line.number): line for line in found.lines}
        sheet = self._sheets[code]
        if sheet is None:
            raise _problem("sheet_unknown", value=code)
        return sheet

    def line(self, sheet: Sheet, text: str) -> SheetLine:
        found = self._lines.get((sheet.code, int(text))) if text.isascii() and text.isdecimal() else None
        if found is None:
            raise _problem("line_unknown", sheet=sheet.code, value=text)
        if not found.open:
            value = result_name(found.result)
            raise _problem("already_recorded", line=found.number, sheet=sheet.code, value=value)
        return found

    def take(self, sheet: Sheet, line: SheetLine, result: str) -> None:
        self._lines[(sheet.code, line.number)] = replace(line, result=result)


def _problem(code: str, **values: object) -> _Problem:
    return _Problem(code, _(PROBLEMS[code]).format(**values))


def _entry(desk: "Desk", lines: _Lines, row: Mapping[str, str]) -> Entry:
    sheet = lines.sheet(row["sheet"])
    line = lines.line(sheet, row["line"])
    way, result = _way_and_result(row)
    people = _people(desk, line, row["person"])
    condition = read_condition(row["condition"])
    if row["condition"] and not condition:
        raise _problem("condition_unknown", value=row["condition"])
    today = desk.today()
    if row["on"]:
        on = _day(row["on"], sheet, today)
    elif result == "NOT_ATTEMPTED":
        on = today
    else:
        raise _problem("date_missing")
    next_on = _day(row["next_on"], sheet, today, following=on) if row["next_on"] else None
    entry = Entry(
        people,
        on,
        way,
        result,
        visitor=sheet.contact,
        condition=condition,
        words=row["words"],
        request=row["request"],
        next_on=next_on,
        line=line,
    )
    code = desk.visits.results.check(entry)
    if code:
        raise _Problem(code, problem_words(code, entry, sheet.code))
    lines.take(sheet, line, result)
    return entry


def _way_and_result(row: Mapping[str, str]) -> tuple[str, str]:
    """Codes of both. Nothing ticked at all means 未去 (OFFICE 4.1)."""
    if not row["result"]:
        if row["way"]:
            raise _problem("result_missing")
        return "", "NOT_ATTEMPTED"
    result = read_result(row["result"])
    if result not in RESULTS:
        raise _problem("result_unknown", value=row["result"])
    way = read_way(row["way"])
    if row["way"] and not way:
        raise _problem("way_unknown", value=row["way"])
    if not way and result == "NOT_MET":
        way = "HOME"
    return normalise(way, result)


def _people(desk: "Desk", line: SheetLine, named: str) -> tuple[int, ...]:
    if not named:
        return line.people
    ids = {one.name: int(one.id) for one in desk.registry.load(list(line.people), extras=False)}
    if named in ids:
        return (ids[named],)
    try:
        number = int(desk.registry.resolve(named))
    except UsageError:
        number = 0
    if number not in line.people:
        raise _problem("person_unknown", value=named)
    return (number,)


def _day(text: str, sheet: Sheet, today: date, following: date | None = None) -> date:
    """A day as people write it; without a year that of the sheet, or the next where it must follow."""
    short = _MONTH_DAY.fullmatch(text)
    try:
        if short:
            month, day = int(short[1]), int(short[2])
            year = following.year if following else sheet.month.year
            found = date(year, month, day)
            if following and found <= following:
                return date(year + 1, month, day)
            return date(year - 1, month, day) if not following and found > today else found
        value = read_date(text, use="any", today=today).value
        if value is not None and value.day:
            return value.first()
    except ValueError:
        pass  # no such day of the calendar: said below, like any other text that is no day
    raise _problem("date_unreadable", value=text)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each filled row with the number of its first line, values by header code, blanks trimmed."""
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    known = {name: code for code, names in _HEADERS.items() for name in (code, *names)}
    try:
        header = [known.get(cell.strip().lower(), "") for cell in next(reader, [])]
        missing = [name for name in _NEEDED if name not in header]
        if missing:
            raise InputError(
                "columns_missing",
                _("{file} lacks the columns {names}; nothing was recorded.").format(
                    file=path.name, names="、".join(missing)
                ),
            )
        before = reader.line_num
        for cells in reader:
            number, before = before + 1, reader.line_num
            row = dict.fromkeys(_HEADERS, "")
            row.update({code: cell.strip() for code, cell in zip(header, cells, strict=False) if code})
            if any(row.values()):
                yield number, row
    except csv.Error as error:
        raise _unreadable(path) from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise _unreadable(path)
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            "file_missing", _("{file} cannot be read; nothing was recorded.").format(file=path)
        ) from error
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _unreadable(path)


def _unreadable(path: Path) -> InputError:
    return InputError(
        "not_a_results_file",
        _("{file} is no csv file of visit results; nothing was recorded.").format(file=path.name),
    )
