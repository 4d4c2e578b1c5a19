"""The organiser's desk: what still stands in the way, the outbox, and what has just happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value, prefetch_related_objects
from django.urls import reverse

from awards import chronicle, gates
from awards.gates import Blocker
from awards.models import Edition, Person, Stage
from awards.states import LetterState, StageKind
from criteria.progress import JurorLine, Matrix, Progress, matrix_of
from criteria.readings import hidden_from
from nominees.models import JuryQuestion
from nominees.phrases import capitalised, spelled
from reports.desks.focus import stage_after, stage_in_hand

JURY_STAGES = (StageKind.SCORING, StageKind.CONSENSUS)


@dataclass(frozen=True)
class Outbox:
    """How many letters wait for approval, are on their way, have left and have failed."""

    drafts: int
    queued: int
    sent: int
    failed: int


@dataclass(frozen=True)
class OrganiserDesk:
    """Everything on the page."""

    edition: Edition
    stage: Stage | None
    after: Stage | None
    lines: tuple[Blocker, ...]
    outbox: Outbox
    questions: int  # from the jury, neither released nor held back
    latest: tuple[chronicle.Happening, ...]
    matrix: Matrix | None
    progress_url: str

    @property
    def open_lines(self) -> int:
        """How many things remain."""
        return sum(not line.settled for line in self.lines)

    @property
    def open_in_words(self) -> str:
        """The same in letters while it is a small number."""
        return capitalised(spelled(self.open_lines))

    @property
    def scores_are_open(self) -> bool:
        """Whether the jury's scoring is over, so that standings, meeting and decision are what comes."""
        return self.matrix is not None and self.matrix.scoring_round.state in ("closed", "revealed")

    @property
    def silent(self) -> tuple[JurorLine, ...]:
        """The jurors who have not begun anything."""
        if self.matrix is None:
            return ()
        begun = (Progress.DRAFT, Progress.DONE)
        return tuple(
            line for line in self.matrix.lines if line.of and not any(cell in begun for cell in line.cells)
        )

    @property
    def behind(self) -> tuple[JurorLine, ...]:
        """The jurors with something left, those who have not begun among them."""
        return tuple(line for line in self.matrix.lines if not line.is_done) if self.matrix else ()


def organiser_desk(edition: Edition, reader: Person) -> OrganiserDesk:
    """Seven queries; the stages are read once, for the shell too. What `reader` left to others is hidden."""
    prefetch_related_objects([edition], "stages")
    stage = stage_in_hand(edition)
    jury = stage is not None and stage.kind in JURY_STAGES
    table = matrix_of(edition, hidden_from(reader, edition)) if jury else None
    outbox, questions = _waiting(edition)
    return OrganiserDesk(
        edition=edition,
        stage=stage,
        after=stage_after(edition, stage),
        lines=gates.checklist(edition, stage.kind) if stage else (),
        outbox=outbox,
        questions=questions,
        latest=chronicle.latest(edition),
        matrix=table if table and table.lines else None,
        progress_url=reverse("progress_page", args=[edition.key]),
    )


def _waiting(edition: Edition) -> tuple[Outbox, int]:
    """The outbox, and how many of the jury's questions are neither released nor held back. One query."""
    asked = JuryQuestion.objects.filter(nomination__edition=edition, released_at=None, refused_at=None)
    rows = _counted(edition.letters, "state").union(
        _counted(asked.annotate(state=Value("asked")), "state"), all=True
    )
    counts = Counter(dict(rows))
    on_their_way = counts[LetterState.QUEUED] + counts[LetterState.SENDING]
    left = counts[LetterState.SENT] + counts[LetterState.KEPT]
    outbox = Outbox(counts[LetterState.DRAFT], on_their_way, left, counts[LetterState.FAILED])
    return outbox, counts["asked"]


def _counted(rows: QuerySet, by: str) -> QuerySet:
    return rows.order_by().values(by).annotate(number=Count("pk")).values_list(by, "number")
