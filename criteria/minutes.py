"""The minutes of a consensus meeting: who was there, who left for what, what was agreed and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from awards import formats
from criteria.attendance import noted_seats
from criteria.meeting_page import agreed_lines
from criteria.models import ConsensusMeeting, Departure
from criteria.standings import Standings
from nominees.papers import typeset

PAPER = Path(__file__).parent / "paper" / "minutes.typ"


@dataclass(frozen=True)
class AgreedEntry:
    """One entry: who left the room, and each value with its reason."""

    municipality: str
    away: tuple[str, ...]
    lines: tuple[tuple[str, str, str], ...]  # criterion, value, reason
    before: str
    after: str


@dataclass(frozen=True)
class SettledTie:
    """The chair's order of equals, best first, with the reason."""

    names: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Minutes:
    """All that the minutes say to this reader; `left_out` entries are hidden from them."""

    title: str
    facts: tuple[tuple[str, str], ...]
    note: str
    entries: tuple[AgreedEntry, ...]
    ties: tuple[SettledTie, ...]
    left_out: str
    is_open: bool
    at: datetime


def minutes_of(meeting: ConsensusMeeting, standings: Standings, hidden: frozenset[int]) -> Minutes:
    """The minutes, read in the reader's language: two queries."""
    away = _departures(meeting)
    readings = standings.readings
    edition = meeting.round.edition
    return Minutes(
        title=_("Minutes of the consensus meeting, %(edition)s") % {"edition": edition.title},
        facts=_facts(meeting),
        note=meeting.note,
        entries=tuple(
            AgreedEntry(
                municipality=name,
                away=away.get(key, ()),
                lines=tuple(agreed_lines(readings.model, readings.agreed.get(key, {}))),
                **_values(standings, key),
            )
            for key, name in readings.entries.items()
        ),
        ties=tuple(
            SettledTie(tuple(readings.entries[key] for key in order.entries), order.reason)
            for order in reversed(readings.orders)
        ),
        left_out=_left_out(len(hidden)),
        is_open=meeting.closed_at is None,
        at=meeting.closed_at or meeting.opened_at,
    )


def minutes_pdf(minutes: Minutes, language: str) -> bytes:
    """The same on paper, as tagged PDF."""
    with translation.override(language):
        words = {
            "facts": [list(fact) for fact in minutes.facts],
            "lead": _("The meeting is still under way.") if minutes.is_open else "",
            "note_title": _("The chair's note"),
            "note": minutes.note.split("\n") if minutes.note else [],
            "entries_title": _("What was agreed"),
            "head": [_("Criterion"), _("Value"), _("Reason")],
            "nothing": _("Nothing was agreed beyond the jurors' own scores."),
            "away": _("Left the room:"),
            "entries": [
                {
                    "title": entry.municipality,
                    "away": ", ".join(entry.away),
                    "lines": [list(line) for line in entry.lines],
                    "values": _in_short(entry),
                }
                for entry in minutes.entries
            ],
            "ties_title": _("Settled by the chair"),
            "ties": [[", ".join(tie.names), tie.reason] for tie in minutes.ties],
            "left_out": minutes.left_out,
        }
    return typeset(PAPER, minutes.title, words, language, minutes.at)


def _in_short(entry: AgreedEntry) -> str:
    words = {"before": entry.before or "–", "after": entry.after}
    if not entry.after:
        return _("The jury's value: %(before)s.") % words
    return _("The jury's value: %(before)s before the meeting, %(after)s after it.") % words


def _values(standings: Standings, key: int) -> dict[str, str]:
    line = next(line for line in standings.lines if line.nomination == key)
    language = formats.written_language(get_language())
    places = standings.readings.model.rounding.places
    after = line.agreed if line.agreed_on and standings.shows_agreed else None
    return {
        "before": formats.number(line.value, places, language),
        "after": formats.number(after, places, language),
    }


def _facts(meeting: ConsensusMeeting) -> tuple[tuple[str, str], ...]:
    language = formats.written_language(get_language())
    noted = noted_seats(meeting)
    present = ", ".join(seat.name for seat in noted if seat.present)
    absent = ", ".join(seat.name for seat in noted if not seat.present)
    facts = [
        (_("Edition"), meeting.round.edition.title),
        (_("Opened"), _moment(meeting.opened_at, language)),
        (_("Closed"), _moment(meeting.closed_at, language)),
        (_("Present"), present),
        (_("Absent"), absent),
    ]
    return tuple(fact for fact in facts if fact[1])


def _moment(at: datetime | None, language: str) -> str:
    return f"{formats.day_long(at, language, year=True)} {formats.clock(at)}" if at else ""


def _departures(meeting: ConsensusMeeting) -> dict[int, tuple[str, ...]]:
    rows = Departure.objects.filter(meeting=meeting).order_by("pk")
    found: dict[int, tuple[str, ...]] = {}
    for nomination, seat, name, email in rows.values_list(
        "nomination_id", "seat__seat", "seat__person__name", "seat__person__email"
    ):
        found[nomination] = (*found.get(nomination, ()), seat or name or email)
    return found


def _left_out(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "One entry that you stand aside from is left out.",
        "%(count)s entries that you stand aside from are left out.",
        count,
    ) % {"count": count}
