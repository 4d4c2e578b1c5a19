"""Editions: the list of all, and one with its nominees, dates and sources."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from awards import formats
from awards.links import Link
from awards.shell import Shell
from nominees import headings, method
from nominees.edition_story import edition_page as read_page
from nominees.edition_story import findable
from nominees.front import front, ways_in
from nominees.open_data import downloads


@login_not_required
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """Every edition with its winner and counts."""
    shown = front(request.user, timezone.now())

    context = {
        "lines": shown.lines,
        "lead": headings.editions_lead(shown),
        "downloads": downloads(request.path, ""),
    }
    return render(request, "nominees/edition_list.html", context)


@login_not_required
@require_safe
def edition_page(request: HttpRequest, key: str) -> HttpResponse:
    """One edition: who applied, was nominated and won, when, behind whom, and where that was read."""
    now = timezone.now()
    edition = get_object_or_404(findable(request.user, now), key=key)

    request.edition = edition
    request.shell = Shell(request)
    page = read_page(edition, request.user, now)
    earlier, later = _neighbours(request.shell)
    context = {
        "page": page,
        "edition": edition,
        "heading": headings.edition_heading(headings.round_of(page)),
        "name": headings.edition_name(edition.title),
        "way_in": ways_in(edition.entry_mode),
        "fair_days": method.fair_days(edition.fair),
        "moved": headings.moved(page, formats.written_language(get_language())),
        "nominees_title": headings.nominees_title(page),
        "others_title": headings.others_title(page),
        "counts": headings.round_of(page),
        "earlier": earlier,
        "later": later,
    }
    return render(request, "nominees/edition_page.html", context)


def _neighbours(shell: Shell) -> tuple[Link | None, Link | None]:
    """The editions before and after this one, among those the reader may see; rehearsals have none."""
    real = [each for each in shell.editions if not each.is_rehearsal]
    here = next((place for place, each in enumerate(real) if each.current), None)
    if here is None:
        return None, None
    links = [Link(headings.edition_name(each.label), each.url) for each in real]
    return (
        links[here + 1] if here + 1 < len(links) else None,
        links[here - 1] if here else None,
    )
