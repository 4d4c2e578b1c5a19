"""What the top floor adds to the menus."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.menu import MenuItem
from awards.states import RoleKind


def lines(request: HttpRequest) -> Iterator[MenuItem]:
    """A juror's way to the workbook."""
    user = request.user
    if user.is_authenticated and any(role.kind == RoleKind.JUROR for role in user.roles_held):
        yield MenuItem(_("My workbook (Excel)"), reverse("own_workbook"), order=30)
