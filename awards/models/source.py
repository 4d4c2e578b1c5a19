"""Where a fact comes from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """An address or a publication; each fact names one."""

    text = models.CharField(_("source"), max_length=500, unique=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    accessed = models.DateField(_("accessed"), null=True, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.text

    @property
    def url(self) -> str:
        """The address, or nothing when the source is a publication."""
        return self.text if self.text.startswith(("https://", "http://")) else ""

    @property
    def short(self) -> str:
        """The publisher, else the address's host, else the text."""
        if self.publisher:
            return self.publisher
        return self.text.split("/")[2].removeprefix("www.") if self.url else self.text
