"""Which juror must not read which entry: those who stand aside, and ties that are found without asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from awards.models import Role
from criteria.models import Recusal, Tie
from criteria.states import RecusalReason
from nominees.models import Contact, Nomination

YEARS = 5  # a tie that ended longer ago binds nobody
Pair = tuple[int, int]  # (nomination, seat)


def ties_of(
    jurors: Sequence[Role],
    entries: Sequence[Nomination],
    today: date,
    *,
    years: int = YEARS,
    same_county: bool = True,
) -> dict[Pair, RecusalReason]:
    """Pairs forbidden by what a juror has told or works with, and the reason; two queries.

    `entries` come with their municipality. `same_county` may be switched off: then a tie to a whole county
    forbids nothing.
    """
    by_place: dict[str, list[int]] = {}
    by_county: dict[str, list[int]] = {}
    for entry in entries:
        by_place.setdefault(entry.municipality_id, []).append(entry.pk)
        by_county.setdefault(entry.municipality.county_id, []).append(entry.pk)
    found: dict[Pair, RecusalReason] = {}
    of_person: dict[int, list[int]] = {}
    for seat in jurors:
        of_person.setdefault(seat.person_id, []).append(seat.pk)
    for tie in _ties(of_person, today, years):
        bound = by_place.get(tie.municipality_id, []) if tie.municipality_id else []
        if tie.county_id and same_county:
            bound = [*bound, *by_county.get(tie.county_id, [])]
        for seat in of_person[tie.person_id]:
            found |= {(entry, seat): RecusalReason(tie.kind) for entry in bound}
    contacts = Contact.objects.in_force().filter(person__in=of_person)
    for person, place in contacts.values_list("person_id", "municipality_id"):
        for seat in of_person[person]:
            found |= {(entry, seat): RecusalReason.EMPLOYER for entry in by_place.get(place, [])}
    return found


def recusals_of(jurors: Sequence[Role]) -> dict[Pair, RecusalReason]:
    """The pairs where a juror stands aside, with the reason: one query."""
    aside = Recusal.objects.filter(juror__in=[seat.pk for seat in jurors], lifted_at=None)
    rows = aside.values_list("nomination_id", "juror_id", "reason")
    return {(entry, seat): RecusalReason(reason) for entry, seat, reason in rows}


def _ties(people: dict[int, list[int]], today: date, years: int) -> list[Tie]:
    recent = today - timedelta(days=365 * years)
    ties = Tie.objects.told().filter(person__in=people)
    return [tie for tie in ties if tie.until is None or tie.until >= recent]
