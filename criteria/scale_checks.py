"""What can be wrong with a scale: its ends, its step, and bands that leave a gap or overlap."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.figures import figure
from criteria.scoring import INPUTS, Band, Node, Scale, ScoringModel, walk

Problems = Iterator[str | Promise]
MOST_CHOICES = 21


def check_scale(node: Node) -> Problems:
    """Every problem of the node's scale. The bands are looked at only on ends and a step that hold."""
    scale = node.scale
    if scale is None:
        return
    if scale.input not in INPUTS:
        yield _say(_("{code}: the way “{input}” to give a value is not known."), node, input=scale.input)
    if scale.min >= scale.max:
        yield _say(_("{code}: the scale must end above where it begins."), node)
        return
    if scale.step <= 0 or (scale.max - scale.min) % scale.step != 0:
        yield _say(_("{code}: the step {step} does not divide the scale."), node, step=figure(scale.step))
        return
    steps = (scale.max - scale.min) / scale.step + 1
    if scale.input == "choice" and not scale.bands and steps > MOST_CHOICES:
        yield _say(_("{code}: {steps} values are too many to choose among."), node, steps=figure(steps))
    if scale.input == "band_then_number" and not scale.bands:
        yield _say(_("{code}: the scale needs levels to choose among first."), node)
    if scale.bands:
        yield from _check_bands(node, scale)


def check_shared_codes(model: ScoringModel) -> Problems:
    """Scales with the same code must be the same but for their level texts."""
    seen: dict[str, Scale] = {}
    told: set[str] = set()
    for node, _parent in walk(model):
        if node.scale is None:
            continue
        first = seen.setdefault(node.scale.code, node.scale)
        if node.scale.code not in told and first.without_descriptors() != node.scale.without_descriptors():
            told.add(node.scale.code)
            yield format_lazy(_("Two different scales are called “{code}”."), code=node.scale.code)


def _check_bands(node: Node, scale: Scale) -> Problems:
    for band in scale.bands:
        if band.lo > band.hi:
            yield _say(_("{code}: the level {band} ends before it begins."), node, band=_ends(band))
            return
    bands = sorted(scale.bands, key=lambda band: band.lo)
    if tuple(bands) != scale.bands:
        yield _say(_("{code}: the levels must go from the lowest to the highest."), node)
    if any((end - scale.min) % scale.step for band in bands for end in (band.lo, band.hi)):
        yield _say(_("{code}: a level ends between two steps of the scale."), node)
    yield from _check_cover(node, scale, bands)


def _check_cover(node: Node, scale: Scale, bands: list[Band]) -> Problems:
    """Every value of the scale lies in exactly one band."""
    if bands[0].lo < scale.min or bands[-1].hi > scale.max:
        yield _say(_("{code}: the levels reach outside the scale."), node)
    if bands[0].lo > scale.min:
        yield _gap(node, scale.min, bands[0].lo - scale.step)
    for before, after in pairwise(bands):
        if after.lo <= before.hi:
            yield _say(
                _("{code}: the levels {one} and {other} overlap."),
                node,
                one=_ends(before),
                other=_ends(after),
            )
        elif after.lo > before.hi + scale.step:
            yield _gap(node, before.hi + scale.step, after.lo - scale.step)
    if bands[-1].hi < scale.max:
        yield _gap(node, bands[-1].hi + scale.step, scale.max)


def _gap(node: Node, lo: Decimal, hi: Decimal) -> str | Promise:
    return _say(_("{code}: no level holds {value}."), node, value=_from_to(lo, hi))


def _ends(band: Band) -> str | Promise:
    return _from_to(band.lo, band.hi)


def _from_to(lo: Decimal, hi: Decimal) -> str | Promise:
    return figure(lo) if hi <= lo else format_lazy("{}–{}", figure(lo), figure(hi))


def _say(sentence: Any, node: Node, **values: str | Promise) -> Promise:
    return format_lazy(sentence, code=node.code, **values)
