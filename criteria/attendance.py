"""Who sits at the table in an edition, who is there, who stands aside: what the pen follows from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from awards.models import Edition, Person, Role
from awards.states import RoleKind
from criteria.models import Attendance, ConsensusMeeting, Recusal

KINDS = (RoleKind.CHAIR, RoleKind.DEPUTY, RoleKind.JUROR, RoleKind.ORGANISER)


@dataclass(frozen=True)
class Seat:
    """One seat at the table. `present` is None where nobody has said."""

    role: int
    person: int
    kind: str
    name: str
    present: bool | None = None


@dataclass(frozen=True)
class Table:
    """The seats, and the pairs (nomination, person) of those who stand aside, in whatever seat."""

    seats: tuple[Seat, ...]
    aside: frozenset[tuple[int, int]] = frozenset()

    def away_from(self, nomination: int) -> tuple[Seat, ...]:
        """The seats whose holders stand aside from this entry."""
        return tuple(seat for seat in self.seats if (nomination, seat.person) in self.aside)

    def to_leave(self, nomination: int) -> tuple[Seat, ...]:
        """Those of them who may be there, and so must leave the room: all who are not noted as absent."""
        return tuple(seat for seat in self.away_from(nomination) if seat.present is not False)

    def pen_of(self, nominations: Iterable[int]) -> tuple[Seat, ...]:
        """Who holds the pen for all these entries: the chair; the deputy where the chair cannot."""
        nominations = list(nominations)
        for kind in (RoleKind.CHAIR, RoleKind.DEPUTY):
            able = [
                seat
                for seat in self.seats
                if seat.kind == kind
                and seat.present is not False
                and not any((key, seat.person) in self.aside for key in nominations)
            ]
            if able:
                return tuple(able)
        return ()

    def hidden_from(self, person: Person) -> frozenset[int]:
        """The entries that this person stands aside from."""
        return frozenset(nomination for nomination, other in self.aside if other == person.pk)


def table_of(edition: Edition, meeting: ConsensusMeeting | None) -> Table:
    """The table of an edition, with who is at its meeting: two queries."""
    present = Attendance.objects.filter(meeting=meeting, seat=OuterRef("pk")).values("present")[:1]
    rows = (
        Role.objects.in_force()
        .filter(edition=edition, kind__in=KINDS)
        .annotate(present=Subquery(present))
        .values_list("pk", "person_id", "kind", "seat", "person__name", "person__email", "present")
    )
    aside = Recusal.objects.filter(juror__edition=edition, lifted_at=None)
    return Table(_seats(rows), frozenset(aside.values_list("nomination_id", "juror__person_id")))


def noted_seats(meeting: ConsensusMeeting) -> tuple[Seat, ...]:
    """Everybody who was noted as there or not, in seats that have ended since too: one query."""
    rows = Attendance.objects.filter(meeting=meeting)
    return _seats(
        rows.values_list(
            "seat_id", "seat__person_id", "seat__kind", "seat__seat", "seat__person__name",
            "seat__person__email", "present",
        )
    )  # fmt: skip


def _seats(rows: Iterable[tuple]) -> tuple[Seat, ...]:
    """In the order of the table: the chair first."""
    seats = [
        Seat(role, person, kind, seat or name or email, present)
        for role, person, kind, seat, name, email, present in rows
    ]
    return tuple(sorted(seats, key=lambda seat: (KINDS.index(seat.kind), seat.name, seat.role)))
