"""The papers of a package: binder, protocol, minutes, diplomas and the feedback that was given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from awards.models import Edition
from criteria.feedback.paper import feedback_pdf
from criteria.minutes import minutes_of, minutes_pdf
from criteria.models import ConsensusMeeting, FeedbackReport
from criteria.standings import standings_of
from nominees.uploads.file_names import free_name
from reports.papers.binder import binder_pdf
from reports.papers.diplomas import diplomas_of, diplomas_on_paper
from reports.papers.protocol import protocol_pdf

LANGUAGE = "sv"


def pdf_files(edition: Edition, now: datetime) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each paper, with nothing left out."""
    yield "juryns-parm.pdf", binder_pdf(edition, by=None, now=now, language=LANGUAGE)
    yield "juryprotokoll.pdf", protocol_pdf(edition, by=None, now=now, language=LANGUAGE)
    if diplomas := diplomas_of(edition, by=None, now=now):
        yield "diplom.pdf", diplomas_on_paper(edition, diplomas, now=now, language=LANGUAGE)
    yield from _minutes(edition)
    yield from _feedback(edition)


def _minutes(edition: Edition) -> Iterator[tuple[str, bytes]]:
    meetings = ConsensusMeeting.objects.filter(round__edition=edition).select_related("round__scoring_model")
    for number, meeting in enumerate(meetings.order_by("pk"), start=1):
        meeting.round.edition = edition
        found = minutes_of(meeting, standings_of(meeting.round), frozenset())
        yield f"samsynsmotet-{number}.pdf", minutes_pdf(found, LANGUAGE)


def _feedback(edition: Edition) -> Iterator[tuple[str, bytes]]:
    reports = FeedbackReport.objects.released().filter(nomination__edition=edition)
    taken: set[str] = set()
    for report in reports.select_related(
        "nomination__municipality", "nomination__edition__fair", "round__scoring_model"
    ):
        place = report.nomination.municipality
        yield (
            free_name(f"aterkoppling-{place.code}.pdf", taken),
            feedback_pdf(report, LANGUAGE),
        )
