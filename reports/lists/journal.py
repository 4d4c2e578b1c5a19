"""The list of everything that has happened in the edition: the same rows as the journal's page."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards import chronicle
from awards.models import Person, Role
from awards.states import RoleKind
from criteria.models import ScoreReading
from nominees.filters import ExactChoiceFilter
from reports.catalogue.report import Asked
from reports.columns import Column, Kind
from reports.journal_rows import file_in_words, sources_of
from reports.lists.filters import ListFilter, SearchFilter, by_label
from reports.lists.kinds import ListKind
from reports.lists.words import thing_in_words
from reports.models import ExportReceipt

NO_FILE = {"file_name": Value("", CharField()), "file_ending": Value("", CharField())} | {
    "file_rows": Value(0, IntegerField())
}
A_FILE = {"file_name": F("report"), "file_ending": F("format"), "file_rows": F("rows")}
FACTS = ("at", "person_id", "verb", "seat", "name", "kind", "thing_kind", "thing_number", *NO_FILE, "pk")


def _all_lines(asked: Asked) -> tuple[QuerySet, ...]:
    return tuple(sources_of(asked.edition))


def _lines(asked: Asked) -> tuple[QuerySet, ...]:
    """What happened, what left and who read, each with who did it."""
    events, receipts, readings = sources_of(asked.edition)
    kinds = (
        (events, {"thing_kind": F("thing"), "thing_number": F("thing_id"), **NO_FILE}),
        (receipts, {**_itself(ExportReceipt), **A_FILE}),
        (readings, {**_itself(ScoreReading), **NO_FILE}),
    )
    held = Role.objects.filter(edition=asked.edition, person=OuterRef("person_id")).order_by("pk")
    who = {
        "seat": Subquery(held.exclude(seat="").values("seat")[:1]),
        "name": Subquery(Person.objects.filter(pk=OuterRef("person_id")).values("name")[:1]),
        "kind": Subquery(held.values("kind")[:1]),
    }
    return tuple(rows.annotate(**facts, **who).values_list(*FACTS, named=True) for rows, facts in kinds)


def _itself(model: type) -> dict:
    """A row that is about itself."""
    name = model._meta.model_name  # noqa: SLF001 - Django's documented model interface
    return {"thing_kind": Value(name, TextField()), "thing_number": F("pk")}


class JournalFilter(ListFilter):
    """`verb` and `q`: of events, files and readings alike."""

    searched = ("seat", "name")

    q = SearchFilter(label=_("Who"), method="search", max_length=100)
    verb = ExactChoiceFilter(label=_("What"))

    def offered(self) -> dict:
        """What has happened in the edition: one query."""
        first, *more = [rows.values_list("verb", flat=True).distinct() for rows in _all_lines(self.asked)]
        verbs = set(first.union(*more))
        return {"verb": by_label((verb, capfirst(str(chronicle.in_words(verb)))) for verb in verbs)}

    @cached_property
    def rows(self) -> QuerySet:
        """The filtered rows of all three; none when a value is not understood."""
        if not self.is_valid():
            return self.queryset.none()
        first, *more = [self.filter_queryset(each) for each in _lines(self.asked)]
        return first.union(*more, all=True)


def _whom(row: Any) -> str:
    """The seat or the name, else what they are; nobody is the system."""
    if row.person_id is None:
        return str(_("The system"))
    found = row.seat or row.name or (RoleKind(row.kind).label if row.kind else _("Somebody"))
    return capfirst(str(found))


def _file(row: Any) -> str:
    """Which file left, in which format."""
    if not row.file_name:
        return ""
    return capfirst(str(file_in_words(row.file_name, str(row.file_rows), row.file_ending)))


JOURNAL = ListKind(
    name="journal",
    title=_("Journal"),
    about=_("Everything that has happened in the edition, also who took files out and read scores."),
    door=lambda asked: _lines(asked)[0],
    plain=_all_lines,
    filters=JournalFilter,
    columns=(
        Column("what", _("What"), Kind.WORD, of="verb", words=chronicle.in_words, sorts=("verb",)),
        Column("who", _("Who"), of=_whom, sorts=("seat", "name")),
        Column("at", _("When"), Kind.MOMENT, sorts=("at",)),
        Column("file", _("File"), of=_file, sorts=("file_name", "file_ending")),
        Column(
            "thing", _("Concerns"), Kind.WORD, of="thing_kind", words=thing_in_words, sorts=("thing_kind",)
        ),
        Column("thing_id", _("Number"), Kind.CODE, of="thing_number", sorts=("thing_number",)),
    ),
    usual=("at", "who", "what", "file", "thing"),
    sort="-at",
    tail=("-pk",),
    url=lambda _row, _asked: "",
    order=70,
)
