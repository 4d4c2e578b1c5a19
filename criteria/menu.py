"""This floor's lines in the menus."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.menu import MenuItem, Place
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
    if here is not None and request.user.holds(here, RoleKind.ORGANISER):
        yield from _rooms(here.key)
    if here is not None and here.pk in led:
        yield MenuItem(_("The jury's progress"), reverse("progress_page", args=[here.key]), order=30)
        yield MenuItem(_("Standings"), reverse("standings_page", args=[here.key]), order=31)
        yield MenuItem(_("Meeting"), reverse("consensus_page", args=[here.key]), order=32)


def _rooms(key: str) -> Iterator[MenuItem]:
    """What this floor adds to the organiser's page of an edition."""
    rooms = (
        (
            "undertaking_edit",
            20,
            _("The jurors' undertaking"),
            _("What a juror promises before the first reading."),
        ),
        ("assignment_page", 22, _("Assignment"), _("Who reads what.")),
        ("progress_page", 24, _("The jury's progress"), _("Who is done, who has not begun; never a score.")),
        (
            "standings_page",
            50,
            _("Standings"),
            _("The order and how sure it is, once the scoring has closed."),
        ),
        ("statistics_page", 52, _("Statistics"), _("Who is strict or generous, and what is worth a talk.")),
        ("consensus_page", 54, _("Meeting"), _("What the jury agrees on.")),
        ("decision_page", 56, _("Decision"), _("Proposed by the chair, confirmed and announced.")),
        ("feedback_list", 60, _("Feedback to the municipalities"), _("Edit, review and release.")),
    )
    for name, order, label, about in rooms:
        yield MenuItem(label, reverse(name, args=[key]), order, Place.EDITION, about)
