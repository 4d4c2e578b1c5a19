"""A list as an organiser wants to find it again: filters, order and columns under a name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet):
    """The door to saved views."""

    def visible_to(self, user):
        """One's own, and those that others have shared; which edition they belong to is asked beside."""
        return self.filter(Q(owner=user) | Q(is_shared=True)) if user.is_authenticated else self.none()


class SavedView(models.Model):
    """`query` is the list's query string. What it asks for may no longer exist: the list then says so."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="saved_views")
    list_name = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filters"), max_length=2000, blank=True)
    owner = models.ForeignKey("awards.Person", on_delete=models.CASCADE, related_name="saved_views")
    is_shared = models.BooleanField(_("shared with the edition's organisers"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "list_name", "owner", "name"], name="one_view_a_name_and_owner"
            )
        ]

    def __str__(self) -> str:
        return self.name
