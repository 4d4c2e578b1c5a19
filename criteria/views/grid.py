"""Several entries and all criteria in one table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from awards.form_problems import Problem
from criteria import actions, permissions
from criteria.definitions import tree_of
from criteria.grid import cell_name, grid_of
from criteria.grid_posted import Posted, entries_in, grid_as_text, read_grid
from criteria.models import Assignment
from criteria.plan import plan_for
from criteria.score_form import shown
from criteria.states import RoundState
from criteria.views.scoring import language

ENTRIES = 4  # on a page
MEANWHILE = gettext_lazy("Saved elsewhere meanwhile: {value}. Save again to keep what stands here.")
NOTHING = Posted({}, {}, ())


@require_http_methods(["GET", "HEAD", "POST"])
def scoring_grid(request: HttpRequest, edition: str) -> HttpResponse:
    """Scores only, a few entries at a time; every cell is reached by Tab. A post saves all cells or none."""
    now = timezone.now()
    if request.method == "POST":
        return _keep(request, edition, now)

    page = _page(request, _find(request, edition, now))
    return _show(request, page, _with_edition(page.object_list), now)


def _keep(request: HttpRequest, edition: str, now: datetime) -> HttpResponse:
    """Save what was posted, or show it again with the reason why it was not saved."""
    page, mine = _named(request, edition, now)
    posted = read_grid(request.user, request.POST, mine, now)
    if "keep" in request.POST:
        return _as_file(mine, posted, edition)
    if not (verdict := permissions.is_open(mine[0].round, now)):
        return _show(request, page, mine, now, posted=posted, refusal=str(verdict.reason), status=403)
    if not posted.is_sound:
        return _show(request, page, mine, now, posted=posted)

    try:
        clashes = _save(request, posted, now)
    except PermissionDenied as refusal:
        return _show(request, page, mine, now, posted=posted, refusal=str(refusal), status=403)
    if clashes:
        page, mine = _named(request, edition, now)
        return _show(request, page, mine, now, posted=replace(posted, problems=clashes), status=409)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('scoring_grid', args=[edition])}?page={page.number}")


def _find(request: HttpRequest, edition: str, now: datetime) -> QuerySet[Assignment]:
    found = _open(request, edition, now).filter(round__state=RoundState.OPEN)
    first = found.first()
    if first is None:
        raise Http404
    return found.filter(round=first.round)


def _named(request: HttpRequest, edition: str, now: datetime) -> tuple[Page, list[Assignment]]:
    """The page, and the entries that the post names: also where the round has closed meanwhile."""
    rows = _open(request, edition, now)
    named = rows.filter(pk__in=entries_in(request.POST))
    first = named.first()
    if first is None:
        raise Http404
    page = _page(request, rows.filter(round=first.round))
    return page, _with_edition(named.filter(round=first.round))


def _open(request: HttpRequest, edition: str, now: datetime) -> QuerySet[Assignment]:
    return (
        Assignment.objects.open_to(request.user, now)
        .filter(round__edition__key=edition)
        .select_related(
            "round__edition__fair", "round__scoring_model", "nomination__municipality", "juror", "sheet"
        )
        .order_by("round", "position", "pk")
    )


def _page(request: HttpRequest, rows: QuerySet[Assignment]) -> Page:
    return Paginator(rows, ENTRIES).get_page(request.GET.get("page"))


def _with_edition(rows: QuerySet[Assignment]) -> list[Assignment]:
    mine = list(rows)
    for each in mine:
        each.nomination.edition = each.round.edition
    return mine


@transaction.atomic
def _save(request: HttpRequest, posted: Posted, now: datetime) -> dict[str, object]:
    """Save what is new in each entry; or nothing, and a sentence for each cell saved elsewhere meanwhile."""
    clashes: dict[str, object] = {}
    for each, paper, version in posted.papers:
        result = actions.save_sheet(assignment=each, written=paper, version=version, now=now, by=request.user)
        if isinstance(result, actions.Conflict):
            nodes = plan_for(tree_of(each.round.scoring_model)).by_code
            for clash in result.differences:
                value = shown(clash.saved, nodes[clash.code].node.scale, language()) or "–"
                clashes[cell_name(each.pk, clash.code)] = format_lazy(MEANWHILE, value=value)
    if clashes:
        transaction.set_rollback(True)
    return clashes


def _as_file(mine: list[Assignment], posted: Posted, edition: str) -> HttpResponse:
    text = grid_as_text(mine, posted.typed, language())
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{edition}.txt"'
    return response


def _show(
    request: HttpRequest,
    page: Page,
    mine: list[Assignment],
    now: datetime,
    *,
    posted: Posted = NOTHING,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    edition = mine[0].round.edition
    request.edition, request.deadline = edition, mine[0].round.closes_at
    grid = grid_of(
        request.user,
        mine,
        now,
        language(),
        typed=posted.typed,
        problems=posted.problems,
        is_refused=bool(refusal),
    )
    at_cells = [
        Problem(str(cell.problem), f"{column.municipality}, {row.title}", cell.name)
        for row in grid.rows
        for column, cell in zip(grid.columns, row.cells, strict=True)
        if cell.problem
    ]
    context = {
        "edition": edition,
        "page": page,
        "grid": grid,
        "problems": [*posted.gone, *at_cells],
        "refusal": refusal,
    }
    return render(request, "criteria/grid.html", context, status=status)
