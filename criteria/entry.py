"""What a juror reads of an entry: answers, what the municipality works on, and its way so far."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.urls import reverse

from awards import formats
from awards.prepared import Prepared
from criteria import frozen_entry
from criteria.entry_parts import AnswerLine, Area, File, Section, Topic, Way
from criteria.entry_rows import matter_rows, way_rows
from criteria.models import Assignment
from nominees.asking import GRADES
from nominees.models import Material, Municipality, Nomination, Question, Submission
from nominees.states import Audience, Continuation, Direction, Outcome

_GRADES = dict(GRADES)
_SENT_IN = Prepared(
    lambda nomination: (
        Submission.objects.filter(nomination=nomination).order_by("-number").values_list("content")[:1]
    ),
    nomination=int,
)


@dataclass(frozen=True)
class Entry:
    """Everything on the left side of the score page."""

    nomination: Nomination
    sections: tuple[Section, ...]
    outward: tuple[Area, ...]
    inward: tuple[Area, ...]
    earlier: tuple[Area, ...]
    initiatives: tuple[Topic, ...]
    challenges: tuple[Topic, ...]
    files: tuple[File, ...]
    questions: tuple[Topic, ...]  # from the jury, answered by the municipality
    replies: tuple[Topic, ...]  # to earlier feedback, where the municipality lets the next jury read them
    contributions: tuple[Way, ...]
    outcomes: tuple[Way, ...]

    @property
    def municipality(self) -> Municipality:
        """Whose entry it is."""
        return self.nomination.municipality

    @property
    def has_answers(self) -> bool:
        """Whether any question has been answered."""
        return any(line.text for section in self.sections for line in section.answers)


def entry_of(assignment: Assignment, now: datetime, language: str) -> Entry:
    """The entry behind an assignment that is open to its juror: four queries at most, however long it is.

    What was sent in is read from its last version: what the municipality writes after that is no jury's
    business until it is sent in again. Entries that came in another way are read from their tables.
    """
    nomination = assignment.nomination
    content = sent_in(nomination)
    areas, topics = _matter(nomination, now, is_sent=bool(content))
    if content:
        declared, sections = frozen_entry.areas(content), frozen_entry.sections(content, language)
        initiatives, challenges = frozen_entry.initiatives(content), frozen_entry.challenges(content)
        sent = frozen_entry.files(content)
        topics["file"] = [(pk, replace(topic, text=sent[pk])) for pk, topic in topics["file"] if pk in sent]
    else:
        declared, sections = areas[True], _sections(nomination, language)
        initiatives = tuple(topic for _pk, topic in topics["initiative"])
        challenges = tuple(topic for _pk, topic in topics["challenge"])
    contributions, outcomes = _way(nomination, now, language)
    return Entry(
        nomination=nomination,
        sections=sections,
        outward=tuple(area for area in declared if area.direction == Direction.OUTWARD),
        inward=tuple(area for area in declared if area.direction == Direction.INWARD),
        earlier=tuple(sorted(areas[False], key=lambda area: -area.year)),
        initiatives=initiatives,
        challenges=challenges,
        files=tuple(_file(assignment.pk, pk, topic) for pk, topic in topics["file"]),
        questions=tuple(topic for _pk, topic in topics["question"]),
        replies=tuple(topic for _pk, topic in topics["reply"]),
        contributions=contributions,
        outcomes=outcomes,
    )


def sent_in(nomination: Nomination) -> dict | None:
    """The content of the last version, or None where nothing was sent in here."""
    found = _SENT_IN.rows(nomination=nomination.pk)
    return found[0][0] if found else None


def files_of(nomination: Nomination) -> QuerySet:
    """The files that jurors of this entry may open: checked, not private, and of the last version sent in.

    A file replaced since stays until the new one is sent in; one removed or made private is gone at once.
    """
    content = sent_in(nomination)
    if content is None:
        return Material.objects.for_jury().filter(nomination=nomination)
    sent = tuple(frozen_entry.files(content))
    return Material.objects.for_jury_as_sent().filter(nomination=nomination, pk__in=sent)


# Questions and answers ------------------------------------------------------------------------------
def _sections(nomination: Nomination, language: str) -> tuple[Section, ...]:
    suffix = "en" if language == "en" else "sv"
    rows = (
        Question.objects.filter(section__edition=nomination.edition_id)
        .exclude(Q(audience=Audience.ORGANISER) | Q(kind__in=frozen_entry.SHOWN_ELSEWHERE))
        .annotate(given=FilteredRelation("answers", condition=Q(answers__nomination=nomination)))
        .order_by("section__position", "section", "position", "pk")
        .values(
            "text_sv", "unit", "choices", "section__code", "section__title_sv",
            "given__text", "given__number", "given__choice",
            text=F(f"text_{suffix}"), section_title=F(f"section__title_{suffix}"),
        )
    )  # fmt: skip
    titles: dict[str, str] = {}
    lines: dict[str, list[AnswerLine]] = defaultdict(list)
    for row in rows:
        code = row["section__code"]
        titles[code] = row["section_title"] or row["section__title_sv"]
        lines[code].append(AnswerLine(row["text"] or row["text_sv"], _answer(row, language)))
    return tuple(Section(code, title, tuple(lines[code])) for code, title in titles.items())


def _answer(row: dict, language: str) -> str:
    if row["given__choice"]:
        chosen = next((each for each in row["choices"] if each.get("code") == row["given__choice"]), {})
        named = (
            chosen.get(language)
            or chosen.get("sv")
            or _GRADES.get(row["given__choice"], row["given__choice"])
        )
        return f"{named}\n{row['given__text'] or ''}".strip()
    number: Decimal | None = row["given__number"]
    if number is not None:
        return f"{formats.number(number, None, language)} {row['unit']}\n{row['given__text'] or ''}".strip()
    return row["given__text"] or ""


# What the municipality works on -----------------------------------------------------------------------
def _matter(
    nomination: Nomination, now: datetime, *, is_sent: bool
) -> tuple[dict[bool, list[Area]], dict[str, list[tuple[int, Topic]]]]:
    """The areas, of this entry under True and of earlier ones under False, and all else by what it is."""
    found: dict[bool, list[Area]] = defaultdict(list)
    topics: dict[str, list[tuple[int, Topic]]] = defaultdict(list)
    for row in matter_rows(nomination, now, is_sent=is_sent):
        what, year, nomination_id, _position, pk, title, direction, since, *texts = row
        if what == "sent":
            found[False] += frozen_entry.areas({"areas": json.loads(texts[0]), "edition": {"year": year}})
        elif what == "area":
            became = Continuation(since).label if since else ""
            found[nomination_id == nomination.pk].append(Area(title, year, direction, *texts, since=became))
        else:
            topics[what].append((pk, Topic(title, texts[0], tuple(texts[1:]))))
    return found, topics


def _file(assignment: int, pk: int, topic: Topic) -> File:
    size, pages, link = topic.more
    url = link or reverse("scoring_material", args=[assignment, pk])
    return File(topic.title, url, topic.text, int(size or 0), int(pages or 0), is_film=bool(link))


# The way so far ---------------------------------------------------------------------------------------
def _way(nomination: Nomination, now: datetime, language: str) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """Contributions with themes, and what earlier entries publicly came to."""
    found: dict[str, list[Way]] = defaultdict(list)
    for what, at, title, theme, theme_en in way_rows(nomination, now):
        if what == "outcome":
            honour = title in (Outcome.WON, Outcome.HONOURED)
            found[what].append(Way(at, str(Outcome(title).label), is_honour=honour))
        else:
            found[what].append(Way(at, title, theme_en if language == "en" and theme_en else theme))
    return tuple(found["contribution"]), tuple(found["outcome"])
