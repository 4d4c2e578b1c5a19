"""The organiser's lists of an edition: filtered, sorted, with the columns chosen, as a page and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.formats import written_language
from awards.links import Link
from awards.models import Edition
from awards.permissions import may_organise
from nominees.open_data import FORMATS
from reports.catalogue.registry import named
from reports.catalogue.report import Asked, UnknownFilterError
from reports.columns import Column, Kind, rows_in_words, shown
from reports.exporting import CONTENT_TYPES, export, file_name, is_large, temporary_file
from reports.lists.around import Around, around, kept
from reports.lists.kinds import ListKind, Narrowed, narrowed
from reports.lists.register import LISTS
from reports.models import SavedView
from reports.views.open_data import refusal

ROWS = 50  # on a page


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as the page shows it; the first of a row names it and may lead somewhere."""

    text: str
    figures: bool = False
    url: str = ""
    is_alert: bool = False


@never_cache
@require_safe
def list_page(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One list of the edition: at most ten queries, however long it is."""
    asked, kind = _asked(request, key), LISTS[name]

    may_organise(request.user, asked.edition).require()

    found = narrowed(kind, asked)
    page = Paginator(found.rows, ROWS).get_page(request.GET.get("page"))
    surroundings = around(found, request.GET, request.path)
    views = SavedView.objects.visible_to(request.user).filter(edition=asked.edition, list_name=name)
    context = {
        "edition": asked.edition,
        "kind": kind,
        "around": surroundings,
        "page": page,
        "rows": [_cells(found, row, asked) for row in page],
        "count": rows_in_words(page.paginator.count),
        "downloads": _downloads(key, name, surroundings, page.paginator.count),
        "order_url": _order_url(key, name, page.paginator.count),
        "file_query": _file_query(found, surroundings),
        "views": views.select_related("owner"),
        "notices": kind.notice(asked),
    }
    return render(request, "reports/lists/page.html", context)


@never_cache
@require_safe
def list_file(request: HttpRequest, key: str, name: str, ending: str) -> HttpResponse:
    """What the list shows, all its pages, in the same order and columns; with a receipt."""
    asked, kind = _asked(request, key), LISTS[name]
    query = kept(kind, request.GET)
    if "columns" not in query:
        query.setlist("columns", kind.usual)
    asked, report = asked.with_query(query), named(name)

    report.may(request.user, asked.edition).require()

    if _is_too_large(kind, asked, ending):
        messages.info(request, _("This file takes a while. Order it here, and it arrives in your downloads."))
        return redirect(f"{reverse('organiser_list', args=[key, name])}?{query.urlencode()}")
    out = temporary_file()
    try:
        export(report, asked, ending, out)
    except UnknownFilterError as error:
        return refusal(str(error), ending)
    return sent(out, file_name(report, asked, ending), ending)


def _is_too_large(kind: ListKind, asked: Asked, ending: str) -> bool:
    """Whether the filtered rows are too many to be written while somebody waits; one query for a workbook."""
    found = narrowed(kind, asked)
    return found.filters.is_valid() and is_large(named(kind.name), ending, found.rows.count())


def sent(out: Any, name: str, ending: str) -> FileResponse:
    """The file as an attachment that runs nowhere."""
    response = FileResponse(out, as_attachment=True, filename=name, content_type=CONTENT_TYPES[ending])
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _asked(request: HttpRequest, key: str) -> Asked:
    """The edition as far as it may be seen, with who asks for what; it becomes the page's edition."""
    now = timezone.now()
    editions = Edition.objects.visible_to(request.user, now).select_related("fair", "award")
    request.edition = get_object_or_404(editions, key=key)
    return Asked(request.edition, request.user, now, request.GET)


def _downloads(key: str, name: str, surroundings: Around, rows: int) -> tuple[Link, ...]:
    """The files that come at once: a workbook of very many rows is ordered instead."""
    if surroundings.problem:
        return ()
    tail = f"?{surroundings.query}" if surroundings.query else ""
    return tuple(
        Link(label, reverse("organiser_list_file", args=[key, name, ending]) + tail)
        for ending, label in FORMATS
        if not is_large(named(name), ending, rows)
    )


def _order_url(key: str, name: str, rows: int) -> str:
    large = is_large(named(name), "xlsx", rows)
    return reverse("report_order", args=[key, name, "xlsx"]) if large else ""


def _file_query(found: Narrowed, surroundings: Around) -> str:
    """The query with the columns that the page shows, also where nobody has chosen any."""
    query = QueryDict(surroundings.query, mutable=True)
    query.setlist("columns", [column.key for column in found.columns])
    return query.urlencode()


def _cells(found: Narrowed, row: Any, asked: Asked) -> list[Cell]:
    language = written_language(get_language())
    url = found.kind.url(row, asked)
    return [
        Cell(
            shown(column, value, language) or "–",
            column.is_number,
            "" if at else url,
            _is_alert(found.kind, column, value),
        )
        for at, column in enumerate(found.columns)
        for value in [column.reader(row)]
    ]


def _is_alert(kind: ListKind, column: Column, value: Any) -> bool:
    """Whether a cell asks for somebody: who has not signed in, what was refused, what could not be sent."""
    if column.kind == Kind.TRUTH:
        return column.key in ("signed_in", "promised") and value is False
    return column.key == "state" and kind.name in ("letters", "materials") and value in ("failed", "refused")
