"""Importing HR workbooks: plan, look, apply; undo is that of the history (PRODUCT.md, DECISIONS 14-19)."""

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from retiree_desk.core.collecting import no_collecting
from retiree_desk.core.errors import Cancelled, RefusedError, UsageError
from retiree_desk.core.imports import (
    FILE_KINDS,
    KINDS,
    Accept,
    ImportPlan,
    ImportResult,
    Note,
    PlanRow,
    TablePlan,
)
from retiree_desk.core.topics import Topic
from retiree_desk.i18n import _
from retiree_desk.services.import_apply import Work, Writer, remember_mapping
from retiree_desk.services.import_compare import Comparison
from retiree_desk.services.import_held import Held
from retiree_desk.services.import_source import Options, Progress, Source, SourceTable, read_files, tables_of
from retiree_desk.services.units import UnitTrees
from retiree_desk.store.schema import change_set, import_batch, import_mapping

if TYPE_CHECKING:
    from retiree_desk.services.office import Office


@dataclass(frozen=True)
class Prepared(ImportPlan):
    """A plan with what it was made from, so that another mapping or applying need not read again."""

    source: Source | None = None
    options: Options = Options()  # noqa: RUF009 - frozen
    understood: tuple[SourceTable, ...] = ()
    comparison: Comparison | None = None
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """An import that was applied: its change set, when, by whom, which files, how many rows."""

    id: int
    change: int
    at: str
    who: str
    files: tuple[str, ...]
    new: int
    changed: int


class Holding(NamedTuple):
    """What the registry holds at one moment: people, units, and the newest change set."""

    held: Held
    trees: UnitTrees
    as_of: int


class Imports:
    """Plans and applies imports on one open office."""

    def __init__(self, desk: "Office") -> None:
        self._desk = desk

    @no_collecting()
    def plan(
        self,
        files: Sequence[Path | str],
        sheets: Sequence[str] | None = None,
        hidden: bool = False,
        kind: str | None = None,
        password: str | None = None,
        mapping: Mapping[str, Mapping[int, str]] | None = None,
        *,
        every_value: bool = False,
        on_progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Prepared:
        """Reads the files and compares them with the registry; writes nothing. `every_value` proposes
        again what was refused before.

        Raises `InputError` for a file that cannot be read or holds no people, `UsageError` for a sheet
        that is not there, `Cancelled`.
        """
        if kind and kind not in FILE_KINDS:
            raise UsageError("usage", _("“{kind}” is not a kind of file.").format(kind=kind))
        options = Options(tuple(sheets or ()), hidden, kind or "", mapping or {}, every_value=every_value)
        # While the child reads the file there is time to read what the registry holds.
        with ThreadPoolExecutor(1, "workbook") as reader:
            reading = reader.submit(
                read_files,
                files,
                password=password,
                hidden=hidden or bool(sheets),
                on_progress=on_progress,
                cancelled=cancelled,
            )
            holding = self._holding()
            source = reading.result()
        return self.compare(source, options, holding, on_progress=on_progress, cancelled=cancelled)

    @no_collecting()
    def replan(
        self,
        plan: Prepared,
        *,
        on_progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        **changes: object,
    ) -> Prepared:
        """The plan anew from the same files with other `Options`, against the registry as it is now."""
        assert plan.source is not None
        options = replace(plan.options, **changes)  # type: ignore[arg-type]
        return self.compare(plan.source, options, on_progress=on_progress, cancelled=cancelled)

    def compare(
        self,
        source: Source,
        options: Options,
        holding: "Holding | None" = None,
        *,
        on_progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Prepared:
        """The plan of files that were read, against the registry as it is now (or as `holding` found it)."""
        tables, notes = tables_of(
            source,
            options,
            self._desk.today(),
            self._remembered(),
            on_progress=on_progress,
            cancelled=cancelled,
        )
        held, trees, as_of = holding or self._holding()
        if options.every_value:
            held.propose_again()
        comparison = Comparison(tables, held, cancelled)
        comparison.run()
        guessed, missing = comparison.coverage(trees)
        kind = options.kind or guessed
        if on_progress:
            on_progress("comparing", 1.0)
        return Prepared(
            files=source.files,
            tables=_table_plans(tables, comparison.rows),
            rows=tuple(comparison.rows),
            problems=tuple(comparison.problems),
            notes=(*notes, *comparison.unknown_units(trees)),
            kind=kind,
            guessed_kind=guessed,
            missing=tuple(missing) if kind == "full" else (),
            as_of=as_of,
            source=source,
            options=options,
            understood=tuple(tables),
            comparison=comparison,
            held=held,
        )

    def _holding(self) -> "Holding":
        with self._desk.db.read() as conn:
            trees = self._desk.units.trees(conn)
            as_of = conn.scalar(sa.select(sa.func.max(change_set.c.id))) or 0
            held = Held(conn, trees)
        held.prepare()
        return Holding(held, trees, as_of)

    @no_collecting()
    def apply(
        self,
        plan: Prepared,
        accept: Accept | None = None,
        *,
        on_progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> ImportResult:
        """Writes what is accepted: backup first, then one transaction, all or nothing.

        Raises `RefusedError` where the registry was changed since the plan was made; `Cancelled`, and
        nothing of it stays.
        """

        def step(what: str, share: float) -> None:
            if cancelled and cancelled():
                raise Cancelled()
            if on_progress:
                on_progress(what, share)

        assert plan.comparison is not None and plan.held is not None
        desk = self._desk
        work = Work(plan, plan.understood, plan.comparison, plan.held, accept or Accept())
        if work.empty:
            return ImportResult(None, None, 0, 0)
        with desk.db.read() as conn:
            self._check_fresh(conn, plan)
        step("backing_up", 0.05)
        backup, _people = desk.backups.make("import")
        step("writing", 0.25)
        names = "、".join(Path(file).name for file in plan.files)
        with desk.db.write(
            Topic.REGISTRY, Topic.UNITS, Topic.IMPORTS, why="import", kind="import",
            params={"files": names, "new": len(work.new), "changed": work.changed},
        ) as change:  # fmt: skip
            writer = Writer(change, desk.units.trees(change.conn), plan.held, desk.today(), desk.db.operator)
            batch = writer.write(work, plan, step)
            remember_mapping(change.conn, plan.options.mapping)
        return ImportResult(batch, change.id, len(work.new), work.changed, str(backup))

    @staticmethod
    def _check_fresh(conn: sa.Connection, plan: Prepared) -> None:
        newest = conn.scalar(sa.select(sa.func.max(change_set.c.id))) or 0
        if newest != plan.as_of:
            raise RefusedError(
                "import_outdated",
                _(
                    "The registry was changed since this preview was made; nothing was imported. "
                    "Make the preview again."
                ),
            )

    def batches(self, limit: int = 50) -> list[Batch]:
        """Imports that were applied, newest first."""
        with self._desk.db.read() as conn:
            rows = (
                conn.execute(sa.select(import_batch).order_by(import_batch.c.id.desc()).limit(limit))
                .mappings()
                .all()
            )
        found = []
        for row in rows:
            counts = json.loads(row["counts"] or "{}")
            found.append(
                Batch(
                    row["id"],
                    row["change_id"],
                    row["at"],
                    row["who"],
                    tuple(json.loads(row["files"] or "[]")),
                    counts.get("new", 0),
                    counts.get("changed", 0),
                )
            )
        return found

    def _remembered(self) -> dict[str, dict[int, str]]:
        with self._desk.db.read() as conn:
            rows = conn.execute(sa.select(import_mapping.c.fingerprint, import_mapping.c.mapping)).all()
        return {row[0]: {int(column): fate for column, fate in json.loads(row[1]).items()} for row in rows}


def _table_plans(tables: Sequence[SourceTable], rows: Sequence[PlanRow]) -> tuple[TablePlan, ...]:
    counts = [dict.fromkeys(KINDS, 0) for _table in tables]
    for row in rows:
        counts[row.table][row.kind] += 1
    return tuple(
        TablePlan(table.file, table.sheet, table.header_rows, tuple(table.columns), table.fingerprint, count)
        for table, count in zip(tables, counts, strict=True)
    )


__all__ = ["Batch", "Imports", "Note", "Options", "Prepared"]
