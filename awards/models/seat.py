"""A seat at the table of an edition: it is there before anybody sits on it, and when its holder leaves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.states import RoleKind

SEATED = (RoleKind.CHAIR, RoleKind.DEPUTY, RoleKind.JUROR, RoleKind.OBSERVER)


class Seat(models.Model):
    """A seat by its name, which roles and invitations repeat as text (decision 15)."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="seats")
    name = models.CharField(_("seat"), max_length=80)
    kind = models.CharField(
        _("role"),
        max_length=12,
        choices=[(kind.value, kind.label) for kind in SEATED],
        default=RoleKind.JUROR,
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    panel = models.CharField(_("panel"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["edition", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="one_seat_a_name")]

    def __str__(self) -> str:
        return self.name
