"""The list of the edition's letters."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Letter
from awards.states import LetterState
from reports.catalogue.report import Asked
from reports.columns import Column, Kind
from reports.lists.filters import LetterFilter
from reports.lists.kinds import ListKind
from reports.lists.words import purpose_in_words


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
