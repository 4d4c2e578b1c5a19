"""A scoring model as a file, and back: JSON that people can read, every error naming its place in it.

The form is described in docs/scoring-model-file.md. `parse(dump(model)) == model` for every model, and
numbers are written as text, so that nothing passes through binary fractions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.file_fields import (
    Json,
    ModelFileError,
    bilingual,
    fields,
    items,
    number,
    number_or_none,
    text,
    whole,
)
from criteria.model_writing import FORMAT, FORMAT_VERSION, dump
from criteria.scoring import Band, Indicator, Node, Rounding, Scale, ScoringModel

__all__ = ["ModelFileError", "dump", "parse", "read", "write"]
DEEPEST = 8
MOST_NODES = 1000


def read(content: str | bytes) -> ScoringModel:
    """The model in a file's content. ModelFileError when it is not one."""
    try:
        data = json.loads(
            content, parse_float=str, parse_constant=_no_constant, object_pairs_hook=_without_doubles
        )
    except ModelFileError:
        raise
    except (ValueError, RecursionError) as error:
        line = f" ({error.lineno}:{error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ModelFileError(
            "", format_lazy(_("The file is not readable JSON{place}."), place=line)
        ) from None
    return parse(data)


def write(model: ScoringModel) -> str:
    """The content of a model's file."""
    return json.dumps(dump(model), ensure_ascii=False, indent=2) + "\n"


def parse(data: object) -> ScoringModel:
    """The model that `data` (a file's JSON) describes. ModelFileError with the place of the first mistake.

    A number may be text ("4.5") or a whole number; binary fractions are refused. Whether the model can be
    used is another question: see activation.check.
    """
    top = fields(data, "", {"format", "code", "version", "title", "root"}, _MODEL_OPTIONAL)
    if top["format"] != FORMAT:
        raise ModelFileError("format", format_lazy(_("It must be “{value}”."), value=FORMAT))
    if top.get("format_version", FORMAT_VERSION) != FORMAT_VERSION:
        raise ModelFileError("format_version", _("This version of the form is not known here."))
    scales = _scales(top.get("scales", []))
    rounding = fields(top.get("rounding", {}), "rounding", set(), {"at", "places"})
    return ScoringModel(
        code=text(top["code"], "code"),
        version=_version(top["version"]),
        title=bilingual(top["title"], "title"),
        note=bilingual(top.get("note", {}), "note"),
        root=_NodeReader(scales).read(top["root"], "root", depth=1),
        rounding=Rounding(
            at=text(rounding.get("at", "final"), "rounding.at"),
            places=whole(rounding.get("places", 2), "rounding.places"),
        ),
        juror_combine=text(top.get("juror_combine", "mean"), "juror_combine"),
        trim=whole(top.get("trim", 0), "trim"),
        incomplete=text(top.get("incomplete", "submitted_only"), "incomplete"),
        tie_break=tuple(items(top.get("tie_break", []), "tie_break", text)),
        combine_on=text(top.get("combine_on", "total"), "combine_on"),
        marked_by=text(top.get("marked_by", "jurors"), "marked_by"),
    )


def _version(value: object) -> int:
    number = whole(value, "version")
    if number > LAST_VERSION:
        raise ModelFileError("version", format_lazy(_("It can be at most {most}."), most=LAST_VERSION))
    return number


_MODEL_OPTIONAL = {
    "format_version",
    "note",
    "rounding",
    "juror_combine",
    "trim",
    "combine_on",
    "incomplete",
    "tie_break",
    "marked_by",
    "scales",
}
_NODE_OPTIONAL = {
    "guidance",
    "weight",
    "weight_total",
    "max_points",
    "scale",
    "descriptors",
    "aggregate",
    "may_be_not_applicable",
    "deviation_limit",
    "indicator",
    "children",
}

LAST_VERSION = 32_767  # what the table holds


class _NodeReader:
    """Reads the tree; knows the shared scales and how many nodes there have been."""

    def __init__(self, scales: Mapping[str, Scale]) -> None:
        self.scales = scales
        self.nodes = 0

    def read(self, data: object, path: str, *, depth: int) -> Node:
        self.nodes += 1
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise ModelFileError(path, _("The tree is deeper or larger than a scoring model can be."))
        node = fields(data, path, {"code", "kind", "title"}, _NODE_OPTIONAL)
        children = items(
            node.get("children", []),
            f"{path}.children",
            lambda each, at: self.read(each, at, depth=depth + 1),
        )
        applies = node.get("may_be_not_applicable", True)
        if not isinstance(applies, bool):
            raise ModelFileError(f"{path}.may_be_not_applicable", _("It must be true or false."))
        return Node(
            code=text(node["code"], f"{path}.code"),
            kind=text(node["kind"], f"{path}.kind"),
            title=bilingual(node["title"], f"{path}.title"),
            guidance=bilingual(node.get("guidance", {}), f"{path}.guidance"),
            weight=number_or_none(node.get("weight"), f"{path}.weight"),
            max_points=number_or_none(node.get("max_points"), f"{path}.max_points"),
            scale=self._scale(node, path),
            aggregate=text(node.get("aggregate", ""), f"{path}.aggregate"),
            may_be_not_applicable=applies,
            children=tuple(children),
            weight_total=number(node.get("weight_total", 100), f"{path}.weight_total"),
            deviation_limit=number_or_none(node.get("deviation_limit"), f"{path}.deviation_limit"),
            indicator=_indicator(node.get("indicator"), f"{path}.indicator"),
        )

    def _scale(self, node: Json, path: str) -> Scale | None:
        named, descriptors = node.get("scale"), node.get("descriptors")
        if named is None and descriptors is not None:
            raise ModelFileError(f"{path}.descriptors", _("Level texts need a scale beside them."))
        if named is None:
            return None
        if isinstance(named, str):
            if named not in self.scales:
                reason = format_lazy(_("There is no scale “{code}” among the file's scales."), code=named)
                raise ModelFileError(f"{path}.scale", reason)
            scale = self.scales[named]
        else:
            scale = _scale_in(named, f"{path}.scale")
        if descriptors is None:
            return scale
        texts = items(descriptors, f"{path}.descriptors", bilingual)
        if len(texts) != len(scale.bands):
            reason = format_lazy(
                _("The scale has {bands} levels, not {texts}."), bands=len(scale.bands), texts=len(texts)
            )
            raise ModelFileError(f"{path}.descriptors", reason)
        pairs = zip(scale.bands, texts, strict=True)
        return replace(scale, bands=tuple(replace(band, descriptor=text) for band, text in pairs))


def _scales(data: object) -> dict[str, Scale]:
    scales: dict[str, Scale] = {}
    for place, scale in enumerate(items(data, "scales", _scale_in)):
        if scale.code in scales:
            reason = format_lazy(_("The scale “{code}” is there twice."), code=scale.code)
            raise ModelFileError(f"scales[{place}].code", reason)
        scales[scale.code] = scale
    return scales


def _scale_in(data: object, path: str) -> Scale:
    scale = fields(data, path, {"code", "min", "max", "step"}, {"input", "bands"})
    return Scale(
        code=text(scale["code"], f"{path}.code"),
        min=number(scale["min"], f"{path}.min"),
        max=number(scale["max"], f"{path}.max"),
        step=number(scale["step"], f"{path}.step"),
        input=text(scale.get("input", "choice"), f"{path}.input"),
        bands=tuple(items(scale.get("bands", []), f"{path}.bands", _band)),
    )


def _band(data: object, path: str) -> Band:
    band = fields(data, path, {"lo", "hi", "label"}, {"descriptor"})
    return Band(
        lo=number(band["lo"], f"{path}.lo"),
        hi=number(band["hi"], f"{path}.hi"),
        label=bilingual(band["label"], f"{path}.label"),
        descriptor=bilingual(band.get("descriptor", {}), f"{path}.descriptor"),
    )


def _indicator(data: object, path: str) -> Indicator | None:
    if data is None:
        return None
    indicator = fields(data, path, {"key_figure"}, {"method", "direction", "lo", "hi"})
    return Indicator(
        key_figure=text(indicator["key_figure"], f"{path}.key_figure"),
        method=text(indicator.get("method", "percentile"), f"{path}.method"),
        direction=text(indicator.get("direction", "+"), f"{path}.direction"),
        lo=number_or_none(indicator.get("lo"), f"{path}.lo"),
        hi=number_or_none(indicator.get("hi"), f"{path}.hi"),
    )


def _no_constant(name: str) -> None:
    raise ModelFileError("", format_lazy(_("“{value}” is not a number."), value=name))


def _without_doubles(pairs: list[tuple[str, Any]]) -> Json:
    out: Json = {}
    for name, value in pairs:
        if name in out:
            raise ModelFileError(name, _("This field is there twice."))
        out[name] = value
    return out
