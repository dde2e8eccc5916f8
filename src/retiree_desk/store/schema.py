"""The tables of the data file, as SQLAlchemy Core constructs.

Empty values are NULL here and '' above this layer. Every table with an `id` never uses an id
again (AUTOINCREMENT), so that logs, frozen lists and papers keep pointing at the right thing.
Core tables, not mapped classes: all writing goes through `changes.py`, which needs rows and
columns, and nothing above it may hold a live database object.
"""

from typing import Any

import sqlalchemy as sa

from retiree_desk.core.retirees import STATE_DEFAULTS, STORED_FIELDS

# The data format. A file with a higher number is refused untouched; raise it with each migration.
FORMAT = 1
APPLICATION_ID = 0x5244534B  # "RDSK"

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *items: sa.Column[Any] | sa.Constraint | sa.Index) -> sa.Table:
    return sa.Table(
        name, metadata, sa.Column("id", sa.Integer, primary_key=True), *items, sqlite_autoincrement=True
    )


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text)


def _integer(name: str, default: int | None = None) -> sa.Column[Any]:
    if default is None:
        return sa.Column(name, sa.Integer)
    return sa.Column(name, sa.Integer, nullable=False, server_default=str(default))


def _link(name: str, target: str, *, index: bool = True, needed: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id"), nullable=not needed, index=index)


def _person_field(key: str) -> sa.Column[Any]:
    if key in STATE_DEFAULTS:
        return sa.Column(key, sa.Text, nullable=False, server_default=STATE_DEFAULTS[key])
    if key == "name":
        return sa.Column(key, sa.Text, nullable=False)
    return _integer(key) if key == "sort_no" else _text(key)


# tree: MANAGEMENT, PARTY or RESIDENCE. builtin: UNSORTED for the place where units found in a
# workbook wait. match_key: how names are compared at an import; sort_key: how they are ordered.
unit = _table(
    "unit",
    sa.Column("tree", sa.Text, nullable=False),
    _text("kind"),
    _link("parent_id", "unit"),
    sa.Column("name", sa.Text, nullable=False),
    _text("builtin"),
    _text("match_key"),
    _text("sort_key"),
    _integer("sort_no"),
    _text("head"),
    _text("head_phone"),
    sa.Index("ix_unit_tree_match_key", "tree", "match_key"),
)

# Derived columns of a person, kept by changes.py: how the record is found and sorted.
PERSON_KEYS = ("name_key", "name_sort", "pinyin", "initials", "id_key", "unit_sort", "address_sort")

person = _table(
    "person",
    *(_person_field(key) for key in STORED_FIELDS),
    _link("party_branch_id", "unit"),
    _link("admin_group_id", "unit"),
    _link("residence_id", "unit"),
    _link("spouse_id", "person"),
    _text("created_on"),
    _text("binned_at"),
    *(_text(key) for key in PERSON_KEYS),
    sa.Index("ix_person_name_key", "name_key"),
    sa.Index("ix_person_name_sort", "name_sort"),
    sa.Index("ix_person_pinyin", "pinyin"),
    sa.Index("ix_person_initials", "initials"),
    sa.Index("ix_person_id_key", "id_key"),
    sa.Index("ix_person_id_number", "id_number"),
    sa.Index("ix_person_employee_no", "employee_no"),
    sa.Index("ix_person_birth", "birth"),
    sa.Index("ix_person_unit_sort", "unit_sort"),
)

person_label = _table(
    "person_label",
    _link("person_id", "person", needed=True),
    sa.Column("label", sa.Text, nullable=False),
    _text("year"),
    _text("reason"),
    _text("set_by"),
    _text("set_on"),
)

custom_field = _table("custom_field", sa.Column("name", sa.Text, nullable=False, unique=True), _text("kind"))
custom_value = _table(
    "custom_value",
    _link("person_id", "person", needed=True),
    _link("field_id", "custom_field", needed=True, index=False),
    _text("text"),
    _text("sort_key"),
    sa.UniqueConstraint("person_id", "field_id"),
    sa.Index("ix_custom_value_field_sort", "field_id", "sort_key", "person_id"),
)
# Text of an imported cell that could not be understood, shown beside its field (DECISIONS 7).
unread_value = _table(
    "unread_value",
    _link("person_id", "person", needed=True),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    _integer("batch_id"),
    sa.UniqueConstraint("person_id", "field"),
)
# A difference the clerk refused, not proposed again until HR's value changes (DECISIONS 18).
refused_value = _table(
    "refused_value",
    _link("person_id", "person", needed=True),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.UniqueConstraint("person_id", "field"),
)

import_batch = _table(
    "import_batch", _integer("change_id"), _text("at"), _text("who"), _text("files"), _text("counts")
)
import_mapping = _table(
    "import_mapping", sa.Column("fingerprint", sa.Text, nullable=False, unique=True), _text("mapping")
)

# What sets a visit rule going: ADMITTED DISCHARGED BEREAVED MOVED_IN EMERGENCY HANDED_OVER ... (OFFICE 5.1).
event = _table(
    "event",
    _link("person_id", "person", needed=True),
    sa.Column("kind", sa.Text, nullable=False),
    _text("on_date"),
    _text("known_on"),
    _text("words"),
    sa.Index("ix_event_kind_date", "kind", "on_date"),
)

visit_sheet = _table(
    "visit_sheet",
    sa.Column("month", sa.Text, nullable=False),
    _integer("number", 0),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    _text("visitor"),
    _text("area_head"),
    sa.Column("state", sa.Text, nullable=False, server_default="DRAFT"),
    _text("made_at"),
    _text("printed_at"),
    sa.Index("ix_visit_sheet_month", "month"),
)
visit = _table(
    "visit",
    _link("person_id", "person", needed=True, index=False),
    sa.Column("on_date", sa.Text, nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("result", sa.Text, nullable=False),
    _text("occasion"),
    _text("service_kind"),
    _text("visitor"),
    _text("condition"),
    _text("words"),
    _text("next_on"),
    _text("place"),
    _text("whereabouts"),
    _link("sheet_id", "visit_sheet"),
    _integer("line_no"),
    _integer("partner_visit_id"),
    sa.Index("ix_visit_person_date", "person_id", "on_date"),
    sa.Index("ix_visit_date", "on_date"),
    # What a month's plan asks of every person: the last visit of each way and result.
    sa.Index("ix_visit_person_way", "person_id", "way", "result", "whereabouts", "on_date"),
)
visit_sheet_line = _table(
    "visit_sheet_line",
    _link("sheet_id", "visit_sheet", needed=True, index=False),
    sa.Column("line_no", sa.Integer, nullable=False),
    _link("person_id", "person", needed=True),
    _link("spouse_id", "person"),
    _text("due_on"),
    _integer("overdue_days", 0),
    _text("rules"),
    _integer("phone_only", 0),
    _link("visit_id", "visit"),
    _text("result"),
    _integer("blank", 0),
    _text("added_at"),
    _text("data"),
    sa.UniqueConstraint("sheet_id", "line_no"),
)
request = _table(
    "request",
    _link("person_id", "person", needed=True),
    sa.Column("on_date", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    _text("words"),
    _text("urgency"),
    _text("source"),
    _text("who_acts"),
    _text("due_on"),
    sa.Column("state", sa.Text, nullable=False, server_default="OPEN"),
    _link("visit_id", "visit"),
    _text("done"),
    _text("closed_on"),
    _text("told_on"),
)

# A row only where the office made a scheme of its own or changed a shipped one.
scheme = _table(
    "scheme",
    sa.Column("code", sa.Text, nullable=False, unique=True),
    _text("name"),
    _text("builtin"),
    _text("occasion"),
    _integer("enabled", 1),
    _text("confirmed_at"),
    _text("definition"),
)
welfare_list = _table(
    "welfare_list",
    sa.Column("code", sa.Text, nullable=False, unique=True),
    _text("scheme"),
    _text("occasion"),
    _text("title"),
    _text("on_date"),
    _integer("year"),
    sa.Column("state", sa.Text, nullable=False, server_default="DRAFT"),
    _text("form"),
    _text("fund_source"),
    _text("check_code"),
    _text("grouping"),
    _text("counting"),
    _integer("total_fen", 0),
    _integer("line_count", 0),
    _text("made_at"),
    _text("final_at"),
    _text("final_by"),
    _text("printed_at"),
    _text("definition"),
)
WELFARE_LINE_WORDS = [
    "name", "sex", "age", "birth", "category", "unit", "admin_group", "branch", "building", "area",
    "former_unit", "post", "address", "phone", "reason", "reason_code", "reason_params",
]  # fmt: skip
welfare_line = _table(
    "welfare_line",
    _link("list_id", "welfare_list", needed=True, index=False),
    sa.Column("line_no", sa.Integer, nullable=False),
    _link("person_id", "person"),
    *(_text(key) for key in WELFARE_LINE_WORDS),
    _integer("amount_fen", 0),
    _text("goods"),
    _text("note"),
    _text("state"),
    _text("how"),
    _text("by_whom"),
    _text("relation"),
    _text("received_on"),
    sa.UniqueConstraint("list_id", "line_no"),
    sa.CheckConstraint("amount_fen >= 0", name="amount"),
)

setting = _table("setting", sa.Column("key", sa.Text, nullable=False, unique=True), _text("value"))
draft = _table("draft", sa.Column("key", sa.Text, nullable=False, unique=True), _text("data"), _text("at"))

# why: code and parameters (JSON), so that history reads in either language. kind: typed, bulk,
# import, undo, redo, system. undone_by: the change set that took this one back.
change_set = _table(
    "change_set",
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    _integer("undo_of"),
    _integer("undone_by"),
    _integer("undoable", 1),
    _integer("row_count", 0),
)
# op: I (only the id), U ({column: [old, new]}), D (the whole row).
change_row = _table(
    "change_row",
    _link("change_id", "change_set", needed=True),
    sa.Column("table_name", sa.Text, nullable=False),
    sa.Column("row_id", sa.Integer, nullable=False),
    sa.Column("op", sa.Text, nullable=False),
    _text("data"),
    sa.Index("ix_change_row_row", "table_name", "row_id"),
)
# Who did what, without values; append-only and hash-chained (DECISIONS 2).
audit_log = _table(
    "audit_log",
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    _text("detail"),
    sa.Column("hash", sa.Text, nullable=False),
)

# What "the same data" means (CLI.md "The dump"): every table but logs, batches, remembered
# mappings, drafts, settings and derived ones; every column but timestamps.
DUMPED = (
    unit, person, person_label, custom_field, custom_value, unread_value, refused_value, event, visit_sheet, visit,
    visit_sheet_line, request, scheme, welfare_list, welfare_line,
)  # fmt: skip
TIMESTAMPS = frozenset(
    {"created_on", "binned_at", "added_at", "made_at", "printed_at", "final_at", "set_on", "batch_id"}
)

# Only SQLite has these: full-text indexes and the guards of what may not change.
SEARCH_TABLES = (
    "CREATE VIRTUAL TABLE person_text USING fts5(text, content='', contentless_delete=1)",
    "CREATE VIRTUAL TABLE person_number USING fts5(text, content='', contentless_delete=1, tokenize='trigram')",
)
_FINAL = "(SELECT state FROM welfare_list WHERE id = {row}.list_id) <> 'DRAFT'"
GUARDS = (
    "CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    # A final list cannot be changed by any path; `name` is left out so that erasing can blank it.
    "CREATE TRIGGER welfare_line_final_update BEFORE UPDATE OF list_id, line_no, person_id, reason, amount_fen, goods"
    f" ON welfare_line WHEN {_FINAL.format(row='OLD')} BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_line_final_delete BEFORE DELETE ON welfare_line"
    f" WHEN {_FINAL.format(row='OLD')} BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_line_final_insert BEFORE INSERT ON welfare_line"
    f" WHEN {_FINAL.format(row='NEW')} AND NEW.state IS NOT 'LATE'"
    " BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_list_final_delete BEFORE DELETE ON welfare_list WHEN OLD.state <> 'DRAFT'"
    " BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_list_final_update BEFORE UPDATE OF code, scheme, occasion, on_date, year, check_code,"
    " total_fen, line_count, definition ON welfare_list WHEN OLD.state <> 'DRAFT'"
    " BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_list_final_state BEFORE UPDATE OF state ON welfare_list"
    " WHEN OLD.state <> 'DRAFT' AND NEW.state = 'DRAFT' BEGIN SELECT RAISE(ABORT, 'list is final'); END",
)
