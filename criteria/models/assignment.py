"""Which juror reads which entry, in which order, and who stands aside."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.states import RoleKind
from criteria.models.undertaking import Tie, Undertaking
from criteria.states import RecusalReason, RoundState
from nominees.models import Contact
from nominees.states import LEFT


def tie_is_unanswered(now=None):
    """The condition on assignments that a tie of the juror speaks against the entry and waits for an answer.

    Answers hold for what had been told when they were given: a later tie asks again.
    """
    now = now or timezone.now()
    place, county = OuterRef("nomination__municipality"), OuterRef("nomination__municipality__county")
    person = OuterRef("juror__person")
    answers = Clearance.objects.filter(
        juror=OuterRef(OuterRef("juror")), nomination=OuterRef(OuterRef("nomination"))
    )
    ties = Tie.objects.binding(timezone.localdate(now)).filter(
        Q(municipality=place) | Q(county=county), person=person
    )
    writes = Contact.objects.standing(now).filter(municipality=place, person=person)
    told = ties.filter(~Exists(answers.filter(at__gte=OuterRef("told_at"))))
    written = writes.filter(~Exists(answers.filter(at__gte=OuterRef("began_at"))))
    return Exists(told) | Exists(written)


class AssignmentQuerySet(models.QuerySet):
    """The jurors' one door to entries."""

    def not_recused(self):
        """Without those where the juror stands aside."""
        recusal = Recusal.objects.filter(
            juror=OuterRef("juror"), nomination=OuterRef("nomination"), lifted_at=None
        )
        return self.filter(~Exists(recusal))

    def counting(self):
        """What is there to be read: without recused ones and entries that were withdrawn."""
        return self.not_recused().exclude(nomination__state="withdrawn")

    def of_juror(self, user, now=None):
        """Every assignment of the person's seats in force, recused ones too."""
        now = now or timezone.now()
        return self.filter(
            Q(juror__ended_at=None) | Q(juror__ended_at__gt=now),
            juror__person=user,
            juror__kind=RoleKind.JUROR,
        ).exclude(round__edition__state="archived")

    def unanswered(self, now=None):
        """Those where a tie speaks against the entry, and neither juror nor chair has said what follows."""
        return self.filter(tie_is_unanswered(now))

    def answered(self, now=None):
        """Without those: nothing that the juror has told of waits for an answer."""
        return self.filter(~tie_is_unanswered(now))

    def open_to(self, user, now=None):
        """The assignments through which `user` reads and scores entries.

        The undertaking is accepted, and no tie that speaks against the entry waits for an answer.
        """
        if not user.is_authenticated:
            return self.none()
        return (
            self.of_juror(user, now)
            .not_recused()
            .exclude(nomination__state__in=LEFT)
            .exclude(round__state=RoundState.PLANNED)
            .answered(now)
            .filter(~Exists(Undertaking.objects.pending_for(user).filter(edition=OuterRef("round__edition"))))
        )

    def beside(self, assignment, now=None):
        """Those of the same seat and round as one that is open to its juror, with itself."""
        return (
            self.filter(juror=assignment.juror_id, round=assignment.round_id)
            .not_recused()
            .exclude(nomination__state__in=LEFT)
            .answered(now)
        )


class Assignment(models.Model):
    """A juror's seat reads an entry in a round. `position` is this juror's own shuffled reading order."""

    round = models.ForeignKey("criteria.Round", on_delete=models.CASCADE, related_name="assignments")
    juror = models.ForeignKey("awards.Role", on_delete=models.PROTECT, related_name="assignments")
    nomination = models.ForeignKey(
        "nominees.Nomination", on_delete=models.CASCADE, related_name="assignments"
    )
    position = models.PositiveSmallIntegerField(_("reading order"), default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["round", "juror", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "juror", "nomination"], name="one_such_assignment")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id}: {self.nomination_id}"


class Recusal(models.Model):
    """A juror stands aside from an entry: pages, files, averages and mails are shut."""

    juror = models.ForeignKey("awards.Role", on_delete=models.PROTECT, related_name="recusals")
    nomination = models.ForeignKey("nominees.Nomination", on_delete=models.CASCADE, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=12, choices=RecusalReason)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.UniqueConstraint(
                fields=["juror", "nomination"], condition=Q(lifted_at=None), name="one_recusal_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.juror_id}: {self.nomination_id}"


class Clearance(models.Model):
    """The answer that the ties told until then are no conflict with an entry; a later tie asks again."""

    juror = models.ForeignKey("awards.Role", on_delete=models.PROTECT, related_name="clearances")
    nomination = models.ForeignKey("nominees.Nomination", on_delete=models.CASCADE, related_name="clearances")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")

    def __str__(self) -> str:
        return f"{self.juror_id}: {self.nomination_id}"
