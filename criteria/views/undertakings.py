"""Before the first entry: what the juror undertakes, the juror's ties, and the conflicts they point to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.models import Edition
from criteria import actions, permissions
from criteria.conflicts import ties_of
from criteria.models import Acceptance, Assignment, Tie, Undertaking
from criteria.states import RecusalReason
from criteria.tie_forms import TieFormSet, UndertakingForm, UndertakingTextForm
from nominees.models import Municipality
from nominees.states import LEFT


@require_http_methods(["GET", "HEAD", "POST"])
def undertaking_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The text, the ties told so far, rows for more, and the box to tick."""
    now = timezone.now()
    found = _find(request, edition)
    undertaking = get_object_or_404(Undertaking.objects.in_force(), edition=found)

    permissions.may_accept_undertaking(request.user, found).require()

    posted = request.POST if request.method == "POST" else None
    form = UndertakingForm(posted)
    ties = TieFormSet(posted, prefix="ties")
    if request.method == "POST" and form.is_valid() and ties.is_valid():
        with transaction.atomic():
            for row in ties:
                if row.is_filled:
                    actions.tell_tie(now=now, by=request.user, **row.cleaned_data)
            actions.accept_undertaking(undertaking=undertaking, now=now, by=request.user)
        if _proposed(request, found, now):
            return redirect("conflict_page", found.key)
        messages.success(request, _("Thank you. The entries are open to you."))
        return redirect("scoring_list")

    request.edition = found
    context = {
        "edition": found,
        "undertaking": undertaking,
        "text": undertaking.in_language(get_language() or "sv"),
        "acceptance": Acceptance.objects.filter(undertaking=undertaking, person=request.user).first(),
        "form": form,
        "ties": ties,
        "told": Tie.objects.told().filter(person=request.user).select_related("municipality", "county"),
        "municipalities": Municipality.objects.order_by("sort_key").values_list("name", flat=True),
    }
    return render(request, "criteria/undertaking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The entries that a tie speaks against; the juror says which to leave to the others."""
    now = timezone.now()
    found = _find(request, edition)

    permissions.may_accept_undertaking(request.user, found).require()

    lines = _proposed(request, found, now)
    if request.method == "POST":
        _answer(request, lines, now)
        messages.success(request, _("Thank you. The entries are open to you."))
        return redirect("scoring_list")

    request.edition = found
    return render(request, "criteria/conflicts.html", {"edition": found, "lines": lines})


def _answer(request: HttpRequest, lines: tuple[Proposed, ...], now: datetime) -> None:
    """Leave the chosen entries; those that were shown and not chosen are answered as no conflict."""
    aside, shown = request.POST.getlist("aside"), request.POST.getlist("shown")
    with transaction.atomic():
        for line in lines:
            pair = {"juror": line.assignment.juror, "nomination": line.assignment.nomination}
            if str(line.assignment.pk) in aside:
                actions.recuse(**pair, reason=line.reason, now=now, by=request.user)
            elif str(line.assignment.pk) in shown:
                actions.clear_conflict(**pair, now=now, by=request.user)


@require_POST
def tie_withdraw(request: HttpRequest, edition: str, tie: int) -> HttpResponse:
    """Take back a tie told by mistake."""
    found = _find(request, edition)
    mine = get_object_or_404(Tie.objects.told().filter(person=request.user), pk=tie)
    actions.withdraw_tie(tie=mine, now=timezone.now(), by=request.user)
    return redirect("undertaking_page", found.key)


@require_http_methods(["GET", "HEAD", "POST"])
def undertaking_edit(request: HttpRequest, edition: str) -> HttpResponse:
    """The organiser writes the text; a new version asks every juror again."""
    found = _find(request, edition)

    permissions.may_issue_undertaking(request.user, found).require()

    last = Undertaking.objects.in_force().filter(edition=found).first()
    initial = {"text_sv": last.text_sv, "text_en": last.text_en} if last else None
    form = UndertakingTextForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.issue_undertaking(edition=found, now=timezone.now(), by=request.user, **form.cleaned_data)
        messages.success(
            request, _("The text is in force. Each juror accepts it before the next entry opens.")
        )
        return redirect("progress_page", found.key)

    request.edition = found
    return render(request, "criteria/undertaking_edit.html", {"edition": found, "form": form, "last": last})


def _find(request: HttpRequest, key: str) -> Edition:
    editions = Edition.objects.visible_to(request.user).select_related("fair", "award")
    return get_object_or_404(editions, key=key)


@dataclass(frozen=True)
class Proposed:
    """An entry that the juror may have to leave, and why."""

    assignment: Assignment
    reason: RecusalReason


def _proposed(request: HttpRequest, edition: Edition, now: datetime) -> tuple[Proposed, ...]:
    mine = list(
        Assignment.objects.of_juror(request.user, now)
        .not_recused()
        .unanswered(now)
        .filter(round__edition=edition)
        .exclude(nomination__state__in=LEFT)
        .select_related("nomination__municipality", "juror__edition")
        .order_by("position")
    )
    jurors = {each.juror_id: each.juror for each in mine}
    found = ties_of(list(jurors.values()), [each.nomination for each in mine], timezone.localdate(now))
    pairs = ((each, found.get((each.nomination_id, each.juror_id))) for each in mine)
    return tuple(Proposed(each, reason) for each, reason in pairs if reason)
