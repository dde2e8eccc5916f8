"""What the import wizard works on: files, passwords, sheets, options, off the UI thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from retiree_desk.core.errors import InputError, UserError
from retiree_desk.core.imports import Problem
from retiree_desk.files.workbook_reader import Sheet, Workbook, cell_text
from retiree_desk.i18n import N_, _
from retiree_desk.services.desk import Desk
from retiree_desk.services.import_source import Options, Source, SourceTable, read_files
from retiree_desk.services.imports import Prepared

# What is under way, as `Imports` names it.
STEPS: Mapping[str, str] = {
    "reading": N_("Reading the files …"),
    "understanding": N_("Finding tables and columns …"),
    "comparing": N_("Comparing with the registry …"),
    "backing_up": N_("Making a backup …"),
    "writing": N_("Importing …"),
}
_SAMPLES = 3
_LOOKED_AT = 200  # rows searched for sample values

Progress = Callable[[int, int, str], None]
Place = tuple[str, str]  # file and sheet


class FileTrouble(UserError):
    """One of the files could not be read; `path` says which."""

    def __init__(self, path: Path, error: UserError) -> None:
        super().__init__(error.code, error.message)
        self.path = path

    @property
    def wants_password(self) -> bool:
        """Whether a password, or another one, may help."""
        return self.code in ("encrypted", "wrong_password")


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk asks for, as handed to the worker: it never changes under its hands.

    `left_out` are sheets that are not read; `taken` are hidden sheets that are.
    """

    files: tuple[Path, ...]
    passwords: Mapping[Path, str] = field(default_factory=dict)
    options: Options = Options()  # noqa: RUF009 - frozen
    left_out: frozenset[Place] = frozenset()
    taken: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What reading and planning gave. `plan` is None where no table was found; `trouble` then says so."""

    request: Request
    books: tuple[Workbook, ...]
    plan: Prepared | None
    trouble: str = ""

    def tables(self, file: str, sheet: str) -> list[int]:
        """The places, in the plan, of the tables of a sheet."""
        if self.plan is None:
            return []
        return [at for at, table in enumerate(self.plan.tables) if (table.file, table.sheet) == (file, sheet)]


@dataclass(slots=True)
class _Kept:
    stamp: tuple[int, int]
    password: str
    book: Workbook


def steps(progress: Progress) -> Callable[[str, float], None]:
    """What `Imports` calls with step and share done, as the bar understands it."""
    return lambda what, share: progress(round(share * 100), 100, _(STEPS.get(what, "")))


class ImportSession:
    """Reads each file once and plans as often as the clerk changes their mind; writes nothing itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._books: dict[Path, _Kept] = {}

    def find(self, request: Request, progress: Progress, cancelled: Callable[[], bool]) -> Found:
        """Reads what was not read yet and plans. Raises `FileTrouble`, `UserError`, `Cancelled`."""
        step = steps(progress)
        books = []
        for number, path in enumerate(request.files):

            def part(what: str, share: float, number: int = number) -> None:
                step(what, (number + share) / len(request.files))

            books.append(self._book(path, request.passwords.get(path, ""), part, cancelled))
        kept = [
            (str(path), _chosen(str(path), book, request))
            for path, book in zip(request.files, books, strict=True)
        ]
        kept = [(file, book) for file, book in kept if book.sheets]
        source = Source(tuple(file for file, _book in kept), [book for _file, book in kept])
        try:
            plan = self._desk.imports.compare(source, request.options, on_progress=step, cancelled=cancelled)
        except InputError as error:
            # The clerk may still say where the header stands.
            if error.code != "no_table":
                raise
            return Found(request, tuple(books), None, error.message)
        return Found(request, tuple(books), plan)

    def _book(
        self,
        path: Path,
        password: str,
        on_progress: Callable[[str, float], None],
        cancelled: Callable[[], bool],
    ) -> Workbook:
        stamp = _stamp(path)
        kept = self._books.get(path)
        if kept is not None and kept.stamp == stamp and kept.password == password:
            return kept.book
        try:
            # Hidden sheets are read at once, so that a tick beside them need not read the file again.
            source = read_files(
                [path], password=password or None, hidden=True, on_progress=on_progress, cancelled=cancelled
            )
        except InputError as error:
            raise FileTrouble(path, error) from error
        self._books[path] = _Kept(stamp, password, source.books[0])
        return source.books[0]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _chosen(file: str, book: Workbook, request: Request) -> Workbook:
    """The book with only the sheets that are to be read. Hidden ones the clerk ticked count as visible;
    hidden ones that were not are named in the plan's notes."""
    sheets: list[Sheet] = []
    for sheet in book.sheets:
        if (file, sheet.name) in request.left_out:
            continue
        if sheet.state == "hidden" and (file, sheet.name) in request.taken:
            sheet = replace(sheet, state="visible")
        elif sheet.state == "hidden" and request.options.hidden:
            continue  # the option is for hidden rows; hidden sheets are ticked one by one
        sheets.append(sheet)
    if not any(sheet.state == "visible" for sheet in sheets):
        sheets = []
    return replace(book, sheets=sheets)


def samples(book: Workbook, table: SourceTable) -> dict[int, list[str]]:
    """The first distinct values of each column of a table, as the spreadsheet shows them."""
    sheet = next((sheet for sheet in book.sheets if sheet.name == table.sheet), None)
    found: dict[int, list[str]] = {column.index: [] for column in table.columns}
    if sheet is None:
        return found
    wanted = set(table.numbers[:_LOOKED_AT])
    for row in sheet.rows:
        if row.number not in wanted:
            continue
        wanted.discard(row.number)
        for column, cell in row.cells.items():
            values = found.get(column)
            if values is not None and len(values) < _SAMPLES:
                text = " ".join(cell_text(cell, book.date1904).split())
                if text and text not in values:
                    values.append(text)
        if not wanted:
            break
    return found


def value_key(problem: Problem) -> str:
    """The field whose mask a problem's value needs."""
    return "id_number" if problem.code.startswith("id_") or "number" in problem.code else ""


def letter(column: int) -> str:
    """A column as the spreadsheet names it: 1 is A, 27 is AA."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
