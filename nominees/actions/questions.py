"""Questions from the jury: asked, released or held back by the organiser, answered by the municipality."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Person, Role
from awards.verdicts import no
from nominees import permissions
from nominees.drafts import mark
from nominees.letters import tell_of_answer, tell_of_question, tell_of_release
from nominees.models import JuryQuestion, Nomination

LONGEST_QUESTION, LONGEST_ANSWER = 2_000, 10_000
SETTLED = _("The question has already been released or held back.")


@transaction.atomic
def ask_question(*, nomination: Nomination, seat: Role, text: str, now: datetime, by: Person) -> JuryQuestion:
    """A juror's question waits for the organiser, with a journal row and a letter to the organisers.

    That the juror reads this entry is for the jury's floor to say; the same question twice is one.
    """
    permissions.may_ask_question(by, seat, nomination).require()
    text = text.strip()[:LONGEST_QUESTION]
    if not text:
        no(_("Write the question.")).require()
    waiting = JuryQuestion.objects.filter(nomination=nomination, asked_by=seat, text=text, released_at=None)
    if same := waiting.first():
        return same
    question = JuryQuestion.objects.create(nomination=nomination, asked_by=seat, text=text, asked_at=now)
    journal.record("ask_question", question, by=by, edition=nomination.edition, nomination=nomination.pk)
    tell_of_question(question, now=now)
    return question


@transaction.atomic
def release_question(*, question: JuryQuestion, answer_by: datetime, now: datetime, by: Person) -> None:
    """Send it on to the municipality without the juror's name; with a journal row and letters."""
    edition = question.nomination.edition
    permissions.may_release_questions(by, edition).require()
    if answer_by <= now:
        no(_("The last time to answer must lie ahead.")).require()
    rows = JuryQuestion.objects.filter(pk=question.pk, released_at=None, refused_at=None)
    if not rows.update(released_at=now, released_by=by, answer_by=answer_by):
        no(SETTLED).require()
    question.refresh_from_db(fields=["released_at", "answer_by"])
    journal.record("release_question", question, by=by, edition=edition)
    tell_of_release(question, now=now)


@transaction.atomic
def hold_question(*, question: JuryQuestion, now: datetime, by: Person) -> None:
    """Keep it from the municipality, with a journal row."""
    edition = question.nomination.edition
    permissions.may_release_questions(by, edition).require()
    rows = JuryQuestion.objects.filter(pk=question.pk, released_at=None, refused_at=None)
    if not rows.update(refused_at=now):
        no(SETTLED).require()
    journal.record("hold_question", question, by=by, edition=edition)


@transaction.atomic
def answer_question(
    *, question: JuryQuestion, nomination: Nomination, text: str, was: str, now: datetime, by: Person
) -> bool:
    """Answer, or answer again, before the date; with a journal row and a letter to the juror who asked.

    `was` is the mark (`drafts.mark`) of the answer that the writer saw. False, and nothing written, when a
    colleague has answered otherwise since.
    """
    permissions.may_answer_question(by, question, now, nomination).require()
    text = text.strip()[:LONGEST_ANSWER]
    if not text:
        no(_("Write the answer.")).require()
    if text == question.answer:
        return True
    rows = JuryQuestion.objects.filter(pk=question.pk, answer=question.answer)
    if (was or mark("")) != mark(question.answer):
        return False
    if not rows.update(answer=text, answered_at=now, answered_by=by):
        return False
    question.answer, question.answered_at, question.answered_by = text, now, by
    journal.record("answer_question", question, by=by, edition=nomination.edition)
    tell_of_answer(question, now=now)
    return True
