"""Which stages an edition usually has, and when they lie before and after its ceremony; no query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.states import StageKind

OPENS, CLOSES = time(9, 0), time(23, 59)
K = StageKind


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """One stage, in days from the ceremony; minus is before."""

    kind: str
    opens: int
    closes: int

    def span(self, ceremony: date | None) -> tuple[datetime | None, datetime | None]:
        """When it opens (09:00) and closes (23:59) in Stockholm; nothing while the ceremony has no date."""
        if ceremony is None:
            return None, None
        return _at(ceremony, self.opens, OPENS), _at(ceremony, self.closes, CLOSES)


@dataclass(frozen=True, slots=True)
class StageTemplate:
    """A usual order of stages."""

    label: str | Promise
    stages: tuple[PlannedStage, ...]


def _line(*rows: tuple[str, int, int]) -> tuple[PlannedStage, ...]:
    return tuple(PlannedStage(*row) for row in rows)


# Whole weeks from the ceremony wherever a weekday matters: deadlines fall on the ceremony's weekday.
_AFTER = ((K.CEREMONY, 0, 0), (K.FEEDBACK, 7, 49), (K.ARCHIVE, 56, 140))
_AGREEING = ((K.SCORING, -112, -56), (K.CONSENSUS, -49, -43), (K.DECISION, -42, -28))
TEMPLATES = {
    "application": StageTemplate(
        _("Application, nomination, scoring and decision"),
        _line((K.CALL, -350, -224), (K.NOMINATION, -217, -168), *_AGREEING, *_AFTER),
    ),
    "hearing": StageTemplate(
        _("The same with a hearing and a site visit"),
        _line(
            (K.CALL, -350, -224),
            (K.NOMINATION, -217, -168),
            (K.SCORING, -161, -112),
            (K.HEARING, -105, -91),
            (K.SITE_VISIT, -84, -56),
            *_AGREEING[1:],
            *_AFTER,
        ),
    ),
    "key_figures": StageTemplate(
        _("Screening on key figures; nobody applies"),
        _line(
            (K.SCREENING, -294, -224),
            (K.EXTERNAL_EVALUATION, -217, -168),
            (K.NOMINATION, -161, -119),
            *_AGREEING,
            *_AFTER,
        ),
    ),
    "short": StageTemplate(
        _("A short one: application, scoring and decision within ten weeks"),
        _line(
            (K.CALL, -70, -42),
            (K.SCORING, -35, -21),
            (K.CONSENSUS, -14, -8),
            (K.DECISION, -7, -1),
            (K.CEREMONY, 0, 0),
            (K.FEEDBACK, 7, 28),
        ),
    ),
}


def _at(ceremony: date, days: int, at: time) -> datetime:
    return datetime.combine(ceremony + timedelta(days=days), at, tzinfo=formats.STOCKHOLM).astimezone(UTC)
