"""Filters of the organiser's lists: allow-lists of names and values, for page, file and view alike."""

from __future__ import annotations

from collections.abc import Iterable

import django_filters
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from awards.models import Letter
from awards.states import LetterState, RoleKind
from awards.swedish import search_pattern
from nominees.filters import ExactChoiceFilter, SearchField
from nominees.models import County
from nominees.states import GROUPS, ContactLevel, MaterialState, NominationState, Outcome
from reports.catalogue.report import Asked
from reports.lists.words import purpose_in_words

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
JURY = (RoleKind.CHAIR, RoleKind.DEPUTY, RoleKind.JUROR, RoleKind.OBSERVER)
JURY_CHOICES = [(kind.value, kind.label) for kind in JURY]


class SearchFilter(django_filters.CharFilter):
    """Words to look for."""

    field_class = SearchField


class YesNoFilter(ExactChoiceFilter):
    """Yes, no, or both; `field_name` is a truth."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, choices=YES_NO, **options)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        """Nothing or both chosen: every row."""
        if len(set(value)) != 1:
            return qs
        return qs.filter(**{self.field_name: value[0] == "yes"})


class ListFilter(django_filters.FilterSet):
    """Filters whose wrong values empty the list instead of widening it; the form says what is wrong."""

    searched: tuple[str, ...] = ()  # the fields that the search looks in
    begins: tuple[str, ...] = ()  # ... and those that must begin with the word

    def __init__(self, asked: Asked, queryset: QuerySet) -> None:
        self.asked = asked
        super().__init__(asked.query, queryset)
        for name, choices in self.offered().items():
            self.filters[name].extra["choices"] = choices

    def offered(self) -> dict[str, list[tuple[str, object]]]:
        """Choices that are known only when somebody asks."""
        return {}

    @cached_property
    def rows(self) -> QuerySet:
        """The filtered rows; none when a value is not understood."""
        return self.qs if self.is_valid() else self.queryset.none()

    @property
    def problem(self) -> str:
        """Everything that is wrong, in words, for those who get no page."""
        return " ".join(str(text) for texts in self.errors.values() for text in texts)

    def search(self, rows: QuerySet, _name: str, text: str) -> QuerySet:
        """Every word is found in one of the fields."""
        for word in text.split():
            found = Q()
            for field in self.searched:
                found |= Q(**{f"{field}__regex": search_pattern(word)})
            for field in self.begins:
                found |= Q(**{f"{field}__startswith": word})
            rows = rows.filter(found)
        return rows


def counties() -> list[tuple[str, object]]:
    """Every county by its code: one query."""
    return list(County.objects.order_by("name").values_list("code", "name"))


class EntryFilter(ListFilter):
    """`state`, `outcome`, `county`, `group` and `q`."""

    searched = ("municipality__name", "diary_number")
    begins = ("municipality__code",)

    q = SearchFilter(label=_("Municipality, code or diary number"), method="search", max_length=100)
    state = ExactChoiceFilter(label=_("State"), choices=NominationState.choices)
    outcome = ExactChoiceFilter(label=_("Outcome"), choices=Outcome.choices)
    county = ExactChoiceFilter(label=_("County"), field_name="municipality__county__code")
    group = ExactChoiceFilter(label=_("Municipality group"), field_name="municipality__group", choices=GROUPS)

    def offered(self) -> dict:
        """The counties."""
        return {"county": counties()}


class PlaceFilter(ListFilter):
    """`entry`, `contact`, `county`, `group` and `q`: of all the country's municipalities."""

    searched = ("name", "full_name")
    begins = ("code",)

    q = SearchFilter(label=_("Municipality or code"), method="search", max_length=100)
    entry = YesNoFilter(label=_("Has an entry"), field_name="has_entry")
    contact = YesNoFilter(label=_("Has a contact"), field_name="has_contact")
    county = ExactChoiceFilter(label=_("County"), field_name="county__code")
    group = ExactChoiceFilter(label=_("Municipality group"), choices=GROUPS)

    def offered(self) -> dict:
        """The counties."""
        return {"county": counties()}


class ContactFilter(ListFilter):
    """`signed_in`, `level`, `county` and `q`."""

    searched = ("person__name", "person__email", "title", "municipality__name")
    begins = ("municipality__code",)

    q = SearchFilter(label=_("Person, position or municipality"), method="search", max_length=100)
    signed_in = YesNoFilter(label=_("Has signed in"), field_name="has_signed_in")
    level = ExactChoiceFilter(label=_("May"), choices=ContactLevel.choices)
    county = ExactChoiceFilter(label=_("County"), field_name="municipality__county__code")

    def offered(self) -> dict:
        """The counties."""
        return {"county": counties()}


class MaterialFilter(ListFilter):
    """`state`, `private` and `q`."""

    searched = ("name", "description", "nomination__municipality__name")
    begins = ("nomination__municipality__code",)

    q = SearchFilter(label=_("File or municipality"), method="search", max_length=100)
    state = ExactChoiceFilter(label=_("Check"), choices=MaterialState.choices)
    private = YesNoFilter(label=_("For the organiser only"), field_name="is_private")


class LetterFilter(ListFilter):
    """`state`, `purpose` and `q`."""

    searched = ("email", "subject", "to__name")

    q = SearchFilter(label=_("Address or subject"), method="search", max_length=100)
    state = ExactChoiceFilter(label=_("State"), choices=LetterState.choices)
    purpose = ExactChoiceFilter(label=_("Purpose"))

    def offered(self) -> dict:
        """The purposes of the edition's letters: one query."""
        found = Letter.objects.filter(edition=self.asked.edition).order_by("purpose")
        purposes = found.values_list("purpose", flat=True).distinct()
        return {"purpose": [(purpose, capfirst(str(purpose_in_words(purpose)))) for purpose in purposes]}


def by_label(choices: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    """Choices in the order of their words."""
    return sorted(choices, key=lambda choice: str(choice[1]))
