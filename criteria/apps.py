"""The criteria floor as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CriteriaConfig(AppConfig):
    """Scoring models, rounds, sheets, standings."""

    name = "criteria"
    verbose_name = _("Criteria")
