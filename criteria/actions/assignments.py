"""Giving jurors entries to read, each in an order of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from awards import journal
from awards.models import Person, Role
from awards.states import RoleKind
from criteria import permissions
from criteria.models import Assignment, Round
from nominees.models import Nomination, NominationEvent
from nominees.states import EventKind, NominationState

COMPETES = (
    NominationState.SUBMITTED,
    NominationState.REOPENED,
    NominationState.ACCEPTED,
    NominationState.HISTORIC,
)
FELL_OUT = (EventKind.NOT_NOMINATED, EventKind.INELIGIBLE, EventKind.DECLINED, EventKind.WITHDREW)


def entries_to_score(scoring_round: Round) -> list[Nomination]:
    """The entries that compete in the round's edition: sent in, still in, and not left out by an event."""
    out = NominationEvent.objects.filter(nomination__edition=scoring_round.edition, kind__in=FELL_OUT)
    entries = Nomination.objects.filter(
        edition=scoring_round.edition, state__in=COMPETES, contribution_only=False
    )
    return list(entries.exclude(pk__in=out.values("nomination")).order_by("pk"))


@transaction.atomic
def assign_everybody(
    *, scoring_round: Round, nominations: Iterable[Nomination] | None = None, by: Person
) -> int:
    """Let every juror read every entry, and write the journal; answers how many assignments were new.

    A juror's order is shuffled by the round and the seat alone: anybody can work it out again.
    What is there already stays, with its place in the order; jurors and entries that came later are added.
    """
    permissions.may_assign(by, scoring_round.edition).require()
    entries = list(nominations) if nominations is not None else entries_to_score(scoring_round)
    jurors = Role.objects.in_force().filter(edition=scoring_round.edition, kind=RoleKind.JUROR)
    there = set(Assignment.objects.filter(round=scoring_round).values_list("juror_id", "nomination_id"))
    last = dict(
        Assignment.objects.filter(round=scoring_round)
        .order_by()
        .values("juror_id")
        .annotate(last=Max("position"))
        .values_list("juror_id", "last")
    )
    new = [
        Assignment(round=scoring_round, juror=juror, nomination=entry, position=place)
        for juror in jurors
        for place, entry in enumerate(
            [each for each in shuffled(entries, scoring_round, juror) if (juror.pk, each.pk) not in there],
            start=last.get(juror.pk, 0) + 1,
        )
    ]
    Assignment.objects.bulk_create(new)
    journal.record("assign_everybody", scoring_round, by=by, edition=scoring_round.edition, new=len(new))
    return len(new)


def shuffled(entries: Iterable[Nomination], scoring_round: Round, juror: Role) -> list[Nomination]:
    """The entries in this juror's own order: by a hash of round, seat and entry, never by name or time."""

    def lot(entry: Nomination) -> str:
        return hashlib.sha256(f"{scoring_round.pk}/{juror.pk}/{entry.pk}".encode()).hexdigest()

    return sorted(entries, key=lot)
