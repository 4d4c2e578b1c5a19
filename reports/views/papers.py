"""The edition's papers: ordered from the background, diplomas looked at and fetched one by one."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards.actions.jobs import start_job
from awards.models import Edition
from criteria.decided import decision_in_force
from reports import paper_jobs, permissions
from reports.actions.receipts import keep_receipt
from reports.papers.binder import how_many
from reports.papers.diplomas import Diploma, diploma_picture, diplomas_of, diplomas_on_paper
from reports.papers.reach import own_entries

ORDERED = (paper_jobs.BINDER, paper_jobs.PROTOCOL, paper_jobs.DIPLOMAS, paper_jobs.MATERIAL)
OWN = (paper_jobs.OWN_BINDER, paper_jobs.OWN_MATERIAL)


@never_cache
@require_safe
def papers_page(request: HttpRequest, key: str) -> HttpResponse:
    """What can be made, of how much, and every diploma to look at."""
    edition = _find(request, key)

    permissions.may_make_papers(request.user, edition).require()

    now = timezone.now()
    diplomas = diplomas_of(edition, by=request.user, now=now)
    context = {
        "edition": edition,
        "entries": how_many(edition, by=request.user, now=now),
        "decision": decision_in_force(edition),
        "diplomas": diplomas,
        "shown": _one_of_each(diplomas),
    }
    return render(request, "reports/papers.html", context)


@require_POST
def papers_order(request: HttpRequest, key: str) -> HttpResponse:
    """Order one of the papers; it arrives among the person's downloads."""
    edition = _find(request, key)
    permissions.may_make_papers(request.user, edition).require()
    kind = _wanted(request, ORDERED)

    with_drafts = {paper_jobs.WITH_DRAFTS: True} if request.POST.get(paper_jobs.WITH_DRAFTS) else {}
    start_job(kind=kind, parameters=with_drafts, edition=edition, by=request.user)
    messages.success(request, _("It is being made. It arrives here."))
    return redirect("job_list")


@never_cache
@require_safe
def diploma_file(request: HttpRequest, key: str, code: str, ending: str) -> HttpResponse:
    """One diploma: the PDF to print, or a small picture of it."""
    edition = _find(request, key)
    permissions.may_make_papers(request.user, edition).require()
    now = timezone.now()
    found = [
        each
        for each in diplomas_of(edition, by=request.user, now=now)
        if each.entry.municipality.code == code
    ]
    if not found:
        raise Http404

    if ending == "png":
        return HttpResponse(diploma_picture(edition, found[0], language="sv"), content_type="image/png")
    content = diplomas_on_paper(edition, found, now=now, language="sv")
    digest = hashlib.sha256(content).hexdigest()
    keep_receipt(
        report="diploma",
        format="pdf",
        edition=edition,
        rows=1,
        sha256=digest,
        by=request.user,
        filters={"code": code},
    )
    return _pdf(content, "-".join((_("diploma"), code, f"{edition.key}.pdf")))


@never_cache
@require_safe
def own_papers(request: HttpRequest, key: str) -> HttpResponse:
    """What a juror can carry away: the binder and the material of what they read."""
    edition = _find(request, key)

    permissions.may_carry_own(request.user, edition).require()

    entries = own_entries(request.user, edition, timezone.now())
    return render(request, "reports/own_papers.html", {"edition": edition, "entries": entries})


@require_POST
def own_papers_order(request: HttpRequest, key: str) -> HttpResponse:
    """Order one's own binder or material."""
    edition = _find(request, key)
    permissions.may_carry_own(request.user, edition).require()
    kind = _wanted(request, OWN)

    start_job(kind=kind, edition=edition, by=request.user)
    messages.success(request, _("It is being made. It arrives here."))
    return redirect("job_list")


def _find(request: HttpRequest, key: str) -> Edition:
    visible = Edition.objects.visible_to(request.user, timezone.now())
    request.edition = get_object_or_404(visible.select_related("award", "fair"), key=key)
    return request.edition


def _wanted(request: HttpRequest, kinds: tuple[str, ...]) -> str:
    kind = request.POST.get("what", "")
    if kind not in kinds:
        raise Http404
    return kind


def _one_of_each(diplomas: list[Diploma]) -> list[Diploma]:
    """The first of each kind, to look at."""
    return list({each.outcome: each for each in reversed(diplomas)}.values())[::-1]


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
