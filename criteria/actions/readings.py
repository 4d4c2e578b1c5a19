"""Noting who reads what the jury gave: once a person, room and day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from awards.formats import local
from awards.models import Edition, Person
from criteria.models import ScoreReading

NOTED_FOR = timedelta(days=1)


def note_reading(*, edition: Edition, room: str, now: datetime, by: Person) -> None:
    """Note that `by` has opened a page with scores: one insert on the first of the day, then nothing.

    No verdict is asked: whoever calls has let them in. The cache only spares the database; two processes
    that both think they are first leave one row.
    """
    day = local(now).date()
    known = f"score-reading:{edition.pk}:{by.pk}:{room}:{day}"
    if cache.get(known):
        return
    reading = ScoreReading(edition_id=edition.pk, person_id=by.pk, room=room, day=day, at=now)
    ScoreReading.objects.bulk_create([reading], ignore_conflicts=True)
    cache.set(known, True, NOTED_FOR.total_seconds())
