"""What the jury's workbooks tell of each nomination, read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from awards import formats
from nominees.brought import Brought, brought
from nominees.models import Answer, Contribution, Nomination
from nominees.states import Audience, Outcome, QuestionKind
from nominees.works import Work, Works, works_of
from reports.workbook.spec import ContributionSpec, EntrySpec, Fact

NOT_WRITTEN = (QuestionKind.FILE, QuestionKind.IMPROVEMENT_AREAS, QuestionKind.KEY_FACTS)


def entry_specs(nominations: Iterable[int], now: datetime, language: str) -> dict[int, EntrySpec]:
    """{nomination id: EntrySpec} without any scores, in Swedish order: five queries, however many entries."""
    entries = Nomination.objects.filter(pk__in=list(nominations))
    rows = list(
        entries.select_related("municipality__county", "edition__fair").order_by(
            "municipality__sort_key", "pk"
        )
    )
    works = works_of(entries)
    contributions = _contributions(rows, now)
    earlier = _earlier(rows, now)
    answers = _answers(entries, language)
    told = {
        row.pk: Told(
            works.get(row.pk, Works()),
            contributions[row.municipality_id],
            earlier[row.municipality_id],
            answers[row.pk],
        )
        for row in rows
    }
    return {row.pk: _spec(row, told[row.pk], language) for row in rows}


@dataclass(frozen=True)
class Told:
    """What was read of one entry."""

    works: Works
    contributions: list[Brought]
    earlier: list[tuple[int, str]]
    answers: list[Fact]


def _spec(entry: Nomination, told: Told, language: str) -> EntrySpec:
    works = told.works
    place = entry.municipality
    population = formats.number(place.population, 0, language)
    return EntrySpec(
        code=place.code,
        name=place.name,
        title=place.full_name,
        summary=_("%(county)s · %(population)s inhabitants · municipality code %(code)s")
        % {"county": place.county.name, "population": population, "code": place.code},
        facts=(
            Fact(_("County"), place.county.name),
            Fact(_("Municipality code"), place.code),
            Fact(_("Municipality group"), place.group),
            Fact(_("Population"), f"{population} ({place.population_date:%Y-%m-%d})"),
            Fact(_("Earlier outcomes"), "; ".join(f"{year} {Outcome(o).label}" for year, o in told.earlier)),
        ),
        outward=tuple(_said(area) for area in works.outward),
        inward=tuple(_said(area) for area in works.inward),
        initiatives=tuple(_said(each) for each in works.initiatives),
        challenges=tuple(_said(each) for each in works.challenges + works.added),
        contributions=tuple(
            ContributionSpec(str(each.year), each.title, each.theme_title) for each in told.contributions
        ),
        answers=tuple(told.answers),
    )


def _said(work: Work) -> str:
    """The title, and what is told beside it on lines of their own."""
    return "\n".join((work.title, *work.texts))


def _contributions(entries: list[Nomination], now: datetime) -> dict[int, list[Brought]]:
    """Per municipality: what is public, and what it brings to the very fair of its entry."""
    if not entries:
        return defaultdict(list)
    places = {entry.municipality.code: entry.municipality_id for entry in entries}
    fairs = {entry.edition.fair_id for entry in entries}
    mine = Contribution.objects.filter(municipalities__in=places.values())
    seen = (mine.public(now) | mine.filter(fair__in=fairs)).distinct()
    found: dict[int, list[Brought]] = defaultdict(list)
    for each in brought(seen):
        for maker in each.makers:
            code = maker.url.rstrip("/").rsplit("/", 1)[-1]
            if code in places:
                found[places[code]].append(each)
    return found


def _earlier(entries: list[Nomination], now: datetime) -> dict[int, list[tuple[int, str]]]:
    """Per municipality: the public outcomes of earlier editions, oldest first."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if not entries:
        return found
    rows = (
        Nomination.objects.public(now)
        .filter(
            municipality__in=[entry.municipality_id for entry in entries],
            edition__fair__label_year__lt=entries[0].edition.year,
        )
        .with_outcome()
        .order_by("edition__fair__label_year")
        .values_list("municipality_id", "edition__fair__label_year", "outcome")
    )
    for place, year, outcome in rows:
        found[place].append((year, outcome))
    return found


def _answers(entries, language: str) -> dict[int, list[Fact]]:
    """Per entry: the questions that the jury may read, with their answers."""
    rows = (
        Answer.objects.filter(nomination__in=entries.order_by().values("pk"))
        .exclude(question__audience=Audience.ORGANISER)
        .exclude(question__kind__in=NOT_WRITTEN)
        .select_related("question")
        .order_by("question__section__position", "question__section_id", "question__position", "question_id")
    )
    found: dict[int, list[Fact]] = defaultdict(list)
    for row in rows:
        question = row.question
        text = (question.text_en if language == "en" else "") or question.text_sv
        found[row.nomination_id].append(Fact(text, _answer(row, language)))
    return found


def _answer(answer: Answer, language: str) -> str:
    chosen = next((each for each in answer.question.choices if each.get("code") == answer.choice), {})
    parts = [chosen.get(language) or chosen.get("sv") or answer.choice]
    if answer.number is not None:
        number = formats.number(Decimal(answer.number), None, language)
        parts.append(f"{number} {answer.question.unit}".strip())
    return "\n".join(part for part in (*parts, answer.text) if part)
