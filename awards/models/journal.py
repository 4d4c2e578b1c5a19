"""Everything that happened, in order, never changed afterwards."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalQuerySet(models.QuerySet):
    """Append only; rehearsals alone may be wiped."""

    def update(self, **changes):
        """Refused: the journal is append-only."""
        raise PermissionDenied(_("The journal is never changed."))

    def delete(self):
        """Only rows of rehearsals may go."""
        if self.filter(is_rehearsal=False).exists():
            raise PermissionDenied(_("The journal is never deleted."))
        return super().delete()


class JournalEntry(models.Model):
    """One event. People stand here by id only, so that anonymising touches nothing but the person."""

    at = models.DateTimeField(_("when"))
    person_id = models.BigIntegerField(_("person"), null=True)
    edition_id = models.BigIntegerField(_("edition"), null=True, db_index=True)
    is_rehearsal = models.BooleanField(default=False)
    verb = models.CharField(_("what"), max_length=60)
    thing = models.CharField(_("kind of thing"), max_length=60)
    thing_id = models.BigIntegerField(_("thing"), null=True)
    data = models.JSONField(_("details"), default=dict)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["thing", "thing_id"], name="journal_thing"),
            models.Index(fields=["edition_id", "-at"], name="journal_edition_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.thing} {self.thing_id}"

    def save(self, *args, **kwargs) -> None:
        """Written once."""
        if self.pk:
            raise PermissionDenied(_("The journal is never changed."))
        super().save(*args, **kwargs)
