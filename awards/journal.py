"""Writing the journal: the one function every action calls."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from awards.models import Edition, JournalEntry


def record(
    verb: str, thing: models.Model, *, by: models.Model | None, edition: Edition | None = None, **data: object
) -> None:
    """Write that `by` did `verb` to `thing`, in the action's transaction; `data` holds ids, never names."""
    edition = edition or getattr(thing, "edition", None)
    JournalEntry(
        at=timezone.now(),
        person_id=by.pk if by else None,
        edition_id=edition.pk if edition else None,
        is_rehearsal=bool(edition and edition.is_rehearsal),
        verb=verb,
        thing=thing._meta.model_name,  # noqa: SLF001 - Django's documented model interface
        thing_id=thing.pk,
        data=data,
    ).save()
