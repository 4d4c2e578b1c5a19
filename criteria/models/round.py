"""A round of individual scoring in an edition."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from criteria.states import RoundState


class Round(models.Model):
    """Scores are sealed from other jurors until the round is revealed."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="rounds")
    scoring_model = models.ForeignKey(
        "criteria.ScoringModel", on_delete=models.PROTECT, related_name="rounds"
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=RoundState, default=RoundState.PLANNED)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    revealed_at = models.DateTimeField(_("revealed"), null=True, blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="one_round_a_position"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                name="round_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.edition} {self.position}"
