"""Finding people: prefix indexes for names, spaced characters for Chinese text, trigrams for numbers.

Only SQLite has full-text tables, so this file holds all that knows of them (DECISIONS 25).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from retiree_desk.core.names import name_key
from retiree_desk.store.schema import person, unit

TEXT_FIELDS = [
    "name", "former_name", "spouse_name", "emergency_contact", "home_address", "hukou_address",
    "community", "former_unit", "post", "room", "remark",
]  # fmt: skip
NUMBER_FIELDS = [
    "id_number", "employee_no", "si_number", "mobile", "phone", "other_phones", "emergency_phone",
]  # fmt: skip
INDEXED_FIELDS = frozenset((*TEXT_FIELDS, *NUMBER_FIELDS, "residence_id"))

_CHUNK = 20_000


def spaced(text: str) -> str:
    """One blank between characters, Latin letters and digits kept together in lower case."""
    out: list[str] = []
    word = ""
    for char in text:
        if char.isascii() and char.isalnum():
            word += char.lower()
            continue
        if word:
            out.append(word)
            word = ""
        if not char.isspace() and (char.isalnum() or ord(char) > 0x2E7F):
            out.append(char)
    if word:
        out.append(word)
    return " ".join(out)


def _rows(values: Iterable[sa.RowMapping], places: Mapping[int, str]) -> tuple[list[Any], list[Any]]:
    texts, numbers = [], []
    for row in values:
        words = [row[key] for key in TEXT_FIELDS if row[key]]
        place = places.get(row["residence_id"] or 0)
        if place:
            words.append(place)
        texts.append((row["id"], spaced(" | ".join(words))))
        digits = " ".join(row[key] for key in NUMBER_FIELDS if row[key])
        if digits:
            numbers.append((row["id"], digits.lower()))
    return texts, numbers


def _places(conn: sa.Connection) -> dict[int, str]:
    """Each residence unit with the names above it, as one text."""
    rows = conn.execute(
        sa.select(unit.c.id, unit.c.parent_id, unit.c.name).where(unit.c.tree == "RESIDENCE")
    ).all()
    by_id = {row.id: row for row in rows}

    def full(row_id: int) -> str:
        row = by_id.get(row_id)
        return (full(row.parent_id) if row and row.parent_id else "") + (row.name if row else "")

    return {row_id: full(row_id) for row_id in by_id}


def reindex(conn: sa.Connection, ids: Iterable[int], *, fresh: bool = False) -> None:
    """Writes the search entries of these people anew; those no longer there lose theirs.

    `fresh` says that none of them is in the index yet.
    """
    todo = sorted(set(ids))
    if not todo:
        return
    places = _places(conn)
    columns = [person.c.id, person.c.residence_id, *(person.c[key] for key in (*TEXT_FIELDS, *NUMBER_FIELDS))]
    execute = conn.connection.cursor().executemany
    for start in range(0, len(todo), _CHUNK):
        part = todo[start : start + _CHUNK]
        if not fresh:
            for table in ("person_text", "person_number"):
                execute(f"DELETE FROM {table} WHERE rowid = ?", [(number,) for number in part])
        query = sa.select(*columns).where(
            person.c.id.in_(sa.text("SELECT value FROM json_each(:ids)").bindparams(ids=str(part)))
        )
        texts, numbers = _rows(conn.execute(query).mappings().all(), places)
        execute("INSERT INTO person_text (rowid, text) VALUES (?, ?)", texts)
        if numbers:
            execute("INSERT INTO person_number (rowid, text) VALUES (?, ?)", numbers)


def rebuild(conn: sa.Connection) -> None:
    """Makes both indexes anew from the people there are."""
    conn.exec_driver_sql("DELETE FROM person_text")
    conn.exec_driver_sql("DELETE FROM person_number")
    reindex(conn, conn.scalars(sa.select(person.c.id)), fresh=True)


def _prefix(column: str, name: str) -> str:
    return f"SELECT id FROM person WHERE {column} >= :{name} AND {column} < :{name}_end"


def _word_query(number: int, word: str, params: dict[str, str]) -> str:
    """The ids that one typed word finds, as index look-ups, the likeliest first."""
    name = f"w{number}"
    key = name_key(word)
    if not key:
        return "SELECT id FROM person"
    # U+10FFFF sorts behind every character in a binary comparison.
    params[name], params[f"{name}_end"] = key, key + "\U0010ffff"
    parts = [_prefix("name_key", name)]
    lower = word.lower()
    if lower.isascii() and lower.isalpha():
        params[f"{name}l"], params[f"{name}l_end"] = lower, lower + "\U0010ffff"
        parts += [_prefix("pinyin", f"{name}l"), _prefix("initials", f"{name}l")]
    digits = "".join(char for char in lower if char.isascii() and char.isalnum())
    if any(char.isdigit() for char in digits):
        if len(digits) >= 3:
            params[f"{name}n"] = f'"{digits}"'
            parts.append(f"SELECT rowid FROM person_number WHERE person_number MATCH :{name}n")
        else:
            params[f"{name}n"], params[f"{name}n_end"] = digits, digits + "\U0010ffff"
            parts.append(_prefix("employee_no", f"{name}n"))
    phrase = spaced(word)
    if phrase and (len(phrase) > 1 or not phrase.isascii()):
        params[f"{name}t"] = f'"{phrase}"' + ("*" if phrase[-1].isascii() else "")
        parts.append(f"SELECT rowid FROM person_text WHERE person_text MATCH :{name}t")
    return " UNION ALL ".join(parts)


def find_ids(
    conn: sa.Connection, text: str, limit: int, *, count_limit: int = 10_000
) -> tuple[int, list[int]]:
    """How many people the words find (up to `count_limit`) and the best `limit` ids.

    Best first: the whole name, then names that begin so, then pinyin or initials, then any
    other hit; within these by name.
    """
    words = text.split()[:6]
    if not words:
        return 0, []
    params: dict[str, Any] = {}
    # One word streams: names come first, and the count limit ends the look-up early.
    hits = " INTERSECT ".join(
        f"SELECT DISTINCT id FROM ({_word_query(number, word, params)})" for number, word in enumerate(words)
    )
    first = name_key(words[0])
    params |= {"name": name_key("".join(words)) or first, "begins": first, "begins_end": first + "\U0010ffff"}
    params["whole"] = words[0].lower()
    found = (
        f"WITH hits AS MATERIALIZED (SELECT id FROM ({hits}) LIMIT {count_limit})"
        " SELECT p.id, count(*) OVER () AS total FROM hits JOIN person p ON p.id = hits.id"
        " WHERE p.binned_at IS NULL ORDER BY CASE WHEN p.name_key = :name THEN 0"
        " WHEN p.name_key >= :begins AND p.name_key < :begins_end THEN 1"
        " WHEN p.initials = :whole OR p.pinyin = :whole THEN 2 ELSE 3 END,"
        " p.life <> 'ALIVE', p.name_sort, p.id LIMIT :limit"
    )
    rows = conn.execute(sa.text(found), params | {"limit": limit}).all()
    return (rows[0].total if rows else 0), [row.id for row in rows]
