"""The jury as readers of letters: all jurors, and those who have entries left to score."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards import formats
from awards.addressees import Addressee, Group
from awards.models import Edition, Role
from awards.reminders import Source
from awards.states import LetterPurpose, RoleKind
from criteria.models import Round
from criteria.progress import latest_round, matrix
from criteria.states import PEN, RoundState

NAMES = ("name", "seat", "edition", "deadline", "link", "edition_link", "remaining")


def jurors(edition: Edition, now: datetime) -> list[Addressee]:
    """Every juror in force: four queries."""
    scoring_round, remains = _left(edition)
    seats = Role.objects.in_force(now).filter(edition=edition, kind=RoleKind.JUROR, person__is_active=True)
    return [
        juror(seat, edition, scoring_round, remains.get(seat.pk, 0), now)
        for seat in seats.select_related("person").order_by("seat", "pk")
    ]


def behind(edition: Edition, now: datetime) -> list[Addressee]:
    """The jurors with something left while the scoring is open. Where they stand aside nothing is left."""
    scoring_round, remains = _left(edition)
    if scoring_round is None or scoring_round.state != RoundState.OPEN:
        return []
    left = [pk for pk, number in remains.items() if number]
    seats = Role.objects.in_force(now).filter(pk__in=left, person__is_active=True)
    return [
        juror(seat, edition, scoring_round, remains[seat.pk], now)
        for seat in seats.select_related("person").order_by("seat", "pk")
    ]


def leads(edition: Edition, now: datetime) -> list[Addressee]:
    """The chair and the deputy chair."""
    seats = Role.objects.in_force(now).filter(edition=edition, kind__in=PEN, person__is_active=True)
    scoring_round = latest_round(edition)
    found = seats.select_related("person").order_by("kind", "pk")
    return [juror(seat, edition, scoring_round, 0, now) for seat in found]


def deadlines_of(edition: Edition) -> Iterator[datetime]:
    """When the open round closes: one query."""
    scoring_round = latest_round(edition)
    if scoring_round and scoring_round.state == RoundState.OPEN and scoring_round.closes_at:
        yield scoring_round.closes_at


def juror(
    seat: Role, edition: Edition, scoring_round: Round | None, remains: int, now: datetime
) -> Addressee:
    """One seat of the jury with the words of its letters."""
    language = formats.written_language(seat.person.language)
    closes_at = scoring_round.closes_at if scoring_round else None
    home = "scoring_list" if seat.kind == RoleKind.JUROR else "desk"
    with translation.override(language):
        words = {
            "name": seat.person.get_full_name(),
            "seat": seat.seat or str(seat.get_kind_display()),
            "edition": f"{edition.award} {edition.title}",
            "deadline": formats.deadline(closes_at, language, now=now) or _("on a day that is told later"),
            "link": settings.BASE_URL + reverse(home),
            "edition_link": settings.BASE_URL + edition.get_absolute_url(),
            "remaining": ngettext("one entry", "%(count)s entries", remains) % {"count": remains},
        }
    return Addressee(
        key=f"role:{seat.pk}",
        person=seat.person,
        about=words["seat"],
        words=words,
        deadline=closes_at,
        since=seat.began_at,
    )


GROUPS = (
    Group("jurors", gettext_lazy("All jurors"), jurors, NAMES, 50, is_whole=True),
    Group("jurors-behind", gettext_lazy("Jurors who have entries left"), behind, NAMES, 60),
    Group("leads", gettext_lazy("The chair and the deputy chair"), leads, NAMES[:-1], 70, is_whole=True),
)
REMINDERS = Source(LetterPurpose.REMINDER_JUROR, "jurors-behind", deadlines_of)


def _left(edition: Edition) -> tuple[Round | None, dict[int, int]]:
    scoring_round = latest_round(edition)
    if scoring_round is None:
        return None, {}
    return scoring_round, {line.juror: line.remains for line in matrix(scoring_round).lines}
