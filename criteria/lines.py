"""What a score sheet says, line by line, and how two versions of it differ; no query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from criteria.scoring import Mark, Node, ScoringModel, inputs, walk

TEXTS = ("strengths", "improvements", "evidence")
NOTES = ("private_note", "note_to_jury")
LONGEST = 10_000  # characters in one of the texts, however it comes


@dataclass(frozen=True)
class Line:
    """What stands on one criterion: a mark or none yet, and three texts."""

    mark: Mark | None = None
    strengths: str = ""
    improvements: str = ""
    evidence: str = ""

    @property
    def is_empty(self) -> bool:
        """True when nothing stands there."""
        return self == Line()


@dataclass(frozen=True)
class Paper:
    """A whole sheet, or the part of one that somebody wrote.

    A line that is not here and a note that is None were not touched. `only`, where it is given, names the
    touched fields as (code, field): other fields of the lines mean nothing.
    """

    lines: Mapping[str, Line] = field(default_factory=dict)  # by node code
    private_note: str | None = None
    note_to_jury: str | None = None
    only: frozenset[tuple[str, str]] | None = None

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks by node code."""
        return {code: line.mark for code, line in self.lines.items() if line.mark is not None}

    def touched(self, code: str) -> tuple[str, ...]:
        """The fields of this line that the writer wrote."""
        fields = ("mark", *TEXTS)
        return fields if self.only is None else tuple(each for each in fields if (code, each) in self.only)


@dataclass(frozen=True)
class Difference:
    """One place where two papers disagree. `code` is empty for a note; `what` is the name of the field."""

    code: str
    what: str  # mark, one of TEXTS, or one of NOTES
    saved: Mark | str | None
    written: Mark | str | None


def differences(saved: Paper, written: Paper) -> tuple[Difference, ...]:
    """Where `written` says something else than `saved`; what it does not mention is no difference."""
    found = [
        Difference(code, what, getattr(saved.lines.get(code, Line()), what), getattr(line, what))
        for code, line in written.lines.items()
        for what in written.touched(code)
        if getattr(saved.lines.get(code, Line()), what) != getattr(line, what)
    ]
    found += [
        Difference("", note, getattr(saved, note), getattr(written, note))
        for note in NOTES
        if getattr(written, note) is not None and getattr(written, note) != (getattr(saved, note) or "")
    ]
    return tuple(found)


def merged(saved: Paper, written: Paper) -> Paper:
    """`saved` with what `written` mentions put over it."""
    notes = {note: getattr(written, note) for note in NOTES if getattr(written, note) is not None}
    lines = {
        code: replace(
            saved.lines.get(code, Line()), **{what: getattr(line, what) for what in written.touched(code)}
        )
        for code, line in written.lines.items()
    }
    return replace(saved, lines={**saved.lines, **lines}, **notes)


def text_nodes(model: ScoringModel) -> tuple[Node, ...]:
    """Where strengths, areas for improvement and evidence are written: criteria, and groups of attributes."""
    return tuple(node for node, _parent in walk(model) if has_texts(node))


def has_texts(node: Node) -> bool:
    """True for a criterion and for a group whose parts are attributes."""
    return node.kind == "criterion" or any(child.kind == "attribute" for child in node.children)


def written_codes(model: ScoringModel) -> tuple[str, ...]:
    """Every node that has a line on a sheet: those that take a mark, and the criteria above attributes."""
    marks = {node.code: None for node in inputs(model)}
    return tuple({**marks, **{node.code: None for node in text_nodes(model)}})


def unexplained(deviates: tuple[str, ...], paper: Paper) -> tuple[str, ...]:
    """Overall judgements far from their parts that no text explains."""
    return tuple(
        code for code in deviates if not any(getattr(paper.lines.get(code, Line()), text) for text in TEXTS)
    )
