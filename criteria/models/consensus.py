"""The jury's meeting after the scoring: who was there, what it agreed on, how ties were settled."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Role
from awards.states import RoleKind
from criteria.models.assignment import Recusal
from criteria.states import LEADS, MeetingState, RoundState, ScoreSource


class ConsensusMeeting(models.Model):
    """The meeting of one round. `version` is the token that a save of the chair's note must know."""

    round = models.OneToOneField("criteria.Round", on_delete=models.CASCADE, related_name="meeting")
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.OPEN)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    opened_by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("the chair's note"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("consensus meeting")
        verbose_name_plural = _("consensus meetings")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MeetingState.OPEN, closed_at=None)
                | Q(state=MeetingState.CLOSED, closed_at__isnull=False),
                name="meeting_is_closed_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} ({self.state})"


class Attendance(models.Model):
    """Whether a seat was taken at the meeting."""

    meeting = models.ForeignKey(ConsensusMeeting, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey("awards.Role", on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(_("present"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_attendance_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.present}"


class Departure(models.Model):
    """Somebody who stands aside from an entry left the room while it was talked about."""

    meeting = models.ForeignKey(ConsensusMeeting, on_delete=models.CASCADE, related_name="departures")
    seat = models.ForeignKey("awards.Role", on_delete=models.PROTECT, related_name="+")
    nomination = models.ForeignKey("nominees.Nomination", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat", "nomination"], name="one_departure_an_entry")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.nomination_id}"


class ConsensusQuerySet(models.QuerySet):
    """The one door to what was agreed."""

    def seen_by(self, user, now=None):
        """All for those who lead, for jurors after the reveal; nothing of what one stands aside from."""
        if not user.is_authenticated:
            return self.none()
        roles = Role.objects.in_force(now).filter(person=user, edition=OuterRef("meeting__round__edition"))
        leads = Exists(roles.of_kind(*LEADS))
        sits = Exists(roles.of_kind(RoleKind.JUROR))
        stands_aside = Exists(
            Recusal.objects.filter(juror__person=user, nomination=OuterRef("nomination"), lifted_at=None)
        )
        if user.is_superuser:
            return self.exclude(stands_aside)
        revealed = Q(meeting__round__state=RoundState.REVEALED)
        return self.filter(leads | (revealed & sits)).exclude(stands_aside)


class Consensus(models.Model):
    """One version of what was agreed on for one criterion of an entry. Individual scores stay as they are.

    A row without value and blank takes an earlier agreement back. The latest is marked, the earlier stay.
    """

    meeting = models.ForeignKey(ConsensusMeeting, on_delete=models.CASCADE, related_name="agreed")
    nomination = models.ForeignKey("nominees.Nomination", on_delete=models.CASCADE, related_name="+")
    criterion = models.CharField(_("criterion"), max_length=60)
    version = models.PositiveIntegerField(_("version"), default=1)
    is_latest = models.BooleanField(default=True)
    value = models.DecimalField(_("consensus value"), max_digits=12, decimal_places=4, null=True, blank=True)
    blank = models.CharField(_("without a score"), max_length=15, blank=True)  # a value of scoring.Blank
    reason = models.TextField(_("reason"), blank=True)
    source = models.CharField(_("came by"), max_length=15, choices=ScoreSource, default=ScoreSource.CONSENSUS)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")

    objects = ConsensusQuerySet.as_manager()

    class Meta:
        verbose_name = _("consensus")
        verbose_name_plural = _("consensus values")
        ordering = ["meeting", "nomination", "criterion", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "nomination", "criterion", "version"], name="one_consensus_a_version"
            ),
            models.UniqueConstraint(
                fields=["meeting", "nomination", "criterion"],
                condition=Q(is_latest=True),
                name="one_latest_consensus",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(blank=""), name="a_consensus_is_a_number_or_a_blank"
            ),
            models.CheckConstraint(
                condition=(Q(value=None) & Q(blank="")) | ~Q(reason=""), name="a_consensus_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.blank or self.value}"

    def save(self, *args, **kwargs) -> None:
        """Written once; another value is another version."""
        if self.pk:
            raise PermissionDenied(_("What was agreed is never changed. Agree again instead."))
        super().save(*args, **kwargs)


class ChairsOrder(models.Model):
    """The chair's reasoned order of entries that the rules left equal; the latest that holds them counts."""

    meeting = models.ForeignKey(ConsensusMeeting, on_delete=models.CASCADE, related_name="orders")
    entries = models.JSONField(_("order"))  # ids of nominations, best first
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("the chair's order")
        verbose_name_plural = _("the chair's orders")
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="the_chairs_order_has_its_reason")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.entries}"

    def save(self, *args, **kwargs) -> None:
        """Written once; another order is another row."""
        if self.pk:
            raise PermissionDenied(_("The chair's order is never changed. Decide anew instead."))
        super().save(*args, **kwargs)
