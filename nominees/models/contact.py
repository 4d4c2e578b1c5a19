"""Who writes for a municipality."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.states import EditionState
from nominees.states import ContactLevel


class ContactQuerySet(models.QuerySet):
    """The door to contacts."""

    def in_force(self, now=None):
        """Contacts who have not handed over, in editions that are not archived: those who are let in."""
        return self.standing(now).exclude(edition__state=EditionState.ARCHIVED)

    def standing(self, now=None):
        """Contacts who have not handed over, in any edition: who stands close to a municipality."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=now or timezone.now()))


class Contact(models.Model):
    """A person who reads, writes or submits for a municipality in an edition; the row outlives it."""

    person = models.ForeignKey("awards.Person", on_delete=models.PROTECT, related_name="contacts")
    municipality = models.ForeignKey(
        "nominees.Municipality", on_delete=models.PROTECT, related_name="contacts"
    )
    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="contacts")
    level = models.CharField(_("may"), max_length=10, choices=ContactLevel, default=ContactLevel.EDITOR)
    title = models.CharField(_("position"), max_length=120, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "municipality", "edition"],
                condition=Q(ended_at=None),
                name="one_contact_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.municipality})"
