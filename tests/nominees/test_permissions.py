"""Who may do what for a municipality, and what the refusal says."""

from datetime import timedelta

import pytest

from awards.models import StageExtension
from nominees import permissions
from nominees.deadlines import deadline, read_stages, window
from nominees.models import Contact, JuryQuestion, Nomination
from tests.story import ESKILSTUNA


@pytest.fixture
def entry(story):
    return story.drafts[ESKILSTUNA]


def fresh(entry):
    return Nomination.objects.select_related("edition", "municipality").get(pk=entry.pk)


def level(story, entry, value):
    Contact.objects.filter(person=story.contact, edition=entry.edition).update(level=value)
    return fresh(entry)


def says(verdict):
    return "" if verdict else str(verdict.reason)


@pytest.mark.parametrize(
    ("value", "writes", "submits"),
    [("viewer", False, False), ("editor", True, False), ("submitter", True, True)],
)
def test_level_says_who_writes_and_who_submits(story, entry, value, writes, submits):
    entry = level(story, entry, value)

    assert bool(permissions.may_read_entry(story.contact, entry))
    assert bool(permissions.may_write(story.contact, entry, story.now)) == writes
    assert bool(permissions.may_submit(story.contact, entry, story.now)) == submits
    assert bool(permissions.may_withdraw(story.contact, entry)) == submits


def test_contact_who_handed_over_may_nothing(story, entry):
    Contact.objects.filter(person=story.contact).update(ended_at=story.now - timedelta(days=1))

    assert says(permissions.may_write(story.contact, fresh(entry), story.now)) == (
        "Bara de som skriver för kommunen får göra det."
    )


@pytest.mark.parametrize("state", ["planned", "paused", "postponed", "cancelled", "concluded", "archived"])
def test_nothing_is_saved_unless_the_edition_runs(story, entry, state):
    entry.edition.state = state

    assert says(permissions.is_open(entry, story.now)) == str(permissions.STOPPED[state])


def test_submitted_entry_may_be_changed_until_the_deadline(story, entry):
    entry.state = "submitted"

    assert permissions.may_write(story.contact, entry, story.now)
    assert not permissions.may_write(story.contact, entry, story.now + timedelta(days=7))


def test_missing_things_are_counted_in_words(story, entry):
    one = permissions.may_submit(story.contact, entry, story.now, ["svar"])
    two = permissions.may_submit(story.contact, entry, story.now, ["svar", "område"])

    assert [says(each) for each in (one, two)] == [
        "1 sak saknas. Allt ni skrivit är sparat.",
        "2 saker saknas. Allt ni skrivit är sparat.",
    ]


@pytest.mark.parametrize("reads_ahead", [True, False])
def test_extension_counts_for_its_own_municipality(story, entry, reads_ahead):
    stage = story.call.stages.get(kind="call")
    later = story.now + timedelta(days=20)
    StageExtension.objects.create(
        stage=stage, municipality_code="0305", closes_at=later + timedelta(days=1), by=story.organiser
    )
    StageExtension.objects.create(
        stage=stage, municipality_code=ESKILSTUNA, closes_at=later, by=story.organiser
    )
    entry = fresh(entry)
    if reads_ahead:
        read_stages(entry.edition, ESKILSTUNA)

    assert deadline(entry) == later
    assert not window(entry).is_extended


def test_nomination_by_others_is_answered_before_anything_is_written(story, entry):
    entry.route, entry.answer_by = "key_figures", story.now + timedelta(days=1)

    assert permissions.may_answer_nomination(story.contact, entry, story.now)
    assert permissions.may_decline_nomination(story.contact, entry, story.now)
    assert says(permissions.may_write(story.contact, entry, story.now)) == (
        "Tacka först ja till nomineringen; sedan kan ni skriva."
    )
    assert not permissions.may_answer_nomination(story.contact, entry, entry.answer_by)
    entry.state = "accepted"
    assert permissions.may_write(story.contact, entry, story.now)


def test_own_application_is_withdrawn_not_declined(story, entry):
    assert says(permissions.may_decline_nomination(story.contact, entry, story.now)) == (
        "Kommunen har själv ansökt. Dra tillbaka ansökan om ni vill lämna."
    )


def test_organiser_reopens_and_does_not_write(story, entry):
    entry.state = "submitted"

    assert permissions.may_reopen(story.organiser, entry)
    assert not permissions.may_reopen(story.contact, entry)
    assert not permissions.may_write(story.organiser, entry, story.now)


def test_question_is_answered_once_released_and_in_time(story, entry):
    question = JuryQuestion(nomination=entry, text="Hur?", answer_by=story.now + timedelta(days=1))
    asked = (story.contact, question)

    assert not permissions.may_answer_question(*asked, story.now)
    question.released_at = story.now
    assert permissions.may_answer_question(*asked, story.now)
    assert not permissions.may_answer_question(*asked, question.answer_by)
