"""All editions at once, for the start page and the list of editions: counts, winners, the ceremony's day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from awards.models import Edition
from awards.states import ENDED, EntryMode
from nominees import history
from nominees.charts import Round
from nominees.history import Chronicle, with_numbers
from nominees.models import Municipality
from nominees.streaks import Known


@dataclass(frozen=True, slots=True)
class Winner:
    """A municipality that won, as a link."""

    name: str
    url: str
    county: str


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition in a list of all."""

    edition: Edition
    round: Round
    winners: tuple[Winner, ...]
    ceremony: date | None
    with_award: bool = False  # several awards have editions here
    is_sister: bool = False  # of another award than the one whose history this is

    @property
    def title(self) -> str:
        """What a person calls it: 2015, with the award's name among several awards."""
        return self.edition.called(with_award=self.with_award)

    @property
    def url(self) -> str:
        """To the edition's page."""
        return self.edition.get_absolute_url()


@dataclass(frozen=True, slots=True)
class Front:
    """What the start page says about all editions together; newest first."""

    lines: tuple[EditionLine, ...]
    editions: int  # those that history tells of
    nominations: Known

    @property
    def rounds(self) -> tuple[Round, ...]:
        """The award's own editions for the funnel."""
        return tuple(line.round for line in self.own)

    @property
    def own(self) -> tuple[EditionLine, ...]:
        """The editions of the award whose history this is: sisters have figures of their own."""
        return tuple(line for line in self.lines if not line.is_sister)

    @property
    def latest(self) -> EditionLine | None:
        """The newest edition."""
        return next(iter(self.own), None)

    @property
    def latest_won(self) -> EditionLine | None:
        """The newest edition that has a winner: its winner bears the title."""
        return next(iter(self.won), None)

    @property
    def won(self) -> tuple[EditionLine, ...]:
        """The editions that have a winner."""
        return tuple(line for line in self.own if line.winners)

    @property
    def first_year(self) -> int | None:
        """Since when."""
        return min((line.edition.year for line in self.own), default=None)

    @property
    def winners(self) -> int:
        """How many different municipalities have won."""
        return len({winner.url for line in self.own for winner in line.winners})


def front(user, now: datetime) -> Front:
    """All editions that `user` may see, rehearsals left out; four queries however many there are."""
    told = tuple(history.told(user, now))
    editions = Edition.objects.visible_to(user, now).filter(is_rehearsal=False)
    editions = with_numbers(editions, user, now).select_related("fair", "award")
    editions = list(editions.order_by("-fair__label_year", "key"))
    kinds = history.kinds_in({edition.pk for edition in (*told, *editions)}, user, now)
    every, several = Chronicle(tuple(editions), kinds), len({edition.award_id for edition in editions}) > 1
    award, winners = next((edition.award_id for edition in told), None), _winners(every)
    lines = (
        replace(
            edition_line(edition, every, winners),
            with_award=several,
            is_sister=award not in (None, edition.award_id),
        )
        for edition in editions
    )
    within = {edition.pk for edition in told}
    own = Chronicle(told, {key: each for key, each in kinds.items() if key[0] in within})
    return Front(tuple(lines), len(told), own.all_nominations)


def _winners(found: Chronicle) -> dict[int, Winner]:
    municipalities = Municipality.objects.filter(pk__in={holder for _edition, holder in found.winners})
    return {
        each.pk: Winner(each.name, each.get_absolute_url(), each.county.name)
        for each in municipalities.select_related("county")
    }


def edition_line(edition: Edition, found: Chronicle, municipalities: dict[int, Winner]) -> EditionLine:
    """Put together the counts of one edition, read `with_numbers`."""
    counted = found.funnel(edition)
    winners = tuple(municipalities[pk] for pk in counted.winners)
    under_way = edition.state not in ENDED
    numbers = Round(
        title=edition.title,
        url=edition.get_absolute_url(),
        applicants=counted.applicants,
        nominees=None if counted.nominees_unknown else counted.nominees,
        winners=tuple(winner.name for winner in winners),
        screened=edition.entry_mode == EntryMode.KEY_FIGURES,
        no_award=edition.no_award,
        under_way=under_way,
    )
    return EditionLine(edition, numbers, winners, edition.ceremony_held)


def ways_in(entry_mode: str) -> str:
    """How municipalities come into an edition, in one sentence or two."""
    return {
        EntryMode.APPLICATION: _("Municipalities apply, and the nominees are chosen among them."),
        EntryMode.OPEN_NOMINATION: _("Anyone may nominate a municipality, and the nominated ones answer."),
        EntryMode.KEY_FIGURES: _(
            "Nobody applies any more. All municipalities are screened on key figures, "
            "and the nominees accept or decline."
        ),
    }[entry_mode]
