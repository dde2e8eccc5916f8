"""How columns of an HR workbook write a person, with the traps that the row carries.

Each function makes a writer for `Col`: it returns the cell and notes in `entry.told` what that cell tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from retiree_desk.sample import cells as c
from retiree_desk.sample.sheets import CUSTOM, Entry, Writer
from retiree_desk.sample.words import WORDS, words_of


def _note(entry: Entry, key: str, given: c.Given) -> c.Cell:
    if given.told:
        entry.told[key] = given.told
    return given.cell


def _problem(entry: Entry, code: str) -> None:
    entry.told["_problems"] = f"{entry.told.get('_problems', '')} {code}"


def empty() -> Writer:
    """A column that nobody fills."""
    return lambda _entry: None


def name() -> Writer:
    """姓名, with blanks, marks and 已故 around it where a trap says so."""

    def write(entry: Entry) -> c.Cell:
        trap = entry.trap("name")
        if trap == "deceased":
            _problem(entry, "maybe_deceased")
        return _note(entry, "name", c.name(entry["name"], trap))

    return write


def id_number() -> Writer:
    """身份证号, with the damage of the row's trap."""

    def write(entry: Entry) -> c.Cell:
        trap = entry.trap("id")
        given = c.id_number(entry["id_number"], trap)
        if given.number:
            entry.told["id_number"] = given.number
        if given.valid:
            entry.told["_id"] = "valid"
        elif trap == "check":
            entry.told["_id"] = "check"
        elif trap in ("typed_number", "program_number", "text_000"):
            entry.told["_id"] = "damaged_birth"
        elif trap == "exponent":
            entry.told["_id"] = "damaged"
        return given.cell

    return write


def sex(words: Mapping[str, c.Cell] | None = None) -> Writer:
    """性别; the trap `sex:other` writes the wrong one."""
    table: Mapping[str, c.Cell] = words or {"M": "男", "F": "女"}

    def write(entry: Entry) -> c.Cell:
        code = entry["sex"]
        if entry.trap("sex") == "other":
            code = "F" if code == "M" else "M"
        entry.told["sex"] = words_of("sex", code)
        return table[code]

    return write


def birth(*, finest: str = "month") -> Writer:
    """出生年月 or 出生日期. Traps: `other` writes the month after, `october` loses October's zero."""

    def write(entry: Entry) -> c.Cell:
        iso = entry["birth"]
        trap = entry.trap("birth")
        if trap == "other":
            month = int(iso[5:7]) % 12 + 1
            return _note(entry, "birth", c.month_form(entry.rng, f"{iso[:4]}-{month:02d}", plain=entry.plain))
        if trap == "october" and not entry.plain:
            # Under General the month of the ID number decides; under 0.00 the sheet itself shows October.
            cell = c.kept_october(iso) if entry.trap("id") else c.lost_october(iso)
            return _note(entry, "birth", cell)
        return _note(
            entry, "birth", c.written_date(entry.rng, iso, plain=entry.plain, finest=finest, two_digit=True)
        )

    return write


def dated(key: str, *, finest: str = "day", two_digit: bool = False) -> Writer:
    """Another date column, in any of the written forms."""
    return lambda entry: _note(
        entry,
        key,
        c.written_date(entry.rng, entry[key], plain=entry.plain, finest=finest, two_digit=two_digit),
    )


def work_started(*, finest: str = "day") -> Writer:
    """参加工作时间, with unreadable and undecidable dates where a trap says so."""
    usual = dated("work_started", finest=finest, two_digit=True)

    def write(entry: Entry) -> c.Cell:
        trap = entry.trap("started")
        iso = entry["work_started"]
        if trap == "unreadable":
            _problem(entry, "date_unreadable")
            return f"{iso[:4]}.13"
        if trap == "words":
            _problem(entry, "date_unreadable")
            return "解放前"
        if trap == "lost_october" and not entry.plain:
            _problem(entry, "date_ambiguous")
            return c.lost_october(iso).cell
        if trap == "october" and not entry.plain:
            return _note(entry, "work_started", c.kept_october(iso))
        return usual(entry)

    return write


def plain_text(key: str, *, blanks: bool = True) -> Writer:
    """A text field as it is; unknown ones may be written 无, - or 0."""
    if not blanks:
        return lambda entry: _note(entry, key, c.text(entry[key]))
    return lambda entry: _note(entry, key, c.text_or_blank(entry.rng, entry[key]))


def ditto(key: str, mark: str = "同上") -> Writer:
    """A text field in which a value equal to the one above may be written 同上 or 〃.

    The mark stands only where the row above told the same value, so that it can be read one way.
    """
    above = [""]

    def write(entry: Entry) -> c.Cell:
        value = entry[key]
        same = bool(value) and above[0] == value
        above[0] = value
        if same and entry.rng.random() < 0.8:
            entry.told[key] = value
            return mark
        return _note(entry, key, c.text(value))

    return write


def choice(
    key: str,
    words: Mapping[str, str] | None = None,
    *,
    blanks: bool = True,
    tells: Mapping[str, str] | None = None,
) -> Writer:
    """A choice in HR's own words, by code; without `words` in the office's.

    `tells` names the code that a word tells where it tells less than the person's own.
    """

    def write(entry: Entry) -> c.Cell:
        code = entry[key]
        if code and entry.trap(key) == "unknown":
            _problem(entry, "choice_unknown")
            return "其他人士"
        if not code:
            return c.blank(entry.rng).cell if blanks else None
        word = words[code] if words is not None else words_of(key, code)
        if not word:
            return None
        return _note(entry, key, c.Given(word, words_of(key, (tells or {}).get(code, code))))

    return write


def number_text(key: str) -> Writer:
    """A small whole number, as a number cell; kept as its digits."""
    return lambda entry: _note(
        entry,
        key,
        c.Given(entry[key] if entry.plain else c.Num(float(entry[key])), entry[key])
        if entry[key]
        else c.NOTHING,
    )


def phones() -> Writer:
    """联系电话 or 电话: every number of the person in one cell."""

    def write(entry: Entry) -> c.Cell:
        given = c.phones(entry.rng, entry["mobile"], entry["phone"], entry["other_phones"], plain=entry.plain)
        entry.told.update(given.told)
        return given.cell

    return write


def phone(key: str) -> Writer:
    """手机, 固定电话 or a family member's phone: one number."""
    return lambda entry: _note(entry, key, c.one_phone(entry.rng, entry[key], plain=entry.plain))


def labels(told_words: Mapping[str, str], *, between: str = "、") -> Writer:
    """Labels in HR's words, by label code; labels that the column has no word for are not told."""

    def write(entry: Entry) -> c.Cell:
        codes = [code for code in entry["labels"].split(",") if code in told_words]
        if not codes:
            return c.blank(entry.rng).cell
        add_labels(entry, codes)
        return between.join(told_words[code] for code in codes)

    return write


def mark(code: str, marks: tuple[str, ...] = ("√", "是", "✓", "1")) -> Writer:
    """A column whose header is a label: a mark where the person has it."""

    def write(entry: Entry) -> c.Cell:
        if code not in entry["labels"].split(","):
            return None
        add_labels(entry, [code])
        return entry.rng.choice(marks)

    return write


def add_labels(entry: Entry, codes: list[str]) -> None:
    """Note labels beside those that other columns told, in the order of the office's list of labels."""
    table = WORDS["labels"]
    held = [word for word in entry.told.get("labels", "").split("、") if word]
    new = {table[code] for code in codes} | set(held)
    entry.told["labels"] = "、".join(word for word in table.values() if word in new)


def custom(header: str, value: Callable[[Entry], str]) -> Writer:
    """A column that fits no field: kept under its own header."""

    def write(entry: Entry) -> c.Cell:
        return _note(entry, CUSTOM + header, c.text(value(entry)))

    return write


def custom_number(header: str, value: Callable[[Entry], str]) -> Writer:
    """A number column that fits no field: kept as its digits."""

    def write(entry: Entry) -> c.Cell:
        digits = value(entry)
        if not digits:
            return None
        return _note(entry, CUSTOM + header, c.Given(digits if entry.plain else c.Num(float(digits)), digits))

    return write


def derived(value: Callable[[Entry], c.Cell]) -> Writer:
    """A column that can be worked out (序号, 年龄): written, told by nobody."""
    return value


def remark() -> Writer:
    """备注; the trap `remark:deceased` adds that the person is said to have died."""

    def write(entry: Entry) -> c.Cell:
        words = entry["remark"]
        if entry.trap("remark") == "deceased":
            _problem(entry, "maybe_deceased")
            words = "2026年9月已故"
            entry.told["remark"] = words
            return words
        return _note(entry, "remark", c.text_or_blank(entry.rng, words))

    return write
