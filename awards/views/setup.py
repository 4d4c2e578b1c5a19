"""What an edition consists of, on one page, and where its facts, stages and partners are changed."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import copying, permissions
from awards.actions import set_up
from awards.links import address_of
from awards.models import Edition, Partner, Stage
from awards.organised import organised_edition
from awards.setup_forms import AddStageForm, FactsForm, PartnerForm
from awards.shifts import SAME
from awards.views.new_edition import Found

GATES = "organiser_edition"  # where stages open and close and their dates are set


@never_cache
@require_safe
def edition_setup(request: HttpRequest, key: str) -> HttpResponse:
    """Every part of the edition as it stands, with a way to change it."""
    edition = find(request, key)

    found = [
        Found(part, list(part.preview(edition, SAME)), part.change(edition))
        for part in copying.parts()
        if part.is_set_up
    ]
    gates_url = address_of(GATES, edition.key)
    context = {"edition": edition, "found": found, "gates_url": gates_url, "now": timezone.now()}
    return render(request, "awards/setup/setup.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_facts(request: HttpRequest, key: str) -> HttpResponse:
    """Motto, way in, note, and the fair's theme, venue and days."""
    edition = find(request, key)

    verdict = permissions.may_change_set_up(request.user, edition)
    may_fair = permissions.may_change_fair(request.user, edition)

    form = FactsForm(edition, request.POST if request.method == "POST" else None, with_fair=may_fair)
    if request.method == "POST":
        verdict.require()
    if request.method == "POST" and form.is_valid():
        set_up.change_facts(edition=edition, facts=form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("edition_setup", key)

    context = {"edition": edition, "form": form, "verdict": verdict, "may_fair": may_fair}
    return render(request, "awards/setup/facts.html", context, status=form.status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_stages(request: HttpRequest, key: str) -> HttpResponse:
    """The order of stages: add one, take one away, change places."""
    edition = find(request, key)

    verdict = permissions.may_change_set_up(request.user, edition)

    form = AddStageForm(edition, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        set_up.add_stage(edition=edition, kind=form.cleaned_data["kind"], after=form.place, by=request.user)
        messages.success(request, _("The stage is added. It has no dates yet."))
        return redirect("setup_stages", key)

    stages = list(edition.stages.all())
    rows = [
        {
            "stage": stage,
            "earlier": permissions.may_swap_stages(request.user, stage, stages[place - 1] if place else None),
            "later": permissions.may_swap_stages(request.user, stage, next(iter(stages[place + 1 :]), None)),
            "remove": permissions.may_remove_stage(request.user, stage),
        }
        for place, stage in enumerate(stages)
    ]
    context = {"edition": edition, "form": form, "verdict": verdict, "rows": rows}
    context |= {"gates_url": address_of(GATES, edition.key)}
    return render(request, "awards/setup/stages.html", context, status=422 if form.errors else 200)


@require_POST
def stage_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a stage away."""
    stage = _stage(request, key, pk)
    set_up.remove_stage(stage=stage, by=request.user)
    messages.success(request, _("The stage is taken away."))
    return redirect("setup_stages", key)


@require_POST
def stage_swap(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Let a stage change places with the one before or after it."""
    stage = _stage(request, key, pk)
    set_up.swap_stages(stage=stage, by=request.user, later="later" in request.POST)
    messages.success(request, _("The stages have changed places; the times stay where they were."))
    return redirect("setup_stages", key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_partners(request: HttpRequest, key: str) -> HttpResponse:
    """The organisations behind the edition."""
    edition = find(request, key)

    verdict = permissions.may_change_set_up(request.user, edition)

    form = PartnerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        set_up.add_partner(edition=edition, by=request.user, **form.cleaned_data)
        messages.success(request, _("The partner is added."))
        return redirect("setup_partners", key)

    partners = edition.partners.order_by("pk")
    context = {"edition": edition, "form": form, "verdict": verdict, "partners": partners}
    return render(request, "awards/setup/partners.html", context, status=422 if form.errors else 200)


@require_POST
def partner_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take a partner away."""
    partner = get_object_or_404(Partner.objects.select_related("edition"), edition=find(request, key), pk=pk)
    set_up.remove_partner(partner=partner, by=request.user)
    messages.success(request, _("The partner is taken away."))
    return redirect("setup_partners", key)


def find(request: HttpRequest, key: str) -> Edition:
    """The same as on every organiser's page, with the stages that set-up asks about."""
    edition = organised_edition(request, key)
    prefetch_related_objects([edition], "stages__extensions")
    return edition


def _stage(request: HttpRequest, key: str, pk: int) -> Stage:
    stages = Stage.objects.select_related("edition__fair", "edition__award")
    return get_object_or_404(stages, edition=find(request, key), pk=pk)
