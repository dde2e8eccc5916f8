"""The fastest known way to each result, standing alone: nothing of ours is imported here (DECISIONS 32)."""

import sqlite3
from pathlib import Path
from time import perf_counter
from typing import Any


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


def find_floor(conn: Any, text: str, limit: int) -> float:
    """Seconds for the raw query of a find text on an open connection: hits joined, ranked, fetched.

    `conn` is a plain DB-API connection to the data file (one with full text search); `text` is one word.
    """
    end = "\U0010ffff"
    parts = ["SELECT id FROM person WHERE name_key >= :key AND name_key < :end"]
    values = {"key": text, "end": text + end, "limit": limit}
    if text.isascii() and text.isalpha():
        parts += [
            "SELECT id FROM person WHERE pinyin >= :key AND pinyin < :end",
            "SELECT id FROM person WHERE initials >= :key AND initials < :end",
        ]
    if text.isdigit() and len(text) >= 3:
        parts.append("SELECT rowid FROM person_number WHERE person_number MATCH :number")
        values["number"] = f'"{text}"'
    elif text.isdigit():
        parts.append("SELECT id FROM person WHERE employee_no >= :key AND employee_no < :end")
    if len(text) > 1 or not text.isascii():
        parts.append("SELECT rowid FROM person_text WHERE person_text MATCH :words")
        values["words"] = f'"{text if text.isascii() else " ".join(text)}"' + ("*" if text.isascii() else "")
    query = (
        f"WITH hits AS (SELECT id FROM ({' UNION '.join(parts)}) LIMIT :limit)"
        " SELECT p.id, count(*) OVER () FROM hits JOIN person p ON p.id = hits.id WHERE p.binned_at IS NULL"
        " ORDER BY CASE WHEN p.name_key = :key THEN 0 WHEN p.name_key >= :key AND p.name_key < :end THEN 1"
        " WHEN p.initials = :key OR p.pinyin = :key THEN 2 ELSE 3 END, p.life <> 'ALIVE', p.name_sort, p.id"
        " LIMIT :limit"
    )
    started = perf_counter()
    conn.execute("BEGIN")
    conn.execute(query, values).fetchall()
    conn.execute("COMMIT")
    return perf_counter() - started


def load_fonts(folder: Path) -> None:
    """Registers the two fonts with reportlab, once a process and outside the figures."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in (("serif", "NotoSerifSC-Regular.ttf"), ("sans", "NotoSansSC-Regular.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def pdf_floor(operations: list[tuple[Any, ...]], path: Path) -> float:
    """Seconds for the same words and lines straight on a reportlab canvas, A4 across.

    `operations`: ("t", x, y, words, size, font), ("l", x1, y1, x2, y2), ("p",) for the end of a page.
    """
    from reportlab.pdfgen.canvas import Canvas

    started = perf_counter()
    canvas = Canvas(str(path), pagesize=(841.89, 595.28), pageCompression=1)
    canvas.setLineWidth(0.5)
    for operation in operations:
        if operation[0] == "t":
            _kind, x, y, words, size, font = operation
            canvas.setFont(font, size)
            canvas.drawString(x, y, words)
        elif operation[0] == "l":
            canvas.line(*operation[1:])
        else:
            canvas.showPage()
            canvas.setLineWidth(0.5)
    canvas.save()
    return perf_counter() - started


def workbook_floor(rows: list[list[str]], path: Path) -> float:
    """Seconds for the same texts as a workbook without any layout, by XlsxWriter row by row."""
    import xlsxwriter

    started = perf_counter()
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
    book.close()
    return perf_counter() - started


def backup_floor(source: Path, target: Path) -> float:
    """Seconds for SQLite's backup API alone: no sync, no check, no counting."""
    started = perf_counter()
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.backup(writing)
    finally:
        writing.close()
        reading.close()
    return perf_counter() - started


def removal_floor(conn: Any, first: int) -> float:
    """Seconds for the bare removal of people from `first` on, with their search entries, in one transaction.

    `conn`: a plain DB-API connection to the data file (one with full text search), autocommit.
    """
    started = perf_counter()
    conn.execute("PRAGMA synchronous = EXTRA")
    conn.execute("BEGIN IMMEDIATE")
    for statement in (
        "DELETE FROM person_text WHERE rowid >= ?",
        "DELETE FROM person_number WHERE rowid >= ?",
        "DELETE FROM custom_value WHERE person_id >= ?",
        "DELETE FROM person_label WHERE person_id >= ?",
        "DELETE FROM unread_value WHERE person_id >= ?",
        "DELETE FROM person WHERE id >= ?",
    ):
        conn.execute(statement, (first,))
    conn.execute("COMMIT")
    return perf_counter() - started
