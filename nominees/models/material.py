"""Files that go with an entry: random storage names, checked before anybody opens them, never overwritten."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nominees.states import MaterialState

FOLDER = "materials"


def random_key(_material: models.Model, _name: str) -> str:
    """A storage key that says nothing: materials/ab/abcdef..."""
    key = secrets.token_hex(24)
    return f"{FOLDER}/{key[:2]}/{key}"


class MaterialQuerySet(models.QuerySet):
    """What jurors and contacts may open."""

    def current(self):
        """Neither replaced nor removed."""
        return self.filter(replaced_by=None, removed_at=None)

    def waiting(self):
        """Uploaded, and not looked into yet; the oldest first."""
        return self.filter(state=MaterialState.CHECKING, removed_at=None).exclude(file="").order_by("pk")

    def for_jury(self):
        """Current, checked, and not marked private."""
        return self.current().filter(is_private=False, state=MaterialState.READY)

    def for_jury_as_sent(self):
        """Of a version that was sent in: also replaced since, but not removed or marked private since."""
        return self.filter(removed_at=None, is_private=False, state=MaterialState.READY)

    def line_of(self, material: Material):
        """A file with all that it took the place of."""
        pks, found = [material.pk], [material.pk]
        while found := list(self.filter(replaced_by__in=found).values_list("pk", flat=True)):
            pks += found
        return self.filter(pk__in=pks)


class Material(models.Model):
    """One uploaded file, or a link to a film. A replacement is a new row; jurors keep what was sent in."""

    nomination = models.ForeignKey("nominees.Nomination", on_delete=models.CASCADE, related_name="materials")
    question = models.ForeignKey(
        "nominees.Question", on_delete=models.SET_NULL, null=True, blank=True, related_name="materials"
    )
    name = models.CharField(_("file name"), max_length=255)  # NFC, shown to people
    description = models.CharField(_("description"), max_length=300, blank=True)
    file = models.FileField(_("file"), upload_to=random_key, max_length=120, blank=True)
    link = models.URLField(_("link to a film"), max_length=500, blank=True)
    content_type = models.CharField(_("type"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)  # bytes
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    is_private = models.BooleanField(_("for the organiser only"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=MaterialState, default=MaterialState.CHECKING)
    refusal = models.CharField(_("why it was refused"), max_length=300, blank=True)
    is_active = models.BooleanField(_("holds scripts or files"), default=False)  # told, not refused
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    uploaded_by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, related_name="+")
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced"
    )
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["nomination", "uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(file="") | ~Q(link=""), name="material_is_a_file_or_a_link")
        ]

    def __str__(self) -> str:
        return self.name
