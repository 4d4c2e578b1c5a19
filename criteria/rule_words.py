"""A scoring model's published rules in sentences: combining jurors, rounding, unfinished sheets."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from awards import formats
from criteria.scoring import ScoringModel


@dataclass(frozen=True)
class RuleWords:
    """The model's title and its published rules."""

    title: str
    combine: str
    rounding: str
    incomplete: str


def rule_words(model: ScoringModel) -> RuleWords:
    """The rules in the reader's language."""
    language = formats.written_language(get_language())
    return RuleWords(model.title.in_language(language), _combine(model), _rounding(model), _incomplete(model))


def _combine(model: ScoringModel) -> str:
    if model.juror_combine == "trimmed":
        text = _("The jury's value is the mean without the %(n)s highest and the %(n)s lowest totals.")
        return text % {"n": model.trim}
    whole = {
        "mean": _("The jury's value is the mean of the jurors' totals."),
        "median": _("The jury's value is the median of the jurors' totals."),
        "severity_adjusted": _("The jury's value is adjusted for how strict each juror is."),
        "consensus_only": _("The jury's value is the one agreed on at the consensus meeting."),
    }
    single = {
        "mean": _("Each criterion is the mean of the jurors, and the total is added up from those."),
        "median": _("Each criterion is the median of the jurors, and the total is added up from those."),
    }
    by_criterion = single if model.combine_on == "criterion" else {}
    return by_criterion.get(model.juror_combine) or whole[model.juror_combine]


def _rounding(model: ScoringModel) -> str:
    where = {
        "final": _("It is rounded once, last,"),
        "per_criterion": _("Every criterion is rounded before it is weighted,"),
        "per_product": _("Every weight times value is rounded before adding,"),
    }[model.rounding.at]
    places = ngettext("half up to one decimal.", "half up to %(count)s decimals.", model.rounding.places)
    return f"{where} {places % {'count': model.rounding.places}}"


def _incomplete(model: ScoringModel) -> str:
    if model.incomplete == "as_no_evidence":
        return _("In a sheet that is not done, what has no score counts as no evidence.")
    return _("Only sheets that are marked as done count.")
