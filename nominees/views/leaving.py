"""An entry is reopened, withdrawn, accepted or declined: each asks on a page of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nominees import permissions
from nominees.actions.submissions import accept_nomination, decline_nomination, reopen, withdraw
from nominees.deadlines import window
from nominees.entry_forms import ReasonForm, ReopenForm
from nominees.models import Nomination
from nominees.states import NominationState
from nominees.views.applications import find

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def application_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser lets the municipality write again."""
    now = timezone.now()
    entry = find(request, pk, now)

    permissions.may_reopen(request.user, entry).require()

    form = ReopenForm(request.POST or None, needs_time=not window(entry).is_open(now), now=now)
    if request.method == "POST" and form.is_valid():
        reopen(nomination=entry, now=now, by=request.user, **form.cleaned_data)
        messages.success(request, _("The entry is open again. The municipality has been told."))
        return redirect("application_history", entry.pk)
    return render(request, "nominees/submissions/reopen.html", {"entry": entry, "form": form})


@require_http_methods(METHODS)
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The municipality takes its entry back."""
    now = timezone.now()
    entry = find(request, pk, now)
    if _is_said_already(request, entry, NominationState.WITHDRAWN):
        return redirect("application_history", entry.pk)

    permissions.may_withdraw(request.user, entry).require()

    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw(nomination=entry, now=now, by=request.user, **form.cleaned_data)
        messages.success(request, _("The entry has been withdrawn. The organiser has been told."))
        return redirect("application_history", entry.pk)
    return render(request, "nominees/submissions/withdraw.html", {"entry": entry, "form": form})


@require_http_methods(METHODS)
def application_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The municipality accepts a nomination that others made, or declines it with a reason."""
    now = timezone.now()
    entry = find(request, pk, now)
    if request.POST.get("answer") == "yes" and _is_said_already(request, entry, NominationState.ACCEPTED):
        return redirect("application_page", entry.pk)
    if request.POST.get("answer") == "no" and _is_said_already(request, entry, NominationState.DECLINED):
        return redirect("application_history", entry.pk)

    may_accept = permissions.may_answer_nomination(request.user, entry, now)
    may_decline = permissions.may_decline_nomination(request.user, entry, now)
    (may_accept if request.POST.get("answer") == "yes" else may_decline).require()

    declines = request.POST.get("answer") == "no"
    form = ReasonForm(request.POST if declines else None)
    if request.POST.get("answer") == "yes":
        accept_nomination(nomination=entry, now=now, by=request.user)
        messages.success(request, _("You have accepted the nomination. Now describe your municipality."))
        return redirect("application_page", entry.pk)
    if declines and form.is_valid():
        decline_nomination(nomination=entry, now=now, by=request.user, **form.cleaned_data)
        messages.success(request, _("You have declined the nomination. The organiser has been told."))
        return redirect("application_history", entry.pk)
    context = {"entry": entry, "form": form, "may_accept": may_accept, "may_decline": may_decline}
    return render(request, "nominees/submissions/answer.html", context)


def _is_said_already(request: HttpRequest, entry: Nomination, state: str) -> bool:
    """Whether a button was pressed twice: nothing is left to do, and nothing is refused."""
    return request.method == "POST" and entry.state == state and request.user.pk in entry.levels
