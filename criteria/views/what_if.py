"""The page where the chair tries other weights; the address holds the whole question, so a link keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from awards import formats
from criteria.scoring import walk
from criteria.standings import Standings
from criteria.states import ScoreRoom
from criteria.views.scoring import language
from criteria.views.standings import find_standings
from criteria.what_if import Wish, changes, may_leave_out, read_wish, summary, weight_of, what_if

SHOWN = 50


@dataclass(frozen=True)
class WeightField:
    """One node's weight: official, and as it was typed."""

    code: str
    title: str
    depth: int
    official: Decimal | None
    shown: str
    problem: str
    may_leave_out: bool
    is_left_out: bool

    @property
    def name(self) -> str:
        """The field's name in the address."""
        return f"weight-{self.code}"


@require_GET
def what_if_page(request: HttpRequest, edition: str) -> HttpResponse:
    """Weights, jurors and criteria to change, and the order that would follow."""
    scoring_round, standings = find_standings(request, edition, ScoreRoom.WHAT_IF)

    wish = read_wish(standings.readings, request.GET)

    then = standings if wish.is_empty else what_if(standings.readings, wish)
    fields = _fields(standings, wish)
    context = {
        "edition": scoring_round.edition,
        "hidden": len(request.hidden_entries),
        "model": standings.readings.model,
        "wish": wish,
        "shows_agreed": standings.shows_agreed,
        "summary": "" if wish.is_empty else summary(standings, then),
        "changes": changes(standings, then)[:SHOWN] if then is not None else (),
        "areas": [field for field in fields if field.depth == 1],
        "criteria": [field for field in fields if field.depth > 1],
        "seats": [(pk, name, pk in wish.without_jurors) for pk, name in standings.readings.seats.items()],
    }
    return render(request, "criteria/what_if.html", context)


def _fields(standings: Standings, wish: Wish) -> list[WeightField]:
    """Every node below the root that can be weighed or left out, in the model's order."""
    model, words = standings.readings.model, language()
    depth = {model.root.code: 0}
    fields = []
    for node, parent in walk(model):
        if parent is None:
            continue
        depth[node.code] = depth[parent.code] + 1
        official, name = weight_of(node, parent), f"weight-{node.code}"
        fields.append(
            WeightField(
                node.code,
                node.title.in_language(words),
                depth[node.code],
                official,
                wish.typed.get(name, formats.number(official, language=words)),
                wish.problems.get(name, ""),
                may_leave_out(parent),
                node.code in wish.without_criteria,
            )
        )
    return [field for field in fields if field.official is not None or field.may_leave_out]
