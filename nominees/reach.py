"""How far a filtered list of entries reaches: counted by edition, and said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.states import EntryMode
from nominees.phrases import capitalised, joined, spelled
from nominees.states import Outcome
from nominees.streaks import NOMINATING, Known


@dataclass(frozen=True, slots=True)
class EditionReach:
    """How much of one edition a filtered list shows."""

    title: str
    nominees_complete: bool
    applicants: int | None
    rows: int
    nominated: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a filtered list reaches, newest edition first."""

    editions: tuple[EditionReach, ...]

    @property
    def rows(self) -> int:
        """How many entries."""
        return sum(each.rows for each in self.editions)

    @property
    def partial(self) -> tuple[EditionReach, ...]:
        """The editions whose list of nominees is known in part."""
        return tuple(each for each in self.editions if not each.nominees_complete)

    @property
    def nominations(self) -> Known:
        """How many of the entries are nominations."""
        return Known(sum(each.nominated for each in self.editions), bool(self.partial))


def reach(entries: QuerySet) -> Reach:
    """Count filtered entries by edition: one query."""
    counted = (
        entries.order_by("-edition__fair__label_year", "edition__key")
        .values(
            "edition__key",
            "edition__fair__label_year",
            "edition__nominee_list_complete",
            "edition__applicant_count",
            "edition__entry_mode",
        )
        .annotate(
            rows=Count("pk", distinct=True),
            nominated=Count("pk", filter=Q(events__kind__in=NOMINATING), distinct=True),
        )
    )
    return Reach(
        tuple(
            EditionReach(
                each["edition__key"],
                each["edition__nominee_list_complete"],
                each["edition__applicant_count"]
                if each["edition__entry_mode"] == EntryMode.APPLICATION
                else None,
                each["rows"],
                each["nominated"],
            )
            for each in counted
        )
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows, and what is to be known about them; the first words are strong."""

    strong: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class YearNote:
    """A remark on one year."""

    year: str
    words: str


def nomination_count(reached: Reach, outcomes: Sequence[str] = ()) -> Counted:
    """`At least 19 nominations` `in 4 editions. The list of 2013 is known in part.`"""
    if not reached.rows:
        return Counted(_("No entry matches."))
    editions = len(reached.editions)
    within = ngettext("in %(number)s edition.", "in %(number)s editions.", editions) % {"number": editions}
    nominations = reached.nominations
    all_won = set(outcomes) == {Outcome.WON}
    if all_won or not nominations.number:
        return Counted(_won(reached.rows) if all_won else _entries(reached.rows), within)
    said = ngettext("%(number)s nomination", "%(number)s nominations", nominations.number)
    said %= {"number": nominations}
    if reached.rows > nominations.number:
        said = f"{_entries(reached.rows)}, {said}"
    return Counted(capitalised(said), f"{within} {_known_in_part(reached.partial)}".strip())


def _entries(rows: int) -> str:
    return ngettext("%(number)s entry", "%(number)s entries", rows) % {"number": rows}


def _won(rows: int) -> str:
    return ngettext("%(number)s win", "%(number)s wins", rows) % {"number": rows}


def _known_in_part(editions: Sequence[EditionReach]) -> str:
    if not editions:
        return ""
    years = joined(sorted(each.title for each in editions))
    return ngettext(
        "The list of %(years)s is known in part.", "The lists of %(years)s are known in part.", len(editions)
    ) % {"years": years}


def partial_lists(reached: Reach) -> tuple[YearNote, ...]:
    """For each edition known in part among the rows: what is known of it."""
    return tuple(YearNote(each.title, _partly_known(each)) for each in reached.partial if each.nominated)


def _partly_known(each: EditionReach) -> str:
    nominees = ngettext(
        "only %(number)s nominee has a source.", "only %(number)s nominees have a source.", each.nominated
    ) % {"number": spelled(each.nominated)}
    if each.applicants is None:
        return nominees
    applied = ngettext(
        "%(number)s municipality applied, but", "%(number)s municipalities applied, but", each.applicants
    ) % {"number": each.applicants}
    return f"{applied} {nominees}"


def nomination_caption(sort: str) -> str:
    """What the table holds and in which order."""
    order = {
        "-year": _("the latest edition first"),
        "year": _("the earliest edition first"),
    }.get(sort, _("in the order you chose"))
    return _("Entries by municipality and edition, %(order)s. Click a heading to sort.") % {"order": order}


def municipality_count(rows: int) -> str:
    """`290 municipalities`."""
    if not rows:
        return _("No municipality matches.")
    return ngettext("%(number)s municipality", "%(number)s municipalities", rows) % {"number": rows}
