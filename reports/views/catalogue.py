"""The page of an edition's reports: what each holds, how many rows, who took it last; and the files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Max, Value
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards.actions.jobs import start_job
from awards.models import Edition
from awards.permissions import may_organise
from awards.verdicts import Verdict
from reports.catalogue.registry import all_reports, named
from reports.catalogue.report import Asked, Report, UnknownFilterError
from reports.exporting import count, export, file_name, is_large, temporary_file
from reports.lists.register import LISTS
from reports.models import ExportReceipt
from reports.views.lists import sent


@dataclass(frozen=True)
class FormatLine:
    """One format of a report: fetched at once, or ordered."""

    ending: str
    label: str
    url: str
    is_ordered: bool


@dataclass(frozen=True)
class ReportLine:
    """One report as the page shows it."""

    report: Report
    verdict: Verdict
    rows: int | None
    formats: tuple[FormatLine, ...]
    receipt: ExportReceipt | None
    list_url: str

    @property
    def is_ordered(self) -> bool:
        """Whether any of its formats is made in the background."""
        return any(each.is_ordered for each in self.formats)


@never_cache
@require_safe
def report_list(request: HttpRequest, key: str) -> HttpResponse:
    """Every report of the edition; the counts are one query, the receipts another."""
    edition = _edition(request, key)

    may_organise(request.user, edition).require()

    asked = Asked(edition, request.user, timezone.now())
    counts, receipts = _counts(asked), _receipts(edition)
    request.edition = edition
    verdicts = {may: may(request.user, edition) for may in {report.may for report in all_reports()}}
    lines = [
        _line(report, asked, verdicts[report.may], counts.get(report.name, 0), receipts)
        for report in all_reports()
    ]
    context = {
        "edition": edition,
        "reports": [line for line in lines if not line.list_url],
        "lists": [line for line in lines if line.list_url],
    }
    return render(request, "reports/catalogue/page.html", context)


@never_cache
@require_safe
def report_file(request: HttpRequest, key: str, name: str, ending: str) -> HttpResponse:
    """One report at once; a very large one is ordered on the reports' page instead."""
    edition = _edition(request, key)
    report = _report(name, ending)

    report.may(request.user, edition).require()

    asked = Asked(edition, request.user, timezone.now())
    if is_large(report, ending, count(report, asked)):
        messages.info(request, _("This file takes a while. Order it here, and it arrives in your downloads."))
        return redirect("report_list", edition.key)
    out = temporary_file()
    export(report, asked, ending, out)
    return sent(out, file_name(report, asked, ending), ending)


@require_POST
def report_order(request: HttpRequest, key: str, name: str, ending: str) -> HttpResponse:
    """Order a report; it arrives among the person's downloads."""
    edition = _edition(request, key)
    report = _report(name, ending)

    report.may(request.user, edition).require()

    query = request.POST.get("query", "")[:2000]
    try:
        if report.check:
            report.check(Asked(edition, request.user, timezone.now(), QueryDict(query)))
    except UnknownFilterError as error:
        messages.error(request, _("The file was not ordered: %(why)s") % {"why": error})
        return redirect("report_list", edition.key)
    parameters = {} if report.ordered_as else {"format": ending, "query": query}
    start_job(kind=report.wanted_kind, parameters=parameters, edition=edition, by=request.user)
    messages.success(request, _("The file is being made. It arrives here."))

    return redirect("organiser_downloads")


def _edition(request: HttpRequest, key: str) -> Edition:
    editions = Edition.objects.visible_to(request.user, timezone.now()).select_related("fair", "award")
    return get_object_or_404(editions, key=key)


def _report(name: str, ending: str) -> Report:
    report = named(name)
    if report is None or ending not in report.formats:
        raise Http404
    return report


def _counts(asked: Asked) -> dict[str, int]:
    """How many rows each report has: one query for all."""
    first, *others = [
        found.order_by()
        .values("pk")
        .annotate(report=Value(report.name))
        .values("report")
        .annotate(number=Count("pk"))
        .values_list("report", "number")
        for report in all_reports()
        for found in report.to_count(asked)
    ]
    counts: Counter[str] = Counter()
    for name, number in first.union(*others, all=True):
        counts[name] += number
    return counts


def _receipts(edition: Edition) -> dict[str, ExportReceipt]:
    """The latest receipt of each report: one query."""
    latest = ExportReceipt.objects.filter(edition=edition).order_by().values("report")
    newest = latest.annotate(newest=Max("pk")).values("newest")
    found = ExportReceipt.objects.filter(pk__in=newest).select_related("person")
    return {receipt.report: receipt for receipt in found}


def _line(
    report: Report, asked: Asked, verdict: Verdict, rows: int, receipts: dict[str, ExportReceipt]
) -> ReportLine:
    return ReportLine(
        report=report,
        verdict=verdict,
        rows=rows if report.counted else None,
        formats=tuple(_format(report, ending, rows, asked.edition) for ending in report.formats),
        receipt=receipts.get(report.receipt_name),
        list_url=_list_url(report, asked.edition),
    )


def _list_url(report: Report, edition: Edition) -> str:
    return reverse("organiser_list", args=[edition.key, report.name]) if report.name in LISTS else ""


def _format(report: Report, ending: str, rows: int, edition: Edition) -> FormatLine:
    ordered = is_large(report, ending, rows)
    view = "report_order" if ordered else "report_file"
    label = {"xlsx": "Excel", "csv": "CSV", "json": "JSON", "pdf": "PDF", "zip": "ZIP"}.get(ending, ending)
    return FormatLine(ending, label, reverse(view, args=[edition.key, report.name, ending]), ordered)
