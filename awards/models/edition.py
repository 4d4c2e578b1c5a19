"""One round of an award at one fair, with all that hangs on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.role import Role
from awards.states import CEREMONY, DateStatus, EditionState, EntryMode, RoleKind


class EditionQuerySet(models.QuerySet):
    """The doors to editions."""

    def public(self, now=None):
        """What anybody may see: published, and no rehearsal."""
        return self.filter(is_rehearsal=False, published_at__lte=now or timezone.now())

    def visible_to(self, user, now=None):
        """Public editions, and those where `user` holds a role; administrators see all."""
        if not user.is_authenticated:
            return self.public(now)
        if user.is_superuser:
            return self
        role = Role.objects.in_force(now).filter(edition=OuterRef("pk"), person=user)
        return self.filter(Q(is_rehearsal=False, published_at__lte=now or timezone.now()) | Exists(role))

    def copyable_by(self, user, now=None):
        """Editions whose set-up `user` may take over.

        One's own, also when they have been archived, and the public ones of an award that one organises now.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        own = Role.objects.filter(edition=OuterRef("pk"), person=user, kind=RoleKind.ORGANISER, ended_at=None)
        sister = Role.objects.in_force(now).filter(
            edition__award=OuterRef("award"), person=user, kind=RoleKind.ORGANISER
        )
        is_public = Q(is_rehearsal=False, published_at__lte=now or timezone.now())
        return self.filter(Exists(own) | (is_public & Exists(sister)))

    def organised_by(self, user):
        """Those that `user` organises, rehearsals among them; administrators organise all."""
        if not user.is_authenticated:
            return self.none()
        if user.is_superuser:
            return self
        role = Role.objects.in_force().filter(edition=OuterRef("pk"), person=user, kind=RoleKind.ORGANISER)
        return self.filter(Exists(role))

    def historic(self):
        """What counts in history and statistics: everything public that is not a rehearsal."""
        return self.public().order_by("fair__label_year")


class Edition(models.Model):
    """An award x a fair. `key` is what addresses and commands call it: 2015, 2027-digital, rehearsal-2027.

    An edition of a sister award has the award's short name before the year: arets-kvalitetschef-2027.
    """

    award = models.ForeignKey("awards.Award", on_delete=models.PROTECT, related_name="editions")
    fair = models.ForeignKey("awards.Fair", on_delete=models.PROTECT, related_name="editions")
    key = models.SlugField(_("key"), unique=True)
    ordinal = models.PositiveSmallIntegerField(_("ordinal"), null=True, blank=True)
    motto = models.CharField(_("motto"), max_length=200, blank=True)
    entry_mode = models.CharField(
        _("way in"), max_length=20, choices=EntryMode, default=EntryMode.APPLICATION
    )
    state = models.CharField(_("state"), max_length=20, choices=EditionState, default=EditionState.PLANNED)
    is_rehearsal = models.BooleanField(_("rehearsal"), default=False)
    no_award = models.BooleanField(_("no award was given"), default=False)
    applicant_count = models.PositiveSmallIntegerField(_("number of applicants"), null=True, blank=True)
    applicant_list_complete = models.BooleanField(_("the list of applicants is complete"), default=False)
    nominee_list_complete = models.BooleanField(_("the list of nominees is complete"), default=False)
    published_at = models.DateTimeField(_("public from"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-fair__label_year", "key"]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("edition_page", args=[self.key])

    @property
    def year(self) -> int:
        """The label year, which is the fair's; the ceremony may have moved."""
        return self.fair.label_year

    @property
    def title(self) -> str:
        """What a person calls it beside its award: 2015, Rehearsal 2027, or the key of another."""
        if not f"-{self.key}".endswith(f"-{self.year}"):
            return self.key
        if self.key.startswith("rehearsal-"):
            return str(_("Rehearsal %(year)s") % {"year": self.year})
        return str(self.year)

    def called(self, *, with_award: bool) -> str:
        """The title, with the award before it where several awards stand side by side."""
        return f"{self.award} {self.title}" if with_award else self.title


class EditionDateQuerySet(models.QuerySet):
    """The door to what an edition plans."""

    def ceremony_plans(self):
        """The days for which the ceremony was planned, in the order of planning: the last is in force."""
        return self.filter(what=CEREMONY, status__in=[DateStatus.PLANNED, DateStatus.MOVED]).order_by("pk")


class EditionDate(models.Model):
    """A dated fact about an edition: planned, moved or held; earlier plans stay."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="dates")
    what = models.CharField(_("what"), max_length=60)
    status = models.CharField(_("status"), max_length=10, choices=DateStatus)
    date = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EditionDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ["edition", "what", "date"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "what", "status", "date"], name="one_such_date")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.what} {self.status} {self.date}"


class Partner(models.Model):
    """An organisation behind an edition, with its part in it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="partners")
    organisation = models.CharField(_("organisation"), max_length=200)
    part = models.CharField(_("part"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.organisation
