"""What municipalities bring to the fair, with their themes; never tied to a nomination."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Role
from nominees.models.contact import Contact


class Theme(models.Model):
    """A conference theme: utmanar, inspirerar, evolution, or one that an organiser added."""

    code = models.SlugField(_("code"), unique=True, allow_unicode=True)
    title_sv = models.CharField(_("Swedish title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title_sv


class ContributionQuerySet(models.QuerySet):
    """The door to contributions."""

    def public(self, now=None):
        """Published ones of real fairs."""
        return self.filter(fair__rehearsal=False, published_at__lte=now or timezone.now())

    def hidden(self, now):
        """Those that the organiser has not let out, or not yet."""
        return self.filter(Q(published_at=None) | Q(published_at__gt=now))

    def visible_to(self, user, now=None):
        """Public ones, and unpublished ones of one's own municipality or of an edition one organises."""
        now = now or timezone.now()
        if not user.is_authenticated:
            return self.public(now)
        if user.is_superuser:
            return self
        organises = Role.objects.in_force(now).filter(
            edition__fair=OuterRef("fair"), person=user, kind__in=["organiser", "observer"]
        )
        writes = Contact.objects.in_force(now).filter(
            municipality__contributions=OuterRef("pk"), edition__fair=OuterRef("fair"), person=user
        )
        return self.filter(
            Q(fair__rehearsal=False, published_at__lte=now) | Exists(organises) | Exists(writes)
        )


class Contribution(models.Model):
    """A motto, stand or seminar of one or many municipalities at one fair."""

    KINDS = [
        ("contribution", _("contribution")),
        ("motto", _("motto")),
        ("stand", _("stand")),
        ("seminar", _("seminar")),
    ]
    fair = models.ForeignKey("awards.Fair", on_delete=models.PROTECT, related_name="contributions")
    municipalities = models.ManyToManyField("nominees.Municipality", related_name="contributions")
    owner = models.ForeignKey(  # who wrote it; the others may leave it. Empty for what history tells.
        "nominees.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS, default="contribution")
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("public from"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["fair", "kind", "pk"]

    def __str__(self) -> str:
        return self.title

    def is_public(self, now) -> bool:
        """Whether the organiser has let it out."""
        return self.published_at is not None and self.published_at <= now
