"""Giving jurors entries to read, each in an order of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from awards import journal
from awards.models import Person, Role
from awards.states import RoleKind
from awards.verdicts import no
from criteria import permissions
from criteria.models import Assignment, Recusal, Round, ScoreSheet
from criteria.proposal import ANCHORS, SEED, Proposal, entries_to_score, propose
from nominees.models import Nomination


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


@transaction.atomic
def assign_jurors(
    *,
    scoring_round: Round,
    per_nomination: int | None = None,
    everybody: bool | None = None,
    anchors: int = ANCHORS,
    seed: int = SEED,
    by: Person | None,
) -> Proposal:
    """Give jurors entries by the balanced plan, and write the journal with the seed.

    Begun sheets stay; assignments that nobody has begun and the plan does not want are taken away. With
    `problems` nothing is written. `by` is None at the command line.
    """
    if by is not None:
        permissions.may_assign(by, scoring_round.edition).require()
    Round.objects.select_for_update().get(pk=scoring_round.pk)
    plan = propose(
        scoring_round, per_nomination=per_nomination, everybody=everybody, anchors=anchors, seed=seed
    )
    if plan.problems:
        return plan
    _drop(scoring_round, plan)
    _append(scoring_round, plan)
    journal.record(
        "assign_jurors",
        scoring_round,
        by=by,
        edition=scoring_round.edition,
        new=len(plan.add),
        dropped=len(plan.drop),
        per_nomination=plan.per_nomination,
        anchors=len(plan.anchors),
        seed=seed,
    )
    return plan


@transaction.atomic
def assign_one(*, scoring_round: Round, juror: Role, nomination: Nomination, by: Person) -> Assignment:
    """Let one juror read one entry more, last in the juror's own order, and write the journal."""
    permissions.may_assign(by, scoring_round.edition, nomination.pk).require()
    if juror.edition_id != scoring_round.edition_id or nomination.edition_id != scoring_round.edition_id:
        no(_("The juror and the entry belong to different editions.")).require()
    if Recusal.objects.filter(juror=juror, nomination=nomination, lifted_at=None).exists():
        no(_("The juror stands aside from this entry.")).require()
    last = Assignment.objects.filter(round=scoring_round, juror=juror).aggregate(last=Max("position"))["last"]
    given, is_new = Assignment.objects.get_or_create(
        round=scoring_round, juror=juror, nomination=nomination, defaults={"position": (last or 0) + 1}
    )
    if is_new:
        ids = {"juror": juror.pk, "nomination": nomination.pk}
        journal.record("assign_one", given, by=by, edition=scoring_round.edition, **ids)
    return given


@transaction.atomic
def unassign_one(*, assignment: Assignment, by: Person) -> None:
    """Take an entry that nobody has begun from a juror, and write the journal."""
    edition = assignment.round.edition
    permissions.may_assign(by, edition, assignment.nomination_id).require()
    if ScoreSheet.objects.filter(assignment=assignment).exists():
        no(_("The juror has begun to score this entry. Let the juror stand aside instead.")).require()
    ids = {"juror": assignment.juror_id, "nomination": assignment.nomination_id}
    journal.record("unassign_one", assignment, by=by, edition=edition, **ids)
    assignment.delete()


def take_over_reading(role: Role, details: dict, now: datetime) -> None:
    """Give a juror's successor the entries that the predecessor has not begun; begun sheets stay as they are.

    Runs when an invitation to a seat that was taken is accepted. An entry from which the predecessor stands
    aside goes along: the reason was that person's own, and the successor's own ties are asked for as ever.
    """
    if not details.get("succeeds_role"):
        return
    before = Role.objects.filter(pk=details["succeeds_role"], edition=role.edition, ended_at__lte=now)
    own = Assignment.objects.filter(juror=role).values("nomination")
    left = Assignment.objects.filter(juror__in=before, sheet__isnull=True).exclude(nomination__in=own)
    moved = [each.pk for each in left.exclude(round__state__in=["closed", "revealed"])]
    if moved:
        Assignment.objects.filter(pk__in=moved).update(juror=role)
        journal.record("take_over_reading", role, by=role.person, edition=role.edition, moved=len(moved))


def _drop(scoring_round: Round, plan: Proposal) -> None:
    """Take away what the plan does not want, unless somebody has begun it meanwhile."""
    idle = Assignment.objects.filter(round=scoring_round, sheet__isnull=True)
    rows = idle.values_list("pk", "nomination_id", "juror_id") if plan.drop else ()
    gone = [pk for pk, entry, seat in rows if (entry, seat) in plan.drop]
    for begin in range(0, len(gone), 500):
        idle.filter(pk__in=gone[begin : begin + 500]).delete()


def _append(scoring_round: Round, plan: Proposal) -> None:
    """New assignments last in each juror's order, shuffled as ever."""
    last = dict(
        Assignment.objects.filter(round=scoring_round)
        .order_by()
        .values("juror_id")
        .annotate(last=Max("position"))
        .values_list("juror_id", "last")
    )
    by_seat: dict[int, list[Nomination]] = {}
    for entry, seat in plan.add:
        by_seat.setdefault(seat, []).append(plan.entry_of[entry])
    Assignment.objects.bulk_create(
        [
            Assignment(round=scoring_round, juror_id=seat, nomination=entry, position=place)
            for seat, entries in sorted(by_seat.items())
            for place, entry in enumerate(
                shuffled(entries, scoring_round, plan.seat_of[seat]), start=(last.get(seat) or 0) + 1
            )
        ],
        batch_size=2000,
    )
