"""What entries said when they were last sent in: all that the public and others read of a live one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from nominees.models import Nomination, Submission
from nominees.states import NominationState


def last_versions(entries: Collection[int] | QuerySet[Nomination]) -> QuerySet[Submission]:
    """The last version of each of these entries (by id) that has one."""
    newest = Submission.objects.filter(nomination=OuterRef("nomination")).order_by("-number").values("number")
    return Submission.objects.filter(nomination__in=entries, number=Subquery(newest[:1])).order_by()


def contents(entries: Collection[int] | QuerySet[Nomination]) -> dict[int, dict]:
    """{nomination id: content of the last version}: one query."""
    return dict(last_versions(entries).values_list("nomination_id", "content"))


def parts(entries: Collection[int] | QuerySet[Nomination], *names: str) -> dict[int, dict]:
    """The same with these parts of the content alone: one query."""
    found = last_versions(entries).values_list("nomination_id", *(f"content__{name}" for name in names))
    return {pk: dict(zip(names, read, strict=True)) for pk, *read in found}


def told_by_tables(entries: QuerySet[Nomination], now: datetime) -> QuerySet[Nomination]:
    """Of these, what their tables may tell: history, and drafts that only their own people see.

    What somebody may be writing just now in an entry that is public already is nobody else's.
    """
    hidden = Q(published_at=None) | Q(published_at__gt=now)
    hidden |= Q(edition__published_at=None) | Q(edition__published_at__gt=now) | Q(edition__is_rehearsal=True)
    return entries.filter(Q(state=NominationState.HISTORIC) | hidden, submissions=None)
