"""One section of an application as a page: its fields, what stood there last time, and the years behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from nominees.application import Application
from nominees.area_rows import AreaPage, area_page
from nominees.asking import Asked, plain
from nominees.fields import FRESH, Field, Typing, question_field
from nominees.models import Answer, Nomination
from nominees.states import Outcome, QuestionKind


@dataclass(frozen=True, slots=True)
class Year:
    """One year on the small timeline beside the text."""

    year: int
    outcome: object
    url: str


@dataclass(frozen=True)
class SectionPage:
    """What the page of one section shows."""

    code: str
    title: str
    guidance: str
    fields: tuple[Field, ...]
    areas: AreaPage | None
    areas_asked: Asked | None
    saved_at: datetime | None
    years: tuple[Year, ...] = ()
    orphans: Mapping[str, str] = field(default_factory=dict)  # typed, but no field shows it

    @property
    def labels(self) -> dict[str, object]:
        """The label of every field on the page, by name."""
        labels = {each.name: each.label for each in self.fields}
        for row in self.areas.rows if self.areas else ():
            labels.update({each.name: each.label for each in row.fields.values()})
        return labels


def section_page(
    application: Application,
    code: str,
    now: datetime,
    *,
    typing: Typing = FRESH,
    opened: str = "",
    reads_last: bool = True,
) -> SectionPage | None:
    """The page, or None when the questionnaire has no such section. At most two queries.

    `reads_last`: whether this reader may see what the municipality wrote last time.
    """
    asked = [each for each in application.asked if each.section == code]
    if not asked:
        return None
    entry = application.nomination
    with_areas = next((each for each in asked if each.kind == QuestionKind.IMPROVEMENT_AREAS), None)
    texts = [each for each in asked if each is not with_areas]
    before = _last_answers(entry) if texts and reads_last and entry.last_id else {}
    fields = tuple(question_field(each, typing, before.get((each.kind, each.code), "")) for each in texts)
    areas = area_page(entry, application.areas, typing, opened) if with_areas else None
    page = SectionPage(
        code=code,
        title=asked[0].section_title,
        guidance=asked[0].section_guidance,
        fields=fields,
        areas=areas,
        areas_asked=with_areas,
        saved_at=_saved_at(asked, entry, with_areas),
        years=() if with_areas else public_years(entry, now),
    )
    if not typing.typed:
        return page
    shown = page.labels
    orphans = {name: text for name, text in typing.typed.items() if name not in shown and text}
    return replace(page, orphans=orphans)


def public_years(entry: Nomination, now: datetime) -> tuple[Year, ...]:
    """What the municipality is publicly known for, the newest first. One query."""
    entries = (
        Nomination.objects.public(now)
        .filter(municipality=entry.municipality)
        .select_related("edition__fair", "municipality")
        .with_outcome()
        .order_by("-edition__fair__label_year")
    )
    return tuple(
        Year(each.edition.year, Outcome(each.outcome).label, each.get_absolute_url()) for each in entries
    )


def _last_answers(entry: Nomination) -> dict[tuple[str, str], str]:
    answers = Answer.objects.filter(nomination=entry.last_id).select_related("question")
    return {
        (each.question.kind, each.question.code): each.text
        or (plain(each.number) if each.number is not None else "")
        for each in answers
    }


def _saved_at(asked: list[Asked], entry: Nomination, with_areas: Asked | None) -> datetime | None:
    """When something here was saved last; rows keep no time, so the entry's own stands for them."""
    times = [each.saved_at for each in asked if each.saved_at]
    if with_areas and entry.updated_at > entry.created_at:
        times.append(entry.updated_at)
    return max(times, default=None)
