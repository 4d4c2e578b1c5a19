"""The stages an edition passes through, in order, with their dates and extensions."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.states import StageKind, StageState


class Stage(models.Model):
    """One stage; dates are instants (UTC) shown in Stockholm time."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(_("kind"), max_length=20, choices=StageKind)
    position = models.PositiveSmallIntegerField(_("order"))
    state = models.CharField(_("state"), max_length=10, choices=StageState, default=StageState.AHEAD)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    advances_by_itself = models.BooleanField(_("the clock moves it on"), default=False)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="one_stage_a_position"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="stage_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def is_missed(self, now: datetime) -> bool:
        """Whether its closing time has passed before it has opened: it needs a new one first."""
        return self.state == StageState.AHEAD and self.closes_at is not None and self.closes_at <= now

    @property
    def what(self) -> str:
        """The stage in words."""
        return self.get_kind_display()


class StageExtension(models.Model):
    """A moved deadline: for all, or for one municipality (by code; municipalities live a floor above)."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="extensions")
    municipality_code = models.CharField(_("municipality code"), max_length=4, blank=True)
    closed_before = models.DateTimeField(_("closed before"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.stage_id}: {self.closes_at}"
