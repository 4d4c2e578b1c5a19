"""Letting the public see an edition and its entries, and taking from its sight what was let out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from awards import journal
from awards.models import Edition, Person
from nominees import permissions
from nominees.models import Nomination


@dataclass(frozen=True)
class LetOut:
    """What became public at one time: the edition itself perhaps, and these entries (by id)."""

    edition: bool = False
    nominations: list[int] = field(default_factory=list)


@transaction.atomic
def publish_entries(
    *, edition: Edition, nominations: Collection[int], now: datetime, by: Person | None
) -> LetOut:
    """Let the public see these entries, and the edition where it was not public; with a journal row.

    What was public already stays as it was, and is no part of the answer. `by` None is the clock.
    """
    permissions.may_publish_entries(by, edition).require()
    unseen = Q(published_at=None) | Q(published_at__gt=now)
    hidden = Nomination.objects.filter(unseen, edition=edition, pk__in=nominations)
    keys = sorted(hidden.values_list("pk", flat=True))
    Nomination.objects.filter(pk__in=keys).update(published_at=now)
    opened = Edition.objects.filter(unseen, pk=edition.pk).update(published_at=now) == 1
    edition.refresh_from_db(fields=["published_at"])
    journal.record("publish_entries", edition, by=by, edition=edition, opened=opened, nominations=keys)
    return LetOut(opened, keys)


@transaction.atomic
def hide_entries(*, edition: Edition, let_out: LetOut, by: Person) -> None:
    """Take what was let out from the public's sight at once, with a journal row."""
    permissions.may_publish_entries(by, edition).require()
    Nomination.objects.filter(edition=edition, pk__in=let_out.nominations).update(published_at=None)
    if let_out.edition:
        Edition.objects.filter(pk=edition.pk).update(published_at=None)
        edition.refresh_from_db(fields=["published_at"])
    facts = {"closed": let_out.edition, "nominations": let_out.nominations}
    journal.record("hide_entries", edition, by=by, edition=edition, **facts)
