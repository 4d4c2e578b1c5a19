"""A juror's sheet as it stands in the database, read as one paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from awards.prepared import Prepared
from criteria.lines import Line, Paper
from criteria.models import Assignment, Score, ScoreSheet
from criteria.scoring import Blank, Mark


def sheet_of(assignment: Assignment) -> ScoreSheet | None:
    """The assignment's sheet, or None before the first save; no query when it was selected along."""
    return getattr(assignment, "sheet", None)


_LATEST = Prepared(lambda sheet: Score.objects.filter(sheet=sheet, is_latest=True), sheet=int)


def latest_scores(sheet: ScoreSheet | None) -> list[Score]:
    """What stands on each criterion now."""
    if sheet is None or not sheet.version:
        return []
    return _LATEST.things(sheet=sheet.pk)


def latest_scores_of(sheets: Iterable[ScoreSheet]) -> dict[int, list[Score]]:
    """The same of several sheets, by the sheet's id: one query."""
    found: dict[int, list[Score]] = defaultdict(list)
    for score in Score.objects.filter(sheet__in=[each.pk for each in sheets], is_latest=True):
        found[score.sheet_id].append(score)
    return found


def paper_of(sheet: ScoreSheet | None, scores: list[Score] | QuerySet) -> Paper:
    """Sheet and scores as a paper."""
    lines = {score.criterion: line_of(score) for score in scores}
    if sheet is None:
        return Paper(lines, "", "")
    return Paper(lines, sheet.private_note, sheet.note_to_jury)


def line_of(score: Score) -> Line:
    """A score's row as a line."""
    return Line(mark_of(score.value, score.blank), score.strengths, score.improvements, score.evidence)


def mark_of(value: object, blank: str) -> Mark | None:
    """The two columns of a score as a mark, or None where neither says anything."""
    if blank:
        return Mark(blank=Blank(blank))
    return None if value is None else Mark(value=value)
