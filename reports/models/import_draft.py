"""A table that somebody is about to import, and what they said about such tables before."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(hours=24)


class ImportDraftQuerySet(models.QuerySet):
    """The door to uploaded tables."""

    def visible_to(self, user, now=None):
        """Only one's own, for a day: there are people's addresses in them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person=user, created_at__gt=(now or timezone.now()) - KEPT_FOR)

    def expired(self, now):
        """What has been left lying."""
        return self.filter(created_at__lte=now - KEPT_FOR)


class ImportDraft(models.Model):
    """An uploaded table between its file and its import. What it holds is let go once it is imported."""

    person = models.ForeignKey("awards.Person", on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("file"), max_length=300)
    source = models.CharField(_("source"), max_length=500, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    table = models.JSONField(default=dict)  # as importing.reading tells it
    headings = models.PositiveIntegerField(default=0)  # the place of their row in the table
    columns = models.JSONField(default=list)  # a field's name for each column
    fills = models.JSONField(default=dict)  # field -> what holds where a cell is empty
    answers = models.JSONField(default=dict)  # row -> a municipality's code, or "out"
    is_mapped = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)  # of what was imported
    created_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(null=True, blank=True)

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("table to import")
        verbose_name_plural = _("tables to import")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["created_at"], name="import_draft_created_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("import_page", args=[self.pk])


class ColumnMemory(models.Model):
    """What a person's columns are called, by kind: {heading: field}, an empty field for one not used."""

    person = models.ForeignKey("awards.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=20)
    columns = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_memory_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
