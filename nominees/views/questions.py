"""Questions from the jury: the municipality answers, the organiser releases or holds back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.models import Edition, Person
from awards.verdicts import Verdict
from nominees import permissions
from nominees.actions.questions import answer_question, hold_question, release_question
from nominees.drafts import mark
from nominees.entry_forms import AnswerForm, ReleaseForm
from nominees.models import JuryQuestion, Nomination
from nominees.views.applications import find

ROWS = 50
ANSWERED_MEANWHILE = gettext_lazy(
    "A colleague has answered meanwhile: “%(answer)s”. Your text stands below and has not been sent. "
    "Send it to replace your colleague's answer, or change it first."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what may be done about it, and the form to do it in."""

    question: JuryQuestion
    verdict: Verdict
    form: AnswerForm | ReleaseForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_questions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the jury has asked this municipality; each answered in its place."""
    now = timezone.now()
    entry = find(request, pk, now)

    rows = list(
        entry.jury_questions.exclude(released_at=None).defer("asked_by").order_by("released_at", "pk")
    )
    posted = request.POST.get("question", "")
    chosen = next((each for each in rows if str(each.pk) == posted), None)
    if request.method == "POST" and chosen is None:
        raise Http404

    form = AnswerForm(request.POST, prefix=f"question-{chosen.pk}") if chosen else None
    if form and form.is_valid() and _answers(form, chosen, entry, now, request.user):
        messages.success(request, _("The answer has been sent to the jurors who read your entry."))
        return redirect("application_questions", entry.pk)
    asked = [
        Asked(
            each,
            permissions.may_answer_question(request.user, each, now, entry),
            form
            if each is chosen
            else AnswerForm(
                prefix=f"question-{each.pk}", initial={"text": each.answer, "was": mark(each.answer)}
            ),
        )
        for each in rows
    ]
    context = {"entry": entry, "asked": asked, "form": form}
    return render(request, "nominees/submissions/questions.html", context)


@never_cache
@require_safe
def question_list(request: HttpRequest, key: str) -> HttpResponse:
    """All questions of an edition, those that wait first; for its organisers."""
    return _show_list(request, _organised(request, key))


@require_POST
def question_release(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Send a question on to the municipality, with the last time to answer."""
    now = timezone.now()
    edition = _organised(request, key)
    question = _question(edition, pk)

    form = ReleaseForm(request.POST, prefix=f"question-{pk}")
    if not form.is_valid():
        return _show_list(request, edition, form, pk)
    release_question(question=question, now=now, by=request.user, **form.cleaned_data)
    messages.success(request, _("The question has been sent to the municipality."))
    return redirect("question_list", edition.key)


@require_POST
def question_hold(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Keep a question from the municipality."""
    now = timezone.now()
    edition = _organised(request, key)
    question = _question(edition, pk)

    hold_question(question=question, now=now, by=request.user)
    messages.success(request, _("The question has been held back."))
    return redirect("question_list", edition.key)


def _answers(form: AnswerForm, question: JuryQuestion, entry: Nomination, now: datetime, by: Person) -> bool:
    """Send the answer, or put a colleague's into the form's words so that the next post knows of it."""
    if answer_question(question=question, nomination=entry, now=now, by=by, **form.cleaned_data):
        return True
    question.refresh_from_db(fields=["answer", "answered_at"])
    form.add_error("text", ANSWERED_MEANWHILE % {"answer": question.answer})
    form.data = form.data.copy()
    form.data[form.add_prefix("was")] = mark(question.answer)
    return False


def _organised(request: HttpRequest, key: str) -> Edition:
    """The edition, for those who organise it; for all others there is no such page."""
    visible = Edition.objects.visible_to(request.user, timezone.now()).select_related("fair", "award")
    edition = get_object_or_404(visible, key=key)
    if not request.user.holds(edition, "organiser"):
        raise Http404
    request.edition = edition
    return edition


def _question(edition: Edition, pk: int) -> JuryQuestion:
    found = JuryQuestion.objects.select_related("nomination__municipality")
    question = get_object_or_404(found, pk=pk, nomination__edition=edition)
    question.nomination.edition = edition
    return question


def _show_list(
    request: HttpRequest, edition: Edition, form: ReleaseForm | None = None, pk: int = 0
) -> HttpResponse:
    verdict = permissions.may_release_questions(request.user, edition)
    rows = (
        JuryQuestion.objects.filter(nomination__edition=edition)
        .select_related("nomination__municipality", "asked_by")
        .annotate(is_settled=Case(When(released_at=None, refused_at=None, then=0), default=1))
        .order_by("is_settled", "asked_at", "pk")
    )
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    asked = [
        Asked(each, verdict, form if form and each.pk == pk else ReleaseForm(prefix=f"question-{each.pk}"))
        for each in page
    ]
    context = {"edition": edition, "asked": asked, "page": page, "form": form}
    return render(request, "nominees/submissions/question_list.html", context)
