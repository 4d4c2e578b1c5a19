"""Worlds for the tests of feedback: scoring closed, the ceremony over, reports written and released."""

from awards.models import Edition, Stage
from awards.states import StageKind, StageState
from criteria import actions
from criteria.feedback.texts import Words
from criteria.models import FeedbackReport
from tests.criteria.jury import close
from tests.story import ESKILSTUNA


def ceremony_over(story) -> None:
    """The ceremony's stage has closed."""
    Stage.objects.filter(edition=story.edition, kind=StageKind.CEREMONY).update(state=StageState.CLOSED)


def written(story, code: str = ESKILSTUNA, **texts: Words) -> FeedbackReport:
    """A draft with a few words, the scoring closed."""
    close(story)
    words = texts or {"A1": Words("Tydlig riktning", "Följ upp oftare"), "B2": Words("Nära invånarna")}
    report = actions.save_feedback(
        nomination=story.nominations[code],
        scoring_round=story.round,
        words=words,
        general="Tack för en genomtänkt ansökan.",
        version=0,
        now=story.now,
        by=story.organiser,
    )
    return found(report)


def reviewed(story, code: str = ESKILSTUNA) -> FeedbackReport:
    """A report that is ready."""
    return actions.review_feedback(report=written(story, code), now=story.now, by=story.organiser)


def released(story, code: str = ESKILSTUNA) -> FeedbackReport:
    """A report that the municipality has."""
    report = reviewed(story, code)
    ceremony_over(story)
    report = found(report)
    actions.release_feedback(report=report, version=report.version, now=story.now, by=story.organiser)
    return found(report)


def found(report: FeedbackReport) -> FeedbackReport:
    """The report read anew with what hangs on it."""
    return FeedbackReport.objects.select_related(
        "nomination__municipality", "nomination__edition__fair", "round__scoring_model"
    ).get(pk=report.pk)


def concluded(story) -> None:
    """The edition has been concluded."""
    Edition.objects.filter(pk=story.edition.pk).update(state="concluded")
