"""The funnel of editions as shapes with their measures: arithmetic and words, no query, no template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nominees.streaks import Known

LEFT = 64  # where bars begin; the years stand to the left of it
DOT = 52  # the winner's dot, between year and bar
STEP = 30  # from one edition to the next
TOP = 22  # room for the key
WIDEST = 578  # the longest bar: the words behind it need the rest
PER_MUNICIPALITY = 34  # one municipality, as long as the longest bar fits
WIDTH = 880


@dataclass(frozen=True, slots=True)
class Round:
    """One edition in the funnel; a count is None where nobody knows.

    `screened` says that nobody applied: `applicants` were all looked at.
    """

    title: str
    url: str
    applicants: Known | None
    nominees: Known | None
    winners: tuple[str, ...] = ()
    screened: bool = False
    no_award: bool = False
    under_way: bool = False

    @property
    def applicants_words(self) -> str:
        """The applicants' cell of the table: `17`, `unknown`, `290 screened`."""
        if self.applicants is None:
            return _("unknown")
        return (
            _("%(number)s screened") % {"number": self.applicants} if self.screened else str(self.applicants)
        )

    @property
    def nominees_words(self) -> str:
        """The nominees' cell of the table: `6`, `at least 2`, `unknown`."""
        return _("unknown") if self.nominees is None else str(self.nominees)

    @property
    def winner_words(self) -> str:
        """The winner's cell of the table."""
        return ", ".join(self.winners) or (_("no award was given") if self.no_award else _("not decided"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the drawing; a width of 0 is not drawn."""

    title: str
    y: int
    applicants: int
    nominees: int
    has_winner: bool
    words: str
    words_x: int

    @property
    def middle(self) -> int:
        """Where the dot's centre lies."""
        return self.y + 9

    @property
    def baseline(self) -> int:
        """Where the words stand."""
        return self.y + 13


@dataclass(frozen=True, slots=True)
class Key:
    """One mark of the key above the bars; `css` says how it is drawn."""

    css: str
    words: str
    x: int

    @property
    def words_x(self) -> int:
        """Where its words begin."""
        return self.x + (10 if self.css == "c-gold" else 18)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole drawing: `width` x `height` units, its bars, and what it shows in words."""

    width: int
    height: int
    left: int
    dot: int
    key: tuple[Key, ...]
    bars: tuple[Bar, ...]
    description: str


def funnel(rounds: Iterable[Round]) -> Funnel:
    """Lay out one bar for each edition, in the order given."""
    rounds = tuple(rounds)
    unit = _unit(rounds)
    bars = tuple(_bar(each, TOP + STEP * line, unit) for line, each in enumerate(rounds))
    return Funnel(WIDTH, TOP + STEP * len(rounds), LEFT, DOT, _key(), bars, description(rounds))


def _key() -> tuple[Key, ...]:
    """The three marks, each as far from the next as its words need (a letter is about 7 units)."""
    keys, x = [], LEFT
    for css, words_ in (("c-rest", _("Applicants")), ("c-fill", _("Nominees")), ("c-gold", _("One winner"))):
        keys.append(Key(css, words_, x))
        x += 18 + 7 * len(words_) + 28
    return tuple(keys)


def _unit(rounds: tuple[Round, ...]) -> float:
    return min(PER_MUNICIPALITY, WIDEST / max((1, *(number for each in rounds for number in _drawn(each)))))


def _drawn(each: Round) -> tuple[int, int]:
    """Applicants and nominees as drawn; all who were screened are no bar: 290 beside 17 says nothing."""
    applicants = 0 if each.applicants is None or each.screened else each.applicants.number
    return applicants, each.nominees.number if each.nominees else 0


def _bar(each: Round, y: int, unit: float) -> Bar:
    applicants, nominees = (round(number * unit) for number in _drawn(each))
    end = max(applicants, nominees)
    words_x = LEFT + end + (10 if end else 2)
    return Bar(each.title, y, applicants, nominees, bool(each.winners), words(each), words_x)


def words(each: Round) -> str:
    """What a bar says: `17 applicants, 6 nominees`, and in words what is unknown."""
    applied, nominated = each.applicants, each.nominees
    if each.screened and applied:
        return _screened_words(applied, nominated)
    if applied and nominated:
        return f"{applied_words(applied)}, {nominated_words(nominated)}"
    if nominated:
        return _("%(nominated)s, number of applicants unknown") % {"nominated": nominated_words(nominated)}
    if applied:
        return _("%(applied)s, number of nominees unknown") % {"applied": applied_words(applied)}
    return _("Under way") if each.under_way else _("Applicants and nominees unknown")


def _screened_words(screened: Known, nominated: Known | None) -> str:
    looked_at = ngettext(
        "%(number)s municipality was screened on key figures",
        "%(number)s municipalities were screened on key figures",
        screened.number,
    ) % {"number": screened}
    rest = nominated_words(nominated) if nominated else _("number of nominees unknown")
    return f"{looked_at}; {rest}"


def applied_words(count: Known) -> str:
    """`17 applicants`, `at least 2 applicants`."""
    return ngettext("%(number)s applicant", "%(number)s applicants", count.number) % {"number": count}


def nominated_words(count: Known) -> str:
    """`6 nominees`, `at least 2 nominees`."""
    return ngettext("%(number)s nominee", "%(number)s nominees", count.number) % {"number": count}


def most_applied(rounds: Iterable[Round]) -> Round | None:
    """The edition with most applicants; None when no number is known."""
    counted = [each for each in rounds if each.applicants and not each.screened]
    return max(counted, key=lambda each: _drawn(each)[0], default=None)


def description(rounds: tuple[Round, ...]) -> str:
    """The drawing in two or three sentences, for those who do not see it."""
    parts = [_("Horizontal bars, one edition a line.")]
    if most := most_applied(rounds):
        parts.append(_("Most applied in %(year)s: %(words)s.") % {"year": most.title, "words": words(most)})
    parts += [f"{each.title}: {words(each)}." for each in rounds if each.screened]
    return " ".join(parts)
