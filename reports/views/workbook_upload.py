"""A juror's workbook up again: choose the file, see every change, confirm."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import trouble
from criteria import actions
from criteria.models import Round
from reports.workbook.archive import WorkbookError
from reports.workbook_form import WorkbookForm
from reports.workbook_import import dry_run, seats_of
from reports.workbook_offer import Offer, offer_of, sealed, unsealed


@require_http_methods(["GET", "HEAD", "POST"])
def workbook_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; a post shows what it would change, and writes nothing."""
    now = timezone.now()
    seats = seats_of(request.user, now)

    if not seats:
        raise Http404

    form = WorkbookForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = dry_run(request.user, seats, file.read(), now=now, language=get_language())
            offer = sealed(offer_of(found), request.user) if found.has_something else ""
        except WorkbookError as error:
            form.add_error("file", error.says)
        else:
            request.edition = found.scoring_round.edition
            context = {"found": found, "offer": offer, "name": file.name}
            return render(request, "reports/workbook_changes.html", context)

    request.edition = seats[0].round.edition
    return render(request, "reports/workbook_upload.html", {"form": form})


@require_POST
def workbook_confirm(request: HttpRequest) -> HttpResponse:
    """Save what the dry run showed, with the conflicts as they were chosen: all of it or nothing."""
    if not seats_of(request.user, timezone.now()):
        raise Http404
    offer = unsealed(request.POST.get("offer", ""), request.user)
    if offer is None:
        messages.error(request, _("The list of changes is too old or not whole. Choose the file again."))
        return redirect("workbook_upload")
    scoring_round = get_object_or_404(Round.objects.select_related("edition"), pk=offer.scoring_round)

    chosen = {
        number
        for number in range(len(offer.conflicts))
        if request.POST.get(f"conflict-{number}") == "workbook"
    }

    try:
        _save(request, scoring_round, offer, chosen)
    except actions.SheetsMovedError:
        sentence = _("Something was saved on the site meanwhile. Nothing was written. Choose the file again.")
        messages.error(request, sentence)
        return redirect("workbook_upload")
    except PermissionDenied as refusal:
        messages.error(request, f"{refusal} {_('Nothing was written.')}")
        return redirect("workbook_upload")
    except DatabaseError as error:
        if (sentence := trouble.in_words(error)) is None:
            raise
        messages.error(request, sentence)
        return redirect("workbook_upload")
    return redirect("scoring_list")


def _save(request: HttpRequest, scoring_round: Round, offer: Offer, chosen: set[int]) -> None:
    """Write, and say how much."""
    papers = offer.papers(chosen)
    if not papers:
        messages.info(request, _("You kept everything as it is on the site. Nothing was changed."))
        return
    number = actions.import_sheets(
        scoring_round=scoring_round,
        papers=papers,
        sha256=offer.sha256,
        workbook=offer.workbook,
        now=timezone.now(),
        by=request.user,
    )
    if not number:
        messages.info(request, _("The site says all of this already. Nothing was changed."))
        return
    says = ngettext(
        "%(number)s change was saved from the workbook.",
        "%(number)s changes were saved from the workbook.",
        number,
    )
    messages.success(request, says % {"number": number})
