"""The ground floor as Django knows it."""

from collections.abc import Iterator

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from awards import copying, due, followers, gates
from awards.edition_rooms import rooms_of_an_edition
from awards.menu import MenuItem, Place, register
from awards.states import StageKind

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
        followers.register(StageKind.CEREMONY, import_string("awards.actions.ceremony.note_the_day_held"))
        gates.register(StageKind.ARCHIVE, import_string("awards.closing.archive_gate"))
