"""How far the jury has come, for its chair and the organiser."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards import formats
from awards.models import Edition
from criteria import actions, permissions
from criteria.definitions import tree_of
from criteria.models import Round
from criteria.progress import Progress, latest_round, matrix, rounds_of
from criteria.readings import hidden_from
from criteria.reminders import reminders
from criteria.round_form import ClosingForm
from criteria.rule_words import rule_words
from criteria.states import RoundState
from criteria.views.rounds import asked_round


@require_GET
def progress_page(request: HttpRequest, edition: str) -> HttpResponse:
    """Jurors down, entries across: not begun, begun, done or standing aside; never a score."""
    found = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("fair", "award"), key=edition
    )

    permissions.may_see_progress(request.user, found).require()

    request.edition = found
    context = {"edition": found, "matrix": None}
    scoring_round = asked_round(request, rounds_of(found), planned=True)
    if scoring_round is not None:
        scoring_round.edition = found
        context = {
            "edition": found,
            "matrix": matrix(scoring_round, hidden_from(request.user, found)),
            "legend": list(Progress),
            "rules": rule_words(tree_of(scoring_round.scoring_model)),
            "closing": ClosingForm(initial={"closes_at": scoring_round.closes_at}),
            "may_remind": permissions.may_remind(request.user, scoring_round, timezone.now()),
            "may_extend": permissions.may_extend_round(request.user, scoring_round),
            "may_reopen": permissions.may_reopen_round(request.user, scoring_round),
            "may_open": permissions.may_open_round(request.user, scoring_round, timezone.now()),
            "may_close": permissions.may_close_round(request.user, scoring_round),
            "may_reveal": permissions.may_reveal_round(request.user, scoring_round),
        }
    return render(request, "criteria/progress.html", context)


@require_POST
def round_open(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Let the jurors begin."""
    found = _find(request, edition, number)
    actions.open_round(scoring_round=found, now=timezone.now(), by=request.user)
    return _back(edition, found)


@require_POST
def round_close(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """End the scoring."""
    found = _find(request, edition, number)
    actions.close_round(scoring_round=found, by=request.user)
    return _back(edition, found)


@require_POST
def round_reveal(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Let the jurors see one another's scores."""
    found = _find(request, edition, number)
    actions.reveal_round(scoring_round=found, now=timezone.now(), by=request.user)
    return _back(edition, found)


@require_POST
def round_extend(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Move the closing time of a round that has not closed, or take scores again after it has."""
    found, now = _find(request, edition, number), timezone.now()

    form = ClosingForm(request.POST)
    if not form.is_valid():
        for text in form.errors.get("closes_at", []):
            messages.error(request, text)
        return _back(edition, found)

    closes_at = form.cleaned_data["closes_at"]
    if found.state == RoundState.CLOSED:
        actions.reopen_round(scoring_round=found, closes_at=closes_at, now=now, by=request.user)
    else:
        actions.extend_round(scoring_round=found, closes_at=closes_at, now=now, by=request.user)
    messages.success(request, _("The scoring now closes %(at)s.") % {"at": _moment(closes_at, now)})
    return _back(edition, found)


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The letter that those who are behind would get, and its sending."""
    found = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("fair", "award"), key=edition
    )
    permissions.may_see_progress(request.user, found).require()
    scoring_round, now = latest_round(found), timezone.now()
    if scoring_round is None:
        raise Http404
    scoring_round.edition = request.edition = found

    if request.method == "POST":
        count = actions.remind_jurors(scoring_round=scoring_round, now=now, by=request.user)
        told = ngettext("One letter is on its way.", "%(count)s letters are on their way.", count)
        messages.success(request, told % {"count": count})
        return redirect("progress_page", edition)

    context = {
        "edition": found,
        "letters": reminders(scoring_round, now),
        "may_remind": permissions.may_remind(request.user, scoring_round, now),
    }
    return render(request, "criteria/reminder.html", context)


def _moment(at: datetime, now: datetime) -> str:
    return formats.deadline(at, formats.written_language(get_language()), now=now)


def _back(edition: str, scoring_round: Round) -> HttpResponse:
    """To the page of the very round, which need not be the latest."""
    return redirect(f"{reverse('progress_page', args=[edition])}?round={scoring_round.position}")


def _find(request: HttpRequest, edition: str, number: int) -> Round:
    found = get_object_or_404(Edition.objects.visible_to(request.user), key=edition)
    rounds = Round.objects.select_related("edition", "scoring_model")
    permissions.may_see_progress(request.user, found).require()
    return get_object_or_404(rounds, edition=found, position=number)
