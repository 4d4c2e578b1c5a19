"""Reminders by the clock: those it concerns, once, never in quiet hours, and anew for a new deadline."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from awards import outbox
from awards.actions import letters
from awards.actions.reminders import plan_reminders, remind_due
from awards.formats import STOCKHOLM, local
from awards.letter_plans import plan_of, planned
from awards.models import Edition, JournalEntry, Letter, Role, StageExtension
from awards.states import LetterPurpose, LetterState
from criteria.models import Round, ScoreSheet
from nominees.models import Contact, Nomination
from tests.mail_server import mail_server
from tests.story import BORAS, ESKILSTUNA

__all__ = ["mail_server"]
DEADLINE = datetime(2027, 4, 1, 23, 59, tzinfo=STOCKHOLM)  # a Thursday; the clocks went forward on 28 March


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.fixture
def call(story):
    """Applications close on DEADLINE; nobody else is reminded of anything."""
    Edition.objects.exclude(pk=story.call.pk).update(state="concluded")
    story.call.stages.filter(kind="call").update(opens_at=DEADLINE - timedelta(days=60), closes_at=DEADLINE)
    story.call.stages.exclude(kind="call").update(opens_at=None, closes_at=None)
    Contact.objects.update(began_at=here("2027-01-01 12:00"))
    return story.call


@pytest.fixture
def scoring(story):
    """The scoring closes on DEADLINE."""
    Edition.objects.exclude(pk=story.edition.pk).update(state="concluded")
    Round.objects.update(closes_at=DEADLINE)
    Role.objects.update(began_at=here("2027-01-01 12:00"))
    return story.edition


def move(call, to):
    call.stages.filter(kind="call").update(closes_at=to)


def told():
    return sorted(Letter.objects.values_list("email", flat=True))


def everybody(story):
    return sorted(person.email for person in story.contacts.values())


def test_contacts_are_reminded_seven_three_and_one_day_before_and_never_twice(story, call):
    counts = {}
    now = here("2027-03-20 00:15")
    while now < DEADLINE:
        if count := remind_due(now):
            counts[f"{local(now):%a %d %b %H:%M}"] = count
        now += timedelta(minutes=30)

    assert counts == {"Thu 25 Mar 09:15": 6, "Mon 29 Mar 09:15": 6, "Wed 31 Mar 09:15": 6}
    assert (
        list(JournalEntry.objects.values_list("verb", "person_id", "data__letters"))
        == [("remind", None, 6)] * 3
    )


def test_reminder_says_whose_application_and_until_when(story, call):
    remind_due(here("2027-03-25 09:00"))
    letter = Letter.objects.get(to=story.contact)

    assert letter.subject == "Ansökan från Eskilstuna kommun är inte inskickad"
    assert "torsdag\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}april\N{NO-BREAK SPACE}23:59" in letter.body
    assert f"/applications/{story.drafts[ESKILSTUNA].pk}/" in letter.body
    assert (letter.purpose, letter.edition) == ("reminder-contact", call)


@pytest.mark.parametrize("state", ["submitted", "withdrawn", "declined"])
def test_only_those_it_concerns_are_reminded(story, call, state):
    Nomination.objects.filter(pk=story.drafts[BORAS].pk).update(state=state)
    remind_due(here("2027-03-25 09:00"))

    assert told() == [email for email in everybody(story) if email != story.other_contact.email]


def test_municipality_that_has_not_begun_is_reminded_and_a_reader_is_not(story, call):
    Nomination.objects.filter(pk=story.drafts[BORAS].pk).delete()
    Contact.objects.filter(person=story.contact, edition=call).update(level="viewer")
    remind_due(here("2027-03-25 09:00"))

    assert told() == [email for email in everybody(story) if email != story.contact.email]


def test_contact_who_came_after_the_moment_waits_for_the_next(story, call):
    Contact.objects.filter(person=story.contact).update(began_at=here("2027-03-25 10:00"))

    assert remind_due(here("2027-03-25 10:30")) == 5
    assert remind_due(here("2027-03-29 09:00")) == 6


@pytest.mark.parametrize("now", ["2027-03-25 20:00", "2027-03-26 06:59", "2027-03-27 12:00"])
def test_nobody_is_reminded_in_quiet_hours(story, call, now):
    assert remind_due(here(now)) == 0


@pytest.mark.parametrize("state", ["planned", "paused", "postponed", "cancelled", "concluded", "archived"])
def test_edition_at_rest_reminds_nobody(story, call, state):
    Edition.objects.filter(pk=call.pk).update(state=state)

    assert remind_due(here("2027-03-25 09:00")) == 0


def test_moved_deadline_is_planned_anew(story, call):
    assert remind_due(here("2027-03-25 09:00")) == 6
    move(call, DEADLINE + timedelta(days=7))
    assert remind_due(here("2027-03-29 09:00")) == 0
    assert remind_due(here("2027-04-01 09:00")) == 6

    move(call, DEADLINE + timedelta(days=14))
    assert remind_due(here("2027-04-08 09:00")) == 6
    move(call, DEADLINE + timedelta(days=7))
    assert remind_due(here("2027-04-08 10:00")) == 0


def test_deadline_moved_back_and_forth_repeats_nothing(story, call):
    remind_due(here("2027-03-25 09:00"))
    move(call, DEADLINE + timedelta(days=1))
    remind_due(here("2027-03-25 10:00"))
    move(call, DEADLINE)
    remind_due(here("2027-03-25 11:00"))

    assert told() == everybody(story)


def test_municipality_with_more_time_is_reminded_before_its_own_deadline(story, call):
    StageExtension.objects.create(
        stage=call.stages.get(kind="call"),
        municipality_code=BORAS,
        closes_at=DEADLINE + timedelta(days=7),
        by=story.organiser,
    )
    assert remind_due(here("2027-03-25 09:00")) == 5
    remind_due(here("2027-04-01 09:00"))

    assert Letter.objects.get(to=story.other_contact).due_at == here("2027-04-01 09:00")


def test_jurors_with_sheets_left_are_reminded(story, scoring):
    assert remind_due(here("2027-03-25 09:00")) == 1
    letter = Letter.objects.get()

    assert (letter.to, letter.purpose) == (story.juror3, LetterPurpose.REMINDER_JUROR)
    assert "6 ansökningar" in letter.body
    ScoreSheet.objects.filter(assignment__juror=story.seats["juror3"]).update(state="done")
    assert remind_due(here("2027-03-29 09:00")) == 1  # five have not been begun


def test_switch_and_days_are_the_organisers(story, call):
    with pytest.raises(PermissionDenied):
        plan_reminders(edition=call, is_on=False, days=[2], by=story.contact)
    plan_reminders(edition=call, is_on=True, days=[2, 14, 2], by=story.organiser)
    found = planned(call, plan_of(call), here("2027-03-10 12:00"))

    assert [(f"{local(each.at):%d %b %H:%M}", each.days, each.readers) for each in found] == [
        ("18 Mar 09:00", 14, 6),
        ("30 Mar 09:00", 2, 6),
    ]
    plan_reminders(edition=call, is_on=False, days=[14, 2], by=story.organiser)
    assert remind_due(here("2027-03-18 09:00")) == 0
    assert planned(call, plan_of(call), here("2027-03-10 12:00")) == []


def test_reminding_costs_the_same_for_two_as_for_six(story, call, django_assert_num_queries):
    remind_due(here("2027-03-25 09:00"))
    with django_assert_num_queries(11):
        assert remind_due(here("2027-03-25 09:30")) == 0
    Contact.objects.filter(person=story.contact).delete()
    with django_assert_num_queries(11):
        assert remind_due(here("2027-03-25 09:30")) == 0


@pytest.fixture
def at_the_mail_server(story, call, mail_server):
    """A real edition, whose reminders have just been queued and refused by the server once."""
    Edition.objects.filter(pk=call.pk).update(is_rehearsal=False)
    Contact.objects.filter(edition=call).exclude(person=story.contact).delete()
    start = here("2027-03-25 09:00")
    remind_due(start)
    mail_server.to_letter = ["451 try later"]
    assert outbox.send_due(lambda: start) == outbox.Round(postponed=1)
    return mail_server


def later(text):
    return lambda: here(text)


def test_reminder_that_a_dead_worker_left_is_not_sent_to_who_has_since_sent_in(story, call, mail_server):
    Edition.objects.filter(pk=call.pk).update(is_rehearsal=False)
    remind_due(here("2027-03-25 09:00"))
    Nomination.objects.filter(edition=call).exclude(pk=story.drafts[BORAS].pk).update(state="submitted")

    assert outbox.send_due(later("2027-03-25 15:00")) == outbox.Round(sent=1, needless=5)


def test_reminder_that_waited_goes_when_it_is_still_wanted(story, at_the_mail_server):
    assert outbox.send_due(later("2027-03-25 09:02")) == outbox.Round(sent=1)
    assert [letter["To"] for letter in at_the_mail_server.letters] == [story.contact.email]


def test_reminder_overtaken_while_it_waited_is_never_sent(story, at_the_mail_server):
    Nomination.objects.filter(pk=story.drafts[ESKILSTUNA].pk).update(state="submitted")

    assert outbox.send_due(later("2027-03-25 09:02")) == outbox.Round(needless=1)
    assert Letter.objects.get().state == LetterState.CANCELLED
    assert at_the_mail_server.letters == []


def test_reminder_of_a_paused_edition_is_not_sent_when_the_server_is_back(story, call, at_the_mail_server):
    Edition.objects.filter(pk=call.pk).update(state="paused")

    assert outbox.send_due(later("2027-03-25 09:02")) == outbox.Round(needless=1)


def test_reminder_that_waited_into_the_night_goes_in_the_morning(story, at_the_mail_server):
    assert outbox.send_due(later("2027-03-25 22:00")) == outbox.Round(postponed=1)
    assert Letter.objects.get().due_at == here("2027-03-26 07:30")
    assert outbox.send_due(later("2027-03-26 07:31")) == outbox.Round(sent=1)


def test_reminder_tried_again_by_hand_goes_only_to_who_has_not_sent_in(story, call, at_the_mail_server):
    Letter.objects.update(state=LetterState.FAILED)
    Nomination.objects.filter(pk=story.drafts[ESKILSTUNA].pk).update(state="submitted")
    letters.retry_all(
        edition=call,
        shown=letters.shown_of(call.letters.values_list("pk", flat=True)),
        now=here("2027-03-25 11:00"),
        by=story.organiser,
    )

    assert outbox.send_due(later("2027-03-25 11:00")) == outbox.Round(needless=1)


def test_reminder_that_waited_for_the_morning_goes_only_to_who_has_not_sent_in(story, call, mail_server):
    Edition.objects.filter(pk=call.pk).update(is_rehearsal=False)
    remind_due(here("2027-03-25 19:59"))
    assert outbox.send_due(later("2027-03-25 20:00")) == outbox.Round(postponed=6)
    Nomination.objects.filter(edition=call).exclude(pk=story.drafts[BORAS].pk).update(state="submitted")

    assert outbox.send_due(later("2027-03-26 07:31")) == outbox.Round(sent=1, needless=5)


def test_new_reminder_leaves_at_once_without_being_asked_about(
    story, call, mail_server, django_assert_num_queries
):
    Edition.objects.filter(pk=call.pk).update(is_rehearsal=False)
    remind_due(here("2027-03-25 09:00"))
    Letter.objects.update(created_at=here("2027-03-25 09:00"))

    with django_assert_num_queries(19):  # what is due; each of six taken, read and noted as sent
        assert outbox.send_due(later("2027-03-25 09:01")) == outbox.Round(sent=6)


def test_reminder_of_an_edition_taken_up_again_goes_after_all(story, call, at_the_mail_server):
    Edition.objects.filter(pk=call.pk).update(state="paused")
    assert outbox.send_due(later("2027-03-25 09:02")) == outbox.Round(needless=1)
    assert remind_due(here("2027-03-25 10:00")) == 0
    Edition.objects.filter(pk=call.pk).update(state="running")

    assert remind_due(here("2027-03-26 10:00")) == 1
    assert outbox.send_due(later("2027-03-26 10:00")) == outbox.Round(sent=1)
    assert remind_due(here("2027-03-26 11:00")) == 0
