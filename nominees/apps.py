"""The nominees' floor as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from awards import menu
from nominees.menu import lines


class NomineesConfig(AppConfig):
    """Municipalities and what they enter."""

    name = "nominees"
    verbose_name = _("Nominees")

    def ready(self) -> None:
        """Put the public pages into the menus."""
        menu.register(lines)
