"""Who has read what the jury gave, where and on which day: a file leaves a receipt, a page leaves this."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from criteria.states import ScoreRoom


class ScoreReading(models.Model):
    """One person's first look of the day at one kind of page that shows scores."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="score_readings")
    person = models.ForeignKey("awards.Person", on_delete=models.PROTECT, related_name="+")
    room = models.CharField(_("page"), max_length=12, choices=ScoreRoom)
    day = models.DateField(_("day"))  # in Stockholm
    at = models.DateTimeField(_("first that day"))

    class Meta:
        verbose_name = _("reading of scores")
        verbose_name_plural = _("readings of scores")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "person", "room", "day"], name="one_reading_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.room} {self.day}"
