"""Every document of the office by its code (OFFICE 4, 7): one function and one line each.

Menu, print dialog, preview and `print DOCUMENT` are made from `DOCUMENTS`. A document's module is
loaded when it is written: PDF and workbook libraries are heavy.
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from retiree_desk.core.errors import UsageError, UserError
from retiree_desk.files.pdf.page import Imprint
from retiree_desk.i18n import N_, _

if TYPE_CHECKING:
    from retiree_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Options:
    """What a document is made of: the day, month (YYYY-MM), age, unit, list code or person asked for.

    `preview`: only looked at on the screen, so that nothing counts as printed.
    """

    on: date | None = None
    month: str = ""
    age: int | None = None
    unit: str = ""
    list: str = ""
    person: str = ""
    preview: bool = False


# The code of the error that names characters no font has (DESK rank 11).
GLYPH_MISSING = "glyph_missing"
Writer = Callable[["Desk", Path, Options], int]


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its code, its name (message id), the function that writes it, what it needs and takes.

    `module` and `function` name the writer below this package; it returns the pages written.
    """

    code: str
    title: str
    module: str
    function: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    endings: tuple[str, ...] = (".pdf",)

    def writer(self) -> Writer:
        """The function that writes it."""
        found: Writer = getattr(importlib.import_module(f"{__name__}.{self.module}"), self.function)
        return found


DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {
        document.code: document
        for document in (
            Document(
                "visit-sheets", N_("Monthly visit sheets"), "visit_documents", "visit_sheets", ("month",)
            ),
            Document(
                "condolence-list",
                N_("Condolence list"),
                "welfare_documents",
                "condolence_list",
                ("list",),
                endings=(".pdf", ".xlsx"),
            ),
            Document(
                "sign-sheet",
                N_("Sign-for sheet"),
                "welfare_documents",
                "sign_sheet",
                ("list",),
                ("unit",),
                (".pdf", ".xlsx"),
            ),
            Document("issue-summary", N_("Issue summary"), "welfare_documents", "issue_summary", ("list",)),
            Document(
                "condolence-notice",
                N_("Condolence list for public notice"),
                "welfare_documents",
                "condolence_notice",
                ("list",),
            ),
            Document("approval-form", N_("Approval form"), "welfare_documents", "approval_form", ("list",)),
            Document("bank-list", N_("Bank list"), "welfare_documents", "bank_list", ("list",)),
            Document(
                "roster",
                N_("Roster"),
                "roster_documents",
                "roster",
                takes=("on", "unit", "age"),
                endings=(".pdf", ".xlsx", ".csv"),
            ),
        )
    }
)


def document(code: str) -> Document:
    """The document of a code. Raises `UsageError` naming those there are."""
    found = DOCUMENTS.get(code)
    if found is None:
        raise UsageError(
            "document_unknown",
            _("There is no document “{code}”; there are: {codes}.").format(
                code=code, codes=" ".join(DOCUMENTS)
            ),
        )
    return found


def write_document(desk: "Desk", code: str, path: Path, options: Options) -> int:
    """Writes a document into a file; the pages (for workbooks 1).

    Raises `UsageError` where what it needs is not given or it is not made in that kind of file.
    """
    wanted = document(code)
    for name in wanted.needs:
        if not getattr(options, name):
            raise UsageError(
                "option_missing",
                _("{document} needs --{option}.").format(document=_(wanted.title), option=name),
            )
    if path.suffix.lower() not in wanted.endings:
        raise UsageError(
            "ending_unknown",
            _("{document} is written as {endings}, not as “{name}”.").format(
                document=_(wanted.title), endings="、".join(wanted.endings), name=path.name
            ),
        )
    pages = wanted.writer()(desk, path, options)
    if not options.preview:
        desk.db.record("print", {"document": code, "file": path.name, "pages": pages})
    return pages


T = TypeVar("T")


def with_substitutes(write: Callable[[], T]) -> tuple[T, str]:
    """Writes a paper; where no font has a character it is written with 〓, and the sentence says so.

    For the command line, where nobody can be asked; the window asks first (`ui/dialogs/preview.py`).
    """
    try:
        return write(), ""
    except UserError as error:
        if error.code != GLYPH_MISSING:
            raise
        return in_substitutes(write), error.message


def in_substitutes(write: Callable[[], T]) -> T:
    """Writes a paper with 〓 for every character that no font has."""
    from retiree_desk.files.pdf.fonts import substituting

    with substituting():
        return write()


def save_copy(paper: Path, target: Path) -> None:
    """Saves a paper that was made and seen under another name, whole or not at all.

    Raises `UserError` in a sentence: the file is open elsewhere, the disk is full, the folder is not there.
    """
    from retiree_desk.files.atomic import write_bytes

    write_bytes(target, paper.read_bytes())


def imprint(desk: "Desk", *, reprint: bool = False) -> Imprint:
    """Who prints, where and when, as the bottom line of every paper says it."""
    moment = datetime.now().strftime("%H:%M")
    return Imprint(
        office=desk.settings.office_name,
        operator=desk.db.operator,
        printed_at=f"{desk.today().isoformat()} {moment}",
        reprint=reprint,
    )


def paper_day(day: date) -> str:
    """A day in a line of words: `2026年10月18日`."""
    return _("{year}-{month:02d}-{day:02d}").format(year=day.year, month=day.month, day=day.day)
