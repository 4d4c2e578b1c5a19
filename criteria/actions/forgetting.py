"""What this floor lets go of when people are forgotten: ties, words about them, and their own notes."""

from __future__ import annotations

from collections.abc import Collection

from awards.models import Edition
from criteria.models import Recusal, ScoreSheet, Tie


def forget_jurors(_edition: Edition, people: Collection[int]) -> None:
    """Scores, sheets and recusals with their kinds stay: nothing that is counted changes. No journal row."""
    Tie.objects.filter(person__in=people).delete()
    Recusal.objects.filter(juror__person__in=people).update(note="")
    ScoreSheet.objects.filter(assignment__juror__person__in=people).update(private_note="")
