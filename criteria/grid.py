"""Several entries and all criteria at once: what the grid shows, and what a juror posts from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict

from awards.models import Person
from criteria import permissions, values
from criteria.definitions import tree_of
from criteria.lines import Line, Paper
from criteria.models import Assignment
from criteria.score_form import blank_name, posted, typed_by_hand
from criteria.scoring import Blank, Node, ScoringModel, inputs, walk
from criteria.sheets import sheet_of
from criteria.standings import marks_of
from criteria.tally import tally


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a cell."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry on one criterion. Without `choices` the value is typed; `is_locked` cells are only shown."""

    name: str
    label: str
    value: str
    choices: tuple[Choice, ...]
    is_locked: bool
    problem: object = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion across the entries."""

    code: str
    title: str
    group: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One entry: its sheet's version, its sum, and whether it may be written in."""

    assignment: Assignment
    municipality: str
    version: int
    total: object
    is_locked: bool
    reason: object


@dataclass(frozen=True)
class Grid:
    """The whole table."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    places: int


def grid_of(
    user: Person,
    assignments: Sequence[Assignment],
    now: datetime,
    language: str,
    *,
    typed: dict[str, str] | None = None,
    problems: dict[str, object] | None = None,
    is_refused: bool = False,
) -> Grid:
    """The grid of these assignments, which share a round: one query.

    Where the whole post was refused what was typed stays in cells that a browser posts: it can be kept.
    """
    typed, problems = typed or {}, problems or {}
    model = tree_of(assignments[0].round.scoring_model)
    sheets = {each.pk: sheet_of(each) for each in assignments}
    marks = marks_of(sheet.pk for sheet in sheets.values() if sheet)
    given = {pk: marks.get(sheet.pk, {}) if sheet else {} for pk, sheet in sheets.items()}
    columns = tuple(_column(user, each, given[each.pk], model, now) for each in assignments)
    parents = _groups(model, language)
    rows = []
    for node in inputs(model):
        title, cells = node.title.in_language(language), []
        for column in columns:
            name = cell_name(column.assignment.pk, node.code)
            stands = posted(given[column.assignment.pk].get(node.code), node.scale)
            cell = _cell(column, node, title, typed.get(name, stands), problems.get(name, ""))
            cells.append(replace(cell, is_locked=cell.is_locked and not (is_refused and name in typed)))
        rows.append(Row(node.code, title, parents[node.code], tuple(cells)))
    return Grid(columns, tuple(rows), model.rounding.places)


def read_column(model: ScoringModel, assignment: Assignment, post: QueryDict) -> tuple[Paper, dict, dict]:
    """(the paper, what was typed, the problems) of one entry's column; both by the cell's name."""
    lines, typed, problems = {}, {}, {}
    for node in inputs(model):
        name = cell_name(assignment.pk, node.code)
        if name not in post:
            continue
        typed[name] = post[name].strip()
        reading = values.parse(typed[name], node)
        if reading.ok:
            lines[node.code] = Line(reading.mark)
        else:
            problems[name] = reading.reason
    return Paper(lines, only=frozenset((code, "mark") for code in lines)), typed, problems


def cell_name(assignment: int, code: str) -> str:
    """What a cell posts its value as."""
    return f"criterion-{assignment}-{code}"


def _column(user: Person, assignment: Assignment, given: dict, model: ScoringModel, now: datetime) -> Column:
    sheet = sheet_of(assignment)
    verdict = permissions.may_save_sheet(user, assignment, now)
    return Column(
        assignment=assignment,
        municipality=assignment.nomination.municipality.name,
        version=sheet.version if sheet else 0,
        total=tally(model, given).value,
        is_locked=not verdict,
        reason=verdict.reason,
    )


def _cell(column: Column, node: Node, title: str, value: str, problem: object) -> Cell:
    return Cell(
        name=cell_name(column.assignment.pk, node.code),
        label=f"{title}, {column.municipality}",
        value=value,
        choices=_choices(node, value),
        is_locked=column.is_locked,
        problem=problem,
    )


def _choices(node: Node, value: str) -> tuple[Choice, ...]:
    if typed_by_hand(node.scale):
        return ()
    scale = node.scale
    steps = int((scale.max - scale.min) / scale.step)
    levels = [values.plain(scale.min + scale.step * number, scale) for number in range(steps + 1)]
    blanks = [blank for blank in Blank if blank == Blank.NO_EVIDENCE or node.may_be_not_applicable]
    found = [("", "–"), *((f"{level:f}", f"{level:f}") for level in levels)]
    found += [(str(blank), blank_name(blank)) for blank in blanks]
    return tuple(Choice(each, label, each == value) for each, label in found)


def _groups(model: ScoringModel, language: str) -> dict[str, str]:
    return {
        node.code: parent.title.in_language(language) if parent not in (None, model.root) else ""
        for node, parent in walk(model)
    }
