"""What each kind of stage waits for, in words, and what the clock waits for too."""

import pytest

from awards import gates
from awards.models import Edition, Letter
from nominees.models import Contact, Evaluation, JuryQuestion, Nomination, NominationEvent
from nominees.states import EventKind
from tests.story import ESKILSTUNA


def lines(edition, kind):
    return [(str(line.text), line.settled) for line in gates.checklist(edition, kind)]


def test_call_waits_for_applications_but_the_clock_does_not(story):
    assert lines(story.call, "call") == [
        ("6 kommuner har en kontaktperson.", True),
        ("6 av 6 ansökningar är inte inskickade.", False),
    ]
    assert gates.holding_the_clock(story.call, "call") == ()


def test_call_is_settled_when_all_have_sent_in(story):
    Nomination.objects.filter(edition=story.call).update(state="submitted")

    assert lines(story.call, "call")[1] == ("Alla 6 ansökningar är inskickade.", True)


def test_call_says_that_nobody_was_invited(story):
    Contact.objects.all().delete()
    Nomination.objects.filter(edition=story.call).delete()

    assert lines(story.call, "call") == [
        ("Ingen kontaktperson är inbjuden.", False),
        ("Ingen ansökan är påbörjad.", False),
    ]


def test_nomination_waits_for_somebody_to_be_nominated(story):
    assert lines(story.call, "nomination") == [("Ingen är nominerad.", False)]
    assert len(gates.holding_the_clock(story.call, "nomination")) == 1


def test_nomination_says_who_has_no_contact_and_who_has_not_answered(story):
    entry = story.drafts[ESKILSTUNA]
    NominationEvent.objects.create(nomination=entry, kind=EventKind.NOMINATED)
    Nomination.objects.filter(pk=entry.pk).update(route="key_figures")
    Contact.objects.filter(edition=story.call, municipality=entry.municipality).delete()

    assert lines(story.call, "nomination") == [
        ("1 kommun är nominerad.", True),
        ("1 av 1 nominerade kommuner saknar kontaktperson.", False),
        ("1 av 1 nominerade kommuner har inte svarat.", False),
    ]


def test_screening_waits_for_every_entry(story):
    story.nominations[ESKILSTUNA].events.filter(kind="nominated").delete()
    assert lines(story.edition, "screening") == [
        ("1 av 6 ansökningar är varken nominerade eller avböjda.", False)
    ]
    NominationEvent.objects.create(nomination=story.nominations[ESKILSTUNA], kind="not_nominated")

    assert lines(story.edition, "screening") == [("Alla 6 ansökningar är gallrade.", True)]


def test_evaluation_counts_the_municipalities_without(story):
    source = story.historic[ESKILSTUNA].events.first().source
    Evaluation.objects.create(
        instrument="Kommunkompassen",
        instrument_version="2010",
        municipality=story.municipalities[ESKILSTUNA],
        evaluated="2014",
        source=source,
    )

    assert lines(story.edition, "external_evaluation") == [
        ("5 av 6 kommuner saknar extern utvärdering.", False)
    ]


@pytest.mark.parametrize("kind", ["hearing", "site_visit"])
def test_visits_wait_for_the_jurys_questions(story, kind):
    assert lines(story.edition, kind) == [("Ingen fråga från juryn är öppen.", True)]
    entry, seat = story.nominations[ESKILSTUNA], story.seats["juror1"]
    JuryQuestion.objects.create(nomination=entry, asked_by=seat, text="Hur?")
    JuryQuestion.objects.create(nomination=entry, asked_by=seat, text="När?", released_at=story.now)

    assert lines(story.edition, kind) == [
        ("1 fråga från juryn väntar på dig.", False),
        ("1 fråga till en kommun saknar svar.", False),
    ]


def test_archive_waits_for_the_end_and_the_letters(story):
    Letter.objects.create(email="x@story.example", edition=story.edition, subject="Brev", body="Text")
    assert lines(story.edition, "archive") == [
        ("Omgången är inte avslutad.", False),
        ("1 brev har inte skickats.", False),
    ]
    Edition.objects.filter(pk=story.edition.pk).update(state="concluded")
    Letter.objects.update(state="sent")

    assert lines(Edition.objects.get(pk=story.edition.pk), "archive") == [
        ("Omgången är slut.", True),
        ("Inget brev väntar på att skickas.", True),
    ]
