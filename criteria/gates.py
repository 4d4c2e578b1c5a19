"""What scoring and feedback still lack before their stages can close."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.gates import Blocker
from awards.models import Edition
from criteria.feedback.drafts import counts_of
from criteria.progress import matrix_of
from criteria.states import RoundState


def scoring_gate(edition: Edition) -> Iterator[Blocker]:
    """A round there must be, every sheet done, and the round closed."""
    url = reverse("progress_page", args=[edition.key])
    table = matrix_of(edition)
    if table is None:
        yield Blocker(_("No round of scoring has been set up."), url)
        return
    is_closed = table.scoring_round.state in (RoundState.CLOSED, RoundState.REVEALED)
    if not table.of:
        yield Blocker(_("No juror has been given any entry to score."), url)
    elif table.remains:
        text = _("{done} of {of} score sheets are done.")
        yield Blocker(format_lazy(text, done=table.done, of=table.of), url, settled=is_closed)
    else:
        yield Blocker(format_lazy(_("All {of} score sheets are done."), of=table.of), url, settled=True)
    if is_closed:
        yield Blocker(_("The scoring has closed."), url, settled=True)
    else:
        yield Blocker(_("The scoring has not been closed."), url)


def feedback_gate(edition: Edition) -> Iterator[Blocker]:
    """Every entry of the round has its feedback, or the organiser knows that it has not."""
    url = reverse("feedback_list", args=[edition.key])
    released, of = counts_of(edition)
    if not of:
        yield Blocker(_("There are no entries to give feedback on."), url, settled=True)
        return
    text = _("Feedback has been released to {released} of {of} municipalities.")
    yield Blocker(format_lazy(text, released=released, of=of), url, settled=released == of)
