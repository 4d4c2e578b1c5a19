"""The letters that remind jurors of what they have left, as they would be sent now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import formats
from awards.letters import LetterText, paragraphs
from awards.models import Role
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
    """A letter to every juror in force who has something left, in that juror's language: three queries."""
    behind = {line.juror: line for line in matrix(scoring_round).behind}
    seats = Role.objects.in_force(now).filter(pk__in=behind).select_related("person").order_by("seat", "pk")
    return [
        Reminder(seat, line.remains, line.of, line.last_at, _letter(scoring_round, seat, line.remains, now))
        for seat in seats
        for line in [behind[seat.pk]]
    ]


def _letter(scoring_round: Round, seat: Role, remains: int, now: datetime) -> LetterText:
    with translation.override(seat.person.language):
        left = ngettext(
            "You have one entry left to score in %(edition)s.",
            "You have %(count)s entries left to score in %(edition)s.",
            remains,
        ) % {"count": remains, "edition": f"{scoring_round.edition.award} {scoring_round.edition.title}"}
        closes = ""
        if scoring_round.closes_at:
            at = formats.deadline(scoring_round.closes_at, seat.person.language, now=now)
            closes = _("The scoring closes %(at)s.") % {"at": at}
        body = paragraphs(
            _("Hello,"),
            f"{left} {closes}".strip(),
            _("Your list is here, and it opens where you left it:"),
            settings.BASE_URL + reverse("scoring_list"),
            _("If you cannot score an entry, let the organiser know, so that nobody waits."),
        )
        return LetterText(_("Entries left to score"), body)
