"""What an edition must have behind it before it is put away."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.gates import Blocker
from awards.models import Edition
from awards.states import EditionState, LetterState

ENDED = (EditionState.CONCLUDED, EditionState.CANCELLED, EditionState.ARCHIVED)
UNSENT = (LetterState.DRAFT, LetterState.QUEUED, LetterState.SENDING, LetterState.FAILED)


def archive_gate(edition: Edition) -> Iterator[Blocker]:
    """The edition concluded or cancelled, and no letter left behind."""
    if edition.state in ENDED:
        yield Blocker(_("The edition has ended."), settled=True)
    else:
        yield Blocker(_("The edition has not been concluded."))
    unsent = edition.letters.filter(state__in=UNSENT).count()
    if unsent:
        text = _("{unsent} letters have not been sent.")
        yield Blocker(format_lazy(text, unsent=unsent), reverse("letter_list", args=[edition.key]))
    else:
        yield Blocker(_("No letter waits to be sent."), settled=True)
