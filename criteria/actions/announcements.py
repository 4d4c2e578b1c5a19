"""A confirmed decision becomes part of the entries' history, or is no longer; the moves of its life."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from awards import journal, moves
from awards.models import Edition, Person, Source
from awards.verdicts import no
from criteria import pen
from criteria.attendance import table_of
from criteria.decided import event_of
from criteria.models import Decision
from criteria.states import DECISION_MOVES
from nominees.actions.outcomes import Told, take_outcomes_back, tell_outcomes
from nominees.states import LEFT


@transaction.atomic
def announce_decision(*, decision: Decision, now: datetime, by: Person | None) -> Decision:
    """Let the decision become part of the entries' history, and write the journal. `by` None is the clock.

    Of an entry that has left, nothing is told. What the public sees follows from what is published: of a
    rehearsal, nothing.
    """
    if by is not None:
        meeting = getattr(decision.round, "meeting", None)
        pen.may_announce_decision(by, decision, table_of(decision.edition, meeting)).require()
    source = _source(decision)
    changes = {"announced_at": now, "announced_by": by, "source": source}
    announced = move_decision("announce_decision", decision, by, **changes)
    tell_outcomes(
        edition=decision.edition,
        outcomes=[
            Told(row.nomination_id, event_of(row.outcome), row.motivation_sv, row.motivation_en)
            for row in decision.rows.exclude(nomination__state__in=LEFT)
        ],
        source=source,
        earlier=_sources(decision.edition).exclude(pk=source.pk),
        no_award=decision.no_award,
        now=now,
        by=by,
    )
    return announced


@transaction.atomic
def take_announcement_back(*, decision: Decision, by: Person) -> Decision:
    """Take what the decision told out of the entries' history, with the journal. It stays frozen."""
    edition = decision.edition
    changes = {"announced_at": None, "announced_by": None}
    taken = move_decision("take_announcement_back", decision, by, **changes)
    take_outcomes_back(edition=edition, sources=_sources(edition), by=by)
    return taken


def move_decision(verb: str, decision: Decision, by: Person | None, **changes: object) -> Decision:
    """Take the decision on by one of its moves, with a journal row; its permission has been asked before."""
    move = moves.find(DECISION_MOVES, verb)
    edition = decision.edition
    changes["version"] = F("version") + 1
    if not moves.take(move, decision, **changes):
        no(move.says).require()
    journal.record(verb, decision, by=by, edition=edition, number=decision.number)
    return decision


def _sources(edition: Edition):
    """What the edition's decisions have been named as, those that were replaced too."""
    return Source.objects.filter(decisions__edition=edition)


def _source(decision: Decision) -> Source:
    """The decision as the source of what it tells; its sum makes it unlike every other."""
    text = f"Juryns beslut {decision.number}, {decision.edition.key} (SHA-256 {decision.sha256})"
    return Source.objects.get_or_create(text=text, defaults={"publisher": "Sveriges KvalitetsKommun"})[0]
