"""Lists are brought in by the edition's organiser alone, while it lives; external scores by no rehearsal."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from awards.models import Edition, JournalEntry
from nominees import permissions
from nominees.actions.imports import AreaWanted, EntryWanted, import_entries, import_evaluations
from nominees.models import Evaluation, Nomination


def says(verdict):
    return "" if verdict else str(verdict.reason)


@pytest.fixture
def real(story):
    """A real edition under way, whose organiser is another."""
    Edition.objects.filter(pk=story.elsewhere.pk).update(is_rehearsal=False)
    return Edition.objects.get(pk=story.elsewhere.pk)


def area(story):
    place = story.municipalities["1490"].pk
    return AreaWanted(
        "Kommunkompassen", "2020", place, "2029", 1, "Samspel", Decimal(61), Decimal(100), None, "SKR"
    )


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("organiser", ""),
        ("administrator", ""),
        ("other_organiser", "Bara omgångens arrangör får göra detta."),
        ("chair", "Bara omgångens arrangör får göra detta."),
        ("contact", "Bara omgångens arrangör får göra detta."),
        ("juror", "Bara omgångens arrangör får göra detta."),
    ],
)
def test_only_the_organiser_imports_entries(story, who, reason):
    assert says(permissions.may_import_entries(story.people[who], story.edition)) == reason


@pytest.mark.parametrize("state", ["cancelled", "concluded", "archived"])
def test_nothing_is_imported_into_an_ended_edition(story, state):
    story.call.state = state

    assert says(permissions.may_import_entries(story.administrator, story.call)) == str(
        permissions.STOPPED[state]
    )


def test_external_scores_come_by_a_real_edition_alone(story, real):
    assert says(permissions.may_import_evaluations(story.other_organiser, real)) == ""
    assert says(permissions.may_import_evaluations(story.organiser, real)) == (
        "Bara omgångens arrangör får göra detta."
    )
    assert says(permissions.may_import_evaluations(story.organiser, story.edition)) == (
        "Externa poäng gäller för alla omgångar, så en repetition kan inte föra in dem."
    )


def test_entries_of_a_stranger_are_not_written(story):
    Nomination.objects.filter(edition=story.call).delete()
    wanted = [EntryWanted(story.municipalities["1490"].pk, "application")]

    with pytest.raises(PermissionDenied):
        import_entries(edition=story.call, entries=wanted, now=story.now, by=story.chair)
    assert Nomination.objects.filter(edition=story.call).count() == 0


def test_each_entry_has_its_line_in_the_journal(story):
    story.drafts["1490"].delete()
    wanted = [
        EntryWanted(story.municipalities["1490"].pk, "application", event="applied"),
        EntryWanted(story.municipalities["0484"].pk, diary_number="KS 7"),
    ]
    import_entries(edition=story.call, entries=wanted, now=story.now, by=story.organiser)

    verbs = JournalEntry.objects.filter(edition_id=story.call.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["import_entry", "change_entry"]


def test_evaluation_is_one_however_often_it_comes(story, real):
    for _time in range(2):
        import_evaluations(edition=real, areas=[area(story)], by=story.other_organiser)

    assert [each.areas.count() for each in Evaluation.objects.all()] == [1]
    with pytest.raises(PermissionDenied):
        import_evaluations(edition=story.edition, areas=[area(story)], by=story.organiser)
