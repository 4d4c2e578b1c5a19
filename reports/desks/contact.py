"""The contact's desk: the municipality's entries, what is missing in each, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language

from awards import formats
from awards.models import Person, Stage, StageExtension
from awards.states import StageKind, StageState
from nominees.models import Answer, Contact, ImprovementArea, Nomination, Question
from nominees.states import NominationState, QuestionKind

WRITABLE = (NominationState.DRAFT, NominationState.REOPENED, NominationState.ACCEPTED)
WRITING_STAGES = (StageKind.CALL, StageKind.NOMINATION)


@dataclass(frozen=True)
class Missing:
    """One required question without an answer, with its section."""

    section: str
    text: str


@dataclass(frozen=True)
class EntryLine:
    """One entry of one's municipality."""

    nomination: Nomination
    deadline: datetime | None
    is_open: bool
    missing: tuple[Missing, ...]
    required: int
    url: str

    @property
    def answered(self) -> int:
        """How many required questions have an answer."""
        return self.required - len(self.missing)

    @property
    def state(self) -> object:
        """Where the entry stands, in words."""
        return self.nomination.get_state_display()


@dataclass(frozen=True)
class ContactDesk:
    """The entries, those that can be written first."""

    entries: tuple[EntryLine, ...]

    @property
    def first(self) -> EntryLine | None:
        """The entry to go on with."""
        return next((line for line in self.entries if line.is_open), None)

    @property
    def later(self) -> tuple[EntryLine, ...]:
        """The other ones."""
        return tuple(line for line in self.entries if line is not self.first)


def contact_desk(person: Person, now: datetime) -> ContactDesk:
    """Five queries however many entries there are."""
    mine = Contact.objects.in_force(now).filter(
        person=person, edition=OuterRef("edition"), municipality=OuterRef("municipality")
    )
    areas = ImprovementArea.objects.filter(nomination=OuterRef("pk"))
    entries = list(
        Nomination.objects.filter(Exists(mine))
        .annotate(has_areas=Exists(areas))
        .select_related("edition__fair", "edition__award", "municipality")
    )
    editions = {entry.edition_id for entry in entries}
    stages = _open_stages(editions)
    asked = _asked(editions)
    answered = _answered(entries)
    lines = [_line(entry, stages.get(entry.edition_id), asked, answered, now) for entry in entries]
    lines.sort(key=lambda line: (not line.is_open, -line.nomination.edition.fair.label_year))
    return ContactDesk(tuple(lines))


def _line(entry: Nomination, stage: Stage | None, asked: dict, answered: set, now: datetime) -> EntryLine:
    deadline = _deadline(stage, entry.municipality.code)
    is_open = entry.state in WRITABLE and stage is not None and (deadline is None or deadline > now)
    required = asked.get(entry.edition_id, ())
    missing = tuple(
        Missing(_in_language(question.section, "title"), _in_language(question, "text"))
        for question in required
        if (entry.pk, question.pk) not in answered
        and not (question.kind == QuestionKind.IMPROVEMENT_AREAS and entry.has_areas)
    )
    url = reverse("nomination_page", args=[entry.edition.key, entry.municipality.code])
    return EntryLine(entry, deadline, is_open, missing, len(required), url)


def _open_stages(editions: Iterable[int]) -> dict[int, Stage]:
    stages = Stage.objects.filter(
        edition__in=editions, kind__in=WRITING_STAGES, state=StageState.OPEN
    ).prefetch_related("extensions")
    return {stage.edition_id: stage for stage in stages}


def _deadline(stage: Stage | None, code: str) -> datetime | None:
    """The stage's closing time, or the latest extension for everybody or for this municipality."""
    if stage is None:
        return None
    for_us: list[StageExtension] = [
        each for each in stage.extensions.all() if each.municipality_code in ("", code)
    ]
    return max(
        [each.closes_at for each in for_us] + [stage.closes_at] if stage.closes_at else [], default=None
    )


def _asked(editions: Iterable[int]) -> dict[int, list[Question]]:
    asked: dict[int, list[Question]] = {}
    required = Question.objects.filter(section__edition__in=editions, required=True).select_related("section")
    for question in required.order_by("section__position", "position"):
        asked.setdefault(question.section.edition_id, []).append(question)
    return asked


def _answered(entries: list[Nomination]) -> set[tuple[int, int]]:
    """(entry, question) for every answer that says something."""
    given = Answer.objects.filter(nomination__in=entries).exclude(text="", number=None, choice="")
    return set(given.values_list("nomination_id", "question_id"))


def _in_language(thing: object, name: str) -> str:
    language = formats.written_language(get_language())
    return getattr(thing, f"{name}_{language}") or getattr(thing, f"{name}_sv")
