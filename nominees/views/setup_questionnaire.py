"""Choosing, bringing in and taking out an edition's questionnaire."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards.organised import organised_edition
from nominees import permissions
from nominees.actions.questionnaires import give_questionnaire, questionnaire_of
from nominees.questionnaire_files import write
from nominees.questionnaire_forms import QuestionnaireForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_questionnaire(request: HttpRequest, key: str) -> HttpResponse:
    """The questions as they stand, and another questionnaire instead, until there is an entry."""
    edition = organised_edition(request, key)

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
    edition = organised_edition(request, key)

    response = HttpResponse(write(questionnaire_of(edition)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="questionnaire-{edition.key}.json"'
    return response
