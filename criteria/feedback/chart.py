"""The drawing in a feedback report: the entry's own values beside the field's median, by criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from awards.drawing import ACCENT, EDGE, INK, INK_2, SURFACE, Chart
from criteria.feedback.figures import Figure, field_is_small
from criteria.lines import text_nodes
from criteria.scoring import Node, ScoringModel
from criteria.tally import ranges

WIDE = 300
STEP = 30
MOST = 60  # criteria that a drawing bears


def feedback_chart(
    model: ScoringModel, figures: Mapping[str, Figure], municipality: str, language: str
) -> Chart | None:
    """One line a criterion, a disc for the own value and an open diamond for the median; None without values.

    Where the criteria have different scales every value is shown as per cent of its own scale.
    """
    nodes = [node for node in text_nodes(model) if figures.get(node.code, Figure()).own is not None]
    if not nodes or len(nodes) > MOST:
        return None
    ends = ranges(model)
    alike = len({ends[node.code] for node in nodes}) == 1
    low, high = (float(end) for end in ends[nodes[0].code]) if alike else (0.0, 100.0)
    names = _names(nodes, language)
    rows = [
        {
            "criterion": names[node.code],
            "own": _at(figures[node.code].own, ends[node.code], alike=alike),
            "field": _at(figures[node.code].field, ends[node.code], alike=alike),
        }
        for node in nodes
    ]
    title = _("%(municipality)s and the field") % {"municipality": municipality}
    lines, below = _("One line for each criterion."), _("The table below holds the same figures.")
    text = f"{lines} {legend(figures)} {below}"
    spec = _spec(
        rows, list(names.values()), low, high, "" if alike else _("per cent of each criterion's scale")
    )
    return Chart("chart-feedback", title, text, spec)


def legend(figures: Mapping[str, Figure]) -> str:
    """What the signs mean; no diamond is spoken of where none is drawn."""
    if field_is_small(figures):
        return _("The filled disc is your value.")
    return _("The filled disc is your value, the open diamond the field's median.")


def _names(nodes: list[Node], language: str) -> dict[str, str]:
    """The criteria's titles by code; where two are alike, their codes before them."""
    titles = {node.code: node.title.in_language(language) for node in nodes}
    if len(set(titles.values())) == len(titles):
        return titles
    return {code: f"{code} {title}" for code, title in titles.items()}


def _at(value: Any, ends: tuple, *, alike: bool) -> float | None:
    if value is None:
        return None
    low, high = ends
    return round(float(value if alike else (value - low) / (high - low) * 100), 3)


def _spec(rows: list[dict], names: list[str], low: float, high: float, unit: str) -> dict[str, Any]:
    scale = {"domain": [low, high], "nice": False}
    axis = {"title": unit or None, "orient": "top", "tickMinStep": 1 if high - low <= 10 else 10}
    x = {"type": "quantitative", "scale": scale, "axis": axis}
    y = {
        "field": "criterion", "type": "nominal", "sort": None, "scale": {"domain": names},
        "axis": {"title": None, "domain": False, "ticks": False, "labelColor": INK, "labelPadding": 8},
    }  # fmt: skip
    both = {"filter": "isValid(datum.field)"}
    return {
        "width": WIDE,
        "height": {"step": STEP},
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": [
            {"transform": [both], "mark": {"type": "rule", "color": EDGE, "strokeWidth": 2},
             "encoding": {"x": {**x, "field": "own"}, "x2": {"field": "field"}}},
            {"transform": [both],
             "mark": {"type": "point", "shape": "diamond", "size": 130, "strokeWidth": 1.8, "opacity": 1},
             "encoding": {"x": {**x, "field": "field"}, "fill": {"value": SURFACE},
                          "stroke": {"value": INK_2}}},
            {"mark": {"type": "point", "shape": "circle", "size": 110, "opacity": 1},
             "encoding": {"x": {**x, "field": "own"}, "fill": {"value": ACCENT},
                          "stroke": {"value": ACCENT}}},
        ],
    }  # fmt: skip
