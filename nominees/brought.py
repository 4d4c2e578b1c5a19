"""What municipalities brought to the fairs, with themes and partners, in one query."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from awards.links import Link
from nominees.models import Contribution

_KINDS = dict(Contribution.KINDS)
_COLUMNS = (
    "pk", "fair_id", "fair__label_year", "theme__code", "theme__title_sv", "theme__title_en", "title", "kind",
    "source__text", "source__publisher", "municipalities__code", "municipalities__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brought:
    """One contribution: a motto, stand or seminar of one or many municipalities at one fair."""

    pk: int
    fair_id: int
    year: int
    theme: str | None  # the theme's code
    theme_title: str
    title: str
    kind: str
    source: tuple[str | None, str | None]  # text and publisher
    makers: tuple[Link, ...]  # who brought it, in Swedish order
    refs: tuple[int, ...] = ()

    @property
    def letter(self) -> str:
        """The theme's initial, for a small square."""
        return self.theme_title[:1].upper()

    @property
    def kind_label(self) -> object:
        """Contribution, motto, stand or seminar."""
        return _KINDS[self.kind]

    def partners_of(self, code: str) -> tuple[Link, ...]:
        """Who brought it together with this municipality."""
        own = reverse("municipality_page", args=[code])
        return tuple(link for link in self.makers if link.url != own)

    def with_refs(self, number) -> Brought:
        """The same with the number of its source: `number` is a page's `Footnotes.numbers`."""
        return replace(self, refs=number(self.source))


def brought(contributions: QuerySet[Contribution]) -> tuple[Brought, ...]:
    """Contributions that the reader may see, oldest fair first, in the order they were recorded."""
    asked = Contribution.objects.filter(pk__in=contributions.order_by().values("pk"))
    rows = asked.order_by("fair__label_year", "pk", "municipalities__sort_key").values_list(*_COLUMNS)
    found: dict[int, Brought] = {}
    for row in rows:
        each = dict(zip(_COLUMNS, row, strict=True))
        maker = _maker(each)
        if each["pk"] in found:
            first = found[each["pk"]]
            found[each["pk"]] = replace(first, makers=first.makers + maker)
        else:
            found[each["pk"]] = _brought(each, maker)
    return tuple(found.values())


def _maker(each: dict) -> tuple[Link, ...]:
    code = each["municipalities__code"]
    return (Link(each["municipalities__name"], reverse("municipality_page", args=[code])),) if code else ()


def _brought(each: dict, makers: tuple[Link, ...]) -> Brought:
    english = (get_language() or "sv").startswith("en") and each["theme__title_en"]
    return Brought(
        pk=each["pk"],
        fair_id=each["fair_id"],
        year=each["fair__label_year"],
        theme=each["theme__code"],
        theme_title=each["theme__title_en" if english else "theme__title_sv"] or "",
        title=each["title"],
        kind=each["kind"],
        source=(each["source__text"], each["source__publisher"]),
        makers=makers,
    )
