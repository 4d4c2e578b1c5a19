"""How long what is kept of an edition, counted from the ceremony: a proposal that removes nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.models import Edition
from awards.states import StageKind


@dataclass(frozen=True)
class Kind:
    """One kind of what is kept: what, how long (None: for ever, 0: until the edition is archived), how."""

    what: object
    months: int | None
    then: object


@dataclass(frozen=True)
class Planned:
    """The same with its day; None where there is none, or the ceremony's day is not known."""

    kind: Kind
    until: date | None

    @property
    def how_long(self) -> object:
        """In words."""
        if self.kind.months is None:
            return _("is kept")
        if self.kind.months == 0:
            return _("until the edition is archived")
        return _("%(months)s months after the ceremony") % {"months": self.kind.months}


MONTHS_OF_NAMES = 12
PLAN = (
    Kind(
        _("Access of jurors, contacts and the organiser"), 0, _("ends by itself when the edition is archived")
    ),
    Kind(
        _("Names and addresses of people, letters, invitations"), MONTHS_OF_NAMES,
        _("made anonymous on this page; seats and figures stay"),
    ),
    Kind(_("Jurors' own notes and ties"), 12, _("taken away together with the names")),
    Kind(
        _("Scores, sheets and what the jury wrote"), 48,
        _("without names; kept so long that the next two juries can be compared"),
    ),
    Kind(
        _("Applications that were sent in, with their material"), 48,
        _("the municipality keeps its own, as a public record; the package holds a copy"),
    ),
    Kind(
        _("Decisions, motivations, who was nominated and who won"), None,
        _("the award's history, with no private person in it"),
    ),
    Kind(_("The journal"), None, _("knows people by number only")),
)  # fmt: skip


def ceremony_of(edition: Edition) -> date | None:
    """The day to count from: the ceremony's, else the fair's last; None where neither is known."""
    held = [stage for stage in edition.stages.all() if stage.kind == StageKind.CEREMONY]
    stage = max(held, key=lambda stage: stage.position, default=None)
    at = stage and (stage.closes_at or stage.opens_at)
    if at:
        return formats.local(at).date()
    return edition.fair.ends or edition.fair.starts


def plan_of(edition: Edition) -> tuple[Planned, ...]:
    """Every kind with the day until which it is proposed to be kept."""
    counted_from = ceremony_of(edition)
    return tuple(Planned(kind, _after(counted_from, kind.months)) for kind in PLAN)


def names_kept_until(edition: Edition) -> date | None:
    """The day on which forgetting the people falls due; None where the ceremony's day is not known."""
    return _after(ceremony_of(edition), MONTHS_OF_NAMES)


def _after(day: date | None, months: int | None) -> date | None:
    """The same day so many months later, or the month's last where it has no such day."""
    if day is None or not months:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
