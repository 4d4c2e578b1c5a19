"""The desk: home of everybody who signs in, as a list of what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards import permissions as ground
from awards.states import RoleKind
from criteria.progress import Progress
from criteria.reading_list import reading_list
from reports import permissions
from reports.desks.focus import Focus, focus
from reports.desks.organiser import organiser_desk

SHOWS = {
    RoleKind.ORGANISER: "organiser",
    RoleKind.OBSERVER: "organiser",
    RoleKind.CHAIR: "chair",
    RoleKind.DEPUTY: "chair",
    RoleKind.JUROR: "juror",
    RoleKind.CONTACT: "contact",
}


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What this person has to do, in the role that weighs most or was asked for."""
    chosen = focus(request.user, request.GET.get("edition", ""), request.GET.get("role", ""))
    shows = SHOWS.get(chosen.kind, "outsider")
    if shows == "contact":  # the municipality's own home is that desk already
        return redirect("application_list")
    context = {"others": chosen.others, "focus": chosen, **_DESKS[shows](request, chosen)}
    return render(request, f"reports/desks/{shows}.html", context)


def _leader(request: HttpRequest, chosen: Focus) -> dict:
    request.edition = chosen.edition
    found = organiser_desk(chosen.edition, request.user)
    may_pack = permissions.may_order_pack(request.user, chosen.edition)
    return {
        "desk": found,
        "edition": chosen.edition,
        "legend": list(Progress),
        "may_pack": may_pack,
        "may_organise": ground.may_organise(request.user, chosen.edition),
    }


def _juror(request: HttpRequest, _chosen: Focus) -> dict:
    parts = reading_list(request.user, timezone.now())
    first = next((part for part in parts if part.is_open and part.go_on), next(iter(parts), None))
    if first:
        request.edition = first.edition
    return {"parts": parts, "first": first}


def _outsider(_request: HttpRequest, _chosen: Focus) -> dict:
    return {}


_DESKS = {
    "organiser": _leader,
    "chair": _leader,
    "juror": _juror,
    "outsider": _outsider,
}
