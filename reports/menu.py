"""What the top floor adds to the menus."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.menu import MenuItem, Place
from awards.states import RoleKind


def lines(request: HttpRequest) -> Iterator[MenuItem]:
    """Home, an organiser's people and letters, a juror's workbook, and at the foot who sees what."""
    yield MenuItem(_("Who sees what"), reverse("who_sees_what"), order=30, place=Place.FOOT)
    user = request.user
    if user.is_authenticated and user.roles_held:
        yield MenuItem(_("Home"), reverse("desk"), order=5)
    here = getattr(request, "edition", None)
    if user.is_authenticated and here is not None and user.holds(here, RoleKind.ORGANISER):
        yield MenuItem(_("People"), reverse("people_page", args=[here.key]), order=40)
        yield MenuItem(_("Letters"), reverse("letter_list", args=[here.key]), order=50)
    if user.is_authenticated and any(role.kind == RoleKind.JUROR for role in user.roles_held):
        yield MenuItem(_("My workbook (Excel)"), reverse("own_workbook"), order=30)
        yield MenuItem(_("Upload your workbook"), reverse("workbook_upload"), order=31)
