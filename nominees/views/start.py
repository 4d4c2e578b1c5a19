"""The public front page, and the pages that say how the award and its data work."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nominees import headings, method
from nominees.charts import funnel
from nominees.front import front, ways_in
from nominees.open_data import DATASETS, SOURCES


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who bears the title, what the latest edition is, every winner, and how many applied."""
    shown = front(request.user, timezone.now())

    latest = shown.latest
    if latest:
        request.edition = latest.edition
    context = {
        "front": shown,
        "lead": headings.start_lead(shown),
        "figures": headings.start_figures(shown),
        "bearer": headings.bearer(shown.latest_won),
        "latest_heading": headings.edition_name(latest.title) if latest else "",
        "way_in": ways_in(latest.edition.entry_mode) if latest else "",
        "cards": method.cards(latest.edition) if latest else (),
        "record": headings.record(shown.rounds),
        "chart": funnel(shown.rounds),
    }
    return render(request, "nominees/start.html", context)


@login_not_required
@require_safe
def method_page(request: HttpRequest) -> HttpResponse:
    """How winners were chosen over the years, and who sees what when."""
    context = {"eras": method.ERAS, "sights": method.SIGHTS}
    return render(request, "nominees/method.html", context)


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Which lists can be downloaded, what their columns mean, and where the facts come from."""
    context = {"datasets": DATASETS, "sources": SOURCES}
    return render(request, "nominees/open_data.html", context)
