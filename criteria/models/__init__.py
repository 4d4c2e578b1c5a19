"""The nouns of the criteria floor, one room each."""

from criteria.models.assignment import Assignment, Clearance, Recusal
from criteria.models.consensus import Attendance, ChairsOrder, Consensus, ConsensusMeeting, Departure
from criteria.models.decision import Decision, DecisionRow
from criteria.models.feedback import FeedbackReport
from criteria.models.publication import Publication
from criteria.models.reading import ScoreReading
from criteria.models.round import Round
from criteria.models.scoring_model import ScoringModel
from criteria.models.sheet import Score, ScoreSheet
from criteria.models.undertaking import Acceptance, Tie, Undertaking

__all__ = [
    "Acceptance", "Assignment", "Attendance", "ChairsOrder", "Clearance", "Consensus", "ConsensusMeeting",
    "Decision", "DecisionRow", "Departure", "FeedbackReport", "Publication", "Recusal", "Round", "Score",
    "ScoreReading", "ScoreSheet", "ScoringModel", "Tie", "Undertaking",
]  # fmt: skip
