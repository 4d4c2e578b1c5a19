"""Sweden's counties and municipalities; the four-digit code as text is the identity."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.swedish import sort_key


class County(models.Model):
    """One of the 21 counties."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=60)
    letter = models.CharField(_("letter"), max_length=2)
    iso_code = models.CharField(_("ISO 3166-2"), max_length=6)
    region_name = models.CharField(_("region"), max_length=80)
    kolada_region_id = models.CharField(_("Kolada region"), max_length=4)

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """One of the 290. Names are never folded: Håbo (0305) and Habo (0643) differ by a ring."""

    code = models.CharField(_("municipality code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=60)
    full_name = models.CharField(_("full name"), max_length=80)  # with its genitive, stored and never derived
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="municipalities")
    group = models.CharField(_("municipality group"), max_length=3)
    population = models.PositiveIntegerField(_("population"))
    population_date = models.DateField(_("population per"))
    organisation_number = models.CharField(_("organisation number"), max_length=11, unique=True)
    sort_key = models.CharField(max_length=130, editable=False, db_index=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{4}$"), name="municipality_code_four_digits"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """The sort key follows the name."""
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("municipality_page", args=[self.code])


class MunicipalityName(models.Model):
    """A name, code or alias with the time it held."""

    KINDS = [("name", _("name")), ("code", _("code")), ("alias", _("alias"))]
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("kind"), max_length=5, choices=KINDS)
    value = models.CharField(_("value"), max_length=80)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.ForeignKey("awards.Source", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("former name or code")
        verbose_name_plural = _("former names and codes")
        ordering = ["municipality", "kind", "valid_from"]

    def __str__(self) -> str:
        return self.value
