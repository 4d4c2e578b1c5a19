"""What this floor adds to the organiser's page of an edition: set-up, letters, and the next edition."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.menu import MenuItem, Place

SET_UP = _("Facts, stages, seats, partners, questionnaire and scoring: what the edition consists of.")
LETTERS = _("What waits, has left and failed; write to many after having read it through.")
TEXTS = _("The words of every letter, and which reminders go when.")
INBOX = _("What would have been mailed to jurors and municipalities.")
COPY = _("Take everything over into a new edition, with the dates moved.")


def rooms_of_an_edition(request: HttpRequest) -> Iterator[MenuItem]:
    """For who organises the edition that the page is about."""
    here = getattr(request, "edition", None)
    if here is None or not request.user.is_authenticated or not request.user.holds(here, "organiser"):
        return
    letters = f"{reverse('letters_home')}?edition={here.key}"
    yield MenuItem(_("Set-up"), reverse("edition_setup", args=[here.key]), 5, Place.EDITION, SET_UP)
    yield MenuItem(_("Letters"), letters, 30, Place.EDITION, LETTERS)
    texts = reverse("letter_plan", args=[here.key])
    yield MenuItem(_("Texts and reminders"), texts, 31, Place.EDITION, TEXTS)
    if here.is_rehearsal:
        inbox = reverse("inbox_page", args=[here.key])
        yield MenuItem(_("The rehearsal's inbox"), inbox, 32, Place.EDITION, INBOX)
    yield MenuItem(_("Copy"), reverse("edition_copy", args=[here.key]), 95, Place.EDITION, COPY)
