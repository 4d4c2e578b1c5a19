"""What a municipality gets to know of its entry afterwards, edited by the organiser, and its reply."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Role
from criteria.models.assignment import Recusal
from criteria.states import LEADS, FeedbackState
from nominees.models import Contact


class FeedbackReportQuerySet(models.QuerySet):
    """The one door to feedback."""

    def released(self):
        """What the municipalities have been given."""
        return self.filter(state=FeedbackState.RELEASED)

    def replied_to_juries(self):
        """Those whose municipality has replied and lets the next jury read it."""
        return self.released().filter(reply_to_jury=True).exclude(reply="")

    def given_to(self, user, now=None):
        """What has been released to a municipality that `user` is a contact of, in that edition or another.

        A rehearsal's feedback is met only by contacts in rehearsals; an archived edition lets nobody in.
        """
        if not user.is_authenticated:
            return self.none()
        contacts = Contact.objects.in_force(now).filter(
            person=user, municipality=OuterRef("nomination__municipality")
        )
        history = Q(nomination__edition__is_rehearsal=False)
        return self.released().filter(
            (history & Exists(contacts)) | Exists(contacts.filter(edition__is_rehearsal=True))
        )

    def read_by(self, user, now=None):
        """As `given_to`, and the reports of the editions that one leads, entries left aside excepted.

        Standing aside shuts nobody out of what their own municipality has been given.
        """
        if not user.is_authenticated:
            return self.none()
        now = now or timezone.now()
        leads = Role.objects.in_force(now).filter(
            edition=OuterRef("nomination__edition"), person=user, kind__in=LEADS
        )
        aside = Recusal.objects.filter(juror__person=user, nomination=OuterRef("nomination"), lifted_at=None)
        of_jury = self.all() if user.is_superuser else self.filter(Exists(leads))
        of_jury = of_jury.exclude(Exists(aside))
        return self.filter(Q(pk__in=self.given_to(user, now).values("pk")) | Q(pk__in=of_jury.values("pk")))


class FeedbackReport(models.Model):
    """One entry's feedback after a round. `version` is the token that a save must know.

    `texts` are strengths and improvements by the criterion's code; `figures`, filled at the release, what
    the municipality was shown of values, so that it stays as it was given.
    """

    nomination = models.ForeignKey(
        "nominees.Nomination", on_delete=models.CASCADE, related_name="feedback_reports"
    )
    round = models.ForeignKey("criteria.Round", on_delete=models.CASCADE, related_name="feedback_reports")
    state = models.CharField(_("state"), max_length=10, choices=FeedbackState, default=FeedbackState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    texts = models.JSONField(_("texts"), default=dict, blank=True)
    general = models.TextField(_("in general"), blank=True)
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    releases = models.PositiveSmallIntegerField(_("number of releases"), default=0)
    reason = models.CharField(
        _("reason"), max_length=500, blank=True
    )  # of the last early release or withdrawal
    reply = models.TextField(_("reply"), blank=True)
    reply_to_jury = models.BooleanField(_("the next jury may read the reply"), default=False)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    replied_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FeedbackReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback report")
        verbose_name_plural = _("feedback reports")
        ordering = ["nomination", "round"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "round"], name="one_feedback_an_entry_and_round"),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False),
                name="released_feedback_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} ({self.state})"

    @property
    def is_released(self) -> bool:
        """Whether the municipality has it."""
        return self.state == FeedbackState.RELEASED
