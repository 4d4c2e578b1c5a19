"""One at a time in an entry: whoever writes takes its row first, so that others wait on every database."""

from __future__ import annotations

from datetime import datetime

from awards.models import Person
from nominees import permissions
from nominees.models import Nomination


def take_turn(nomination: Nomination, now: datetime, by: Person) -> None:
    """Lock the entry by writing on it, in the caller's transaction; refused when it has left meanwhile."""
    rows = Nomination.objects.filter(pk=nomination.pk, state__in=permissions.WRITABLE)
    if not rows.update(updated_at=now):
        nomination.refresh_from_db(fields=["state"])
        permissions.may_write(by, nomination, now).require()
