"""The award with its names over time, and the fair where it is given."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Award(models.Model):
    """A prize that comes back: Sveriges KvalitetsKommun, or a sister at the same fair."""

    slug = models.SlugField(_("short name"), unique=True)
    name_sv = models.CharField(_("Swedish name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")

    def __str__(self) -> str:
        return self.name_sv


class AwardName(models.Model):
    """What the award was called between two dates."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=200)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")

    def __str__(self) -> str:
        return self.name


class Fair(models.Model):
    """Kvalitetsmässan of one label year. A rehearsal has its own, so that nothing invented meets history."""

    label_year = models.PositiveSmallIntegerField(_("year"))
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), null=True, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)
    rehearsal = models.BooleanField(_("rehearsal"), default=False)
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("fair")
        verbose_name_plural = _("fairs")
        ordering = ["label_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["label_year"], condition=models.Q(rehearsal=False), name="one_fair_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"Kvalitetsmässan {self.label_year}"
