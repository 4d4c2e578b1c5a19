"""A scoring model with what stands on a sheet, laid out as the blocks of the score form; no query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from awards import formats
from criteria.lines import NOTES, TEXTS, Difference, Line, Paper, has_texts
from criteria.plan import plan_for
from criteria.scoring import Blank, Mark, Node, Scale, ScoringModel, Tally
from criteria.values import plain

MOST_LEVELS = 12  # a scale with more steps is typed, not chosen


@dataclass(frozen=True, slots=True)
class Level:
    """One radio button: what it posts, the step it shows, its name and what it means."""

    value: str
    step: str
    name: str
    text: str = ""
    checked: bool = False
    key: str = ""  # the number key that chooses it


@dataclass(frozen=True, slots=True)
class Field:
    """Where one mark is given. `levels` are chosen among; without them the number is typed."""

    code: str
    name: str  # as posted
    title: str
    levels: tuple[Level, ...]
    blanks: tuple[Level, ...]
    bands: tuple[Level, ...] = ()
    typed: str = ""
    hint: str = ""
    problem: object = ""

    @property
    def is_blank(self) -> bool:
        """Whether one of the words is chosen instead of a number."""
        return any(blank.checked for blank in self.blanks)


@dataclass(frozen=True, slots=True)
class TextBox:
    """One of the three texts of a criterion."""

    name: str
    label: str
    value: str
    rows: int = 2
    problem: object = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, or one criterion with its field, its attributes and its texts."""

    code: str
    title: str
    guidance: str
    beside: str  # what it weighs
    gives: str  # what it comes to so far
    depth: int = 1
    field: Field | None = None
    attributes: tuple[Field, ...] = ()
    texts: tuple[TextBox, ...] = ()

    @property
    def is_heading(self) -> bool:
        """True for a group that only gathers others."""
        return self.field is None and not self.attributes

    @property
    def attribute_bands(self) -> tuple[Level, ...]:
        """What the levels of the attributes mean, told once where they share a scale."""
        shared = {field.bands for field in self.attributes}
        return shared.pop() if len(shared) == 1 else ()

    @property
    def is_missing(self) -> bool:
        """Whether the criterion still lacks a mark (a script hides the word once there is one)."""
        fields = self.attributes or ((self.field,) if self.field else ())
        return any(not _has_value(field) for field in fields)


@dataclass(frozen=True)
class Laying:
    """What the blocks are laid out from: the model, what stands, what was typed and what is wrong with it."""

    model: ScoringModel
    paper: Paper
    tally: Tally
    language: str
    typed: Mapping[str, str]  # by posted name; wins over what stands
    problems: Mapping[str, object]  # by posted name


def blocks(
    model: ScoringModel,
    paper: Paper,
    tally: Tally,
    language: str,
    *,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, object] | None = None,
) -> tuple[Block, ...]:
    """The form from top to bottom. `typed` and `problems` are by posted name, after a refused post."""
    laying = Laying(model, paper, tally, language, typed or {}, problems or {})
    return tuple(each for child in model.root.children for each in _blocks(laying, child, model.root, 2))


def notes(paper: Paper, typed: Mapping[str, str], problems: Mapping[str, object]) -> dict[str, TextBox]:
    """The two notes of a sheet, by name."""
    return {
        name: TextBox(
            name,
            text_label(name),
            typed.get(name, getattr(paper, name) or ""),
            problem=problems.get(name, ""),
        )
        for name in NOTES
    }


def gives(model: ScoringModel, tally: Tally, language: str) -> dict[str, str]:
    """What each group and criterion comes to, in words, by code: the figures that change as one scores."""
    return {
        node.code: _gives(node, tally, model.rounding.places, language)
        for node in (model.root, *_below(model.root))
        if not node.is_leaf or node.max_points is not None
    }


def shown(mark: Mark | None, scale: Scale | None, language: str) -> str:
    """A mark in words: 4, 4,5, "no evidence", or empty."""
    if mark is None:
        return ""
    if mark.blank is not None:
        return blank_name(mark.blank)
    return _decimal(plain(mark.value, scale) if scale else mark.value, language)


def posted(mark: Mark | None, scale: Scale | None) -> str:
    """A mark as the form posts it: 4, 4.5, no_evidence, or empty."""
    if mark is None:
        return ""
    return str(mark.blank) if mark.blank is not None else f"{plain(mark.value, scale):f}"


def blank_name(blank: Blank) -> str:
    """The two words that are not scores."""
    return _("No evidence") if blank == Blank.NO_EVIDENCE else _("Not applicable")


def text_label(what: str) -> str:
    """The label of a text field."""
    return {
        "strengths": _("Strengths"),
        "improvements": _("Areas for improvement"),
        "evidence": _("Where does it say so?"),
        "private_note": _("Private note"),
        "note_to_jury": _("Note to the jury"),
        "mark": _("Score"),
    }[what]


def typed_by_hand(scale: Scale) -> bool:
    """Whether the number is typed rather than chosen among levels."""
    return scale.input != "choice" or (scale.max - scale.min) / scale.step >= MOST_LEVELS


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that was saved elsewhere meanwhile: both texts, and what each would post."""

    name: str
    title: str
    saved: str
    written: str
    saved_value: str
    written_value: str


def clashes(model: ScoringModel, found: Iterable[Difference], language: str) -> tuple[Clash, ...]:
    """The differences of a conflict, ready to choose among."""
    return tuple(_clash(model, each, language) for each in found)


def _clash(model: ScoringModel, each: Difference, language: str) -> Clash:
    if not each.code:
        return Clash(each.what, text_label(each.what), *(2 * (each.saved or "", each.written or "")))
    node = plan_for(model).by_code[each.code].node
    title = f"{node.title.in_language(language)}, {text_label(each.what).lower()}"
    if each.what != "mark":
        return Clash(f"{each.what}-{each.code}", title, *(2 * (each.saved, each.written)))
    return Clash(
        f"criterion-{each.code}",
        title,
        shown(each.saved, node.scale, language),
        shown(each.written, node.scale, language),
        posted(each.saved, node.scale),
        posted(each.written, node.scale),
    )


# One node after the other ---------------------------------------------------------------------------
def _blocks(laying: Laying, node: Node, parent: Node, depth: int) -> Iterator[Block]:
    attributes = tuple(child for child in node.children if child.kind == "attribute")
    if node.is_leaf or attributes:
        yield _criterion(laying, node, parent, depth, attributes)
        return
    yield _heading(laying, node, parent, depth)
    for child in node.children:
        yield from _blocks(laying, child, node, depth + 1)
    if node.takes_mark:
        yield _criterion(laying, node, parent, depth + 1, ())


def _heading(laying: Laying, node: Node, parent: Node, depth: int) -> Block:
    return Block(
        code=node.code,
        title=node.title.in_language(laying.language),
        guidance=node.guidance.in_language(laying.language),
        beside=_weighs(node, parent, laying.language),
        gives=_gives(node, laying.tally, laying.model.rounding.places, laying.language),
        depth=depth,
    )


def _criterion(laying: Laying, node: Node, parent: Node, depth: int, attributes: tuple[Node, ...]) -> Block:
    heading = _heading(laying, node, parent, depth)
    line = laying.paper.lines.get(node.code, Line())
    return Block(
        code=heading.code,
        title=heading.title,
        guidance=heading.guidance,
        beside=heading.beside,
        gives=heading.gives if attributes or node.max_points is not None else "",
        depth=depth,
        field=_field(laying, node) if node.takes_mark else None,
        attributes=tuple(_field(laying, child) for child in attributes),
        texts=tuple(_text(laying, node.code, what, line) for what in TEXTS)
        if has_texts(node) or node.takes_mark
        else (),
    )


def _text(laying: Laying, code: str, what: str, line: Line) -> TextBox:
    name = f"{what}-{code}"
    return TextBox(
        name=name,
        label=text_label(what),
        value=laying.typed.get(name, getattr(line, what)),
        rows=1 if what == "evidence" else 2,
        problem=laying.problems.get(name, ""),
    )


def _field(laying: Laying, node: Node) -> Field:
    name = f"criterion-{node.code}"
    mark = laying.paper.lines.get(node.code, Line()).mark
    value = laying.typed.get(name, posted(mark, node.scale))
    by_hand = typed_by_hand(node.scale)
    blanks = tuple(
        Level(str(blank), "–", blank_name(blank), _blank_text(blank), value == blank)
        for blank in Blank
        if blank == Blank.NO_EVIDENCE or node.may_be_not_applicable
    )
    return Field(
        code=node.code,
        name=name,
        title=node.title.in_language(laying.language),
        levels=() if by_hand else _levels(node.scale, value, laying.language),
        blanks=blanks,
        bands=_bands(node.scale, laying.language) if by_hand else (),
        typed="" if any(blank.checked for blank in blanks) else _localised(value, laying.language),
        hint=_hint(laying, node) if by_hand else "",
        problem=laying.problems.get(name, ""),
    )


def _has_value(field: Field) -> bool:
    return bool(field.typed) or field.is_blank or any(level.checked for level in field.levels)


def _levels(scale: Scale, value: str, language: str) -> tuple[Level, ...]:
    steps = int((scale.max - scale.min) / scale.step)
    return tuple(
        _level(scale, plain(scale.min + scale.step * number, scale), value, language)
        for number in range(steps + 1)
    )


def _level(scale: Scale, step: Decimal, value: str, language: str) -> Level:
    band = next((band for band in scale.bands if band.lo <= step <= band.hi), None)
    text = f"{step:f}"
    return Level(
        value=text,
        step=_decimal(step, language),
        name=band.label.in_language(language) if band else "",
        text=band.descriptor.in_language(language) if band else "",
        checked=value == text,
        key=text if len(text) == 1 else "",
    )


def _bands(scale: Scale, language: str) -> tuple[Level, ...]:
    return tuple(
        Level(
            "",
            formats.span(_decimal(band.lo, language), _decimal(band.hi, language)),
            band.label.in_language(language),
            band.descriptor.in_language(language),
        )
        for band in scale.bands
    )


def _hint(laying: Laying, node: Node) -> str:
    scale, language = node.scale, laying.language
    hint = _("%(lowest)s–%(highest)s, in steps of %(step)s.") % {
        "lowest": _decimal(scale.min, language),
        "highest": _decimal(scale.max, language),
        "step": _decimal(scale.step, language),
    }
    proposed = laying.tally.proposed.get(node.code)
    if proposed is None:
        return hint
    words = {"value": _decimal(proposed, language)}
    if node.aggregate == "ladder":
        return f"{hint} {_('The parts reach the level from %(value)s.') % words}"
    return f"{hint} {_('The parts propose %(value)s.') % words}"


def _blank_text(blank: Blank) -> str:
    if blank == Blank.NO_EVIDENCE:
        return _("The entry says nothing of this. It counts as the lowest step.")
    return _("It does not concern this municipality. The weight goes to the others.")


def _weighs(node: Node, parent: Node, language: str) -> str:
    if parent.aggregate == "weighted_mean" and node.weight is not None:
        return _("weighs %(share)s") % {
            "share": formats.percent(node.weight / parent.weight_total, language=language)
        }
    if node.max_points is not None:
        return _("at most %(points)s points") % {"points": _decimal(node.max_points, language)}
    return ""


def _gives(node: Node, tally: Tally, places: int, language: str) -> str:
    value = tally.nodes.get(node.code)
    if value is None:
        return ""
    if node.is_leaf and node.max_points is not None:
        value = node.max_points * (value - node.scale.min) / (node.scale.max - node.scale.min)
    return _("gives %(value)s") % {"value": formats.number(value, places, language)}


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _localised(value: str, language: str) -> str:
    return value.replace(".", ",") if language == "sv" and value.replace(".", "", 1).isdigit() else value


def _decimal(value: Decimal, language: str) -> str:
    return formats.number(value, None, language)
