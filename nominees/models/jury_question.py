"""A question from the jury: released by the organiser, answered by the municipality, read by its jurors."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JuryQuestion(models.Model):
    """The juror's seat is known to the organiser alone; the municipality never learns who asked."""

    nomination = models.ForeignKey(
        "nominees.Nomination", on_delete=models.CASCADE, related_name="jury_questions"
    )
    asked_by = models.ForeignKey("awards.Role", on_delete=models.PROTECT, related_name="jury_questions")
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(_("held back"), null=True, blank=True)
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("question from the jury")
        verbose_name_plural = _("questions from the jury")
        ordering = ["nomination", "asked_at"]

    def __str__(self) -> str:
        return self.text[:60]
