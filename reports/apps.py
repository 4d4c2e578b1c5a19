"""The top floor as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Desks, workbooks, downloads."""

    name = "reports"
    verbose_name = _("Reports")
