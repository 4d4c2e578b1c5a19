"""A juror's sheet for one entry and the append-only versions of its scores."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Role
from awards.states import RoleKind
from criteria.models.assignment import Recusal
from criteria.states import LEADS, SEALED, RoundState, ScoreSource, SheetState


class ScoreSheetQuerySet(models.QuerySet):
    """The one door to sheets."""

    def counting(self):
        """Sheets of jurors who have not stood aside."""
        recusal = Recusal.objects.filter(
            juror=OuterRef("assignment__juror"), nomination=OuterRef("assignment__nomination"), lifted_at=None
        )
        return self.filter(~Exists(recusal))

    def seen_by(self, user, now=None):
        """One's own always; all for organiser and chair after the close, for jurors after the reveal."""
        if not user.is_authenticated:
            return self.none()
        now = now or timezone.now()
        roles = Role.objects.in_force(now).filter(person=user)
        edition = OuterRef("assignment__round__edition")
        own = Q(assignment__juror__in=roles.of_kind(RoleKind.JUROR))
        leads = Exists(roles.of_kind(*LEADS).filter(edition=edition))
        sits = Exists(roles.of_kind(RoleKind.JUROR).filter(edition=edition))
        sealed = Q(assignment__round__state__in=SEALED)
        revealed = Q(assignment__round__state=RoundState.REVEALED)
        stands_aside = Exists(
            Recusal.objects.filter(
                juror__person=user, nomination=OuterRef("assignment__nomination"), lifted_at=None
            )
        )
        if user.is_superuser:
            return self.filter(~sealed | own).exclude(stands_aside)
        return self.filter(own | (~sealed & leads) | (revealed & sits)).exclude(stands_aside)


class ScoreSheet(models.Model):
    """One juror's work on one entry. `version` is the token that a save must know."""

    assignment = models.OneToOneField("criteria.Assignment", on_delete=models.CASCADE, related_name="sheet")
    state = models.CharField(_("state"), max_length=10, choices=SheetState, default=SheetState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    private_note = models.TextField(_("private note"), blank=True)
    note_to_jury = models.TextField(_("note to the jury"), blank=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ["assignment"]

    def __str__(self) -> str:
        return f"{self.assignment_id} ({self.state})"


class Score(models.Model):
    """One version of what a sheet says on one criterion; the latest is marked, the earlier stay."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(_("criterion"), max_length=60)  # a leaf's code in the round's scoring model
    version = models.PositiveIntegerField(_("version"), default=1)
    is_latest = models.BooleanField(default=True)
    value = models.DecimalField(_("score"), max_digits=12, decimal_places=4, null=True, blank=True)
    blank = models.CharField(_("without a score"), max_length=15, blank=True)  # a value of scoring.Blank
    strengths = models.TextField(_("strengths"), blank=True)
    improvements = models.TextField(_("areas for improvement"), blank=True)
    evidence = models.TextField(_("where it says so"), blank=True)
    source = models.CharField(_("came by"), max_length=15, choices=ScoreSource, default=ScoreSource.WEB)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["sheet", "criterion", "version"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion", "version"], name="one_score_a_version"),
            models.UniqueConstraint(
                fields=["sheet", "criterion"], condition=Q(is_latest=True), name="one_latest_score"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(blank=""), name="a_score_is_a_number_or_a_blank"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.blank or self.value}"
