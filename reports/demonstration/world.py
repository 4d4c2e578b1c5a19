"""Loading the demonstration: what must be there first, and the three rehearsals one after another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from awards.journal import record
from awards.models import Award, Edition, Fair, Person, Stage
from awards.states import EditionState, StageKind, StageState
from nominees.models import Municipality, Nomination
from reports.demonstration import entries, people, scores
from reports.demonstration.calendar import CALENDARS, of_kind, span
from reports.demonstration.script import CODES, ESKILSTUNA

AWARD = "sveriges-kvalitetskommun"
NOTE = "Påhittad omgång för övning. Kommunerna är verkliga; allt som sägs om dem här är påhittat."
Play = Callable[[people.Cast, datetime], None]


def missing() -> list[str]:
    """The commands that must be run before the demonstration can be loaded, in order."""
    if Municipality.objects.filter(code__in=CODES).count() < len(CODES):
        return ["load_reference", "load_history"]
    known = Nomination.objects.filter(edition__key=entries.HISTORIC_KEY, municipality__code=ESKILSTUNA)
    return [] if known.exists() else ["load_history"]


def load(now: datetime) -> list[str]:
    """Make the rehearsals that are not there, each wholly or not at all; gives the keys of those made."""
    made = []
    for year, play in PLAYS.items():
        key = f"rehearsal-{year}"
        if Edition.objects.filter(key=key).exists():
            continue
        with transaction.atomic():
            cast = people.seat(_edition(key, year, now), people.accounts(), now)
            play(cast, now)
        made.append(key)
    return made


def accounts() -> list[str]:
    """The addresses to sign in with."""
    found = Person.objects.filter(is_demonstration=True).order_by("pk")
    return list(found.values_list("email", flat=True))


def _edition(key: str, year: int, now: datetime) -> Edition:
    fair = Fair.objects.create(label_year=year, theme="Repetition", venue="Göteborg", rehearsal=True)
    edition = Edition.objects.create(
        award=Award.objects.get_or_create(slug=AWARD, defaults={"name_sv": "Sveriges KvalitetsKommun"})[0],
        fair=fair,
        key=key,
        state=EditionState.RUNNING,
        is_rehearsal=True,
        nominee_list_complete=of_kind(year, StageKind.NOMINATION).state == StageState.CLOSED,
        note=NOTE,
    )
    for number, planned in enumerate(CALENDARS[year], start=1):
        opens_at, closes_at = span(now, planned)
        Stage.objects.create(
            edition=edition,
            kind=planned.kind,
            position=number,
            state=planned.state,
            opens_at=opens_at,
            closes_at=closes_at,
        )
    record("create_edition", edition, by=None, edition=edition)
    return edition


def _in_scoring(cast: people.Cast, now: datetime) -> None:
    edition = cast.seats["chair"].edition
    scores.open_scoring(cast, entries.enter(edition, cast.people, now), now)


def _open_for_applications(cast: people.Cast, now: datetime) -> None:
    entries.begin(cast.seats["chair"].edition, cast.people, now)


def _before_consensus(cast: people.Cast, now: datetime) -> None:
    edition = cast.seats["chair"].edition
    scores.finish_scoring(cast, entries.enter(edition, cast.people, now), now)


PLAYS: dict[int, Play] = {2027: _in_scoring, 2029: _open_for_applications, 2031: _before_consensus}
