"""An edition's life and its stages: each verb written out, all of them moved in one way."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import followers, gates, moves, permissions
from awards.actions.ceremony import put_off_ceremony
from awards.actions.times import move_closing_time, shift_stages
from awards.closing import STRANDED, left_open
from awards.journal import record
from awards.models import Edition, JournalEntry, Person, Stage
from awards.states import AFTERWARDS, EDITION_MOVES, STAGE_MOVES, EditionState, LetterState, StageState
from awards.verdicts import no


def open_edition(*, edition: Edition, by: Person | None) -> Edition:
    """Begin: planned to running."""
    return _move_edition("open", edition, by)


def pause_edition(*, edition: Edition, reason: str = "", by: Person | None) -> Edition:
    """Stop the clock for a while."""
    return _move_edition("pause", edition, by, reason)


def resume_edition(*, edition: Edition, by: Person | None) -> Edition:
    """Go on after a pause or a postponement; what was put off before it had opened is planned again."""
    is_unopened = edition.state == EditionState.POSTPONED and not _has_begun(edition)
    return _move_edition("resume_unopened" if is_unopened else "resume", edition, by, told="resume")


@transaction.atomic
def postpone_edition(
    *,
    edition: Edition,
    reason: str = "",
    ceremony_was: date | None = None,
    ceremony_is: date | None = None,
    move_stages: bool = False,
    by: Person | None,
) -> Edition:
    """Put the edition off, with the ceremony's old and new day kept.

    With `move_stages` what has not closed moves as many days, at the same time of the day in Stockholm.
    """
    moved = _move_edition("postpone", edition, by, reason)
    if ceremony_is is None:
        return moved
    if ceremony_was is not None and ceremony_is <= ceremony_was:
        no(_("The new day of the ceremony must come after the old one.")).require()
    put_off_ceremony(edition, ceremony_was, ceremony_is)
    if move_stages and ceremony_was is not None:
        shift_stages(edition=edition, days=(ceremony_is - ceremony_was).days, reason=reason, by=by)
    return moved


def cancel_edition(*, edition: Edition, reason: str = "", by: Person | None) -> Edition:
    """Call the edition off; what there is stays."""
    return _move_edition("cancel", edition, by, reason)


def conclude_edition(*, edition: Edition, reason: str = "", by: Person | None) -> Edition:
    """The edition is over and its outcome stands; with a `reason` where something remains in open stages."""
    remaining = left_open(edition)
    if remaining and not reason.strip():
        no(remaining[0].text).require()
    return _move_edition("conclude", edition, by, reason.strip())


@transaction.atomic
def archive_edition(*, edition: Edition, by: Person | None) -> Edition:
    """Put the edition away: every role in it loses what was never published; letters stranded are stopped."""
    archived = _move_edition("archive", edition, by)
    letters = edition.letters.filter(state__in=STRANDED).update(state=LetterState.CANCELLED)
    if letters:
        record("cancel_letters", edition, by=by, edition=edition, letters=letters)
    return archived


@transaction.atomic
def open_stage(
    *, stage: Stage, closes_at: datetime | None = None, now: datetime | None = None, by: Person | None
) -> Stage:
    """Let a stage begin; one whose closing time has passed needs a new one, and the old is kept."""
    permissions.may_open_stage(by, stage).require()
    opened = _move_stage("open_stage", stage, by)
    _has_time_left(opened, closes_at, "", now or timezone.now(), by)
    return opened


@transaction.atomic
def close_stage(*, stage: Stage, in_spite_of: str = "", by: Person | None) -> Stage:
    """End a stage once nothing stands in the way, or `in_spite_of` it with the organiser's reason."""
    blocking = (gates.blockers if by else gates.holding_the_clock)(stage.edition, stage.kind)
    if blocking and not in_spite_of.strip():
        no(blocking[0].text).require()
    return _move_stage("close_stage", stage, by, in_spite_of.strip())


@transaction.atomic
def advance_edition(
    *,
    stage: Stage,
    in_spite_of: str = "",
    next_closes_at: datetime | None = None,
    now: datetime | None = None,
    by: Person,
) -> Stage | None:
    """Close the stage and open the next that lies ahead, both or neither; gives the one opened."""
    close_stage(stage=stage, in_spite_of=in_spite_of, by=by)
    following = stage.edition.stages.filter(position__gt=stage.position, state=StageState.AHEAD)
    following = following.select_related("edition").first()
    return open_stage(stage=following, closes_at=next_closes_at, now=now, by=by) if following else None


@transaction.atomic
def reopen_stage(
    *, stage: Stage, reason: str = "", closes_at: datetime | None = None, now: datetime, by: Person | None
) -> Stage:
    """Take a closed stage up again; where its time has passed it needs a new one, and the old is kept."""
    reopened = _move_stage("reopen_stage", stage, by, reason)
    _has_time_left(reopened, closes_at, reason, now, by)
    followers.follow(reopened, "reopen_stage", by)
    return reopened


def advance_stages(now: datetime) -> int:
    """Open and close the stages that the clock moves and nothing holds back; gives how many moved."""
    moved = sum(_close_by_the_clock(pk, now) for pk in _to_close(now).values_list("pk", flat=True))
    return moved + sum(_open_by_the_clock(pk, now) for pk in _to_open(now).values_list("pk", flat=True))


def _by_the_clock() -> QuerySet[Stage]:
    """The stages that the clock moves on: of a running edition, and what comes after a concluded one."""
    afterwards = Q(edition__state=EditionState.CONCLUDED, kind__in=AFTERWARDS)
    return Stage.objects.filter(Q(edition__state=EditionState.RUNNING) | afterwards, advances_by_itself=True)


def _to_close(now: datetime) -> QuerySet[Stage]:
    return _by_the_clock().filter(state=StageState.OPEN, closes_at__lte=now)


def _to_open(now: datetime) -> QuerySet[Stage]:
    """One whose closing time has passed before it opened waits for somebody to give it a new one."""
    return _by_the_clock().filter(state=StageState.AHEAD, opens_at__lte=now).exclude(closes_at__lte=now)


@transaction.atomic
def _close_by_the_clock(pk: int, now: datetime) -> bool:
    """Close the stage unless somebody was faster: moved its time, closed it or stopped the edition."""
    still = _to_close(now).select_for_update(of=("self",))
    stage = still.select_related("edition").filter(pk=pk).first()
    if stage is None or gates.holding_the_clock(stage.edition, stage.kind):
        return False
    return _tried(close_stage, stage)


@transaction.atomic
def _open_by_the_clock(pk: int, now: datetime) -> bool:
    still = _to_open(now).select_for_update(of=("self",))
    stage = still.select_related("edition").filter(pk=pk).first()
    return stage is not None and _tried(partial(open_stage, now=now), stage)


def _has_time_left(
    stage: Stage, closes_at: datetime | None, reason: str, now: datetime, by: Person | None
) -> None:
    """Give the stage under way its new closing time; without one its own must not have passed."""
    if closes_at is not None and closes_at != stage.closes_at:
        move_closing_time(stage=stage, closes_at=closes_at, reason=reason, now=now, by=by)
    elif stage.closes_at is not None and stage.closes_at <= now:
        no(_("The time of the stage has passed. Choose a new closing time that lies ahead.")).require()


def _tried(act, stage: Stage) -> bool:
    """One stage that may not move keeps no other from moving."""
    try:
        with transaction.atomic():
            act(stage=stage, by=None)
    except PermissionDenied:
        return False
    return True


@transaction.atomic
def _move_edition(
    verb: str, edition: Edition, by: Person | None, reason: str = "", *, told: str = ""
) -> Edition:
    move = moves.find(EDITION_MOVES, verb)
    permissions.may_move_edition(by, edition, move).require()
    if not moves.take(move, edition):
        no(move.says).require()
    because = {"reason": reason} if reason else {}
    record(f"{told or verb}_edition", edition, by=by, edition=edition, **because)
    return edition


def _has_begun(edition: Edition) -> bool:
    """Whether somebody has opened the edition, or any stage in it."""
    told = JournalEntry.objects.filter(verb="open_edition", thing="edition", thing_id=edition.pk)
    return edition.stages.exclude(state=StageState.AHEAD).exists() or told.exists()


def _move_stage(verb: str, stage: Stage, by: Person | None, reason: str = "") -> Stage:
    move = moves.find(STAGE_MOVES, verb)
    edition = stage.edition
    permissions.may_move_stage(by, stage, move).require()
    if not moves.take(move, stage):
        no(move.says).require()
    record(verb, stage, by=by, edition=edition, kind=stage.kind, **({"reason": reason} if reason else {}))
    if verb != "reopen_stage":  # that one first gets its new time
        followers.follow(stage, verb, by)
    return stage
