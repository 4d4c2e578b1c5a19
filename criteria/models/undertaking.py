"""What a juror promises before the first entry opens, and what ties the juror has told of."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from criteria.states import RecusalReason

YEARS = 5  # a tie that ended longer ago binds nobody


class UndertakingQuerySet(models.QuerySet):
    """The doors to undertakings."""

    def in_force(self):
        """The latest version of each edition."""
        newer = Undertaking.objects.filter(edition=OuterRef("edition"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer))

    def pending_for(self, user):
        """Those in force that `user` has not accepted."""
        return self.in_force().filter(
            ~Exists(Acceptance.objects.filter(undertaking=OuterRef("pk"), person=user))
        )


class Undertaking(models.Model):
    """One version of an edition's text on confidentiality and conflicts; the latest one is in force."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="undertakings")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    text_sv = models.TextField(_("Swedish text"))
    text_en = models.TextField(_("English text"), blank=True)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        verbose_name = _("undertaking")
        verbose_name_plural = _("undertakings")
        ordering = ["edition", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "version"], name="one_undertaking_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} ({self.version})"

    def in_language(self, language: str) -> str:
        """The text in `language`, Swedish where there is no English one."""
        return (self.text_en or self.text_sv) if language.startswith("en") else self.text_sv


class Acceptance(models.Model):
    """A person accepted one version of an undertaking, at a time."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="acceptances")
    person = models.ForeignKey("awards.Person", on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField(_("accepted"), default=timezone.now)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [
            models.UniqueConstraint(fields=["undertaking", "person"], name="one_acceptance_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.undertaking_id}"


class TieQuerySet(models.QuerySet):
    """The doors to ties."""

    def told(self):
        """Ties that have not been taken back."""
        return self.filter(withdrawn_at=None)

    def binding(self, today: date, years: int = YEARS):
        """Those told that last or ended less than `years` ago."""
        recent = today - timedelta(days=365 * years)
        return self.told().filter(Q(until=None) | Q(until__gte=recent))


class Tie(models.Model):
    """What binds a person to a municipality, a county or an organisation; conflicts are found from it.

    A tie to an organisation alone (a national one, say) is told openly and blocks nothing.
    """

    person = models.ForeignKey("awards.Person", on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(_("kind"), max_length=12, choices=RecusalReason)
    municipality = models.ForeignKey(
        "nominees.Municipality",
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ties",
    )
    county = models.ForeignKey(
        "nominees.County",
        verbose_name=_("county"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ties",
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ["person", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=False) | Q(county__isnull=False) | ~Q(organisation=""),
                name="a_tie_names_somebody",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=models.F("since")),
                name="tie_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"
