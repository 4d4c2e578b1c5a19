"""Planning, opening, closing, reopening, extending and revealing rounds of scoring."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from awards import journal, moves
from awards.actions.times import Times, move_closing_time, trouble_with
from awards.models import Edition, Person, Stage
from awards.states import EditionState, StageKind, StageState
from awards.verdicts import no
from criteria import permissions
from criteria.models import Round, ScoringModel
from criteria.progress import latest_round
from criteria.states import ROUND_MOVES, SEALED, ModelState, RoundState


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
    permissions.may_set_up_round(by, edition, scoring_model).require()
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
    return _open(scoring_round, now, by)


def _open(scoring_round: Round, now: datetime, by: Person | None) -> Round:
    """A round without a closing time gets that of the stage with which the clock would close it."""
    stage = Stage.objects.filter(
        edition=scoring_round.edition_id,
        kind=StageKind.SCORING,
        advances_by_itself=True,
        closes_at__gt=max(now, scoring_round.opens_at or now),
    ).first()
    closes_at = scoring_round.closes_at or (stage and stage.closes_at)
    times = {"opens_at": scoring_round.opens_at or now, "closes_at": closes_at}
    return _move("open_round", scoring_round, by, **times)


@transaction.atomic
def close_round(*, scoring_round: Round, by: Person) -> Round:
    """End the scoring and write the journal: from now on organiser and chair see the scores."""
    permissions.may_close_round(by, scoring_round).require()
    return _move("close_round", scoring_round, by)


@transaction.atomic
def reopen_round(*, scoring_round: Round, closes_at: datetime | None, now: datetime, by: Person) -> Round:
    """Take scores again until `closes_at` and write the journal; the scores are sealed again meanwhile."""
    list(Round.objects.select_for_update().filter(pk=scoring_round.pk))  # no meeting opens meanwhile
    permissions.may_reopen_round(by, scoring_round).require()
    _is_ahead(closes_at, now)
    reopened = _move("reopen_round", scoring_round, by, closes_at=closes_at)
    _bring_stage_along(reopened, now, by)
    return reopened


@transaction.atomic
def extend_round(*, scoring_round: Round, closes_at: datetime, now: datetime, by: Person) -> Round:
    """Move the closing time and write the journal with both times."""
    permissions.may_extend_round(by, scoring_round).require()
    _is_ahead(closes_at, now)
    _change_times(scoring_round, scoring_round.opens_at, closes_at, by)
    _bring_stage_along(scoring_round, now, by)
    return scoring_round


def hold_round(scoring_round: Round) -> Round:
    """The round read anew and locked until all is written: nor it nor its meeting is reopened meanwhile."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("edition", "scoring_model")
    return rows.get(pk=scoring_round.pk)


def open_rounds_on_time(now: datetime) -> int:
    """Open the planned rounds whose time has come, in running editions; gives how many. The clock's work.

    One waits for the stage of scoring, the round before it, and what keeps the organiser's button shut.
    """
    stages = Stage.objects.filter(edition=OuterRef("edition"), kind=StageKind.SCORING)
    before = Round.objects.filter(
        edition=OuterRef("edition"),
        position__lt=OuterRef("position"),
        state__in=[RoundState.PLANNED, RoundState.OPEN],
    )
    due = Round.objects.filter(
        ~Exists(before),
        ~Exists(stages.exclude(state=StageState.OPEN)),
        state=RoundState.PLANNED,
        edition__state=EditionState.RUNNING,
        opens_at__lte=now,
    )
    return sum(_open_on_time(pk, now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _open_on_time(pk: int, now: datetime) -> bool:
    """Open it unless somebody was faster, or something stands in the way."""
    still = Round.objects.select_for_update(of=("self",)).filter(
        pk=pk, state=RoundState.PLANNED, opens_at__lte=now
    )
    scoring_round = still.select_related("edition", "scoring_model").first()
    if scoring_round is None or not permissions.is_ready_to_open(scoring_round, now):
        return False
    _open(scoring_round, now, None)
    return True


def close_rounds_on_time(now: datetime) -> int:
    """Close the rounds whose time has passed, in running editions; gives how many. The clock's work.

    A round without a time of its own closes with its stage, where the clock moves that one.
    """
    stage = "edition__stages__"
    with_the_stage = Q(**{
        "closes_at": None, f"{stage}kind": StageKind.SCORING, f"{stage}state": StageState.OPEN,
        f"{stage}advances_by_itself": True, f"{stage}closes_at__lte": now,
    })  # fmt: skip
    due = Round.objects.filter(state=RoundState.OPEN, edition__state=EditionState.RUNNING)
    due = due.filter(Q(closes_at__lte=now) | with_the_stage)
    return sum(_close_on_time(pk, now) for pk in set(due.values_list("pk", flat=True)))


@transaction.atomic
def _close_on_time(pk: int, now: datetime) -> bool:
    """Close it unless somebody was faster: extended or closed it."""
    still = Round.objects.select_for_update(of=("self",)).filter(pk=pk, state=RoundState.OPEN)
    scoring_round = still.select_related("edition").first()
    if scoring_round is None or (scoring_round.closes_at and scoring_round.closes_at > now):
        return False
    _move("close_round", scoring_round, None)
    return True


def follow_scoring_stage(stage: Stage, verb: str, by: Person | None) -> None:
    """Keep the edition's latest round in step with its scoring stage: closed, reopened or moved with it."""
    scoring_round = latest_round(stage.edition)
    if scoring_round is None:
        return
    scoring_round.edition = stage.edition
    if verb == "close_stage" and scoring_round.state == RoundState.OPEN:
        _move("close_round", scoring_round, by)
    elif verb == "reopen_stage":
        _reopen_with_the_stage(scoring_round, stage, by)
    elif verb in ("extend_stage", "set_times"):
        _move_with_the_stage(scoring_round, stage, by)


def _reopen_with_the_stage(scoring_round: Round, stage: Stage, by: Person | None) -> None:
    if scoring_round.state == RoundState.REVEALED:
        no(_("The jurors have seen one another's scores, so the scoring cannot be taken up again.")).require()
    if scoring_round.state == RoundState.CLOSED:
        list(Round.objects.select_for_update().filter(pk=scoring_round.pk))  # no meeting opens meanwhile
        permissions.nothing_rests_on(scoring_round).require()
        _move("reopen_round", scoring_round, by, closes_at=stage.closes_at)


def _move_with_the_stage(scoring_round: Round, stage: Stage, by: Person | None) -> None:
    """A round without times takes over those of the stage; one that has begun keeps when it began."""
    if scoring_round.state not in SEALED:
        return
    is_bare = scoring_round.opens_at is None and scoring_round.closes_at is None
    has_begun = scoring_round.state == RoundState.OPEN or stage.state != StageState.AHEAD
    opens_by_hand = scoring_round.opens_at is None
    keeps = not is_bare and (has_begun or opens_by_hand)
    opens_at = scoring_round.opens_at if keeps else stage.opens_at
    if opens_at and stage.closes_at and stage.closes_at <= opens_at:
        opens_at = stage.opens_at
    if (scoring_round.opens_at, scoring_round.closes_at) == (opens_at, stage.closes_at):
        return
    _change_times(scoring_round, opens_at, stage.closes_at, by)


def _bring_stage_along(scoring_round: Round, now: datetime, by: Person) -> None:
    """Let the scoring stage under way close when its round does, so that the site says one time.

    Where that would let it close after a later stage does, it keeps its time and waits for the round.
    """
    closes_at = scoring_round.closes_at
    stage = Stage.objects.filter(
        edition=scoring_round.edition_id, kind=StageKind.SCORING, state=StageState.OPEN
    ).first()
    if stage is None or stage.closes_at is None or closes_at in (None, stage.closes_at):
        return
    times = Times(stage.opens_at, closes_at, stage.advances_by_itself)
    if not trouble_with(stage, times, now):
        move_closing_time(stage=stage, closes_at=closes_at, reason="", now=now, by=by)


def _change_times(
    scoring_round: Round, opens_at: datetime | None, closes_at: datetime | None, by: Person | None
) -> None:
    before = scoring_round.closes_at
    still = Round.objects.filter(pk=scoring_round.pk, state__in=SEALED)
    if not still.update(opens_at=opens_at, closes_at=closes_at):
        no(_("The scoring has closed. Reopen the round instead.")).require()
    scoring_round.refresh_from_db()
    times = {"before": _said(before), "after": _said(closes_at)}
    journal.record("extend_round", scoring_round, by=by, edition=scoring_round.edition, **times)


@transaction.atomic
def reveal_round(*, scoring_round: Round, now: datetime, by: Person) -> Round:
    """Let the jurors see one another's scores and write the journal. There is no way back."""
    permissions.may_reveal_round(by, scoring_round).require()
    return _move("reveal_round", scoring_round, by, revealed_at=now)


def _said(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _is_ahead(closes_at: datetime | None, now: datetime) -> None:
    if closes_at is not None and closes_at <= now:
        no(_("The closing time has already passed. Choose a later one first.")).require()


def _move(verb: str, scoring_round: Round, by: Person | None, **changes: object) -> Round:
    move = moves.find(ROUND_MOVES, verb)
    edition = scoring_round.edition
    if not moves.take(move, scoring_round, **changes):
        no(move.says).require()
    journal.record(verb, scoring_round, by=by, edition=edition)
    return scoring_round
