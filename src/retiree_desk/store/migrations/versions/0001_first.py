"""The first data format: registry, visits, welfare, logs, search."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEARCH_AND_GUARDS = (
    "CREATE VIRTUAL TABLE person_text USING fts5(text, content='', contentless_delete=1)",
    "CREATE VIRTUAL TABLE person_number USING fts5(text, content='', contentless_delete=1, tokenize='trigram')",
    "CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER welfare_line_final_update BEFORE UPDATE OF list_id, line_no, person_id, reason, amount_fen, goods ON welfare_line WHEN (SELECT state FROM welfare_list WHERE id = OLD.list_id) <> 'DRAFT' BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_line_final_delete BEFORE DELETE ON welfare_line WHEN (SELECT state FROM welfare_list WHERE id = OLD.list_id) <> 'DRAFT' BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_line_final_insert BEFORE INSERT ON welfare_line WHEN (SELECT state FROM welfare_list WHERE id = NEW.list_id) <> 'DRAFT' AND NEW.state IS NOT 'LATE' BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_list_final_delete BEFORE DELETE ON welfare_list WHEN OLD.state <> 'DRAFT' BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_list_final_update BEFORE UPDATE OF code, scheme, occasion, on_date, year, check_code, total_fen, line_count, definition ON welfare_list WHEN OLD.state <> 'DRAFT' BEGIN SELECT RAISE(ABORT, 'list is final'); END",
    "CREATE TRIGGER welfare_list_final_state BEFORE UPDATE OF state ON welfare_list WHEN OLD.state <> 'DRAFT' AND NEW.state = 'DRAFT' BEGIN SELECT RAISE(ABORT, 'list is final'); END",
)


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undo_of", sa.Integer(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undoable", sa.Integer(), server_default="1", nullable=False),
        sa.Column("row_count", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "custom_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_field")),
        sa.UniqueConstraint("name", name=op.f("uq_custom_field_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_draft_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_import_mapping_fingerprint")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("builtin", sa.Text(), nullable=True),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column("enabled", sa.Integer(), server_default="1", nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("code", name=op.f("uq_scheme_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("key", name=op.f("uq_setting_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tree", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("builtin", sa.Text(), nullable=True),
        sa.Column("match_key", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(), nullable=True),
        sa.Column("sort_no", sa.Integer(), nullable=True),
        sa.Column("head", sa.Text(), nullable=True),
        sa.Column("head_phone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_index("ix_unit_tree_match_key", "unit", ["tree", "match_key"], unique=False)
    op.create_table(
        "visit_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=True),
        sa.Column("area_head", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="DRAFT", nullable=False),
        sa.Column("made_at", sa.Text(), nullable=True),
        sa.Column("printed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_sheet")),
        sa.UniqueConstraint("code", name=op.f("uq_visit_sheet_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_sheet_month", "visit_sheet", ["month"], unique=False)
    op.create_table(
        "welfare_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=True),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("on_date", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), server_default="DRAFT", nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("fund_source", sa.Text(), nullable=True),
        sa.Column("check_code", sa.Text(), nullable=True),
        sa.Column("grouping", sa.Text(), nullable=True),
        sa.Column("counting", sa.Text(), nullable=True),
        sa.Column("total_fen", sa.Integer(), server_default="0", nullable=False),
        sa.Column("line_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_at", sa.Text(), nullable=True),
        sa.Column("final_at", sa.Text(), nullable=True),
        sa.Column("final_by", sa.Text(), nullable=True),
        sa.Column("printed_at", sa.Text(), nullable=True),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_list")),
        sa.UniqueConstraint("code", name=op.f("uq_welfare_list_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change_set.id"], name=op.f("fk_change_row_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_row_change_id"), "change_row", ["change_id"], unique=False)
    op.create_index("ix_change_row_row", "change_row", ["table_name", "row_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("former_name", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("nation", sa.Text(), nullable=True),
        sa.Column("native_place", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("birth", sa.Text(), nullable=True),
        sa.Column("archive_birth", sa.Text(), nullable=True),
        sa.Column("celebrated_birthday", sa.Text(), nullable=True),
        sa.Column("employee_no", sa.Text(), nullable=True),
        sa.Column("si_number", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("identity", sa.Text(), nullable=True),
        sa.Column("work_started", sa.Text(), nullable=True),
        sa.Column("retired_on", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("former_unit", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("rank", sa.Text(), nullable=True),
        sa.Column("prof_title", sa.Text(), nullable=True),
        sa.Column("treatment_level", sa.Text(), nullable=True),
        sa.Column("politics", sa.Text(), nullable=True),
        sa.Column("party_joined", sa.Text(), nullable=True),
        sa.Column("party_full_member", sa.Text(), nullable=True),
        sa.Column("dues_paid_until", sa.Text(), nullable=True),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("other_phones", sa.Text(), nullable=True),
        sa.Column("phone_owner", sa.Text(), nullable=True),
        sa.Column("home_address", sa.Text(), nullable=True),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("community", sa.Text(), nullable=True),
        sa.Column("hukou_address", sa.Text(), nullable=True),
        sa.Column("residence_kind", sa.Text(), nullable=True),
        sa.Column("whereabouts", sa.Text(), nullable=True),
        sa.Column("whereabouts_since", sa.Text(), nullable=True),
        sa.Column("whereabouts_until", sa.Text(), nullable=True),
        sa.Column("whereabouts_place", sa.Text(), nullable=True),
        sa.Column("health", sa.Text(), nullable=True),
        sa.Column("living", sa.Text(), nullable=True),
        sa.Column("ability", sa.Text(), nullable=True),
        sa.Column("contact_person", sa.Text(), nullable=True),
        sa.Column("visit_notes", sa.Text(), nullable=True),
        sa.Column("spouse_name", sa.Text(), nullable=True),
        sa.Column("emergency_contact", sa.Text(), nullable=True),
        sa.Column("emergency_relation", sa.Text(), nullable=True),
        sa.Column("emergency_phone", sa.Text(), nullable=True),
        sa.Column("life", sa.Text(), server_default="ALIVE", nullable=False),
        sa.Column("died_on", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), server_default="ON_REGISTER", nullable=False),
        sa.Column("handover", sa.Text(), server_default="NOT_YET", nullable=False),
        sa.Column("handover_place", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), server_default="NORMAL", nullable=False),
        sa.Column("served_here", sa.Text(), server_default="YES", nullable=False),
        sa.Column("verified_on", sa.Text(), nullable=True),
        sa.Column("sort_no", sa.Integer(), nullable=True),
        sa.Column("bank_account", sa.Text(), nullable=True),
        sa.Column("bank_name", sa.Text(), nullable=True),
        sa.Column("bank_holder", sa.Text(), nullable=True),
        sa.Column("pension_place", sa.Text(), nullable=True),
        sa.Column("medical_place", sa.Text(), nullable=True),
        sa.Column("archive_place", sa.Text(), nullable=True),
        sa.Column("archive_volumes", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("party_branch_id", sa.Integer(), nullable=True),
        sa.Column("admin_group_id", sa.Integer(), nullable=True),
        sa.Column("residence_id", sa.Integer(), nullable=True),
        sa.Column("spouse_id", sa.Integer(), nullable=True),
        sa.Column("created_on", sa.Text(), nullable=True),
        sa.Column("binned_at", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=True),
        sa.Column("name_sort", sa.Text(), nullable=True),
        sa.Column("pinyin", sa.Text(), nullable=True),
        sa.Column("initials", sa.Text(), nullable=True),
        sa.Column("id_key", sa.Text(), nullable=True),
        sa.Column("unit_sort", sa.Text(), nullable=True),
        sa.Column("address_sort", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["admin_group_id"], ["unit.id"], name=op.f("fk_person_admin_group_id")),
        sa.ForeignKeyConstraint(["party_branch_id"], ["unit.id"], name=op.f("fk_person_party_branch_id")),
        sa.ForeignKeyConstraint(["residence_id"], ["unit.id"], name=op.f("fk_person_residence_id")),
        sa.ForeignKeyConstraint(["spouse_id"], ["person.id"], name=op.f("fk_person_spouse_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_admin_group_id"), "person", ["admin_group_id"], unique=False)
    op.create_index("ix_person_birth", "person", ["birth"], unique=False)
    op.create_index("ix_person_employee_no", "person", ["employee_no"], unique=False)
    op.create_index("ix_person_id_key", "person", ["id_key"], unique=False)
    op.create_index("ix_person_id_number", "person", ["id_number"], unique=False)
    op.create_index("ix_person_initials", "person", ["initials"], unique=False)
    op.create_index("ix_person_name_key", "person", ["name_key"], unique=False)
    op.create_index("ix_person_name_sort", "person", ["name_sort"], unique=False)
    op.create_index(op.f("ix_person_party_branch_id"), "person", ["party_branch_id"], unique=False)
    op.create_index("ix_person_pinyin", "person", ["pinyin"], unique=False)
    op.create_index(op.f("ix_person_residence_id"), "person", ["residence_id"], unique=False)
    op.create_index(op.f("ix_person_spouse_id"), "person", ["spouse_id"], unique=False)
    op.create_index("ix_person_unit_sort", "person", ["unit_sort"], unique=False)
    op.create_table(
        "custom_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["field_id"], ["custom_field.id"], name=op.f("fk_custom_value_field_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_custom_value_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_value")),
        sa.UniqueConstraint("person_id", "field_id", name=op.f("uq_custom_value_person_id_field_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_custom_value_field_sort", "custom_value", ["field_id", "sort_key", "person_id"], unique=False
    )
    op.create_index(op.f("ix_custom_value_person_id"), "custom_value", ["person_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=True),
        sa.Column("known_on", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_kind_date", "event", ["kind", "on_date"], unique=False)
    op.create_index(op.f("ix_event_person_id"), "event", ["person_id"], unique=False)
    op.create_table(
        "person_label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("year", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("set_by", sa.Text(), nullable=True),
        sa.Column("set_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_label_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_label")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_person_label_person_id"), "person_label", ["person_id"], unique=False)
    op.create_table(
        "refused_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_refused_value_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_value")),
        sa.UniqueConstraint("person_id", "field", name=op.f("uq_refused_value_person_id_field")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_refused_value_person_id"), "refused_value", ["person_id"], unique=False)
    op.create_table(
        "unread_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unread_value_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unread_value")),
        sa.UniqueConstraint("person_id", "field", name=op.f("uq_unread_value_person_id_field")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_unread_value_person_id"), "unread_value", ["person_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column("service_kind", sa.Text(), nullable=True),
        sa.Column("visitor", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("next_on", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("whereabouts", sa.Text(), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("line_no", sa.Integer(), nullable=True),
        sa.Column("partner_visit_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_person_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["visit_sheet.id"], name=op.f("fk_visit_sheet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_date", "visit", ["on_date"], unique=False)
    op.create_index("ix_visit_person_date", "visit", ["person_id", "on_date"], unique=False)
    op.create_index(
        "ix_visit_person_way", "visit", ["person_id", "way", "result", "whereabouts", "on_date"], unique=False
    )
    op.create_index(op.f("ix_visit_sheet_id"), "visit", ["sheet_id"], unique=False)
    op.create_table(
        "welfare_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("age", sa.Text(), nullable=True),
        sa.Column("birth", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("admin_group", sa.Text(), nullable=True),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column("building", sa.Text(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("former_unit", sa.Text(), nullable=True),
        sa.Column("post", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("reason_params", sa.Text(), nullable=True),
        sa.Column("amount_fen", sa.Integer(), server_default="0", nullable=False),
        sa.Column("goods", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("by_whom", sa.Text(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_welfare_line_amount")),
        sa.ForeignKeyConstraint(["list_id"], ["welfare_list.id"], name=op.f("fk_welfare_line_list_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_welfare_line_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_line")),
        sa.UniqueConstraint("list_id", "line_no", name=op.f("uq_welfare_line_list_id_line_no")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_welfare_line_person_id"), "welfare_line", ["person_id"], unique=False)
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("urgency", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("who_acts", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="OPEN", nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("told_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_request_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_request_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_request_person_id"), "request", ["person_id"], unique=False)
    op.create_index(op.f("ix_request_visit_id"), "request", ["visit_id"], unique=False)
    op.create_table(
        "visit_sheet_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("spouse_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("overdue_days", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rules", sa.Text(), nullable=True),
        sa.Column("phone_only", sa.Integer(), server_default="0", nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("blank", sa.Integer(), server_default="0", nullable=False),
        sa.Column("added_at", sa.Text(), nullable=True),
        sa.Column("data", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_sheet_line_person_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["visit_sheet.id"], name=op.f("fk_visit_sheet_line_sheet_id")),
        sa.ForeignKeyConstraint(["spouse_id"], ["person.id"], name=op.f("fk_visit_sheet_line_spouse_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_sheet_line_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_sheet_line")),
        sa.UniqueConstraint("sheet_id", "line_no", name=op.f("uq_visit_sheet_line_sheet_id_line_no")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_visit_sheet_line_person_id"), "visit_sheet_line", ["person_id"], unique=False)
    op.create_index(op.f("ix_visit_sheet_line_spouse_id"), "visit_sheet_line", ["spouse_id"], unique=False)
    op.create_index(op.f("ix_visit_sheet_line_visit_id"), "visit_sheet_line", ["visit_id"], unique=False)
    for statement in SEARCH_AND_GUARDS:
        op.execute(statement)
