"""The lists of letters and of everything that has happened in the edition."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards import chronicle
from awards.models import JournalEntry, Letter, Person, Role
from awards.states import LetterState, RoleKind
from reports.catalogue.report import Asked
from reports.columns import Column, Kind
from reports.lists.filters import JournalFilter, LetterFilter
from reports.lists.kinds import ListKind
from reports.lists.words import purpose_in_words, thing_in_words


# Letters --------------------------------------------------------------------------------------------
def _all_letters(asked: Asked) -> QuerySet[Letter]:
    return asked.edition.letters.order_by()


def _letters(asked: Asked) -> QuerySet[Letter]:
    return _all_letters(asked).select_related("to").defer("body", "attachment")


LETTERS = ListKind(
    name="letters",
    title=_("Letters"),
    about=_("Every letter of the edition: to whom, what for, whether it left, and why not."),
    door=_letters,
    plain=_all_letters,
    filters=LetterFilter,
    columns=(
        Column("subject", _("Subject"), sorts=("subject",)),
        Column("email", _("To"), sorts=("email",)),
        Column("person", _("Person"), of=lambda row: row.to and row.to.name, sorts=("to__name",)),
        Column("purpose", _("Purpose"), Kind.WORD, words=purpose_in_words, sorts=("purpose",)),
        Column("state", _("State"), Kind.WORD, words=dict(LetterState.choices), sorts=("state",)),
        Column("due_at", _("Due"), Kind.MOMENT, sorts=("due_at",)),
        Column("sent_at", _("Sent at"), Kind.MOMENT, sorts=("sent_at",)),
        Column("tries", _("Tries"), Kind.COUNT, sorts=("tries",)),
        Column("failure", _("Why it failed"), Kind.LONG, of="why_not", sorts=("failure",)),
        Column("language", _("Language"), sorts=("language",)),
        Column("created_at", _("Written"), Kind.MOMENT, sorts=("created_at",)),
    ),
    usual=("subject", "email", "purpose", "state", "due_at", "sent_at", "failure"),
    sort="-due_at",
    tail=("-pk",),
    url=lambda row, _asked: reverse("letter_page", args=[row.pk]),
    order=60,
)


# The journal ----------------------------------------------------------------------------------------
def _all_lines(asked: Asked) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(edition_id=asked.edition.pk).order_by()


def _lines(asked: Asked) -> QuerySet[JournalEntry]:
    held = Role.objects.filter(edition=asked.edition, person=OuterRef("person_id"))
    names = Person.objects.filter(pk=OuterRef("person_id")).values("name")[:1]
    return _all_lines(asked).annotate(
        seat=Subquery(held.exclude(seat="").values("seat")[:1]),
        name=Subquery(names),
        kind=Subquery(held.values("kind")[:1]),
    )


def _whom(row: JournalEntry) -> str:
    """The seat or the name, else what they are; nobody is the system."""
    if row.person_id is None:
        return str(_("The system"))
    found = row.seat or row.name or (RoleKind(row.kind).label if row.kind else _("Somebody"))
    return capfirst(str(found))


JOURNAL = ListKind(
    name="journal",
    title=_("Journal"),
    about=_("Everything that has happened in the edition, also who took which files out."),
    door=_lines,
    plain=_all_lines,
    filters=JournalFilter,
    columns=(
        Column("what", _("What"), Kind.WORD, of="verb", words=chronicle.in_words, sorts=("verb",)),
        Column("who", _("Who"), of=_whom, sorts=("seat", "name")),
        Column("at", _("When"), Kind.MOMENT, sorts=("at",)),
        Column("thing", _("Concerns"), Kind.WORD, words=thing_in_words, sorts=("thing",)),
        Column("thing_id", _("Number"), Kind.CODE, sorts=("thing_id",)),
    ),
    usual=("at", "who", "what", "thing"),
    sort="-at",
    tail=("-pk",),
    url=lambda _row, _asked: "",
    order=70,
)
