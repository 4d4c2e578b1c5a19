"""The demonstration comes where it may, and goes wholly."""

import pytest
from django.apps import apps
from django.core.management import call_command

from awards.models import Edition, JournalEntry
from criteria.models import Assignment
from reports.demonstration import world

CODES = ["0484", "1261", "1283", "1490", "1780", "1980"]


@pytest.fixture
def country(story):
    """The municipalities and 2015 from the story, without its rehearsals."""
    call_command("wipe_rehearsals", "--yes")
    return story


def counts():
    return {model.__name__: model.objects.count() for model in apps.get_models()}


def test_demo_without_the_country_says_what_to_run(db, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("demo")

    assert end.value.code == 1
    assert capsys.readouterr().err == (
        "The demonstration needs the municipalities and the history. "
        "Run manage.py load_reference and then manage.py load_history first.\n"
    )


def test_demo_in_production_is_refused(country, settings, capsys):
    settings.PRODUCTION = True
    with pytest.raises(SystemExit) as end:
        call_command("demo")

    assert end.value.code == 1
    assert "Production mode has no demonstration" in capsys.readouterr().err
    assert Edition.objects.filter(is_rehearsal=True).count() == 0


def test_wipe_leaves_the_database_as_it_was(country):
    before = counts()
    world.load(country.now)
    assert Assignment.objects.count() > 0
    call_command("wipe_rehearsals", "--yes")

    after = counts()
    left = {name: after[name] - before[name] for name in before if after[name] != before[name]}
    assert left == {"JournalEntry": 16 + 18, "ScoringModel": 9}
    assert set(JournalEntry.objects.values_list("edition_id", flat=True)) == {None}
