"""What a list of external scores would do: the points of each area, by instrument and version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards import formats
from awards.models import Edition
from nominees.actions.imports import AreaWanted
from nominees.models import EvaluationArea
from nominees.recognition import Gazetteer, gazetteer
from reports.importing import values
from reports.importing.rows import Cells, Row, Sheet, differing, each_row

INSTRUMENT = "Kommunkompassen"
MOST_POINTS = Decimal(100)
LARGEST = Decimal(9999)
LAST_AREA = 99
Known = Mapping[tuple[str, str, int, str, int], EvaluationArea]


def plan(sheet: Sheet, _edition: Edition, _now: datetime) -> Iterator[Row]:
    """Each row's effect: three queries."""
    rows = EvaluationArea.objects.select_related("evaluation")
    known = {
        (
            each.evaluation.instrument,
            each.evaluation.instrument_version,
            each.evaluation.municipality_id,
            each.evaluation.evaluated,
            each.number,
        ): each
        for each in rows
    }
    places = gazetteer()
    return each_row(sheet, lambda cells: _row(cells, sheet, known, places))


def _row(cells: Cells, sheet: Sheet, known: Known, places: Gazetteer) -> Row:
    municipality = cells.municipality(places, sheet.rings)
    instrument = cells.take("instrument", values.plain, 60) or INSTRUMENT
    version = cells.need("version", values.plain, 20)
    evaluated = cells.need("evaluated", values.when)
    number = cells.need("area_number", values.whole, LAST_AREA)
    area = cells.need("area", values.plain, 120)
    points, most = cells.need("points", values.figure), cells.take("max_points", values.figure)
    mean = cells.take("national_mean", values.figure)
    source = cells.need("source", values.plain, 500)
    key = None
    if municipality and version and evaluated and number:
        key = (instrument, version, municipality.pk, evaluated.written, number)
        sheet.twice(cells, key)
    stored = known.get(key) if key else None
    most = most if most is not None else stored.max_points if stored else MOST_POINTS
    _check_points(cells, points, most, mean)
    if cells.problems or key is None or points is None:
        return cells.problem(f"{municipality.name}, {area or ''}" if municipality else "")
    mean = mean if mean is not None else stored.national_mean if stored else None
    changes = differing(
        {
            _("Area"): (stored.area if stored else None, area),
            _("Points"): (_shown(stored.points) if stored else None, _shown(points)),
            _("Of at most"): (_shown(stored.max_points) if stored else None, _shown(most)),
            _("National mean"): (_shown(stored.national_mean) if stored else None, _shown(mean)),
        }
    )
    act = AreaWanted(*key, area, points, most, mean, source)
    whom = f"{municipality.name}, {instrument} {version}, {key[3]}, {number}"
    return cells.row(whom, changes, act, is_new=stored is None)


def _check_points(cells: Cells, points: Decimal | None, most: Decimal, mean: Decimal | None) -> None:
    if not 0 < most <= LARGEST:
        cells.say("max_points", _("the number cannot be right."))
    for name, value in (("points", points), ("national_mean", mean)):
        if value is not None and not 0 <= value <= most:
            cells.say(name, _("the number is below zero or above the highest."))


def _shown(value: Decimal | None) -> str | None:
    if value is None:
        return None
    return formats.number(value, language=formats.written_language(get_language()))
