"""Scoring models for organisers: the list, how the score page will look, in and out as a file."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.verdicts import no
from criteria import actions, activation, model_files, permissions
from criteria.definitions import tree_of
from criteria.lines import Paper
from criteria.model_forms import ModelFileForm
from criteria.models import ScoringModel
from criteria.score_form import blocks
from criteria.scoring import leaves
from criteria.tally import ranges, tally
from criteria.views.scoring import language


@require_http_methods(["GET", "HEAD", "POST"])
def model_list(request: HttpRequest) -> HttpResponse:
    """Every version that is kept here, and a file to bring in another."""
    permissions.may_manage_models(request.user).require()

    form = ModelFileForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.import_model(tree=form.cleaned_data["file"], by=request.user)
        except actions.ModelRefusedError as error:
            form.add_error("file", str(error))
        else:
            return redirect("model_page", row.code, row.version)

    rows = ScoringModel.objects.defer("definition")
    return render(request, "criteria/model_list.html", {"rows": rows, "form": form})


@require_GET
def model_page(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The score page as jurors will see it, and what still stands in the way of using the model."""
    permissions.may_manage_models(request.user).require()
    row = get_object_or_404(ScoringModel, code=code, version=version)

    model = tree_of(row)
    problems = activation.check(model)
    context = {"row": row, "problems": problems, "may_activate": _may_activate(request, row, problems)}
    context["may_retire"] = permissions.may_retire_model(request.user, row)
    if not problems:
        context |= {
            "blocks": blocks(model, Paper(), tally(model, {}), language()),
            "criteria": len(leaves(model)),
            "most": ranges(model)[model.root.code][1],
            "note": model.note.in_language(language()),
        }
    return render(request, "criteria/model_page.html", context)


@require_POST
def model_activate(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Take a draft into use."""
    told = _("The model is in use. It never changes from now on.")
    return _turn(request, code, version, actions.activate_model, told)


@require_POST
def model_retire(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Take a version out of use: rounds that have it keep it."""
    told = _("The model is out of use. Rounds that have it keep it.")
    return _turn(request, code, version, actions.retire_model, told)


def _turn(
    request: HttpRequest, code: str, version: int, act: Callable[..., object], told: str
) -> HttpResponse:
    permissions.may_manage_models(request.user).require()
    row = get_object_or_404(ScoringModel, code=code, version=version)
    try:
        act(model=row, by=request.user)
    except actions.ModelRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect("model_page", code, version)


@require_GET
def model_file(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """The model as a file."""
    permissions.may_manage_models(request.user).require()
    row = get_object_or_404(ScoringModel, code=code, version=version)

    response = HttpResponse(model_files.write(tree_of(row)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{code}-{version}.json"'
    return response


def _may_activate(request: HttpRequest, row: ScoringModel, problems: list):
    verdict = permissions.may_activate_model(request.user, row)
    if verdict and problems:
        return no(gettext_lazy("The file must be mended before it can be used."))
    return verdict
