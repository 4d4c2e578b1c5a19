"""The list of the municipalities' contacts, and how a person's signing in is told."""

from __future__ import annotations

from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nominees.models import Contact
from nominees.states import ContactLevel
from reports.catalogue.report import Asked
from reports.columns import Column, Kind
from reports.lists.filters import ContactFilter
from reports.lists.kinds import ListKind


def signed_in() -> Case:
    """Whether the row's person has ever signed in."""
    return Case(
        When(person__last_login=None, then=Value(False)),
        default=Value(True),
        output_field=BooleanField(),
    )


PERSON = (
    Column("person", _("Person"), of="person.name", sorts=("person__name",)),
    Column("email", _("E-mail address"), of="person.email", sorts=("person__email",)),
)
SEEN = (
    Column("signed_in", _("Has signed in"), Kind.TRUTH, of="has_signed_in", sorts=("has_signed_in",)),
    Column(
        "last_login", _("Last signed in"), Kind.MOMENT, of="person.last_login", sorts=("person__last_login",)
    ),
    Column("began_at", _("Since"), Kind.MOMENT, sorts=("began_at",)),
)


def _people_page(_row: object, asked: Asked) -> str:
    return reverse("people_page", args=[asked.edition.key])


# Contacts -------------------------------------------------------------------------------------------
def _all_contacts(asked: Asked) -> QuerySet[Contact]:
    return Contact.objects.in_force(asked.now).filter(edition=asked.edition).order_by()


def _contacts(asked: Asked) -> QuerySet[Contact]:
    rows = _all_contacts(asked).select_related("person", "municipality__county")
    return rows.annotate(has_signed_in=signed_in())


CONTACTS = ListKind(
    name="contacts",
    title=_("Contacts"),
    about=_("Who writes for each municipality, and who has not signed in."),
    door=_contacts,
    plain=_all_contacts,
    filters=ContactFilter,
    columns=(
        Column("name", _("Municipality"), of="municipality.name", sorts=("municipality__sort_key",)),
        Column("code", _("Code"), Kind.CODE, of="municipality.code", sorts=("municipality__code",)),
        *PERSON,
        Column("title", _("Position"), sorts=("title",)),
        Column("level", _("May"), Kind.WORD, words=dict(ContactLevel.choices), sorts=("level",)),
        *SEEN,
        Column("county", _("County"), of="municipality.county.name", sorts=("municipality__county__code",)),
        Column("language", _("Language"), of="person.language", sorts=("person__language",)),
    ),
    usual=("name", "code", "person", "email", "title", "level", "signed_in", "last_login"),
    sort="name",
    tail=("municipality__sort_key", "pk"),
    url=_people_page,
    order=30,
)
