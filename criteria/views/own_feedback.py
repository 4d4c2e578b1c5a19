"""The municipality's feedback: to read, to fetch as a PDF, and to reply to; those who lead see it before."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards import drawing
from criteria import actions, permissions
from criteria.feedback.form import ReplyForm
from criteria.feedback.page import feedback_page
from criteria.feedback.paper import feedback_pdf, file_name, lead, notice
from criteria.models import FeedbackReport
from criteria.states import LEADS, FeedbackState
from criteria.views.scoring import language
from nominees.models import Nomination


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """The feedback to an entry with the municipality's reply; a post keeps the reply."""
    now = timezone.now()
    report = _find(request, pk, now)
    if report is None:
        return _nothing_yet(request, pk, now)

    form = ReplyForm(initial=_reply(report))
    status = 200
    if request.method == "POST":
        permissions.may_reply_to_feedback(request.user, report, now).require()
        form = ReplyForm(request.POST)
        if form.is_valid():
            if _keep(request, report, form, now):
                return redirect("application_feedback", pk)
            report = _find(request, pk, now) or report
            form.data = request.POST.copy()
            form.data["version"] = str(report.version)
            status = 409

    page = feedback_page(report, language())
    context = {
        "report": report,
        "entry": report.nomination,
        "page": page,
        "drawn": drawing.inline(page.chart, language()) if page.chart else "",
        "lead": lead(report, language()),
        "notice": notice(),
        "form": form,
        "is_stale": status == 409,
        "may_reply": permissions.may_reply_to_feedback(request.user, report, now),
        "leads": request.user.holds(report.nomination.edition, *LEADS),
    }
    return render(request, "criteria/feedback/page.html", context, status=status)


@never_cache
@require_safe
def application_feedback_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as PDF."""
    report = _find(request, pk, timezone.now())
    if report is None:
        raise Http404

    response = HttpResponse(feedback_pdf(report, language()), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file_name(report)
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _find(request: HttpRequest, pk: int, now: datetime) -> FeedbackReport | None:
    """The latest report on the entry that this person may read."""
    reports = FeedbackReport.objects.read_by(request.user, now).select_related(
        "nomination__municipality", "nomination__edition__fair", "nomination__edition__award",
        "round__scoring_model",
    )  # fmt: skip
    report = reports.filter(nomination=pk).order_by("-round__position").first()
    if report is not None:
        report.round.edition = request.edition = report.nomination.edition
    return report


def _nothing_yet(request: HttpRequest, pk: int, now: datetime) -> HttpResponse:
    """To the municipality's own contacts: when it comes, or that it was withdrawn. A draft does not show.

    A reply that was typed while the feedback was withdrawn stays on the screen.
    """
    entries = Nomination.objects.visible_to(request.user, now).select_related(
        "municipality", "edition__fair", "edition__award"
    )
    entry = entries.filter(pk=pk).first()
    if entry is None or request.user.pk not in entry.levels:
        raise Http404
    request.edition = entry.edition
    given = FeedbackReport.objects.filter(nomination=pk, releases__gt=0)
    withdrawn = given.exclude(state=FeedbackState.RELEASED).exists()
    context = {"entry": entry, "typed": request.POST.get("text", ""), "is_withdrawn": withdrawn}
    return render(request, "criteria/feedback/nothing.html", context, status=409 if context["typed"] else 200)


def _reply(report: FeedbackReport) -> dict:
    return {"version": report.version, "text": report.reply, "to_jury": report.reply_to_jury}


def _keep(request: HttpRequest, report: FeedbackReport, form: ReplyForm, now: datetime) -> bool:
    data = form.cleaned_data
    kept = actions.reply_to_feedback(
        report=report,
        text=data["text"],
        to_jury=data["to_jury"],
        version=data["version"],
        now=now,
        by=request.user,
    )
    if kept:
        messages.success(request, _("Your reply has been saved, and the organiser has been told."))
    return kept
