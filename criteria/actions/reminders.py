"""Reminding jurors of what they have left."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from awards import journal
from awards.actions.letters import queue_letter
from awards.formats import local
from awards.models import Person
from awards.states import LetterPurpose
from criteria import permissions
from criteria.models import Round
from criteria.reminders import reminders


@transaction.atomic
def remind_jurors(*, scoring_round: Round, now: datetime, by: Person) -> int:
    """Put a letter to each juror who is behind into the outbox, once a day at most, and write the journal.

    Answers how many letters are new.
    """
    permissions.may_remind(by, scoring_round, now).require()
    day = local(now).date().isoformat()
    letters = [
        queue_letter(
            text=each.text,
            purpose=LetterPurpose.REMINDER_JUROR,
            to=each.seat.person,
            edition=scoring_round.edition,
            language=each.seat.person.language,
            once_key=f"scoring_reminder:{scoring_round.pk}:{each.seat.pk}:{day}",
            due_at=now,
        )
        for each in reminders(scoring_round, now)
    ]
    count = sum(letter is not None for letter in letters)
    journal.record("remind_jurors", scoring_round, by=by, edition=scoring_round.edition, letters=count)
    return count
