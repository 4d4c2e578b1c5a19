"""A juror asks the municipality, and reads what it has answered to all who read the entry."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from criteria.question_form import QuestionForm
from criteria.views.scoring import find_open
from nominees import permissions
from nominees.actions.questions import ask_question
from nominees.models import JuryQuestion


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def scoring_questions(request: HttpRequest, assignment: int) -> HttpResponse:
    """Every question that was released about this entry, one's own that wait, and a form for another."""
    now = timezone.now()
    found = find_open(request, assignment, now)

    may_ask = permissions.may_ask_question(request.user, found.juror, found.nomination)

    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_question(
            nomination=found.nomination, seat=found.juror, now=now, by=request.user, **form.cleaned_data
        )
        messages.success(request, _("The organiser has your question and sends it on without your name."))
        return redirect("scoring_questions", found.pk)

    request.edition = found.round.edition
    seen = Q(asked_by=found.juror) | Q(released_at__isnull=False)
    questions = JuryQuestion.objects.filter(seen, nomination=found.nomination).order_by("asked_at", "pk")
    context = {
        "assignment": found,
        "municipality": found.nomination.municipality,
        "questions": questions,
        "form": form,
        "may_ask": may_ask,
    }
    return render(request, "criteria/questions.html", context)
