"""Standing aside from an entry."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from criteria import actions, permissions
from criteria.forms import RecusalForm
from criteria.views.scoring import find_open


@require_http_methods(["GET", "HEAD", "POST"])
def recusal_new(request: HttpRequest, assignment: int) -> HttpResponse:
    """The juror leaves an entry to the others, with a reason."""
    now = timezone.now()
    found = find_open(request, assignment, now)

    permissions.may_recuse(request.user, found.juror).require()

    form = RecusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.recuse(
            juror=found.juror, nomination=found.nomination, now=now, by=request.user, **form.cleaned_data
        )
        told = _("You now stand aside from %(municipality)s. What you had scored counts no more.")
        messages.success(request, told % {"municipality": found.nomination.municipality.name})
        return redirect("scoring_list")

    request.edition = found.round.edition
    context = {"form": form, "assignment": found, "municipality": found.nomination.municipality}
    return render(request, "criteria/recusal_new.html", context)
