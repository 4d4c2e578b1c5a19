"""The six statistics of a round: at once for a jury's table, in the background for a large field's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.actions import jobs
from awards.models import Job
from awards.states import JobState
from criteria.headline import headline
from criteria.jury_analysis import JOB, analysis_of, is_large
from criteria.states import ScoreRoom
from criteria.statistics_page import sections_of
from criteria.views.standings import find_standings


@require_GET
def statistics_page(request: HttpRequest, edition: str) -> HttpResponse:
    """Whether the order holds: six questions, each with its light."""
    scoring_round, standings = find_standings(request, edition, ScoreRoom.STATISTICS)

    large = is_large(standings)
    found = None if large else analysis_of(standings)
    context = {
        "edition": scoring_round.edition,
        "hidden": len(request.hidden_entries),
        "headline": headline(standings, found),
        "sections": sections_of(standings, found) if found is not None else (),
        "readings": len(standings.readings.rows),
        "job": _pending(request, scoring_round.edition) if large else None,
    }
    return render(request, "criteria/statistics.html", context)


@require_POST
def statistics_order(request: HttpRequest, edition: str) -> HttpResponse:
    """Order the statistics of a large field; the file ends up among one's downloads."""
    scoring_round, _standings = find_standings(request, edition, ScoreRoom.STATISTICS)

    if _pending(request, scoring_round.edition) is None:
        parameters = {"round": scoring_round.pk}
        jobs.start_job(kind=JOB, parameters=parameters, edition=scoring_round.edition, by=request.user)
    messages.success(request, _("The statistics are being worked out. The file ends up here."))
    return redirect("job_list")


def _pending(request: HttpRequest, edition) -> Job | None:
    waiting = Job.objects.visible_to(request.user).filter(kind=JOB, edition=edition)
    return waiting.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).first()
