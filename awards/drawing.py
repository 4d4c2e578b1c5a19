"""Vega-Lite specifications made into drawings: inline SVG in the page's colours, or one in a theme's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring
from django.utils.safestring import SafeString, mark_safe

# Every colour that a specification may use: what it is called, in daylight, in the dark, on paper.
COLOURS = {
    "ink": ("#15211f", "#e9edeb", "#000000"),
    "ink-2": ("#465551", "#b9c4c1", "#333333"),
    "line": ("#e0ddd4", "#2c3937", "#cccccc"),
    "edge": ("#7b8783", "#74837f", "#777777"),
    "accent": ("#0a5560", "#7accd5", "#0a5560"),
    "accent-soft": ("#e4f0f0", "#14343a", "#e4f0f0"),
    "alert": ("#9c2f16", "#f5a184", "#9c2f16"),
    "alert-soft": ("#fbeee9", "#381d15", "#fbeee9"),
    "surface": ("#fefefe", "#172120", "#ffffff"),
    "sunken": ("#f3f1eb", "#1e2a28", "#f0f0f0"),
}
THEMES = ("light", "dark", "print")
INK, INK_2, LINE, EDGE, ACCENT, SOFT, ALERT, ALERT_SOFT, SURFACE, SUNKEN = (
    light for light, _dark, _paper in COLOURS.values()
)
KEPT_ATTRIBUTES = {
    "cx", "cy", "d", "dominant-baseline", "fill-opacity", "font-weight", "height", "opacity", "points", "r",
    "rx", "ry", "stroke-dasharray", "stroke-opacity", "stroke-width", "text-anchor", "transform", "width",
    "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
LOCALES = {"sv": "sv-SE", "en": "en-GB"}
DRAWN = 128  # drawings kept ready
CONFIG = {
    "background": None,
    "font": "DejaVu Sans",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK_2, "titleColor": INK_2, "gridColor": LINE, "domainColor": EDGE, "tickColor": EDGE,
        "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelLimit": 220,
    },
    "legend": {"labelColor": INK_2, "titleColor": INK_2, "labelFontSize": 13, "titleFontSize": 13},
    "bar": {"color": ACCENT}, "text": {"color": INK, "fontSize": 13}, "rule": {"color": EDGE},
    "point": {"color": ACCENT}, "tick": {"color": ACCENT},
}  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """A specification with what a person who does not see it is told."""

    key: str  # unique on its page
    title: str
    description: str
    spec: dict[str, Any]


def inline(chart: Chart, language: str = "sv") -> SafeString:
    """The chart as SVG for a page: colours by class, no styles, named and described, nothing to focus."""
    root = fromstring(_bare(_drawn(_frozen(chart.spec), language)))
    geometry = {name: root.get(name, "") for name in ("viewBox", "width", "height")}
    _prune(root)
    _clean(root)
    root.attrib.clear()
    root.attrib |= {
        "class": "kv-vega",
        **geometry,
        "role": "img",
        "aria-labelledby": f"{chart.key}-title {chart.key}-text",
    }
    for tag, text in (("desc", chart.description), ("title", chart.title)):
        node = ET.Element(tag, {"id": f"{chart.key}-{tag.replace('desc', 'text')}"})
        node.text = text
        root.insert(0, node)
    return mark_safe(ET.tostring(root, encoding="unicode"))  # noqa: S308 - made here, texts escaped by the writer


def picture(chart: Chart, language: str = "sv", theme: str = "print") -> str:
    """The chart as an SVG file of its own, in one theme: for documents."""
    svg = _drawn(_frozen(chart.spec), language)
    at = THEMES.index(theme)
    for colours in COLOURS.values():
        svg = svg.replace(f'"{colours[0]}"', f'"{colours[at]}"')
    words = f"<title>{escape(chart.title)}</title><desc>{escape(chart.description)}</desc>"
    return re.sub(r"(<svg[^>]*>)", lambda match: match.group(1) + words, svg, count=1)


def _bare(svg: str) -> str:
    return re.sub(r'\sxmlns(:xlink)?="[^"]*"', "", svg, count=2)


def _prune(node: ET.Element) -> None:
    """Leave out what draws nothing: backgrounds, foregrounds, empty groups."""
    for child in list(node):
        _prune(child)
        ghost = child.tag == "path" and child.get("class") in {"background", "foreground"}
        empty = child.tag == "g" and not len(child)
        if ghost or empty or child.get("display") == "none":
            node.remove(child)


def _clean(node: ET.Element) -> None:
    """Keep geometry, and turn colours into classes."""
    by_light = {light: name for name, (light, _dark, _paper) in COLOURS.items()}
    for each in node.iter():
        classes = []
        for what, prefix in (("fill", "vf"), ("stroke", "vs")):
            colour = each.get(what)
            if colour in by_light:
                classes.append(f"{prefix}-{by_light[colour]}")
            elif colour is not None and each.tag != "g":
                classes.append(f"{prefix}-{'none' if colour in {'none', 'transparent'} else 'ink'}")
        if each.tag == "path" and each.get("fill") is None:
            classes.append("vf-none")
        kept = {name: value for name, value in each.attrib.items() if name in KEPT_ATTRIBUTES}
        if kept.get("opacity") == "1":
            del kept["opacity"]
        each.attrib.clear()
        each.attrib |= kept | ({"class": " ".join(classes)} if classes else {})


def _frozen(value: Any) -> Any:
    """A specification as something that can be remembered."""
    if isinstance(value, dict):
        return ("dict", tuple((key, _frozen(each)) for key, each in value.items()))
    if isinstance(value, list | tuple):
        return ("list", tuple(_frozen(each) for each in value))
    return value


def _thawed(value: Any) -> Any:
    if isinstance(value, tuple):
        kind, parts = value
        if kind == "dict":
            return {key: _thawed(each) for key, each in parts}
        return [_thawed(each) for each in parts]
    return value


@lru_cache(maxsize=DRAWN)
def _drawn(spec: Any, language: str) -> str:
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": CONFIG,
        **_thawed(spec),
    }
    return _vl_convert().vegalite_to_svg(whole, format_locale=LOCALES.get(language, "sv-SE"))


def _vl_convert() -> Any:
    import vl_convert  # noqa: PLC0415 - heavy, loaded when the first chart is drawn

    return vl_convert
