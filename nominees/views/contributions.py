"""The contributions to an edition's fair: its organiser lets them out, and takes them back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards.models import Edition
from awards.states import RoleKind
from nominees.actions.publishing import hide_contribution, publish_contribution
from nominees.letting_out import lines, with_makers
from nominees.models import Contribution

ROWS = 50


@never_cache
@require_safe
def contribution_list(request: HttpRequest, key: str) -> HttpResponse:
    """What municipalities bring to the fair: what waits first, then what is public."""
    now = timezone.now()
    edition = _organised(request, key)

    page = Paginator(with_makers(_contributions(request, edition)), ROWS).get_page(request.GET.get("page"))
    context = {"edition": edition, "page": page, "lines": lines(page, edition, request.user, now)}
    return render(request, "nominees/contribution_list.html", context)


@require_POST
def contribution_publish(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Let the public see one."""
    now = timezone.now()
    edition = _organised(request, key)
    contribution = get_object_or_404(_contributions(request, edition), pk=pk)

    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    publish_contribution(contribution=contribution, edition=edition, seen=version, now=now, by=request.user)
    messages.success(request, _("“%(title)s” is public now.") % {"title": contribution.title})
    return redirect("contribution_list", edition.key)


@require_POST
def contribution_hide(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Take one from the public's sight."""
    now = timezone.now()
    edition = _organised(request, key)
    contribution = get_object_or_404(_contributions(request, edition), pk=pk)

    hide_contribution(contribution=contribution, edition=edition, now=now, by=request.user)
    messages.success(request, _("“%(title)s” is no longer public.") % {"title": contribution.title})
    return redirect("contribution_list", edition.key)


def _contributions(request: HttpRequest, edition: Edition):
    return Contribution.objects.visible_to(request.user, timezone.now()).filter(fair=edition.fair_id)


def _organised(request: HttpRequest, key: str) -> Edition:
    """The edition, for those who organise it; for all others there is no such page."""
    visible = Edition.objects.visible_to(request.user, timezone.now()).select_related("fair", "award")
    edition = get_object_or_404(visible, key=key)
    if not request.user.holds(edition, RoleKind.ORGANISER):
        raise Http404
    request.edition = edition
    return edition
