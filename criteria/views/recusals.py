"""Standing aside from an entry: by the juror, or by those who lead, who also let a juror back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from criteria import actions, permissions
from criteria.assignment_form import AsideForm
from criteria.forms import RecusalForm, ReturnForm
from criteria.models import Recusal, Round
from criteria.progress import round_seen_by
from criteria.proposal import jurors_of
from criteria.readings import hidden_from
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


@require_http_methods(["GET", "HEAD", "POST"])
def recusal_make(request: HttpRequest, edition: str) -> HttpResponse:
    """The chair or the organiser lets a juror stand aside, with a reason."""
    scoring_round = _find(request, edition)

    jurors, hidden = jurors_of(scoring_round), hidden_from(request.user, scoring_round.edition)
    form = AsideForm(scoring_round, jurors, request.POST if request.method == "POST" else None, hidden)
    if request.method == "POST" and form.is_valid():
        entry, words = form.cleaned_data["municipality"], {"note": form.cleaned_data["note"]}
        words["reason"] = form.cleaned_data["reason"]
        actions.recuse(juror=form.seat, nomination=entry, now=timezone.now(), by=request.user, **words)
        told = _("%(juror)s now stands aside from %(municipality)s.")
        messages.success(request, told % {"juror": form.seat, "municipality": entry.municipality.name})
        return redirect("progress_page", edition)

    request.edition = scoring_round.edition
    context = {"form": form, "edition": scoring_round.edition}
    return render(request, "criteria/recusal_make.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def recusal_lift(request: HttpRequest, edition: str, recusal: int) -> HttpResponse:
    """The chair or the organiser lets a juror back to an entry, after a look and with a reason."""
    scoring_round = _find(request, edition)
    found = get_object_or_404(
        Recusal.objects.exclude(
            nomination__in=hidden_from(request.user, scoring_round.edition)
        ).select_related("juror__person", "juror__edition", "nomination__municipality"),
        juror__edition=scoring_round.edition,
        pk=recusal,
    )

    may_lift = permissions.may_lift_recusal(request.user, found)

    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        may_lift.require()
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.lift_recusal(recusal=found, reason=reason, now=timezone.now(), by=request.user)
        words = {"juror": found.juror, "municipality": found.nomination.municipality.name}
        messages.success(request, _("%(juror)s is back to %(municipality)s.") % words)
        return redirect("progress_page", edition)

    request.edition = scoring_round.edition
    context = {"form": form, "edition": scoring_round.edition, "recusal": found, "may_lift": may_lift}
    return render(request, "criteria/recusal_lift.html", context, status=422 if form.is_bound else 200)


def _find(request: HttpRequest, key: str) -> Round:
    scoring_round = round_seen_by(request.user, key)
    if scoring_round is None:
        raise Http404
    permissions.may_lead(request.user, scoring_round.edition).require()
    return scoring_round
