"""Sending in: what is missing, the receipt, the versions, the package, and leaving or coming back."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import formats
from nominees import permissions
from nominees.actions.submissions import set_diary_number, submit
from nominees.application import application
from nominees.deadlines import window
from nominees.entry_forms import DiaryNumberForm
from nominees.frozen import content_of
from nominees.models import Nomination, Submission
from nominees.package import package
from nominees.papers import PaperError, file_name, receipt_pdf
from nominees.receipt import receipt
from nominees.sending import head
from nominees.states import NominationState
from nominees.submission_content import chapters
from nominees.versions import find_version, has_changed, history
from nominees.views.applications import find

logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing with links; a post sends in, and shows the receipt here."""
    now = timezone.now()
    entry = find(request, pk, now)

    if request.method == "POST":
        awaits = not request.POST.get("unchecked")
        submission, is_new = submit(nomination=entry, awaits_check=awaits, now=now, by=request.user)
        if is_new:
            told = _("Version %(number)s has been sent in. The receipt is on its way to %(email)s.")
            messages.success(request, told % {"number": submission.number, "email": request.user.email})
        else:
            told = _("Nothing has changed since version %(number)s, which stands as it was sent in.")
            messages.info(request, told % {"number": submission.number})
        return redirect("application_submit", entry.pk)

    found = application(entry)
    last = find_version(entry)
    changed = bool(last) and has_changed(entry, last)
    may_write = permissions.may_write(request.user, entry, now)
    has_left = entry.state in permissions.GONE
    is_settled = bool(last) and not changed and entry.state == NominationState.SUBMITTED
    context = {
        "entry": entry,
        "application": found,
        "here": "submit",
        "may_submit": permissions.may_submit(request.user, entry, now, found.gaps),
        "may_withdraw": permissions.may_withdraw(request.user, entry),
        "may_reopen": permissions.may_reopen(request.user, entry),
        "may_answer": permissions.may_answer_nomination(request.user, entry, now),
        "may_number": permissions.may_set_diary_number(request.user, entry),
        "closes_at": window(entry).closes_at,
        "receipt": receipt(last, _language()) if last else None,
        "head": head(entry, last, has_changed=changed, has_gaps=bool(found.gaps), may_write=may_write),
        "gaps": () if has_left else [gap for gap in found.gaps if not is_settled or gap.may_wait],
        "may_send_unchecked": found.waits_for_check
        and not is_settled
        and permissions.may_submit(request.user, entry, now),
        "has_left": has_left,
        "diary_form": DiaryNumberForm(initial={"number": entry.diary_number}),
    }
    return render(request, "nominees/submissions/submit.html", context)


@require_POST
def application_diary(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the municipality's own diary number."""
    entry = find(request, pk, timezone.now())

    form = DiaryNumberForm(request.POST)
    if form.is_valid():
        set_diary_number(nomination=entry, number=form.cleaned_data["number"], by=request.user)
        messages.success(request, _("The diary number has been saved."))
    else:
        messages.error(request, " ".join(form.errors["number"]))
    return redirect("application_submit", entry.pk)


@never_cache
@require_safe
def application_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version that was sent in, and what differs between two of them."""
    now = timezone.now()
    entry = find(request, pk, now)

    found = history(entry, request.GET.get("from", ""), request.GET.get("to", ""), _language(), now)
    return render(request, "nominees/submissions/history.html", {"entry": entry, "history": found})


@never_cache
@require_safe
def application_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole entry on one page to read through and print: the draft, or a version that was sent in."""
    entry = find(request, pk, timezone.now())

    number = request.GET.get("version", "")
    submission = _version(entry, number) if number else None
    content = submission.content if submission else content_of(entry, (_language(),))
    context = {"entry": entry, "submission": submission, "chapters": chapters(content, _language())}
    return render(request, "nominees/submissions/print.html", context)


@never_cache
@require_safe
def application_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a version as PDF."""
    submission = _version(find(request, pk, timezone.now()), request.GET.get("version", ""))

    try:
        paper = receipt_pdf(submission, _language())
    except PaperError:
        logger.exception("the receipt of submission %s could not be typeset", submission.pk)
        messages.error(request, _("The PDF cannot be made just now. The receipt stands below; try later."))
        return redirect("application_submit", pk)
    response = HttpResponse(paper, content_type="application/pdf")
    return _attached(response, file_name(_("receipt"), submission, "pdf"))


@never_cache
@require_safe
def application_package(request: HttpRequest, pk: int) -> HttpResponse:
    """A version with everything that belongs to it, in one ZIP."""
    submission = _version(find(request, pk, timezone.now()), request.GET.get("version", ""))

    response = FileResponse(package(submission, _language()), content_type="application/zip")
    return _attached(response, file_name(_("entry"), submission, "zip"))


def _version(entry: Nomination, number: str) -> Submission:
    submission = find_version(entry, number)
    if submission is None:
        raise Http404
    return submission


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _language() -> str:
    return formats.written_language(get_language())
