"""The jury's standings, for those who lead, once individual scoring has closed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from awards.links import Link
from awards.models import Edition
from criteria import permissions
from criteria.findings import agenda, findings
from criteria.headline import headline
from criteria.jury_analysis import analysis_of, is_large
from criteria.models import Round
from criteria.progress import rounds_of
from criteria.readings import hidden_from
from criteria.rule_words import rule_words
from criteria.standing_page import nodes_of, plots_of, rows_of, scores_of, tie_rule
from criteria.standings import Standings, standings_of
from criteria.states import ScoreRoom
from criteria.views.noting import note_reading
from criteria.views.rounds import asked_round

PER_PAGE = 50
ENDINGS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))


@require_GET
def standings_page(request: HttpRequest, edition: str) -> HttpResponse:
    """Who leads, how sure that is, and what to talk about."""
    scoring_round, standings = find_standings(request, edition)

    found = None if is_large(standings) else analysis_of(standings)
    page = Paginator(standings.lines, PER_PAGE).get_page(request.GET.get("page"))
    lines = page.object_list
    seats, scores = scores_of(standings, lines)
    headings, nodes = nodes_of(standings, lines)
    context = {
        "edition": scoring_round.edition,
        "hidden": len(request.hidden_entries),
        "round": scoring_round,
        "model": standings.readings.model,
        "headline": headline(standings, found),
        "now": timezone.now(),
        "page": page,
        "rows": rows_of(standings, lines, found),
        "plots": plots_of(standings, lines, found),
        "seats": seats,
        "scores": scores,
        "headings": headings,
        "nodes": nodes,
        "how": rule_words(standings.readings.model),
        "tie_rule": tie_rule(standings),
        "shows_agreed": standings.shows_agreed,
        "by_consensus": standings.is_by_consensus,
        "found": found,
        "findings": findings(standings, found) if found is not None else (),
        "agenda": agenda(found)[:6] if found is not None else [],
        "downloads": [Link(label, _file(request, edition, ending)) for ending, label in ENDINGS],
        "workbook_url": _file(request, edition, "xlsx"),
        "totals_url": _file(request, edition, "csv", rows="totals"),
    }
    return render(request, "criteria/standings.html", context)


def find_standings(
    request: HttpRequest, key: str, room: str = ScoreRoom.STANDINGS
) -> tuple[Round, Standings]:
    """The round and its order, as far as the person may see it; 404 and 403 for others.

    The journal learns that the person has read it, in this `room`.
    """
    edition = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("fair", "award"), key=key
    )
    permissions.may_lead(request.user, edition).require()
    scoring_round = asked_round(request, rounds_of(edition))
    if scoring_round is None:
        raise Http404(_("No round of scoring has been set up."))
    scoring_round.edition = request.edition = edition
    permissions.may_see_standings(request.user, scoring_round).require()
    note_reading(request, edition, room)
    request.hidden_entries = hidden_from(request.user, edition)
    return scoring_round, standings_of(scoring_round, request.hidden_entries)


def _file(request: HttpRequest, edition: str, ending: str, **query: str) -> str:
    if request.round_query:
        query["round"] = request.GET["round"]
    path = reverse("standings_page", args=[edition]).removesuffix("/") + f".{ending}"
    return f"{path}?{urlencode(query)}" if query else path
