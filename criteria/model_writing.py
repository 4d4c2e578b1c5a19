"""A scoring model written out as plain data: the half of its file form that model_files.parse reads."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from criteria.file_fields import Json
from criteria.scoring import Band, Bilingual, Indicator, Node, Scale, ScoringModel

FORMAT = "scoring-model"
FORMAT_VERSION = 1


def dump(model: ScoringModel) -> Json:
    """The model as plain JSON data, with defaults left out of the tree."""
    scales = _shared_scales(model.root, {})
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "code": model.code,
        "version": model.version,
        "title": _bilingual_out(model.title),
        "note": _bilingual_out(model.note),
        "rounding": {"at": model.rounding.at, "places": model.rounding.places},
        "juror_combine": model.juror_combine,
        "trim": model.trim,
        "combine_on": model.combine_on,
        "incomplete": model.incomplete,
        "tie_break": list(model.tie_break),
        "marked_by": model.marked_by,
        "scales": [_scale_out(scale) for scale in scales.values()],
        "root": _node_out(model.root, scales),
    }


def _shared_scales(node: Node, scales: dict[str, Scale]) -> dict[str, Scale]:
    """Each scale once, by code: whole while all its users agree, without level texts once they differ."""
    if node.scale is not None:
        shared = scales.setdefault(node.scale.code, node.scale)
        if shared != node.scale and shared.without_descriptors() == node.scale.without_descriptors():
            scales[node.scale.code] = shared.without_descriptors()
    for child in node.children:
        _shared_scales(child, scales)
    return scales


def _node_out(node: Node, scales: Mapping[str, Scale]) -> Json:
    out: Json = {"code": node.code, "kind": node.kind, "title": _bilingual_out(node.title)}
    if node.guidance != Bilingual():
        out["guidance"] = _bilingual_out(node.guidance)
    for name in ("weight", "max_points", "deviation_limit"):
        if getattr(node, name) is not None:
            out[name] = _number_out(getattr(node, name))
    if node.aggregate:
        out["aggregate"] = node.aggregate
    if node.weight_total != Decimal(100):
        out["weight_total"] = _number_out(node.weight_total)
    if not node.may_be_not_applicable:
        out["may_be_not_applicable"] = False
    if node.scale is not None:
        out |= _scale_reference(node.scale, scales[node.scale.code])
    if node.indicator is not None:
        out["indicator"] = _indicator_out(node.indicator)
    if node.children:
        out["children"] = [_node_out(child, scales) for child in node.children]
    return out


def _scale_reference(scale: Scale, shared: Scale) -> Json:
    if scale == shared:
        return {"scale": scale.code}
    if scale.without_descriptors() == shared:
        return {"scale": scale.code, "descriptors": [_bilingual_out(band.descriptor) for band in scale.bands]}
    return {"scale": _scale_out(scale)}


def _scale_out(scale: Scale) -> Json:
    return {
        "code": scale.code,
        "min": _number_out(scale.min),
        "max": _number_out(scale.max),
        "step": _number_out(scale.step),
        "input": scale.input,
        "bands": [_band_out(band) for band in scale.bands],
    }


def _band_out(band: Band) -> Json:
    out = {"lo": _number_out(band.lo), "hi": _number_out(band.hi), "label": _bilingual_out(band.label)}
    return out | ({"descriptor": _bilingual_out(band.descriptor)} if band.descriptor != Bilingual() else {})


def _indicator_out(indicator: Indicator) -> Json:
    out = {
        "key_figure": indicator.key_figure,
        "method": indicator.method,
        "direction": indicator.direction,
    }
    ends = {"lo": indicator.lo, "hi": indicator.hi}
    return out | {name: _number_out(end) for name, end in ends.items() if end is not None}


def _bilingual_out(text: Bilingual) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def _number_out(number: Decimal) -> str:
    return format(number, "f")
