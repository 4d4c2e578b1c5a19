"""Where an edition stands and when the next door closes, as one thin line of steps and one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import formats
from awards.states import EditionState, StageKind, StageState

SHOWN = (
    StageKind.CALL,
    StageKind.SCREENING,
    StageKind.NOMINATION,
    StageKind.SCORING,
    StageKind.CONSENSUS,
    StageKind.DECISION,
    StageKind.CEREMONY,
)
_WORDS = {
    StageState.CLOSED: gettext_lazy("done"),
    StageState.OPEN: gettext_lazy("under way"),
    StageState.AHEAD: gettext_lazy("still to come"),
}
_STOPPED = {
    EditionState.PAUSED: gettext_lazy("The edition is paused."),
    EditionState.POSTPONED: gettext_lazy("The edition is postponed."),
    EditionState.CANCELLED: gettext_lazy("The edition is cancelled."),
}
_ENDED = (EditionState.CONCLUDED, EditionState.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage on the line."""

    name: str
    state: str

    @property
    def is_done(self) -> bool:
        """Behind us: drawn with a tick."""
        return self.state == StageState.CLOSED

    @property
    def is_now(self) -> bool:
        """Under way: the current step."""
        return self.state == StageState.OPEN

    @property
    def css(self) -> str:
        """The class the step is drawn with."""
        return {StageState.CLOSED: "is-done", StageState.OPEN: "is-now"}.get(self.state, "is-next")

    @property
    def words(self) -> object:
        """The state in words, for those who do not see the drawing."""
        return _WORDS[self.state]


@dataclass(frozen=True, slots=True)
class StageLine:
    """The steps, and the sentence whose first words are strong."""

    steps: tuple[Step, ...]
    strong: str
    rest: str = ""


def stage_line(
    edition, stages: Iterable, now: datetime, language: str, deadline: datetime | None = None
) -> StageLine | None:
    """The line for an edition with its stages in order; None when there is nothing to draw.

    `deadline` replaces the open stage's own closing time, for a municipality that has another.
    """
    stages = [stage for stage in stages if stage.kind in SHOWN]
    if not stages:
        return None
    ended = edition.state in _ENDED
    steps = tuple(Step(str(stage.what), StageState.CLOSED if ended else stage.state) for stage in stages)
    return StageLine(steps, *_sentence(edition, stages, now, language, deadline))


def _sentence(edition, stages, now, language, deadline) -> tuple[str, str]:
    if edition.state in _ENDED or all(stage.state == StageState.CLOSED for stage in stages):
        return _("The edition is concluded."), ""
    if edition.state in _STOPPED:
        return str(_STOPPED[edition.state]), ""
    open_stage = next((stage for stage in reversed(stages) if stage.state == StageState.OPEN), None)
    if open_stage:
        return str(open_stage.what), _closing(deadline or open_stage.closes_at, now, language)
    ahead = next(stage for stage in stages if stage.state == StageState.AHEAD)
    return str(ahead.what), _opening(ahead.opens_at, now, language)


def _closing(at: datetime | None, now: datetime, language: str) -> str:
    if at is None:
        return _("is under way")
    words = {"when": formats.until(at, now, language), "at": formats.deadline(at, language, now=now)}
    if at <= now:
        return _("was to close %(at)s, and waits for the organiser") % words
    return _("closes %(when)s, %(at)s") % words


def _opening(at: datetime | None, now: datetime, language: str) -> str:
    if at is None or at <= now:
        return _("has not opened yet")
    words = {"when": formats.until(at, now, language), "at": formats.deadline(at, language, now=now)}
    return _("opens %(when)s, %(at)s") % words
