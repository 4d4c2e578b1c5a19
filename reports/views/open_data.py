"""The public lists as files: the pages' own filters and order, in three formats."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nominees import rows, timeline
from nominees.filters import MunicipalityFilter, NominationFilter
from reports import municipality_record
from reports.tables import FORMATS, Table, fingerprint, json_bytes, table


@login_not_required
@require_safe
def nominations_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The filtered list of entries."""
    now = timezone.now()
    filters = NominationFilter(
        request.GET, rows.listed_nominations(request.user, now), user=request.user, now=now
    )
    if not filters.is_valid():
        return refusal(filters.problem, ending)

    entries = rows.in_order(filters.qs, rows.NOMINATION_ORDERS, request.GET.get("sort", ""))
    found = rows.nomination_rows(entries, request.user, now)

    return file_of(request, table("nominations", _("Nominations"), rows.NOMINATION_COLUMNS, found), ending)


@login_not_required
@require_safe
def municipalities_file(request: HttpRequest, ending: str) -> HttpResponse:
    """The filtered list of municipalities."""
    now = timezone.now()
    filters = MunicipalityFilter(request.GET, rows.listed_municipalities(), user=request.user, now=now)
    if not filters.is_valid():
        return refusal(filters.problem, ending)

    municipalities = rows.in_order(filters.qs, rows.MUNICIPALITY_ORDERS, request.GET.get("sort", ""))
    found = rows.municipality_rows(municipalities, request.user, now)

    return file_of(
        request, table("municipalities", _("Municipalities"), rows.MUNICIPALITY_COLUMNS, found), ending
    )


@login_not_required
@require_safe
def editions_file(request: HttpRequest, ending: str) -> HttpResponse:
    """All public editions."""
    now = timezone.now()
    found = rows.edition_rows(rows.listed_editions(request.user, now), request.user, now)

    return file_of(request, table("editions", _("Editions"), rows.EDITION_COLUMNS, found), ending)


@login_not_required
@require_safe
def municipality_file(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """One municipality's record: an object as JSON, one fact a row otherwise."""
    page = timeline.municipality_page(code, request.user, timezone.now())
    if page is None:
        raise Http404

    if ending == "json":
        return _sent(request, json_bytes, municipality_record.record(page), code, ending)
    facts = municipality_record.facts(page)
    return file_of(request, table(code, page.municipality.name, municipality_record.COLUMNS, facts), ending)


def file_of(request: HttpRequest, wanted: Table, ending: str) -> HttpResponse:
    """The table in the format of this ending."""
    return _sent(request, FORMATS[ending].write, wanted, wanted.name, ending)


def refusal(sentence: str, ending: str) -> HttpResponse:
    """400 with the sentence: a wrong filter must not look like a full list."""
    if ending == "json":
        content = json_bytes({"error": sentence})
        return HttpResponse(content, status=400, content_type=FORMATS["json"].content_type)
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")


def _sent(request: HttpRequest, write, content, name: str, ending: str) -> HttpResponse:
    """The file, unless the browser has the same rows already; then nothing is written."""
    plain = [content.columns, content.rows] if isinstance(content, Table) else content
    etag = quote_etag(fingerprint(ending, plain))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(write(content), content_type=FORMATS[ending].content_type)
    if ending != "json":
        response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)  # asked each time: unpublishing works at once
    return response
