"""An export of the social insurance: code headers (AAC001 ...), sex as 1 and 2, dates as eight digits."""

from __future__ import annotations

from random import Random

from retiree_desk.sample import cells as c
from retiree_desk.sample import columns as k
from retiree_desk.sample.person import Person
from retiree_desk.sample.sheets import Col, Entry, Filler, Sheet, Workbook, Writer, lay_traps
from retiree_desk.sample.words import HR_CATEGORY, HR_CATEGORY_TELLS, words_of

TRAPS = (
    "id:fifteen",
    "id:lower_x",
    "id:check",
    "id:blanks",
    "id:none",
    "state:dead",
    "sex:other",
    "name:trailing",
)


def make(people: list[Person], rng: Random, year: int) -> Workbook:
    """One plain sheet with the header in row 1."""
    del year
    workbook = Workbook("code_headers.xlsx")
    sheet = Sheet("Sheet1")
    workbook.sheets.append(sheet)
    filler = Filler(workbook, sheet, columns(), rng)
    filler.header()
    for person, traps in zip(people, lay_traps(rng, people, TRAPS), strict=True):
        filler.person(person, traps)
    return workbook


def columns() -> list[Col]:
    """The codes of domain.md 2.3."""
    return [
        Col(("AAC001",), k.plain_text("si_number", blanks=False), 14),
        Col(("AAC002",), k.id_number(), 21),
        Col(("AAC003",), k.name()),
        Col(("AAC004",), _sex, 8),
        Col(("AAC006",), _eight_digits("birth")),
        Col(("AAC007",), _eight_digits("work_started")),
        Col(("AAC060",), _life, 8),
        Col(("AAE005",), k.phones(), 26),
        Col(("AAE116",), k.custom("AAE116", lambda e: "正常发放" if e["retired_on"] else ""), 10),
        Col(("AAE019",), k.custom_number("AAE019", lambda e: e.person.custom.get("养老金", "")), 10),
        Col(("AAE200",), k.custom_number("AAE200", lambda e: str(60 + e.person.index % 90)), 8),
        Col(("AAE201",), k.custom_number("AAE201", lambda e: str(180 + e.person.index % 150)), 8),
        Col(("AIC161",), k.choice("category", HR_CATEGORY, blanks=False, tells=HR_CATEGORY_TELLS), 9),
        Col(("AIC162",), _eight_digits("retired_on")),
    ]


def _sex(entry: Entry) -> c.Cell:
    """1 for a man, 2 for a woman; a number on some rows, text on others."""
    as_number = entry.person.index % 2 == 0
    return k.sex({"M": c.Num(1.0) if as_number else "1", "F": c.Num(2.0) if as_number else "2"})(entry)


def _eight_digits(key: str) -> Writer:
    """A full date as 19550312, a month as 195503, a year as 1955; text or number."""

    def write(entry: Entry) -> c.Cell:
        iso = entry[key]
        if not iso:
            return None
        entry.told[key] = iso
        digits = iso.replace("-", "")
        return c.Num(float(digits)) if entry.rng.random() < 0.5 else digits

    return write


def _life(entry: Entry) -> c.Cell:
    dead = entry.trap("state") == "dead"
    entry.told["life"] = words_of("life", "DECEASED" if dead else "ALIVE")
    return "死亡" if dead else "生存"
