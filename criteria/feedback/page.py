"""An entry's feedback as the municipality reads it, on screen and paper; no juror is known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from awards import formats
from awards.drawing import Chart
from criteria.definitions import tree_of
from criteria.feedback.chart import feedback_chart, legend
from criteria.feedback.figures import NO_FIGURE, Figure, field_is_small, figures_of, from_json
from criteria.feedback.texts import Words, paragraphs, texts_as_words
from criteria.lines import has_texts, text_nodes
from criteria.models import FeedbackReport
from criteria.scoring import Node, ScoringModel
from criteria.standings import standings_of


@dataclass(frozen=True)
class Criterion:
    """What is said of one criterion; texts are paragraphs, values are written out."""

    code: str
    title: str
    strengths: tuple[str, ...]
    improvements: tuple[str, ...]
    own: str
    field: str

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"criterion-{self.code}"


@dataclass(frozen=True)
class Area:
    """A top group of the scoring model with its criteria; the title is empty where there are no groups."""

    code: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class FeedbackPage:
    """The whole report in one language."""

    title: str
    general: tuple[str, ...]
    areas: tuple[Area, ...]
    rows: tuple[tuple[str, str, str], ...]  # criterion, own value, the field's median
    notes: tuple[str, ...]  # how the values are to be read
    chart: Chart | None
    legend: str
    is_small: bool


def feedback_page(report: FeedbackReport, language: str) -> FeedbackPage:
    """The report with its nomination, edition, municipality and round's model read along.

    What was released stands as it was then, values too; a draft is read against the standings of now.
    """
    model = tree_of(report.round.scoring_model)
    figures = figures_in(report)
    words = texts_as_words(report.texts)
    entry = report.nomination
    title = _("The jury's feedback to %(municipality)s, %(edition)s") % {
        "municipality": entry.municipality.name,
        "edition": f"{entry.edition.award} {entry.edition.title}",
    }
    return FeedbackPage(
        title,
        paragraphs(report.general),
        tuple(_areas(model, words, figures, language)),
        _rows(model, figures, language),
        tuple(_notes(figures)),
        feedback_chart(model, figures, entry.municipality.name, language),
        legend(figures),
        field_is_small(figures),
    )


def figures_in(report: FeedbackReport) -> dict[str, Figure]:
    """The values that the municipality was given, or would be given now."""
    if report.is_released:
        return from_json(report.figures)
    return figures_of(standings_of(report.round), report.nomination_id)


def _areas(model: ScoringModel, words: Mapping[str, Words], figures: Mapping[str, Figure], language: str):
    """The areas and criteria that something is said of; the values of all stand together below."""
    loose: list[Node] = []
    for top in model.root.children:
        if has_texts(top):
            loose.append(top)
            continue
        nodes = [node for node in _below(top) if has_texts(node) and _says(words, node)]
        if nodes:
            criteria = tuple(_criterion(model, node, words, figures, language) for node in nodes)
            yield Area(top.code, top.title.in_language(language), criteria)
    if any(_says(words, node) for node in loose):
        nodes = [node for node in loose if _says(words, node)]
        yield Area("", "", tuple(_criterion(model, node, words, figures, language) for node in nodes))


def _says(words: Mapping[str, Words], node: Node) -> bool:
    return node.code in words and not words[node.code].is_empty


def _below(node: Node):
    for child in node.children:
        yield child
        yield from _below(child)


def _criterion(
    model: ScoringModel, node: Node, words: Mapping[str, Words], figures: Mapping[str, Figure], language: str
) -> Criterion:
    said, figure = words.get(node.code, Words()), figures.get(node.code, NO_FIGURE)
    return Criterion(
        node.code,
        node.title.in_language(language),
        paragraphs(said.strengths),
        paragraphs(said.improvements),
        _written(model, figure.own, language),
        _written(model, figure.field, language),
    )


def _rows(
    model: ScoringModel, figures: Mapping[str, Figure], language: str
) -> tuple[tuple[str, str, str], ...]:
    if all(each.own is None for each in figures.values()):
        return ()
    found = ((node, figures.get(node.code, NO_FIGURE)) for node in text_nodes(model))
    return tuple(
        (
            node.title.in_language(language),
            _written(model, figure.own, language) or "–",
            _written(model, figure.field, language) or "–",
        )
        for node, figure in found
    )


def _notes(figures: Mapping[str, Figure]):
    if all(each.own is None for each in figures.values()):
        yield _("There are no values to show.")
        return
    yield _("Your value is the jury's value of your entry, by the rule that was decided before the scoring.")
    if field_is_small(figures):
        yield _("The field is so small that a median would say more of one municipality than of the field. "
                "Therefore only your own values are shown.")  # fmt: skip
        return
    yield _("The field is the other entries in the same round. The median is the value in the middle: "
            "half of them lie at it or above, half at it or below.")  # fmt: skip
    if any(each.own is not None and each.field is None for each in figures.values()):
        yield _("A dash stands where fewer than three others have a value: too few to speak of a field.")


def _written(model: ScoringModel, value: Decimal | None, language: str) -> str:
    return "" if value is None else formats.number(value, model.rounding.places, language)
