"""A stage opens, closes, is taken up again, is lengthened or gets other times: each asks first."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awards import gates, permissions
from awards.actions import editions, times
from awards.models import Stage
from awards.moves import find
from awards.organised import organised_edition
from awards.shown_forms import ShownForm
from awards.states import STAGE_MOVES, EditionState, StageKind, StageState
from nominees.extension_letters import may_be_told, tell_of_extension
from reports import organising
from reports.stage_forms import CloseForm, ExtendForm, OpenForm, ReopenForm, TimesForm
from reports.views.organiser import METHODS


def _find(request: HttpRequest, key: str, position: int) -> Stage:
    """The stage in this place; for an answer the one that was asked about, wherever it stands by now."""
    edition = organised_edition(request, key)
    stages = edition.stages.all()
    asked = request.POST.get("stage", "")
    if asked:
        stage = next((each for each in stages if str(each.pk) == asked), None)
    else:
        stage = next((each for each in stages if each.position == position), None)
    if stage is None:
        raise Http404
    stage.edition = edition
    return stage


@never_cache
@require_http_methods(METHODS)
def stage_open(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Let a stage begin, until a new time where its own has passed."""
    stage, now = _find(request, key, position), timezone.now()

    permissions.may_open_stage(request.user, stage).require()

    form = OpenForm(request.POST if request.method == "POST" else None, stage=stage, now=now)
    words = {
        "title": _("Open “%(stage)s”") % {"stage": stage.what},
        "does": [_("The stage is under way at once, also before the time at which it was to open.")],
        "button": _("Open"),
    }

    def act() -> None:
        editions.open_stage(stage=stage, now=now, by=request.user, **form.cleaned_data)

    return _ask(request, stage, form, words, act)


@never_cache
@require_http_methods(METHODS)
def stage_close(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """End a stage and open the next; in spite of what remains only for a stated reason."""
    stage, now = _find(request, key, position), timezone.now()

    move = find(STAGE_MOVES, "close_stage")
    permissions.may_move_stage(request.user, stage, move).require()

    lines = gates.checklist(stage.edition, stage.kind)
    following = stage.edition.stages.filter(position__gt=stage.position, state=StageState.AHEAD).first()
    blocked = any(not line.settled for line in lines)
    typed = request.POST if request.method == "POST" else None
    form = CloseForm(typed, following=following, is_blocked=blocked, now=now)
    words = {
        "title": _("Close “%(stage)s”") % {"stage": stage.what},
        "does": _closing(stage),
        "button": _("Close in spite of it") if blocked else _("Close"),
        "lines": lines,
        "is_grave": blocked,
    }

    def act() -> None:
        answer = {"stage": stage, "in_spite_of": form.cleaned_data.get("in_spite_of", ""), "by": request.user}
        if form.cleaned_data.get("open_next"):
            until = form.cleaned_data.get("next_closes_at")
            editions.advance_edition(next_closes_at=until, now=now, **answer)
        else:
            editions.close_stage(**answer)

    return _ask(request, stage, form, words, act)


@never_cache
@require_http_methods(METHODS)
def stage_reopen(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Go back: take a closed stage up again, with a reason."""
    stage, now = _find(request, key, position), timezone.now()

    move = find(STAGE_MOVES, "reopen_stage")
    permissions.may_move_stage(request.user, stage, move).require()

    form = ReopenForm(request.POST if request.method == "POST" else None, stage=stage, now=now)
    does = [_("The stage is under way again. Stages after it that are under way stay so.")]
    if stage.kind == StageKind.SCORING:
        does.append(_("The jurors may score again, and the scores are sealed until the scoring has closed."))
    words = {
        "title": _("Take up “%(stage)s” again") % {"stage": stage.what},
        "does": does,
        "button": _("Take it up again"),
        "is_grave": True,
    }

    def act() -> None:
        editions.reopen_stage(stage=stage, now=now, by=request.user, **form.cleaned_data)

    return _ask(request, stage, form, words, act)


@never_cache
@require_http_methods(METHODS)
def stage_extend(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Lengthen a stage for all, or for one municipality."""
    stage, now = _find(request, key, position), timezone.now()

    for_all = permissions.may_extend_stage(request.user, stage)
    for_one = permissions.may_extend_stage(request.user, stage, "0000")  # which one does not matter yet
    (for_one or for_all).require()

    is_told = for_one.allowed and stage.edition.state == EditionState.RUNNING
    form = ExtendForm(
        request.POST if request.method == "POST" else None,
        stage=stage,
        municipalities=organising.to_extend(stage.edition) if for_one else None,
        for_all=for_all.allowed,
        contacts=len(may_be_told(stage, now)) if is_told else None,
        now=now,
    )
    words = {
        "title": _("Lengthen “%(stage)s”") % {"stage": stage.what},
        "does": _extending(stage),
        "button": _("Lengthen"),
    }

    def act() -> None:
        chosen = form.cleaned_data.get("municipality")
        times.extend_stage(
            stage=stage,
            municipality_code=chosen.code if chosen else "",
            closes_at=form.cleaned_data["closes_at"],
            reason=form.cleaned_data["reason"],
            now=now,
            by=request.user,
        )
        if form.cleaned_data.get("tell"):
            code = chosen.code if chosen else ""
            count = tell_of_extension(stage, code, until=form.cleaned_data["closes_at"], now=now)
            said = ngettext("One letter is queued.", "%(count)s letters are queued.", count)
            messages.info(request, said % {"count": count})

    return _ask(request, stage, form, words, act)


@never_cache
@require_http_methods(METHODS)
def stage_times(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Change when a stage opens and closes, and whether the clock moves it."""
    stage, now = _find(request, key, position), timezone.now()

    permissions.may_set_times(request.user, stage).require()

    given = {name: getattr(stage, name) for name in ("opens_at", "closes_at", "advances_by_itself")}
    form = TimesForm(request.POST if request.method == "POST" else None, stage=stage, now=now, initial=given)
    words = {
        "title": _("Times of “%(stage)s”") % {"stage": stage.what},
        "does": [_("Stages may overlap, but a later one neither opens nor closes before an earlier one.")],
        "button": _("Save"),
    }

    def act() -> None:
        reason = form.cleaned_data["reason"]
        times.set_times(stage=stage, times=form.times, reason=reason, now=now, by=request.user)

    return _ask(request, stage, form, words, act)


def _ask(
    request: HttpRequest, stage: Stage, form: forms.Form, words: dict, act: Callable[[], object]
) -> HttpResponse:
    """Show the question; on a sound answer act, wholly or not at all, and go back to the edition."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                act()
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done: %(what)s.") % {"what": words["title"]})
            return redirect("organiser_edition", stage.edition.key)
    context = {"edition": stage.edition, "stage": stage, "form": form, **words}
    status = form.status if isinstance(form, ShownForm) and form.clashes else 200
    return render(request, "reports/organiser/stage.html", context, status=status)


def _closing(stage: Stage) -> list[str]:
    """What closing this kind of stage does."""
    except_some = _("Municipalities save nothing more, except those with a later time of their own.")
    says = {
        StageKind.CALL: except_some,
        StageKind.NOMINATION: except_some,
        StageKind.SCORING: _("The jurors save nothing more. You and the chair see the scores."),
    }
    return [*([says[stage.kind]] if stage.kind in says else []), _("You can take the stage up again.")]


def _extending(stage: Stage) -> list[str]:
    does = [_("The earlier closing time is kept and shown.")]
    if stage.kind == StageKind.SCORING:
        does.append(_("The jurors' time to score moves along."))
    return does
