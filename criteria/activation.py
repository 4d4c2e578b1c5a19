"""May this model be used? Every reason why not, as sentences; a model with none can be activated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.figures import figure
from criteria.scale_checks import check_scale, check_shared_codes
from criteria.scoring import (
    AGGREGATES,
    COMBINE_ON,
    INCOMPLETE,
    JUROR_COMBINES,
    KINDS,
    MARKED_BY,
    ROUND_AT,
    STATED_AGGREGATES,
    TIE_BREAKS,
    Indicator,
    Node,
    ScoringModel,
    find,
    walk,
)

Problems = Iterator[str | Promise]
MOST_PLACES = 6
LONGEST_SHOWN = 60
_MODEL_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,48}[A-Za-z0-9])?")
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,38}[A-Za-z0-9])?")


def check(model: ScoringModel, *, jurors: int | None = None) -> list[str | Promise]:
    """All problems, in the order of the model: empty when it can be activated.

    `jurors` is the number of jurors of the round, where it is known: trimming needs enough of them.
    """
    problems = [*_check_rules(model, jurors), *_check_codes(model), *check_shared_codes(model)]
    for node, parent in walk(model):
        problems += _check_node(node, parent, model)
    return problems


# The rules above the tree --------------------------------------------------------------------------
def _check_rules(model: ScoringModel, jurors: int | None) -> Problems:
    chosen = (
        (model.rounding.at, ROUND_AT, _("The rounding “{value}” is not known.")),
        (model.juror_combine, JUROR_COMBINES, _("The way “{value}” to combine jurors is not known.")),
        (model.combine_on, COMBINE_ON, _("Jurors cannot be combined on “{value}”.")),
        (model.incomplete, INCOMPLETE, _("The rule “{value}” for unfinished sheets is not known.")),
        (model.marked_by, MARKED_BY, _("A model cannot be marked by “{value}”.")),
    )
    for value, known, sentence in chosen:
        if value not in known:
            yield format_lazy(sentence, value=value)
    if not (model.title.sv or model.title.en):
        yield _("The model has no title.")
    if model.version < 1:
        yield _("The version must be at least 1.")
    if not 0 <= model.rounding.places <= MOST_PLACES:
        yield format_lazy(_("Round to between 0 and {most} decimals."), most=MOST_PLACES)
    yield from _check_trim(model, jurors)
    yield from _check_tie_break(model)


def _check_trim(model: ScoringModel, jurors: int | None) -> Problems:
    if model.juror_combine != "trimmed":
        if model.trim:
            yield _("Only the trimmed mean leaves out the highest and the lowest.")
        return
    if model.trim < 1:
        yield _("The trimmed mean must leave out at least one highest and one lowest.")
    elif jurors is not None and jurors < 2 * model.trim + 3:
        yield format_lazy(
            _("Leaving out {trim} highest and {trim} lowest needs {needed} jurors; there are {jurors}."),
            trim=model.trim,
            needed=2 * model.trim + 3,
            jurors=jurors,
        )


def _check_tie_break(model: ScoringModel) -> Problems:
    for step, times in Counter(model.tie_break).items():
        if times > 1:
            yield format_lazy(_("The tie-break “{step}” is there twice."), step=step)
        if step.startswith("criterion:"):
            code = step.removeprefix("criterion:")
            if find(model, code) is None:
                yield format_lazy(_("The tie-break names {code}, which is not in the model."), code=code)
        elif step not in TIE_BREAKS:
            yield format_lazy(_("The tie-break “{step}” is not known."), step=step)
    if "shared" in model.tie_break[:-1]:
        yield _("Nothing comes after a shared place: put it last among the tie-breaks.")


def check_names(model: ScoringModel) -> Problems:
    """Codes that could not stand in an address, a form or a workbook: not even a draft may carry them."""
    if not _MODEL_CODE.fullmatch(model.code):
        yield format_lazy(
            _("The model's code “{code}” must be 1–50 letters a–z, digits or hyphens."),
            code=model.code[:LONGEST_SHOWN],
        )
    for node, _parent in walk(model):
        if not _CODE.fullmatch(node.code):
            yield format_lazy(
                _("The code “{code}” must be 1–40 letters a–z, digits, points, hyphens or low lines."),
                code=node.code[:LONGEST_SHOWN],
            )


# The tree ------------------------------------------------------------------------------------------
def _check_codes(model: ScoringModel) -> Problems:
    codes = [node.code for node, _parent in walk(model)]
    for code, times in Counter(code.casefold() for code in codes).items():
        if times > 1:
            yield format_lazy(_("The code {code} is used {times} times."), code=code, times=times)
    yield from check_names(model)
    if model.root.is_leaf:
        yield _("The model has no criteria.")


def _check_node(node: Node, parent: Node | None, model: ScoringModel) -> Problems:
    if node.kind not in KINDS:
        yield format_lazy(_("{code}: the kind “{kind}” is not known."), code=node.code, kind=node.kind)
    if not (node.title.sv or node.title.en):
        yield format_lazy(_("{code} has no title."), code=node.code)
    if parent is not None:
        yield from _check_share(node, parent)
    if node.is_leaf:
        yield from _check_leaf(node, model)
    else:
        yield from _check_group(node)
    if node.scale is not None and node.takes_mark:
        yield from check_scale(node)


def _check_share(node: Node, parent: Node) -> Problems:
    """What a node needs because of how its parent adds up."""
    if parent.aggregate == "weighted_mean" and (node.weight is None or node.weight <= 0):
        yield format_lazy(_("{code} needs a weight above 0."), code=node.code)
    counts_points = parent.aggregate == "points_sum" and node.aggregate != "points_sum"
    if (counts_points and node.max_points is None) or (node.max_points is not None and node.max_points <= 0):
        yield format_lazy(_("{code} needs maximum points above 0."), code=node.code)


def _check_leaf(node: Node, model: ScoringModel) -> Problems:
    if node.kind == "group":
        yield format_lazy(_("The group {code} is empty."), code=node.code)
    elif node.scale is None:
        yield format_lazy(_("{code} has no scale."), code=node.code)
    if model.marked_by == "key_figures":
        if node.indicator is None:
            yield format_lazy(_("{code} needs a key figure."), code=node.code)
    elif node.indicator is not None:
        yield format_lazy(_("{code} has a key figure, but jurors mark this model."), code=node.code)
    if node.indicator is not None:
        yield from _check_indicator(node.code, node.indicator)


def _check_indicator(code: str, indicator: Indicator) -> Problems:
    if not indicator.key_figure:
        yield format_lazy(_("{code} needs a key figure."), code=code)
    if indicator.direction not in ("+", "-"):
        yield format_lazy(_("{code}: the direction must be + or -."), code=code)
    if indicator.method not in ("percentile", "line"):
        yield format_lazy(
            _("{code}: the method “{method}” is not known."), code=code, method=indicator.method
        )
    elif indicator.method == "line" and (
        indicator.lo is None or indicator.hi is None or indicator.lo >= indicator.hi
    ):
        yield format_lazy(_("{code}: the line needs a lower end below its upper end."), code=code)


def _check_group(node: Node) -> Problems:
    if node.kind != "group":
        yield format_lazy(_("{code} has parts below it and must be a group."), code=node.code)
    if node.aggregate not in AGGREGATES:
        yield format_lazy(
            _("{code}: the way “{aggregate}” to add up is not known."),
            code=node.code,
            aggregate=node.aggregate,
        )
    elif node.aggregate == "weighted_mean":
        yield from _check_weights(node)
    elif node.aggregate == "points_sum":
        yield from _check_points(node)
    elif node.aggregate in STATED_AGGREGATES:
        yield from _check_stated(node)


def _check_weights(node: Node) -> Problems:
    total = sum((child.weight or Decimal(0) for child in node.children), Decimal(0))
    if total != node.weight_total:
        yield format_lazy(
            _("The weights in {code} sum to {sum}, not to {total}."),
            code=node.code,
            sum=figure(total),
            total=figure(node.weight_total),
        )


def _check_points(node: Node) -> Problems:
    total = points_of(node)
    if node.max_points is not None and total != node.max_points:
        yield format_lazy(
            _("The points in {code} sum to {sum}, not to {total}."),
            code=node.code,
            sum=figure(total),
            total=figure(node.max_points),
        )


def points_of(node: Node) -> Decimal:
    """The points a node can give: its own maximum, or the sum of its children's."""
    if node.aggregate != "points_sum":
        return node.max_points or Decimal(0)
    below = (
        (child.max_points if child.max_points is not None else points_of(child)) for child in node.children
    )
    return sum(below, Decimal(0))


def _check_stated(node: Node) -> Problems:
    if node.scale is None:
        yield format_lazy(_("{code} has no scale."), code=node.code)
    if not all(child.is_leaf for child in node.children):
        yield format_lazy(_("{code}: only single parts may lie below a stated value."), code=node.code)
    if node.deviation_limit is not None and node.deviation_limit < 0:
        yield format_lazy(_("{code}: the allowed deviation cannot be below 0."), code=node.code)
    if node.aggregate != "ladder":
        return
    if node.scale is not None and len(node.scale.bands) != len(node.children) + 1:
        yield format_lazy(
            _("The ladder {code} has {rungs} rungs and needs {needed} levels, not {bands}."),
            code=node.code,
            rungs=len(node.children),
            needed=len(node.children) + 1,
            bands=len(node.scale.bands),
        )
    if any(child.may_be_not_applicable for child in node.children):
        yield format_lazy(_("The rungs of the ladder {code} must always apply."), code=node.code)
