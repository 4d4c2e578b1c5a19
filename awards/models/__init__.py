"""The nouns of the ground floor, one room each."""

from awards.models.award import Award, AwardName, Fair
from awards.models.edition import Edition, EditionDate, Partner
from awards.models.job import Job
from awards.models.journal import JournalEntry
from awards.models.letter import Letter, LetterTemplate, ReminderPlan
from awards.models.person import Person
from awards.models.role import Invitation, Role
from awards.models.seat import Seat
from awards.models.source import Source
from awards.models.stage import Stage, StageExtension

__all__ = [
    "Award",
    "AwardName",
    "Edition",
    "EditionDate",
    "Fair",
    "Invitation",
    "Job",
    "JournalEntry",
    "Letter",
    "LetterTemplate",
    "Partner",
    "Person",
    "ReminderPlan",
    "Role",
    "Seat",
    "Source",
    "Stage",
    "StageExtension",
]
