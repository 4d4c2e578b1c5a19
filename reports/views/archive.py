"""The end of an edition: what closes, what is kept, its package, putting it away, forgetting its people."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards import permissions as ground
from awards.actions.editions import archive_edition
from awards.actions.forgetting import anonymise_people
from awards.actions.jobs import start_job
from awards.closing import STRANDED
from awards.forgetting import concerned
from awards.models import Edition, Role
from awards.states import RoleKind
from reports import paper_jobs, permissions
from reports.archive_form import PutAwayForm, SureForm
from reports.retention import ceremony_of, plan_of

FORGET = gettext_lazy("I know that the names cannot be brought back")


@never_cache
@require_safe
def archive_page(request: HttpRequest, key: str) -> HttpResponse:
    """Where the edition stands on its way out."""
    edition = _find(request, key)

    return render(request, "reports/archive.html", _page(request, edition))


@require_POST
def archive_package(request: HttpRequest, key: str) -> HttpResponse:
    """Order the package; it arrives among the person's downloads."""
    edition = _find(request, key)
    permissions.may_build_package(request.user, edition).require()

    start_job(kind=paper_jobs.PACKAGE, edition=edition, by=request.user)
    messages.success(request, _("The package is being built and checked. It arrives here."))
    return redirect("job_list")


@require_POST
def archive_put_away(request: HttpRequest, key: str) -> HttpResponse:
    """Archive the edition: everybody's access to what was never published ends."""
    edition = _find(request, key)
    permissions.may_put_away(request.user, edition).require()

    form = _put_away_form(request, edition, request.POST)
    if not form.is_valid():
        return render(request, "reports/archive.html", _page(request, edition, put_away=form))
    archive_edition(edition=edition, by=request.user)
    messages.success(request, _("The edition is archived. What was published stays public."))
    return redirect("archive_page", key)


@require_POST
def archive_forget(request: HttpRequest, key: str) -> HttpResponse:
    """Forget the people; the figures stay."""
    edition = _find(request, key)
    ground.may_anonymise(request.user, edition).require()

    form = SureForm(request.POST, words=FORGET)
    if not form.is_valid():
        return render(request, "reports/archive.html", _page(request, edition, forget=form))
    count = anonymise_people(edition=edition, by=request.user)
    messages.success(request, _("%(count)s people are anonymous now.") % {"count": count})
    return redirect("archive_page", key)


def _find(request: HttpRequest, key: str) -> Edition:
    """Also an archived edition, for who organised it to the end: forgetting its people is left to do."""
    seen = Edition.objects.visible_to(request.user, timezone.now()).values("pk")
    organised = Role.objects.filter(
        edition=OuterRef("pk"), person=request.user, kind=RoleKind.ORGANISER, ended_at=None
    )
    reachable = Edition.objects.filter(Q(pk__in=seen) | Exists(organised)).select_related("award", "fair")
    edition = get_object_or_404(reachable, key=key)
    permissions.may_see_archive(request.user, edition).require()
    request.edition = edition
    return edition


def _put_away_form(request: HttpRequest, edition: Edition, typed: object = None) -> PutAwayForm:
    return PutAwayForm(
        typed,
        has_package=permissions.has_package(edition),
        stranded=edition.letters.filter(state__in=STRANDED).count(),
        is_last=permissions.is_last_organised(request.user, edition),
    )


def _page(
    request: HttpRequest,
    edition: Edition,
    *,
    put_away: PutAwayForm | None = None,
    forget: SureForm | None = None,
) -> dict:
    user = request.user
    return {
        "edition": edition,
        "is_archived": edition.state == "archived",
        "ceremony": ceremony_of(edition),
        "plan": plan_of(edition),
        "concerned": concerned(edition, user),
        "may_build": permissions.may_build_package(user, edition),
        "may_put_away": permissions.may_put_away(user, edition),
        "may_forget": ground.may_anonymise(user, edition),
        "put_away": put_away or _put_away_form(request, edition),
        "forget": forget or SureForm(words=FORGET, auto_id="id_forget_%s"),
        "wrong": put_away or forget,
    }
