"""Those who write are told of a later last time: once, in their language, with the link, not at night."""

from datetime import datetime, timedelta

import pytest

from awards.actions.times import extend_stage
from awards.formats import STOCKHOLM
from awards.models import Letter, Person, StageExtension
from nominees.extension_letters import may_be_told, tell_of_extension
from nominees.models import Contact, Nomination
from tests.story import BORAS, ESKILSTUNA

TUESDAY = datetime(2027, 3, 2, 12, tzinfo=STOCKHOLM)
UNTIL = datetime(2027, 3, 20, 23, 59, tzinfo=STOCKHOLM)


@pytest.fixture
def call(story):
    """Applications close on 10 March 2027; the other stages have no times."""
    story.call.stages.update(opens_at=None, closes_at=None)
    story.call.stages.filter(kind="call").update(closes_at=datetime(2027, 3, 10, 23, 59, tzinfo=STOCKHOLM))
    return story.call.stages.select_related("edition").get(kind="call")


def lengthen(story, call, code="", until=UNTIL, now=TUESDAY):
    extend_stage(stage=call, closes_at=until, municipality_code=code, reason="x", now=now, by=story.organiser)
    return tell_of_extension(call, code, until=until, now=now)


def told():
    return sorted(Letter.objects.filter(purpose="extension").values_list("email", flat=True))


def test_writers_of_the_municipality_are_told_until_when_and_where(story, call):
    Person.objects.filter(pk=story.contacts[ESKILSTUNA].pk).update(language="en")
    reader = Person.objects.create_user("reader@story.example")
    Contact.objects.create(
        person=reader,
        municipality=story.municipalities[ESKILSTUNA],
        edition=story.call,
        level="reader",
    )

    assert lengthen(story, call, ESKILSTUNA) == 1
    letter = Letter.objects.get()
    assert (letter.email, letter.language, letter.due_at) == (
        story.contacts[ESKILSTUNA].email,
        "en",
        TUESDAY,
    )
    assert letter.subject == "Eskilstuna kommun has longer time to apply"
    assert "20 March 23:59" in letter.body.replace("\N{NO-BREAK SPACE}", " ")
    assert f"/applications/{story.drafts[ESKILSTUNA].pk}/" in letter.body


def test_all_who_have_not_sent_in_are_told_and_nobody_else(story, call):
    Nomination.objects.filter(pk=story.drafts[BORAS].pk).update(state="submitted")
    awaited = sorted(person.email for code, person in story.contacts.items() if code != BORAS)

    assert len(may_be_told(call, TUESDAY)) == len(awaited)
    assert (lengthen(story, call), told()) == (len(awaited), awaited)


def test_municipality_whose_own_time_is_later_still_is_not_told_of_an_earlier_one(story, call):
    StageExtension.objects.create(
        stage=call,
        municipality_code=ESKILSTUNA,
        closes_at=UNTIL + timedelta(days=5),
        by=story.organiser,
    )
    lengthen(story, call)

    assert told() == sorted(person.email for code, person in story.contacts.items() if code != ESKILSTUNA)


def test_same_time_is_told_once(story, call):
    lengthen(story, call, ESKILSTUNA)

    assert tell_of_extension(call, ESKILSTUNA, until=UNTIL, now=TUESDAY) == 0
    assert len(told()) == 1


@pytest.mark.parametrize(
    ("now", "until", "due_at"),
    [
        ("2027-03-05 22:00", "2027-03-20 23:59", "2027-03-08 07:30"),
        ("2027-03-05 22:00", "2027-03-08 07:00", "2027-03-05 22:00"),  # the morning would be too late
    ],
)
def test_letter_waits_for_the_morning_unless_that_is_too_late(story, call, now, until, due_at):
    now, until, due_at = (
        datetime.fromisoformat(each).replace(tzinfo=STOCKHOLM) for each in (now, until, due_at)
    )
    story.call.stages.filter(kind="call").update(closes_at=now + timedelta(hours=1))
    call.refresh_from_db()
    lengthen(story, call, ESKILSTUNA, until, now)

    assert Letter.objects.get().due_at == due_at


@pytest.mark.parametrize("state", ["paused", "postponed"])
def test_nobody_is_told_while_nothing_can_be_saved(story, call, state):
    type(story.call).objects.filter(pk=story.call.pk).update(state=state)
    call.edition.refresh_from_db()

    assert (lengthen(story, call, ESKILSTUNA), lengthen(story, call, until=UNTIL + timedelta(1))) == (0, 0)
