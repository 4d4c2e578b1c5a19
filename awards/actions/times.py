"""When stages open and close: moved for all or extended for one, with every earlier deadline kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import followers, formats, permissions, wall_times
from awards.actions.ceremony import day_of, keep_ceremony_in_step
from awards.journal import record
from awards.models import Edition, Person, Stage, StageExtension
from awards.shifts import wall_later
from awards.stage_order import Span, trouble
from awards.states import StageState
from awards.verdicts import no

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Times:
    """A stage's plan: when it opens and closes, and whether the clock moves it."""

    opens_at: datetime | None
    closes_at: datetime | None
    advances_by_itself: bool = False


@transaction.atomic
def set_times(*, stage: Stage, times: Times, reason: str = "", now: datetime, by: Person) -> Stage:
    """Change a stage's plan and write the journal; a closing time that moves is kept as an extension."""
    permissions.may_set_times(by, stage).require()
    if sentence := trouble_with(stage, times, now):
        no(sentence).require()
    before = Times(stage.opens_at, stage.closes_at, stage.advances_by_itself)
    if before == times:
        return stage
    day = day_of(stage)
    _write(stage, times, reason, by)
    keep_ceremony_in_step(stage, day)
    changes = {"kind": stage.kind, "opens": _said(times.opens_at), "closes": _said(times.closes_at)}
    clock = {"by_the_clock": times.advances_by_itself}
    record("set_times", stage, by=by, edition=stage.edition, **changes, **clock, **_because(reason))
    followers.follow(stage, "set_times", by)
    return stage


@transaction.atomic
def extend_stage(
    *,
    stage: Stage,
    closes_at: datetime,
    municipality_code: str = "",
    reason: str,
    now: datetime,
    by: Person,
) -> StageExtension | None:
    """Lengthen a stage for all, or for one municipality that alone may write on; with a journal row."""
    permissions.may_extend_stage(by, stage, municipality_code).require()
    if closes_at <= now:
        no(_("The new time must lie ahead.")).require()
    present = stage.closes_at if stage.state != StageState.CLOSED else None  # closed by hand it holds no more
    if present and closes_at <= present:
        no(_("The new time must come after the present one.")).require()
    if not municipality_code:
        return move_closing_time(stage=stage, closes_at=closes_at, reason=reason, now=now, by=by)
    own = stage.extensions.filter(municipality_code=municipality_code).order_by("-closes_at").first()
    if own and closes_at <= own.closes_at:
        no(format_lazy(_OWN_TIME, at=formats.deadline(own.closes_at, _language(), now=now))).require()
    extension = StageExtension.objects.create(
        stage=stage,
        municipality_code=municipality_code,
        closed_before=own.closes_at if own else stage.closes_at,
        closes_at=closes_at,
        reason=reason.strip()[:LONGEST_REASON],
        by=by,
    )
    _tell_extension(extension, stage, reason, by)
    return extension


@transaction.atomic
def move_closing_time(
    *, stage: Stage, closes_at: datetime, reason: str, now: datetime, by: Person
) -> StageExtension | None:
    """Let the stage close at another time for everybody; the earlier time is kept, the journal written."""
    permissions.may_set_times(by, stage).require()
    times = Times(stage.opens_at, closes_at, stage.advances_by_itself)
    if sentence := trouble_with(stage, times, now):
        no(sentence).require()
    day = day_of(stage)
    extension = _write(stage, times, reason, by)
    keep_ceremony_in_step(stage, day)
    _tell_extension(extension, stage, reason, by)
    followers.follow(stage, "extend_stage", by)
    return extension


@transaction.atomic
def shift_stages(*, edition: Edition, days: int, reason: str, by: Person) -> None:
    """Move what has not closed by whole days, at the same time of the day in Stockholm."""
    permissions.may_schedule(by, edition).require()
    for stage in edition.stages.exclude(state=StageState.CLOSED).select_related("edition"):
        opens = stage.opens_at if stage.state == StageState.OPEN else days_later(stage.opens_at, days)
        times = Times(opens, days_later(stage.closes_at, days), stage.advances_by_itself)
        _write(stage, times, reason, by)
        followers.follow(stage, "set_times", by)
    record("shift_stages", edition, by=by, edition=edition, days=days)


def days_later(when: datetime | None, days: int) -> datetime | None:
    """The same time on the clock in Stockholm, `days` later; refused where it does not exist, or twice."""
    if when is None:
        return None
    wall = wall_later(when, days)
    if wall is None:
        no(_("The stages cannot be moved so far.")).require()
    try:
        return wall_times.instant(wall)
    except ValidationError as error:
        no(error.messages[0]).require()


def trouble_with(stage: Stage, times: Times, now: datetime) -> object:
    """What is impossible about these times among the edition's other stages; empty when nothing is."""
    is_new = times.closes_at != stage.closes_at
    if stage.state == StageState.OPEN and is_new and times.closes_at and times.closes_at <= now:
        return _("A stage under way closes at a time that lies ahead. To end it now, close it.")
    others = Stage.objects.filter(edition=stage.edition_id).order_by("position")
    return trouble(
        Span(each.what, times.opens_at, times.closes_at)
        if each.pk == stage.pk
        else Span(each.what, each.opens_at, each.closes_at)
        for each in others
    )


def _write(stage: Stage, times: Times, reason: str, by: Person) -> StageExtension | None:
    """Keep the earlier closing time, then change the row that is still in the state we know."""
    extension = None
    if stage.closes_at is not None and times.closes_at not in (None, stage.closes_at):
        extension = StageExtension.objects.create(
            stage=stage,
            closed_before=stage.closes_at,
            closes_at=times.closes_at,
            reason=reason.strip()[:LONGEST_REASON],
            by=by,
        )
    fields = {"opens_at": times.opens_at, "closes_at": times.closes_at}
    same = Stage.objects.filter(pk=stage.pk, state=stage.state, closes_at=stage.closes_at)
    if not same.update(advances_by_itself=times.advances_by_itself, **fields):
        no(_("Somebody else has just changed the stage. Look at it again.")).require()
    stage.refresh_from_db(fields=["opens_at", "closes_at", "advances_by_itself"])
    return extension


def _tell_extension(extension: StageExtension | None, stage: Stage, reason: str, by: Person) -> None:
    """The journal's row: about the extension, or the stage where it had no closing time before."""
    told = {"kind": stage.kind, "stage": stage.pk, "closes": _said(stage.closes_at)}
    if extension and extension.municipality_code:
        told |= {"municipality": extension.municipality_code, "closes": _said(extension.closes_at)}
    record("extend_stage", extension or stage, by=by, edition=stage.edition, **told, **_because(reason))


_OWN_TIME = _("The municipality already has until {at}. It can be given more time, not less.")


def _language() -> str:
    return formats.written_language(get_language())


def _said(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _because(reason: str) -> dict[str, str]:
    return {"reason": reason.strip()} if reason.strip() else {}
