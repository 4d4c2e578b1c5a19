"""What a juror typed, as plain text to keep when it could not be saved."""

from __future__ import annotations

from collections.abc import Mapping

from criteria.lines import NOTES, TEXTS, written_codes
from criteria.plan import plan_for
from criteria.score_form import text_label
from criteria.scoring import ScoringModel


def sheet_as_text(model: ScoringModel, typed: Mapping[str, str], heading: str, language: str) -> str:
    """The typed fields by posted name, one paragraph a criterion, empty ones left out."""
    paragraphs = [heading]
    for code in written_codes(model):
        lines = [
            f"{text_label(what)}: {value}"
            for what, value in (
                ("mark", typed.get(f"criterion-{code}")),
                *((text, typed.get(f"{text}-{code}")) for text in TEXTS),
            )
            if value
        ]
        if lines:
            title = plan_for(model).by_code[code].node.title.in_language(language)
            paragraphs.append("\n".join([f"{code} {title}", *lines]))
    paragraphs += [f"{text_label(note)}: {typed[note]}" for note in NOTES if typed.get(note)]
    return "\r\n".join("\n\n".join(paragraphs).splitlines()) + "\r\n"
