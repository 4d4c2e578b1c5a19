"""What a jury decided becomes part of the entries' history: events, motivations, or no award given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from awards import formats, journal
from awards.models import Edition, Person, Source
from awards.verdicts import no
from nominees import permissions
from nominees.models import Nomination, NominationEvent
from nominees.states import DatePrecision, EventKind


@dataclass(frozen=True)
class Told:
    """What is told of one entry: an event (a value of EventKind, or empty) and the jury's words."""

    nomination: int
    event: str = ""
    motivation: str = ""


@transaction.atomic
def tell_outcomes(
    *,
    edition: Edition,
    outcomes: Sequence[Told],
    source: Source,
    replaces: Source | None = None,
    no_award: bool = False,
    now: datetime,
    by: Person,
) -> None:
    """Write the entries' events and motivations with their source, and the journal.

    What an earlier decision (`replaces`) told is taken back first; the journal keeps what it was. An event
    that the entry has already is not told twice. Whether the public sees it follows from what is published.
    """
    permissions.may_tell_outcomes(by, edition).require()
    if replaces is not None:
        _take_back(edition, replaces, by)
    entries = {entry.pk: entry for entry in Nomination.objects.filter(edition=edition)}
    known = set(NominationEvent.objects.filter(nomination__in=entries).values_list("nomination_id", "kind"))
    for told in outcomes:
        entry = entries[told.nomination]
        if told.event and (entry.pk, told.event) not in known:
            NominationEvent.objects.create(
                nomination=entry,
                kind=EventKind(told.event),
                date=formats.local(now).date(),
                precision=DatePrecision.DAY,
                source=source,
                by=by,
                recorded_at=now,
            )
        if told.motivation:
            motivation = {"motivation": told.motivation, "motivation_source": source, "updated_at": now}
            Nomination.objects.filter(pk=entry.pk).update(**motivation)
        journal.record("tell_outcome", entry, by=by, edition=edition, event=told.event, source=source.pk)
    Edition.objects.filter(pk=edition.pk).update(no_award=no_award)


@transaction.atomic
def declare_no_award(*, edition: Edition, reason: str, by: Person) -> None:
    """Say that this edition gives no award, and write the journal with the reason."""
    permissions.may_declare_no_award(by, edition).require()
    _set_no_award(edition, "declare_no_award", reason, by, is_given=False)


@transaction.atomic
def take_back_no_award(*, edition: Edition, reason: str, by: Person) -> None:
    """Say that an award may be given after all, and write the journal with the reason."""
    permissions.may_take_back_no_award(by, edition).require()
    _set_no_award(edition, "take_back_no_award", reason, by, is_given=True)


def _set_no_award(edition: Edition, verb: str, reason: str, by: Person, *, is_given: bool) -> None:
    if not reason.strip():
        no(_("Say why.")).require()
    Edition.objects.filter(pk=edition.pk).update(no_award=not is_given)
    edition.refresh_from_db(fields=["no_award"])
    journal.record(verb, edition, by=by, edition=edition, reason=reason.strip())


def _take_back(edition: Edition, source: Source, by: Person) -> None:
    events = NominationEvent.objects.filter(nomination__edition=edition, source=source)
    for event in events.select_related("nomination"):
        kept = {"event": event.kind, "date": str(event.date), "source": source.pk}
        journal.record("take_outcome_back", event.nomination, by=by, edition=edition, **kept)
    events.delete()
    told = Nomination.objects.filter(edition=edition, motivation_source=source)
    told.update(motivation="", motivation_source=None)
