"""What a municipality's page says of it in sentences: the first lines, what it brought, the facts beside."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import formats
from nominees.brought import Brought
from nominees.phrases import joined, spelled
from nominees.states import Outcome
from nominees.timeline import MunicipalityPage


@dataclass(frozen=True, slots=True)
class Fact:
    """A word and what it is here."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Said:
    """A contribution in words: `Seminar with Nacka`, its title, and the numbers of its sources."""

    what: str
    title: str
    refs: tuple[int, ...]


def lead(page: MunicipalityPage) -> str:
    """The most important first: wins, nominations in a row, what was brought to the fair."""
    return " ".join(part for part in (_award(page), _fair(page)) if part)


def _award(page: MunicipalityPage) -> str:
    won, nominated = page.won_years, page.nominated_years
    parts = [_("Won %(years)s.") % {"years": joined(won)}] if won else []
    if len(nominated) > len(won):
        parts.append(_nominated(page))
    if not nominated:
        parts.append(_applied(page))
    return " ".join(parts)


def _nominated(page: MunicipalityPage) -> str:
    years, run = page.nominated_years, page.streak
    facts = {"years": joined(years), "number": spelled(len(years))}
    if len(years) == 1:
        return _once(page, years[0]) % facts
    if run.editions == len(years):
        if run.at_least:
            return _("Nominated at least %(number)s editions in a row, %(years)s.") % facts
        return _("Nominated %(number)s editions in a row, %(years)s.") % facts
    return _("Nominated %(number)s times: %(years)s.") % facts


def _once(page: MunicipalityPage, year: int) -> str:
    outcome = next(each.outcome for each in page.standings if each.year == year)
    left = {
        Outcome.WITHDREW: _("Nominated %(years)s, but withdrew."),
        Outcome.DECLINED: _("Nominated %(years)s, but declined."),
    }
    return left.get(Outcome(outcome), _("Nominated %(years)s."))


def _applied(page: MunicipalityPage) -> str:
    entered = (Outcome.APPLIED, Outcome.NOT_NOMINATED)
    years = [each.year for each in page.standings if each.outcome in entered]
    if years:
        return _("Applied %(years)s. No nomination has a source.") % {"years": joined(years)}
    return _("No nomination has a source.")


def _fair(page: MunicipalityPage) -> str:
    themes = [each.theme_title for each in page.themed]
    fairs = sorted({each.year for each in page.contributions})
    if not fairs:
        return ""
    if len(fairs) == 1:
        theme = _(", with the theme %(theme)s") % {"theme": themes[0]} if themes else ""
        return _("At the fair %(year)s%(theme)s.") % {"year": fairs[0], "theme": theme}
    facts = {"number": spelled(len(fairs)), "themes": ", ".join(themes)}
    if len(set(themes)) == len(fairs):
        return _("At the fair %(number)s times, with a new theme each time: %(themes)s.") % facts
    return _("At the fair %(number)s times.") % facts


def said(contributions: tuple[Brought, ...], code: str) -> tuple[Said, ...]:
    """The contributions to one fair, each as a line."""
    return tuple(Said(_what(each, code), _title(each), each.refs) for each in contributions)


def _what(each: Brought, code: str) -> str:
    partners = joined([link.label for link in each.partners_of(code)])
    if each.kind == "seminar":
        return _("Seminar with %(partners)s") % {"partners": partners} if partners else _("Seminar")
    if partners:
        return _("Contribution to the fair with %(partners)s") % {"partners": partners}
    return _("Contribution to the fair")


def _title(each: Brought) -> str:
    return _("“%(title)s”") % {"title": each.title} if each.kind == "seminar" else each.title


def facts(page: MunicipalityPage, language: str) -> tuple[Fact, ...]:
    """Who the municipality is."""
    it = page.municipality
    population = _("Population %(day)s") % {"day": formats.day(it.population_date, language)}
    return (
        Fact(_("Municipality code"), it.code),
        Fact(_("County"), it.county.name),
        Fact(_("Municipality group (SKR 2023)"), it.group),
        Fact(population, formats.number(it.population, language=language)),
        Fact(_("Organisation number"), it.organisation_number),
        *_names(page, language),
    )


def _names(page: MunicipalityPage, language: str) -> list[Fact]:
    found = []
    for each in page.names:
        if each.kind == "alias":
            found.append(Fact(_("Also called"), each.value))
        elif each.valid_to:
            until = _("%(value)s until %(day)s") % {
                "value": each.value,
                "day": formats.day(each.valid_to, language),
            }
            found.append(Fact(_("Former code") if each.kind == "code" else _("Former name"), until))
    return found


def in_the_award(page: MunicipalityPage) -> tuple[Fact, ...]:
    """Its way through the award in four figures."""
    streak = page.streak.known
    editions = ngettext("%(number)s edition", "%(number)s editions", streak.number) % {"number": streak}
    return (
        Fact(_("Nominations"), str(page.nominations)),
        Fact(_("Longest streak"), editions if streak.number else formats.DASH),
        Fact(_("Known contributions"), _known_contributions(page)),
        Fact(_("Wins"), str(len(page.won_years))),
    )


def _known_contributions(page: MunicipalityPage) -> str:
    themes, seminars = len(page.themed), len(page.seminars)
    rest = len(page.contributions) - len({each.pk for each in (*page.themed, *page.seminars)})
    parts = []
    if themes:
        parts.append(ngettext("%(number)s theme", "%(number)s themes", themes) % {"number": themes})
    if seminars:
        parts.append(ngettext("%(number)s seminar", "%(number)s seminars", seminars) % {"number": seminars})
    if rest:
        parts.append(ngettext("%(number)s other", "%(number)s others", rest) % {"number": rest})
    return ", ".join(parts) or _("none known")
