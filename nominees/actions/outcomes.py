"""What a jury decided becomes part of the entries' history: events, motivations, or no award given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
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
    motivation_en: str = ""


@transaction.atomic
def tell_outcomes(
    *,
    edition: Edition,
    outcomes: Sequence[Told],
    source: Source,
    earlier: Collection[Source] = (),
    no_award: bool = False,
    now: datetime,
    by: Person | None,
) -> None:
    """Write the entries' events and motivations with their source, and the journal; `by` None is the clock.

    Of what the edition's `earlier` decisions told, only what no longer holds is taken back: an event that
    still holds stays as it was told then, with its date and its source.
    """
    permissions.may_tell_outcomes(by, edition).require()
    entries = {entry.pk: entry for entry in Nomination.objects.filter(edition=edition)}
    _take_back(edition, earlier, outcomes, by)
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
        written = {"motivation": told.motivation, "motivation_en": told.motivation_en}
        if told.motivation and any(getattr(entry, name) != text for name, text in written.items()):
            written |= {"motivation_source": source, "updated_at": now}
            Nomination.objects.filter(pk=entry.pk).update(**written)
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


@transaction.atomic
def take_outcomes_back(*, edition: Edition, sources: Collection[Source], by: Person) -> None:
    """Take back all that these decisions told, as if nothing had been told; the journal keeps what it was."""
    permissions.may_tell_outcomes(by, edition).require()
    _take_back(edition, sources, (), by)
    Edition.objects.filter(pk=edition.pk).update(no_award=False)


def _take_back(
    edition: Edition, sources: Collection[Source], outcomes: Sequence[Told], by: Person | None
) -> None:
    """Take away what `sources` told and `outcomes` no longer say, with when and by whom it was told."""
    still = {(told.nomination, told.event) for told in outcomes}
    events = NominationEvent.objects.filter(nomination__edition=edition, source__in=sources)
    gone = [
        event
        for event in events.select_related("nomination")
        if (event.nomination_id, event.kind) not in still
    ]
    for event in gone:
        kept = {
            "event": event.kind,
            "date": str(event.date),
            "source": event.source_id,
            "told_at": event.recorded_at.isoformat(),
            "told_by": event.by_id,
        }
        journal.record("take_outcome_back", event.nomination, by=by, edition=edition, **kept)
    events.filter(pk__in=[event.pk for event in gone]).delete()
    same = Q()
    for told in outcomes:
        words = {"motivation": told.motivation, "motivation_en": told.motivation_en}
        same |= Q(pk=told.nomination, **words)
    motivated = Nomination.objects.filter(edition=edition, motivation_source__in=sources)
    (motivated.exclude(same) if same else motivated).update(
        motivation="", motivation_en="", motivation_source=None
    )
