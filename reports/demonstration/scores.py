"""The jurors' invented scores: the same every time, with strict and generous jurors and one quarrel."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal

from awards.states import StageKind
from criteria.actions import (
    accept_undertaking,
    assign_everybody,
    close_round,
    finish_sheet,
    issue_undertaking,
    load_presets,
    open_round,
    plan_round,
    recuse,
    save_sheet,
)
from criteria.definitions import tree_of
from criteria.lines import Line, Paper
from criteria.models import Assignment, Round, ScoringModel
from criteria.scoring import Blank, Mark, leaves
from criteria.states import ModelState, RecusalReason, ScoreSource
from nominees.models import Nomination
from reports.demonstration.calendar import of_kind, span
from reports.demonstration.people import Cast
from reports.demonstration.script import BORAS, JURORS, texts

MODEL = "four-areas"
QUALITY = {"1490": 3.6, "0484": 3.7, "1283": 3.2, "1780": 3.4, "1261": 3.9, "1980": 3.3}
STRICTNESS = dict(zip(JURORS, (0.0, -0.5, 0.4, -0.2, 0.6, 0.0), strict=True))
QUARREL = {("juror4", "1283"): 1.6, ("juror2", "1283"): -1.0}  # what the consensus meeting will talk about
NOT_APPLICABLE, NO_EVIDENCE = ("juror4", "1780", "C3"), ("juror3", "1261", "B3")
MIDWAY = {"juror5": 3, "juror6": 2}  # sheets done in the round under way; the next one is a draft
RECUSED = ("juror2", BORAS)


def open_scoring(cast: Cast, entries: dict[str, Nomination], now: datetime) -> Round:
    """A round under way: four jurors are done, two are midway, one stands aside from one entry."""
    scoring_round = _begin(cast, entries, now)
    for name in JURORS:
        _score(scoring_round, cast, name, now, done=MIDWAY.get(name), with_draft=name in MIDWAY)
    return scoring_round


def finish_scoring(cast: Cast, entries: dict[str, Nomination], now: datetime) -> Round:
    """A round that is over: every sheet done, and the round closed before the consensus meeting."""
    scoring_round = _begin(cast, entries, now)
    for name in JURORS:
        _score(scoring_round, cast, name, scoring_round.closes_at - timedelta(days=1))
    return close_round(scoring_round=scoring_round, by=cast.people["chair"])


def _begin(cast: Cast, entries: dict[str, Nomination], now: datetime) -> Round:
    edition = cast.seats["chair"].edition
    opens_at, closes_at = span(now, of_kind(edition.fair.label_year, StageKind.SCORING))
    scoring_round = plan_round(
        edition=edition,
        scoring_model=_model(),
        opens_at=opens_at,
        closes_at=closes_at,
        by=cast.organiser,
    )
    open_round(scoring_round=scoring_round, now=opens_at, by=cast.organiser)
    assign_everybody(scoring_round=scoring_round, nominations=entries.values(), by=cast.organiser)
    _undertake(cast, opens_at)
    juror, code = RECUSED
    recuse(
        juror=cast.seats[juror],
        nomination=entries[code],
        reason=RecusalReason.EMPLOYER,
        note="Övning: har varit anställd i kommunen.",
        now=opens_at,
        by=cast.people[juror],
    )
    return scoring_round


def _undertake(cast: Cast, now: datetime) -> None:
    """The undertaking in force, accepted by every juror."""
    said = texts()["undertaking"]
    undertaking = issue_undertaking(
        edition=cast.seats["chair"].edition,
        text_sv=said["sv"],
        text_en=said["en"],
        now=now,
        by=cast.organiser,
    )
    for name in JURORS:
        accept_undertaking(undertaking=undertaking, now=now, by=cast.people[name])


def _model() -> ScoringModel:
    """The four areas in use here; the product's own where none is yet."""
    in_use = ScoringModel.objects.filter(code=MODEL, state=ModelState.ACTIVE)
    if not in_use.exists():
        load_presets(by=None)
    return in_use.latest("version")


def _score(
    scoring_round: Round,
    cast: Cast,
    name: str,
    until: datetime,
    *,
    done: int | None = None,
    with_draft: bool = False,
) -> None:
    """Let one juror work down the list, one sheet an evening, the last one the evening before `until`."""
    mine = _readable(scoring_round, cast, name)
    whole = mine[:done] if done is not None else mine
    for number, assignment in enumerate(whole):
        at = until - timedelta(days=len(whole) - number, hours=2, minutes=7 * number)
        _write(assignment, name, at, cast)
        finish_sheet(
            assignment=Assignment.objects.get(pk=assignment.pk),
            now=at + timedelta(minutes=25),
            by=cast.people[name],
        )
    if with_draft:
        _write(mine[len(whole)], name, until - timedelta(hours=3), cast, only=5)


def _readable(scoring_round: Round, cast: Cast, name: str) -> list[Assignment]:
    assignments = Assignment.objects.filter(round=scoring_round, juror=cast.seats[name]).not_recused()
    return list(assignments.select_related("nomination__municipality", "round__edition").order_by("position"))


def _write(assignment: Assignment, name: str, at: datetime, cast: Cast, *, only: int | None = None) -> None:
    code = assignment.nomination.municipality.code
    key = scoring_key(assignment, name, code)
    lot = random.Random(key)  # noqa: S311 - invented figures that must come out the same, not a secret
    criteria = [leaf.code for leaf in leaves(tree_of(assignment.round.scoring_model))]
    lines = {criterion: _line(lot, name, code, criterion) for criterion in criteria[: only or len(criteria)]}
    note = lot.choice(texts()["private_notes"])
    save_sheet(
        assignment=assignment,
        written=Paper(lines, private_note=note),
        version=0,
        now=at,
        source=ScoreSource.DEMONSTRATION,
        by=cast.people[name],
    )


def scoring_key(assignment: Assignment, name: str, code: str) -> str:
    """What the lot is drawn from: the rehearsal, the seat and the municipality, never a database id."""
    return f"{assignment.round.edition.key}/{name}/{code}"


def _line(lot: random.Random, name: str, code: str, criterion: str) -> Line:
    leaning = QUALITY[code] + STRICTNESS[name] + QUARREL.get((name, code), 0)
    value = min(5, max(1, round(leaning + lot.gauss(0, 0.6))))
    words = texts()["comments"][criterion]
    strengths = lot.choice(words["strengths"]) if value > 2 else ""
    improvements = lot.choice(words["improvements"]) if value < 5 else ""
    if (name, code, criterion) == NO_EVIDENCE:
        return Line(Mark(blank=Blank.NO_EVIDENCE), "", "Underlag saknas i ansökan.", "")
    if (name, code, criterion) == NOT_APPLICABLE:
        return Line(Mark(blank=Blank.NOT_APPLICABLE), "", "", "")
    evidence = f"Övningsbilaga {lot.randint(1, 3)}" if lot.random() < 0.5 else ""
    return Line(Mark(value=Decimal(value)), strengths, improvements, evidence)
