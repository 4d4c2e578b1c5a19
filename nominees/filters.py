"""What the lists can be filtered by: an allow-list of names and values, the same for page and download."""

from __future__ import annotations

import re
from datetime import datetime

import django_filters
from django import forms
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from awards.models import Edition
from awards.swedish import search_pattern, sort_key
from nominees import sent_in
from nominees.models import (
    Contribution,
    County,
    ImprovementArea,
    Municipality,
    MunicipalityName,
    Nomination,
    Theme,
)
from nominees.states import GROUPS, Outcome

Choices = list[tuple[str, object]]


class ExactChoices(forms.MultipleChoiceField):
    """Values that repeat and match exactly; an empty one, as a form sends it, means nothing chosen.

    `also` gives other exact spellings of a value: a county's name for its code.
    """

    default_error_messages = {"invalid_choice": _("“%(value)s” is not among the choices.")}

    def __init__(self, *, also: dict[str, str] | None = None, **options) -> None:
        self.also = also or {}
        super().__init__(**options)

    def to_python(self, value: object) -> list[str]:
        """Without empty values, and each in its own spelling."""
        return [self.also.get(each, each) for each in super().to_python(value) if each]


class ExactChoiceFilter(django_filters.MultipleChoiceFilter):
    """One column, any of the chosen values."""

    field_class = ExactChoices

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, distinct=False, **options)


class SearchField(forms.CharField):
    """Words to look for."""

    default_error_messages = {"max_length": _("Search for at most %(limit_value)d characters.")}


class _Search(django_filters.CharFilter):
    field_class = SearchField


class _Filters(django_filters.FilterSet):
    """Filters whose wrong values empty the list instead of widening it; the form says what is wrong."""

    def __init__(self, data, queryset: QuerySet, *, user, now: datetime) -> None:
        self.user, self.now = user, now
        super().__init__(data, queryset)
        self.on_offer = choices_on_offer(user, now)
        for name, each in self.filters.items():
            if name in self.on_offer:
                each.extra["choices"] = self.on_offer[name]
        if "county" in self.filters:
            self.filters["county"].extra["also"] = {name: code for code, name in self.on_offer["county"]}

    @property
    def qs(self) -> QuerySet:
        """The filtered rows; none when a value is not understood."""
        return super().qs if self.is_valid() else self.queryset.none()

    @property
    def problem(self) -> str:
        """Everything that is wrong, in words, for those who get no page."""
        return " ".join(str(text) for texts in self.errors.values() for text in texts)


class NominationFilter(_Filters):
    """Filters of the list of nominations: `year`, `county`, `group`, `outcome`, `theme` and `q`."""

    q = _Search(label=_("Municipality, code or improvement area"), method="search", max_length=100)
    year = ExactChoiceFilter(label=_("Edition"), field_name="edition__key")
    county = ExactChoiceFilter(label=_("County"), field_name="municipality__county__code")
    group = ExactChoiceFilter(label=_("Municipality group"), field_name="municipality__group", choices=GROUPS)
    outcome = ExactChoiceFilter(label=_("Outcome"), field_name="outcome", choices=Outcome.choices)
    theme = ExactChoiceFilter(label=_("Theme"), method="brought")

    def search(self, entries: QuerySet, _name: str, text: str) -> QuerySet:
        """Every word is found in a name, the code, an improvement area or a contribution."""
        for word in text.split():
            pattern = search_pattern(word)
            areas = ImprovementArea.objects.filter(nomination=OuterRef("pk"), title__regex=pattern)
            told = sent_in.told_by_tables(Nomination.objects.all(), self.now)
            sent = [pk for pk, titles in self._sent_areas.items() if re.search(pattern, titles)]
            titles = self._contributions().filter(title__regex=pattern)
            entries = entries.filter(
                _named(pattern, word, "municipality__", "municipality")
                | Exists(areas.filter(nomination__in=told))
                | Q(pk__in=sent)
                | Exists(titles)
            )
        return entries

    @cached_property
    def _sent_areas(self) -> dict[int, str]:
        """The titles of the areas that were sent in, of every entry on the list: one query for a search."""
        sent = sent_in.parts(self.queryset.order_by().values("pk"), "areas")
        return {pk: "\n".join(each["title"] for each in read["areas"]) for pk, read in sent.items()}

    def brought(self, entries: QuerySet, _name: str, themes: list[str]) -> QuerySet:
        """The municipality contributed with one of the themes at that edition's fair."""
        if not themes:
            return entries
        return entries.filter(Exists(self._contributions().filter(theme__code__in=themes)))

    def _contributions(self) -> QuerySet:
        public = Contribution.objects.visible_to(self.user, self.now).public(self.now)
        return public.filter(fair=OuterRef("edition__fair"), municipalities=OuterRef("municipality"))


class MunicipalityFilter(_Filters):
    """Filters of the list of municipalities: `county`, `group` and `q`."""

    q = _Search(label=_("Municipality or code"), method="search", max_length=100)
    county = ExactChoiceFilter(label=_("County"), field_name="county__code")
    group = ExactChoiceFilter(label=_("Municipality group"), field_name="group", choices=GROUPS)

    def search(self, municipalities: QuerySet[Municipality], _name: str, text: str) -> QuerySet:
        """Every word is found in a name, present or former, or begins the code."""
        for word in text.split():
            municipalities = municipalities.filter(_named(search_pattern(word), word, "", "pk"))
        return municipalities


def _named(pattern: str, word: str, way: str, municipality: str) -> Q:
    """The municipality at the end of `way` has such a name, or a code that begins with the word."""
    former = MunicipalityName.objects.filter(municipality=OuterRef(municipality), value__regex=pattern)
    return (
        Q(**{f"{way}name__regex": pattern})
        | Q(**{f"{way}full_name__regex": pattern})
        | Q(**{f"{way}code__startswith": word})
        | Exists(former)
    )


def _in_language(themes: QuerySet[Theme]) -> QuerySet[Theme]:
    """Themes with their `title`, in English where the page is and there is one."""
    title = F("title_sv")
    if (get_language() or "sv").startswith("en"):
        title = Case(When(~Q(title_en=""), then="title_en"), default=title, output_field=CharField())
    return themes.annotate(title=title)


def choices_on_offer(user, now: datetime) -> dict[str, Choices]:
    """Editions, counties and themes to choose from, in one query; newest first, names in Swedish order.

    A theme is public by a contribution that is: those of rehearsals and of fairs ahead are nobody's yet.
    """

    def column(kind: str, rows: QuerySet, value: str, label: str) -> QuerySet:
        rows = rows.order_by().annotate(kind=Value(kind, output_field=CharField()))
        return rows.values_list("kind", value, label)

    public = Edition.objects.visible_to(user, now).public(now)
    brought = Contribution.objects.visible_to(user, now).public(now)
    themes = Theme.objects.filter(pk__in=brought.order_by().values("theme"))
    asked = column("year", public, "key", "key").union(
        column("county", County.objects.all(), "code", "name"),
        column("theme", _in_language(themes), "code", "title"),
    )
    offered: dict[str, Choices] = {"year": [], "county": [], "theme": []}
    for kind, value, label in asked:
        offered[kind].append((value, label))
    offered["year"].sort(reverse=True)
    for kind in ("county", "theme"):
        offered[kind].sort(key=lambda choice: sort_key(str(choice[1])))
    return offered
