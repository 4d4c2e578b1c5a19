"""Rounds of scoring and the jury's undertaking as parts of an edition, to be shown and copied."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.copying import Copying, Line, Part
from awards.models import Edition
from awards.shifts import SAME, Shift
from criteria.actions.rounds import plan_round
from criteria.actions.undertakings import issue_undertaking
from criteria.models import Round, ScoringModel, Undertaking
from criteria.states import ModelState


def _rounds(edition: Edition, shift: Shift) -> Iterator[Line]:
    for each in _rounds_of(edition):
        model = each.scoring_model if shift is SAME else successor(each.scoring_model)
        title = each.title or format_lazy(_("Round {number}"), number=each.position)
        yield Line(
            format_lazy("{title}: {model}", title=title, model=str(model)),
            each.opens_at,
            each.closes_at,
            shift.instant(each.opens_at),
            shift.instant(each.closes_at),
        )


def _copy_rounds(copied: Copying) -> None:
    for each in _rounds_of(copied.source):
        plan_round(
            edition=copied.target,
            scoring_model=successor(each.scoring_model),
            title=each.title,
            opens_at=copied.shift.instant(each.opens_at),
            closes_at=copied.shift.instant(each.closes_at),
            by=copied.by,
        )


def successor(model: ScoringModel) -> ScoringModel:
    """The model itself, or where that version has been put away its latest active one."""
    if model.state != ModelState.RETIRED:
        return model
    latest = (
        ScoringModel.objects.filter(code=model.code, state=ModelState.ACTIVE).order_by("-version").first()
    )
    return latest or model


def _rounds_of(edition: Edition):
    return Round.objects.filter(edition=edition).select_related("scoring_model").order_by("position")


def _undertaking(edition: Edition, _shift: Shift) -> Iterator[Line]:
    text = Undertaking.objects.in_force().filter(edition=edition).first()
    if text is not None:
        opening = " ".join(text.text_sv.split())
        yield Line(opening if len(opening) <= 160 else f"{opening[:160].rstrip()}…")


def _copy_undertaking(copied: Copying) -> None:
    text = Undertaking.objects.in_force().filter(edition=copied.source).first()
    if text is not None:
        issue_undertaking(
            edition=copied.target, text_sv=text.text_sv, text_en=text.text_en, now=copied.now, by=copied.by
        )


PARTS = (
    Part(
        "rounds",
        _("Rounds of scoring with their model"),
        _rounds,
        _copy_rounds,
        lambda edition: reverse("setup_scoring", args=[edition.key]),
        order=30,
        about=_("The criteria, weights and scales that the jury scores by."),
    ),
    Part(
        "undertaking",
        _("The jury's undertaking"),
        _undertaking,
        _copy_undertaking,
        lambda edition: reverse("undertaking_edit", args=[edition.key]),
        order=50,
        about=_("What each juror accepts before the first entry opens."),
    ),
)
