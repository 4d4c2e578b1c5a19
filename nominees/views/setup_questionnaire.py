"""Choosing, bringing in and taking out an edition's questionnaire."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions as ground
from awards.models import Edition
from nominees import permissions
from nominees.actions.questionnaires import give_questionnaire, questionnaire_of
from nominees.questionnaire_files import write
from nominees.questionnaire_forms import QuestionnaireForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_questionnaire(request: HttpRequest, key: str) -> HttpResponse:
    """The questions as they stand, and another questionnaire instead, until there is an entry."""
    edition = _find(request, key)

    verdict = permissions.may_change_questionnaire(request.user, edition)

    form = QuestionnaireForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST":
        verdict.require()
    if request.method == "POST" and form.is_valid():
        give_questionnaire(edition=edition, questionnaire=form.cleaned_data["found"], by=request.user)
        messages.success(request, _("The edition has its questionnaire."))
        return redirect("setup_questionnaire", key)

    sections = edition.sections.prefetch_related("questions")
    context = {"edition": edition, "form": form, "verdict": verdict, "sections": sections}
    return render(request, "nominees/setup_questionnaire.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def questionnaire_file(request: HttpRequest, key: str) -> HttpResponse:
    """The questionnaire as a file, which reads in again alike."""
    edition = _find(request, key)

    response = HttpResponse(write(questionnaire_of(edition)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="questionnaire-{edition.key}.json"'
    return response


def _find(request: HttpRequest, key: str) -> Edition:
    visible = Edition.objects.visible_to(request.user).select_related("fair", "award")
    edition = get_object_or_404(visible, key=key)
    ground.may_organise(request.user, edition).require()
    request.edition = edition
    return edition
