"""The Vega-Lite specifications of the jury's statistics, in one place: data in, plain dictionaries out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats
from awards.drawing import ACCENT, ALERT, EDGE, INK, INK_2, SOFT, SURFACE, Chart
from criteria.findings import SOLID, TENTATIVE, agreement_value
from criteria.standings import Standings

if TYPE_CHECKING:
    from criteria.statistics.analysis import Analysis

WIDE = 520
STEP = 30
MOST = 60  # rows or columns that a drawing bears


def charts(standings: Standings, found: Analysis) -> dict[str, Chart]:
    """The charts that these statistics bear, by the statistic's key."""
    made = {
        "comparable": readings(standings, found),
        "strictness": strictness(found),
        "agreement": agreement(found),
        "certainty": chances(standings, found),
        "influence": influence(found),
        "oddities": spread(standings, found),
    }
    return {key: chart for key, chart in made.items() if chart is not None}


def readings(standings: Standings, found: Analysis) -> Chart | None:
    """Who has read what, as a chequered table."""
    entries, jurors = _entries(standings, found), found.table.jurors
    if not entries or len(entries) > MOST or len(jurors) > MOST:
        return None
    at = {name: number for number, name in enumerate(found.table.entries)}
    seen = found.table.seen
    rows = [
        {"entry": entry, "juror": juror, "read": bool(seen[at[entry], column])}
        for entry in entries
        for column, juror in enumerate(jurors)
    ]
    spec = {
        "width": {"step": 44 if len(jurors) <= 12 else 24},
        "height": {"step": 24},
        "data": {"values": rows},
        "mark": {"type": "rect", "cornerRadius": 3, "strokeWidth": 1},
        "encoding": {
            "y": _names("entry", entries),
            "x": {**_names("juror", jurors), "axis": {"title": None, "orient": "top", "labelAngle": -40}},
            "fill": _either("datum.read", SOFT, SURFACE),
            "stroke": _either("datum.read", ACCENT, EDGE),
        },
    }
    text = _("Filled squares are readings that count. Empty ones were never made, or the juror stands aside.")
    return Chart("chart-comparable", _("Who has read what"), text, spec)


def strictness(found: Analysis) -> Chart | None:
    """Each juror's strictness as a bar from the jury's mean."""
    if found.adjusted is None or found.gates or len(found.table.jurors) > MOST:
        return None
    rows = sorted(
        (
            {"juror": juror, "points": round(float(value), 2)}
            for juror, value in zip(found.table.jurors, found.adjusted.severity, strict=True)
        ),
        key=lambda row: row["points"],
    )
    names = [row["juror"] for row in rows]
    bars = {
        "mark": {"type": "bar", "height": 16, "cornerRadius": 2, "strokeWidth": 1.5},
        "encoding": {
            "fill": _either("datum.points < 0", SURFACE, ACCENT),
            "stroke": {"value": ACCENT},
        },
    }
    right = {"filter": "datum.points >= 0"}, {"filter": "datum.points < 0"}
    words = [
        {
            "transform": [side],
            "mark": {"type": "text", "align": align, "dx": dx, "color": INK_2},
            "encoding": {"text": {"field": "points", "format": "+.1f"}},
        }
        for side, align, dx in zip(right, ("left", "right"), (6, -6), strict=True)
    ]
    spec = {
        "width": WIDE,
        "height": {"step": STEP},
        "data": {"values": rows},
        "layer": [bars, *words, _rule("x", 0, EDGE)],
        "encoding": {
            "y": _names("juror", names),
            "x": {
                "field": "points", "type": "quantitative", "scale": {"nice": True, "padding": 45},
                "axis": {"title": _("stricter ← points from the jury's mean → more generous"), "grid": False},
            },
        },
    }  # fmt: skip
    text = _(
        "One bar for each juror. Open bars to the left are stricter, filled bars to the right more generous."
    )
    return Chart("chart-strictness", _("Strict or generous"), text, spec)


def agreement(found: Analysis) -> Chart | None:
    """The measures of agreement on a line from 0 to 1, with the two limits."""
    rows = agreement_rows(found)
    if not rows or agreement_value(found) is None:
        return None
    rows = [{**row, "shown": max(0.0, min(1.0, row["value"]))} for row in rows]
    bands = [
        {"from": 0, "to": TENTATIVE, "word": _("discuss")},
        {"from": TENTATIVE, "to": SOLID, "word": _("tentative")},
        {"from": SOLID, "to": 1, "word": _("solid")},
    ]
    spec = {
        "width": WIDE,
        "height": {"step": STEP},
        "layer": [
            {
                "data": {"values": bands},
                "mark": {"type": "text", "y": -10, "color": INK_2},
                "encoding": {
                    "x": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "word"},
                },
                "transform": [{"calculate": "(datum.from + datum.to) / 2", "as": "middle"}],
            },
            _rule("x", TENTATIVE, EDGE, dashed=True),
            _rule("x", SOLID, EDGE, dashed=True),
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "height": 14, "cornerRadius": 2, "fill": ACCENT},
                "encoding": {
                    "y": _names("name", [row["name"] for row in rows]),
                    "x": {"field": "shown", "type": "quantitative", "scale": {"domain": [0, 1]},
                          "axis": {"title": None, "grid": False, "values": [0, 0.2, 0.4, 0.6, 0.8, 1]}},
                },
            },
        ],
    }  # fmt: skip
    text = _("One bar for each measure, from 0 to 1. The dashed lines stand at 0.67 and 0.80.")
    return Chart("chart-agreement", _("How far the jury agrees"), text, spec)


def agreement_rows(found: Analysis) -> list[dict[str, Any]]:
    """The measures that can be given, each with its name."""
    rows = []
    if found.icc is not None:
        rows += [
            {"name": _("One juror alone, ICC(2,1)"), "value": found.icc.single},
            {"name": _("The jury's mean, ICC(2,k)"), "value": found.icc.mean},
            {"name": _("Order only, ICC(3,1)"), "value": found.icc.consistency},
        ]
    elif found.reliability is not None:
        rows += [
            {"name": _("One juror alone, R1"), "value": found.reliability.single},
            {"name": _("The jury's mean, Rk"), "value": found.reliability.mean},
        ]
    for key, name in (("ordinal", _("Krippendorff's alpha, ordinal")),
                      ("interval", _("Krippendorff's alpha, interval"))):  # fmt: skip
        if found.alpha.get(key) is not None:
            rows.append({"name": name, "value": found.alpha[key]})
    return [{"name": row["name"], "value": round(float(row["value"]), 4)} for row in rows]


def chances(standings: Standings, found: Analysis) -> Chart | None:
    """The chance of each place for each entry, as squares that grow with the chance."""
    sure = found.certainty
    if sure is None or sure.places is None or found.gates:
        return None
    entries = _entries(standings, found)
    language = formats.written_language(get_language())
    at = {name: number for number, name in enumerate(found.table.entries)}
    rows = [
        {
            "entry": entry,
            "place": place + 1,
            "chance": round(float(chance), 4),
            "words": formats.percent(round(float(chance), 2), 0, language),
        }
        for entry in entries
        for place, chance in enumerate(sure.places[at[entry]])
        if chance >= 0.005
    ]
    base = {
        "y": _names("entry", entries),
        "x": {"field": "place", "type": "ordinal", "scale": {"domain": list(range(1, len(entries) + 1))},
              "axis": {"title": _("place"), "orient": "top", "labelAngle": 0, "grid": False}},
    }  # fmt: skip
    spec = {
        "width": {"step": 56 if len(entries) <= 10 else 26},
        "height": {"step": 28},
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "rect", "cornerRadius": 3, "fill": ACCENT},
                "encoding": {**base, "fillOpacity": {
                    "field": "chance", "type": "quantitative", "legend": None,
                    "scale": {"domain": [0, 1], "range": [0.06, 1]}}},
            },
            *_chance_words(base, few=len(entries) <= 10),
        ],
    }  # fmt: skip
    text = _(
        "One line for each entry, one column for each place. The darker the square, the likelier the place."
    )
    return Chart("chart-certainty", _("The chance of each place"), text, spec)


def _chance_words(base: dict, *, few: bool) -> list[dict]:
    if not few:
        return []
    return [
        {
            "transform": [{"filter": condition}],
            "mark": {"type": "text", "color": colour},
            "encoding": {**base, "text": {"field": "words"}},
        }
        for condition, colour in (("datum.chance > 0.5", SURFACE), ("datum.chance <= 0.5", INK))
    ]


def influence(found: Analysis) -> Chart | None:
    """How far the entry that moves most moves, with each juror left out."""
    if not found.left_out or len(found.left_out) > MOST:
        return None
    rows = [
        {"juror": one.juror, "moved": one.largest_move, "won": one.winner_changed} for one in found.left_out
    ]
    most = max(row["moved"] for row in rows)
    spec = {
        "width": WIDE,
        "height": {"step": 26},
        "data": {"values": rows},
        "encoding": {
            "y": _names("juror", [row["juror"] for row in rows]),
            "x": {"field": "moved", "type": "quantitative", "scale": {"domain": [0, max(1, most)]},
                  "axis": {"title": _("places that the most moved entry moves"), "tickMinStep": 1,
                           "format": "d", "tickCount": max(1, min(most, 8))}},
        },
        "layer": [
            {"mark": {"type": "bar", "height": 14, "cornerRadius": 2},
             "encoding": {"fill": _either("datum.won", ALERT, ACCENT)}},
            {"transform": [{"filter": "datum.won"}],
             "mark": {"type": "text", "align": "left", "dx": 6, "color": ALERT},
             "encoding": {"text": {"value": _("another winner")}}},
        ],
    }  # fmt: skip
    text = _("One bar for each juror left out. A bar in another colour, with words, means another winner.")
    return Chart("chart-influence", _("If one juror were not there"), text, spec)


def spread(standings: Standings, found: Analysis) -> Chart | None:
    """From the lowest to the highest total of each entry, with every juror as a ring."""
    entries = _entries(standings, found)
    if not entries or len(entries) > MOST:
        return None
    at = {name: number for number, name in enumerate(found.table.entries)}
    odd = {(one.entry, one.juror) for one in found.odd}
    rows = [
        {"entry": entry, "points": round(float(value), 1), "odd": (entry, juror) in odd, "juror": juror}
        for entry in entries
        for juror, value in zip(found.table.jurors, found.table.y[at[entry]], strict=True)
        if value == value  # noqa: PLR0124 - not a number is not equal to itself
    ]
    x = {"field": "points", "type": "quantitative", "scale": {"zero": False, "nice": True},
         "axis": {"title": _("points of 100")}}  # fmt: skip
    spec = {
        "width": WIDE,
        "height": {"step": STEP},
        "data": {"values": rows},
        "encoding": {"y": _names("entry", entries), "x": x},
        "layer": [
            {"mark": {"type": "rule", "color": EDGE, "strokeWidth": 2},
             "encoding": {"x": {**x, "aggregate": "min"}, "x2": {"field": "points", "aggregate": "max"}}},
            {"transform": [{"filter": "!datum.odd"}],
             "mark": {"type": "point", "size": 70, "strokeWidth": 1.5, "opacity": 1},
             "encoding": {"fill": {"value": SURFACE}, "stroke": {"value": INK_2}}},
            {"transform": [{"filter": "datum.odd"}],
             "mark": {"type": "point", "shape": "diamond", "size": 110, "opacity": 1},
             "encoding": {"fill": {"value": ALERT}, "stroke": {"value": ALERT}}},
            {"transform": [{"filter": "datum.odd"}],
             "mark": {"type": "text", "align": "left", "dx": 9, "color": INK_2},
             "encoding": {"text": {"field": "juror"}}},
        ],
    }  # fmt: skip
    text = _(
        "One line for each entry, one ring for each juror. A diamond with a name is a score that stands out."
    )
    return Chart("chart-oddities", _("From the lowest to the highest total"), text, spec)


def _entries(standings: Standings, found: Analysis) -> list[str]:
    """The entries with scores, in the order of the standings."""
    known = set(found.table.entries)
    return [line.municipality for line in standings.lines if line.municipality in known]


def _names(field: str, order: Any) -> dict[str, Any]:
    axis = {"title": None, "domain": False, "ticks": False, "labelColor": INK, "labelPadding": 8}
    return {"field": field, "type": "nominal", "sort": None, "scale": {"domain": list(order)}, "axis": axis}


def _either(test: str, yes: str, otherwise: str) -> dict[str, Any]:
    return {"condition": {"test": test, "value": yes}, "value": otherwise}


def _rule(channel: str, at: float, colour: str, *, dashed: bool = False) -> dict[str, Any]:
    mark: dict[str, Any] = {"type": "rule", "color": colour}
    if dashed:
        mark["strokeDash"] = [4, 3]
    return {
        "data": {"values": [{}]},
        "mark": mark,
        "encoding": {channel: {"datum": at}, "y": {"value": 0}, "y2": {"value": "height"}},
    }
