"""The sentences that public pages begin with: pure functions of what the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards import formats
from awards.states import ENDED, DateStatus
from nominees.charts import Round, applied_words, most_applied, nominated_words
from nominees.edition_story import WHAT, EditionPage
from nominees.front import EditionLine, Front
from nominees.phrases import capitalised, joined, spelled
from nominees.states import Outcome
from nominees.streaks import Known


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number and the words below it."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class BearerLink:
    """To a winner's page."""

    url: str
    link: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears the title now."""

    award: str
    names: str
    words: str
    winners: tuple[BearerLink, ...]


def start_lead(front: Front) -> str:
    """What the award is, since when, and what is found here."""
    if front.first_year is None:
        return _("Every second year a municipality gets the title Sveriges KvalitetsKommun.")
    return _(
        "Every second year since %(year)s a municipality gets the title Sveriges KvalitetsKommun. "
        "Here are the nominees, the jury's motivations and the sources behind them."
    ) % {"year": front.first_year}


def start_figures(front: Front) -> tuple[Figure, ...]:
    """Editions, nominations and winners, as far as is known."""
    if front.first_year is None:
        return ()
    editions, nominations = front.editions, front.nominations
    return (
        Figure(
            str(editions),
            ngettext("edition since %(year)s", "editions since %(year)s", editions)
            % {"year": front.first_year},
        ),
        Figure(
            str(nominations),
            ngettext("nomination with a source", "nominations with a source", nominations.number),
        ),
        Figure(str(front.winners), ngettext("different winner", "different winners", front.winners)),
    )


def bearer(line: EditionLine | None) -> Bearer | None:
    """The latest winner, who bears the title until the next one is named."""
    if line is None:
        return None
    counties = joined(list(dict.fromkeys(winner.county for winner in line.winners)))
    links = tuple(
        BearerLink(
            winner.url,
            _("The municipality's page")
            if len(line.winners) == 1
            else _("The page of %(name)s") % {"name": winner.name},
        )
        for winner in line.winners
    )
    return Bearer(
        award=_("Sveriges KvalitetsKommun %(year)s") % {"year": line.title},
        names=joined([winner.name for winner in line.winners]),
        words=_("%(county)s. Bears the title until the next winner is named.") % {"county": counties},
        winners=links,
    )


def editions_lead(front: Front) -> str:
    """How many editions, since when, and how many winners."""
    editions = len(front.lines)
    if front.first_year is None:
        return _("No edition is public yet.")
    words = {"number": capitalised(spelled(editions)), "year": front.first_year}
    many = (
        ngettext("%(number)s edition since %(year)s.", "%(number)s editions since %(year)s.", editions)
        % words
    )
    winners = ngettext(
        "One municipality has won.", "%(number)s different municipalities have won.", front.winners
    )
    return f"{many} {capitalised(winners % {'number': spelled(front.winners)})}"


def edition_name(title: str) -> str:
    """`Edition 2025`."""
    return _("Edition %(title)s") % {"title": title}


def record(rounds: Sequence[Round]) -> str:
    """The most applicants, and that nothing is guessed."""
    honest = _("Where lists are missing, that is said instead of guessed.")
    most = most_applied(rounds)
    if most is None:
        return honest
    said = _("The record is %(applicants)s, in %(year)s.")
    return f"{said % {'applicants': applied_words(most.applicants), 'year': most.title}} {honest}"


def edition_heading(each: Round) -> str:
    """`Kävlinge won 2015 among 6 nominees and 17 applicants`: the most important thing that is known."""
    among = joined(_among(each))
    facts = {"year": each.title, "names": joined(each.winners), "among": among}
    if each.winners and among:
        return _("%(names)s won %(year)s among %(among)s") % facts
    if each.winners:
        return _("%(names)s won %(year)s") % facts
    if each.no_award:
        return _("No award was given in %(year)s") % facts
    if each.nominees and each.nominees.number:
        return _nominated_heading(each.nominees, facts)
    return edition_name(each.title)


def _nominated_heading(nominees: Known, facts: dict) -> str:
    number = str(nominees) if nominees.at_least else spelled(nominees.number)
    words = ngettext(
        "%(number)s municipality is nominated for %(year)s",
        "%(number)s municipalities are nominated for %(year)s",
        nominees.number,
    )
    return capitalised(words % {**facts, "number": number})


def _among(each: Round) -> list[str]:
    parts = [nominated_words(each.nominees)] if each.nominees else []
    if each.applicants:
        parts.append(_screened(each.applicants) if each.screened else applied_words(each.applicants))
    return parts


def _screened(count: Known) -> str:
    words = ngettext("%(number)s screened municipality", "%(number)s screened municipalities", count.number)
    return words % {"number": count}


def moved(page: EditionPage, language: str) -> str:
    """What became of the ceremony's plans: planned for, moved to, held; nothing when no plan was moved."""
    plans = [each for each in page.dates if each.what == WHAT["ceremony"]]
    if not any(each.status == DateStatus.MOVED for each in plans):
        return ""
    words = {
        DateStatus.PLANNED: _("planned for %(day)s"),
        DateStatus.MOVED: _("moved to %(day)s"),
        DateStatus.HELD: _("held %(day)s"),
    }
    steps = [words[DateStatus(each.status)] % {"day": formats.day(each.date, language)} for each in plans]
    return _("The ceremony was %(steps)s.") % {"steps": joined(steps)}


def round_of(page: EditionPage) -> Round:
    """The page's numbers as the heading and the funnel read them."""
    edition, winners = page.edition, tuple(each.name for each in page.winners)
    known = page.known_nominees
    only_winners = known is not None and known.at_least and known.number <= len(winners)
    return Round(
        title=edition.title,
        url=edition.get_absolute_url(),
        applicants=page.applicants,
        nominees=None if only_winners else known,
        winners=winners,
        screened=page.screened,
        no_award=edition.no_award,
        under_way=edition.state not in ENDED,
    )


def entry_heading(name: str, edition: str, outcome: str, *, nominated: bool | None) -> str:
    """`Eskilstuna was nominated 2015`: what the entry came to."""
    sentences = {
        Outcome.WON: _("%(name)s won %(edition)s"),
        Outcome.HONOURED: _("%(name)s got an honourable mention %(edition)s"),
        Outcome.WITHDREW: _("%(name)s was nominated %(edition)s, but withdrew")
        if nominated
        else _("%(name)s applied %(edition)s, but withdrew"),
        Outcome.DECLINED: _("%(name)s was nominated %(edition)s, but declined"),
        Outcome.NOMINATED: _("%(name)s was nominated %(edition)s"),
        Outcome.NOT_NOMINATED: _("%(name)s applied %(edition)s, but was not nominated"),
    }
    return sentences.get(Outcome(outcome), _("%(name)s applied %(edition)s")) % {
        "name": name,
        "edition": edition,
    }


def nominees_title(page: EditionPage) -> str:
    """`The six nominees`, `At least 2 nominees`."""
    known = page.known_nominees
    if known is None:
        return _("Nominees")
    if known.at_least or not known.number:
        return _("Known nominees") if known.number else _("Nominees")
    words = ngettext("The nominee", "The %(number)s nominees", known.number)
    return words % {"number": spelled(known.number)}


def others_title(page: EditionPage) -> str:
    """`Applied without being nominated (11)`; where nobody knows, only that they applied."""
    sure = all(each.standing.nominated is False for each in page.others)
    words = _("Applied without being nominated (%(number)s)") if sure else _("Also applied (%(number)s)")
    return words % {"number": len(page.others)}
