"""How far the jury has come, for its chair and the organiser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from awards.models import Edition
from criteria import actions, permissions
from criteria.models import Round
from criteria.progress import Progress, latest_round, matrix


@require_GET
def progress_page(request: HttpRequest, edition: str) -> HttpResponse:
    """Jurors down, entries across: not begun, begun, done or standing aside; never a score."""
    found = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("fair", "award"), key=edition
    )

    permissions.may_see_progress(request.user, found).require()

    scoring_round = latest_round(found)
    request.edition = found
    context = {"edition": found, "matrix": None}
    if scoring_round is not None:
        scoring_round.edition = found
        context = {
            "edition": found,
            "matrix": matrix(scoring_round),
            "legend": list(Progress),
            "may_open": permissions.may_open_round(request.user, scoring_round, timezone.now()),
            "may_close": permissions.may_close_round(request.user, scoring_round),
            "may_reveal": permissions.may_reveal_round(request.user, scoring_round),
        }
    return render(request, "criteria/progress.html", context)


@require_POST
def round_open(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Let the jurors begin."""
    found = _find(request, edition, number)
    actions.open_round(scoring_round=found, now=timezone.now(), by=request.user)
    return redirect("progress_page", edition)


@require_POST
def round_close(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """End the scoring."""
    found = _find(request, edition, number)
    actions.close_round(scoring_round=found, by=request.user)
    return redirect("progress_page", edition)


@require_POST
def round_reveal(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Let the jurors see one another's scores."""
    found = _find(request, edition, number)
    actions.reveal_round(scoring_round=found, now=timezone.now(), by=request.user)
    return redirect("progress_page", edition)


def _find(request: HttpRequest, edition: str, number: int) -> Round:
    found = get_object_or_404(Edition.objects.visible_to(request.user), key=edition)
    rounds = Round.objects.select_related("edition", "scoring_model")
    permissions.may_see_progress(request.user, found).require()
    return get_object_or_404(rounds, edition=found, position=number)
