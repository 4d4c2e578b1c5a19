"""The organiser's feedback: the list of entries, editing one, and releasing what has been reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.models import Edition
from criteria import actions, permissions
from criteria.definitions import tree_of
from criteria.feedback.drafts import compiled, feedback_list, jurors_words, jury_marks, traces_in
from criteria.feedback.form import FeedbackForm, ReasonForm, ReleaseForm, groups_of, initial_of
from criteria.feedback.paper import notice
from criteria.feedback.texts import texts_as_words
from criteria.lines import text_nodes
from criteria.models import Assignment, FeedbackReport, Recusal, Round
from criteria.progress import rounds_of
from criteria.states import SEALED, FeedbackState, ScoreRoom
from criteria.views.noting import note_reading
from criteria.views.rounds import asked_round, begun_round, to_page
from criteria.views.scoring import language
from nominees.models import Nomination
from nominees.states import LEFT


@dataclass(frozen=True)
class Place:
    """One entry of a round that has closed, and its report as far as there is one."""

    scoring_round: Round
    nomination: Nomination
    report: FeedbackReport | None


@never_cache
@require_safe
def feedback_overview(request: HttpRequest, edition: str) -> HttpResponse:
    """How far each entry's feedback has come; before the scoring has closed, what must happen first."""
    found, scoring_round = _find_round(request, edition)

    context = {"edition": found, "round": scoring_round, "list": None, "is_over": True}
    if scoring_round is not None and scoring_round.state not in SEALED:
        tree = tree_of(scoring_round.scoring_model)
        context["list"] = feedback_list(scoring_round, request.user, tree, timezone.now())
        context["is_over"] = permissions.ceremony_is_over(found)
        context["may_edit"] = permissions.may_edit_feedback(request.user, scoring_round, None)
    return render(request, "criteria/feedback/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_edit(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """The organiser's texts beside what the jurors wrote; the first draft is made of it."""
    place = _find_place(request, edition, code)
    note_reading(request, place.scoring_round.edition, ScoreRoom.FEEDBACK)
    may_edit = permissions.may_edit_feedback(request.user, place.scoring_round, place.report)
    marks = jury_marks(place.scoring_round.edition)
    said = jurors_words(place.scoring_round, place.nomination, marks)

    tree = tree_of(place.scoring_round.scoring_model)
    form = FeedbackForm(
        request.POST if request.method == "POST" else None,
        nodes=text_nodes(tree),
        language=language(),
        initial=_initial(place, tree, said, afresh="afresh" in request.GET),
    )

    saved, status = None, 200
    if request.method == "POST" and not may_edit:
        status = 403
    elif request.method == "POST":
        if form.is_valid() and _save(request, place, form, timezone.now()):
            return to_page(request, "feedback_edit", edition, code)
        if form.is_valid():
            place = _find_place(request, edition, code)
            saved, status = _as_saved(form, place.report), 409

    if not may_edit:
        for field in form.fields.values():
            field.widget.attrs["readonly"] = True
    context = {
        "edition": place.scoring_round.edition,
        "entry": place.nomination,
        "report": place.report,
        "form": form,
        "groups": groups_of(form, said, saved),
        "is_stale": saved is not None,
        "may_edit": may_edit,
        **_verdicts(request, place, marks),
    }
    return render(request, "criteria/feedback/edit.html", context, status=status)


@require_POST
def feedback_reopen(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Make a reviewed report a draft again."""
    report = _find_report(request, edition, code)
    actions.reopen_feedback(report=report, by=request.user)
    return to_page(request, "feedback_edit", edition, code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_release(request: HttpRequest, edition: str) -> HttpResponse:
    """What is about to be sent to whom, and the yes to it."""
    found, scoring_round = _find_round(request, edition)
    if scoring_round is None or scoring_round.state in SEALED:
        raise Http404
    now = timezone.now()
    listed = feedback_list(scoring_round, request.user, tree_of(scoring_round.scoring_model), now)
    ready = [
        line
        for line in listed.reviewed
        if request.GET.get("code") in (None, line.nomination.municipality.code)
    ]

    permissions.may_edit_feedback(request.user, scoring_round, None).require()

    is_over = permissions.ceremony_is_over(found)
    form = ReleaseForm(request.POST if request.method == "POST" else None, is_over=bool(is_over))
    if request.method == "POST" and form.is_valid():
        _release(request, scoring_round, form.cleaned_data.get("reason", ""), now)
        return to_page(request, "feedback_list", edition)

    context = {
        "edition": found,
        "ready": ready,
        "letters": sum(line.contacts for line in ready),
        "is_over": is_over,
        "notice": notice(),
        "form": form,
    }
    return render(request, "criteria/feedback/release.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_withdraw(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Take released feedback back, with a reason."""
    report = _find_report(request, edition, code)

    permissions.may_withdraw_feedback(request.user, report).require()

    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_feedback(
            report=report, reason=form.cleaned_data["reason"], now=timezone.now(), by=request.user
        )
        messages.success(request, _("The feedback has been withdrawn. The municipality cannot read it now."))
        return to_page(request, "feedback_edit", edition, code)

    context = {"edition": report.nomination.edition, "entry": report.nomination, "form": form}
    return render(request, "criteria/feedback/withdraw.html", context)


def _find_edition(request: HttpRequest, key: str) -> Edition:
    """The edition, for those who lead; for all others there is no such page."""
    editions = Edition.objects.visible_to(request.user).select_related("fair", "award")
    edition = get_object_or_404(editions, key=key)
    if not permissions.may_read_feedback(request.user, edition):
        raise Http404
    request.edition = edition
    prefetch_related_objects([edition], "stages")
    return edition


def _find_round(request: HttpRequest, key: str) -> tuple[Edition, Round | None]:
    """The edition and its round: the one asked for, else the latest."""
    edition = _find_edition(request, key)
    scoring_round = asked_round(request, rounds_of(edition))
    if scoring_round is not None:
        scoring_round.edition = edition
    return edition, scoring_round


def _find_place(request: HttpRequest, key: str, code: str) -> Place:
    """The entry of a round that has closed; one that the reader stands aside from is not there."""
    edition = _find_edition(request, key)
    begun = begun_round(request, Round.objects.filter(edition=edition))
    aside = Recusal.objects.filter(
        juror__person=request.user, nomination=OuterRef("nomination"), lifted_at=None
    )
    assigned = (
        Assignment.objects.filter(round=begun, nomination__municipality__code=code)
        .exclude(round__state__in=SEALED)
        .exclude(nomination__state__in=LEFT)
        .filter(~Exists(aside))
        .select_related("round__scoring_model", "nomination__municipality")
        .order_by("pk")
        .first()
    )
    if assigned is None:
        raise Http404
    scoring_round, nomination = assigned.round, assigned.nomination
    scoring_round.edition = nomination.edition = edition
    report = FeedbackReport.objects.filter(nomination=nomination, round=scoring_round).first()
    if report is not None:
        report.nomination, report.round = nomination, scoring_round
    return Place(scoring_round, nomination, report)


def _find_report(request: HttpRequest, key: str, code: str) -> FeedbackReport:
    report = _find_place(request, key, code).report
    if report is None:
        raise Http404
    return report


def _initial(place: Place, tree, said, *, afresh: bool) -> dict:
    version = place.report.version if place.report else 0
    if place.report is None or afresh:
        general = place.report.general if place.report else ""
        return initial_of(tree, compiled(said), general, version)
    return initial_of(tree, texts_as_words(place.report.texts), place.report.general, version)


@transaction.atomic
def _save(request: HttpRequest, place: Place, form: FeedbackForm, now: datetime) -> bool:
    """Keep what was typed, and call it ready where that was asked for and can be."""
    report = actions.save_feedback(
        nomination=place.nomination,
        scoring_round=place.scoring_round,
        words=form.words,
        general=form.cleaned_data["general"],
        version=form.cleaned_data["version"],
        now=now,
        by=request.user,
    )
    if report is None:
        return False
    report.nomination, report.round = place.nomination, place.scoring_round
    as_draft = _("The feedback has been saved as a draft.")
    if request.POST.get("do") != "review":
        messages.success(request, as_draft)
        return True
    found = traces_in(report, jury_marks(place.scoring_round.edition))
    verdict = permissions.may_review_feedback(request.user, report, found)
    if verdict:
        actions.review_feedback(report=report, now=now, by=request.user)
        messages.success(request, _("The feedback has been saved and marked as reviewed."))
    else:
        messages.warning(request, f"{as_draft} {verdict.reason}")
    return True


def _as_saved(form: FeedbackForm, report: FeedbackReport | None):
    """After a stale save: what stands there now; the next save is made knowing it."""
    form.data = form.data.copy()
    form.data["version"] = str(report.version if report else 0)
    return texts_as_words(report.texts) if report else {}


def _release(request: HttpRequest, scoring_round: Round, reason: str, now: datetime) -> None:
    """Release what the page showed, each as it was shown; what has changed since stays as it is."""
    shown = set(request.POST.getlist("report"))
    reports = FeedbackReport.objects.read_by(request.user, now).filter(
        round=scoring_round, state=FeedbackState.REVIEWED
    )
    ready = reports.select_related(
        "nomination__municipality", "nomination__edition__fair", "nomination__edition__award",
        "round__scoring_model", "round__edition",
    )  # fmt: skip
    with transaction.atomic():
        letters = [
            actions.release_feedback(
                report=report, version=report.version, reason=reason, now=now, by=request.user
            )
            for report in ready
            if f"{report.pk}-{report.version}" in shown
        ]
    if not letters:
        messages.info(request, _("Nothing was released: it has been released already, or was changed."))
        return
    told = ngettext(
        "Released. One letter is on its way.", "Released. %(count)s letters are on their way.", sum(letters)
    )
    messages.success(request, told % {"count": sum(letters)})


def _verdicts(request: HttpRequest, place: Place, marks: tuple[str, ...]) -> dict:
    """What can be done with the report as it stands."""
    if place.report is None:
        return {}
    person, report = request.user, place.report
    return {
        "traces": traces_in(report, marks),
        "may_reopen": permissions.may_reopen_feedback(person, report),
        "may_release": permissions.may_release_feedback(person, report, reason="asked for on the next page"),
        "may_withdraw": permissions.may_withdraw_feedback(person, report),
    }
