"""Publishing a decision: now or at an instant, once; stopped while it waits, taken back at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from awards import journal, moves
from awards.models import Edition, Person
from awards.verdicts import no
from criteria import pen
from criteria.actions.announcements import announce_decision, take_announcement_back
from criteria.attendance import table_of
from criteria.models import Decision, Publication
from criteria.publishing import becomes_public, is_too_far, reach_of, stands_in_the_way
from criteria.publishing_letters import cancel_unsent, send_letters, tell_of_stop
from criteria.states import PUBLICATION_MOVES, PublicationState, StopReason
from nominees.actions.publishing import LetOut, hide_entries, publish_entries


class HasChanged(PermissionDenied):
    """What the organiser was shown is no longer so."""


@transaction.atomic
def plan_publication(
    *,
    decision: Decision,
    at: datetime | None = None,
    letters: Sequence[str] = (),
    seen: str | None = None,
    now: datetime,
    by: Person,
) -> Publication:
    """Publish a confirmed decision: at once, or at the instant `at` by the clock; with the journal.

    `seen` is the mark of what the organiser was shown. `HasChanged` where that is no longer so.
    """
    latest = list(Decision.objects.select_for_update().filter(edition=decision.edition_id))  # one at a time
    waiting = Publication.objects.filter(edition=decision.edition_id, state=PublicationState.WAITING).first()
    table = table_of(decision.edition, getattr(decision.round, "meeting", None))
    pen.may_publish_decision(
        by, decision, table, max(latest, key=lambda each: each.number), waiting
    ).require()
    if at is not None and at <= now:
        no(_("That time has passed. Choose a later one, or publish now.")).require()
    if at is not None and is_too_far(at, now):
        no(_("That time lies more than two years ahead. Choose an earlier one.")).require()
    if seen is not None and seen != reach_of(decision, letters, now).mark:
        raise HasChanged(_("Something has changed since you looked. Look through it once more."))
    try:
        with transaction.atomic():
            publication = Publication.objects.create(
                edition=decision.edition,
                decision=decision,
                at=at or now,
                letters=list(letters),
                planned_at=now,
                planned_by=by,
            )
    except IntegrityError:
        no(_("A publication is planned already. Stop it first.")).require()
        raise
    if at is None:
        return _publish(publication, now=now, by=by)
    facts = {"decision": decision.pk, "at": at.isoformat(), "letters": list(letters)}
    journal.record("plan_publication", publication, by=by, edition=decision.edition, **facts)
    return publication


@transaction.atomic
def stop_publication(*, publication: Publication, now: datetime, by: Person) -> Publication:
    """Let a planned publication not happen, with the journal; the decision stays as it is."""
    pen.may_stop_publication(by, publication).require()
    return _stop(publication, StopReason.BY_HAND, now=now, by=by)


@transaction.atomic
def unpublish(*, publication: Publication, reason: str, now: datetime, by: Person) -> Publication:
    """Take at once from the public's sight what was published, and the outcomes out of the history.

    Letters that have not left are stopped; the journal keeps when everything was told, and by whom.
    """
    pen.may_unpublish(by, publication).require()
    if not reason.strip():
        no(_("Write why it is taken back.")).require()
    ended = {"ended_at": now, "ended_by": by, "reason": reason.strip()}
    _move("unpublish", publication, by, changes=ended, reason=reason.strip())
    take_announcement_back(decision=publication.decision, by=by)
    hide_entries(edition=publication.edition, let_out=LetOut(**publication.let_out), by=by)
    cancel_unsent(publication.edition)
    return publication


def stop_waiting(edition: Edition, why: StopReason, *, now: datetime, by: Person | None) -> None:
    """Stop what waits to be published in an edition, where anything does, and tell the organisers."""
    for publication in Publication.objects.filter(edition=edition, state=PublicationState.WAITING):
        tell_of_stop(_stop(publication, why, now=now, by=by), now=now)


def publish_due(now: datetime) -> int:
    """Publish what the clock has come to, each once; what can no longer be published is stopped instead.

    An edition that is paused when the time comes is not published later by itself: the organiser chooses a
    new time. Gives how many were published.
    """
    due = Publication.objects.filter(state=PublicationState.WAITING, at__lte=now)
    rows = due.select_related("edition__fair", "decision__round", "decision__edition")
    return sum(_publish_when_due(publication, now) for publication in rows.order_by("at", "pk"))


@transaction.atomic
def _publish_when_due(publication: Publication, now: datetime) -> bool:
    list(Decision.objects.select_for_update().filter(edition=publication.edition_id))
    why = stands_in_the_way(publication)
    if why is None:
        if not Publication.objects.filter(pk=publication.pk, state=PublicationState.WAITING).exists():
            return False  # another worker, or the organiser, was quicker
        _publish(publication, now=now, by=None)
        return True
    if Publication.objects.filter(pk=publication.pk, state=PublicationState.WAITING).exists():
        tell_of_stop(_stop(publication, why, now=now, by=None), now=now)
    return False


def _publish(publication: Publication, *, now: datetime, by: Person | None) -> Publication:
    """Everything that becomes public does so in one transaction."""
    decision, edition = publication.decision, publication.edition
    earlier = Publication.objects.filter(edition=edition, state=PublicationState.PUBLISHED).first()
    if earlier is not None:
        _move("replace_publication", earlier, by, changes={"ended_at": now, "ended_by": by})
        cancel_unsent(edition)
    announce_decision(decision=decision, now=now, by=by)
    let_out = publish_entries(edition=edition, nominations=becomes_public(decision), now=now, by=by)
    if earlier is not None:
        let_out = let_out.after(LetOut(**earlier.let_out))
    _move("publish", publication, by, changes={"published_at": now, "let_out": asdict(let_out)})
    send_letters(publication, now=now)
    return publication


def _stop(publication: Publication, why: StopReason, *, now: datetime, by: Person | None) -> Publication:
    changes = {"why": why, "ended_at": now, "ended_by": by}
    return _move("stop_publication", publication, by, why=str(why), changes=changes)


def _move(
    verb: str, publication: Publication, by: Person | None, *, changes: dict, **facts: object
) -> Publication:
    move = moves.find(PUBLICATION_MOVES, verb)
    if not moves.take(move, publication, **changes):
        no(move.says).require()
    facts["decision"] = publication.decision_id
    journal.record(verb, publication, by=by, edition=publication.edition, **facts)
    return publication
