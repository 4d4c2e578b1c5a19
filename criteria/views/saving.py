"""Saving a sheet, marking it as done, opening it again: by whole pages, or by the autosave's answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from awards import formats, trouble
from criteria import actions, permissions
from criteria.definitions import tree_of
from criteria.forms import Posted, read_sheet
from criteria.models import Assignment
from criteria.plain_text import sheet_as_text
from criteria.reading_list import doorstep
from criteria.score_form import clashes, gives
from criteria.views.scoring import find_open, language, show_page, sum_context
from criteria.views.unsaved import asks_for_json, shut_out, signed_out, text_file


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def scoring_page(request: HttpRequest, assignment: int) -> HttpResponse:
    """The entry beside the criteria; a post saves, with or without a script, or gets its text back."""
    now = timezone.now()
    found = _find(request, assignment, now)
    if isinstance(found, HttpResponse):
        return found

    if request.method != "POST":
        return show_page(request, found, now)

    return _keep(request, found, now, partial(redirect, "scoring_page", found.pk))


@login_not_required
@never_cache
@require_POST
def sheet_finish(request: HttpRequest, assignment: int) -> HttpResponse:
    """Save what is in the form, then mark the sheet as done."""
    now = timezone.now()
    found = _find(request, assignment, now)
    if isinstance(found, HttpResponse):
        return found

    def finish() -> HttpResponse:
        fresh = find_open(request, assignment, now)
        try:
            actions.finish_sheet(assignment=fresh, now=now, by=request.user)
        except PermissionDenied as refusal:
            return show_page(request, fresh, now, refusal=str(refusal), status=403)
        done = _("%(municipality)s is marked as done. You can open it again until the scoring closes.")
        messages.success(request, done % {"municipality": fresh.nomination.municipality.name})
        return redirect("scoring_list")

    return _keep(request, found, now, finish)


@require_POST
def sheet_reopen(request: HttpRequest, assignment: int) -> HttpResponse:
    """Open a sheet that was marked as done."""
    now = timezone.now()
    found = find_open(request, assignment, now)

    permissions.may_reopen_sheet(request.user, found, now).require()

    actions.reopen_sheet(assignment=found, now=now, by=request.user)
    return redirect("scoring_page", found.pk)


@login_not_required
@never_cache
@require_POST
def sheet_text(request: HttpRequest, assignment: int) -> HttpResponse:
    """What was typed, as a text file: for a text that could not be saved. Nothing is kept here."""
    now = timezone.now()
    found = _find(request, assignment, now)
    if isinstance(found, HttpResponse):
        return text_file(request, assignment) if found.status_code != 302 else found

    model = tree_of(found.round.scoring_model)
    posted = read_sheet(model, request.POST, language())
    name = found.nomination.municipality
    response = HttpResponse(
        sheet_as_text(model, posted.typed, name.name, language()), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name.code}.txt"'
    return response


def _find(request: HttpRequest, pk: int, now: datetime) -> Assignment | HttpResponse:
    """The open assignment, or the answer to somebody signed out or with something to do before it opens."""
    if not request.user.is_authenticated:
        return signed_out(request, pk)
    try:
        return find_open(request, pk, now)
    except Http404:
        if step := doorstep(request.user, pk, now):
            return shut_out(request, pk, step)
        raise


def _keep(
    request: HttpRequest, found: Assignment, now: datetime, then: Callable[[], HttpResponse]
) -> HttpResponse:
    """Save the posted form and go on with `then`, or answer with what was typed and why it was not kept."""
    posted = read_sheet(tree_of(found.round.scoring_model), request.POST, language())
    answer = _Script(request, found, now) if asks_for_json(request) else _Reader(request, found, now)
    if not posted.is_sound:
        return answer.unsound(posted)
    try:
        result = actions.save_sheet(
            assignment=found, written=posted.paper, version=posted.version, now=now, by=request.user
        )
    except PermissionDenied as refusal:
        return answer.refused(posted, str(refusal), 403)
    except DatabaseError as error:
        if (sentence := trouble.in_words(error)) is None:
            raise
        return answer.refused(posted, sentence, 503)
    if isinstance(result, actions.Conflict):
        return answer.conflict(result)
    return answer.saved(result, then)


class _Reader:
    """Answers with whole pages, to somebody without a script."""

    def __init__(self, request: HttpRequest, found: Assignment, now: datetime) -> None:
        self.request, self.found, self.now = request, found, now

    def saved(self, result: actions.Saved, then: Callable[[], HttpResponse]) -> HttpResponse:
        return then()

    def unsound(self, posted: Posted) -> HttpResponse:
        return show_page(self.request, self.found, self.now, posted=posted)

    def refused(self, posted: Posted, sentence: str, status: int) -> HttpResponse:
        return show_page(self.request, self.found, self.now, posted=posted, refusal=sentence, status=status)

    def conflict(self, conflict: actions.Conflict) -> HttpResponse:
        model = tree_of(self.found.round.scoring_model)
        self.request.edition = self.found.round.edition
        context = {
            "assignment": self.found,
            "municipality": self.found.nomination.municipality,
            "version": conflict.version,
            "saved_at": conflict.sheet.saved_at,
            "clashes": clashes(model, conflict.differences, language()),
        }
        return render(self.request, "criteria/conflict.html", context, status=409)


class _Script:
    """Answers with figures and short sentences, to the autosave."""

    def __init__(self, request: HttpRequest, found: Assignment, now: datetime) -> None:
        self.request, self.found, self.now = request, found, now

    def saved(self, result: actions.Saved, then: Callable[[], HttpResponse]) -> HttpResponse:
        model = tree_of(self.found.round.scoring_model)
        if result.sheet is not None:
            self.found.sheet = result.sheet
        context = sum_context(self.request, self.found, result, self.now)
        return JsonResponse(
            {
                "version": result.version,
                "saved": formats.clock(result.sheet.saved_at) if result.sheet else "",
                "sum": render_to_string("criteria/includes/sum.html", context, self.request),
                "gives": gives(model, result.tally, language()),
                "missing": list(result.tally.missing),
            }
        )

    def unsound(self, posted: Posted) -> HttpResponse:
        problems = {name: str(text) for name, text in posted.problems.items()}
        return JsonResponse({"problems": problems}, status=422)

    def refused(self, posted: Posted, sentence: str, status: int) -> HttpResponse:
        return JsonResponse({"refusal": sentence}, status=status)

    def conflict(self, conflict: actions.Conflict) -> HttpResponse:
        sentence = _("This sheet has been saved elsewhere meanwhile. Save here to see both texts and choose.")
        return JsonResponse({"conflict": sentence}, status=409)
