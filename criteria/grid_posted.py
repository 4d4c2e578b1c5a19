"""What a juror posts from the grid: cell by cell, what may be saved, and what has been shut meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from awards.form_problems import Problem
from awards.models import Person
from criteria import permissions
from criteria.definitions import tree_of
from criteria.grid import cell_name, read_column
from criteria.lines import Paper, differences
from criteria.models import Assignment
from criteria.scoring import inputs
from criteria.sheets import latest_scores_of, paper_of, sheet_of
from criteria.states import SheetState

MOST_ENTRIES = 40  # a page posts four; a hand-made post no more than this
GONE = _("The entry is no longer open to you, so this was not saved: {values}.")


@dataclass(frozen=True)
class Posted:
    """What was typed and what is wrong, by cell; the papers to save; and problems without a cell."""

    typed: dict[str, str]
    problems: dict[str, object]
    papers: tuple[tuple[Assignment, Paper, int], ...]
    gone: tuple[Problem, ...] = ()

    @property
    def is_sound(self) -> bool:
        """True when everything can be saved."""
        return not self.problems and not self.gone


def entries_in(post: QueryDict) -> set[int]:
    """The ids of the assignments that the post names."""
    named = (name.removeprefix("version-") for name in post if name.startswith("version-"))
    return set([int(pk) for pk in named if pk.isdecimal() and len(pk) < 19][:MOST_ENTRIES])


def read_grid(user: Person, post: QueryDict, mine: list[Assignment], now: datetime) -> Posted:
    """Read the cells: of the open entries `mine`, and of those that the post names besides: two queries."""
    named = entries_in(post) - {each.pk for each in mine}
    shut = list(
        Assignment.objects.of_juror(user, now)
        .filter(pk__in=named)
        .select_related("round__scoring_model", "nomination__municipality", "sheet")
    )
    scores = latest_scores_of(each.sheet for each in (*mine, *shut) if sheet_of(each))
    typed, problems, papers = {}, {}, []
    for each in mine:
        paper, there, wrong = read_column(tree_of(each.round.scoring_model), each, post)
        typed, problems = typed | there, problems | wrong
        if sheet_of(each) and each.sheet.state == SheetState.DONE:
            reason = permissions.may_save_sheet(user, each, now).reason
            problems |= {cell_name(each.pk, code): reason for code in _new(each, paper, scores)}
        elif paper.lines:
            papers.append((each, paper, _version(post.get(f"version-{each.pk}", ""))))
    unknown = named - {each.pk for each in shut}
    gone = (*_shut(shut, post, scores), *_unknown(unknown, post))
    return Posted(typed, problems, tuple(papers), gone)


def grid_as_text(mine: Iterable[Assignment], typed: dict[str, str], language: str) -> str:
    """The typed cells as plain text, one paragraph an entry."""
    paragraphs = []
    for each in mine:
        nodes = inputs(tree_of(each.round.scoring_model))
        given = [(node, typed.get(cell_name(each.pk, node.code))) for node in nodes]
        lines = [f"{node.code} {node.title.in_language(language)}: {value}" for node, value in given if value]
        paragraphs.append("\r\n".join([each.nomination.municipality.name, *lines]))
    return "\r\n\r\n".join(paragraphs) + "\r\n"


def _new(assignment: Assignment, paper: Paper, scores: dict) -> Iterator[str]:
    """The codes on which the paper says something else than the sheet."""
    sheet = sheet_of(assignment)
    standing = paper_of(sheet, scores.get(sheet.pk, []) if sheet else [])
    return (found.code for found in differences(standing, paper))


def _shut(shut: list[Assignment], post: QueryDict, scores: dict) -> Iterator[Problem]:
    for each in shut:
        paper, there, wrong = read_column(tree_of(each.round.scoring_model), each, post)
        cells = [cell_name(each.pk, code) for code in _new(each, paper, scores)]
        if given := [there[cell] or "–" for cell in (*cells, *wrong)]:
            yield Problem(str(format_lazy(GONE, values=", ".join(given))), each.nomination.municipality.name)


def _unknown(unknown: set[int], post: QueryDict) -> Iterator[Problem]:
    for pk in sorted(unknown):
        given = [value for name, value in post.items() if name.startswith(cell_name(pk, "")) and value]
        if given:
            yield Problem(str(format_lazy(GONE, values=", ".join(given))), str(_("An entry")))


def _version(raw: str) -> int:
    return int(raw) if raw.isdecimal() and len(raw) < 10 else 0
