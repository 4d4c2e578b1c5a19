"""Who reads what: a plan is looked at before it is carried out, and single changes are made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from awards.models import Role
from criteria import actions, balance, permissions, planning
from criteria.assignment_form import BALANCED, EVERYBODY, PairForm, PlanForm
from criteria.models import Round
from criteria.progress import round_seen_by
from criteria.proposal import (
    ANCHORS,
    SEED,
    Proposal,
    entries_count,
    entries_to_score,
    jurors_of,
    loads_of,
    propose,
    shown_without,
)
from criteria.readings import hidden_from


@require_GET
def assignment_page(request: HttpRequest, edition: str) -> HttpResponse:
    """The jury's loads as they are; with wishes in the address, what would change, and nothing is written."""
    scoring_round = _find(request, edition)

    form = PlanForm(request.GET) if "how" in request.GET else None
    jurors = jurors_of(scoring_round)
    desk = Desk(scoring_round, jurors, PairForm(scoring_round, jurors), form)
    if form is None or not form.is_valid():
        return _show(request, desk)
    entries = entries_to_score(scoring_round)
    if planning.is_large(len(entries), len(jurors)):
        return _show(request, replace(desk, waits=True))
    plan = propose(scoring_round, jurors=jurors, entries=entries, **form.wishes)

    return _show(request, replace(desk, plan=plan))


@require_POST
def assignment_apply(request: HttpRequest, edition: str) -> HttpResponse:
    """Carry out the plan that was looked at; a large field's in the background, as is the look at it."""
    scoring_round = _find(request, edition)

    form = PlanForm(request.POST)
    plan = None
    if form.is_valid() and planning.is_large(entries_count(scoring_round), len(jurors_of(scoring_round))):
        write = "look" not in request.POST
        planning.order_plan(scoring_round, form.wishes, write=write, by=request.user)
        messages.success(request, planning.said(write=write))
        return redirect("job_list")
    if form.is_valid():
        plan = actions.assign_jurors(scoring_round=scoring_round, by=request.user, **form.wishes)
    if plan is None or plan.problems:
        jurors = jurors_of(scoring_round)
        desk = Desk(scoring_round, jurors, PairForm(scoring_round, jurors), form, plan)
        return _show(request, desk, status=422)

    told = ngettext("One assignment was changed.", "%(count)s assignments were changed.", plan.changes)
    messages.success(request, told % {"count": plan.changes})
    return redirect("assignment_page", edition)


@require_POST
def assignment_change(request: HttpRequest, edition: str) -> HttpResponse:
    """Give one juror one entry, or take it away."""
    scoring_round = _find(request, edition)

    jurors = jurors_of(scoring_round)
    pair = PairForm(scoring_round, jurors, request.POST, _hidden(request, scoring_round))
    if not pair.is_valid():
        return _show(request, Desk(scoring_round, jurors, pair), status=422)

    words = {"juror": str(pair.seat), "municipality": pair.cleaned_data["municipality"].municipality.name}
    if "take" not in request.POST:
        entry = pair.cleaned_data["municipality"]
        actions.assign_one(scoring_round=scoring_round, juror=pair.seat, nomination=entry, by=request.user)
        messages.success(request, _("%(juror)s now reads %(municipality)s.") % words)
        return redirect("assignment_page", edition)
    if pair.assignment is None:
        messages.error(request, _("%(juror)s did not read %(municipality)s.") % words)
        return redirect("assignment_page", edition)
    actions.unassign_one(assignment=pair.assignment, by=request.user)
    messages.success(request, _("%(juror)s no longer reads %(municipality)s.") % words)
    return redirect("assignment_page", edition)


@dataclass(frozen=True)
class Desk:
    """What lies on the page."""

    scoring_round: Round
    jurors: list[Role]
    pair: PairForm
    form: PlanForm | None = None
    plan: Proposal | None = None
    waits: bool = False  # the field is too large to wait for


def _find(request: HttpRequest, key: str) -> Round:
    scoring_round = round_seen_by(request.user, key)
    if scoring_round is None:
        raise Http404
    permissions.may_assign(request.user, scoring_round.edition).require()
    return scoring_round


def _hidden(request: HttpRequest, scoring_round: Round) -> frozenset[int]:
    return hidden_from(request.user, scoring_round.edition)


def _show(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    hidden = _hidden(request, desk.scoring_round)
    plan = shown_without(desk.plan, hidden) if desk.plan else None
    entries = plan.entries if plan else entries_count(desk.scoring_round)
    advised = balance.advice(entries, len(desk.jurors))
    start = {"how": EVERYBODY if advised is None else BALANCED, "per": advised or 3}
    request.edition = desk.scoring_round.edition
    context = {
        "edition": desk.scoring_round.edition,
        "hidden": len(hidden),
        "form": desk.form or PlanForm(initial={**start, "anchors": ANCHORS, "seed": SEED}),
        "plan": plan,
        "waits": desk.waits,
        "pair": desk.pair,
        "entries": entries,
        "jurors": len(desk.jurors),
        "advice": advised,
        "loads": plan.loads if plan else loads_of(desk.scoring_round, desk.jurors),
    }
    return render(request, "criteria/assignment.html", context, status=status)
