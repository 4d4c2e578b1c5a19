"""The journal is append-only: for the models, and for whoever sits at the database itself."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from awards import triggers
from awards.journal import record
from awards.models import JournalEntry


@pytest.fixture
def entries(story):
    """One entry of a real edition and one of a rehearsal."""
    record("publish", story.history, by=story.administrator, edition=story.history)
    record("save", story.edition, by=story.organiser, edition=story.edition, note=1)
    return JournalEntry.objects.order_by("pk")


@pytest.fixture
def guarded(entries):
    """The same behind the triggers that real databases have."""
    triggers.install(connection)
    triggers.install(connection)
    yield entries
    triggers.remove(connection)


def run(statement):
    """Past every model, as from a database shell."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_journal_holds_ids_and_no_names(entries, story):
    row = entries.last()

    assert (row.person_id, row.edition_id, row.is_rehearsal) == (story.organiser.pk, story.edition.pk, True)
    assert (row.verb, row.thing, row.thing_id, row.data) == ("save", "edition", story.edition.pk, {"note": 1})


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(verb="other"),
        lambda rows: rows.first().save(),
        lambda rows: rows.delete(),
        lambda rows: rows.filter(is_rehearsal=False).delete(),
    ],
)
def test_journal_refuses_change_through_the_models(entries, change):
    with pytest.raises(PermissionDenied):
        change(entries)
    assert list(entries.values_list("verb", flat=True)) == ["publish", "save"]


def test_journal_rows_of_rehearsals_may_go(entries):
    entries.filter(is_rehearsal=True).delete()

    assert list(entries.values_list("verb", flat=True)) == ["publish"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE awards_journalentry SET verb = 'other'",
        "UPDATE awards_journalentry SET is_rehearsal = true",
        "DELETE FROM awards_journalentry",
        "DELETE FROM awards_journalentry WHERE NOT is_rehearsal",
    ],
)
def test_journal_refuses_change_from_a_database_shell(guarded, statement):
    with pytest.raises(DatabaseError, match="the journal is append-only"):
        run(statement)
    assert list(guarded.values_list("verb", flat=True)) == ["publish", "save"]


def test_journal_rows_of_rehearsals_may_go_from_a_database_shell(guarded):
    run("DELETE FROM awards_journalentry WHERE is_rehearsal")

    assert list(guarded.values_list("verb", flat=True)) == ["publish"]


def test_journal_takes_new_rows_behind_the_triggers(guarded, story):
    record("publish", story.history, by=None, edition=story.history)

    assert guarded.count() == 3
