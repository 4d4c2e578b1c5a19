"""Until when a municipality may write: the stage that takes its texts, with what was extended for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Prefetch, Q, Value, prefetch_related_objects

from awards.models import Edition, Stage
from awards.states import WRITING_STAGES, StageState
from nominees.models import Nomination


@dataclass(frozen=True, slots=True)
class Window:
    """The stage during which an entry is written. `stage` is None when the edition has none such."""

    stage: Stage | None
    closes_at: datetime | None
    has_begun: bool
    is_extended: bool  # for this municipality alone, after the stage has closed for the others

    def is_open(self, now: datetime) -> bool:
        """Whether texts are taken at this instant."""
        return self.has_begun and (self.closes_at is None or self.closes_at > now)


def read_stages(edition: Edition, code: str) -> None:
    """Read an edition's stages with what was extended for this municipality, in one query, once."""
    stages = Stage.objects.order_by("position").annotate(
        extended_for=Value(code),
        own_until=Max("extensions__closes_at", filter=Q(extensions__municipality_code=code)),
    )
    prefetch_related_objects([edition], Prefetch("stages", queryset=stages))


def window(nomination: Nomination) -> Window:
    """The window for this entry: no query after `read_stages`, or with `stages__extensions` prefetched."""
    code = nomination.municipality.code
    found = [_of(stage, code) for stage in nomination.edition.stages.all() if stage.kind in WRITING_STAGES]
    begun = [each for each in found if each.has_begun]
    if begun:
        return begun[-1]
    ahead = next((each for each in found if each.stage.state == StageState.AHEAD), None)
    return ahead or (found[-1] if found else Window(None, None, has_begun=False, is_extended=False))


def stage_to_extend(nomination: Nomination) -> Stage | None:
    """The stage whose time can be lengthened for one municipality: the last writing stage that has begun."""
    begun = (StageState.OPEN, StageState.CLOSED)
    stages = nomination.edition.stages.all()
    return next(
        (each for each in reversed(stages) if each.kind in WRITING_STAGES and each.state in begun), None
    )


def deadline(nomination: Nomination) -> datetime | None:
    """When this municipality's door closes, or None while nothing is open or no time is set."""
    found = window(nomination)
    return found.closes_at if found.has_begun else None


def _of(stage: Stage, code: str) -> Window:
    """A stage that has closed for all may stay open for one, by an extension in its name.

    What was extended for all has moved the stage's own closing time, earlier or later, and is no second one.
    """
    own = _extension(stage, code)
    if stage.state == StageState.CLOSED:
        return Window(stage, own or stage.closes_at, has_begun=own is not None, is_extended=own is not None)
    times = [each for each in (stage.closes_at, own) if each]
    closes_at = max(times) if stage.closes_at else None
    return Window(stage, closes_at, has_begun=stage.state == StageState.OPEN, is_extended=False)


def _extension(stage: Stage, code: str) -> datetime | None:
    """The latest time given to this municipality alone."""
    if getattr(stage, "extended_for", None) == code:
        return stage.own_until
    found = stage.extensions.all()
    return max((each.closes_at for each in found if each.municipality_code == code), default=None)
