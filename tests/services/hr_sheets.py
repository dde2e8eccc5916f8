"""Small HR workbooks for the tests of the import, and an office to import them into."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from retiree_desk.core.imports import Accept, ImportResult
from retiree_desk.core.retirees import Retiree
from retiree_desk.services.desk import Desk
from retiree_desk.services.imports import Prepared

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(birth: str, order: int, area: str = "990102") -> str:
    """A valid number on an area code that is not in use; an odd order is a man's."""
    first = f"{area}{birth.replace('-', '')}{order:03d}"
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, first, strict=True)) % 11]


ZHANG = id_number("1950-03-12", 1)  # a man
LI = id_number("1952-07-01", 2)  # a woman
WANG = id_number("1948-11-30", 3)  # a man


class Office:
    """An office in a folder, with the steps of a test in few words."""

    def __init__(self, folder: Path, today: date) -> None:
        self.folder = folder
        self.desk = Desk.open(folder / "office.rdesk", operator="测试", today=lambda: today)

    def csv(self, text: str, name: str = "hr.csv") -> Path:
        """A text table; one line per row."""
        path = self.folder / name
        path.write_text(text.strip() + "\n", encoding="utf-8")
        return path

    def xlsx(self, sheets: dict[str, Sequence[Sequence[object]]], name: str = "hr.xlsx",
             dress: Callable[..., None] | None = None) -> Path:  # fmt: skip
        """A workbook; `dress(book, sheet name, sheet)` hides, merges or formats what a test needs."""
        import xlsxwriter

        path = self.folder / name
        book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, int | float):
                        sheet.write_number(line, column, value)
                    elif value:
                        sheet.write_string(line, column, str(value))
            if dress:
                dress(book, title, sheet)
        book.close()
        return path

    def plan(self, *files: Path, **options: object) -> Prepared:
        return self.desk.imports.plan(files, **options)  # type: ignore[arg-type]

    def take(self, *files: Path, accept: Accept | None = None, **options: object) -> ImportResult:
        """Plan and apply."""
        return self.desk.imports.apply(self.plan(*files, **options), accept)

    def people(self) -> list[Retiree]:
        return self.desk.registry.load()

    def one(self, name: str) -> Retiree:
        """The only person of that name."""
        (found,) = [person for person in self.people() if person.name == name]
        return found

    def content(self) -> str:
        return self.desk.backups.check().content_sha256


def counts(plan: Prepared) -> dict[str, int]:
    """The kinds that occur."""
    return {
        kind: plan.count(kind)
        for kind in ("new", "changed", "unchanged", "conflict", "rejected", "skipped")
        if plan.count(kind)
    }


def codes(plan: Prepared) -> list[str]:
    """The problem codes, in order."""
    return sorted(problem.code for problem in plan.problems)
