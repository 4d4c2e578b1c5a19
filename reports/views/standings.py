"""The jury's standings as files: the page's rows, and a workbook whose order follows its weights."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.formats import written_language
from awards.models import Edition
from criteria import permissions
from criteria.jury_analysis import analysis_of, is_large
from criteria.models import Round
from criteria.progress import latest_among, rounds_of
from criteria.readings import hidden_from
from criteria.standings import Standings, standings_of
from reports.actions.receipts import keep_receipt
from reports.standings_rows import COLUMNS, TOTALS_COLUMNS, standing_rows, total_rows
from reports.standings_workbook import build_standings_workbook
from reports.tables import FORMATS, table

MOST_IN_WORKBOOK = 400


@never_cache
@require_safe
def standings_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """The standings in one format; `?rows=totals` gives every counted sheet's total instead.

    `?round=` names one of the rounds by its place, as on the page.
    """
    edition = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("fair", "award"), key=key
    )
    permissions.may_lead(request.user, edition).require()
    scoring_round = _round(edition, request.GET.get("round"))
    if scoring_round is None:
        raise Http404
    scoring_round.edition = edition
    permissions.may_see_standings(request.user, scoring_round).require()
    standings = standings_of(scoring_round, hidden_from(request.user, edition))

    content = _content(standings, edition, ending, totals=request.GET.get("rows") == "totals")

    _receipt(request, edition, ending, standings, content)
    name = f"{_('standings')}-{edition.key}.{ending}"
    response = HttpResponse(content, content_type=FORMATS[ending].content_type)
    if ending != "json":
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _round(edition: Edition, asked: str | None) -> Round | None:
    rounds = list(rounds_of(edition).order_by("position"))
    if not asked:
        return latest_among(rounds)
    return next((each for each in rounds if str(each.position) == asked), None)


def _content(standings: Standings, edition: Edition, ending: str, *, totals: bool) -> bytes:
    if totals:
        rows = table("totals", _("Totals"), TOTALS_COLUMNS, total_rows(standings))
        return FORMATS[ending].write(rows)
    if ending == "xlsx" and len(standings.lines) <= MOST_IN_WORKBOOK:
        title = f"{edition.award} {edition.title}"
        language = written_language(get_language())
        return build_standings_workbook(standings, edition=title, language=language, now=timezone.now())
    found = None if is_large(standings) else analysis_of(standings)
    rows = table("standings", _("Standings"), COLUMNS, standing_rows(standings, found))
    return FORMATS[ending].write(rows)


def _receipt(request, edition, ending, standings, content) -> None:
    keep_receipt(
        report="standings",
        format=ending,
        edition=edition,
        rows=len(standings.lines),
        sha256=hashlib.sha256(content).hexdigest(),
        by=request.user,
        filters={name: request.GET[name] for name in ("rows", "round") if name in request.GET},
    )
