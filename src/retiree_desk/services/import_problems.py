"""Problem rows as a workbook that can be sent back to HR: the original rows and the reasons."""

from pathlib import Path

from retiree_desk.core.imports import CONFLICT, REJECTED
from retiree_desk.files.workbook_writer import RowProblem, mark_problems
from retiree_desk.services.imports import Prepared


def write_problem_rows(plan: Prepared, out: Path, password: str | None = None) -> list[Path]:
    """Writes the rows with problems of each file, in its own layout; the files written.

    One file of the batch goes to `out`, further ones beside it under their names. Nothing is written
    where there is no problem. Raises `UserError` where the file cannot be written.
    """
    assert plan.source is not None
    by_file: dict[str, list[RowProblem]] = {}
    headers: dict[str, dict[str, tuple[int, ...]]] = {}
    columns: dict[tuple[str, str, str], int] = {}
    for table in plan.tables:
        headers.setdefault(table.file, {}).setdefault(table.sheet, table.header_rows)
        for column in table.columns:
            columns.setdefault((table.file, table.sheet, column.header), column.index)
    for one in plan.problems:
        place = columns.get((one.file, one.sheet, one.column), 0)
        by_file.setdefault(one.file, []).append(RowProblem(one.sheet, one.row, one.message, place))
    written: list[Path] = []
    for file, book in zip(plan.source.files, plan.source.books, strict=True):
        problems = by_file.get(file)
        if not problems:
            continue
        target = out if not written else out.with_name(f"{out.stem}-{Path(file).stem}{out.suffix}")
        mark_problems(file, target, problems, header_rows=headers.get(file), password=password, book=book)
        written.append(target)
    return written


def has_problem_rows(plan: Prepared) -> bool:
    """Whether there is anything to write."""
    return bool(plan.problems or plan.count(CONFLICT) or plan.count(REJECTED))
