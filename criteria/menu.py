"""This floor's lines in the menus."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.menu import MenuItem
from awards.states import EditionState, RoleKind

LEADS = (RoleKind.ORGANISER, RoleKind.CHAIR, RoleKind.DEPUTY)


def lines(request: HttpRequest) -> Iterator[MenuItem]:
    """The juror's list, and how far the jury has come in the running edition that one leads."""
    if not request.user.is_authenticated:
        return
    roles = request.user.roles_held
    if any(role.kind == RoleKind.JUROR for role in roles):
        yield MenuItem(_("My list"), reverse("scoring_list"), order=10)
    led = {
        role.edition.pk: role.edition
        for role in roles
        if role.kind in LEADS and role.edition.state == EditionState.RUNNING
    }
    here = getattr(request, "edition", None)
    if here is not None and here.pk in led:
        yield MenuItem(_("The jury's progress"), reverse("progress_page", args=[here.key]), order=30)
        yield MenuItem(_("Standings"), reverse("standings_page", args=[here.key]), order=31)
        yield MenuItem(_("Meeting"), reverse("consensus_page", args=[here.key]), order=32)
