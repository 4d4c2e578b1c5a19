"""What the jury's workbooks tell of each nomination, read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from awards import formats
from nominees.models import Answer, Contribution, Nomination
from nominees.states import Audience, Outcome, QuestionKind
from nominees.works import Work, Works, works_of
from reports.workbook.spec import ContributionSpec, EntrySpec, Fact

Way = tuple[list[ContributionSpec], list[tuple[int, str]]]  # contributions, earlier outcomes
NOT_WRITTEN = (QuestionKind.FILE, QuestionKind.IMPROVEMENT_AREAS, QuestionKind.KEY_FACTS)


WITH_PLACE = ("municipality__county", "edition__fair")  # what an entry must come with


def entry_specs(entries: Sequence[Nomination], now: datetime, language: str) -> dict[int, EntrySpec]:
    """{nomination id: EntrySpec} without any scores, in Swedish order: three queries, however many entries.

    The entries come with WITH_PLACE selected.
    """
    rows = sorted(entries, key=lambda row: (row.municipality.sort_key, row.pk))
    wanted = Nomination.objects.filter(pk__in=[row.pk for row in rows])
    works = works_of(wanted)
    ways = _ways(rows, now, language)
    answers = _answers(wanted, language)
    told = {
        row.pk: Told(works.get(row.pk, Works()), *ways[row.municipality_id], answers[row.pk]) for row in rows
    }
    return {row.pk: _spec(row, told[row.pk], language) for row in rows}


@dataclass(frozen=True)
class Told:
    """What was read of one entry."""

    works: Works
    contributions: list[ContributionSpec]
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
        contributions=tuple(told.contributions),
        answers=tuple(told.answers),
    )


def _said(work: Work) -> str:
    """The title, and what is told beside it on lines of their own."""
    return "\n".join((work.title, *work.texts))


def _ways(entries: list[Nomination], now: datetime, language: str) -> dict[int, Way]:
    """Per municipality its contributions and its earlier outcomes: one union of like columns."""
    found: dict[int, Way] = defaultdict(lambda: ([], []))
    if not entries:
        return found
    places = [entry.municipality_id for entry in entries]
    year = entries[0].edition.year
    fairs = Q(pk__in=Contribution.objects.public(now)) | Q(
        fair__in={entry.edition.fair_id for entry in entries}
    )
    contributions = (
        Contribution.objects.filter(fairs, municipalities__in=places)
        .order_by()
        .annotate(what=Value(0), theme_sv=_theme("sv"), theme_en=_theme("en"))
        .values_list("municipalities", "fair__label_year", "what", "title", "theme_sv", "theme_en")
    )
    outcomes = (
        Nomination.objects.public(now)
        .filter(municipality__in=places, edition__fair__label_year__lt=year)
        .with_outcome()
        .order_by()
        .annotate(what=Value(1), theme_sv=Value("", CharField()), theme_en=Value("", CharField()))
        .values_list("municipality", "edition__fair__label_year", "what", "outcome", "theme_sv", "theme_en")
    )
    for place, at, what, title, theme_sv, theme_en in sorted(contributions.union(outcomes, all=True)):
        if what:
            found[place][1].append((at, title))
        else:
            theme = theme_en if language == "en" and theme_en else theme_sv
            found[place][0].append(ContributionSpec(str(at), title, theme))
    return found


def _theme(language: str) -> Coalesce:
    return Coalesce(F(f"theme__title_{language}"), Value(""), output_field=CharField())


def _answers(entries, language: str) -> dict[int, list[Fact]]:
    """Per entry: the questions that the jury may read, with their answers."""
    rows = (
        Answer.objects.filter(nomination__in=entries)
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
