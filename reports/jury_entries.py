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
from criteria import frozen_entry
from criteria.entry_parts import Area
from nominees import sent_in
from nominees.models import Answer, Contribution, Nomination
from nominees.states import Audience, Direction, NominationState, Outcome, QuestionKind
from nominees.works import Work, Works, written_works
from reports.workbook.spec import ContributionSpec, EntrySpec, Fact

Way = tuple[list[ContributionSpec], list[tuple[int, str]]]  # contributions, earlier outcomes
NOT_WRITTEN = (QuestionKind.FILE, QuestionKind.IMPROVEMENT_AREAS, QuestionKind.KEY_FACTS)


WITH_PLACE = ("municipality__county", "edition__fair")  # what an entry must come with


def entry_specs(entries: Sequence[Nomination], now: datetime, language: str) -> dict[int, EntrySpec]:
    """{nomination id: EntrySpec} without any scores, in Swedish order: two to four queries, however many.

    The entries come with WITH_PLACE selected.
    """
    rows = sorted(entries, key=lambda row: (row.municipality.sort_key, row.pk))
    ways = _ways(rows, now, language)
    matter = _matter(rows, language)
    return {row.pk: _spec(row, Told(matter[row.pk], *ways[row.municipality_id]), language) for row in rows}


@dataclass(frozen=True)
class Matter:
    """What an entry itself says, each piece as one text."""

    outward: tuple[str, ...] = ()
    inward: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    answers: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Told:
    """What was read of one entry."""

    matter: Matter
    contributions: list[ContributionSpec]
    earlier: list[tuple[int, str]]


def _spec(entry: Nomination, told: Told, language: str) -> EntrySpec:
    matter = told.matter
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
        outward=matter.outward,
        inward=matter.inward,
        initiatives=matter.initiatives,
        challenges=matter.challenges,
        contributions=tuple(told.contributions),
        answers=matter.answers,
    )


# What the entries say ---------------------------------------------------------------------------------
def _matter(entries: list[Nomination], language: str) -> dict[int, Matter]:
    """What was last sent in; entries that never were, such as historic ones, are read from their tables."""
    live = [row.pk for row in entries if row.state != NominationState.HISTORIC]
    sent = sent_in.contents(live) if live else {}
    found = {pk: _frozen(content, language) for pk, content in sent.items()}
    rest = [row.pk for row in entries if row.pk not in found]
    return found | (_live(rest, language) if rest else {})


def _frozen(content: dict, language: str) -> Matter:
    areas = frozen_entry.areas(content)
    lines = [line for part in frozen_entry.sections(content, language) for line in part.answers]
    return Matter(
        outward=tuple(_area(each) for each in areas if each.direction == Direction.OUTWARD),
        inward=tuple(_area(each) for each in areas if each.direction == Direction.INWARD),
        initiatives=tuple(_lines(each.title, each.text) for each in frozen_entry.initiatives(content)),
        challenges=tuple(each.title for each in frozen_entry.challenges(content)),
        answers=tuple(Fact(line.question, line.text) for line in lines),
    )


def _area(area: Area) -> str:
    return _lines(area.title, area.aim, area.action, area.result, area.evidence)


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _live(entries: list[int], language: str) -> dict[int, Matter]:
    """The same from the tables: two queries."""
    wanted = Nomination.objects.filter(pk__in=entries)
    works, answers = written_works(wanted), _answers(wanted, language)
    found = {}
    for pk in entries:
        mine = works.get(pk, Works())
        found[pk] = Matter(
            tuple(_said(area) for area in mine.outward),
            tuple(_said(area) for area in mine.inward),
            tuple(_said(each) for each in mine.initiatives),
            tuple(_said(each) for each in mine.challenges + mine.added),
            tuple(answers[pk]),
        )
    return found


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
