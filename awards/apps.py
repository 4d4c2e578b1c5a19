"""The ground floor as Django knows it."""

from collections.abc import Iterator

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from awards import copying, due, gates
from awards.menu import MenuItem, Place, register
from awards.states import StageKind

# What the clock moves here; by name, since the tables are not ready when this module is read.
DUE_WORK = (
    "awards.actions.editions.advance_stages",
    "awards.actions.jobs.expire_jobs",
    "awards.actions.jobs.sweep_files",
)


def foot_of_the_page(_request: HttpRequest) -> Iterator[MenuItem]:
    """What every public site says about itself."""
    yield MenuItem(_("Accessibility"), reverse("accessibility"), 80, Place.FOOT)
    yield MenuItem(_("Personal data"), reverse("privacy"), 90, Place.FOOT)


def rooms_of_an_edition(request: HttpRequest) -> Iterator[MenuItem]:
    """What its organiser sets up, and the way to the next edition."""
    here = getattr(request, "edition", None)
    if request.user.is_authenticated and here is not None and request.user.holds(here, "organiser"):
        about = _("Facts, stages, seats, partners, questionnaire and scoring: what the edition consists of.")
        yield MenuItem(_("Set-up"), reverse("edition_setup", args=[here.key]), 5, Place.EDITION, about)
        about = _("Take everything over into a new edition, with the dates moved.")
        yield MenuItem(_("Copy"), reverse("edition_copy", args=[here.key]), 95, Place.EDITION, about)


class AwardsConfig(AppConfig):
    """Awards, fairs, editions, people, the page shell."""

    name = "awards"
    verbose_name = _("Awards")

    def ready(self) -> None:
        """Put our lines into the menus, our parts of an edition into copies, our work before the clock."""
        register(foot_of_the_page)
        register(rooms_of_an_edition)
        for part in import_string("awards.own_parts.PARTS"):
            copying.register(part)
        for name in DUE_WORK:
            due.register(import_string(name))
        import_string("awards.forgetting.register")(
            import_string("awards.actions.forgetting.forget_accounts")
        )
        gates.register(StageKind.ARCHIVE, import_string("awards.closing.archive_gate"))
