"""Planning, opening, closing, reopening, extending and revealing rounds of scoring."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import journal, moves
from awards.models import Edition, Person
from awards.verdicts import no
from criteria import permissions
from criteria.models import Round, ScoringModel
from criteria.states import ROUND_MOVES, ModelState, RoundState


@transaction.atomic
def plan_round(
    *,
    edition: Edition,
    scoring_model: ScoringModel,
    title: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    by: Person,
) -> Round:
    """Set up the edition's next round and write the journal. Nobody sees it before it opens."""
    permissions.may_plan_round(by, edition).require()
    last = Round.objects.filter(edition=edition).order_by("-position").first()
    planned = Round.objects.create(
        edition=edition,
        scoring_model=scoring_model,
        title=title,
        position=last.position + 1 if last else 1,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    journal.record("plan_round", planned, by=by, edition=edition, model=scoring_model.pk)
    return planned


@transaction.atomic
def change_round_model(*, scoring_round: Round, scoring_model: ScoringModel, by: Person) -> Round:
    """Score a planned round by another active model and write the journal."""
    permissions.may_change_round_model(by, scoring_round).require()
    if scoring_model.state != ModelState.ACTIVE:
        no(_("The scoring model must be activated first.")).require()
    planned = Round.objects.filter(pk=scoring_round.pk, state=RoundState.PLANNED)
    if not planned.update(scoring_model=scoring_model):
        no(_("The scoring has been opened, so the model stays.")).require()
    scoring_round.refresh_from_db()
    edition = scoring_round.edition
    journal.record("change_round_model", scoring_round, by=by, edition=edition, model=scoring_model.pk)
    return scoring_round


@transaction.atomic
def open_round(*, scoring_round: Round, now: datetime, by: Person) -> Round:
    """Let the jurors begin and write the journal."""
    permissions.may_open_round(by, scoring_round, now).require()
    return _move("open_round", scoring_round, by, opens_at=scoring_round.opens_at or now)


@transaction.atomic
def close_round(*, scoring_round: Round, by: Person) -> Round:
    """End the scoring and write the journal: from now on organiser and chair see the scores."""
    permissions.may_close_round(by, scoring_round).require()
    return _move("close_round", scoring_round, by)


@transaction.atomic
def reopen_round(*, scoring_round: Round, closes_at: datetime | None, now: datetime, by: Person) -> Round:
    """Take scores again until `closes_at` and write the journal; the scores are sealed again meanwhile."""
    permissions.may_reopen_round(by, scoring_round).require()
    _is_ahead(closes_at, now)
    return _move("reopen_round", scoring_round, by, closes_at=closes_at)


@transaction.atomic
def extend_round(*, scoring_round: Round, closes_at: datetime, now: datetime, by: Person) -> Round:
    """Move the closing time and write the journal with both times."""
    permissions.may_extend_round(by, scoring_round).require()
    _is_ahead(closes_at, now)
    before = scoring_round.closes_at
    still = Round.objects.filter(pk=scoring_round.pk, state__in=[RoundState.PLANNED, RoundState.OPEN])
    if not still.update(closes_at=closes_at):
        no(_("The scoring has closed. Reopen the round instead.")).require()
    scoring_round.refresh_from_db()
    times = {"before": before.isoformat() if before else None, "after": closes_at.isoformat()}
    journal.record("extend_round", scoring_round, by=by, edition=scoring_round.edition, **times)
    return scoring_round


@transaction.atomic
def reveal_round(*, scoring_round: Round, now: datetime, by: Person) -> Round:
    """Let the jurors see one another's scores and write the journal. There is no way back."""
    permissions.may_reveal_round(by, scoring_round).require()
    return _move("reveal_round", scoring_round, by, revealed_at=now)


def _is_ahead(closes_at: datetime | None, now: datetime) -> None:
    if closes_at is not None and closes_at <= now:
        no(_("The closing time has already passed. Choose a later one first.")).require()


def _move(verb: str, scoring_round: Round, by: Person, **changes: object) -> Round:
    move = moves.find(ROUND_MOVES, verb)
    edition = scoring_round.edition
    if not moves.take(move, scoring_round, **changes):
        no(move.says).require()
    journal.record(verb, scoring_round, by=by, edition=edition)
    return scoring_round
