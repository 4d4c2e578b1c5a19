"""The lists of people: the municipalities' contacts, and the jury with who has not signed in."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.models import Invitation, Role
from criteria.models import Acceptance, Assignment, Undertaking
from criteria.states import SheetState
from nominees.models import Contact
from nominees.states import ContactLevel
from reports.catalogue.report import Asked
from reports.columns import Column, Kind
from reports.lists.entries import counted
from reports.lists.filters import JURY, JURY_CHOICES, ContactFilter, JurorFilter
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


# The jury -------------------------------------------------------------------------------------------
def _seats(asked: Asked) -> QuerySet[Role]:
    return asked.edition.roles.in_force(asked.now).of_kind(*JURY).order_by()


def _jury(asked: Asked) -> QuerySet[Role]:
    given = Assignment.objects.not_recused().filter(juror=OuterRef("pk"))
    newest = Undertaking.objects.in_force().filter(edition=asked.edition.pk)
    kept = Acceptance.objects.filter(undertaking__in=newest, person=OuterRef("person"))
    return (
        _seats(asked)
        .select_related("person")
        .annotate(
            has_signed_in=signed_in(),
            has_promised=Exists(kept),
            read_count=counted(given, "juror"),
            done_count=counted(given.filter(sheet__state=SheetState.DONE), "juror"),
        )
    )


def _invited(asked: Asked) -> Sequence[object]:
    """A sentence on those who are invited and have not answered: they have no seat yet. One query."""
    waiting = Invitation.objects.filter(
        edition=asked.edition, kind__in=JURY, accepted_at=None, revoked_at=None
    ).count()
    if not waiting:
        return ()
    sentence = ngettext(
        "One person has been invited to the jury and has not answered yet.",
        "%(number)s people have been invited to the jury and have not answered yet.",
        waiting,
    )
    return (sentence % {"number": waiting},)


JURORS = ListKind(
    name="jurors",
    title=_("Jury"),
    about=_("Every seat: who holds it, how far the reading is, and who has not signed in."),
    door=_jury,
    plain=_seats,
    filters=JurorFilter,
    columns=(
        Column("seat", _("Seat"), of=lambda row: row.seat or str(row.person), sorts=("seat",)),
        Column("kind", _("Role"), Kind.WORD, words=dict(JURY_CHOICES), sorts=("kind",)),
        *PERSON,
        Column("organisation", _("Organisation"), sorts=("organisation",)),
        Column("panel", _("Panel"), sorts=("panel",)),
        *SEEN,
        Column("promised", _("Has accepted the undertaking"), Kind.TRUTH, of="has_promised",
               sorts=("has_promised",)),
        Column("assigned", _("To read"), Kind.COUNT, of="read_count", sorts=("read_count",)),
        Column("done", _("Done"), Kind.COUNT, of="done_count", sorts=("done_count",)),
        Column("language", _("Language"), of="person.language", sorts=("person__language",)),
    ),
    usual=("seat", "kind", "person", "email", "signed_in", "last_login", "promised", "assigned", "done"),
    sort="seat",
    tail=("seat", "pk"),
    url=_people_page,
    notice=_invited,
    order=40,
)  # fmt: skip
