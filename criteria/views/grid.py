"""Several entries and all criteria in one table."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from awards.form_problems import Problem
from criteria import actions
from criteria.definitions import tree_of
from criteria.grid import cell_name, grid_of, read_column
from criteria.models import Assignment
from criteria.plan import plan_for
from criteria.score_form import shown
from criteria.states import RoundState
from criteria.views.scoring import language

ENTRIES = 4  # on a page
MEANWHILE = gettext_lazy("Saved elsewhere meanwhile: {value}. Save again to keep what stands here.")


@require_http_methods(["GET", "HEAD", "POST"])
def scoring_grid(request: HttpRequest, edition: str) -> HttpResponse:
    """Scores only, a few entries at a time; every cell is reached by Tab. A post saves the page's entries."""
    now = timezone.now()
    page = Paginator(_find(request, edition, now), ENTRIES).get_page(request.GET.get("page"))
    mine = list(page.object_list)
    for each in mine:
        each.nomination.edition = each.round.edition

    if request.method != "POST":
        return _show(request, page, mine, now)

    typed, problems, papers = _read(request, mine)
    if problems:
        return _show(request, page, mine, now, typed=typed, problems=problems)

    try:
        clashes = _save(request, papers, now)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return _show(request, page, mine, now, typed=typed, status=403)
    if clashes:
        again = list(Paginator(_find(request, edition, now), ENTRIES).get_page(page.number).object_list)
        return _show(request, page, again, now, typed=typed, problems=clashes, status=409)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('scoring_grid', args=[edition])}?page={page.number}")


def _find(request: HttpRequest, edition: str, now: datetime):
    found = (
        Assignment.objects.open_to(request.user, now)
        .filter(round__edition__key=edition, round__state=RoundState.OPEN)
        .select_related(
            "round__edition__fair", "round__scoring_model", "nomination__municipality", "juror", "sheet"
        )
        .order_by("round", "position", "pk")
    )
    first = found.first()
    if first is None:
        raise Http404
    return found.filter(round=first.round)


def _read(request: HttpRequest, mine: list[Assignment]) -> tuple[dict, dict, list]:
    typed, problems, papers = {}, {}, []
    for each in mine:
        paper, there, wrong = read_column(tree_of(each.round.scoring_model), each, request.POST)
        typed, problems = typed | there, problems | wrong
        version = request.POST.get(f"version-{each.pk}", "")
        papers.append((each, paper, int(version) if version.isdecimal() and len(version) < 10 else 0))
    return typed, problems, papers


@transaction.atomic
def _save(request: HttpRequest, papers: list, now: datetime) -> dict[str, object]:
    """Save what is new in each entry; the cells that were saved elsewhere meanwhile, with a sentence each."""
    clashes: dict[str, object] = {}
    for each, paper, version in papers:
        if not paper.lines or getattr(getattr(each, "sheet", None), "state", "draft") == "done":
            continue
        result = actions.save_sheet(assignment=each, written=paper, version=version, now=now, by=request.user)
        if isinstance(result, actions.Conflict):
            nodes = plan_for(tree_of(each.round.scoring_model)).by_code
            for clash in result.differences:
                value = shown(clash.saved, nodes[clash.code].node.scale, language()) or "–"
                clashes[cell_name(each.pk, clash.code)] = format_lazy(MEANWHILE, value=value)
    return clashes


def _show(
    request: HttpRequest,
    page,
    mine: list[Assignment],
    now: datetime,
    *,
    typed: dict | None = None,
    problems: dict | None = None,
    status: int = 200,
) -> HttpResponse:
    edition = mine[0].round.edition
    request.edition, request.deadline = edition, mine[0].round.closes_at
    grid = grid_of(request.user, mine, now, language(), typed=typed, problems=problems)
    context = {
        "edition": edition,
        "page": page,
        "grid": grid,
        "problems": [
            Problem(str(cell.problem), f"{column.municipality}, {row.title}", cell.name)
            for row in grid.rows
            for column, cell in zip(grid.columns, row.cells, strict=True)
            if cell.problem
        ],
    }
    return render(request, "criteria/grid.html", context, status=status)
