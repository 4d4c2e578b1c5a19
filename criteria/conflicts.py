"""Which juror must not read which entry: those who stand aside, and ties that are found without asking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import BigIntegerField, Value
from django.db.models.functions import Cast

from awards.models import Role
from criteria.models import Recusal, Tie
from criteria.models.undertaking import YEARS
from criteria.states import RecusalReason
from nominees.models import Contact, Nomination

Pair = tuple[int, int]  # (nomination, seat)


def stands_aside(seat: Role, entry: Nomination) -> bool:
    """Whether whoever sits there stands aside from the entry, in this seat or another."""
    aside = Recusal.objects.filter(juror__person=seat.person_id, nomination=entry, lifted_at=None)
    return aside.exists()


def ties_of(
    jurors: Sequence[Role],
    entries: Sequence[Nomination],
    today: date,
    *,
    years: int = YEARS,
    same_county: bool = True,
) -> dict[Pair, RecusalReason]:
    """Pairs forbidden by what a juror has told or works with, and the reason: one query.

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
    for person, place, county, kind in _ties(of_person, today, years):
        bound = by_place.get(place, []) if place else []
        if county and same_county:
            bound = [*bound, *by_county.get(county, [])]
        for seat in of_person[person]:
            found |= {(entry, seat): RecusalReason(kind) for entry in bound}
    return found


def _ties(people: Iterable[int], today: date, years: int) -> Iterator[tuple]:
    """(person, municipality, county, kind): what was told, and last whom somebody writes applications for."""
    told = Tie.objects.binding(today, years).filter(person__in=people).order_by()
    writes = Contact.objects.standing().filter(person__in=people).order_by()
    nowhere = Cast(Value(None), BigIntegerField())
    rows = (
        told.annotate(last=Value(0))
        .values_list("last", "pk", "person_id", "municipality_id", "county_id", "kind")
        .union(
            writes.annotate(last=Value(1), county=nowhere, kind=Value(str(RecusalReason.EMPLOYER)))
            .values_list("last", "pk", "person_id", "municipality_id", "county", "kind"),
            all=True,
        )
    )  # fmt: skip
    for _last, _pk, *tie in sorted(rows, key=lambda row: row[:2]):
        yield tuple(tie)
