"""Entries: the filtered list of all, and one in its edition."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nominees import headings, portrait
from nominees.declared import declared
from nominees.entry_story import entry_page as read_page
from nominees.entry_story import findable
from nominees.filters import NominationFilter
from nominees.listing import ROWS, listing
from nominees.reach import nomination_caption, nomination_count, partial_lists, reach
from nominees.rows import NOMINATION_ORDERS, in_order, listed_nominations, nomination_rows


@login_not_required
@require_safe
def nomination_list(request: HttpRequest) -> HttpResponse:
    """Every municipality's way through the award: filters, order, pages and files."""
    now = timezone.now()
    filters = NominationFilter(request.GET, listed_nominations(request.user, now), user=request.user, now=now)

    around = listing(filters, request.GET, request.path, NOMINATION_ORDERS, "-year")
    reached = reach(filters.qs)
    paginator = Paginator(in_order(filters.qs, NOMINATION_ORDERS, around.sort), ROWS)
    paginator.count = reached.rows
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "listing": around,
        "page": page,
        "rows": nomination_rows(page, request.user, now, runs=True),
        "count": nomination_count(reached, request.GET.getlist("outcome")),
        "caption": nomination_caption(around.sort),
        "partial": partial_lists(reached),
    }
    return render(request, "nominees/nomination_list.html", context)


@login_not_required
@require_safe
def nomination_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """One entry: what happened to it, what it tells, and what nobody has supplied."""
    now = timezone.now()
    entry = get_object_or_404(findable(request.user, now), edition__key=key, municipality__code=code)

    request.edition = entry.edition
    page = read_page(entry, request.user, now)
    context = {
        "page": page,
        "entry": entry,
        "heading": headings.entry_heading(
            entry.municipality.name,
            entry.edition.title,
            page.standing.outcome,
            nominated=page.standing.nominated,
        ),
        "edition_name": headings.edition_name(entry.edition.title),
        "said": portrait.said(page.contributions, code),
        "told": declared(
            entry.edition.year,
            entry.get_absolute_url(),
            outward=page.outward,
            inward=page.inward,
            initiatives=page.initiatives,
            challenges=page.challenges,
            added=page.added,
            refs=page.works_refs,
        ),
        "is_public": entry.published_at is not None and entry.published_at <= now,
    }
    return render(request, "nominees/nomination_page.html", context)
