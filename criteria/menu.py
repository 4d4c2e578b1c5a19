"""This floor's lines in the menus."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.menu import MenuItem, Place
from awards.states import EditionState, RoleKind
from criteria.states import LEADS

ROOMS = (
    ("undertaking_edit", _("The jurors' undertaking"), _("What a juror promises before the first reading.")),
    ("assignment_page", _("Assignment"), _("Who reads what: shared out evenly, or changed by hand.")),
    ("progress_page", _("The jury's progress"), _("Who has come how far, and letters to those behind.")),
    ("standings_page", _("Standings"), _("Values and places once the scoring has closed, and as files.")),
    ("statistics_page", _("Statistics"), _("Whether the order holds, and what could change it.")),
    ("consensus_page", _("Consensus meeting"), _("The agenda, what was agreed, and the minutes.")),
    ("decision_page", _("The decision"), _("What the jury has decided, from draft to frozen.")),
    ("publish_page", _("Publishing"), _("Let the public see the decision, now or at a set time.")),
    ("feedback_list", _("Feedback"), _("What each municipality gets to read after the ceremony.")),
)


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
    """What the organiser finds among the edition's rooms."""
    for order, (name, label, about) in enumerate(ROOMS, start=20):
        yield MenuItem(label, reverse(name, args=[key]), order, Place.EDITION, about)
