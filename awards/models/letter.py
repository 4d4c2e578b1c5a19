"""The outbox, the words an edition uses in its letters, and when its reminders go."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards import failures
from awards.states import LetterPurpose, LetterState

REMINDER_DAYS = (7, 3, 1)  # before the deadline


def usual_days() -> list[int]:
    """When reminders go where nobody has said otherwise."""
    return list(REMINDER_DAYS)


class LetterQuerySet(models.QuerySet):
    """The door to one's own letters."""

    def read_by(self, user):
        """What has been written to this person and is no draft, also where the mail did not arrive."""
        hidden = [LetterState.DRAFT, LetterState.CANCELLED]
        begun = models.Q(due_at__lte=timezone.now()) | models.Q(tries__gt=0)
        return self.filter(begun, to=user).exclude(state__in=hidden)


class Letter(models.Model):
    """One letter to one person. The worker claims it by a conditional update and sends it."""

    to = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    email = models.EmailField(_("e-mail address"))
    edition = models.ForeignKey(
        "awards.Edition", on_delete=models.CASCADE, null=True, blank=True, related_name="letters"
    )
    purpose = models.CharField(_("purpose"), max_length=60)
    language = models.CharField(_("language"), max_length=2, default="sv")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    attachment_name = models.CharField(max_length=200, blank=True)
    attachment = models.BinaryField(null=True, blank=True)
    once_key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.QUEUED)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    failure = models.CharField(_("failure"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.subject}"

    @property
    def why_not(self) -> object:
        """Why it has not left, in words."""
        return failures.in_words(self.failure)


class LetterTemplate(models.Model):
    """An edition's own words for one kind of letter in one language; without a row our usual words hold."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="letter_templates")
    purpose = models.CharField(_("purpose"), max_length=60, choices=LetterPurpose)
    language = models.CharField(
        _("language"), max_length=2, choices=[("sv", _("Swedish")), ("en", _("English"))]
    )
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("letter text")
        verbose_name_plural = _("letter texts")
        ordering = ["edition", "purpose", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "purpose", "language"], name="one_text_a_purpose_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.language}"


class ReminderPlan(models.Model):
    """Whether and when an edition reminds by itself; without a row it does, on the usual days."""

    edition = models.OneToOneField("awards.Edition", on_delete=models.CASCADE, related_name="reminder_plan")
    is_on = models.BooleanField(_("reminders go by themselves"), default=True)
    days = models.JSONField(_("days before the deadline"), default=usual_days)

    class Meta:
        verbose_name = _("plan of reminders")
        verbose_name_plural = _("plans of reminders")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.days if self.is_on else '-'}"
