"""An edition's life and its stages: each verb written out, all of them moved in one way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from awards import gates, moves, permissions
from awards.journal import record
from awards.models import Edition, Person, Stage
from awards.states import EDITION_MOVES, STAGE_MOVES, EditionState, StageState
from awards.verdicts import no


def open_edition(*, edition: Edition, by: Person | None) -> Edition:
    """Begin: planned to running."""
    return _move_edition("open", edition, by)


def pause_edition(*, edition: Edition, reason: str = "", by: Person | None) -> Edition:
    """Stop the clock for a while."""
    return _move_edition("pause", edition, by, reason)


def resume_edition(*, edition: Edition, by: Person | None) -> Edition:
    """Go on after a pause or a postponement."""
    return _move_edition("resume", edition, by)


def postpone_edition(*, edition: Edition, reason: str = "", by: Person | None) -> Edition:
    """Put the edition off to later dates."""
    return _move_edition("postpone", edition, by, reason)


def cancel_edition(*, edition: Edition, reason: str = "", by: Person | None) -> Edition:
    """Call the edition off; what there is stays."""
    return _move_edition("cancel", edition, by, reason)


def conclude_edition(*, edition: Edition, by: Person | None) -> Edition:
    """The edition is over and its outcome stands."""
    return _move_edition("conclude", edition, by)


def archive_edition(*, edition: Edition, by: Person | None) -> Edition:
    """Put the edition away: every role in it loses what was never published."""
    return _move_edition("archive", edition, by)


def open_stage(*, stage: Stage, by: Person | None) -> Stage:
    """Let a stage begin."""
    return _move_stage("open_stage", stage, by)


def close_stage(*, stage: Stage, by: Person | None, in_spite_of: str = "") -> Stage:
    """End a stage once nothing stands in the way, or `in_spite_of` it with the organiser's reason."""
    blocking = gates.blockers(stage.edition, stage.kind)
    if blocking and not in_spite_of:
        no(blocking[0].text).require()
    return _move_stage("close_stage", stage, by, in_spite_of)


def reopen_stage(*, stage: Stage, reason: str = "", by: Person | None) -> Stage:
    """Take a closed stage up again."""
    return _move_stage("reopen_stage", stage, by, reason)


def advance_stages(now: datetime) -> int:
    """Open and close the stages that the clock moves and nothing holds back; gives how many moved."""
    moved = 0
    by_the_clock = Stage.objects.filter(
        advances_by_itself=True, edition__state=EditionState.RUNNING
    ).select_related("edition")
    for stage in by_the_clock.filter(state=StageState.OPEN, closes_at__lte=now):
        if not gates.blockers(stage.edition, stage.kind):
            close_stage(stage=stage, by=None)
            moved += 1
    for stage in by_the_clock.filter(state=StageState.AHEAD, opens_at__lte=now):
        open_stage(stage=stage, by=None)
        moved += 1
    return moved


@transaction.atomic
def _move_edition(verb: str, edition: Edition, by: Person | None, reason: str = "") -> Edition:
    move = moves.find(EDITION_MOVES, verb)
    permissions.may_move_edition(by, edition, move).require()
    if not moves.take(move, edition):
        no(move.says).require()
    record(f"{verb}_edition", edition, by=by, edition=edition, **({"reason": reason} if reason else {}))
    return edition


@transaction.atomic
def _move_stage(verb: str, stage: Stage, by: Person | None, reason: str = "") -> Stage:
    move = moves.find(STAGE_MOVES, verb)
    permissions.may_move_stage(by, stage.edition, move, stage.state).require()
    if not moves.take(move, stage):
        no(move.says).require()
    record(verb, stage, by=by, kind=stage.kind, **({"reason": reason} if reason else {}))
    return stage
