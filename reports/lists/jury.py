"""The list of the jury: every seat with who holds it, who has been asked, and which wait for somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    Expression,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.models import Invitation, Role, Seat
from criteria.models import Acceptance, Assignment, Undertaking
from criteria.progress import latest_key
from criteria.states import SheetState
from nominees.filters import ExactChoiceFilter
from reports.catalogue.report import Asked
from reports.columns import Column, Kind
from reports.lists.entries import counted
from reports.lists.filters import JURY, JURY_CHOICES, ListFilter, SearchFilter, YesNoFilter
from reports.lists.kinds import ListKind
from reports.lists.people import signed_in

HELD, INVITED, VACANT = "held", "invited", "vacant"
STANDINGS = [(HELD, _("taken")), (INVITED, _("offered")), (VACANT, _("vacant"))]
# What a row of each kind says, in this order; the three are put together by the database.
FACTS: dict[str, Expression] = {
    "standing": Value("", CharField()),
    "seat_name": Value("", CharField()),
    "kind_code": Value("", CharField()),
    "person_name": Value("", CharField()),
    "address": Value("", CharField()),
    "seat_of": Value("", CharField()),
    "panel_name": Value("", CharField()),
    "has_signed_in": Value(None, BooleanField()),
    "signed_in_at": Value(None, DateTimeField()),
    "since": Value(None, DateTimeField()),
    "has_promised": Value(None, BooleanField()),
    "read_count": Value(None, IntegerField()),
    "done_count": Value(None, IntegerField()),
    "writes_in": Value("", CharField()),
    "number": Value(0, IntegerField()),
}


def _rows(found: QuerySet, facts: Mapping[str, Expression]) -> QuerySet:
    """These rows with every fact, as named tuples."""
    return found.order_by().annotate(**FACTS | facts).values_list(*FACTS, named=True)


def _members(asked: Asked) -> QuerySet[Role]:
    return asked.edition.roles.in_force(asked.now).of_kind(*JURY).order_by()


def _waiting(asked: Asked) -> QuerySet[Invitation]:
    waiting = Invitation.objects.filter(edition=asked.edition, accepted_at=None, revoked_at=None)
    return waiting.filter(kind__in=JURY).order_by()


def _vacant(asked: Asked) -> QuerySet[Seat]:
    """The seats that nobody holds and nobody has been asked to take."""
    held = _members(asked).filter(seat=OuterRef("name"))
    offered = _waiting(asked).annotate(seat_asked=KT("details__seat")).filter(seat_asked=OuterRef("name"))
    return Seat.objects.filter(~Exists(held), ~Exists(offered), edition=asked.edition).order_by()


def _all(asked: Asked) -> tuple[QuerySet, ...]:
    return _members(asked), _waiting(asked), _vacant(asked)


def _held_rows(asked: Asked) -> QuerySet:
    in_round = Assignment.objects.counting().filter(round=latest_key(asked.edition))
    given = in_round.filter(juror=OuterRef("pk"))
    newest = Undertaking.objects.in_force().filter(edition=asked.edition.pk)
    facts = {
        "standing": Value(HELD),
        "seat_name": F("seat"),
        "kind_code": F("kind"),
        "person_name": F("person__name"),
        "address": F("person__email"),
        "seat_of": F("organisation"),
        "panel_name": F("panel"),
        "has_signed_in": signed_in(),
        "signed_in_at": F("person__last_login"),
        "since": F("began_at"),
        "has_promised": Exists(Acceptance.objects.filter(undertaking__in=newest, person=OuterRef("person"))),
        "read_count": counted(given, "juror"),
        "done_count": counted(given.filter(sheet__state=SheetState.DONE), "juror"),
        "writes_in": F("person__language"),
        "number": F("pk"),
    }
    return _rows(_members(asked), facts)


def _invited_rows(asked: Asked) -> QuerySet:
    said = {"seat_name": "seat", "seat_of": "organisation", "panel_name": "panel"}
    facts = {
        name: Coalesce(KT(f"details__{key}"), Value(""), output_field=TextField())
        for name, key in said.items()
    }
    facts |= {
        "standing": Value(INVITED),
        "kind_code": F("kind"),
        "address": F("email"),
        "since": F("invited_at"),
        "number": F("pk"),
    }
    return _rows(_waiting(asked), facts)


def _vacant_rows(asked: Asked) -> QuerySet:
    facts = {
        "standing": Value(VACANT),
        "seat_name": F("name"),
        "kind_code": F("kind"),
        "seat_of": F("organisation"),
        "panel_name": F("panel"),
        "number": F("pk"),
    }
    return _rows(_vacant(asked), facts)


class JurorFilter(ListFilter):
    """`standing`, `signed_in`, `kind`, `promised` and `q`: of members, invited and vacant seats alike."""

    searched = ("seat_name", "seat_of", "panel_name", "person_name", "address")

    q = SearchFilter(label=_("Seat, person or organisation"), method="search", max_length=100)
    standing = ExactChoiceFilter(label=_("The seat is"), choices=STANDINGS)
    signed_in = YesNoFilter(label=_("Has signed in"), field_name="has_signed_in")
    kind = ExactChoiceFilter(label=_("Role"), field_name="kind_code", choices=JURY_CHOICES)
    promised = YesNoFilter(label=_("Has accepted the undertaking"), field_name="has_promised")

    @cached_property
    def rows(self) -> QuerySet:
        """The filtered rows of all three; none when a value is not understood."""
        if not self.is_valid():
            return self.queryset.none()
        others = (_invited_rows(self.asked), _vacant_rows(self.asked))
        first, *more = [self.filter_queryset(each) for each in (self.queryset, *others)]
        return first.union(*more, all=True)


def _invited(asked: Asked) -> Sequence[object]:
    """A sentence on those who are invited and have not answered. One query."""
    waiting = _waiting(asked).count()
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
    door=_held_rows,
    plain=_all,
    filters=JurorFilter,
    columns=(
        Column("seat", _("Seat"), of=lambda row: row.seat_name or row.person_name or row.address,
               sorts=("seat_name",)),
        Column("kind", _("Role"), Kind.WORD, of="kind_code", words=dict(JURY_CHOICES), sorts=("kind_code",)),
        Column("standing", _("The seat is"), Kind.WORD, words=dict(STANDINGS), sorts=("standing",)),
        Column("person", _("Person"), of="person_name", sorts=("person_name",)),
        Column("email", _("E-mail address"), of="address", sorts=("address",)),
        Column("organisation", _("Organisation"), of="seat_of", sorts=("seat_of",)),
        Column("panel", _("Panel"), of="panel_name", sorts=("panel_name",)),
        Column("signed_in", _("Has signed in"), Kind.TRUTH, of="has_signed_in", sorts=("has_signed_in",)),
        Column("last_login", _("Last signed in"), Kind.MOMENT, of="signed_in_at", sorts=("signed_in_at",)),
        Column("began_at", _("Since"), Kind.MOMENT, of="since", sorts=("since",)),
        Column("promised", _("Has accepted the undertaking"), Kind.TRUTH, of="has_promised",
               sorts=("has_promised",)),
        Column("assigned", _("To read"), Kind.COUNT, of="read_count", sorts=("read_count",)),
        Column("done", _("Done"), Kind.COUNT, of="done_count", sorts=("done_count",)),
        Column("language", _("Language"), of="writes_in", sorts=("writes_in",)),
    ),
    usual=("seat", "kind", "standing", "person", "email", "signed_in", "last_login", "promised", "assigned",
           "done"),
    sort="seat",
    tail=("seat_name", "standing", "number"),
    url=lambda _row, asked: reverse("people_page", args=[asked.edition.key]),
    notice=_invited,
    order=40,
)  # fmt: skip
