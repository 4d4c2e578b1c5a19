"""What the jury decided in an edition, frozen with everything it was made of."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Role
from criteria.states import LEADS, DecidedOutcome, DecisionState

FROZEN = (DecisionState.CONFIRMED, DecisionState.ANNOUNCED)


class DecisionQuerySet(models.QuerySet):
    """The one door to decisions. What is announced is told through the entries' events, never from here."""

    def visible_to(self, user, now=None):
        """Those who lead the edition."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        roles = Role.objects.in_force(now).filter(person=user, edition=OuterRef("edition"))
        return self.filter(Exists(roles.of_kind(*LEADS)))

    def delete(self):
        """Only drafts and rehearsals may go."""
        if self.filter(state__in=FROZEN, edition__is_rehearsal=False).exists():
            raise PermissionDenied(_("A frozen decision is never deleted."))
        return super().delete()


class Decision(models.Model):
    """One decision. Once confirmed it is frozen: `record` holds all it follows from, `sha256` its sum."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="decisions")
    round = models.ForeignKey("criteria.Round", on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=DecisionState, default=DecisionState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    four_eyes = models.BooleanField(_("another person confirms"), default=True)
    no_award = models.BooleanField(_("no award is given"), default=False)
    no_award_reason = models.TextField(_("why no award is given"), blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    replaces_reason = models.TextField(_("why the earlier decision is replaced"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_inputs = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - none: not proposed
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    announced_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )  # what its events name, once it has been announced
    record = models.JSONField(_("record"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["edition", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_decision_a_number"),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state__in=[DecisionState.DRAFT, DecisionState.PROPOSED]),
                name="one_decision_in_hand",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=FROZEN) & ~Q(sha256="") & Q(record__isnull=False))
                | (~Q(state__in=FROZEN) & Q(sha256="")),
                name="a_decision_freezes_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces_reason=""), name="a_correction_has_its_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN) | Q(no_award=False) | ~Q(no_award_reason=""),
                name="no_award_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN)
                | Q(four_eyes=False)
                | ~Q(proposed_by=models.F("confirmed_by")),
                name="another_person_confirms",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"

    def save(self, *args, **kwargs) -> None:
        """Written once: the moves of its life are conditional updates."""
        if self.pk:
            raise PermissionDenied(_("A decision is changed by its moves only."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Only drafts and rehearsals may go."""
        if self.is_frozen and not self.edition.is_rehearsal:
            raise PermissionDenied(_("A frozen decision is never deleted."))
        return super().delete(*args, **kwargs)

    @property
    def is_frozen(self) -> bool:
        """Whether nothing in it can be changed any more."""
        return self.state in FROZEN

    @property
    def is_replaced(self) -> bool:
        """Whether a later decision that is frozen itself has taken its place."""
        later = getattr(self, "replaced_by", None)
        return later is not None and later.is_frozen


class DecisionRow(models.Model):
    """What the decision says of one entry. Frozen with its decision."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="rows")
    nomination = models.ForeignKey("nominees.Nomination", on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=15, choices=DecidedOutcome)
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    motivation_sv = models.TextField(_("the jury's motivation"), blank=True)
    motivation_en = models.TextField(_("the motivation in English"), blank=True)

    class Meta:
        verbose_name = _("row of a decision")
        verbose_name_plural = _("rows of decisions")
        ordering = ["decision", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "nomination"], name="one_row_an_entry"),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(outcome=DecidedOutcome.WINNER), name="one_sole_winner"
            ),
            models.CheckConstraint(condition=Q(place=None) | Q(place__gt=0), name="a_place_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.nomination_id} {self.outcome}"
