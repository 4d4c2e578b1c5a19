"""How winners were chosen over the years, and who sees what when: the words of the method page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from awards import formats
from awards.links import Link
from awards.models import Edition, Fair
from awards.states import EntryMode

WORD_JOINER = "\N{WORD JOINER}"  # keeps 11–13 on one line


@dataclass(frozen=True, slots=True)
class Era:
    """Some editions that were run alike."""

    first: int
    last: int | None
    entry_mode: str
    entry: object
    selection: object
    then: object

    @property
    def years(self) -> str:
        """`2003–2009`; `2025–` for the one that still holds."""
        return formats.span(self.first, self.last) if self.last else f"{self.first}{formats.DASH}"


@dataclass(frozen=True, slots=True)
class Card:
    """A step of an edition, as the start page tells it."""

    title: object
    text: object
    link: Link


@dataclass(frozen=True, slots=True)
class Sight:
    """What one kind of reader sees before, during and after."""

    who: object
    before: object
    during: object
    after: object


ERAS = (
    Era(
        2025,
        None,
        EntryMode.KEY_FIGURES,
        gettext_lazy(
            "Nobody applies. All 290 municipalities are screened on key figures: "
            "use of resources, efficiency, effect and quality of results."
        ),
        gettext_lazy(
            "The nominated municipalities accept or decline. Those who accept describe digitalisation "
            "and innovation, leadership, the interplay of politics and administration, "
            "and the capacity to develop."
        ),
        gettext_lazy(
            "The jury decides. An honourable mention goes to the best development over three to four years."
        ),
    ),
    Era(
        2021,
        2023,
        EntryMode.APPLICATION,
        gettext_lazy(
            "The municipality applies in a web form in five steps: 50 items on a four-grade scale "
            "and about four pages of text."
        ),
        gettext_lazy("Kommunkompassen, an external evaluation, points out the nominees."),
        gettext_lazy("Economy, results and the part as employer are weighed. A jury of six decides."),
    ),
    Era(
        2017,
        2019,
        EntryMode.APPLICATION,
        gettext_lazy("The municipality applies."),
        gettext_lazy("Ranked by the result in Kommunkompassen; the number of nominees follows the spread."),
        gettext_lazy(
            "Results, a financial analysis and the index of sustainable employee engagement go to the jury."
        ),
    ),
    Era(
        2011,
        2015,
        EntryMode.APPLICATION,
        gettext_lazy("The municipality applies in November the year before, with a description of itself."),
        gettext_lazy("The description of itself and Kommunkompassen point out the nominees."),
        gettext_lazy("Results and economy are analysed. The jury decides."),
    ),
    Era(
        2003,
        2009,
        EntryMode.APPLICATION,
        gettext_lazy("The municipality applies and answers questions in four areas."),
        gettext_lazy("The jury chooses the nominees."),
        gettext_lazy("The jury decides."),
    ),
)

SIGHTS = (
    Sight(
        gettext_lazy("Everyone"),
        gettext_lazy("Published editions, with sources."),
        gettext_lazy("The stage the edition is in. Nominees once the organiser has published them."),
        gettext_lazy("Nominees, improvement areas, contributions, winner and the jury's motivation."),
    ),
    Sight(
        gettext_lazy("Contact of a municipality"),
        gettext_lazy("The own draft and the own material."),
        gettext_lazy("The own entry and its receipt; nothing of others, no scores."),
        gettext_lazy("The own feedback, when the organiser has released it."),
    ),
    Sight(
        gettext_lazy("Juror"),
        gettext_lazy("Nothing, until the undertaking is signed and entries are assigned."),
        gettext_lazy("Assigned entries and the own scores. Others' scores only when the round is revealed."),
        gettext_lazy("What everyone sees. Archiving ends the access to the rest."),
    ),
    Sight(
        gettext_lazy("Juror with a conflict of interest"),
        gettext_lazy("Nothing of the municipality concerned."),
        gettext_lazy("Nothing of it: no pages, files, scores, averages or letters."),
        gettext_lazy("What everyone sees."),
    ),
    Sight(
        gettext_lazy("Chair"),
        gettext_lazy("Who has begun."),
        gettext_lazy("All scores, the spread and the order, for the consensus meeting."),
        gettext_lazy("The decision, frozen with what it rests on."),
    ),
    Sight(
        gettext_lazy("Organiser"),
        gettext_lazy("All entries and their state."),
        gettext_lazy("All entries and how far the jurors have come."),
        gettext_lazy("All, until the edition is archived."),
    ),
)


def fair_days(fair: Fair) -> str:
    """`11–13 november 2025`; both months when the fair crosses one; nothing when unknown."""
    language = formats.written_language(get_language())
    if not fair.starts:
        return ""
    if not fair.ends or fair.ends == fair.starts:
        return f"{fair.starts.day}{formats.SPACE}{formats.month(fair.starts, language)}"
    if (fair.starts.year, fair.starts.month) == (fair.ends.year, fair.ends.month):
        days = f"{fair.starts.day}{WORD_JOINER}{formats.DASH}{WORD_JOINER}{fair.ends.day}"
        return f"{days}{formats.SPACE}{formats.month(fair.starts, language)}"
    return f"{formats.day(fair.starts, language)} {formats.DASH} {formats.day(fair.ends, language)}"


def cards(edition: Edition) -> tuple[Card, ...]:
    """The three steps of an edition, by its way in."""
    method = reverse("method")
    about_fair = Link(
        _("About the fair of %(year)s") % {"year": edition.year}, f"{edition.get_absolute_url()}#fair"
    )
    return (*_ways_in(edition.entry_mode, method), Card(_("The fair"), _fair_text(edition), about_fair))


def _ways_in(entry_mode: str, method: str) -> tuple[Card, Card]:
    told = Card(
        _("Nominees tell"),
        _(
            "Digitalisation and innovation, leadership, the interplay of politics and administration, "
            "the capacity to develop."
        ),
        Link(_("What the nominees describe"), f"{method}#eras"),
    )
    how = Link(_("The method in detail"), f"{method}#eras")
    return {
        EntryMode.KEY_FIGURES: (
            Card(
                _("Screening"),
                _("Key figures for resources, efficiency, effect and results. The same measures for all."),
                how,
            ),
            told,
        ),
        EntryMode.APPLICATION: (
            Card(_("Application"), _("The municipality describes its work and its improvement areas."), how),
            Card(
                _("Nomination and jury"),
                _("The nominees are chosen among those who applied. A jury reads, scores and decides."),
                Link(_("Who sees what, and when"), f"{method}#sights"),
            ),
        ),
        EntryMode.OPEN_NOMINATION: (
            Card(_("Nomination"), _("Anyone may nominate. The nominated municipality answers."), how),
            told,
        ),
    }[entry_mode]


def _fair_text(edition: Edition) -> str:
    days = fair_days(edition.fair)
    where = (
        _("Kvalitetsmässan in Göteborg, %(days)s.") % {"days": days}
        if days
        else _("Kvalitetsmässan in Göteborg.")
    )
    if edition.entry_mode == EntryMode.KEY_FIGURES:
        mention = _("An honourable mention goes to the best development over 3–4 years.")
        return f"{where} {mention}"
    theme = edition.motto or edition.fair.theme
    told = _("Theme: %(theme)s.") % {"theme": theme}
    return f"{where} {told}" if theme else where
