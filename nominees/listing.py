"""What stands around a filtered list: its search, pick lists and chips, its order and its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from awards.links import Link
from nominees.filters import MunicipalityFilter, NominationFilter
from nominees.open_data import downloads

ROWS = 50  # on a page
Filters = NominationFilter | MunicipalityFilter


@dataclass(frozen=True, slots=True)
class Option:
    """One value that can be chosen."""

    value: str
    label: object
    chosen: bool


@dataclass(frozen=True, slots=True)
class Pick:
    """A filter whose values are ticked; `words` says what is ticked now."""

    name: str
    label: object
    options: tuple[Option, ...]
    words: str
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """The filter that is written."""

    name: str
    label: object
    value: str
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything around the rows of a filtered list."""

    search: Search
    picks: tuple[Pick, ...]
    chips: tuple[Link, ...]
    clear_url: str
    sort: str
    downloads: tuple[Link, ...]


def listing(filters: Filters, query: QueryDict, path: str, orders: Iterable[str], usual: str) -> Listing:
    """Put the surroundings together; `usual` is the order when none, or an unknown one, is asked for."""
    form = filters.form
    picks = tuple(_pick(form[name]) for name in form.fields if name != "q")
    asked = query.get("sort", "")
    sort = asked if asked.removeprefix("-") in orders else usual
    asked_for = [(name, value) for name in form.fields for value in query.getlist(name) if value]
    asked_for += [("sort", sort)] if asked == sort else []
    return Listing(
        search=Search("q", form["q"].label, query.get("q", ""), _errors(form["q"])),
        picks=picks,
        chips=_chips(query, picks),
        clear_url=path,
        sort=sort,
        downloads=downloads(path, urlencode(asked_for)),
    )


def _pick(field) -> Pick:
    chosen = {field.field.also.get(value, value) for value in field.data or () if value}
    options = tuple(
        Option(str(value), label, str(value) in chosen) for value, label in field.field.choices if value
    )
    return Pick(field.name, field.label, options, _chosen_words(options), _errors(field))


def _chosen_words(options: Sequence[Option]) -> str:
    chosen = [option for option in options if option.chosen]
    if not chosen:
        return _("All")
    return str(chosen[0].label) if len(chosen) == 1 else _("%(number)s chosen") % {"number": len(chosen)}


def _errors(field) -> tuple[str, ...]:
    return tuple(str(error) for error in field.errors)


def _chips(query: QueryDict, picks: Sequence[Pick]) -> tuple[Link, ...]:
    """What is chosen, each with the page's address without it."""
    chips = [Link(f"{pick.label}: {option.label}", _without(query, pick.name, option))
             for pick in picks for option in pick.options if option.chosen]  # fmt: skip
    if text := query.get("q", "").strip():
        chips.insert(0, Link(f"”{text}”", _address(query, "q", [])))
    return tuple(chips)


def _without(query: QueryDict, name: str, option: Option) -> str:
    spellings = {option.value, str(option.label)}
    return _address(query, name, [value for value in query.getlist(name) if value not in spellings])


def _address(query: QueryDict, name: str, values: list[str]) -> str:
    changed = query.copy()
    changed.pop("page", None)
    changed.setlist(name, values)
    return f"?{changed.urlencode()}"
