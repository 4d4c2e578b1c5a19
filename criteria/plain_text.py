"""What a juror typed, as plain text to keep when it could not be saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from criteria.lines import NOTES, TEXTS, written_codes
from criteria.plan import plan_for
from criteria.score_form import blank_name, text_label
from criteria.scoring import Blank, ScoringModel


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


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One answer as it was typed, under a label that tells nothing but the criterion's code."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """How many rows it is shown in."""
        return min(12, 1 + self.text.count("\n") + len(self.text) // 80)


def sheet_fields(post: QueryDict) -> list[tuple[str, str]]:
    """Every (name, value) that a score form posted, in its order; other names are left out."""
    return [(name, value) for name, given in post.lists() if _what(name)[0] for value in given]


def typed_lines(post: QueryDict) -> Iterator[TypedLine]:
    """The answers of a posted score form that say anything: without the model, so by code."""
    for name, value in sheet_fields(post):
        what, code = _what(name)
        text = value.replace("\r\n", "\n").replace("\x00", "").strip()
        if text:
            said = str(blank_name(Blank(text))) if what == "mark" and text in set(Blank) else text
            yield TypedLine(f"{code} {text_label(what)}".strip(), said)


def typed_as_text(post: QueryDict) -> str:
    """The same as plain text."""
    return (
        "\r\n".join("\n\n".join(f"{line.label}: {line.text}" for line in typed_lines(post)).splitlines())
        + "\r\n"
    )


def _what(name: str) -> tuple[str, str]:
    if name in NOTES:
        return name, ""
    what, _dash, code = name.partition("-")
    if what == "criterion" and code:
        return "mark", code
    return (what, code) if what in TEXTS and code else ("", "")
