"""The jury's workbooks as downloads: a juror's own, all of them in one, and the pack in the background."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards.actions.jobs import start_job
from awards.models import Edition, Role
from awards.states import RoleKind
from criteria.models import Assignment, Round
from criteria.states import RoundState
from reports import jury_pack, permissions
from reports.jury_workbooks import Issued, is_sealed, juror_workbook, organiser_workbook, round_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def own_workbook(request: HttpRequest) -> HttpResponse:
    """The juror's own workbook of the open round, or of the round of `?edition=`."""
    now = timezone.now()
    juror, scoring_round = _own_round(request, now)

    issued = juror_workbook(juror, scoring_round, now=now, language=get_language(), by=request.user)

    return _attachment(issued)


@require_safe
def organisers_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """All nominations with a column per juror; without scores while scoring is sealed."""
    now = timezone.now()
    edition = get_object_or_404(
        Edition.objects.visible_to(request.user, now).select_related("award", "fair"), key=key
    )

    permissions.may_download_for_the_jury(request.user, edition).require()

    scoring_round = round_of(edition)
    issued = organiser_workbook(
        edition,
        scoring_round,
        now=now,
        language=get_language(),
        sealed=is_sealed(scoring_round),
        by=request.user,
    )

    return _attachment(issued)


@require_POST
def pack_order(request: HttpRequest, key: str) -> HttpResponse:
    """Order the pack; it arrives among the person's downloads."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user, timezone.now()), key=key)

    permissions.may_order_pack(request.user, edition).require()

    start_job(kind=jury_pack.KIND, edition=edition, by=request.user)
    messages.success(request, _("The workbooks are being packed. They arrive here."))

    return redirect("job_list")


def _own_round(request: HttpRequest, now) -> tuple[Role, Round]:
    """The juror's seat and round: the one asked for, else an open one, else the latest; one query."""
    seats = Role.objects.in_force(now).of_kind(RoleKind.JUROR).filter(person=request.user)
    mine = Assignment.objects.filter(juror__in=seats).exclude(round__state=RoundState.PLANNED)
    if wanted := request.GET.get("edition"):
        mine = mine.filter(round__edition__key=wanted)
    is_open = Case(When(round__state=RoundState.OPEN, then=1), default=0)
    found = (
        mine.order_by(is_open.desc(), "-round__pk")
        .select_related(
            "juror__person", "round__scoring_model", "round__edition__award", "round__edition__fair"
        )
        .first()
    )
    if found is None:
        raise Http404
    return found.juror, found.round


def _attachment(issued: Issued) -> HttpResponse:
    response = HttpResponse(issued.content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=issued.name)
    return response
