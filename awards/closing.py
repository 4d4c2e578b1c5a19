"""What an edition must have behind it before it is put away."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.gates import Blocker, blockers
from awards.models import Edition
from awards.permissions import ENDED
from awards.states import AFTERWARDS, LetterState, StageState

UNSENT = (LetterState.DRAFT, LetterState.QUEUED, LetterState.SENDING, LetterState.FAILED)

STRANDED = (LetterState.DRAFT, LetterState.FAILED)  # that nobody can send once the edition is put away


def left_open(edition: Edition) -> tuple[Blocker, ...]:
    """What still stands in the way of open stages; one that is to be over before the end is itself in it."""
    lines = []
    for stage in edition.stages.filter(state=StageState.OPEN):
        remaining = blockers(edition, stage.kind)
        if not remaining and stage.kind not in AFTERWARDS:
            text = format_lazy(_("“{stage}” is still under way."), stage=stage.what)
            remaining = (Blocker(text),)
        lines += remaining
    return tuple(lines)


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
