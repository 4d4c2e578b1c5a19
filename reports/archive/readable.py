"""The main tables of a package for people with a spreadsheet: places by name, jurors by seat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from django.db.models import F

from awards import formats
from awards.models import Edition, JournalEntry
from criteria.models import DecisionRow, Score, ScoreSheet
from criteria.progress import latest_round
from criteria.standings import standings_of
from nominees.models import Contribution, ImprovementArea, Nomination, NominationEvent, Submission
from reports.cells import csv_bytes
from reports.standings_rows import COLUMNS, standing_rows

Lines = Iterator[Sequence[object]]
PLACE = ("nomination__municipality__code", "nomination__municipality__name")


def csv_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each table."""
    for name, (head, rows) in TABLES.items():
        yield name, csv_bytes(head, rows(edition))


def _nominations(edition: Edition) -> Lines:
    rows = Nomination.objects.filter(edition=edition).with_outcome().order_by("municipality__sort_key")
    yield from rows.values_list(
        "municipality__code", "municipality__name", "route", "state", "outcome", "diary_number"
    )


def _submissions(edition: Edition) -> Lines:
    rows = Submission.objects.filter(nomination__edition=edition).order_by("nomination", "number")
    for *place, number, at, digest in rows.values_list(*PLACE, "number", "submitted_at", "sha256"):
        yield (*place, number, formats.local(at).isoformat(), digest)


def _events(edition: Edition) -> Lines:
    rows = NominationEvent.objects.filter(nomination__edition=edition).order_by("nomination", "pk")
    yield from rows.values_list(*PLACE, "kind", "date", "precision", "source__text")


def _areas(edition: Edition) -> Lines:
    rows = ImprovementArea.objects.filter(nomination__edition=edition)
    yield from rows.values_list(*PLACE, "direction", "title", "continuation")


def _contributions(edition: Edition) -> Lines:
    rows = Contribution.objects.filter(fair=edition.fair_id).order_by("municipalities__sort_key", "pk")
    yield from rows.values_list(
        "municipalities__code", "municipalities__name", "kind", "theme__title_sv", "title"
    )


def _scores(edition: Edition) -> Lines:
    """The latest scores that count; a seat without a name is told by its number."""
    sheets = ScoreSheet.objects.counting().filter(assignment__round__edition=edition)
    rows = Score.objects.filter(is_latest=True, sheet__in=sheets).order_by("sheet", "criterion")
    found = rows.values_list(
        "sheet__assignment__round__position", "sheet__assignment__juror_id", "sheet__assignment__juror__seat",
        "sheet__assignment__nomination__municipality__code",
        "sheet__assignment__nomination__municipality__name",
        "sheet__state", "criterion", "value", "blank", "strengths", "improvements",
    )  # fmt: skip
    for position, juror, seat, *more in found.iterator():
        yield (position, seat or f"#{juror}", *more)


def _standings(edition: Edition) -> Lines:
    scoring_round = latest_round(edition)
    if scoring_round is None:
        return
    scoring_round.edition = edition
    for row in standing_rows(standings_of(scoring_round), None):
        values = (getattr(row, name) for name in COLUMNS)
        yield [", ".join(value) if isinstance(value, tuple) else value for value in values]


def _decisions(edition: Edition) -> Lines:
    rows = DecisionRow.objects.filter(decision__edition=edition).order_by("decision__number", "place", "pk")
    yield from rows.annotate(number=F("decision__number"), state=F("decision__state")).values_list(
        "number", "state", *PLACE, "outcome", "place", "motivation_sv"
    )


def _journal(edition: Edition) -> Lines:
    rows = JournalEntry.objects.filter(edition_id=edition.pk).order_by("at", "pk")
    for at, *more in rows.values_list("at", "person_id", "verb", "thing", "thing_id").iterator():
        yield (formats.local(at).isoformat(), *more)


MUNICIPALITY = ("municipality_code", "municipality")
TABLES: Mapping[str, tuple[Sequence[str], Callable[[Edition], Lines]]] = {
    "nominations.csv": ((*MUNICIPALITY, "route", "state", "outcome", "diary_number"), _nominations),
    "submissions.csv": ((*MUNICIPALITY, "version", "submitted_at", "sha256"), _submissions),
    "events.csv": ((*MUNICIPALITY, "event", "date", "precision", "source"), _events),
    "improvement_areas.csv": ((*MUNICIPALITY, "direction", "title", "continuation"), _areas),
    "contributions.csv": ((*MUNICIPALITY, "kind", "theme", "title"), _contributions),
    "scores.csv": (
        ("round", "seat", *MUNICIPALITY, "sheet", "criterion", "value", "blank", "strengths", "improvements"),
        _scores,
    ),
    "standings.csv": (COLUMNS, _standings),
    "decisions.csv": (
        ("decision", "state", *MUNICIPALITY, "outcome", "place", "motivation"),
        _decisions,
    ),
    "journal.csv": (("at", "person_id", "verb", "thing", "thing_id"), _journal),
}
