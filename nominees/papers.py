"""Documents on paper: words from here, typesetting from the templates beside, tagged PDF out."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from awards import formats
from nominees.models import Submission
from nominees.paper_signs import SUBSTITUTE, drawable, lacking, without
from nominees.receipt import receipt, sent_at
from nominees.submission_content import chapters
from nominees.typesetting import TypesettingError, compiled, compiled_apart

FOLDER = Path(__file__).parent / "paper"
ROOT = FOLDER.parents[1]  # papers of the floors above are set on the same sheet
MOST_TRIES = 6  # each without the signs that the one before could not draw


class PaperError(Exception):
    """The paper could not be made; what it tells stands on its page all the same."""


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
                            "title": item.heading,
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
    same sheet. `apart` sets it in a process of its own: what may become hundreds of pages. A sign without a
    glyph becomes a square, and the paper says so. PaperError when it fails.
    """
    path = template if isinstance(template, Path) else FOLDER / f"{template}.typ"
    pdf = {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": int(at.timestamp())}
    told = {"title": title, **words}
    shown = drawable(told)
    for _time in range(MOST_TRIES):
        order = _order(path, shown, language, is_whole=_signs(shown) <= _signs(told)) | pdf
        try:
            return compiled_apart(order) if apart else compiled(order)
        except TypesettingError as error:
            if not (gone := lacking(str(error))):
                raise PaperError(str(error)) from error
            shown = without(shown, gone)
    raise PaperError("there is always another sign without a glyph")


def picture(template: Path, title: str, words: dict, language: str, pixels_per_inch: int) -> bytes:
    """A template of one page with its words, as PNG: the paper to look at before it is printed."""
    order = _order(template, drawable({"title": title, **words}), language, is_whole=True)
    return compiled(order | {"format": "png", "ppi": pixels_per_inch})


def _order(template: Path, shown: dict, language: str, *, is_whole: bool) -> dict:
    """What the typesetter is told, in values that JSON can carry."""
    paper = {"language": language, **_sheet_words(language, is_whole=is_whole), **shown}
    return {
        "input": str(template),
        "root": str(ROOT),
        "ignore_system_fonts": True,
        "sys_inputs": {"paper": json.dumps(paper, ensure_ascii=False)},
    }


def _signs(words: object) -> int:
    """How many substitutes stand there."""
    return json.dumps(words, ensure_ascii=False).count(SUBSTITUTE)


def _sheet_words(language: str, *, is_whole: bool) -> dict[str, str]:
    """What every sheet says at its foot, and at its end where signs are missing."""
    with translation.override(language):
        lacks = _("%(sign)s stands for a sign that the fonts of this paper do not have.")
        return {"of": _("Page {page} of {pages}"), "lacks": "" if is_whole else lacks % {"sign": SUBSTITUTE}}


def file_name(what: str, submission: Submission, suffix: str) -> str:
    """`kvitto-0484-2027-20270301-v2.pdf`, by the day it came in: plain letters, which all systems keep."""
    entry = submission.nomination
    day = formats.local(submission.submitted_at).strftime("%Y%m%d")
    return f"{what}-{entry.municipality.code}-{entry.edition.key}-{day}-v{submission.number}.{suffix}"
