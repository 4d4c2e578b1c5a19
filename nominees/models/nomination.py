"""One municipality's entry in one edition, and the append-only list of what happened to it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from awards.models import Role
from awards.states import ENDED, EditionState, RoleKind
from nominees.models.contact import Contact
from nominees.states import DatePrecision, EventKind, NominationState, Outcome, Route, is_told


class NominationQuerySet(models.QuerySet):
    """The one door to entries, and what is derived from their events."""

    def public(self, now=None):
        """Published entries of public editions; never a rehearsal's."""
        now = now or timezone.now()
        return self.filter(edition__is_rehearsal=False, edition__published_at__lte=now, published_at__lte=now)

    def visible_to(self, user, now=None):
        """What is public, what one's own municipality enters, and all of the editions that one organises."""
        if not user.is_authenticated:
            return self.public(now)
        if user.is_superuser:
            return self
        now = now or timezone.now()
        organises = Role.objects.in_force(now).filter(
            edition=OuterRef("edition"), person=user, kind__in=[RoleKind.ORGANISER, RoleKind.OBSERVER]
        )
        writes = Contact.objects.in_force(now).filter(
            Q(municipality=OuterRef("municipality")), edition=OuterRef("edition"), person=user
        )
        public = Q(edition__is_rehearsal=False, edition__published_at__lte=now, published_at__lte=now)
        return self.filter(public | Exists(organises) | Exists(writes))

    def written_by(self, user, now):
        """Of what this person may see: the entries they are a contact for, each with their `own_level`."""
        contact = "edition__contacts__"
        in_force = Q(**{f"{contact}ended_at": None}) | Q(**{f"{contact}ended_at__gt": now})
        own = Q(**{f"{contact}person": user, f"{contact}municipality": F("municipality")})
        lives = self.exclude(edition__state=EditionState.ARCHIVED)
        return lives.filter(in_force, own).annotate(own_level=F(f"{contact}level"))

    def with_outcome(self):
        """Annotate `outcome` (a value of Outcome): the strongest event, else what a complete list implies.

        A list implies nothing of a draft, nor of an entry that is still to be decided: only history does.
        """
        decided = Q(state=NominationState.HISTORIC) | (
            Q(edition__state__in=ENDED) & ~Q(state=NominationState.DRAFT)
        )

        def has(*kinds: str) -> Exists:
            return Exists(NominationEvent.objects.filter(nomination=OuterRef("pk"), kind__in=kinds))

        return self.annotate(
            outcome=Case(
                When(has(EventKind.WON), then=Value(Outcome.WON)),
                When(has(EventKind.HONOURED), then=Value(Outcome.HONOURED)),
                When(has(EventKind.WITHDREW), then=Value(Outcome.WITHDREW)),
                When(has(EventKind.DECLINED), then=Value(Outcome.DECLINED)),
                When(
                    has(EventKind.NOMINATED, EventKind.FINAL_NOMINATED, EventKind.ACCEPTED),
                    then=Value(Outcome.NOMINATED),
                ),
                When(has(EventKind.NOT_NOMINATED, EventKind.INELIGIBLE), then=Value(Outcome.NOT_NOMINATED)),
                When(decided, edition__nominee_list_complete=True, then=Value(Outcome.NOT_NOMINATED)),
                default=Value(Outcome.APPLIED),
                output_field=models.CharField(max_length=20),
            )
        )


class Nomination(models.Model):
    """An entry. Its state says where the work stands; its outcome is derived from its events."""

    edition = models.ForeignKey("awards.Edition", on_delete=models.CASCADE, related_name="nominations")
    municipality = models.ForeignKey(
        "nominees.Municipality", on_delete=models.PROTECT, related_name="nominations"
    )
    members = models.ManyToManyField("nominees.Municipality", related_name="joint_nominations", blank=True)
    route = models.CharField(_("way in"), max_length=20, choices=Route, default=Route.APPLICATION)
    state = models.CharField(
        _("state"), max_length=10, choices=NominationState, default=NominationState.DRAFT
    )
    contribution_only = models.BooleanField(_("takes part without competing"), default=False)
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )
    diary_number = models.CharField(_("diary number"), max_length=60, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    motivation = models.TextField(_("the jury's motivation"), blank=True)
    motivation_en = models.TextField(_("the motivation in English"), blank=True)
    motivation_source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_by = models.DateTimeField(_("accept or decline by"), null=True, blank=True)
    published_at = models.DateTimeField(_("public from"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["-edition__fair__label_year", "municipality__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "municipality"], name="one_entry_a_municipality_and_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("nomination_page", args=[self.edition.key, self.municipality.code])

    def is_told(self, now) -> bool:
        """Whether its municipality knows what is decided about it."""
        return is_told(self.route, self.published_at, self.edition.state, now)

    @cached_property
    def levels(self) -> dict[int, str]:
        """What each contact in force may do (person id -> level), read once an instance."""
        contacts = Contact.objects.in_force().filter(
            edition_id=self.edition_id, municipality_id=self.municipality_id
        )
        return dict(contacts.values_list("person_id", "level"))


class NominationEvent(models.Model):
    """One thing that happened to an entry, as exactly as it is known, with its source. Never changed."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("event"), max_length=20, choices=EventKind)
    date = models.DateField(_("date"), null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=7, choices=DatePrecision, default=DatePrecision.UNKNOWN
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)  # never public, as the note is
    source = models.ForeignKey(
        "awards.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey("awards.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        indexes = [models.Index(fields=["nomination", "kind"], name="event_nomination_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.date or '?'}"

    def save(self, *args, **kwargs) -> None:
        """Written once."""
        if self.pk:
            raise PermissionDenied(_("Events are never changed."))
        super().save(*args, **kwargs)
