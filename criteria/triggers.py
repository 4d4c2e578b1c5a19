"""Database triggers that keep a frozen decision as it is even from a database shell; rehearsals may go."""

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "a frozen decision is never changed"
KEPT = (
    "edition_id", "round_id", "number", "four_eyes", "no_award", "no_award_reason", "replaces_id",
    "replaces_reason", "proposed_at", "proposed_by_id", "confirmed_at", "confirmed_by_id", "record", "sha256",
)  # fmt: skip
REHEARSAL = "EXISTS (SELECT 1 FROM awards_edition WHERE id = {edition} AND is_rehearsal)"
OF_ROW = "(SELECT {column} FROM criteria_decision WHERE id = {row}.decision_id)"


def _changed(distinct: str) -> str:
    return " OR ".join(f"OLD.{name} {distinct} NEW.{name}" for name in KEPT)


def _frozen(row: str) -> str:
    return f"COALESCE({OF_ROW.format(column='sha256', row=row)}, '') <> ''"


_DECISION_IN_REHEARSAL = REHEARSAL.format(edition="OLD.edition_id")
_ROW_IN_REHEARSAL = REHEARSAL.format(edition=OF_ROW.format(column="edition_id", row="OLD"))
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"

SQLITE = {
    "decision_no_update": f"BEFORE UPDATE ON criteria_decision "
    f"WHEN OLD.sha256 <> '' AND ({_changed('IS NOT')}) {_ABORT}",
    "decision_no_delete": f"BEFORE DELETE ON criteria_decision "
    f"WHEN OLD.sha256 <> '' AND NOT {_DECISION_IN_REHEARSAL} {_ABORT}",
    "decision_row_no_insert": f"BEFORE INSERT ON criteria_decisionrow WHEN {_frozen('NEW')} {_ABORT}",
    "decision_row_no_update": f"BEFORE UPDATE ON criteria_decisionrow WHEN {_frozen('OLD')} {_ABORT}",
    "decision_row_no_delete": f"BEFORE DELETE ON criteria_decisionrow "
    f"WHEN {_frozen('OLD')} AND NOT {_ROW_IN_REHEARSAL} {_ABORT}",
}
TABLES = {"decision": "criteria_decision", "decision_row": "criteria_decisionrow"}
POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION refuse_decision_change() RETURNS trigger AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' THEN IF OLD.sha256 = '' OR {_DECISION_IN_REHEARSAL} THEN RETURN OLD; END IF; "
    f"ELSIF OLD.sha256 = '' OR NOT ({_changed('IS DISTINCT FROM')}) THEN RETURN NEW; END IF; "
    f"RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql",
    f"CREATE OR REPLACE FUNCTION refuse_decision_row_change() RETURNS trigger AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' THEN IF NOT {_frozen('OLD')} OR {_ROW_IN_REHEARSAL} THEN RETURN OLD; END IF; "
    f"ELSIF NOT {_frozen('NEW')} THEN RETURN NEW; END IF; "
    f"RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER decision_no_change BEFORE UPDATE OR DELETE ON criteria_decision "
    "FOR EACH ROW EXECUTE FUNCTION refuse_decision_change()",
    "CREATE TRIGGER decision_row_no_change BEFORE INSERT OR UPDATE OR DELETE ON criteria_decisionrow "
    "FOR EACH ROW EXECUTE FUNCTION refuse_decision_row_change()",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; a second call changes nothing."""
    remove(connection)
    on_sqlite = [f"CREATE TRIGGER {name} {what}" for name, what in SQLITE.items()]
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else on_sqlite:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away (to migrate backwards, and after the tests that prove them)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, table in TABLES.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}_no_change ON {table}")
        else:
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
