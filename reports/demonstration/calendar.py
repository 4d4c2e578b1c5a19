"""When things happen in the rehearsals, counted in days from the day of loading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from awards.formats import STOCKHOLM, local
from awards.states import StageKind, StageState

OPENS, CLOSES = time(9, 0), time(23, 59)


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """One stage: how many days from today it opens and closes, and where it is."""

    kind: str
    opens: int
    closes: int
    state: str


def _line(*rows: tuple[str, int, int], now_at: int) -> tuple[PlannedStage, ...]:
    """`now_at` is the number of stages behind; a row that has begun after them is under way."""
    return tuple(
        PlannedStage(
            kind,
            opens,
            closes,
            StageState.CLOSED
            if number < now_at
            else (StageState.OPEN if opens <= 0 and number == now_at else StageState.AHEAD),
        )
        for number, (kind, opens, closes) in enumerate(rows)
    )


K = StageKind
CALENDARS = {
    2027: _line(
        (K.CALL, -150, -95),
        (K.NOMINATION, -80, -45),
        (K.SCORING, -21, 9),
        (K.CONSENSUS, 12, 14),
        (K.DECISION, 14, 21),
        (K.CEREMONY, 45, 46),
        (K.FEEDBACK, 50, 80),
        now_at=2,
    ),
    2029: _line(
        (K.CALL, -24, 18),
        (K.NOMINATION, 30, 60),
        (K.SCORING, 75, 105),
        (K.CONSENSUS, 108, 110),
        (K.DECISION, 110, 117),
        (K.CEREMONY, 150, 151),
        (K.FEEDBACK, 155, 185),
        now_at=0,
    ),
    2031: _line(
        (K.CALL, -200, -150),
        (K.NOMINATION, -130, -90),
        (K.SCORING, -45, -3),
        (K.CONSENSUS, 4, 5),
        (K.DECISION, 5, 12),
        (K.CEREMONY, 40, 41),
        (K.FEEDBACK, 45, 75),
        now_at=3,
    ),
}


def instant(now: datetime, days: int, at: time) -> datetime:
    """`days` from today at a wall time in Stockholm."""
    return datetime.combine(day(now, days), at, tzinfo=STOCKHOLM)


def day(now: datetime, days: int) -> date:
    """The date `days` from today in Stockholm."""
    return local(now).date() + timedelta(days=days)


def span(now: datetime, stage: PlannedStage) -> tuple[datetime, datetime]:
    """When a stage opens and closes."""
    return instant(now, stage.opens, OPENS), instant(now, stage.closes, CLOSES)


def of_kind(year: int, kind: str) -> PlannedStage:
    """The stage of this kind in the rehearsal of this year."""
    return next(stage for stage in CALENDARS[year] if stage.kind == kind)
