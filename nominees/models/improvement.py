"""What a municipality works on: improvement areas across editions, initiatives and challenges."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.states import Continuation, Direction


class ImprovementArea(models.Model):
    """An area declared in one nomination; it may continue, close or drop one of an earlier nomination."""

    nomination = models.ForeignKey(
        "nominees.Nomination", on_delete=models.CASCADE, related_name="improvement_areas"
    )
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    title = models.CharField(_("improvement area"), max_length=200)
    aim = models.TextField(_("aim"), blank=True)
    action = models.TextField(_("what was done"), blank=True)
    result = models.TextField(_("result"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    predecessor = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successors"
    )
    continuation = models.CharField(_("since last time"), max_length=10, choices=Continuation, blank=True)
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("improvement area")
        verbose_name_plural = _("improvement areas")
        ordering = ["nomination", "-direction", "position", "pk"]  # outward before inward
        constraints = [
            models.CheckConstraint(
                condition=Q(continuation="") | Q(predecessor__isnull=False),
                name="continuation_names_its_predecessor",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Initiative(models.Model):
    """Something the municipality did or does."""

    nomination = models.ForeignKey(
        "nominees.Nomination", on_delete=models.CASCADE, related_name="initiatives"
    )
    area = models.ForeignKey(
        ImprovementArea, on_delete=models.SET_NULL, null=True, blank=True, related_name="initiatives"
    )
    title = models.CharField(_("initiative"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["nomination", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Challenge(models.Model):
    """Something the municipality faces; `ahead_of` names the year it was said to lie before."""

    nomination = models.ForeignKey("nominees.Nomination", on_delete=models.CASCADE, related_name="challenges")
    area = models.ForeignKey(
        ImprovementArea, on_delete=models.SET_NULL, null=True, blank=True, related_name="challenges"
    )
    title = models.CharField(_("challenge"), max_length=200)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, blank=True)
    is_added = models.BooleanField(_("comes on top of the improvement areas"), default=False)
    ahead_of = models.PositiveSmallIntegerField(_("ahead of"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["nomination", "position", "pk"]

    def __str__(self) -> str:
        return self.title
