"""The fastest known way to each result, standing alone: nothing of ours is imported here (DECISIONS 32)."""

import sqlite3
from pathlib import Path
from time import perf_counter


def import_floor(workbook: Path, database: Path) -> float:
    """Seconds for python-calamine reading the workbook and one raw executemany of its rows, committed.

    The settings are those of the data file: rollback journal, synchronous EXTRA.
    """
    from python_calamine import CalamineWorkbook

    started = perf_counter()
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()
    width = len(rows[0])
    conn = sqlite3.connect(database, isolation_level=None)
    try:
        conn.execute("PRAGMA journal_mode = DELETE")
        conn.execute("PRAGMA synchronous = EXTRA")
        conn.execute("CREATE TABLE roster (" + ", ".join(f"c{number}" for number in range(width)) + ")")
        conn.execute("BEGIN IMMEDIATE")
        conn.executemany("INSERT INTO roster VALUES (" + ", ".join("?" * width) + ")", rows[1:])
        conn.execute("COMMIT")
    finally:
        conn.close()
    return perf_counter() - started
