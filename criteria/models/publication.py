"""When a decision became public, or is to: what it let out, which letters it sent, when it was taken back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from criteria.states import PublicationState, StopReason


class Publication(models.Model):
    """One publishing of one decision. The rows of an edition are the record of when each was told."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="publications")
    decision = models.ForeignKey("criteria.Decision", on_delete=models.CASCADE, related_name="publications")
    state = models.CharField(
        _("state"), max_length=10, choices=PublicationState, default=PublicationState.WAITING
    )
    at = models.DateTimeField(_("public from"))
    letters = models.JSONField(_("letters"), default=list, blank=True)  # purposes
    planned_at = models.DateTimeField(_("planned"), default=timezone.now)
    planned_by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    let_out = models.JSONField(default=dict, blank=True)  # what became public, as LetOut's fields
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=15, choices=StopReason, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["edition", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state=PublicationState.WAITING), name="one_publication_waits"
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state=PublicationState.PUBLISHED),
                name="one_publication_in_force",
            ),
        ]
        indexes = [models.Index(fields=["state", "at"], name="publication_due")]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.state} {self.at:%Y-%m-%d %H:%M}"

    @property
    def waits(self) -> bool:
        """Whether it is planned and has not come."""
        return self.state == PublicationState.WAITING

    @property
    def is_published(self) -> bool:
        """Whether it is what the public sees now."""
        return self.state == PublicationState.PUBLISHED
