"""The nouns of the criteria floor, one room each."""

from criteria.models.assignment import Assignment, Recusal
from criteria.models.round import Round
from criteria.models.scoring_model import ScoringModel
from criteria.models.sheet import Score, ScoreSheet

__all__ = ["Assignment", "Recusal", "Round", "Score", "ScoreSheet", "ScoringModel"]
