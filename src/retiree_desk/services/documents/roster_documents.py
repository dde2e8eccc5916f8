"""花名册 as workbook, text or PDF (OFFICE 4.4): the basic set on A4, the standard set on A3."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from retiree_desk.core.columns import Kind
from retiree_desk.core.errors import UsageError
from retiree_desk.core.retirees import COLUMN_BY_KEY, Retiree
from retiree_desk.i18n import N_, _
from retiree_desk.services.documents import Options, imprint, paper_day
from retiree_desk.services.roster import (
    BASIC_SET,
    STANDARD_SET,
    Roster,
    RosterChoice,
    RosterColumn,
    breakdown,
    view_of,
)
from retiree_desk.services.settings import PRINTS_A3

if TYPE_CHECKING:
    from retiree_desk.files.workbook_writer import TableColumn, TableSheet
    from retiree_desk.services.desk import Desk

# Shares of the page in percent, after the running number (OFFICE 4.4).
_BASIC_SHARES = dict(
    zip(BASIC_SET, (6, 3, 4.5, 5.5, 12.5, 6, 5.5, 5.5, 11.5, 5.5, 7.5, 8, 11.5, 4), strict=True)
)
_STANDARD_SHARES = dict(
    zip(
        STANDARD_SET,
        (4, 2, 3, 4, 4, 8.6, 4, 4, 4, 7.4, 5, 4, 4, 4, 5.5, 5.5, 8, 3, 4, 2, 5.5, 2),
        strict=True,
    )
)
_CHARACTERS_A_SHARE = 1.3
_LEAST_WIDTH = 4.0
# A masked or whole ID number and a phone must stay readable in a workbook, whatever the share says.
_READABLE: Mapping[str, float] = {"id_number": 20.0, "phone_any": 13.0, "mobile": 13.0, "birth": 10.5}
_CONTACT_GROUP = ("emergency_contact", "emergency_relation", "emergency_phone")
_CONTACT_TITLES = {
    "emergency_contact": N_("Name"),
    "emergency_relation": N_("Kin"),
    "emergency_phone": N_("Phone"),
}
_TITLE = N_("Roster of retirees")


def write_roster_file(desk: "Desk", path: Path, choice: RosterChoice) -> tuple[int, int]:
    """Writes a roster as the file's ending says; the people on it, and the pages of a PDF (else 0).

    Raises `UsageError` for another ending, an unknown field, view or word.
    """
    ending = path.suffix.lower()
    if ending not in (".xlsx", ".csv", ".pdf"):
        raise UsageError(
            "ending_unknown",
            _("{document} is written as {endings}, not as “{name}”.").format(
                document=_("Roster"), endings=".xlsx、.csv、.pdf", name=path.name
            ),
        )
    roster = Roster(desk, choice)
    roster.columns(BASIC_SET)  # a wrong field is said before anybody is read
    people = roster.people()
    pages = 0
    if ending == ".pdf":
        pages = _write_pdf(desk, path, choice, roster, people)
    elif ending == ".csv":
        from retiree_desk.files.workbook_writer import write_csv

        write_csv(path, _sheet(desk, choice, roster, people, plain=True))
    else:
        from retiree_desk.files.workbook_writer import write_table

        write_table(path, _sheet(desk, choice, roster, people))
    desk.db.record(
        "export",
        {"document": "roster", "file": path.name, "rows": len(people), "full": choice.full},
    )
    return len(people), pages


def roster(desk: "Desk", path: Path, options: Options) -> int:
    """The roster as `print roster` makes it: of a unit, or of who is that old; the pages (workbooks: 1)."""
    where = []
    if options.unit:
        where.append(("unit", options.unit))
    choice = RosterChoice(where=tuple(where), least_age=options.age, on=options.on)
    _rows, pages = write_roster_file(desk, path, choice)
    return pages or 1


def _set_of(desk: "Desk") -> Sequence[str]:
    return STANDARD_SET if desk.settings.get(PRINTS_A3, False) else BASIC_SET


def _view_title(choice: RosterChoice) -> str:
    view = view_of(choice.view)
    parts = [view.title] if view else []
    parts += [f"{value}" for _key, value in choice.where if value]
    if choice.least_age is not None:
        parts.append(_("{age} and above").format(age=choice.least_age))
    return "、".join(parts)


def title_of(choice: RosterChoice) -> str:
    """`离退休职工花名册(80岁以上)`, without the office."""
    view = _view_title(choice)
    return f"{_(_TITLE)}({view})" if view else _(_TITLE)


def _total(people: Sequence[Retiree]) -> str:
    return _("Total {people} people, of them: {breakdown}").format(
        people=f"{len(people):,}", breakdown=breakdown(people)
    )


def _signatures() -> tuple[str, ...]:
    return _("Head of unit: "), _("Checked by: "), _("Filled in by: "), _("Filled in on: ")


def _sheet(
    desk: "Desk", choice: RosterChoice, roster_: Roster, people: Sequence[Retiree], *, plain: bool = False
) -> "TableSheet":
    from retiree_desk.files.workbook_writer import TableColumn, TableSheet

    default = _set_of(desk)
    columns = roster_.columns(default)
    own = bool(choice.columns) or choice.codes
    shares = _STANDARD_SHARES if default is STANDARD_SET else _BASIC_SHARES
    numbered = not own
    shown = [_table_column(column, {} if own else shares, own) for column in columns]
    if numbered:
        shown.insert(0, TableColumn(_("No."), Kind.NUMBER, _LEAST_WIDTH, align="center"))

    def rows() -> Iterator[list[str]]:
        for number, one in enumerate(people, 1):
            words = [roster_.value(one, column) for column in columns]
            yield [str(number), *words] if numbered else words

    if plain or choice.codes:
        # Meant for another program: the header is the first row.
        return TableSheet(shown, rows(), name=_("Roster"))
    on = paper_day(choice.on or desk.today())
    mark = imprint(desk)
    return TableSheet(
        shown,
        rows(),
        name=_("Roster"),
        title=f"{desk.settings.office_name} {title_of(choice)}".strip(),
        left=_("Reporting unit (seal): {unit}").format(unit=""),
        centre=_("As of: {day}").format(day=on),
        right=_("{people} people in all").format(people=f"{len(people):,}"),
        total=_total(people),
        signatures="        ".join(_signatures()),
        paper="A3" if default is STANDARD_SET and not own else "A4",
        footer_right=_("Made by: {operator} {time}").format(operator=mark.operator, time=mark.printed_at),
    )


def _table_column(column: RosterColumn, shares: Mapping[str, float], own: bool) -> "TableColumn":
    from retiree_desk.files.workbook_writer import TableColumn

    known = COLUMN_BY_KEY.get(column.key)
    width = float(known.width) if known else 14.0
    if column.key in shares:
        width = max(_LEAST_WIDTH, shares[column.key] * _CHARACTERS_A_SHARE, _READABLE.get(column.key, 0.0))
    # The age of somebody whose month is not known is `80-81`: then it is text, which the writer sees.
    align = "distributed" if column.key == "name" else ("left" if column.kind is Kind.TEXT else "center")
    if column.key in _CONTACT_GROUP and not own:
        return TableColumn(_(_CONTACT_TITLES[column.key]), column.kind, width, _("Emergency contact"), align)
    return TableColumn(column.heading, column.kind, width, "", align)


def _write_pdf(
    desk: "Desk", path: Path, choice: RosterChoice, roster_: Roster, people: Sequence[Retiree]
) -> int:
    default: Sequence[str] = _set_of(desk)
    columns = roster_.columns(default)
    rows = [[_on_paper(roster_.value(one, column), column) for column in columns] for one in people]
    on = paper_day(choice.on or desk.today())
    if choice.columns or choice.codes:
        return _write_chosen(desk, path, choice, columns, rows, people, on)
    from retiree_desk.files.pdf.roster import Roster as Paper
    from retiree_desk.files.pdf.roster import write_roster

    kind: Literal["basic", "standard"] = "standard" if default is STANDARD_SET else "basic"
    paper = Paper(rows, kind, view=_view_title(choice), as_of=on, breakdown=breakdown(people))
    return write_roster(path, paper, imprint(desk))


def _write_chosen(
    desk: "Desk",
    path: Path,
    choice: RosterChoice,
    columns: Sequence[RosterColumn],
    rows: Sequence[Sequence[str]],
    people: Sequence[Retiree],
    on: str,
) -> int:
    """Columns of the clerk's own choice: a plain list, as wide as its columns ask."""
    from retiree_desk.files.pdf.listing import ListColumn, Listing, write_listing

    widths = [float(COLUMN_BY_KEY[each.key].width) if each.key in COLUMN_BY_KEY else 14.0 for each in columns]
    paper = Listing(
        title=title_of(choice),
        columns=tuple(
            ListColumn(
                column.heading,
                width,
                "left" if column.kind is Kind.TEXT and column.key != "name" else "centre",
                name=column.key == "name",
            )
            for column, width in zip(columns, widths, strict=True)
        ),
        rows=rows,
        head=(
            _("Reporting unit (seal): {unit}").format(unit=""),
            _("As of: {day}").format(day=on),
            _("{people} people in all").format(people=f"{len(people):,}"),
        ),
        ending=(_total(people),),
        signatures=_signatures(),
        paper="A3" if sum(widths) > 220 else "A4",
        across=sum(widths) > 90,
    )
    return write_listing(path, paper, imprint(desk))


def _on_paper(text: str, column: RosterColumn) -> str:
    return text.replace("-", ".") if column.kind is Kind.DATE else text
