"""The feedback report on paper: the same words as on the page, as tagged PDF."""

from __future__ import annotations

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from awards import drawing, formats
from criteria.feedback.page import Criterion, FeedbackPage, feedback_page
from criteria.models import FeedbackReport
from nominees.papers import typeset

PAPER = Path(__file__).parent.parent / "paper" / "feedback.typ"
FONT = ("DejaVu Sans", "Libertinus Serif")  # the drawing's font, and the one that the compiler has


def feedback_pdf(report: FeedbackReport, language: str) -> bytes:
    """The report as PDF: the same bytes every time it is asked for, as long as it says the same."""
    with translation.override(language):
        page = feedback_page(report, language)
        words = {
            "lead": lead(report, language),
            "notice": str(notice()),
            "general": page.general,
            "criteria_title": _("The criteria"),
            "areas": [
                {"title": area.title, "criteria": [_said(each) for each in area.criteria]}
                for area in page.areas
            ],
            "strengths": _("Strengths"),
            "improvements": _("Areas for improvement"),
            "empty": _("Nothing has been written on single criteria."),
            "values_title": _("Your values and the field"),
            "notes": page.notes,
            "chart": _drawn(page, language),
            "legend": page.legend,
            "rows_head": [_("Criterion"), _("Your value"), _("The field's median")],
            "rows": page.rows,
        }
    at = report.released_at if report.is_released else report.saved_at
    return typeset(PAPER, page.title, words, language, at)


def notice() -> str:
    """What receiving it means, for whoever sends it and whoever reads it."""
    return _("When the municipality receives the feedback, it becomes a public record there.")


def lead(report: FeedbackReport, language: str) -> str:
    """When it was released, or that it has not been."""
    if not report.is_released:
        return _("A draft. The municipality has not received it.")
    at = formats.day_long(report.released_at, language, year=True)
    return _("Released %(at)s.") % {"at": at}


def file_name(report: FeedbackReport) -> str:
    """`aterkoppling-0484-2027.pdf`: plain letters, so that every system keeps it."""
    entry, what = report.nomination, _("feedback")
    return f"{what}-{entry.municipality.code}-{entry.edition.key}.pdf"


def _said(each: Criterion) -> dict:
    values = ""
    if each.own and each.field:
        values = _("Your value %(own)s, the field's median %(field)s") % {
            "own": each.own,
            "field": each.field,
        }
    elif each.own:
        values = _("Your value %(own)s") % {"own": each.own}
    return {
        "title": each.title,
        "strengths": each.strengths,
        "improvements": each.improvements,
        "values": values,
    }


def _drawn(page: FeedbackPage, language: str) -> dict | None:
    if page.chart is None:
        return None
    svg = drawing.picture(page.chart, language).replace(*FONT)
    return {"svg": svg, "alt": f"{page.chart.title}. {page.chart.description}"}
