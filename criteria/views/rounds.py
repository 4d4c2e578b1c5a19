"""Which of the rounds a page is about: the one that `?round=` names by its number, else the latest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from criteria.models import Round
from criteria.progress import latest_among
from criteria.states import RoundState


@dataclass(frozen=True)
class RoundLink:
    """The way to one of the rounds, from the same page."""

    label: str
    url: str
    is_here: bool


def find_round(request: HttpRequest, rows: QuerySet[Round]) -> Round:
    """As `asked_round`; 404 where there is none."""
    if (found := asked_round(request, rows)) is None:
        raise Http404
    return found


def asked_round(request: HttpRequest, rows: QuerySet[Round], *, planned: bool = False) -> Round | None:
    """The round that is asked for, else the latest of `rows`, the rounds of one edition: one query.

    A round that `binds`, since the page's matter rests on it, goes before all.
    `request.round_query` goes at the end of every address that stays in the round;
    `request.round_links` lead to the others, also to those that are only planned where `planned` says so.
    """
    request.round_query, request.round_links = "", ()
    rounds = list(rows.order_by("position"))
    asked = request.GET.get("round", "")
    bound = next((each for each in rounds if getattr(each, "binds", False)), None)
    if bound is not None:
        if bound != latest_among(rounds):
            request.round_query = f"?round={bound.position}"
        return bound
    named = next((each for each in rounds if str(each.position) == asked), None)
    chosen = named if asked else latest_among(rounds)
    if chosen is None:
        return None
    if asked:
        request.round_query = f"?round={chosen.position}"
    shown = [each for each in rounds if planned or each == chosen or each.state != RoundState.PLANNED]
    if len(shown) > 1:
        request.round_links = _links(shown, chosen)
    return chosen


def begun_round(request: HttpRequest, rows: QuerySet[Round]) -> QuerySet[Round]:
    """The same as a subquery of its id, among rounds that have begun; it sets no `request.round_links`."""
    asked = request.GET.get("round", "")
    request.round_query = f"?round={asked}" if asked.isdecimal() else ""
    begun = rows.exclude(state=RoundState.PLANNED)
    if request.round_query:
        begun = begun.filter(position=asked)
    return begun.order_by("-position").values("pk")[:1]


def to_page(request: HttpRequest, name: str, *args: object) -> HttpResponseRedirect:
    """Go to a page, in the same round."""
    return redirect(reverse(name, args=args) + request.round_query)


def _links(rounds: Sequence[Round], chosen: Round) -> tuple[RoundLink, ...]:
    return tuple(
        RoundLink(
            each.title or _("Round %(number)s") % {"number": each.position},
            f"?round={each.position}",
            each == chosen,
        )
        for each in rounds
    )
