"""The ground floor as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    """Awards, fairs, editions, people, the page shell."""

    name = "awards"
    verbose_name = _("Awards")
