"""The journal of an edition on the page, for its organiser."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards import formats
from awards.organised import organised_edition
from reports.journal_form import JournalForm
from reports.journal_rows import Journal, JournalFilters, people_of

A_PAGE = 50


@never_cache
@require_safe
def journal_page(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that happened in the edition, the newest first, with who took files out."""
    edition = organised_edition(request, key)

    people = people_of(edition)
    form = JournalForm(request.GET or None, people=people)
    sound = not form.is_bound or form.is_valid()
    filters = form.filters if form.is_bound and sound else JournalFilters()
    language = formats.written_language(get_language())

    page = None
    if sound:
        journal = Journal(edition, filters, people)
        page = Paginator(journal, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "form": form,
        "page": page,
        "chips": form.chips(request.GET, language) if form.is_bound and sound else (),
    }
    return render(request, "reports/organiser/journal.html", context)
