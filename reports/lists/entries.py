"""The lists of entries, of municipalities and of their files."""

from __future__ import annotations

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nominees.models import Contact, Material, Municipality, Nomination, NominationEvent
from nominees.states import EventKind, MaterialState, NominationState, Outcome
from nominees.streaks import NOMINATING
from reports.catalogue.report import Asked
from reports.columns import Column, Kind
from reports.lists.filters import EntryFilter, MaterialFilter, PlaceFilter
from reports.lists.kinds import ListKind

NAME, CODE = ("municipality__sort_key",), ("municipality__code",)


def entries_of(asked: Asked) -> QuerySet[Nomination]:
    """The edition's entries, as far as the asker may see them."""
    door = Nomination.objects.visible_to(asked.by, asked.now) if asked.by else Nomination.objects.all()
    return door.filter(edition=asked.edition).order_by()


def counted(rows: QuerySet, by: str) -> Coalesce:
    """How many of `rows` (that name the outer row) there are, as a column."""
    number = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


# Entries --------------------------------------------------------------------------------------------
def _entries(asked: Asked) -> QuerySet[Nomination]:
    of_entry = {"nomination": OuterRef("pk")}
    submitted = NominationEvent.objects.filter(**of_entry, kind=EventKind.SUBMITTED).order_by("-pk")
    contacts = Contact.objects.in_force(asked.now).filter(
        edition=asked.edition, municipality=OuterRef("municipality")
    )
    return (
        entries_of(asked)
        .with_outcome()
        .select_related("municipality__county", "edition")
        .annotate(
            submitted_at=Subquery(submitted.values("recorded_at")[:1]),
            file_count=counted(Material.objects.current().filter(**of_entry), "nomination"),
            contact_count=counted(contacts, "municipality"),
        )
    )


ENTRIES = ListKind(
    name="nominations",
    title=_("Entries"),
    about=_("Every entry of the edition: its state, its outcome, files and contacts."),
    door=_entries,
    plain=entries_of,
    filters=EntryFilter,
    columns=(
        Column("name", _("Municipality"), of="municipality.name", sorts=NAME),
        Column("code", _("Code"), Kind.CODE, of="municipality.code", sorts=CODE),
        Column("state", _("State"), Kind.WORD, words=dict(NominationState.choices), sorts=("state",)),
        Column("outcome", _("Outcome"), Kind.WORD, words=dict(Outcome.choices), sorts=("outcome",)),
        Column("submitted_at", _("Submitted"), Kind.MOMENT, sorts=("submitted_at",)),
        Column("files", _("Files"), Kind.COUNT, of="file_count", sorts=("file_count",)),
        Column("contacts", _("Contacts"), Kind.COUNT, of="contact_count", sorts=("contact_count",)),
        Column("county", _("County"), of="municipality.county.name", sorts=("municipality__county__code",)),
        Column("group", _("Group"), of="municipality.group", sorts=("municipality__group",)),
        Column(
            "population",
            _("Population"),
            Kind.COUNT,
            of="municipality.population",
            sorts=("municipality__population",),
        ),
        Column(
            "contribution_only", _("Takes part without competing"), Kind.TRUTH, sorts=("contribution_only",)
        ),
        Column("diary_number", _("Diary number"), sorts=("diary_number",)),
        Column("updated_at", _("Last changed"), Kind.MOMENT, sorts=("updated_at",)),
        Column("published_at", _("Public from"), Kind.MOMENT, sorts=("published_at",)),
    ),
    usual=("name", "code", "state", "outcome", "submitted_at", "files", "contacts", "county"),
    sort="name",
    tail=("pk",),
    url=lambda row, _asked: row.get_absolute_url(),
    order=10,
)


# Municipalities -------------------------------------------------------------------------------------
def _all_places(_asked: Asked) -> QuerySet[Municipality]:
    return Municipality.objects.order_by()


def _places(asked: Asked) -> QuerySet[Municipality]:
    mine = entries_of(asked).filter(municipality=OuterRef("pk"))
    contacts = Contact.objects.in_force(asked.now).filter(edition=asked.edition, municipality=OuterRef("pk"))
    earlier = (
        Nomination.objects.public(asked.now)
        .filter(municipality=OuterRef("pk"), contribution_only=False, events__kind__in=NOMINATING)
        .filter(edition__award=asked.edition.award_id, edition__fair__label_year__lt=asked.edition.year)
        .order_by()
        .values("municipality")
        .annotate(number=Count("pk", distinct=True))
        .values("number")
    )
    return (
        Municipality.objects.select_related("county")
        .annotate(
            entry_state=Subquery(mine.values("state")[:1]),
            contact_count=counted(contacts, "municipality"),
            earlier=Coalesce(Subquery(earlier, output_field=IntegerField()), 0),
        )
        .alias(has_entry=Exists(mine), has_contact=Exists(contacts))
    )


PLACES = ListKind(
    name="municipalities",
    title=_("Municipalities"),
    about=_("All the country's municipalities, with what they have in this edition."),
    door=_places,
    plain=_all_places,
    filters=PlaceFilter,
    columns=(
        Column("name", _("Municipality"), sorts=("sort_key",)),
        Column("code", _("Code"), Kind.CODE, sorts=("code",)),
        Column("full_name", _("Full name"), sorts=("full_name",)),
        Column("entry", _("Entry"), Kind.WORD, of="entry_state", words=dict(NominationState.choices),
               sorts=("entry_state",)),
        Column("contacts", _("Contacts"), Kind.COUNT, of="contact_count", sorts=("contact_count",)),
        Column("earlier", _("Earlier nominations"), Kind.COUNT, sorts=("earlier",)),
        Column("county", _("County"), of="county.name", sorts=("county__code",)),
        Column("group", _("Group"), sorts=("group",)),
        Column("population", _("Population"), Kind.COUNT, sorts=("population",)),
        Column("population_date", _("Population per"), Kind.DAY, sorts=("population_date",)),
        Column("organisation_number", _("Organisation number"), Kind.CODE, sorts=("organisation_number",)),
    ),
    usual=("name", "code", "entry", "contacts", "earlier", "county", "group", "population"),
    sort="name",
    tail=("sort_key", "pk"),
    url=lambda row, _asked: row.get_absolute_url(),
    order=20,
)  # fmt: skip


# Files ----------------------------------------------------------------------------------------------
def _all_files(asked: Asked) -> QuerySet[Material]:
    return Material.objects.current().filter(nomination__in=entries_of(asked)).order_by()


def _files(asked: Asked) -> QuerySet[Material]:
    return _all_files(asked).select_related("nomination__municipality", "uploaded_by")


FILES = ListKind(
    name="materials",
    title=_("Files and films"),
    about=_("What the entries carry: size, pages, and whether the check is done."),
    door=_files,
    plain=_all_files,
    filters=MaterialFilter,
    columns=(
        Column("file", _("File"), of="name", sorts=("name",)),
        Column("name", _("Municipality"), of="nomination.municipality.name",
               sorts=("nomination__municipality__sort_key",)),
        Column("code", _("Code"), Kind.CODE, of="nomination.municipality.code",
               sorts=("nomination__municipality__code",)),
        Column("state", _("Check"), Kind.WORD, words=dict(MaterialState.choices), sorts=("state",)),
        Column("size", _("Size"), Kind.SIZE, sorts=("size",)),
        Column("pages", _("Pages"), Kind.COUNT, sorts=("pages",)),
        Column("uploaded_at", _("Uploaded"), Kind.MOMENT, sorts=("uploaded_at",)),
        Column("description", _("Description"), Kind.LONG, sorts=("description",)),
        Column("refusal", _("Why it was refused"), Kind.LONG, sorts=("refusal",)),
        Column("is_private", _("For the organiser only"), Kind.TRUTH, sorts=("is_private",)),
        Column("is_active", _("Holds scripts or files"), Kind.TRUTH, sorts=("is_active",)),
        Column("content_type", _("Type"), sorts=("content_type",)),
        Column("link", _("Link to a film"), sorts=("link",)),
        Column("uploaded_by", _("Uploaded by"), of=lambda row: row.uploaded_by and row.uploaded_by.email,
               sorts=("uploaded_by__email",)),
        Column("sha256", "SHA-256", Kind.CODE, sorts=("sha256",)),
    ),
    usual=("file", "name", "code", "state", "size", "pages", "uploaded_at", "refusal"),
    sort="name",
    tail=("nomination__municipality__sort_key", "uploaded_at", "pk"),
    url=lambda row, _asked: reverse("application_material", args=[row.nomination_id]),
    order=50,
)  # fmt: skip
