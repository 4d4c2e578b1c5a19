"""Work in the background, with the progress and the file that the task library does not keep."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.states import JobState


class JobQuerySet(models.QuerySet):
    """The door to jobs."""

    def visible_to(self, user):
        """Only one's own."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class Job(models.Model):
    """A piece of work somebody asked for; its result is that person's alone and expires."""

    person = models.ForeignKey("awards.Person", on_delete=models.CASCADE, related_name="jobs")
    edition = models.ForeignKey(
        "awards.Edition", on_delete=models.CASCADE, null=True, blank=True, related_name="jobs"
    )
    kind = models.CharField(_("kind"), max_length=60)
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    message = models.CharField(_("message"), max_length=500, blank=True)
    file = models.FileField(upload_to="jobs/", blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)  # the last sign of life
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def percent(self) -> int:
        """How far, 0-100."""
        return round(100 * self.done / self.total) if self.total else 0
