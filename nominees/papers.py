"""Documents on paper: words from here, typesetting from the templates beside, tagged PDF out."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from awards import formats
from nominees.models import Submission
from nominees.receipt import receipt, sent_at
from nominees.submission_content import chapters
from nominees.typesetting import compiled, compiled_apart

FOLDER = Path(__file__).parent / "paper"
ROOT = FOLDER.parents[1]  # papers of the floors above are set on the same sheet


def receipt_pdf(submission: Submission, language: str) -> bytes:
    """The receipt of a version: the same bytes every time it is asked for."""
    found = receipt(submission, language)
    with translation.override(language):
        words = {
            "facts": [[fact.label, fact.value] for fact in found.facts],
            "lead": found.lead,
            "sha256": found.sha256,
            "sha256_label": _("SHA-256 of the content"),
            "check": _(
                "The content is the file content.json in the entry's package. Whoever has the file can "
                "compute its SHA-256 and compare: the same sum means the same content, to the letter."
            ),
            "files_title": _("Files"),
            "files_head": [_("File"), _("Size"), "SHA-256"],
            "files": [[each.name, each.size, each.sha256] for each in found.files],
        }
    return typeset("receipt", found.title, words, language, submission.submitted_at)


def submission_pdf(submission: Submission, language: str) -> bytes:
    """All that a version says, to read and to put into the register."""
    entry = submission.nomination
    with translation.override(language):
        title = _("%(municipality)s, %(edition)s") % {
            "municipality": entry.municipality.full_name,
            "edition": entry.edition.title,
        }
        words = {
            "lead": _("Version %(number)s, sent in %(at)s")
            % {"number": submission.number, "at": sent_at(submission, language)},
            "empty": _("Not answered."),
            "chapters": [
                {
                    "title": chapter.title,
                    "items": [
                        {
                            "title": item.title,
                            "note": item.note,
                            "lines": [[line.label, line.text.split("\n")] for line in item.lines],
                        }
                        for item in chapter.items
                    ],
                }
                for chapter in chapters(submission.content, language)
            ],
        }
    return typeset("submission", title, words, language, submission.submitted_at)


def typeset(
    template: str | Path, title: str, words: dict, language: str, at: datetime, *, apart: bool = False
) -> bytes:
    """A template with its words, as tagged PDF (PDF/UA-1), with the compiler's own fonts.

    `template` is a name in this floor's folder, or the path of another floor's template that stands on the
    same sheet. `apart` sets it in a process of its own: what may become hundreds of pages.
    """
    found = template if isinstance(template, Path) else FOLDER / f"{template}.typ"
    order = _order(found, title, words, language) | {
        "format": "pdf",
        "pdf_standards": ["ua-1"],
        "timestamp": int(at.timestamp()),
    }
    return compiled_apart(order) if apart else compiled(order)


def picture(template: Path, title: str, words: dict, language: str, pixels_per_inch: int) -> bytes:
    """A template of one page with its words, as PNG: the paper to look at before it is printed."""
    return compiled(_order(template, title, words, language) | {"format": "png", "ppi": pixels_per_inch})


def _order(template: Path, title: str, words: dict, language: str) -> dict:
    """What the typesetter is told, in values that JSON can carry."""
    paper = {"title": title, "language": language, "of": _page_of(language), **words}
    return {
        "input": str(template),
        "root": str(ROOT),
        "ignore_system_fonts": True,
        "sys_inputs": {"paper": json.dumps(paper, ensure_ascii=False)},
    }


def _page_of(language: str) -> str:
    with translation.override(language):
        return _("Page {page} of {pages}")


def file_name(what: str, submission: Submission, suffix: str) -> str:
    """`kvitto-0484-2027-version-2.pdf`: plain letters, so that every system keeps it."""
    entry = submission.nomination
    day = formats.local(submission.submitted_at).strftime("%Y%m%d")
    return f"{what}-{entry.municipality.code}-{entry.edition.key}-{day}-v{submission.number}.{suffix}"
