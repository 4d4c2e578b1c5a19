"""What a juror typed, in a form or a cell, read as a mark on the scale or refused in a sentence."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from criteria.figures import figure
from criteria.plan import on_scale
from criteria.rounding import half_up_to_step
from criteria.scoring import Blank, Mark, Node, Scale

# The words of a form and of the workbook, in both languages, as they are after `casefold`.
BLANK_WORDS = {
    "no_evidence": Blank.NO_EVIDENCE,
    "no evidence": Blank.NO_EVIDENCE,
    "inget underlag": Blank.NO_EVIDENCE,
    "not_applicable": Blank.NOT_APPLICABLE,
    "not applicable": Blank.NOT_APPLICABLE,
    "ej tillämpligt": Blank.NOT_APPLICABLE,
}
LONGEST = 40
INVISIBLE = "Cf"  # zero-width spaces, joiners, marks of direction and of byte order
FARTHEST = 10**12
NEAR = Fraction(1, 10**6)  # of a step: what a spreadsheet's binary numbers may be off
_NUMBER = re.compile(r"([+-]?[0-9]{1,12})(?:[.,]([0-9]{1,12}))?( ?%)?")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x2212: 0x2D}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Reading:
    """A value as read: `mark` (None for an empty value), or in `reason` why it was refused."""

    mark: Mark | None = None
    reason: str | Promise = ""

    @property
    def ok(self) -> bool:
        """True when the value can be saved; an empty one clears the mark."""
        return not self.reason


def parse(raw: object, node: Node, *, percent: bool = False) -> Reading:
    """Read `raw` (text, a cell's number, None) as a mark for `node`.

    `percent` says that a cell's number is shown as a percentage (0.45 shown as 45 %). It is taken only on a
    scale from 0 to 100; elsewhere 4 shown as 400 % is refused rather than guessed at.
    """
    if raw is None:
        return Reading()
    if isinstance(raw, bool):
        return Reading(reason=_refused(_("TRUE and FALSE are not scores."), node))
    if isinstance(raw, (dt.date, dt.time, dt.timedelta)):
        return Reading(reason=_refused(_("A date or a time is not a score."), node))
    if isinstance(raw, (int, float, Decimal)):
        return _from_number(raw, node, percent=percent)
    if isinstance(raw, str):
        return _from_text(raw, node)
    return Reading(reason=_refused(_("This is not a score."), node))


def tidy(text: str) -> str:
    """Composed, nothing invisible, full-width signs made ordinary, spaces single and none at the ends."""
    composed = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    seen = "".join(each for each in composed if unicodedata.category(each) != INVISIBLE)
    return _SPACES.sub(" ", seen).strip()


def scale_words(scale: Scale) -> Promise:
    """The scale in a sentence: "Write a number from 1 to 5 in steps of 1."."""
    return format_lazy(
        _("Write a number from {lowest} to {highest} in steps of {step}."),
        lowest=figure(scale.min),
        highest=figure(scale.max),
        step=figure(scale.step),
    )


def _from_text(raw: str, node: Node) -> Reading:
    text = tidy(raw)
    if not text:
        return Reading()
    if blank := BLANK_WORDS.get(text.casefold()):
        return _blank(blank, node)
    match = _NUMBER.fullmatch(text)
    if match is None:
        reason = format_lazy(_("“{value}” is not a score."), value=_cut(text))
        return Reading(reason=_refused(reason, node))
    whole, part, percent = match.groups()
    if percent and not _counts_percent(node.scale):
        reason = format_lazy(_("“{value}” is a percentage, and this scale has none."), value=_cut(text))
        return Reading(reason=_refused(reason, node))
    return _on_scale(Decimal(f"{whole}.{part or 0}").normalize(), node)


def _from_number(raw: float | Decimal, node: Node, *, percent: bool) -> Reading:
    try:
        exact = Fraction(raw)
    except (ValueError, OverflowError):
        return Reading(reason=_refused(_("This is not a number."), node))
    if percent:
        if not _counts_percent(node.scale):
            return Reading(reason=_refused(_("The cell shows a percentage, and this scale has none."), node))
        exact *= 100
    if node.scale is None:
        return Reading(reason=_("No score is given here."))
    if abs(exact) > FARTHEST:
        return Reading(reason=_refused(_("The number is outside the scale."), node))
    lo, step = Fraction(node.scale.min), Fraction(node.scale.step)
    near = half_up_to_step(exact, lo, step)
    if abs(near - exact) < NEAR * step:
        exact = near
    else:
        exact = half_up_to_step(exact, Fraction(0), Fraction(1, 10**6))
    return _on_scale(Decimal(exact.numerator) / Decimal(exact.denominator), node)


def _on_scale(value: Decimal, node: Node) -> Reading:
    scale = node.scale
    if scale is None or not node.takes_mark:
        return Reading(reason=_("No score is given here."))
    if not scale.min <= value <= scale.max:
        reason = format_lazy(_("{value} is outside the scale."), value=figure(value))
        return Reading(reason=_refused(reason, node))
    if not on_scale(value, scale):
        reason = format_lazy(_("{value} is between two steps of the scale."), value=figure(value))
        return Reading(reason=_refused(reason, node))
    return Reading(mark=Mark(value=plain(value, scale)))


def plain(value: Decimal, scale: Scale) -> Decimal:
    """The value with as many decimals as the scale has, so that the same score always looks the same."""
    places = max(
        0, *(-int(number.normalize().as_tuple().exponent) for number in (scale.min, scale.max, scale.step))
    )
    return value.quantize(Decimal(1).scaleb(-places))


def _blank(blank: Blank, node: Node) -> Reading:
    if not node.takes_mark:
        return Reading(reason=_("No score is given here."))
    if blank == Blank.NOT_APPLICABLE and not node.may_be_not_applicable:
        return Reading(reason=_refused(_("This criterion always applies."), node))
    return Reading(mark=Mark(blank=blank))


def _counts_percent(scale: Scale | None) -> bool:
    return scale is not None and (scale.min, scale.max) == (0, 100)


def _refused(reason: str | Promise, node: Node) -> Promise:
    """The reason and what to write instead, as one text."""
    if node.scale is None:
        return format_lazy("{}", reason)
    return format_lazy("{} {}", reason, scale_words(node.scale))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
