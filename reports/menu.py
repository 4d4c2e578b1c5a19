"""What the top floor adds to the menus."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.links import Link
from awards.menu import MenuItem, Place
from awards.models import Edition
from awards.states import RoleKind
from reports.lists.register import LISTS

PAGES = ("letters", "journal")  # lists that stand below a page of their own


def lines(request: HttpRequest) -> Iterator[MenuItem]:
    """Home, the edition that one organises, a juror's workbook, and at the foot who sees what."""
    yield MenuItem(_("Who sees what"), reverse("who_sees_what"), order=30, place=Place.FOOT)
    user = request.user
    if user.is_authenticated and user.roles_held:
        yield MenuItem(_("Home"), reverse("desk"), order=5)
    here = getattr(request, "edition", None)
    if user.is_authenticated and here is not None and user.holds(here, RoleKind.ORGANISER):
        yield MenuItem(_("The edition"), reverse("organiser_edition", args=[here.key]), order=20)
        yield from rooms(here)
    if user.is_authenticated and any(role.kind == RoleKind.JUROR for role in user.roles_held):
        yield MenuItem(_("My workbook (Excel)"), reverse("own_workbook"), order=30)
        yield MenuItem(_("Upload your workbook"), reverse("workbook_upload"), order=31)


def rooms(edition: Edition) -> Iterator[MenuItem]:
    """The organiser's rooms of this floor: reports, import, papers, archive and the lists."""
    about = _("Everything about the edition as files, with a note of who took what.")
    yield MenuItem(_("Reports"), reverse("report_list", args=[edition.key]), 60, Place.EDITION, about)
    for kind in (each for each in LISTS.values() if each.name not in PAGES):
        url = reverse("organiser_list", args=[edition.key, kind.name])
        yield MenuItem(kind.title, url, 60 + kind.order // 10, Place.EDITION, kind.about)
    yield MenuItem(
        _("Import"),
        f"{reverse('import_start')}?edition={edition.key}",
        order=58,
        place=Place.EDITION,
        about=_("Bring in nominations, contacts, the jury or external scores from Excel or CSV."),
    )
    yield MenuItem(
        _("Papers"),
        reverse("papers_page", args=[edition.key]),
        order=70,
        place=Place.EDITION,
        about=_("The jury's binder, the protocol, diplomas and all material in one file."),
    )
    yield MenuItem(
        _("Journal"),
        reverse("journal_page", args=[edition.key]),
        order=88,
        place=Place.EDITION,
        about=_("Everything that happened, and who downloaded what."),
    )
    yield MenuItem(
        _("See the site as somebody else"),
        reverse("viewing_page", args=[edition.key]),
        order=95,
        place=Place.EDITION,
        about=_("Read what a contact or an observer reads."),
    )
    yield MenuItem(
        _("Archive"),
        reverse("archive_page", args=[edition.key]),
        order=90,
        place=Place.EDITION,
        about=_("What is kept and for how long, the whole edition as a package, and the end of it."),
    )


def own_papers(edition: Edition) -> Link:
    """Beside a juror's list: the same entries on paper."""
    return Link(_("On paper"), reverse("own_papers", args=[edition.key]))
