"""Who took which rows out, when, and what the file was."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExportReceipt(models.Model):
    """One download of something that is not public."""

    person = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.ForeignKey(
        "awards.Edition", on_delete=models.CASCADE, null=True, blank=True, related_name="export_receipts"
    )
    report = models.CharField(_("report"), max_length=60)
    format = models.CharField(_("format"), max_length=10)
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("export receipt")
        verbose_name_plural = _("export receipts")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.report}.{self.format} {self.at:%Y-%m-%d %H:%M}"
