"""Saving answers: one row a question, written only where nobody else was first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import F

from awards.models import Person
from nominees.asking import Standing, standing_answers
from nominees.drafts import Saved, Written, settle
from nominees.models import Answer, Nomination
from nominees.states import QuestionKind
from nominees.typed import read_answer

PREFIX = "answer-"
_ELSEWHERE = (QuestionKind.FILE, QuestionKind.IMPROVEMENT_AREAS)


def write_answers(
    *,
    nomination: Nomination,
    written: Mapping[str, Written],
    now: datetime,
    by: Person,
) -> Saved:
    """Write what was changed, within the caller's transaction; no journal row of its own."""
    codes = [name.removeprefix(PREFIX) for name in written if name.startswith(PREFIX)]
    if not codes:
        return Saved()
    asked = standing_answers(nomination, codes)
    questions = {f"{PREFIX}{each.code}": each for each in asked if each.kind not in _ELSEWHERE}
    sound, problems = {}, {}
    for name, field in written.items():
        if name in questions:
            standing = questions[name]
            is_as_it_was = field.value == standing.value  # what a page showed is never asked about again
            value, problem = (field.value, "") if is_as_it_was else read_answer(standing, field.value)
            if problem:
                problems[name] = problem
            else:
                sound[name] = Written(value, field.was)
    stored = {name: each.value for name, each in questions.items()}
    changes, saved = settle(stored, sound, problems)
    for name, value in changes.items():
        _write(nomination, questions[name], value, now, by)
    return saved


def _write(nomination: Nomination, asked: Standing, value: str, now: datetime, by: Person) -> None:
    values = {"text": value, "number": None, "choice": ""}
    if asked.kind in (QuestionKind.GRADED, QuestionKind.CHOICE):
        values = {"text": "", "number": None, "choice": value}
    elif asked.kind == QuestionKind.NUMBER:
        values = {"text": "", "number": Decimal(value) if value else None, "choice": ""}
    if asked.answer_pk is None:
        Answer.objects.create(
            nomination=nomination, question_id=asked.pk, saved_at=now, saved_by=by, **values
        )
    else:
        Answer.objects.filter(pk=asked.answer_pk).update(
            version=F("version") + 1, saved_at=now, saved_by=by, **values
        )
