"""External evaluations, with instrument and version: never averaged across versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Evaluation(models.Model):
    """One evaluation of one municipality by one version of an instrument."""

    instrument = models.CharField(_("instrument"), max_length=60)
    instrument_version = models.CharField(_("version"), max_length=20)
    municipality = models.ForeignKey(
        "nominees.Municipality", on_delete=models.PROTECT, related_name="evaluations"
    )
    evaluated = models.CharField(_("evaluated"), max_length=10)  # 2014 or 2021-02: as exact as the source
    source = models.ForeignKey("awards.Source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "instrument_version", "municipality", "evaluated"],
                name="one_such_evaluation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.instrument_version}, {self.municipality}"


class EvaluationArea(models.Model):
    """The points of one area."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="areas")
    number = models.PositiveSmallIntegerField(_("number"))
    area = models.CharField(_("area"), max_length=120)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    max_points = models.DecimalField(_("of"), max_digits=6, decimal_places=2)
    national_mean = models.DecimalField(
        _("national mean"), max_digits=6, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("area of an evaluation")
        verbose_name_plural = _("areas of an evaluation")
        ordering = ["evaluation", "number"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "number"], name="one_area_a_number")]

    def __str__(self) -> str:
        return self.area
