"""The juror's list, and the page where one entry is read and scored."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from awards import formats
from awards.models import Person
from awards.prepared import Prepared
from criteria import actions, permissions
from criteria.definitions import tree_of
from criteria.entry import entry_of, files_of
from criteria.forms import Posted
from criteria.models import Assignment
from criteria.reading_list import neighbours, reading_list
from criteria.score_form import blocks, notes
from criteria.sheets import latest_scores, paper_of, sheet_of
from criteria.tally import tally
from criteria.totals import total_of
from nominees.material_files import attachment


def _open(*, user: int, now: datetime, pk: int) -> QuerySet:
    return (
        Assignment.objects.open_to(Person(pk=user), now)
        .filter(pk=pk)
        .select_related(
            "round__edition__fair",
            "round__scoring_model",
            "nomination__municipality__county",
            "juror",
            "sheet",
        )
    )


_OPEN = Prepared(_open, user=int, now=datetime, pk=int)


@require_GET
def scoring_list(request: HttpRequest) -> HttpResponse:
    """My entries: not begun, begun, done; and where to go on."""
    now = timezone.now()
    parts = reading_list(request.user, now)
    if not parts and not any(role.kind == "juror" for role in request.user.roles_held):
        raise Http404

    remaining = sum(part.of - part.done for part in parts if part.is_open)
    context = {"parts": parts, "remaining": remaining, "is_open": any(part.is_open for part in parts)}
    return render(request, "criteria/scoring_list.html", context)


@require_GET
def scoring_material(request: HttpRequest, assignment: int, material: int) -> HttpResponse:
    """A file of an entry, as an attachment, to the juror who has been given the entry."""
    found = find_open(request, assignment, timezone.now())
    file = get_object_or_404(files_of(found.nomination).exclude(file=""), pk=material)

    return attachment(file)


def find_open(request: HttpRequest, pk: int, now: datetime) -> Assignment:
    """The assignment with all that its page needs; 404 for anybody to whom it is not open."""
    rows = _OPEN.things(user=request.user.pk, now=now, pk=pk) if request.user.is_authenticated else []
    if not rows:
        raise Http404
    (found,) = rows
    found.nomination.edition = found.juror.edition = found.round.edition
    return found


def show_page(
    request: HttpRequest,
    found: Assignment,
    now: datetime,
    *,
    posted: Posted | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The score page as it stands, or with what was typed and why it was not kept."""
    model, words = tree_of(found.round.scoring_model), language()
    sheet = sheet_of(found)
    paper = paper_of(sheet, latest_scores(sheet))
    saved = actions.Saved(sheet, paper, tally(model, paper.marks))
    typed = posted.typed if posted else {}
    may_save = permissions.may_save_sheet(request.user, found, now)
    request.edition, request.deadline = found.round.edition, found.round.closes_at
    context = {
        "entry": entry_of(found, now, words),
        "blocks": blocks(
            model, paper, saved.tally, words, typed=typed, problems=posted.problems if posted else None
        ),
        "order": neighbours(found, now),
        "problems": posted.summary if posted else [],
        "refusal": refusal,
        "is_locked": not may_save and posted is None,
        "may_save": may_save,
        "may_reopen": permissions.may_reopen_sheet(request.user, found, now),
        **notes(paper, typed, posted.problems if posted else {}),
        "version": posted.version if posted and posted.version is not None else saved.version,
        **sum_context(request, found, saved, now),
    }
    return render(request, "criteria/scoring_page.html", context, status=status)


def sum_context(request: HttpRequest, found: Assignment, saved: actions.Saved, now: datetime) -> dict:
    """What the sticky sum says, on the page and after each autosave."""
    model = tree_of(found.round.scoring_model)
    total = total_of(model, saved.tally, saved.paper, language())
    missing = [link.label for link in total.missing]
    return {
        "assignment": found,
        "municipality": found.nomination.municipality,
        "total": total,
        "saved_at": saved.sheet.saved_at if saved.sheet else None,
        "may_finish": permissions.may_finish_sheet(request.user, found, now, missing),
        "may_write": permissions.may_write_in(request.user, found, now),
        "closes_at": found.round.closes_at,
    }


def language() -> str:
    """The language of the two that the page is in."""
    return formats.written_language(get_language())
