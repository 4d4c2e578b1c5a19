"""The jury's workbooks as downloads: a juror's own, all of them in one, and the pack in the background."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Case, Exists, OuterRef, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards.actions.jobs import start_job
from awards.models import Edition
from criteria.models import Assignment, Round, Undertaking
from criteria.progress import round_seen_by
from criteria.states import RoundState
from reports import jury_pack, permissions
from reports.exporting import CONTENT_TYPES
from reports.jury_workbooks import Issued, is_sealed, juror_workbook, organiser_workbook


@require_safe
def own_workbook(request: HttpRequest) -> HttpResponse:
    """The juror's own workbook of the open round or of `?edition=`; the undertaking comes first."""
    now = timezone.now()
    found = _own_assignment(request, now)

    if found.owes_promise:
        return redirect("undertaking_page", found.round.edition.key)

    issued = juror_workbook(found.juror, found.round, now=now, language=get_language(), by=request.user)

    return _attachment(issued)


@require_safe
def organisers_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """All nominations with a column per juror; without scores while scoring is sealed."""
    now = timezone.now()
    edition, scoring_round = _edition_and_round(request, key)

    permissions.may_download_for_the_jury(request.user, edition).require()

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


def _edition_and_round(request: HttpRequest, key: str) -> tuple[Edition, Round | None]:
    """The edition with its latest round in one query; a second only for editions without rounds."""
    if found := round_seen_by(request.user, key):
        return found.edition, found
    visible = Edition.objects.visible_to(request.user).select_related("award", "fair")
    return get_object_or_404(visible, key=key), None


def _own_assignment(request: HttpRequest, now) -> Assignment:
    """Any of the juror's assignments in the round asked for, else in an open one, else in the latest."""
    mine = Assignment.objects.of_juror(request.user, now).exclude(round__state=RoundState.PLANNED)
    if wanted := request.GET.get("edition"):
        mine = mine.filter(round__edition__key=wanted)
    pending = Undertaking.objects.pending_for(request.user).filter(edition=OuterRef("round__edition"))
    is_open = Case(When(round__state=RoundState.OPEN, then=1), default=0)
    rows = mine.annotate(owes_promise=Exists(pending)).order_by(is_open.desc(), "-round__pk")
    found = rows.select_related(
        "juror__person", "round__scoring_model", "round__edition__award", "round__edition__fair"
    ).first()
    if found is None:
        raise Http404
    return found


def _attachment(issued: Issued) -> HttpResponse:
    response = HttpResponse(issued.content, content_type=CONTENT_TYPES["xlsx"])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=issued.name)
    return response
