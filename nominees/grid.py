"""The editions in one row: what a municipality was, and what it brought, as squares with words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards.models import Edition
from nominees.brought import Brought
from nominees.states import Outcome
from nominees.streaks import Standing


@dataclass(frozen=True, slots=True)
class Cell:
    """A square, as the include `cell` draws it."""

    css: str
    words: str
    sign: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One edition."""

    year: int
    url: str
    standing: Standing
    nominated: Cell
    brought: Cell


def column(edition: Edition, standing: Standing, contributions: Sequence[Brought]) -> Column:
    """The two squares of one edition."""
    return Column(
        edition.year,
        edition.get_absolute_url(),
        standing,
        nominated_cell(standing),
        brought_cell(contributions),
    )


def nominated_cell(standing: Standing) -> Cell:
    """Gold for a win, a tick for a nomination, a dash for surely not, a question mark where nobody knows."""
    if standing.outcome == Outcome.WON:
        return Cell("is-won", _("won"), icon="laurel")
    if standing.outcome == Outcome.HONOURED:
        return Cell("is-won", _("honourable mention"), icon="laurel")
    if standing.nominated:
        return Cell("is-nominated", _nominated(standing.outcome), icon="check")
    if standing.nominated is None:
        applied = standing.outcome == Outcome.APPLIED
        words = _("applied, unknown whether nominated") if applied else _("unknown")
        return Cell("is-away", words, sign="?")
    return Cell("", _("not nominated"), sign="–")


def _nominated(outcome: str) -> str:
    if outcome == Outcome.WITHDREW:
        return _("nominated, withdrew")
    return _("nominated, declined") if outcome == Outcome.DECLINED else _("nominated")


def brought_cell(contributions: Sequence[Brought]) -> Cell:
    """The theme's initial; a contribution without theme has a dot. What a fair lacked, nobody has listed."""
    if not contributions:
        return Cell("is-away", _("unknown"), sign="?")
    themes = list(dict.fromkeys(each.theme_title for each in contributions if each.theme))
    if not themes:
        return Cell("is-theme", contributions[0].title, sign="•")
    return Cell("is-theme", ", ".join(themes), sign="".join(title[:1].upper() for title in themes))
