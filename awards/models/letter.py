"""The outbox: letters written in the same transaction as what they tell."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.states import LetterState


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

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.subject}"
