"""The nouns of the nominees' floor, one room each."""

from nominees.models.contact import Contact
from nominees.models.contribution import Contribution, Theme
from nominees.models.evaluation import Evaluation, EvaluationArea
from nominees.models.improvement import Challenge, ImprovementArea, Initiative
from nominees.models.jury_question import JuryQuestion
from nominees.models.material import Material
from nominees.models.municipality import County, Municipality, MunicipalityName
from nominees.models.nomination import Nomination, NominationEvent
from nominees.models.questionnaire import Answer, Question, Section
from nominees.models.submission import Submission

__all__ = [
    "Answer",
    "Challenge",
    "Contact",
    "Contribution",
    "County",
    "Evaluation",
    "EvaluationArea",
    "ImprovementArea",
    "Initiative",
    "JuryQuestion",
    "Material",
    "Municipality",
    "MunicipalityName",
    "Nomination",
    "NominationEvent",
    "Question",
    "Section",
    "Submission",
    "Theme",
]
