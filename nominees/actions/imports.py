"""Entries and external evaluations that an organiser brings in as a list: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from awards import journal
from awards.models import Edition, Person, Source
from nominees import permissions
from nominees.models import Evaluation, EvaluationArea, Nomination, NominationEvent
from nominees.states import DatePrecision


@dataclass(frozen=True)
class EntryWanted:
    """One entry as it is to be. What is None or empty stays as it is; `event` is added, never changed."""

    municipality: int
    route: str = ""
    diary_number: str = ""
    answer_by: datetime | None = None
    event: str = ""
    on: date | None = None
    precision: str = DatePrecision.UNKNOWN


@dataclass(frozen=True)
class AreaWanted:
    """The points of one area of one evaluation as they are to be."""

    instrument: str
    version: str
    municipality: int
    evaluated: str
    number: int
    area: str
    points: Decimal
    max_points: Decimal
    national_mean: Decimal | None
    source: str


@transaction.atomic
def import_entries(*, edition: Edition, entries: Sequence[EntryWanted], now: datetime, by: Person) -> None:
    """Make the entries that are not there, change those that are, add what happened; each in the journal."""
    permissions.may_import_entries(by, edition).require()
    known = {each.municipality_id: each for each in Nomination.objects.filter(edition=edition)}
    fresh = [
        Nomination(edition=edition, municipality_id=each.municipality, route=each.route, created_at=now)
        for each in entries
        if each.municipality not in known
    ]
    verbs = dict.fromkeys(known, "change_entry") | {each.municipality_id: "import_entry" for each in fresh}
    known |= {each.municipality_id: each for each in Nomination.objects.bulk_create(fresh)}
    for each in entries:
        entry = known[each.municipality]
        for name in ("route", "diary_number", "answer_by"):
            setattr(entry, name, getattr(each, name) or getattr(entry, name))
        entry.updated_at = now
    changed = [known[each.municipality] for each in entries]
    Nomination.objects.bulk_update(
        changed, ["route", "diary_number", "answer_by", "updated_at"], batch_size=200
    )
    NominationEvent.objects.bulk_create(
        NominationEvent(
            nomination=known[each.municipality],
            kind=each.event,
            date=each.on,
            precision=each.precision,
            by=by,
            recorded_at=now,
        )
        for each in entries
        if each.event
    )
    for each in entries:
        journal.record(verbs[each.municipality], known[each.municipality], by=by, edition=edition)


@transaction.atomic
def import_evaluations(*, edition: Edition, areas: Sequence[AreaWanted], by: Person) -> None:
    """Bring areas of evaluations to what is wanted, each evaluation with where that was read; journalled.

    Evaluations belong to the municipalities and not to an edition; the edition is the importer's own.
    """
    permissions.may_import_evaluations(by, edition).require()
    sources = {text: Source.objects.get_or_create(text=text)[0] for text in {each.source for each in areas}}
    evaluations = {_evaluation(each): each for each in Evaluation.objects.all()}
    wanted = {_evaluation(each): each for each in areas}
    fresh = [
        Evaluation(
            instrument=each.instrument,
            instrument_version=each.version,
            municipality_id=each.municipality,
            evaluated=each.evaluated,
            source=sources[each.source],
        )
        for key, each in wanted.items()
        if key not in evaluations
    ]
    for each in (evaluations[key] for key in wanted if key in evaluations):
        each.source = sources[wanted[_evaluation(each)].source]
        each.save(update_fields=["source"])
    evaluations |= {_evaluation(each): each for each in Evaluation.objects.bulk_create(fresh)}
    EvaluationArea.objects.bulk_create(
        (
            EvaluationArea(
                evaluation=evaluations[_evaluation(each)],
                number=each.number,
                area=each.area,
                points=each.points,
                max_points=each.max_points,
                national_mean=each.national_mean,
            )
            for each in areas
        ),
        update_conflicts=True,
        unique_fields=["evaluation", "number"],
        update_fields=["area", "points", "max_points", "national_mean"],
    )
    for key in wanted:
        journal.record("import_evaluation", evaluations[key], by=by, edition=edition)


def _evaluation(each: Evaluation | AreaWanted) -> tuple[str, str, int, str]:
    if isinstance(each, AreaWanted):
        return each.instrument, each.version, each.municipality, each.evaluated
    return each.instrument, each.instrument_version, each.municipality_id, each.evaluated
