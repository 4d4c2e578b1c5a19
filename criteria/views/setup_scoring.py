"""The rounds of an edition and the model each is scored by, as the organiser sets them up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awards import permissions as ground
from awards.models import Edition
from criteria import actions, permissions
from criteria.models import Round
from criteria.setup_forms import ModelForm, RoundForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_scoring(request: HttpRequest, edition: str) -> HttpResponse:
    """Plan the first round, or choose another model for one that has not opened."""
    visible = Edition.objects.visible_to(request.user).select_related("fair", "award")
    found = get_object_or_404(visible, key=edition)

    ground.may_organise(request.user, found).require()

    chosen = request.POST.get("round", "")
    rounds = list(Round.objects.filter(edition=found).select_related("scoring_model", "edition"))
    forms = {each.pk: _model_form(request, each, chosen) for each in rounds}
    new = RoundForm(found, request.POST if request.method == "POST" and not chosen else None)
    if request.method == "POST":
        ground.may_change_set_up(request.user, found).require()
        here = next((each for each in rounds if str(each.pk) == chosen), None)
        if here is not None and forms[here.pk].is_valid():
            model = forms[here.pk].cleaned_data["scoring_model"]
            actions.change_round_model(scoring_round=here, scoring_model=model, by=request.user)
            messages.success(request, _("The round is scored by another model."))
            return redirect("setup_scoring", edition)
        if not chosen and new.is_valid():
            actions.plan_round(edition=found, by=request.user, **new.cleaned_data)
            messages.success(request, _("The round is planned. Nobody sees it before it opens."))
            return redirect("setup_scoring", edition)

    request.edition = found
    rows = [(each, forms[each.pk], permissions.may_change_round_model(request.user, each)) for each in rounds]
    wrong = next((form for form in (*forms.values(), new) if form.errors), None)
    context = {"edition": found, "rows": rows, "new": new, "wrong": wrong}
    context |= {"verdict": ground.may_change_set_up(request.user, found)}
    return render(request, "criteria/setup_scoring.html", context, status=422 if wrong else 200)


def _model_form(request: HttpRequest, scoring_round: Round, chosen: str) -> ModelForm:
    initial = {"scoring_model": scoring_round.scoring_model_id}
    mine = request.method == "POST" and str(scoring_round.pk) == chosen
    prefix = f"model{scoring_round.pk}"
    return ModelForm(request.POST if mine else None, prefix=prefix, initial=initial)
