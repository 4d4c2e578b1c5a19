"""What was sent in, frozen: each submission is a version with its hash."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """A version of an entry as sent. `content` is canonical JSON; `sha256` is taken over its bytes."""

    nomination = models.ForeignKey(
        "nominees.Nomination", on_delete=models.CASCADE, related_name="submissions"
    )
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    submitted_by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["nomination", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "number"], name="one_submission_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} v{self.number}"
