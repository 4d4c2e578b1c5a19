"""The letters that remind jurors of what they have left, as they would be sent now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from awards.letter_texts import texts_of
from awards.letters import LetterText
from awards.models import Role
from awards.states import LetterPurpose
from criteria.addressees import juror
from criteria.models import Round
from criteria.progress import matrix


@dataclass(frozen=True)
class Reminder:
    """One juror who is behind, and what the letter says."""

    seat: Role
    remains: int
    of: int
    last_at: datetime | None
    text: LetterText


def reminders(scoring_round: Round, now: datetime) -> list[Reminder]:
    """A letter to every juror in force who has something left, in that juror's language: four queries."""
    edition = scoring_round.edition
    behind = {line.juror: line for line in matrix(scoring_round).behind}
    seats = Role.objects.in_force(now).filter(pk__in=behind).select_related("person").order_by("seat", "pk")
    texts = texts_of(edition)
    found = []
    for seat in seats:
        line = behind[seat.pk]
        reader = juror(seat, edition, scoring_round, line.remains, now)
        text = texts.written(LetterPurpose.REMINDER_JUROR, reader.language, reader.words)
        found.append(Reminder(seat, line.remains, line.of, line.last_at, text))
    return found
