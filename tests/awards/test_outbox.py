"""Letters leave once, in order, through a real mail server; trouble postpones them or shows itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from awards import outbox
from awards.actions.letters import approve_letter, cancel_letter, queue_letter, retry_letter
from awards.letters import LetterText
from awards.models import JournalEntry, Letter
from awards.states import LetterState
from tests.mail_server import mail_server, mailed

__all__ = ["mail_server"]


@pytest.fixture(autouse=True)
def _mailed(story):
    mailed(story.edition)


def write(story, number=1, **details):
    text = LetterText(f"Ärende {number}: å ä ö", f"Hej!\n\nRad {number} – å ä ö.\n")
    return queue_letter(text=text, purpose="news", to=story.contact, edition=story.edition, **details)


def later(minutes):
    return lambda: timezone.now() + timedelta(minutes=minutes)


def state_of(letter):
    letter.refresh_from_db()
    return letter.state


def test_letter_is_sent_once_with_its_swedish_letters_whole(story, mail_server):
    letter = write(story)

    assert outbox.send_due(timezone.now).sent == 1
    assert outbox.send_due(timezone.now).sent == 0
    (got,) = mail_server.letters
    assert got["Subject"] == "Ärende 1: å ä ö"
    assert got["To"] == story.contact.email
    assert got["Auto-Submitted"] == "auto-generated"
    assert got.get_content().replace("\r\n", "\n") == "Hej!\n\nRad 1 – å ä ö.\n"
    assert state_of(letter) == LetterState.SENT


def test_letter_attachment_arrives_byte_for_byte(story, mail_server):
    write(story, attachment_name="kvitto å.pdf", attachment=b"%PDF-1.7\x00\xff")
    outbox.send_due(timezone.now)

    (attachment,) = mail_server.letters[0].iter_attachments()
    assert attachment.get_filename() == "kvitto å.pdf"
    assert attachment.get_content() == b"%PDF-1.7\x00\xff"


def test_letters_leave_in_the_order_they_were_due(story, mail_server):
    for number in (1, 2, 3):
        write(story, number, due_at=timezone.now() - timedelta(minutes=number))
    outbox.send_due(timezone.now)

    assert [letter["Subject"][7] for letter in mail_server.letters] == ["3", "2", "1"]


def test_letter_of_a_broken_transaction_was_never_written(story, mail_server):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(story, number=1 / (write(story).tries))

    assert outbox.send_due(timezone.now) == outbox.Round()
    assert Letter.objects.count() == 0


def test_letter_that_may_be_told_only_once_is_written_once(story):
    first = write(story, once_key="reminder:1:2027-03-01")
    second = write(story, once_key="reminder:1:2027-03-01")

    assert (first.pk, second) == (Letter.objects.get().pk, None)


def test_letter_not_yet_due_or_not_yet_approved_stays(story, mail_server):
    write(story, due_at=timezone.now() + timedelta(hours=1))
    draft = write(story, 2, needs_approval=True)

    assert outbox.send_due(timezone.now).sent == 0
    approve_letter(letter=draft, now=timezone.now(), by=story.organiser)
    assert outbox.send_due(timezone.now).sent == 1
    assert outbox.send_due(later(61)).sent == 1


def test_letter_refused_for_a_while_is_tried_again_later_with_the_same_name(story, mail_server):
    letter = write(story)
    mail_server.to_letter = ["451 try later"]

    assert outbox.send_due(timezone.now) == outbox.Round(postponed=1)
    assert state_of(letter) == LetterState.QUEUED
    assert letter.failure == "451 try later"
    assert outbox.send_due(timezone.now) == outbox.Round()
    assert outbox.send_due(later(2)).sent == 1
    assert state_of(letter) == LetterState.SENT
    assert mail_server.letters[0]["Message-ID"] == outbox.message_of(letter).extra_headers["Message-ID"]


def test_letter_refused_for_good_fails_at_once_and_in_sight(story, mail_server):
    letter, other = write(story), write(story, 2)
    mail_server.to_recipient = ["550 no such user"]

    assert outbox.send_due(timezone.now) == outbox.Round(sent=1, failed=1)
    assert (state_of(letter), letter.failure) == (LetterState.FAILED, "550 no such user")
    assert state_of(other) == LetterState.SENT


def test_letter_gives_up_after_the_last_try(story, settings, mail_server):
    letter = write(story)
    mail_server.to_letter = ["451 try later"] * 10
    minutes, rounds = 0, []
    for wait in [0, *(int(pause.total_seconds() // 60) + 1 for pause in outbox.BACK_OFF)]:
        minutes += wait
        rounds.append(outbox.send_due(later(minutes)))

    assert rounds == [outbox.Round(postponed=1)] * len(outbox.BACK_OFF) + [outbox.Round(failed=1)]
    assert state_of(letter) == LetterState.FAILED


def test_letter_waits_while_no_mail_server_answers(story, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    letter = write(story)

    assert outbox.send_due(timezone.now) == outbox.Round(postponed=1)
    assert state_of(letter) == LetterState.QUEUED
    assert letter.failure.startswith("ConnectionRefusedError")


def test_letter_claimed_by_one_worker_is_nobody_elses(story):
    letter = write(story)

    assert outbox.claim(letter.pk, timezone.now()) == letter
    assert outbox.claim(letter.pk, timezone.now()) is None


def test_letter_left_behind_by_a_dead_worker_is_taken_up(story, mail_server):
    letter = write(story)
    outbox.claim(letter.pk, timezone.now())

    assert outbox.send_due(later(9)).sent == 0
    assert outbox.send_due(later(11)).sent == 1


def test_letter_subject_with_line_breaks_becomes_one_line(story, mail_server):
    text = LetterText("Ämne\r\nBcc: alla@story.example", "Text")
    queue_letter(text=text, purpose="news", to=story.contact)
    outbox.send_due(timezone.now)

    assert mail_server.letters[0]["Subject"] == "Ämne Bcc: alla@story.example"
    assert mail_server.letters[0]["Bcc"] is None


def test_letter_stops_between_two_when_told_to(story, mail_server):
    write(story)
    write(story, 2)
    answers = iter([False, True])

    assert outbox.send_due(timezone.now, lambda: next(answers)).sent == 1


def test_letter_is_handled_by_its_own_organiser_only(story):
    letter = write(story)
    for person in (story.other_organiser, story.chair, story.contact):
        with pytest.raises(PermissionDenied):
            cancel_letter(letter=letter, by=person)

    assert cancel_letter(letter=letter, by=story.organiser).state == LetterState.CANCELLED
    assert list(JournalEntry.objects.values_list("verb", "person_id")) == [
        ("cancel_letter", story.organiser.pk)
    ]


def test_letter_that_failed_can_be_tried_again(story, mail_server):
    letter = write(story)
    mail_server.to_recipient = ["550 no such user"]
    outbox.send_due(timezone.now)
    retry_letter(letter=letter, now=timezone.now(), by=story.organiser)

    assert outbox.send_due(timezone.now).sent == 1


def test_letter_that_has_left_cannot_be_stopped(story, mail_server):
    letter = write(story)
    outbox.send_due(timezone.now)
    letter.refresh_from_db()

    with pytest.raises(PermissionDenied):
        cancel_letter(letter=letter, by=story.organiser)


def test_letter_that_was_stopped_is_not_said_to_have_left(story):
    letter = write(story)
    cancel_letter(letter=letter, by=story.organiser)

    with pytest.raises(PermissionDenied, match="Brevet är stoppat"):
        retry_letter(letter=letter, now=timezone.now(), by=story.organiser)


@pytest.mark.django_db(transaction=True)
def test_worker_once_sends_what_is_due(story, mail_server):
    write(story)
    call_command("worker", "--once")

    assert len(mail_server.letters) == 1
