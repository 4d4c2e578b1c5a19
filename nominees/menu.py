"""The lines of the menus: what is open to everybody, and the contact's own work."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.menu import MenuItem, Place
from awards.states import RoleKind


def lines(request: HttpRequest) -> Iterator[MenuItem]:
    """The public pages, the same for all; the contact's own application, the organiser's rooms."""
    if request.user.is_authenticated and any(role.kind == "contact" for role in request.user.roles_held):
        yield MenuItem(_("Our application"), reverse("application_list"), order=20)
    here = getattr(request, "edition", None)
    if request.user.is_authenticated and here is not None and request.user.holds(here, RoleKind.ORGANISER):
        yield MenuItem(
            _("People"),
            reverse("people_page", args=[here.key]),
            20,
            Place.EDITION,
            _("Panels, seats and contacts; invite, hand over, and see who has not signed in."),
        )
        rooms = (
            (
                "question_list",
                30,
                _("Questions from the jury"),
                _("Send them on to the municipalities, or not."),
            ),
            (
                "contribution_list",
                65,
                _("Contributions to the fair"),
                _("What municipalities bring; publish it, and take it back."),
            ),
            ("theme_list", 70, _("Themes"), _("What contributions to the fair can be about.")),
        )
        for name, order, label, about in rooms:
            yield MenuItem(label, reverse(name, args=[here.key]), order, Place.EDITION, about)
    yield MenuItem(_("Start"), reverse("start"), order=10, place=Place.OPEN)
    yield MenuItem(_("Nominations"), reverse("nomination_list"), order=20, place=Place.OPEN)
    yield MenuItem(_("Municipalities"), reverse("municipality_list"), order=30, place=Place.OPEN)
    yield MenuItem(_("Editions"), reverse("edition_list"), order=40, place=Place.OPEN)
    yield MenuItem(_("Method"), reverse("method"), order=60, place=Place.OPEN)
    yield MenuItem(_("How the winner is chosen"), reverse("method"), order=10, place=Place.FOOT)
    yield MenuItem(_("Open data"), reverse("open_data"), order=20, place=Place.FOOT)
