"""Evaluations by Kommunkompassen: instrument and version stay beside the points."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from nominees.loading.entries import known_code
from nominees.loading.sources import bring_sources
from nominees.loading.tables import Row, Shelf
from nominees.loading.writing import Changes, bring
from nominees.models import Evaluation, EvaluationArea, Municipality

FILE, INSTRUMENT = "kommunkompassen.csv", "Kommunkompassen"


@dataclass(frozen=True, order=True)
class Evaluated:
    """One evaluation: version, municipality, when, and where that was read."""

    version: str
    code: str
    evaluated: str
    source: str


def read(shelf: Shelf, known: dict[str, set[str]]) -> dict[Evaluated, list[dict]]:
    """The areas of each evaluation."""
    rows = shelf.rows(
        FILE, "instrument_version", "municipality_code", "municipality", "evaluated", "area_number", "area",
        "points", "max_points", "national_mean", "source_url",
    )  # fmt: skip
    found: dict[Evaluated, list[dict]] = defaultdict(list)
    for row in rows:
        evaluated = Evaluated(
            row.required("instrument_version"),
            known_code(row, known),
            row.required("evaluated"),
            row.required("source_url"),
        )
        row.fits(Evaluation, {"evaluated": evaluated.evaluated, "instrument_version": evaluated.version})
        area = _area(row)
        if area["number"] in [other["number"] for other in found[evaluated]]:
            row.trouble(f"area {area['number']} of this evaluation stands there twice")
        found[evaluated].append(area)
    return dict(found)


def _area(row: Row) -> dict:
    points, most = row.decimal("points"), row.decimal("max_points")
    if points is not None and most is not None and not 0 <= points <= most:
        row.trouble(f"{points} points of {most}")
    values = {
        "number": row.whole("area_number"),
        "area": row.required("area"),
        "points": points,
        "max_points": most,
        "national_mean": row.decimal("national_mean", needed=False),
    }
    row.fits(EvaluationArea, values)
    return values


def write(changes: Changes, evaluations: dict[Evaluated, list[dict]], named: dict[str, str]) -> None:
    """Bring evaluations and their areas to what the file says."""
    sources = bring_sources(changes, (each.source for each in evaluations), named)
    ids = dict(Municipality.objects.values_list("code", "pk"))
    stored = bring(
        changes,
        "evaluations",
        Evaluation.objects.filter(instrument=INSTRUMENT),
        ("instrument_version", "municipality_id", "evaluated"),
        [
            {
                "instrument": INSTRUMENT,
                "instrument_version": each.version,
                "municipality_id": ids[each.code],
                "evaluated": each.evaluated,
                "source_id": sources[each.source].pk,
            }
            for each in evaluations
        ],
    )
    areas = [
        {"evaluation_id": stored[each.version, ids[each.code], each.evaluated].pk, **area}
        for each, rows in evaluations.items()
        for area in rows
    ]
    rows = EvaluationArea.objects.filter(evaluation__instrument=INSTRUMENT)
    bring(changes, "areas of evaluations", rows, ("evaluation_id", "number"), areas)
