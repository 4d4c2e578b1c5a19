"""What scoring, meeting, decision, ceremony and feedback still lack before their stages can close."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.gates import Blocker
from awards.models import Edition
from criteria.agenda import ties_of
from criteria.feedback.drafts import counts_of
from criteria.models import Decision, Publication
from criteria.progress import latest_round, matrix_of
from criteria.standings import standings_of
from criteria.states import SEALED, DecisionState, MeetingState, PublicationState


def scoring_gate(edition: Edition) -> Iterator[Blocker]:
    """A round there must be, every sheet done, and the round closed."""
    url = reverse("progress_page", args=[edition.key])
    table = matrix_of(edition)
    if table is None:
        yield Blocker(_("No round of scoring has been set up."), url)
        return
    is_closed = table.scoring_round.state not in SEALED
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


def consensus_gate(edition: Edition) -> Iterator[Blocker]:
    """The meeting held and closed, and the equals that the rules leave to the chair settled."""
    url = reverse("consensus_page", args=[edition.key])
    scoring_round = latest_round(edition)
    meeting = getattr(scoring_round, "meeting", None)
    if meeting is None:
        yield Blocker(_("The consensus meeting has not been held."), url)
        return
    is_closed = meeting.state == MeetingState.CLOSED
    yield Blocker(
        _("The consensus meeting is closed.") if is_closed else _("The consensus meeting is under way."),
        url,
        settled=is_closed,
    )
    for _tied in ties_of(standings_of(scoring_round)):
        yield Blocker(_("The chair must part entries that the rules leave equal."), url)


def decision_gate(edition: Edition) -> Iterator[Blocker]:
    """A decision confirmed, and so frozen."""
    url = reverse("decision_page", args=[edition.key])
    states = set(Decision.objects.filter(edition=edition).values_list("state", flat=True))
    if states & {DecisionState.DRAFT, DecisionState.PROPOSED}:
        yield Blocker(_("A decision is in hand and not confirmed."), url)
    elif states:
        yield Blocker(_("The decision is confirmed."), url, settled=True)
    else:
        yield Blocker(_("Nothing has been decided yet."), url)


def ceremony_gate(edition: Edition) -> Iterator[Blocker]:
    """What was decided is public, or a time for it is set."""
    latest = Decision.objects.filter(edition=edition).order_by("-number").first()
    if latest is None or latest.state in (DecisionState.DRAFT, DecisionState.PROPOSED):
        yield Blocker(_("No decision waits to be published."), reverse("decision_page", args=[edition.key]))
        return
    url = reverse("publish_page", args=[edition.key])
    if latest.state == DecisionState.ANNOUNCED:
        yield Blocker(_("The decision is published."), url, settled=True)
        return
    waiting = Publication.objects.filter(edition=edition, state=PublicationState.WAITING).first()
    text = _("The decision waits to become public.") if waiting else _("The decision has not been published.")
    yield Blocker(text, url)


def feedback_gate(edition: Edition) -> Iterator[Blocker]:
    """Every entry of the round has its feedback, or the organiser knows that it has not."""
    url = reverse("feedback_list", args=[edition.key])
    released, of = counts_of(edition)
    if not of:
        yield Blocker(_("There are no entries to give feedback on."), url, settled=True)
        return
    text = _("Feedback has been released to {released} of {of} municipalities.")
    yield Blocker(format_lazy(text, released=released, of=of), url, settled=released == of)
