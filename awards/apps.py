"""The ground floor as Django knows it."""

from collections.abc import Iterator

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from awards import due
from awards.menu import MenuItem, Place, register

# What the clock moves here; by name, since the tables are not ready when this module is read.
DUE_WORK = (
    "awards.actions.editions.advance_stages",
    "awards.actions.jobs.expire_jobs",
    "awards.actions.jobs.sweep_files",
    "awards.actions.reminders.remind_due",
)


def foot_of_the_page(_request: HttpRequest) -> Iterator[MenuItem]:
    """What every public site says about itself."""
    yield MenuItem(_("Accessibility"), reverse("accessibility"), 80, Place.FOOT)
    yield MenuItem(_("Personal data"), reverse("privacy"), 90, Place.FOOT)


def rooms_of_the_edition(request: HttpRequest) -> Iterator[MenuItem]:
    """The letters of the edition that one organises, and a rehearsal's inbox."""
    here = getattr(request, "edition", None)
    if here is None or not request.user.is_authenticated or not request.user.holds(here, "organiser"):
        return
    yield MenuItem(
        _("Letters"),
        f"{reverse('letters_home')}?edition={here.key}",
        30,
        Place.EDITION,
        _("What waits, has left and failed; write to many after having read it through."),
    )
    yield MenuItem(
        _("Texts and reminders"),
        reverse("letter_plan", args=[here.key]),
        31,
        Place.EDITION,
        _("The words of every letter, and which reminders go when."),
    )
    if here.is_rehearsal:
        yield MenuItem(
            _("The rehearsal's inbox"),
            reverse("inbox_page", args=[here.key]),
            32,
            Place.EDITION,
            _("What would have been mailed to jurors and municipalities."),
        )


class AwardsConfig(AppConfig):
    """Awards, fairs, editions, people, the page shell."""

    name = "awards"
    verbose_name = _("Awards")

    def ready(self) -> None:
        """Put our own lines into the menus, and our work before the clock."""
        register(foot_of_the_page)
        register(rooms_of_the_edition)
        for name in DUE_WORK:
            due.register(import_string(name))
