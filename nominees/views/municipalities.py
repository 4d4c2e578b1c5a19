"""Municipalities: the filtered list of all 290, and one over the years."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from awards import formats
from nominees import portrait
from nominees.declared import Declared, declared
from nominees.filters import MunicipalityFilter
from nominees.listing import ROWS, listing
from nominees.open_data import downloads
from nominees.reach import municipality_count
from nominees.rows import MUNICIPALITY_ORDERS, in_order, listed_municipalities, municipality_rows
from nominees.timeline import Entry, MunicipalityPage, Told
from nominees.timeline import municipality_page as read_page


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One edition with its contributions in words."""

    entry: Entry
    said: tuple[portrait.Said, ...]


@login_not_required
@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    """All municipalities with what is known of their way through the award."""
    now = timezone.now()
    filters = MunicipalityFilter(request.GET, listed_municipalities(), user=request.user, now=now)

    around = listing(filters, request.GET, request.path, MUNICIPALITY_ORDERS, "name")
    page = Paginator(in_order(filters.qs, MUNICIPALITY_ORDERS, around.sort), ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "listing": around,
        "page": page,
        "rows": municipality_rows(page, request.user, now),
        "count": municipality_count(page.paginator.count),
    }
    return render(request, "nominees/municipality_list.html", context)


@login_not_required
@require_safe
def municipality_page(request: HttpRequest, code: str) -> HttpResponse:
    """One municipality: its editions in a row, its timeline, what it works on, facts and sources."""
    page = read_page(code, request.user, timezone.now())
    if page is None:
        raise Http404

    context = {
        "page": page,
        "lead": portrait.lead(page),
        "timeline": _timeline(page),
        "told": tuple(_declared(told) for told in page.told),
        "facts": portrait.facts(page, formats.written_language(get_language())),
        "in_the_award": portrait.in_the_award(page),
        "downloads": downloads(request.path, ""),
    }
    return render(request, "nominees/municipality_page.html", context)


def _timeline(page: MunicipalityPage) -> tuple[TimelineEntry, ...]:
    code = page.municipality.code
    return tuple(TimelineEntry(entry, portrait.said(entry.contributions, code)) for entry in page.timeline)


def _declared(told: Told) -> Declared:
    return declared(
        told.year,
        told.url,
        outward=told.outward,
        inward=told.inward,
        initiatives=told.initiatives,
        challenges=told.challenges,
        added=told.added,
        refs=told.refs,
    )
