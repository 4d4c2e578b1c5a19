"""How long a municipality has been nominated in a row: arithmetic on known and unknown, no query."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nominees.states import EventKind, Outcome

NONE, UNKNOWN = "none", "unknown"  # beside the outcomes: surely no entry; not known

# Each of these says by itself that the municipality was among the nominees.
NOMINATING = frozenset(
    {EventKind.NOMINATED, EventKind.FINAL_NOMINATED, EventKind.ACCEPTED, EventKind.DECLINED, EventKind.WON}
)
_STRONGEST_FIRST = (
    (Outcome.WON, {EventKind.WON}),
    (Outcome.HONOURED, {EventKind.HONOURED}),
    (Outcome.WITHDREW, {EventKind.WITHDREW}),
    (Outcome.DECLINED, {EventKind.DECLINED}),
    (Outcome.NOMINATED, {EventKind.NOMINATED, EventKind.FINAL_NOMINATED, EventKind.ACCEPTED}),
    (Outcome.NOT_NOMINATED, {EventKind.NOT_NOMINATED, EventKind.INELIGIBLE}),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A count of what is known; `at_least` when there may be more."""

    number: int
    at_least: bool = False

    def __str__(self) -> str:
        return _("at least %(number)s") % {"number": self.number} if self.at_least else str(self.number)


@dataclass(frozen=True, slots=True)
class Standing:
    """One municipality in one edition. `nominated` is None where nobody knows."""

    year: int
    outcome: str
    nominated: bool | None


@dataclass(frozen=True, slots=True)
class Streak:
    """A run of nominations, counted in editions; `at_least` when an edition beside it is unknown."""

    editions: int
    at_least: bool = False
    last_year: int | None = None

    @property
    def known(self) -> Known:
        """The length as a figure: 2, or at least 2."""
        return Known(self.editions, self.at_least)


def outcome_of(kinds: Collection[str] | None, *, nominees_complete: bool, applicants_complete: bool) -> str:
    """What an entry with events of these kinds came to; None means that there is no entry at all.

    Without an entry the answer is `none` when either list would have named the municipality, else `unknown`.
    An applicant off a complete list of nominees was not nominated.
    """
    if kinds is None:
        return NONE if nominees_complete or applicants_complete else UNKNOWN
    for outcome, signs in _STRONGEST_FIRST:
        if not signs.isdisjoint(kinds):
            return outcome.value
    return (Outcome.NOT_NOMINATED if nominees_complete else Outcome.APPLIED).value


def standing(
    year: int, kinds: Collection[str] | None, *, nominees_complete: bool, applicants_complete: bool
) -> Standing:
    """Outcome and nomination of one municipality in one edition.

    A withdrawal takes nothing from a nomination before it; an honourable mention alone does not make one.
    """
    outcome = outcome_of(kinds, nominees_complete=nominees_complete, applicants_complete=applicants_complete)
    if kinds is not None and not NOMINATING.isdisjoint(kinds):
        return Standing(year, outcome, True)
    surely_not = nominees_complete or outcome in (NONE, Outcome.NOT_NOMINATED)
    return Standing(year, outcome, False if surely_not else None)


def longest_run(standings: Sequence[Standing]) -> Streak:
    """The longest run of consecutive editions (oldest first) with a nomination; the latest on a tie."""
    best = Streak(0)
    for first, after in _runs(standings):
        if after - first >= best.editions:
            beside = standings[max(first - 1, 0) : first] + standings[after : after + 1]
            best = _streak(standings, first, after, beside)
    return best


def run_until(standings: Sequence[Standing], year: int) -> Streak:
    """The run that ends with the edition of `year`, looking backward only: "the second edition in a row"."""
    for first, after in _runs(standings):
        for last in range(first, after):
            if standings[last].year == year:
                return _streak(standings, first, last + 1, standings[max(first - 1, 0) : first])
    return Streak(0)


def _runs(standings: Sequence[Standing]) -> list[tuple[int, int]]:
    """Where each run begins and the place after its end."""
    runs, first = [], None
    for place, each in enumerate(standings):
        if each.nominated and first is None:
            first = place
        if not each.nominated and first is not None:
            runs.append((first, place))
            first = None
    return runs if first is None else [*runs, (first, len(standings))]


def _streak(standings: Sequence[Standing], first: int, after: int, beside: Sequence[Standing]) -> Streak:
    at_least = any(each.nominated is None for each in beside)
    return Streak(after - first, at_least, standings[after - 1].year)
