"""The nominees' floor as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NomineesConfig(AppConfig):
    """Municipalities and what they enter."""

    name = "nominees"
    verbose_name = _("Nominees")
