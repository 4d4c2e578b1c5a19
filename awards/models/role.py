"""Who is what in an edition, through which seat, and how they are invited."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.states import RoleKind


class RoleQuerySet(models.QuerySet):
    """The doors to roles."""

    def in_force(self, now=None):
        """Roles that have not ended, in editions that are not archived."""
        now = now or timezone.now()
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=now)).exclude(edition__state="archived")

    def of_kind(self, *kinds: str):
        """Roles of these kinds."""
        return self.filter(kind__in=kinds)


class Role(models.Model):
    """A person's part in an edition. A seat belongs to an organisation; its holder may hand it over."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey("awards.Person", on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=12, choices=RoleKind)
    panel = models.CharField(_("panel"), max_length=80, blank=True)
    seat = models.CharField(_("seat"), max_length=80, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["edition", "kind", "seat", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person", "kind"],
                condition=Q(ended_at=None),
                name="one_such_role_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.seat or str(self.person)


class Invitation(models.Model):
    """A letter that lets somebody in. The address carries a secret of which only the hash is kept."""

    email = models.EmailField(_("e-mail address"))
    edition = models.ForeignKey(
        "awards.Edition", on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    kind = models.CharField(_("role"), max_length=12, choices=RoleKind)
    details = models.JSONField(
        default=dict, blank=True
    )  # seat, organisation, panel; municipality code and level
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        "awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)  # of the code last sent to the address
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.kind} {self.email}"
