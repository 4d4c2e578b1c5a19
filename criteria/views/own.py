"""The juror's own picture."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from criteria.models import Assignment, Round
from criteria.own_picture import mine_in, own_picture
from criteria.views.scoring import language


@require_GET
def own_page(request: HttpRequest, scoring_round: int) -> HttpResponse:
    """How I have scored in a round; after the reveal, beside the jury."""
    now = timezone.now()
    mine = Assignment.objects.open_to(request.user, now)
    rounds = Round.objects.filter(pk__in=mine.values("round")).select_related(
        "scoring_model", "edition__fair", "edition__award"
    )
    found = get_object_or_404(rounds, pk=scoring_round)

    request.edition, request.deadline = found.edition, found.closes_at
    picture = own_picture(request.user, found, mine_in(request.user, found, now), language())
    return render(request, "criteria/own_picture.html", {"picture": picture, "edition": found.edition})
