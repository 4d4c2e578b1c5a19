"""One entry on the meeting's screen: each criterion with the jurors' scores and what is agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards import formats
from criteria.combine import agreed_codes
from criteria.meeting_words import Said
from criteria.plan import plan_for
from criteria.readings import Agreed, Readings
from criteria.scoring import Blank, Mark, ScoringModel, walk
from criteria.standings import Standings
from criteria.values import scale_words


@dataclass(frozen=True)
class Given:
    """One juror's score as it is shown; the seat only where names are asked for."""

    words: str
    seat: str = ""


@dataclass(frozen=True)
class Block:
    """One criterion: its title and area, what the jurors gave, what the field holds."""

    code: str
    title: str
    area: str
    scale: str
    given: tuple[Given, ...]
    jury: str
    agreed: str
    reason: str
    value: str  # what the field holds: typed or agreed
    written_reason: str
    value_problem: object = ""
    reason_problem: object = ""
    is_new_area: bool = False
    said: tuple[Said, ...] = ()  # what the jurors wrote


def blocks_of(
    standings: Standings,
    nomination: int,
    *,
    names: bool,
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, object] | None = None,
    said: Mapping[str, tuple[Said, ...]] | None = None,
) -> tuple[Block, ...]:
    """The criteria of an entry in the model's order, with what was typed where it could not be kept."""
    readings, typed, problems = standings.readings, typed or {}, problems or {}
    language = formats.written_language(get_language())
    model = readings.model
    line = next(line for line in standings.lines if line.nomination == nomination)
    parents = {node.code: parent for node, parent in walk(model)}
    before, blocks = None, []
    for code in agreed_codes(model):
        node, parent = plan_for(model).by_code[code].node, parents[code]
        agreed = readings.agreed.get(nomination, {}).get(code)
        area = parent.title.in_language(language) if parent is not None and parent is not model.root else ""
        blocks.append(
            Block(
                code=code,
                title=node.title.in_language(language),
                area=area,
                scale=str(scale_words(node.scale)) if node.scale else "",
                given=_given(readings, nomination, code, names=names),
                jury=formats.number(line.nodes.get(code), model.rounding.places, language),
                agreed=mark_words(agreed.mark) if agreed else "",
                reason=agreed.reason if agreed else "",
                value=typed.get(f"value-{code}", mark_words(agreed.mark) if agreed else ""),
                written_reason=typed.get(f"reason-{code}", agreed.reason if agreed else ""),
                value_problem=problems.get(f"value-{code}", ""),
                reason_problem=problems.get(f"reason-{code}", ""),
                is_new_area=bool(area) and area != before,
                said=(said or {}).get(code, ()),
            )
        )
        before = area
    return tuple(blocks)


def mark_words(mark: Mark | None) -> str:
    """A mark as it is written in a field and in the minutes; empty for none."""
    if mark is None:
        return ""
    if mark.blank == Blank.NO_EVIDENCE:
        return _("no evidence")
    if mark.blank == Blank.NOT_APPLICABLE:
        return _("not applicable")
    value = mark.value.normalize()
    places = max(0, -int(value.as_tuple().exponent))
    return formats.number(value, places, formats.written_language(get_language()))


def agreed_lines(model: ScoringModel, agreed: Mapping[str, Agreed]) -> list[tuple[str, str, str]]:
    """(criterion, value, reason) of what was agreed, in the model's order."""
    language = formats.written_language(get_language())
    nodes = plan_for(model).by_code
    return [
        (nodes[code].node.title.in_language(language), mark_words(agreed[code].mark), agreed[code].reason)
        for code in agreed_codes(model)
        if code in agreed
    ]


def _given(readings: Readings, nomination: int, code: str, *, names: bool) -> tuple[Given, ...]:
    """The finished sheets' scores: by seat where names are shown, else lowest first."""
    rows = [row for row in readings.by_nomination[nomination] if row.submitted and code in row.marks]
    if names:
        rows.sort(key=lambda row: readings.seats[row.juror])
        return tuple(Given(mark_words(row.marks[code]), readings.seats[row.juror]) for row in rows)
    numbers = sorted(row.marks[code].value for row in rows if row.marks[code].value is not None)
    blanks = sorted(mark_words(row.marks[code]) for row in rows if row.marks[code].value is None)
    return tuple(Given(each) for each in [*(mark_words(Mark(value=each)) for each in numbers), *blanks])
