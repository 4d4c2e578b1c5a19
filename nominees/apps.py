"""The nominees' floor as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from awards import addressees, arrivals, due, menu, reminders
from awards.states import RoleKind
from nominees.menu import lines


class NomineesConfig(AppConfig):
    """Municipalities and what they enter."""

    name = "nominees"
    verbose_name = _("Nominees")

    def ready(self) -> None:
        """Put pages into the menus, welcome and write to contacts, let the worker check uploaded files."""
        menu.register(lines)
        arrivals.register(RoleKind.CONTACT, import_string("nominees.actions.contacts.welcome_contact"))
        for group in import_string("nominees.addressees.GROUPS"):
            addressees.register(group)
        reminders.register(import_string("nominees.addressees.REMINDERS"))
        for name in ("check_waiting", "sweep_files"):
            due.register(import_string(f"nominees.actions.material_checks.{name}"))
