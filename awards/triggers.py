"""Database triggers that keep the journal append-only even from a database shell; rehearsal rows may go."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "awards_journalentry"
REFUSAL = "the journal is append-only"

SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS journal_no_update BEFORE UPDATE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER IF NOT EXISTS journal_no_delete BEFORE DELETE ON {TABLE} WHEN NOT OLD.is_rehearsal "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION refuse_journal_change() RETURNS trigger AS $$ "
    f"BEGIN IF TG_OP = 'DELETE' AND OLD.is_rehearsal THEN RETURN OLD; END IF; "
    f"RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql",
    f"DROP TRIGGER IF EXISTS journal_no_change ON {TABLE}",
    f"CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; a second call changes nothing."""
    with connection.cursor() as cursor:
        for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away (to migrate backwards, and after the tests that prove them)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS journal_no_change ON {TABLE}")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS journal_no_update")
            cursor.execute("DROP TRIGGER IF EXISTS journal_no_delete")
